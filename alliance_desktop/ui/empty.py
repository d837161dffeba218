"""An empty state: what, why, and one action."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from alliance_desktop.ui.parts import button, label
from alliance_desktop.ui.theme import spaced


class Empty(QWidget):
    """Words in the middle of an empty place, with an action where there is one."""

    pressed = Signal()

    def __init__(self, name: str, words: str, action: str = "") -> None:
        super().__init__()
        self.setObjectName(name)
        self.words = label(words, "muted", f"{name}_words")
        self.words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.button = button(action, f"{name}_action")
        if not action:
            self.button.hide()
        self.button.setAccessibleDescription(words)
        self.button.clicked.connect(self.pressed)
        column = QVBoxLayout(self)
        spaced(column, 1.2, 0.8)
        column.addStretch(2)
        column.addWidget(self.words)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def say(self, words: str, action: str = "") -> None:
        """Change the words and the action."""
        self.words.setText(words)
        self.button.setText(action)
        self.button.setAccessibleName(action.replace("&", ""))
        self.button.setAccessibleDescription(words)
        self.button.setVisible(bool(action))
