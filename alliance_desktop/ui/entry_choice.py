"""Which of a card's dated entries is open, where a card can be written more than once."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from alliance_desktop.domain.answers import said_day
from alliance_desktop.domain.entry import Entry, EntryId
from alliance_desktop.domain.form import Card
from alliance_desktop.ui.fields.combo import Combo
from alliance_desktop.ui.parts import button, label, writes
from alliance_desktop.ui.theme import spaced


class EntryChoice(QWidget):
    """A list of a card's entries by day; away while there is nothing to choose between."""

    chosen = Signal(object)
    another_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("entry_choice_row")
        self._list = Combo()
        self._list.setObjectName("entry_choice")
        self._list.setAccessibleName("Which entry")
        caption = label("Which entry", "label")
        caption.setBuddy(self._list)
        self._another = writes(button("Add another", "another_entry"))
        across = QHBoxLayout(self)
        # As far from the edge as the card beneath it.
        spaced(across, (0, 0, 1.2, 0), 0.5)
        across.addWidget(caption)
        across.addWidget(self._list, 1)
        across.addWidget(self._another)
        self._list.activated.connect(lambda at: self.chosen.emit(self._list.itemData(at)))
        self._another.clicked.connect(self.another_asked)

    def show_entries(self, entries: list[Entry], open: EntryId | None, turn: int, card: Card) -> None:
        """Show the entries of a card; those of earlier turns say so."""
        self._list.clear()
        for number, one in enumerate(entries, 1):
            day = said_day(one.happened_on, one.about)
            before = " (before it was opened again)" if one.turn < turn else ""
            self._list.addItem(f"{number}. {day}{before}", one.id)
            if one.id == open:
                self._list.setCurrentIndex(number - 1)
        now = [one for one in entries if one.turn == turn]
        if open is None or (not now and not card.repeats):
            self._list.addItem("New", None)
            if open is None:
                self._list.setCurrentIndex(self._list.count() - 1)
        self._another.setVisible(card.repeats and bool(now) and open is not None)
        self.setVisible(self._list.count() > 1 or not self._another.isHidden())
