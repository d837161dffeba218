"""One page of the first run."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from alliance_desktop.ui.notice import Notice
from alliance_desktop.ui.page import Page
from alliance_desktop.ui.parts import button
from alliance_desktop.ui.theme import spaced


class Step(QWidget):
    """A page with Back and a button that goes on; a subclass adds its fields to `column`."""

    back = Signal()
    onward = Signal()

    def __init__(self, title: str, name: str, onward: str = "Ne&xt", can_go_back: bool = True) -> None:
        super().__init__()
        self.setObjectName(name)
        self.title = title
        self.page = Page(title, f"{name}_page")
        self.column = QVBoxLayout()
        spaced(self.column, 0, 0.8)
        self.notice = Notice(f"{name}_notice")
        self.page.column.addLayout(self.column)
        self.page.column.addWidget(self.notice)
        self.next_button = button(onward, f"{name}_next", "primary")
        self.next_button.clicked.connect(self.go_on)
        self.back_button = button("&Back", f"{name}_back")
        self.back_button.clicked.connect(self.back)
        if not can_go_back:
            self.back_button.hide()
        feet = QHBoxLayout()
        spaced(feet, 0, 0.5)
        feet.addWidget(self.back_button)
        feet.addStretch(1)
        feet.addWidget(self.next_button)
        self.page.column.addLayout(feet)
        self.page.column.addStretch(1)
        around = QVBoxLayout(self)
        spaced(around, 0, 0)
        around.addWidget(self.page)

    def showEvent(self, event: QShowEvent) -> None:
        """Let a screen reader meet what a subclass added before the notice and the buttons, as the eye does."""
        super().showEvent(event)
        for one in (self.notice, self.back_button, self.next_button):
            one.raise_()

    def first_field(self) -> QWidget:
        """Return what has the cursor when the page appears."""
        return self.next_button

    def go_on(self) -> None:
        """Check the page and, where nothing is wrong, go on."""
        fault = self.fault()
        if fault:
            self.notice.say(fault, urgent=True)
            return
        self.notice.clear()
        self.onward.emit()

    def fault(self) -> str:
        """Return what still stands in the way, in a sentence; empty when nothing does."""
        return ""

    def buttons(self) -> tuple[QPushButton, QPushButton]:
        """Return Back and the button that goes on."""
        return self.back_button, self.next_button
