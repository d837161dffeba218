"""Hidden, not locked: a page that tells nothing, and the way back."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from alliance_desktop.ui.notice import announce
from alliance_desktop.ui.parts import button, label
from alliance_desktop.ui.theme import spaced

HIDDEN_SECONDS = 60.0
HINT = "F9 or Enter to go on · Ctrl+L to lock"
STILL_OPEN = "Not closed: something is not saved yet. Press F9 to see it."


class Paused(QWidget):
    """A neutral page; `back_asked` returns to the work, `lock_asked` comes after a minute."""

    back_asked = Signal()
    lock_asked = Signal()

    def __init__(self, seconds: float = HIDDEN_SECONDS) -> None:
        super().__init__()
        self.setObjectName("paused")
        self.setAccessibleName("Paused")
        column = QVBoxLayout(self)
        spaced(column, 1, 0.8)
        title = label("Paused", "title", "paused_title")
        title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._hint = label(HINT, "muted", "paused_hint")
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.back_button = button("G&o on", "paused_back")
        column.addStretch(2)
        column.addWidget(title)
        column.addWidget(self._hint)
        column.addWidget(self.back_button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self.back_button.clicked.connect(self.back_asked)
        self.timer = QTimer(self, singleShot=True, interval=round(seconds * 1000))
        self.timer.timeout.connect(self.lock_asked)

    def show_usual(self) -> None:
        """Show what can be done, as at the beginning."""
        self._hint.setText(HINT)

    def say_still_open(self) -> None:
        """Say, without a word of the work, why the window did not close."""
        self._hint.setText(STILL_OPEN)
        announce(self, STILL_OPEN, urgent=True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter returns; every other key does nothing."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.back_asked.emit()
