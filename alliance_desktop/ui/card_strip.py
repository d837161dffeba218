"""The six cards of a strain; each says in words and shape how far it has come."""

from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from alliance_desktop.domain.answers import Answers
from alliance_desktop.domain.entry import Entry, Mark
from alliance_desktop.domain.form import Card, Form
from alliance_desktop.ui.fields.combo import Combo
from alliance_desktop.ui.parts import button
from alliance_desktop.ui.theme import spaced


class Progress(StrEnum):
    """How far a card has come; never a percentage, and none of these is a fault."""

    NOT_STARTED = "not started"
    BEGUN = "begun"
    ENOUGH = "enough"
    SKIPPED = "skipped for now"
    DOES_NOT_FIT = "does not fit here"


_SHAPES = {
    Progress.NOT_STARTED: "○",
    Progress.BEGUN: "◐",
    Progress.ENOUGH: "●",
    Progress.SKIPPED: "–",
    Progress.DOES_NOT_FIT: "–",
}


def progress(card: Card, entries: list[Entry]) -> Progress:
    """Return how far a card has come, over all its entries of this turn."""
    mine = [one for one in entries if one.card == card.id]
    if any(card.is_enough(one.answers) for one in mine):
        return Progress.ENOUGH
    marks = {one.mark for one in mine}
    if Mark.DOES_NOT_FIT in marks:
        return Progress.DOES_NOT_FIT
    if any(_says(card, one.answers) for one in mine):
        return Progress.BEGUN
    return Progress.SKIPPED if Mark.SKIPPED in marks else Progress.NOT_STARTED


def _says(card: Card, answers: Answers) -> bool:
    return card.is_begun({key: answer for key, answer in answers.items() if key != card.dated_by})


class CardStrip(QWidget):
    """The cards of a form as buttons, or as one list where there is little room; `chosen` carries a card's id."""

    chosen = Signal(str)

    def __init__(self, form: Form) -> None:
        super().__init__()
        self.setObjectName("card_strip")
        column = QVBoxLayout(self)
        spaced(column, 0, 0.3)
        self._cards = {card.id: card for card in form.cards}
        self._list = Combo(((id, card.title) for id, card in self._cards.items()), 12)
        self._list.setObjectName("card_list")
        self._list.setAccessibleName("Card")
        self._list.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._list.activated.connect(lambda _at: self.chosen.emit(self._list.chosen))
        self._list.hide()
        column.addWidget(self._list)
        self._group = QButtonGroup(self)
        self._buttons = {card.id: button("", f"card_{card.number}", "card") for card in form.cards}
        for id, one in self._buttons.items():
            one.setCheckable(True)
            # Spoken as one of several, not as six ticks.
            one.setAutoExclusive(True)
            one.setProperty("large", self._cards[id].large)
            one.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            one.clicked.connect(lambda _=False, id=id: self.chosen.emit(id))
            self._group.addButton(one)
            column.addWidget(one)
            self._say(id, Progress.NOT_STARTED)

    def open(self, id: str) -> None:
        """Mark the card that is open."""
        self._buttons[id].setChecked(True)
        self._list.choose(id)

    def show_progress(self, entries: list[Entry]) -> None:
        """Say how far each card has come, from the entries of this turn."""
        for id, card in self._cards.items():
            self._say(id, progress(card, entries))

    def set_compact(self, compact: bool) -> None:
        """Stand as one list above the card, or as six buttons beside it."""
        self._list.setVisible(compact)
        for one in self._buttons.values():
            one.setVisible(not compact)

    def said(self, id: str) -> str:
        """Return what is said of a card: its number, title and how far it has come."""
        return self._buttons[id].accessibleName()

    def _say(self, id: str, how_far: Progress) -> None:
        card = self._cards[id]
        one = self._buttons[id]
        one.setText(f"{card.number}  {card.title}\n{_SHAPES[how_far]}  {how_far}")
        one.setAccessibleName(f"{card.number} {card.title}: {how_far}")
        one.setToolTip(f"Alt+{card.number}")
        self._list.setItemText(self._list.findData(id), f"{card.number}  {card.title}  {_SHAPES[how_far]} {how_far}")
