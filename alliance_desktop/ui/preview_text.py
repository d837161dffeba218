"""A page as plain text: to be read aloud, or copied to where it can be pasted."""

from PySide6.QtWidgets import QApplication, QSizePolicy, QVBoxLayout, QWidget

from alliance_desktop.ui.fields.pasted import kept_out
from alliance_desktop.ui.fields.textbox import TextBox
from alliance_desktop.ui.notice import announce
from alliance_desktop.ui.theme import spaced

COPIED = "Copied. It is cleared from the clipboard after half a minute."


class PreviewText(QWidget):
    """The words of a page in a box that only reads; what is selected by hand is copied as anywhere in the program."""

    def __init__(self) -> None:
        super().__init__()
        self.box = TextBox()
        self.box.setReadOnly(True)
        self.box.setObjectName("preview_words")
        self.box.setAccessibleName("The page as plain text")
        # All the room there is, which is never as much as a long page.
        self.box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.box.setMinimumHeight(1)
        column = QVBoxLayout(self)
        spaced(column, (0.8, 0.6, 0.8, 0.8), 0)
        column.addWidget(self.box, 1)

    def show_words(self, words: str) -> None:
        """Show the words of a page."""
        self.box.setPlainText(words)

    def clear(self) -> None:
        """Show nothing."""
        self.box.clear()

    def copy(self) -> bool:
        """Copy all words, and return True: nothing stands in the way of that."""
        QApplication.clipboard().setMimeData(kept_out(self.box.toPlainText()))
        announce(self, COPIED)
        return True
