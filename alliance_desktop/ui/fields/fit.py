"""A layout that puts things side by side where they fit and one below the other where they do not."""

from typing import Any

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLayout, QWidget, QWidgetItem
from shiboken6 import isValid

from alliance_desktop.ui.theme import em

_LEAST_SHARE = 8.0
_NO_LIMIT = 524_287
"""What Qt takes for the size of a layout without a limit."""


class Fit(QHBoxLayout):
    """Widgets in reading order, in as many columns of at least `narrow` line heights as the width has room for.

    With `sharing` they stand in one row while it has room, those that can grow sharing what the others leave.
    With `in_a_row` they stand in one row at their own widths while they all fit, each in the middle of its height, or
    with `level` all beginning at its top. `most` is the greatest number of columns; with 0 there are none, and a row
    that does not fit goes on in the next.
    """

    # Qt keeps the items that it makes; Python never holds one. PySide is not told when Qt deletes an item: what it
    # holds of it then stands for whatever is made at the same place in memory next. So each widget is measured by an
    # item of Python's own.

    def __init__(
        self,
        most: int = 2,
        narrow: float = 14.0,
        in_a_row: bool = False,
        sharing: bool = False,
        level: bool = False,
    ) -> None:
        super().__init__()
        self._held: list[tuple[QWidget, QWidgetItem]] = []
        self._heights: dict[int, int] = {}
        self._widths: dict[QWidgetItem, int] = {}
        self._most, self._narrow, self._in_a_row, self._sharing = most, narrow, in_a_row, sharing
        self._is_centred = in_a_row and not level
        self.setContentsMargins(0, 0, 0, 0)

    def addWidget(self, widget: QWidget, *_none: Any) -> None:
        """Add a widget at the end."""
        self.widgets()
        self._held.append((widget, QWidgetItem(widget)))
        super().addWidget(widget)

    def widgets(self) -> list[QWidget]:
        """Return the widgets in it, in reading order."""
        if len(self._held) != self.count():
            self._held = [(one, item) for one, item in self._held if isValid(one) and self.indexOf(one) >= 0]
        return [one for one, _ in self._held]

    def invalidate(self) -> None:
        """Forget what was measured: something in it has changed."""
        self._heights.clear()
        self._widths.clear()
        super().invalidate()

    def expandingDirections(self) -> Qt.Orientation:
        """Return none: the layout takes the room it is given."""
        return Qt.Orientation(0)

    def maximumSize(self) -> QSize:
        """Return no limit: the layout takes the room it is given."""
        return QSize(_NO_LIMIT, _NO_LIMIT)

    def minimumHeightForWidth(self, width: int) -> int:
        """Return the height needed at that width: it cannot be less."""
        return self.heightForWidth(width)

    def hasHeightForWidth(self) -> bool:
        """Say that narrow means high."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height needed at that width."""
        # Qt asks several times for the same width while it lays a page out.
        if width not in self._heights:
            self._heights[width] = self._lay(QRect(0, 0, width, 0), place=False)
        return self._heights[width]

    def setGeometry(self, rect: QRect) -> None:
        """Put the widgets in place."""
        QLayout.setGeometry(self, rect)
        self._widths.clear()
        self._lay(rect, place=True)

    def sizeHint(self) -> QSize:
        """Return the size with everything in its widest arrangement."""
        shown = self._shown()
        if not shown:
            return QSize(0, 0)
        widths = [item.sizeHint().width() for item in shown]
        wide = sum(widths) + self._gap() * (len(shown) - 1) if self._in_a_row else max(widths)
        return QSize(wide, self.heightForWidth(wide))

    def minimumSize(self) -> QSize:
        """Return the least size: one column of the narrowest that every widget can be."""
        sizes = [item.minimumSize() for item in self._shown()]
        return QSize(max((one.width() for one in sizes), default=0), max((one.height() for one in sizes), default=0))

    def _shown(self) -> list[QWidgetItem]:
        there = self.widgets()
        return [item for one, item in self._held if isValid(one) and not item.isEmpty()] if there else []

    def _gap(self) -> int:
        return max(0, self.spacing())

    def _lay(self, rect: QRect, place: bool) -> int:
        shown = self._shown()
        if not shown:
            return 0
        widths = [self._width(item) for item in shown]
        if self._in_a_row and sum(widths) + self._gap() * (len(shown) - 1) <= rect.width():
            return self._lay_row(rect, shown, widths, place)
        shared = self._shared(shown, widths, rect.width()) if self._sharing else []
        if shared:
            return self._lay_row(rect, shown, shared, place)
        if self._most == 0:
            return self._lay_flow(rect, shown, [min(one, rect.width()) for one in widths], place)
        least = max(em(self._narrow), *(item.minimumSize().width() for item in shown), 1)
        columns = max(1, min(self._most, len(shown), (rect.width() + self._gap()) // (least + self._gap())))
        width = (rect.width() - self._gap() * (columns - 1)) // columns
        bottom = rect.top()
        for first in range(0, len(shown), columns):
            row = shown[first : first + columns]
            top = bottom + (self._gap() if first else 0)
            bottom = top + self._lay_row(QRect(rect.left(), top, rect.width(), 0), row, [width] * len(row), place)
        return bottom - rect.top()

    def _width(self, item: QWidgetItem) -> int:
        if item not in self._widths:
            self._widths[item] = min(item.sizeHint().width(), item.maximumSize().width())
        return self._widths[item]

    def _shared(self, shown: list[QWidgetItem], widths: list[int], room: int) -> list[int]:
        """Return the widths in one row, or none where there is no room for it."""
        growing = [bool(item.expandingDirections() & Qt.Orientation.Horizontal) for item in shown]
        least = [0 if grows else min(wide, em(self._narrow)) for grows, wide in zip(growing, widths, strict=True)]
        left = room - sum(least) - self._gap() * (len(shown) - 1)
        share = left // max(1, sum(growing))
        if left < 0 or (any(growing) and share < em(_LEAST_SHARE)):
            return []
        return [share if grows else wide for grows, wide in zip(growing, least, strict=True)]

    def _lay_flow(self, rect: QRect, shown: list[QWidgetItem], widths: list[int], place: bool) -> int:
        """Lay the items in rows as words are laid in lines."""
        bottom, first = rect.top(), 0
        while first < len(shown):
            last, along = first + 1, widths[first]
            while last < len(shown) and along + self._gap() + widths[last] <= rect.width():
                along += self._gap() + widths[last]
                last += 1
            top = bottom + (self._gap() if first else 0)
            line = QRect(rect.left(), top, rect.width(), 0)
            bottom = top + self._lay_row(line, shown[first:last], widths[first:last], place)
            first = last
        return bottom - rect.top()

    def _lay_row(self, rect: QRect, row: list[QWidgetItem], widths: list[int], place: bool) -> int:
        heights = [_height(item, width) for item, width in zip(row, widths, strict=True)]
        tall = max(heights)
        if place:
            parent = self.parentWidget()
            mirrored = isinstance(parent, QWidget) and parent.layoutDirection() is Qt.LayoutDirection.RightToLeft
            along = 0
            for item, width, height in zip(row, widths, heights, strict=True):
                left = rect.right() + 1 - along - width if mirrored else rect.left() + along
                middle = (tall - height) // 2 if self._is_centred else 0
                narrow = min(width, item.maximumSize().width())
                item.setGeometry(QRect(left + (width - narrow if mirrored else 0), rect.top() + middle, narrow, height))
                along += width + self._gap()
        return tall


def _height(item: QWidgetItem, width: int) -> int:
    if item.hasHeightForWidth():
        return item.heightForWidth(width)
    return item.sizeHint().height()
