"""Paints one line of the timeline: the day, the lanes with their marks and arcs, the kind and the head of the note."""

import datetime
import re
from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from alliance_desktop.domain.answers import short_day
from alliance_desktop.domain.timeline import LANE_WORDS, Lane, MonthRow, Row, Symbol, Zoom, is_now, monday
from alliance_desktop.ui.theme import colours
from alliance_desktop.ui.timeline_lanes import Lanes
from alliance_desktop.ui.timeline_marks import paint_counts, paint_mark, paint_track
from alliance_desktop.ui.timeline_model import TimelineModel
from alliance_desktop.ui.words import isolated

_Index = QModelIndex | QPersistentModelIndex
_HEIGHTS = {Zoom.WEEK: 2.9, Zoom.MONTH: 1.75, Zoom.ALL: 2.6}
_DOT = " · "
_PARTS = re.compile(r"( · |, )")
_START = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
_STRAIN_MARKS = frozenset({Symbol.STAGE, Symbol.ENDED, Symbol.LEFT, Symbol.REOPENED, Symbol.OPEN})
"""Marks that the arc itself carries where the lanes have room."""


class _Ink(NamedTuple):
    """What one line is painted with."""

    painter: QPainter
    rect: QRect
    lanes: Lanes
    mirrored: bool

    @property
    def high(self) -> int:
        return self.lanes.metrics.height()

    def text(self, where: QRectF, words: str, colour: str, *, strong: bool = False) -> int:
        """Draw words in a line, cut where they find no room, and return how wide they are."""
        metrics = self.lanes.strong_metrics if strong else self.lanes.metrics
        shown, room = _each_isolated(words), int(where.width())
        wide = metrics.horizontalAdvance(shown)
        if wide > room:
            shown, wide = metrics.elidedText(shown, Qt.TextElideMode.ElideRight, room), room
        self.painter.setFont(self.lanes.strong if strong else self.lanes.font)
        self.painter.setPen(QColor(colour))
        self.painter.drawText(where, int(_START), shown)
        return wide


class TimelineDelegate(QStyledItemDelegate):
    """Paints with the view's own font; `lanes` gives where the parts of a line stand."""

    def __init__(self, parent: QObject, model: TimelineModel, lanes: Callable[[], Lanes]) -> None:
        super().__init__(parent)
        self._model, self._lanes = model, lanes

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return the height of a line, the same for all of them."""
        metrics = QFontMetrics(option.font)
        return QSize(metrics.averageCharWidth() * 30, round(metrics.height() * _HEIGHTS[self._model.zoom]))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint the line within its rectangle."""
        at = index.row()
        rect = QRect(option.rect)
        mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        ink = _Ink(painter, rect, self._lanes(), mirrored)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _paint_ground(painter, rect, option.state)
        self._paint_lanes(ink, at)
        line = self._model.line(at)
        if self._model.is_heading(at):
            # Once half of it is gone, the heading over the list says it.
            _paint_heading(ink, line.heading if rect.bottom() >= rect.height() / 2 else "")
        elif line.month:
            _paint_month(ink, self._model.month(at))
        else:
            row = self._model.row(at)
            if line.begins:
                _paint_rule(ink)
            _paint_row(ink, row, line.begins and not is_now(self._model.spot(at)), self._model.zoom)
            if self._has_mark(row, ink.lanes):
                paint_mark(painter, ink.lanes.lane(row.lane, rect), row.symbol, ink.lanes.unit)
        painter.restore()

    def _has_mark(self, row: Row, lanes: Lanes) -> bool:
        return lanes.folded or row.point is None or row.symbol not in _STRAIN_MARKS

    def _paint_lanes(self, ink: _Ink, at: int) -> None:
        rect, lanes = ink.rect, ink.lanes
        if not lanes.folded and self._model.zoom is not Zoom.ALL:
            ink.painter.setPen(QPen(QColor(colours().line), max(1.0, lanes.unit / 9)))
            for lane in Lane:
                if lane is not Lane.BETWEEN:
                    middle = lanes.lane(lane, rect).center().x()
                    ink.painter.drawLine(round(middle), rect.top(), round(middle), rect.bottom() + 1)
        if lanes.arcs(rect).width() > 0:
            for track in self._model.tracks(at):
                paint_track(ink.painter, lanes.arc(track.lane, rect), track, lanes.unit, ink.mirrored)


def _each_isolated(words: str) -> str:
    """Return words whose parts keep their places beside each other, each in its own direction."""
    return _DOT.join(isolated(one) for one in words.split(_DOT))


def _paint_ground(painter: QPainter, rect: QRect, state: QStyle.StateFlag) -> None:
    if state & QStyle.StateFlag.State_Selected:
        painter.fillRect(rect, QColor(colours().accent_soft))
    if state & QStyle.StateFlag.State_HasFocus:
        painter.setPen(QPen(QColor(colours().accent), 2))
        painter.drawRoundedRect(QRectF(rect).adjusted(1.5, 1.5, -1.5, -1.5), 4, 4)


def _paint_rule(ink: _Ink) -> None:
    ink.painter.setPen(QPen(QColor(colours().control), max(1.0, ink.lanes.unit / 9)))
    ink.painter.drawLine(ink.rect.left(), ink.rect.top(), ink.rect.right(), ink.rect.top())


def _paint_heading(ink: _Ink, words: str) -> None:
    """Draw the heading over its words, and a rule over all the line."""
    _paint_rule(ink)
    beside = ink.lanes.words(ink.rect) if ink.lanes.bare else ink.lanes.lane(Lane.SESSIONS, ink.rect)
    where = beside if ink.lanes.bare else ink.lanes.day(ink.rect).united(beside)
    ink.text(where, words, colours().text, strong=True)


def _paint_row(ink: _Ink, row: Row, begins: bool, zoom: Zoom) -> None:
    day, words = ink.lanes.day(ink.rect), ink.lanes.words(ink.rect)
    title = f"{row.title} · draft" if row.draft else row.title
    # Under months, what stands now has a heading that says so.
    heads = "" if zoom is Zoom.MONTH else "Now"
    said = heads if row.symbol is Symbol.OPEN else _day_words(row)
    if ink.lanes.bare:
        title, said = " · ".join(one for one in (said, title) if one), ""
    text = row.text
    if ink.lanes.folded:
        # Without a column of its own, the lane is told in words.
        text = " · ".join(one for one in (LANE_WORDS[row.lane], text) if one)
    if zoom is Zoom.MONTH:
        ink.text(day, said, colours().muted)
        taken = ink.text(words, title, colours().text, strong=True)
        gap = ink.lanes.unit * 1.5
        room = words.adjusted(0, 0, -taken - gap, 0) if ink.mirrored else words.adjusted(taken + gap, 0, 0, 0)
        if text and room.width() > ink.lanes.unit * 8:
            ink.text(room, text, colours().muted)
        return
    beneath = f"Week of {_short(monday(row.on))}" if begins and not ink.lanes.bare else ""
    _paint_two(ink, day, said, beneath, colours().muted, strong=False)
    _paint_two(ink, words, title, text, colours().text, strong=True)


def _paint_two(ink: _Ink, where: QRectF, above: str, beneath: str, colour: str, *, strong: bool) -> None:
    """Draw one line of words, or two."""
    top = where.top() + (where.height() - ink.high * (2 if beneath else 1)) / 2
    ink.text(QRectF(where.left(), top, where.width(), ink.high), above, colour, strong=strong)
    if beneath:
        ink.text(QRectF(where.left(), top + ink.high, where.width(), ink.high), beneath, colours().muted)


def _paint_month(ink: _Ink, month: MonthRow) -> None:
    _paint_rule(ink)
    if ink.lanes.folded and not ink.lanes.bare:
        _paint_month_marks(ink, month)
    elif not ink.lanes.bare:
        ink.text(ink.lanes.day(ink.rect), month.title, colours().text, strong=True)
    if not ink.lanes.folded:
        for lane, marks in month.marks.items():
            told = [one for one in marks if one[0] not in _STRAIN_MARKS]
            where = ink.lanes.lane(lane, ink.rect)
            paint_counts(ink.painter, where, told, ink.lanes, ink.mirrored)
    words = ink.lanes.words(ink.rect)
    whole = f"{month.title}: {month.text}" if ink.lanes.bare else month.text
    first, second = _in_two(whole, ink.lanes.metrics, int(words.width()))
    _paint_two(ink, words, first, second, colours().text, strong=False)


def _paint_month_marks(ink: _Ink, month: MonthRow) -> None:
    """Draw the name of a month, and the marks of all its lanes beneath."""
    day = ink.lanes.day(ink.rect)
    top = day.top() + (day.height() - ink.high * 2) / 2
    ink.text(QRectF(day.left(), top, day.width(), ink.high), month.title, colours().text, strong=True)
    told = [one for marks in month.marks.values() for one in marks if one[0] not in _STRAIN_MARKS]
    paint_counts(ink.painter, QRectF(day.left(), top + ink.high, day.width(), ink.high), told, ink.lanes, ink.mirrored)


def _in_two(text: str, metrics: QFontMetrics, width: int) -> tuple[str, str]:
    """Return what has room in one line of words, whole parts if that can be, and what is left."""
    if metrics.horizontalAdvance(text) <= width:
        return text, ""
    first, rest = "", _PARTS.split(text)
    while len(rest) > 2 and metrics.horizontalAdvance(first + rest[0]) <= width:
        first, rest = f"{first}{rest[0]}{rest[1]}", rest[2:]
    return (first.rstrip(" ·,"), "".join(rest)) if first else (rest[0], "".join(rest[2:]))


def _short(on: datetime.date) -> str:
    return short_day(on).removesuffix(f" {on.year}")


def _day_words(row: Row) -> str:
    return short_day(row.on) if row.said_on[:1].isdigit() else f"~ {short_day(row.on)}"
