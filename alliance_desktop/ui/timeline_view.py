"""The timeline as a real list: arrow keys move, Enter opens, every line speaks one sentence; the lanes are an extra."""

import datetime
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QListView, QWidget

from alliance_desktop.domain.timeline import LANE_WORDS, Row, Zoom, is_now, month_words
from alliance_desktop.services.timeline import Timeline
from alliance_desktop.ui.theme import colours, em
from alliance_desktop.ui.timeline_delegate import TimelineDelegate
from alliance_desktop.ui.timeline_lanes import Lanes
from alliance_desktop.ui.timeline_model import TimelineModel

_Index = QModelIndex | QPersistentModelIndex
_LEAST = 8.7
"""So many line heights of the list are kept under the heading: three entries."""
_ENDS = 1 << 30
_MOVES = {
    QListView.CursorAction.MoveUp: -1,
    QListView.CursorAction.MoveDown: 1,
    QListView.CursorAction.MovePageUp: -1,
    QListView.CursorAction.MovePageDown: 1,
    QListView.CursorAction.MoveHome: -_ENDS,
    QListView.CursorAction.MoveEnd: _ENDS,
}
_PAGES = frozenset({QListView.CursorAction.MovePageUp, QListView.CursorAction.MovePageDown})
_DESCRIPTION = {
    Zoom.WEEK: "Entries by date, newest last. Enter opens one.",
    Zoom.MONTH: "Entries by date under their months, newest last. Enter opens one.",
    Zoom.ALL: "One line for each month, newest last. Enter goes into it.",
}


class TimelineView(QListView):
    """A client's lines, newest at the bottom; `opened` carries the row that Enter or a double click chose.

    `month_asked` carries the key of the first row of a month that was chosen; `settled` comes when the line that has
    the cursor is in view after a change of what stands around.
    """

    opened = Signal(object)
    month_asked = Signal(object)
    settled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = TimelineModel(self)
        self._measured: tuple[tuple[object, ...], Lanes] | None = None
        self._least = em(_LEAST)
        self._held: int | None = None
        self.is_picked = False
        """Whether the line that has the cursor was chosen by somebody, and not only because it is the newest."""
        self.setModel(self._model)
        self.setItemDelegate(TimelineDelegate(self, self._model, self.lanes))
        self.setObjectName("timeline")
        self.setAccessibleName("Timeline")
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self._heading = _Heading(self)
        self.verticalScrollBar().valueChanged.connect(lambda _value: self._heading.update())
        self.verticalScrollBar().actionTriggered.connect(lambda _action: self.hold(None))
        self.doubleClicked.connect(self._open)
        # What stands around the list settles only after it, and then takes some of its height.
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._keep_in_view)
        self._soon.timeout.connect(self.settled)

    def show_story(
        self, story: Timeline, places: Sequence[int], zoom: Zoom, instead: Mapping[int, Row] | None = None
    ) -> None:
        """Show these places of a story; the line chosen before stays so, or one near its day; or else the newest.

        The last line stays so only where others of the same story were left out: it is the one that was found.
        """
        at, last = self.currentIndex().row(), self._model.rowCount() - 1
        found = zoom is self._model.zoom and self._model.is_part_of(story)
        before = self._model.spot(at) if 0 <= at < last or (found and 0 <= at == last) else None
        self._model.show(story, places, zoom, instead)
        self.setAccessibleDescription(self.about)
        if before is None or (not self.choose(before.key) and self.choose_day(before.on) is None):
            self.choose_newest()
        self._settle()

    @property
    def about(self) -> str:
        """What the list is and what Enter does in it."""
        return _DESCRIPTION[self._model.zoom]

    def choose(self, key: tuple[object, ...]) -> bool:
        """Choose the line of a row by its key; False where it is not shown."""
        at = self._model.at_key(key)
        return self._choose(at) if at >= 0 else False

    def choose_day(self, on: datetime.date) -> datetime.date | None:
        """Choose the line nearest to a day, or its month, and return the day; None where no line has one."""
        self._held = None
        dated = [at for at in range(self._model.rowCount()) if self._has_day(at)]
        if not dated:
            return None
        at = min(dated, key=lambda one: abs((self._nearest(one, on) - on).days))
        self._choose(at)
        return self._nearest(at, on)

    def days(self) -> tuple[datetime.date, datetime.date] | None:
        """Return the day of the first and of the last line that has one; None where no line has."""
        dated = [at for at in range(self._model.rowCount()) if self._has_day(at)]
        return (self._model.days(dated[0])[0], self._model.days(dated[-1])[1]) if dated else None

    def choose_newest(self) -> None:
        """Choose the last line, which nobody asked for."""
        self._held = None
        self.is_picked = False
        if self._model.rowCount():
            self._choose(self._model.rowCount() - 1)

    def chosen(self) -> tuple[object, ...] | None:
        """Return the key of the row that has the cursor, or None."""
        index = self.currentIndex()
        return self._model.spot(index.row()).key if index.isValid() else None

    def picked(self) -> Row | None:
        """Return the row that was chosen on purpose, or None; a line that stands for a month is no row."""
        index = self.currentIndex()
        if not self.is_picked or not index.isValid() or self._model.line(index.row()).month:
            return None
        return self._model.row(index.row())

    @property
    def is_at_newest(self) -> bool:
        """Whether the last line has the cursor."""
        return self.currentIndex().row() == self._model.rowCount() - 1

    def down(self) -> int | None:
        """Return how far under the top of the list the line with the cursor stands; None where it is out of view."""
        line = self.visualRect(self.currentIndex())
        return line.top() if self.viewport().rect().intersects(line) else None

    def hold(self, down: int | None) -> None:
        """Keep the line with the cursor so far under the top until somebody moves in the list; None for no more."""
        self._held = down
        if down is not None:
            self._keep_in_view()

    def rows_shown(self) -> list[Row]:
        """Return the rows as they stand in the list."""
        return self._model.rows()

    def lanes(self) -> Lanes:
        """Return where the parts of a line stand just now."""
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        now = (self.font().key(), self.viewport().width(), self._model.strains, self._model.zoom, mirrored)
        if self._measured is None or self._measured[0] != now:
            made = Lanes(self.font(), self.viewport().width(), self._model.strains, self._model.zoom, mirrored)
            self._measured = (now, made)
        return self._measured[1]

    def settle_soon(self) -> None:
        """Bring the line that has the cursor into view once what stands around has settled, and tell it."""
        self._soon.start()

    def top_words(self) -> str:
        """Return the month of the line at the top; nothing where a line says it there."""
        index = self.indexAt(QPoint(self.viewport().width() // 2, 0))
        if not index.isValid() or self._model.zoom is Zoom.ALL:
            return ""
        line = self.visualRect(index)
        if self._model.is_heading(index.row()) and line.bottom() >= line.height() / 2:
            return ""
        spot = self._model.spot(index.row())
        return "" if is_now(spot) else month_words(spot.on)

    def sizeHint(self) -> QSize:
        """Return a size in which some lines can be seen; a page with room for fewer is scrolled."""
        return QSize(super().sizeHint().width(), self._least)

    def keyboardSearch(self, search: str) -> None:
        """Take no letters: every sentence begins with a day, and looking through them would read them all."""

    def moveCursor(self, action: QListView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Move line by line, a page, or to an end, and past headings, at which Qt would stop."""
        last = self._model.rowCount() - 1
        if last < 0 or action not in _MOVES:
            return super().moveCursor(action, modifiers)
        page = max(1, self.viewport().height() // max(1, self.sizeHintForRow(0)) - 1)
        to = self.currentIndex().row() + _MOVES[action] * (page if action in _PAGES else 1)
        to = min(max(to, 0), last)
        way = 1 if _MOVES[action] > 0 else -1
        ahead = next((at for at in range(to, last + 1 if way > 0 else -1, way) if not self._model.is_heading(at)), -1)
        back = next((at for at in range(to, -1 if way > 0 else last + 1, -way) if not self._model.is_heading(at)), -1)
        return self._model.index(ahead if ahead >= 0 else back)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the line that has the cursor in view when the window changes."""
        super().resizeEvent(event)
        self._settle()
        self._keep_in_view()
        self._soon.start()

    def showEvent(self, event: QShowEvent) -> None:
        """Measure the heading once the font is known."""
        super().showEvent(event)
        self._settle()
        self._soon.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the line on Enter on every system, whatever its own habit is."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self.is_picked = True
            self._open(self.currentIndex())
            return
        self._held = None
        before = self.currentIndex().row()
        super().keyPressEvent(event)
        self.is_picked = self.is_picked or self.currentIndex().row() != before

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take a press on a line as choosing it."""
        self._held = None
        super().mousePressEvent(event)
        self.is_picked = self.is_picked or self.indexAt(event.position().toPoint()).isValid()

    def _keep_in_view(self) -> None:
        index = self.currentIndex()
        if not index.isValid():
            return
        if self._held is not None:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + self.visualRect(index).top() - self._held)
        self.scrollTo(index)

    def _open(self, index: _Index) -> None:
        at = index.row()
        if self._model.line(at).month:
            self.month_asked.emit(self._model.spot(at).key)
        else:
            self.opened.emit(self._model.row(at))

    def _choose(self, at: int) -> bool:
        index = self._model.index(at)
        self.setCurrentIndex(index)
        if self.isVisible():
            self.scrollTo(index)
            self._soon.start()
        return True

    def _has_day(self, at: int) -> bool:
        return not self._model.is_heading(at) and not is_now(self._model.spot(at))

    def _nearest(self, at: int, on: datetime.date) -> datetime.date:
        """Return the day of a line that is nearest to another; a line for a month has all the days of the month."""
        first, last = self._model.days(at)
        if self._model.line(at).month and (first.year, first.month) == (on.year, on.month):
            return on
        return min(max(first, on), last)

    def _settle(self) -> None:
        """Keep the heading over the lines, as high as the names of the lanes need."""
        high = self._heading.high()
        self._least = high + em(_LEAST)
        if self.minimumHeight() != self._least:
            self.setMinimumHeight(self._least)
        if self.viewportMargins().top() != high:
            self.setViewportMargins(0, high, 0, 0)
        port = self.viewport().geometry()
        self._heading.setGeometry(port.left(), port.top() - high, port.width(), high)
        self._heading.update()


class _Heading(QWidget):
    """The names of the lanes over the list, which stay in view; and the month at the top."""

    def __init__(self, view: TimelineView) -> None:
        super().__init__(view)
        self.setObjectName("timeline_heading")
        self.setAccessibleName(f"Lanes: {', '.join(LANE_WORDS.values())}")
        self._view = view

    def high(self) -> int:
        """Return the height that the names need; none where the lanes are folded."""
        lanes = self._view.lanes()
        return 0 if lanes.folded else round(lanes.metrics.height() * (max(lanes.rows().values()) + 1.3))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the names in lines above each other, each where its lane begins."""
        painter = QPainter(self)
        look, lanes = colours(), self._view.lanes()
        painter.fillRect(self.rect(), QColor(look.window))
        strong = QFont(self._view.font())
        strong.setWeight(QFont.Weight.DemiBold)
        line = QFontMetrics(strong).height()
        bottom = self.height() - round(line * 0.15)
        painter.setFont(strong)
        painter.setPen(QColor(look.muted))
        at = int(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        rows = lanes.rows()
        for lane, (begins, _wide) in lanes.names().items():
            top = bottom - line * (max(rows.values()) + 1 - rows[lane])
            wide = QFontMetrics(strong).horizontalAdvance(LANE_WORDS[lane]) + lanes.unit
            painter.drawText(lanes.mirrored(QRectF(begins, top, wide, line)), at, LANE_WORDS[lane])
        room = min(begins for lane, (begins, _wide) in lanes.names().items() if rows[lane] == max(rows.values()))
        day = lanes.mirrored(QRectF(lanes.unit, bottom - line, room - lanes.unit, line))
        painter.setPen(QColor(look.text))
        painter.drawText(day, at, self._view.top_words())
        painter.setPen(QPen(QColor(look.line), max(1.0, line / 16)))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        painter.end()
