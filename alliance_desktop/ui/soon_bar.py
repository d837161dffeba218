"""The line over everything that says that the vault locks soon."""

from PySide6.QtWidgets import QFrame, QVBoxLayout

from alliance_desktop.ui.notice import announce
from alliance_desktop.ui.parts import label
from alliance_desktop.ui.theme import spaced

SOON = "Locking soon - press any key"


class SoonBar(QFrame):
    """One quiet line, away until it is needed."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("soon")
        self.setProperty("surface", "bar")
        self.setAccessibleName(SOON)
        inside = QVBoxLayout(self)
        spaced(inside, (1.1, 0.9, 1.1, 0.9), 0)
        inside.addWidget(label(SOON, "label", "soon_words"))
        self.hide()

    def say(self) -> None:
        """Show it, and let a screen reader say it at once."""
        self.show()
        announce(self, SOON, urgent=True)
