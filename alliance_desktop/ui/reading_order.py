"""Tab follows what is seen: whatever comes or moves on a page later is reached where it stands."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from PySide6 import QtCore
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QGridLayout, QLayout, QScrollArea, QWidget
from shiboken6 import isValid

from alliance_desktop.ui import first_picture


class ReadingOrder(QObject):
    """Keeps the stops of the keyboard in a container in the order of its layouts, as long as the container lives.

    A widget that has `stops()` of its own, as a card or a field has, is one block whose order holds.
    """

    def __init__(self, container: QWidget) -> None:
        super().__init__(container)
        self._container = container
        self._chained: list[QWidget] = []
        self._watched: set[QWidget] = set()
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.follow)
        first_picture.after(self._begin)

    def _begin(self) -> None:
        # The page may have been replaced before it was ever seen.
        if isValid(self):
            self._watch(self._container)
            self._soon.start()

    def eventFilter(self, watched: QObject, event: "QtCore.QEvent") -> bool:
        """Look again once everything that happens together has happened."""
        types = QtCore.QEvent.Type
        if event.type() in (types.LayoutRequest, types.Show, types.ChildAdded) and not self._soon.isActive():
            self._soon.start()
        return False

    def follow(self) -> None:
        """Chain the stops anew where they, or their order, are others than before; once they can be seen."""
        if not self._container.isVisible():
            return
        found = list(self._of(self._container))
        if len(found) == len(self._chained) and all(a is b for a, b in zip(found, self._chained, strict=True)):
            return
        self._chained = found
        # The chain of the window itself is not walked: PySide then makes objects of Qt's own inner widgets, and crashes
        # when a page changes. What stands first keeps its place in the window, and the others follow it.
        for before, stop in pairwise(found):
            QWidget.setTabOrder(before, stop)

    def _of(self, widget: QWidget) -> Iterator[QWidget]:
        own = getattr(widget, "stops", None)
        if callable(own):
            yield from own()
            return
        if isinstance(widget, QScrollArea):
            yield from self._scrolled(widget)
            return
        if _stops_at(widget):
            yield widget
            return
        layout = widget.layout()
        if layout is not None:
            stack(layout)
            yield from self._in(layout)

    def _scrolled(self, area: QScrollArea) -> Iterator[QWidget]:
        if _stops_at(area):
            yield area
        inner = area.widget()
        if inner is not None:
            # What changes inside is not told to those around a scroll area.
            self._watch(inner)
            yield from self._of(inner)

    def _in(self, layout: QLayout) -> Iterator[QWidget]:
        for one in inside(layout):
            if isinstance(one, QWidget):
                yield from self._of(one)
            else:
                yield from self._in(one)

    def _watch(self, widget: QWidget) -> None:
        if widget not in self._watched:
            self._watched = {one for one in self._watched if isValid(one)} | {widget}
            widget.installEventFilter(self)


def _stops_at(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & QtCore.Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None


def stack(layout: QLayout) -> None:
    """Put the widgets of a layout in the order it is read: a screen reader goes by how they lie on each other.

    What stands side by side covers nothing; what is laid over a page is in no layout, and stays over it.
    """
    container, wanted = layout.parentWidget(), list(_widgets(layout))
    children = [one for one in container.children() if isinstance(one, QWidget)] if container is not None else []
    placed = [one for one in children if one in wanted]
    if placed == [one for one in wanted if one in placed]:
        return
    over = [one for one in children[children.index(placed[0]) :] if one not in wanted]
    for one in (*wanted, *over):
        one.raise_()


def _widgets(layout: QLayout) -> Iterator[QWidget]:
    for one in inside(layout):
        if isinstance(one, QWidget):
            yield one
        else:
            yield from _widgets(one)


def keep(container: QWidget) -> None:
    """Let Tab go through a container as it is read, whatever comes or moves in it later."""
    ReadingOrder(container)


def inside(layout: QLayout) -> list[QWidget | QLayout]:
    """Return the widgets and layouts in a layout as they are read; those of a grid by row and column."""
    # Not by the layout's items: PySide keeps what it was given of them beyond their end, see `fields/fit.py`.
    container = layout.parentWidget()
    placed: list[tuple[Any, QWidget | QLayout]] = []
    for one in (*(container.children() if container is not None else ()), *layout.children()):
        if isinstance(one, QWidget | QLayout) and (at := layout.indexOf(one)) >= 0:
            placed.append((layout.getItemPosition(at) if isinstance(layout, QGridLayout) else at, one))
    return [one for _, one in sorted(placed, key=lambda both: both[0])]
