"""A table of numbers with a bar in each line: arrow keys move, and each line is spoken as a whole sentence."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from alliance_desktop.ui.figure_bars import apart, mirrored, paint_bar, stacked
from alliance_desktop.ui.theme import colours
from alliance_desktop.ui.words import isolated

_Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()
_FIGURE = int(Qt.ItemDataRole.UserRole) + 1
_SHOWN = 13
"""So many lines are seen at once; a longer list scrolls by itself."""
_WRAPS = int(Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextDontClip)
_MARGIN, _GAP, _HIGH, _HIGH_APART = 0.5, 0.25, 0.5, 0.45


class Figure(NamedTuple):
    """One line: what it is of, its numbers in words, and its bars; `spoken` is a whole sentence."""

    title: str
    words: str
    spoken: str
    counts: tuple[int, ...] = ()


class _Figures(QAbstractListModel):
    """The lines as a plain list."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.lines: Sequence[Figure] = ()

    def show_lines(self, lines: Sequence[Figure]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def rowCount(self, parent: _Index = _TOP) -> int:
        """Return how many lines there are."""
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """Return what a line is of, its sentence, or the line itself."""
        if not index.isValid() or index.row() >= len(self.lines):
            return None
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return line.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return line.spoken
        return line if role == _FIGURE else None


class _Lines(QStyledItemDelegate):
    """Paints with the view's own font: what it is of and the numbers side by side where they fit, the bar below."""

    def __init__(self, view: "FigureList") -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return the room for the words, wrapped where they must be, and for the bar."""
        figure = index.data(_FIGURE)
        metrics = QFontMetrics(self._view.font())
        high, wide = metrics.height(), self._view.viewport().width()
        inside = max(1, wide - 2 * round(high * _MARGIN))
        if not isinstance(figure, Figure):
            return QSize(1, high)
        words = sum(_heights(metrics, inside, figure))
        return QSize(1, round(words + self._view.bar_room(figure) * high + 2 * _MARGIN * high))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one line."""
        figure = index.data(_FIGURE)
        if not isinstance(figure, Figure):
            return
        painter.save()
        font = self._view.font()
        metrics, look, rect = QFontMetrics(font), colours(), QRect(option.rect)
        high = metrics.height()
        side = round(high * _MARGIN)
        inside = rect.adjusted(side, side, -side, -side)
        right = option.direction == Qt.LayoutDirection.RightToLeft
        if option.state & QStyle.StateFlag.State_Selected and self._view.hasFocus():
            painter.fillRect(rect, QColor(look.accent_soft))
        painter.setFont(font)
        first, second = _heights(metrics, inside.width(), figure)
        begins = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        ends = Qt.AlignmentFlag.AlignLeft if right else Qt.AlignmentFlag.AlignRight
        exact = int(Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignTop) | _WRAPS
        painter.setPen(QColor(look.text))
        painter.drawText(
            QRect(inside.left(), inside.top(), inside.width(), first), exact | int(begins), isolated(figure.title)
        )
        painter.setPen(QColor(look.text if any(figure.counts) else look.muted))
        under = QRect(inside.left(), inside.top() + first, inside.width(), second)
        beside = QRect(inside.left(), inside.top(), inside.width(), first)
        painter.drawText(under if second else beside, exact | int(begins if second else ends), isolated(figure.words))
        if self._view.has_bars:
            top = inside.top() + first + second + round(high * _GAP)
            self._paint_bars(
                painter, QRectF(inside.left(), top, inside.width(), inside.bottom() + 1 - top), figure, right
            )
        painter.restore()

    def _paint_bars(self, painter: QPainter, where: QRectF, figure: Figure, right: bool) -> None:
        for bar, kind in self._view.bars(where, figure.counts):
            paint_bar(painter, mirrored(bar, where) if right else bar, kind)


class FigureList(QListView):
    """Lines of numbers; with `is_apart` each kind has a bar of its own, else they are parts of one."""

    def __init__(self, name: str, spoken_name: str, *, is_apart: bool = False) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(spoken_name)
        self._is_apart, self._most = is_apart, 0
        self._lines = _Figures(self)
        self.setModel(self._lines)
        self.setItemDelegate(_Lines(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)

    @property
    def lines(self) -> Sequence[Figure]:
        """The lines that are shown."""
        return self._lines.lines

    @property
    def has_bars(self) -> bool:
        """Whether bars are drawn."""
        return self._most > 0

    def bar_room(self, figure: Figure) -> float:
        """Return how many line heights the bars of a line take, with the gap above them."""
        bars = sum(count > 0 for count in figure.counts) if self.has_bars else 0
        return (_HIGH_APART * bars if self._is_apart else _HIGH) + _GAP if bars else 0

    def bars(self, where: QRectF, counts: Sequence[int]) -> list[tuple[QRectF, int]]:
        """Return the bars of a line and their kinds, as long as their numbers."""
        return apart(where, counts, self._most) if self._is_apart else stacked(where, counts, self._most)

    def show_lines(self, lines: Sequence[Figure], *, bars: bool, most: int = 0) -> None:
        """Show other lines, the current one staying current; `most`, if given, is the number of the longest bar."""
        at = max(0, self.currentIndex().row())
        together = max if self._is_apart else sum
        longest = most or max((together(one.counts or (0,)) for one in lines), default=0)
        self._most = longest if bars else 0
        self._lines.show_lines(lines)
        self.go_to(at)
        self.measure()

    def go_to(self, at: int) -> None:
        """Make a line the current one, the last where there are fewer."""
        if self.lines:
            self.setCurrentIndex(self._lines.index(max(0, min(at, len(self.lines) - 1))))

    def measure(self) -> None:
        """Be as high as the lines need, or so many of them."""
        self.scheduleDelayedItemsLayout()
        high = sum(self.sizeHintForRow(at) for at in range(min(_SHOWN, len(self.lines))))
        if high != self.maximumHeight():
            self.setFixedHeight(high)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap the words anew."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.measure()


def _heights(metrics: QFontMetrics, wide: int, figure: Figure) -> tuple[int, int]:
    """Return how high the title is, and the words below it; 0 for these where both stand side by side."""
    # The marks that keep a direction come from another font, and may make a line higher.
    title, words = (_wrapped(metrics, wide, isolated(one)) for one in (figure.title, figure.words))
    together = metrics.horizontalAdvance(figure.title) + metrics.horizontalAdvance(figure.words)
    return (max(title, words), 0) if together + metrics.height() <= wide else (title, words)


def _wrapped(metrics: QFontMetrics, wide: int, text: str) -> int:
    return metrics.boundingRect(QRect(0, 0, wide, 1 << 20), _WRAPS, text).height()
