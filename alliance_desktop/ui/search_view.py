"""The list of what a search found, worked with arrows and Enter; the words that were asked for are marked."""

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QResizeEvent,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from alliance_desktop.domain.search.marking import Snippet
from alliance_desktop.ui.search_rows import ROW, SearchModel, SearchRow
from alliance_desktop.ui.theme import colours, em
from alliance_desktop.ui.words import units

_LINES = 2
_MOVES = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown})
_ENTERS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class SearchView(QListView):
    """`chosen` carries the Hit that was clicked or entered, `left_upwards` comes with Esc.

    `moved` says where the row is that somebody has made the current one.
    """

    chosen = Signal(object)
    left_upwards = Signal()
    moved = Signal(QRect)

    def __init__(self) -> None:
        super().__init__()
        self._is_whole = self._is_filling = False
        self.setObjectName("search_rows")
        self.setAccessibleName("Found")
        self.rows = SearchModel(self)
        self.setModel(self.rows)
        self.setItemDelegate(SearchDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        # A row has as many lines as its words take at this width.
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(self._choose)

    def minimumSizeHint(self) -> QSize:
        """Return room for a heading and two hits, below which the page is scrolled; or for all rows."""
        return QSize(em(10), max(em(9), self._all_high()) if self._is_whole else em(9))

    def show_whole(self, whole: bool) -> None:
        """Be as high as all rows are, and leave scrolling to the page; or scroll by itself."""
        if whole is not self._is_whole:
            self._is_whole = whole
            policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOff if whole else Qt.ScrollBarPolicy.ScrollBarAsNeeded
            self.setVerticalScrollBarPolicy(policy)
            self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Be measured anew: narrow rows are higher."""
        super().resizeEvent(event)
        if self._is_whole and event.oldSize().width() != event.size().width():
            self.updateGeometry()

    def _all_high(self) -> int:
        return sum(self.sizeHintForIndex(self.rows.index(at)).height() for at in range(self.rows.rowCount())) + em(0.5)

    def set_rows(self, rows: list[SearchRow], *, keeps: bool = False) -> None:
        """Show other rows from the first on; with `keeps`, what was current stays so where it is still there."""
        index = self.currentIndex()
        before = self.rows.row(index.row()).hit if keeps and index.isValid() else None
        self._is_filling = True
        self.rows.set_rows(rows)
        at = self.rows.place_of(before)
        if self._is_whole:
            self.updateGeometry()
        self.make_current(at if at >= 0 else 0)
        self._is_filling = False

    def make_current(self, at: int) -> None:
        """Make the first hit from a place on the current one."""
        found = self.rows.first_from(at)
        if found >= 0:
            self.setCurrentIndex(self.rows.index(found))
            # The heading over the first one is to be seen as well.
            self.scrollTo(self.rows.index(max(found - 1, 0)))

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Return where a key leads; where that is a heading, to the hit under it, or from there to the one above it."""
        index, here = super().moveCursor(action, modifiers), self.currentIndex().row()
        if not index.isValid() or self.rows.row(index.row()).hit is not None:
            return index
        found = self.rows.first_from(index.row())
        if index.row() < here <= found:
            found = self.rows.last_until(index.row())
        return self.rows.index(found if found >= 0 else here)

    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Say where the current row is."""
        super().currentChanged(current, previous)
        if not self._is_filling:
            self.moved.emit(self.visualRect(current))

    def enter(self) -> None:
        """Open the current row."""
        self._choose(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Esc leads back; the rest is the list's own."""
        if event.key() in _ENTERS:
            self.enter()
        elif event.key() == Qt.Key.Key_Escape:
            self.left_upwards.emit()
        else:
            super().keyPressEvent(event)
            at = self.currentIndex().row()
            if at > 0 and self.rows.row(at - 1).hit is None:
                # Whose it is is to be seen as well.
                self.scrollTo(self.rows.index(at - 1))

    def drive_from(self, edit: QLineEdit) -> None:
        """Let arrows, pressed in the field above, move in this list."""
        edit.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys of the field that belong to the list."""
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if pressed and isinstance(event, QKeyEvent) and event.key() in _MOVES:
            self.keyPressEvent(event)
            return True
        return super().eventFilter(watched, event)

    def _choose(self, index: QModelIndex) -> None:
        hit = self.rows.row(index.row()).hit if index.isValid() else None
        if hit is not None:
            self.chosen.emit(hit)


class SearchDelegate(QStyledItemDelegate):
    """Draws a heading, or a hit: what and where above, one or two lines of its words below, with the marks."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the room of a heading, or of two or three lines, which grows with the text size."""
        line = QFontMetrics(option.font).height()
        row = index.data(ROW)
        if not isinstance(row, SearchRow) or row.hit is None:
            return QSize(line * 10, round(line * 2.2))
        bold = QFont(option.font)
        bold.setBold(True)
        # As if all of it were marked: rather a line too many than one that is cut.
        wide = QFontMetrics(bold).horizontalAdvance(row.snippet.text) > self._view.viewport().width() - line * 2.4
        return QSize(line * 10, round(line * (4.3 if wide else 3.1)))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one row."""
        row = index.data(ROW)
        if not isinstance(row, SearchRow):
            return
        painter.save()
        line = QFontMetrics(option.font).height()
        rect, look = option.rect, colours()
        if row.hit is None:
            inside = rect.adjusted(round(line * 0.8), round(line * 0.8), -round(line * 0.8), -round(line * 0.2))
            _paint_line(painter, inside, option.font, (row.title, row.aside, ""), look.text, strong=True)
            painter.restore()
            return
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(look.accent_soft))
            edge = QRect(rect.left(), rect.top(), max(3, line // 6), rect.height())
            painter.fillRect(QStyle.visualRect(painter.layoutDirection(), rect, edge), QColor(look.accent))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, QColor(look.window))
        inside = rect.adjusted(round(line * 1.6), round(line * 0.45), -round(line * 0.8), -round(line * 0.45))
        painter.setPen(QColor(look.line))
        painter.drawLine(inside.left(), rect.bottom(), rect.right(), rect.bottom())
        _paint_line(painter, inside, option.font, (row.title, row.aside, row.flag), look.muted, strong=False)
        below = QRect(inside.left(), inside.top() + round(line * 1.15), inside.width(), inside.height() - line)
        painter.setPen(QColor(look.text))
        _paint_snippet(painter, below, option.font, row.snippet)
        painter.restore()


def _paint_line(
    painter: QPainter, rect: QRect, font: QFont, said: tuple[str, str, str], colour: str, *, strong: bool
) -> None:
    """Draw what it is at the start of a line, and where in it and for whom at its end."""
    title, aside, flag = said
    used = QFont(font)
    used.setBold(strong)
    metrics, plain = QFontMetrics(used), QFontMetrics(font)
    top = QRect(rect.left(), rect.top(), rect.width(), metrics.height())
    end = " · ".join(one for one in (flag, aside) if one)
    room = max(0, rect.width() - metrics.horizontalAdvance(title) - plain.height())
    # Whether it is for the counsellor alone is never cut away; in which question it stands may be.
    least = plain.horizontalAdvance(flag)
    end = plain.elidedText(end, Qt.TextElideMode.ElideRight, max(room, min(least, rect.width())))
    taken = plain.horizontalAdvance(end) + plain.height() if end else 0
    painter.setPen(QColor(colour))
    painter.setFont(font)
    painter.drawText(top, int(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter), end)
    painter.setFont(used)
    begin = QStyle.visualRect(painter.layoutDirection(), top, top.adjusted(0, 0, -taken, 0))
    shown = metrics.elidedText(title, Qt.TextElideMode.ElideRight, begin.width())
    painter.drawText(begin, int(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter), shown)


def _paint_snippet(painter: QPainter, rect: QRect, font: QFont, snippet: Snippet) -> None:
    """Draw a piece of text on two lines, the marked words bold and underlined."""
    layout = QTextLayout(snippet.text, font)
    option = QTextOption(Qt.AlignmentFlag.AlignLeading)
    option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.setFormats([_mark(snippet.text, start, end) for start, end in snippet.marks])
    top = 0.0
    layout.beginLayout()
    for _ in range(_LINES):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(rect.width())
        line.setPosition(QPointF(0, top))
        # Some scripts stand taller than others.
        top += line.height()
    layout.endLayout()
    painter.save()
    painter.setClipRect(rect)
    layout.draw(painter, QPointF(rect.topLeft()))
    painter.restore()


def _mark(text: str, start: int, end: int) -> QTextLayout.FormatRange:
    made = QTextLayout.FormatRange()
    look = QTextCharFormat()
    look.setFontWeight(QFont.Weight.Bold)
    look.setFontUnderline(True)
    made.start = units(text, start)
    made.length = units(text, end) - made.start
    made.format = look
    return made
