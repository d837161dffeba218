"""The caseload: type to find, arrows to move, Enter to open."""

from collections.abc import Iterable
from functools import cmp_to_key
from typing import Any

from PySide6.QtCore import QCollator, QLocale, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from alliance_desktop.domain.answers import long_day, short_day
from alliance_desktop.domain.client import STATE_WORDS, Client, ClientState, finding, folded, haystack
from alliance_desktop.domain.entry import ClientId
from alliance_desktop.ui.empty import Empty
from alliance_desktop.ui.fields.combo import Combo
from alliance_desktop.ui.landing import Landing
from alliance_desktop.ui.parts import button, row, writes
from alliance_desktop.ui.row_model import LateRows, Row
from alliance_desktop.ui.row_view import RowView
from alliance_desktop.ui.theme import spaced
from alliance_desktop.ui.words import counted, isolated

CHOOSE = "Choose a client on the left, or press Ctrl+K and type."
NOBODY = "No one here yet. Add a client – a code is enough."
EVERYONE, OPEN_WORK = "everyone", "open"
_FILTERS = {OPEN_WORK: "Open work", EVERYONE: "Everyone"} | {str(one): words for one, words in STATE_WORDS.items()}


def sorted_by_name(clients: Iterable[Client], locale: QLocale | None = None) -> list[Client]:
    """Return clients in the order of the reader's own alphabet, case and accents set aside."""
    collator = QCollator(locale or QLocale())
    collator.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    collator.setNumericMode(True)
    by_words = cmp_to_key(collator.compare)
    # What is nearly in order already takes few of the comparisons, which are slow.
    nearly = sorted(clients, key=lambda one: (folded(one.called), one.code))
    return sorted(nearly, key=lambda one: (by_words(one.called), by_words(one.code)))


def client_row(client: Client) -> Row:
    """Return a client as the caseload shows and speaks them."""
    state = STATE_WORDS[client.state]
    strains = counted(client.open_strains, "open strain", "open strains") if client.open_strains else ""
    last = client.last_on
    said = f"last contact {long_day(last)}" if last else "no contact noted yet"
    code = client.code if client.code != client.called else ""
    parts = [isolated(client.called), f"code {isolated(code)}" if code else "", state.lower(), said, strains]
    return Row(
        key=client.id,
        title=isolated(client.called),
        aside=isolated(code),
        under=(
            f"{state} · last contact {short_day(last)}" if last else f"{state} · no contact noted yet",
            f"{state} · {short_day(last)}" if last else state,
            state,
        ),
        flag=strains,
        spoken=", ".join(one for one in parts if one) + ".",
    )


class ClientList(Landing):
    """The clients of a vault; `opened` carries a ClientId, `add_asked` nothing.

    `beside` says what can be done while nobody's page is open; as long as there is nobody, the list alone says it.
    """

    opened = Signal(object)
    add_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("client_list")
        self._known: dict[ClientId, Client] = {}
        self._rows: list[tuple[str, ClientState, ClientId]] = []
        self._told: dict[ClientId, Row] = {}
        self._guest: ClientId | None = None
        self.search = QLineEdit()
        self.search.setObjectName("client_find")
        self.search.setPlaceholderText("Find a client")
        self.search.setAccessibleName("Find a client")
        self.search.setAccessibleDescription("Type part of a name or code; arrows move through the list, Enter opens.")
        self.search.setClearButtonEnabled(False)
        self.search.setAcceptDrops(False)
        self.filter = Combo(_FILTERS.items())
        self.filter.setObjectName("client_filter")
        self.filter.setAccessibleName("Show")
        self.add_button = writes(button("&Add", "client_add"))
        self.add_button.setAccessibleName("Add a client")
        self.view = RowView("client_rows", "Clients")
        self.empty = Empty("client_empty", NOBODY, "Add a &client")
        self.beside = Empty("clients_nothing_open", CHOOSE)
        self._body = QStackedWidget()
        self._body.addWidget(self.view)
        self._body.addWidget(self.empty)
        self._head = QWidget()
        head = QVBoxLayout(self._head)
        spaced(head, (0.6, 0.6, 0.6, 0.5), 0.45)
        head.addWidget(self.search)
        across = row(self.filter, stretch=True)
        across.addWidget(self.add_button)
        head.addLayout(across)
        column = QVBoxLayout(self)
        spaced(column, 0, 0)
        column.addWidget(self._head)
        column.addWidget(self._body, 1)
        self.view.drive_from(self.search)
        self.search.textChanged.connect(self._refill)
        self.filter.currentIndexChanged.connect(self._follow_filter)
        self.view.chosen.connect(self.opened)
        self.add_button.clicked.connect(self.add_asked)
        self.empty.pressed.connect(self._empty_pressed)
        self._refill()

    def set_clients(self, clients: Iterable[Client]) -> None:
        """Show a caseload, sorted by name; the current client stays current. Only who is changed is told anew."""
        before, self._known = self._known, {one.id: one for one in clients}
        if before == self._known:
            return
        had, marked = bool(self._rows), self.view.current_key()
        known = {id: (hay, state, id) for hay, state, id in self._rows}
        for id, one in self._known.items():
            if before.get(id) != one:
                known[id] = haystack(one), one.state, id
        self._told = {id: row for id, row in self._told.items() if self._known.get(id) == before.get(id)}
        self._rows = [known[id] for id in self._in_order(before)]
        self._refill()
        if had and marked not in self._known:
            # Whoever was marked is gone, or nobody was; nobody else stands for them.
            self.view.select(None)

    def _in_order(self, before: dict[ClientId, Client]) -> list[ClientId]:
        """Return who is known, by name: in the order of before where nobody came, went or is called otherwise."""
        names = {id: (one.called, one.code) for id, one in self._known.items()}
        if names == {id: (one.called, one.code) for id, one in before.items()}:
            return [id for _, _, id in self._rows]
        return [one.id for one in sorted_by_name(self._known.values())]

    def select(self, client: ClientId) -> None:
        """Make a client the current row; whom the filter leaves out stands there as well until it is changed."""
        if self.view.rows.place_of(client) < 0 and client in self._known:
            self._guest = client
            self.search.clear()
            self._refill()
        self.view.select(client)

    def shown(self) -> list[Row]:
        """Return the rows shown just now, in order."""
        return [self.view.rows.row(at) for at in range(self.view.rows.rowCount())]

    def _follow_filter(self) -> None:
        self._guest = None
        self._refill()

    def _refill(self, _: Any = None) -> None:
        is_found = finding(self.search.text())
        key, guest = str(self.filter.currentData()), self._guest
        rows = [id for hay, state, id in self._rows if is_found(hay) and (_is_in(state, key) or id == guest)]
        self.view.set_rows(LateRows(rows, self._tell))
        self._body.setCurrentWidget(self.view if rows else self.empty)
        self._head.setVisible(bool(self._rows))
        self.beside.say(CHOOSE if self._rows else "")
        self.landing = self.search if self._rows else self.empty.button
        if not self._rows:
            self.empty.say(NOBODY, "Add a &client")
        elif not rows and key != EVERYONE:
            self.empty.say(f"No one found under “{_FILTERS[key]}”.", "Look among &everyone")
        elif not rows:
            self.empty.say("No one of that name or code.", "Clear the &search")

    def _tell(self, client: ClientId) -> Row:
        if client not in self._told:
            self._told[client] = client_row(self._known[client])
        return self._told[client]

    def _empty_pressed(self) -> None:
        if not self._rows:
            self.add_asked.emit()
        elif str(self.filter.currentData()) != EVERYONE:
            self.filter.setCurrentIndex(self.filter.findData(EVERYONE))
            self.search.setFocus()
        else:
            self.search.clear()
            self.search.setFocus()


def _is_in(state: ClientState, key: str) -> bool:
    if key == OPEN_WORK:
        return state is not ClientState.CLOSED
    return key in (EVERYONE, state)
