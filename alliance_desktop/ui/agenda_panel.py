"""What waits for supervision: each thing with its reason in words, ticked to be brought, moved where one wants it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QPushButton, QVBoxLayout, QWidget

from alliance_desktop.domain.agenda import Item
from alliance_desktop.domain.answers import long_day
from alliance_desktop.services.supervision import Order, key_of
from alliance_desktop.ui.fields.combo import Combo
from alliance_desktop.ui.fields.fit import Fit
from alliance_desktop.ui.notice import announce
from alliance_desktop.ui.parts import button, card, field, label, tick, writes
from alliance_desktop.ui.theme import spaced
from alliance_desktop.ui.words import isolated, spoken

ORDERS = {Order.WAITING: "As it waits", Order.CODE: "By code", Order.OWN: "In my own order"}
NOTHING = (
    "Nothing waits for supervision. What you tick “take to supervision” in a strain comes here, and so do open strains."
)
BEGIN = "Begin a session note with what is ticked"
TICK_FIRST = "Tick first what you want to bring."


class AgendaPanel(QWidget):
    """The agenda as cards, top to bottom.

    `opened` carries an Item; `moved` an Item and -1 or 1; `sorted` an Order; `bring_asked` the Items that are ticked.
    """

    opened = Signal(object)
    moved = Signal(object, int)
    sorted = Signal(object)
    bring_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("agenda_panel")
        self._items: list[Item] = []
        self._ticks: dict[str, QCheckBox] = {}
        self._buttons: dict[tuple[str, int], QPushButton] = {}
        self.order = Combo((one, words) for one, words in ORDERS.items())
        self._order_field = field("Sorted", self.order, "agenda_order", narrow=True)
        self._none = label(NOTHING, "muted", "agenda_nothing")
        self._first = label("", "warning", "agenda_tick_first")
        self._bring = writes(button(BEGIN, "agenda_bring", "primary"))
        self._lines = QVBoxLayout()
        spaced(self._lines, 0, 0.5)
        held, around = QWidget(), Fit(most=0)
        held.setLayout(around)
        around.addWidget(self._bring)
        column = QVBoxLayout(self)
        spaced(column, 0, 0.6)
        for one in (self._order_field, self._none):
            column.addWidget(one)
        column.addLayout(self._lines)
        column.addWidget(self._first)
        column.addWidget(held)
        self._first.hide()
        self.order.currentIndexChanged.connect(lambda: self.sorted.emit(Order(self.order.chosen)))
        self._bring.clicked.connect(self._ask)

    @property
    def ticked(self) -> list[Item]:
        """What is ticked, in the order it stands."""
        return [one for one in self._items if key_of(one) in self._ticks and self._ticks[key_of(one)].isChecked()]

    def tick(self, keys: Sequence[str]) -> None:
        """Tick what was ticked before a lock; what is no longer there is left out."""
        for key, box in self._ticks.items():
            box.setChecked(key in keys)

    def show_items(self, items: Sequence[tuple[Item, str]], order: Order) -> None:
        """Show items, each with whose it is; what was ticked and the button at hand stay so."""
        kept = [key_of(one) for one in self.ticked]
        at_hand = next((key for key, one in self._buttons.items() if one.hasFocus()), None)
        self._items = [one for one, _ in items]
        self._ticks, self._buttons = {}, {}
        while (line := self._lines.takeAt(0)) is not None:
            gone = line.widget()
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        for number, (item, who) in enumerate(items, 1):
            self._lines.addWidget(self._line(number, item, who, len(items)))
        self.order.blockSignals(True)
        self.order.choose(order)
        self.order.blockSignals(False)
        for one in (self._order_field, self._bring):
            one.setVisible(bool(items))
        self._none.setVisible(not items)
        self._first.hide()
        self.tick(kept)
        if at_hand is not None:
            self._focus(*at_hand)

    def _line(self, number: int, item: Item, who: str, count: int) -> QWidget:
        key, words = key_of(item), f"{isolated(who)}: {item.words}"
        frame, column = card(0.35)
        frame.setObjectName(f"agenda_{number}")
        column.addWidget(label(words, "label", f"agenda_{number}_words"))
        column.addWidget(label(_since(item), "muted", f"agenda_{number}_since"))
        bring = tick("Bring this", f"agenda_{number}_bring")
        to_it = button("Open", f"agenda_{number}_open", "link")
        up = writes(button("Move up", f"agenda_{number}_up", "link"))
        down = writes(button("Move down", f"agenda_{number}_down", "link"))
        for one in (bring, to_it, up, down):
            one.setAccessibleName(spoken(f"{one.text()}: {words}"))
        up.setEnabled(number > 1)
        down.setEnabled(number < count)
        to_it.clicked.connect(lambda: self.opened.emit(item))
        up.clicked.connect(lambda: self.moved.emit(item, -1))
        down.clicked.connect(lambda: self.moved.emit(item, 1))
        bring.toggled.connect(self._first.hide)
        self._ticks[key] = bring
        self._buttons |= {(key, 0): to_it, (key, -1): up, (key, 1): down}
        held, around = QWidget(), Fit(most=0)
        held.setLayout(around)
        spaced(around, 0, 0.6)
        for one in (bring, to_it, up, down):
            around.addWidget(one)
        column.addWidget(held)
        return frame

    def _focus(self, key: str, which: int) -> None:
        """Put the keyboard back on a button of an item that was moved; at the end of the list on the other one."""
        wanted = [self._buttons[(key, one)] for one in (which, -which) if (key, one) in self._buttons]
        found = next((one for one in wanted if one.isEnabled()), None)
        if found is not None:
            found.setFocus()
            place = next(at for at, one in enumerate(self._items, 1) if key_of(one) == key)
            announce(self, f"Place {place} of {len(self._items)}")

    def _ask(self) -> None:
        if self.ticked:
            self.bring_asked.emit(self.ticked)
            return
        self._first.setText(TICK_FIRST)
        self._first.show()
        announce(self, TICK_FIRST)
        next(iter(self._ticks.values())).setFocus()


def _since(item: Item) -> str:
    waiting = f"Since {long_day(item.since)}"
    return f"{waiting} · brought {long_day(item.brought_on)}" if item.brought_on is not None else waiting
