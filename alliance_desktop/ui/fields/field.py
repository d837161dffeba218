"""What every field has: a label tied to it, help beneath, a place for a word of trouble, and its answer."""

from collections.abc import Collection
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QGroupBox, QLabel, QPushButton, QVBoxLayout, QWidget

from alliance_desktop.domain.answers import Answer
from alliance_desktop.domain.form import CHOOSING, Audience, Form, Question
from alliance_desktop.ui.fields.context import Context
from alliance_desktop.ui.notice import announce
from alliance_desktop.ui.parts import button, label, row
from alliance_desktop.ui.theme import spaced

NEEDED = "*"
PICTURES = "Pictures cannot be kept here."
FILES = "Files cannot be kept here."


class Asked(NamedTuple):
    """One question as it is asked: of which form, in which world, and whether it counts towards "enough"."""

    form: Form
    question: Question
    context: Context
    needed: bool = False


class Field(QWidget):
    """A question with its widgets.

    `edited` comes with each change by the reader, `settled` when something was chosen (so that other
    questions may appear), `rearranged` when widgets came or went, `help_asked` with the question.
    """

    edited = Signal()
    settled = Signal()
    rearranged = Signal()
    help_asked = Signal(object)

    def __init__(self, asked: Asked, headed: bool = True) -> None:
        super().__init__()
        self.asked = asked
        self.question = asked.question
        self.setObjectName(f"{self.question.key}_field")
        self._filling = False
        self._column = QVBoxLayout(self)
        spaced(self._column, 0, 0.25)
        self.heading: QLabel | None = self._make_heading() if headed else None
        self.body = QVBoxLayout()
        spaced(self.body, 0, 0.35)
        help = label(self.question.help, "muted", f"{self.question.key}_help")
        if not self.question.help:
            help.hide()
        # Beneath a long list of options the help would be read after the choice was made.
        above = self.question.kind in CHOOSING
        self._column.addWidget(help) if above else self._column.addLayout(self.body)
        self._column.addLayout(self.body) if above else self._column.addWidget(help)
        self.notice = label("", "warning", f"{self.question.key}_notice")
        self.notice.hide()
        self._column.addWidget(self.notice)

    @property
    def name(self) -> str:
        """The words the question is called by."""
        return self.question.label

    def description(self) -> str:
        """Return what a screen reader adds to the name: the help, who reads it, and whether it is asked for."""
        parts = [self.question.help]
        if self.question.audience is Audience.PRIV:
            parts.append("Only for me.")
        if self.asked.needed:
            parts.append("Counts towards enough.")
        if self.question.note:
            parts.append("F1 explains.")
        return " ".join(part for part in parts if part)

    def answer(self) -> Answer:
        """Return the answer as it is stored."""
        raise NotImplementedError

    def fill(self, answer: Answer) -> None:
        """Show a stored answer without counting it as an edit."""
        self._filling = True
        try:
            self._show(answer)
        finally:
            self._filling = False

    def stops(self) -> list[QWidget]:
        """Return the widgets that can have the keyboard, in reading order."""
        raise NotImplementedError

    def set_read_only(self, on: bool) -> None:
        """Show the answer without letting it change; its text can still be reached and copied."""
        raise NotImplementedError

    def opened(self) -> list[str]:
        """Return the names of the buttons of what is open in the field; most fields hide nothing."""
        return []

    def open(self, names: Collection[str]) -> None:
        """Open what has buttons of these names."""

    def say(self, words: str, aloud: bool = True) -> None:
        """Say a word of trouble beneath the field, or take it away."""
        self.notice.setText(words)
        self.notice.setVisible(bool(words))
        if words and aloud:
            announce(self, f"{self.name}: {words}")

    def _show(self, answer: Answer) -> None:
        raise NotImplementedError

    def _named(self, widget: QWidget, object_name: str, name: str = "") -> None:
        """Give a widget its stable name, its spoken name and its spoken description."""
        widget.setObjectName(object_name)
        widget.setAccessibleName(name or self.name)
        widget.setAccessibleDescription(self.description())

    def _mark_edited(self) -> None:
        if not self._filling:
            self.edited.emit()

    def _mark_chosen(self) -> None:
        if not self._filling:
            self.edited.emit()
            self.settled.emit()

    def _make_heading(self) -> QLabel:
        made = label(f"{self.name} {NEEDED}" if self.asked.needed else self.name, "label", f"{self.question.key}_label")
        # A buddy turns & into an access key; the words are to be seen as they were written.
        made.setText(made.text().replace("&", "&&"))
        if not self.question.note:
            self._column.addWidget(made)
            return made
        line = row(made, self._make_note_button(), stretch=False)
        line.setStretch(0, 1)
        self._column.addLayout(line)
        return made

    def _make_note_button(self) -> QPushButton:
        made = button("Why?", f"{self.question.key}_note", "link")
        made.setAccessibleName(f"Why? {self.name}")
        made.setToolTip("F1")
        # F1 opens the note from the field itself; a second stop per question would make Tab long.
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.clicked.connect(lambda: self.help_asked.emit(self.question))
        return made


class Group(QGroupBox):
    """Widgets that belong to one question, spoken as a group and drawn as nothing."""

    def __init__(self, name: str, description: str = "") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setAccessibleDescription(description)
        self.setStyleSheet("QGroupBox { border: none; margin: 0; padding: 0; }")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw no frame."""
