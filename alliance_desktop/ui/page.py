"""A page of text and fields: one calm column in the middle, scrolled when there is no room."""

from PySide6 import QtCore
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from shiboken6 import isValid

from alliance_desktop.ui import first_picture, reading_order
from alliance_desktop.ui.parts import label
from alliance_desktop.ui.theme import em, spaced

WIDTH = 31.0
_PASSES = 400


class Page(QScrollArea):
    """A scrolled page with a title; things are added to `column`, top to bottom."""

    begins_at_top = False
    """Whether it is read from its beginning, wherever the keyboard is on it."""

    def __init__(self, title: str, name: str, width: float = WIDTH) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setWidgetResizable(True)
        self.setProperty("frameShape", "NoFrame")
        self.setProperty("horizontalScrollBarPolicy", "ScrollBarAlwaysOff")
        # The page is moved through by its fields; taking the focus itself would be one silent stop more.
        self.setProperty("focusPolicy", "NoFocus")
        self._width = width
        outer = QWidget()
        outer.setProperty("surface", "clear")
        across = QHBoxLayout(outer)
        spaced(across, (1.2, 1.6, 1.2, 1.6), 0)
        self._held = QWidget()
        across.addStretch(1)
        across.addWidget(self._held, 1000)
        across.addStretch(1)
        self.column = QVBoxLayout(self._held)
        spaced(self.column, 0, 0.8)
        self.title = label(title, "title", f"{name}_title")
        self.column.addWidget(self.title)
        self.setWidget(outer)
        # The page is measured anew in several passes, of which each may move the field at hand out of view.
        self._measured = QTimer(self, singleShot=True, interval=_PASSES)
        self.verticalScrollBar().rangeChanged.connect(self._keep_in_view)
        self.measure()
        reading_order.keep(self)
        first_picture.after(self._watch)

    def focusNextPrevChild(self, next: bool) -> bool:
        """Move the focus as a plain widget does, and bring the field reached into view."""
        moved = super().focusNextPrevChild(next)
        reached = self.focusWidget()
        if moved and reached is not None and self.isAncestorOf(reached):
            self.ensureWidgetVisible(reached, em(1), em(2))
        return moved

    def _keep_in_view(self) -> None:
        at_hand = None if self.begins_at_top else self.focusWidget()
        if self._measured.isActive() and at_hand is not None and self.isAncestorOf(at_hand):
            self.ensureWidgetVisible(at_hand, em(1), em(2))

    def _watch(self) -> None:
        # The page may have been replaced before it was ever seen.
        if not isValid(self):
            return
        _Watch(self)
        if self.isVisible():
            self.shown()

    def shown(self) -> None:
        """Keep the field at hand in view while the page is laid out."""
        self._measured.start()
        QTimer.singleShot(0, self, self._keep_in_view)

    def measure(self) -> None:
        """Keep the line length readable when the text size changes, and bring the field at hand back into view."""
        self._measured.start()
        self._held.setMaximumWidth(em(self._width))


class _Watch(QObject):
    """Tells a page that it is shown, and of another font; beside it, as a page itself is asked about all its events."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page = page
        page.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: "QtCore.QEvent") -> bool:
        """See it."""
        if event.type() == QtCore.QEvent.Type.FontChange:
            self._page.measure()
        elif event.type() == QtCore.QEvent.Type.Show:
            self._page.shown()
        return False
