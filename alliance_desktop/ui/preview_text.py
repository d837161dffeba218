"""A page as plain text: to be read aloud, or copied to where it can be pasted."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from alliance_desktop.ui.fields.pasted import kept_out
from alliance_desktop.ui.fields.textbox import TextBox
from alliance_desktop.ui.notice import announce
from alliance_desktop.ui.parts import button, row
from alliance_desktop.ui.theme import spaced

COPIED = "Copied. It is cleared from the clipboard after half a minute."


class PreviewText(QWidget):
    """The words of a page in a box that only reads, with a button that asks to copy them all.

    What is selected by hand is copied as anywhere in the program.
    """

    copy_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.box = TextBox()
        self.box.setReadOnly(True)
        self.box.setObjectName("preview_words")
        self.box.setAccessibleName("The page as plain text")
        self.copy_button = button("Copy the text", "preview_copy")
        self.copy_button.clicked.connect(self.copy_asked)
        column = QVBoxLayout(self)
        spaced(column, 0, 0.5)
        column.addLayout(row(self.copy_button))
        column.addWidget(self.box, 1)

    def show_words(self, words: str) -> None:
        """Show the words of a page."""
        self.box.setPlainText(words)
        self.copy_button.setEnabled(True)

    def clear(self) -> None:
        """Show nothing."""
        self.box.clear()
        self.copy_button.setEnabled(False)

    def copy(self) -> bool:
        """Copy all words, and return True: nothing stands in the way of that."""
        QApplication.clipboard().setMimeData(kept_out(self.box.toPlainText()))
        announce(self, COPIED)
        return True
