"""To whom a note was shown, and a way to write down that it was."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from alliance_desktop.domain import disclosing
from alliance_desktop.domain.answers import Answers
from alliance_desktop.domain.entry import EntryId
from alliance_desktop.services.ledger import begin_with, lines_about
from alliance_desktop.services.notebook import Notebook
from alliance_desktop.ui.fields.fit import Fit
from alliance_desktop.ui.parts import button, label, row, writes
from alliance_desktop.ui.theme import spaced
from alliance_desktop.ui.words import isolated, spoken

HEADING = "Shown to somebody"
ASK = "I showed this to somebody…"
_NEVER = frozenset({disclosing.FORM, "contact", "resource"})


class ShownPanel(QWidget):
    """The lines of the sharing ledger about a note.

    `opened` carries a line, `asked` the answers that a new one begins with.
    """

    opened = Signal(object)
    asked = Signal(object)

    def __init__(self, notebook: Notebook) -> None:
        super().__init__()
        self.setObjectName("shown_panel")
        self._notebook = notebook
        self._entry: EntryId | None = None
        self._told: list[tuple[EntryId, str]] = []
        column = QVBoxLayout(self)
        spaced(column, (0, 0.8, 0, 0), 0.2)
        self._heading = label(HEADING, "heading")
        self._lines = QVBoxLayout()
        spaced(self._lines, 0, 0.1)
        self._ask = writes(button(ASK, "shown_to_somebody", "link"))
        held, around = QWidget(), Fit(most=0)
        held.setLayout(around)
        around.addWidget(self._ask)
        column.addWidget(self._heading)
        column.addLayout(self._lines)
        column.addWidget(held)
        self._heading.hide()
        self._ask.clicked.connect(self.ask)
        self.hide()

    def show_about(self, entry: EntryId | None, others: Sequence[EntryId] = ()) -> None:
        """Show to whom an entry was shown, or others that stand with it; a new line is offered once it is written."""
        self._entry = entry
        known = self._notebook.entry(entry) if entry is not None else None
        can_be_shown = known is not None and self._notebook.forms.kind(known) not in _NEVER
        self._ask.setVisible(can_be_shown)
        about = [*([entry] if entry is not None else []), *others]
        told = [(one.id, disclosing.showing(one).said(isolated)) for one in lines_about(self._notebook, *about)]
        self.setVisible(can_be_shown or bool(told))
        if told == self._told:
            return
        self._told = told
        while (item := self._lines.takeAt(0)) is not None:
            gone = item.widget()
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        for at, (id, words) in enumerate(told, 1):
            self._lines.addWidget(self._line(at, id, words))
        self._heading.setVisible(bool(told))

    def ask(self) -> None:
        """Ask for a new line about the note at hand."""
        if self._entry is not None and not self._ask.isHidden():
            answers: Answers = begin_with([self._entry])
            self.asked.emit(answers)

    def _line(self, at: int, id: EntryId, words: str) -> QWidget:
        to_it = button("Open", f"shown_{at}", "link")
        to_it.setAccessibleName(spoken(f"Open: {words}"))
        to_it.clicked.connect(lambda: self.opened.emit(id))
        held = QWidget()
        line = row(label(words, "", f"shown_{at}_words"), to_it, stretch=False)
        line.setStretch(0, 1)
        held.setLayout(line)
        return held
