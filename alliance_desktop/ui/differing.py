"""One change as it is read: the question, and the words with what was struck out and what was added marked."""

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from alliance_desktop.domain.difference import ONLY_SPACE, Change, Mark
from alliance_desktop.ui.parts import label
from alliance_desktop.ui.theme import spaced
from alliance_desktop.ui.words import spoken

_TAGS = {Mark.SAME: "{}", Mark.OUT: "<s>{}</s>", Mark.IN: "<u>{}</u>"}


class Differing(QWidget):
    """A change of one question, with strike and underline for the eye and the same in words for a screen reader."""

    def __init__(self, change: Change) -> None:
        super().__init__()
        self.words = QLabel(marked(change))
        self.words.setTextFormat(Qt.TextFormat.RichText)
        self.words.setWordWrap(True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.words.setAccessibleName(spoken(change.spoken))
        column = QVBoxLayout(self)
        spaced(column, 0, 0.1)
        column.addWidget(label(change.label, "muted"))
        column.addWidget(self.words)


def marked(change: Change) -> str:
    """Return a change as markup in which everything that was written is only text."""
    if not change.out and not change.added:
        return escape(ONLY_SPACE)
    # A struck or underlined space is a dash that nobody wrote.
    marks = ((one.mark if one.text.strip() else Mark.SAME, one.text) for one in change.pieces)
    told = (_TAGS[mark].format(escape(text).replace("\n", "<br>")) for mark, text in marks)
    return f'<p style="white-space: pre-wrap">{" ".join(told) if _are_whole(change) else "".join(told)}</p>'


def _are_whole(change: Change) -> bool:
    """Say whether an answer was put in the place of another, with no word of both between them."""
    return all(one.mark is not Mark.SAME for one in change.pieces)
