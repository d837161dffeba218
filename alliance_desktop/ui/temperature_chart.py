"""The temperature chart: a real list that runs sideways, of which each item is one moment and speaks one sentence."""

import datetime
from collections.abc import Mapping, Sequence
from enum import StrEnum
from math import ceil

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from alliance_desktop.domain.answers import short_day
from alliance_desktop.domain.temperature import Met, Moment
from alliance_desktop.ui.temperature_marks import VALUES, Rows, Sign, paint_grid, paint_line, paint_sign, unit_of
from alliance_desktop.ui.temperature_model import ChartModel
from alliance_desktop.ui.theme import colours, em

_Index = QModelIndex | QPersistentModelIndex
MISSED, STRAIN = "Missed", "Strain"
_HIGH, _DAYS_HIGH = 11.4, 2.8
_SHARE = 0.3
"""The part of the width that the words of the numbers may take; with less room the numbers stand alone."""
_WIDEST, _TIGHT = 2.5, 0.85
"""A few moments may stand so many times further apart than they have to, or a little nearer, if all are then seen."""


class Near(StrEnum):
    """How near the moments are looked at."""

    NEAR = "near"
    HALF = "half"
    FAR = "far"


_WIDE = {Near.NEAR: 3.6, Near.HALF: 1.7, Near.FAR: 0.8}


class TemperatureChart(QListView):
    """The moments of one client side by side, newest at the right; `opened` carries the one that Enter chose.

    `moved` comes with the moment that has the cursor, and `fitted` when the words of the numbers find room, or no more.
    `folded` says that they have none.
    """

    opened = Signal(object)
    moved = Signal(object)
    fitted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("temperature_chart")
        self.setAccessibleName("Temperature after each session")
        self.setAccessibleDescription("Oldest first. The arrow keys go from one to the next, Enter opens it.")
        self.moments = ChartModel(self)
        self.setModel(self.moments)
        self.setItemDelegate(_Delegate(self))
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.folded = False
        self._near = Near.NEAR
        self._words: Mapping[int, str] = {}
        self._scale, self._days = _Scale(self), _Days(self)
        self.horizontalScrollBar().valueChanged.connect(lambda _value: self._days.update())
        self.doubleClicked.connect(self._open)

    def show_moments(self, moments: Sequence[Moment], words: Mapping[int, str]) -> None:
        """Show these moments; `words` are those of the numbers. The newest one is chosen."""
        self._words = words
        self.moments.show(moments)
        self.choose(len(moments) - 1)
        self._settle()

    def choose(self, at: int) -> None:
        """Give a moment the cursor, and bring it into view."""
        index = self.moments.index(at)
        if index.isValid():
            self.setCurrentIndex(index)
            self._bring()

    def look_from(self, near: Near) -> None:
        """Look from nearer or further away; the moment that has the cursor stays in view."""
        self._near = near
        self._lay_out()

    def column(self) -> int:
        """Return how wide a moment is: a little wider where only a few are to be shown."""
        least, fits = max(2, em(_WIDE[self._near])), self.viewport().width() // max(1, len(self.moments.moments))
        return least if fits < least * _TIGHT else min(fits, round(least * _WIDEST))

    def label(self, number: int) -> str:
        """Return what stands at the level of a number."""
        return str(number) if self.folded else self._words.get(number, str(number))

    def keyboardSearch(self, search: str) -> None:
        """Take no letters: every sentence begins with a day."""

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        """Tell which moment has the cursor."""
        super().currentChanged(current, previous)
        if current.isValid() and current.row() < len(self.moments.moments):
            self.moved.emit(self.moments.moments[current.row()])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open on Enter; a page is what is in view."""
        pages = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        key, index = Qt.Key(event.key()), self.currentIndex()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and index.isValid():
            self._open(index)
        elif key in pages and index.isValid():
            page = max(1, self.viewport().width() // self.column() - 1)
            self.choose(max(0, min(len(self.moments.moments) - 1, index.row() + pages[key] * page)))
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """Return the least that shows every row."""
        return QSize(em(20), em(_HIGH))

    def minimumSizeHint(self) -> QSize:
        """Return the height that the rows need; sideways it scrolls."""
        return QSize(em(8), em(_HIGH))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the levels over the whole width, and the moments over them."""
        painter = QPainter(self.viewport())
        paint_grid(painter, QRectF(self.viewport().rect()), unit_of(self.font()))
        painter.end()
        super().paintEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give each moment the new height, and keep the one that has the cursor in view."""
        super().resizeEvent(event)
        self._settle()
        self._lay_out()

    def showEvent(self, event: QShowEvent) -> None:
        """Begin where the cursor is."""
        super().showEvent(event)
        self._settle()
        self._lay_out()

    def changeEvent(self, event: QEvent) -> None:
        """Measure anew when the text size changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_days"):
            self._settle()
            self._lay_out()

    def _open(self, index: _Index) -> None:
        self.opened.emit(self.moments.moments[index.row()])

    def _bring(self) -> None:
        if self.isVisible() and self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def _lay_out(self) -> None:
        self.scheduleDelayedItemsLayout()
        self._bring()
        self._days.update()
        self.viewport().update()

    def _wide_words(self) -> int:
        metrics = QFontMetrics(self.font())
        return max(metrics.horizontalAdvance(one) for one in (*self._words.values(), MISSED, STRAIN)) + em(0.8)

    def _fold(self) -> None:
        """Leave the words out where they take too much, and put them back where they clearly do not."""
        share = self._wide_words() / max(1, self.width())
        folded = share > (_SHARE * 0.9 if self.folded else _SHARE)
        if folded is not self.folded:
            self.folded = folded
            self.fitted.emit()

    def _settle(self) -> None:
        """Keep the words of the numbers beside the chart, and the days beneath it."""
        self._fold()
        metrics = QFontMetrics(self.font())
        short = max(metrics.horizontalAdvance(one) for one in (MISSED, STRAIN)) + em(0.8)
        wide, high = short if self.folded else self._wide_words(), round(metrics.height() * _DAYS_HIGH)
        margins = self.viewportMargins()
        if (margins.left(), margins.bottom()) != (wide, high):
            self.setViewportMargins(wide, 0, 0, high)
        port = self.viewport().geometry()
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        self._scale.setGeometry(
            port.right() + 1 if mirrored else port.left() - wide, port.top(), wide, port.height() + high
        )
        self._days.setGeometry(port.left(), port.bottom() + 1, port.width(), high)
        self._scale.update()
        self._days.update()


class _Delegate(QStyledItemDelegate):
    """Paints one moment: its piece of both lines, and what stands beneath them."""

    def __init__(self, chart: TemperatureChart) -> None:
        super().__init__(chart)
        self._chart = chart

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return the size of every moment."""
        return QSize(self._chart.column(), max(1, self._chart.viewport().height()))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw a moment."""
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        chart, at = self._chart, index.row()
        unit, moment = unit_of(chart.font()), chart.moments.moments[at]
        where, mirrored = QRectF(rect), chart.layoutDirection() is Qt.LayoutDirection.RightToLeft
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(colours().accent_soft))
            paint_grid(painter, where, unit)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(chart.layoutDirection())
        self._paint_turn(painter, where, at, unit, mirrored)
        for sign in (Sign.MINE, Sign.THEIRS):
            paint_line(painter, where, sign, chart.moments.levels(at, sign), unit, chart.horizontalScrollBar().value())
        _paint_beneath(painter, where, moment, unit)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(colours().accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(where.adjusted(1.5, 1.5, -1.5, -1.5), 4, 4)
        painter.restore()

    def _paint_turn(self, painter: QPainter, where: QRectF, at: int, unit: int, mirrored: bool) -> None:
        """Draw where another month begins, a long time without a session dotted."""
        moment, before = self._chart.moments.moments[at], self._chart.moments.moments[at - 1] if at else None
        if before is None or not (moment.pause or begins(before.on, moment.on)):
            return
        year = moment.on.year != before.on.year or moment.pause
        pen = QPen(QColor(colours().control if year else colours().line), max(1.0, unit / 9))
        pen.setStyle(Qt.PenStyle.DotLine if moment.pause else Qt.PenStyle.SolidLine)
        painter.setPen(pen)
        edge = where.right() if mirrored else where.left()
        painter.drawLine(QPointF(edge, where.top()), QPointF(edge, where.bottom()))


def _paint_beneath(painter: QPainter, where: QRectF, moment: Moment, unit: int) -> None:
    """Draw who did not come, and what was there of a strain."""
    rows, middle = Rows(round(where.height())), where.center().x()
    if moment.met is not Met.MET:
        sign = Sign.MISSED if moment.met is Met.MISSED else Sign.OFF
        paint_sign(painter, QPointF(middle, rows.came), sign, unit)
    if moment.strain:
        paint_sign(painter, QPointF(middle, rows.strains), Sign.STRAIN, unit)


def begins(before: datetime.date, on: datetime.date) -> bool:
    """Say whether another month begins between two days."""
    return (before.year, before.month) != (on.year, on.month)


class _Scale(QWidget):
    """The words of the numbers beside the chart, which stay where they are while it scrolls."""

    def __init__(self, chart: TemperatureChart) -> None:
        super().__init__(chart)
        self.setObjectName("temperature_scale")
        self.setAccessibleName("From 1, cold, to 5, warm")
        self._chart = chart

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the words, each at its level."""
        painter = QPainter(self)
        look, rows = colours(), Rows(self._chart.viewport().height())
        painter.fillRect(self.rect(), QColor(look.window))
        painter.setPen(QColor(look.muted))
        told = [(rows.value(number), self._chart.label(number)) for number in VALUES]
        told += [(rows.came, MISSED), (rows.strains, STRAIN)]
        at = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignTrailing)
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        left = em(0.4) if mirrored else 0.0
        for middle, words in told:
            painter.drawText(QRectF(left, middle - rows.high / 2, self.width() - em(0.4), rows.high), at, words)
        painter.end()


class _Days(QWidget):
    """The days beneath the moments that are in view, as many as have room, and the year where it begins."""

    def __init__(self, chart: TemperatureChart) -> None:
        super().__init__(chart)
        self.setObjectName("temperature_days")
        self.setAccessibleName("Days")
        self._chart = chart

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what has room."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(colours().window))
        first, last = self._in_view()
        if first >= 0:
            painter.setPen(QColor(colours().text))
            for where, words in self.labels():
                painter.drawText(where, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip), words)
            self._paint_years(painter, first, last)
        painter.end()

    def _in_view(self) -> tuple[int, int]:
        port, chart = self._chart.viewport().rect(), self._chart
        mirrored = chart.layoutDirection() is Qt.LayoutDirection.RightToLeft
        begin, end = (port.right(), port.left()) if mirrored else (port.left(), port.right())
        first, last = (chart.indexAt(QPoint(at, port.center().y())).row() for at in (begin, end))
        return first, last if last >= 0 else len(chart.moments.moments) - 1

    def labels(self) -> list[tuple[QRectF, str]]:
        """Return where which days stand: as many as have room, and none of which a part would be out of view.

        Those of the first and the last moment stay inside.
        """
        first, last = self._in_view()
        metrics, column, moments = QFontMetrics(self.font()), self._chart.column(), self._chart.moments.moments
        if first < 0:
            return []
        wide = metrics.horizontalAdvance("28 Mmm ")
        over = max(0.0, (wide - column) / 2)
        each = max(1, ceil((wide + over) / column)) if over else 1
        made = []
        for at in range(first - first % each, min(last + each, len(moments)), each):
            inward = (over if at == 0 else 0.0) - (over if at == len(moments) - 1 else 0.0)
            inward = -inward if self.layoutDirection() is Qt.LayoutDirection.RightToLeft else inward
            words = _day_and_month(moments[at].on)
            taken = metrics.horizontalAdvance(words) + 1.0
            where = QRectF(self._middle(at) + inward - taken / 2, 0, taken, metrics.height() * 1.2)
            # A part of one would be read as another day: "1 Sep" of "11 Sep".
            if where.left() >= 0 and where.right() <= self.width():
                made.append((where, words))
        return made

    def _paint_years(self, painter: QPainter, first: int, last: int) -> None:
        """Draw the year at the near side, and where another one begins, unless it would run into the one before."""
        moments, strong = self._chart.moments.moments, QFont(self.font())
        strong.setWeight(QFont.Weight.DemiBold)
        painter.setFont(strong)
        painter.setPen(QColor(colours().muted))
        metrics = QFontMetrics(strong)
        wide, free = float(metrics.horizontalAdvance("2026 ")), -float(self.width())
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        for at in range(first, last + 1):
            if at > first and moments[at].on.year == moments[at - 1].on.year:
                continue
            along = self._begin(at) if not mirrored else self.width() - self._begin(at)
            along = max(0.0, along)
            if along >= free and along + wide <= self.width():
                left = self.width() - along - wide if mirrored else along
                where = QRectF(left, metrics.height() * 1.2, wide, metrics.height() * 1.2)
                painter.drawText(where, int(Qt.AlignmentFlag.AlignCenter), str(moments[at].on.year))
                free = along + wide

    def _middle(self, at: int) -> float:
        return QRectF(self._chart.visualRect(self._chart.moments.index(at))).center().x()

    def _begin(self, at: int) -> float:
        where = self._chart.visualRect(self._chart.moments.index(at))
        return float(where.right() if self.layoutDirection() is Qt.LayoutDirection.RightToLeft else where.left())


def _day_and_month(on: datetime.date) -> str:
    return short_day(on).removesuffix(f" {on.year}")
