"""The pages of one open vault: how each is made, joined to the others, and found again after a lock."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any, NamedTuple, TypeVar

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from alliance_desktop.domain import rupture
from alliance_desktop.domain.answers import Answers
from alliance_desktop.domain.client import Client
from alliance_desktop.domain.entry import ArcId, ClientId, Entry, EntryId
from alliance_desktop.domain.errors import KnownError
from alliance_desktop.domain.timeline import Row
from alliance_desktop.services.access import OpenVault
from alliance_desktop.services.notebook import CLIENT_FORM, WriteCard
from alliance_desktop.services.paper import Choice, Subject
from alliance_desktop.ui.capture import Capture
from alliance_desktop.ui.client_page import ClientPage
from alliance_desktop.ui.companions import CLIENT_PANELS, COMPANIONS
from alliance_desktop.ui.desk import Clock, Sheet
from alliance_desktop.ui.details_page import DetailsPage
from alliance_desktop.ui.entry_page import EntryPage
from alliance_desktop.ui.form_list import FormListPage, Offered
from alliance_desktop.ui.kept import holds
from alliance_desktop.ui.key_life.needs import KeyNeeds
from alliance_desktop.ui.new_passphrase import PassphraseRules
from alliance_desktop.ui.paper_pages import PaperPages
from alliance_desktop.ui.preview_page import AskPath, PrintSheets
from alliance_desktop.ui.session_page import SESSION_FORM, SessionPage
from alliance_desktop.ui.strain_page import StrainPage
from alliance_desktop.ui.temperature_page import TemperaturePage
from alliance_desktop.ui.timeline_panel import LeftAt, TimelinePanel
from alliance_desktop.ui.workspace import Workspace

GONE = "That note is no longer here."
_Kept = TypeVar("_Kept")


class Needed(NamedTuple):
    """What the pages need from outside: the clock, the rules for passphrases, the printer and the file dialog."""

    clock: Clock
    rules: PassphraseRules
    change_passphrase: Callable[[str, str], Any]
    passphrase_changed: Callable[[Any], None]
    print_sheets: PrintSheets
    ask_path: AskPath
    keys: KeyNeeds
    capture: Capture | None = None


class Pages(PaperPages):
    """Opens pages in the detail of a workspace.

    What is not written yet is written before a page is made, which else would show the state before it.

    `help_asked` carries a question to explain, `whose_asked` what is to be done with a client who is to be chosen
    first. `history_asked` and `bin_asked` carry an entry, `delete_asked` a client.
    """

    help_asked = Signal(object)
    whose_asked = Signal(object)
    history_asked = Signal(object)
    bin_asked = Signal(object)
    delete_asked = Signal(object)

    def __init__(self, workspace: Workspace, vault: OpenVault, needed: Needed) -> None:
        super().__init__(workspace, vault, needed.print_sheets, needed.ask_path)
        self._needed = needed
        self._timelines: dict[ClientId, LeftAt] = {}
        self.left.connect(self._remember)
        self._openers |= {
            "client": lambda at: self.open_client(_client_id(at)),
            "details": lambda at: self.open_details(_client(at)),
            "temperature": lambda at: self.open_temperature(_client_id(at)),
            "session": lambda at: self._reopen_card(at | {"form": SESSION_FORM}),
            "entry": self._reopen_card,
            "strain": self._reopen_strain,
            "preview": lambda at: self.open_preview(
                _client(at), _read(at.get("subject"), Subject), read_choice(at.get("choice"))
            ),
            "forms": lambda at: self.open_forms(_client(at)),
        }

    def open_client(self, id: ClientId) -> QWidget:
        """Open a client's page with the timeline, from a page about them at the row that was left for it."""
        left = self._left(id)
        self.part()
        page = ClientPage(self._book, id, [make(self._vault, id) for make in CLIENT_PANELS])
        page.session_asked.connect(lambda: self.open_session(id))
        page.strain_asked.connect(lambda: self.open_strain(id))
        page.forms_asked.connect(lambda: self.open_forms(id))
        page.details_asked.connect(lambda: self.open_details(id))
        page.plan_asked.connect(lambda: self.open_preview(id))
        page.print_asked.connect(lambda row: self.print_client(id, row))
        page.timeline_print_asked.connect(lambda: self.print_timeline(id))
        page.temperature_asked.connect(lambda: self.open_temperature(id))
        page.row_opened.connect(lambda row: self._open_row(row, id, page.story))
        if self.show(page, page.client):
            page.setFocus()
            page.come_back(left)
        return page

    def open_temperature(self, id: ClientId) -> QWidget:
        """Open the chart of how it felt after each session of a client."""
        self.part()
        page = TemperaturePage(self._book, id)
        page.back_asked.connect(lambda: self._tried(lambda: self.return_by(lambda: self.open_client(id))))
        if self.show(page, page.client):
            page.begin()
        for asked in (page.open_asked, page.arc_asked):
            asked.connect(lambda _id: self._note_opened_at(page, id))
        return page

    def _note_opened_at(self, page: TemperaturePage, client: ClientId) -> None:
        if self.page is not page:
            self.note_way(client, self._left(client).row)

    def take_up(self, cards: list[WriteCard]) -> None:
        """Open the cards that a full disk did not take before the lock, with their words, which go on being tried."""
        for card in cards:
            here = next((page for page in self._open.values() if holds(page, card)), None)
            if isinstance(here, StrainPage):
                here.take_up(card)
                continue
            # A page that cannot be written cannot be left either, so the next one stands in another place.
            self._space.show_place(self._free_place())
            if card.form == rupture.FORM and card.client is not None:
                known = {one.arc.id for one in self._vault.strains.of_client(card.client)}
                page = self.open_strain(card.client, card.arc if card.arc in known else None, card.card)
                if isinstance(page, StrainPage):
                    page.take_up(card)
                    page.open_card(card.card)
            else:
                self._open_card(self._sheet(card.client, card.form, card.card, self._known(card.entry), held=card))

    def open_session(self, id: ClientId, entry: EntryId | None = None) -> QWidget:
        """Open a session note, or a fresh one."""
        return self._open_card(self._sheet(id, SESSION_FORM, "", self._known(entry)))

    def open_entry(self, id: EntryId) -> QWidget | None:
        """Open any entry on its page, a card of a strain on the strain's; say so and return None where it is gone."""
        entry = self._known(id)
        if entry is None:
            self._space.notice.say(GONE)
            return None
        if entry.arc is None or entry.client is None:
            return self._open_card(self._sheet(entry.client, entry.form, entry.card, entry))
        page = self.open_strain(entry.client, entry.arc)
        if isinstance(page, StrainPage) and self.page is page:
            page.open_entry(entry)
        return page

    def open_new(
        self, client: ClientId | None, form: str, card: str = "", begin_with: Answers | None = None
    ) -> QWidget:
        """Open a fresh card of a form, for a client or for nobody; one that is kept up opens as it is."""
        if form == rupture.FORM and client is not None:
            return self.open_strain(client, card=card, begin_with=begin_with)
        if form == CLIENT_FORM:
            return self.open_details(client)
        own = self._book.forms.current(form).about == "counsellor"
        return self._open_card(self._sheet(None if own else client, form, card, begin_with=begin_with or {}))

    def open_forms(self, id: ClientId | None = None) -> QWidget:
        """Open the list of all forms, for a client or for whoever is chosen then."""
        self.part()
        client = self._book.client(id) if id is not None else None
        page = FormListPage(self._book.forms, client)
        page.form_asked.connect(lambda one: self.begin_form(one, id))
        if self.show(page, client, "New entry"):
            page.setFocus()
        return page

    def begin_form(self, one: Offered, client: ClientId | None) -> None:
        """Open a fresh card that was chosen; asks whose it is where it needs a client and none is named."""
        if one.asks_whose and client is None:
            self.whose_asked.emit(lambda id: self.open_new(id, one.form.id, one.card.id))
        else:
            self.open_new(client, one.form.id, one.card.id)

    def open_arc(self, arc: ArcId, card: str = "") -> QWidget:
        """Open a strain, whosever it is, at a card or where writing went on last."""
        return self.open_strain(self._book.arc(arc).client, arc, card)

    def open_strain(
        self, id: ClientId, arc: ArcId | None = None, card: str = "", begin_with: Answers | None = None
    ) -> QWidget:
        """Open a strain at a card, or a fresh one, perhaps with answers for its first card to begin with."""
        self.part()
        client = self._book.client(id)
        page = StrainPage(self._book, self._vault.strains, client, arc, self._needed.clock)
        page.begin_with(begin_with or {})
        page.desk_changed.connect(self._shown)
        if self.show(page, client):
            page.open_card(card or self._first_card(arc))
        return page

    def open_details(self, id: ClientId | None = None) -> QWidget:
        """Open a client's details, or those of a new client."""
        self.part()
        client = self._book.client(id) if id is not None else None
        page = DetailsPage(self._book, client, self._needed.clock)
        page.done_asked.connect(lambda: page.client is not None and self.open_client(page.client.id))
        if self.show(page, client):
            self.last_client = id
            page.begin()
        return page

    def join(self, page: QWidget, client: Client | None) -> None:
        """Follow the signals that a page has, which is about to be shown."""
        whose = client.id if client is not None else None
        followed: dict[str, list[Callable[..., object]]] = {
            "changed": [self._space.changed.emit, lambda _changed: self.keep_place()],
            "help_asked": [self.help_asked.emit],
            "entry_asked": [lambda id: self._tried(lambda: self.open_entry(id))],
            "open_asked": [lambda id: self._tried(lambda: self.open_entry(id))],
            "history_asked": [self.history_asked.emit],
            "bin_asked": [self.bin_asked.emit],
            "delete_asked": [self.delete_asked.emit],
            "arc_asked": [lambda id: self._tried(lambda: self.open_arc(id))],
            "card_asked": [lambda id, card: self._tried(lambda: self.open_arc(id, card))],
            "new_asked": [lambda form, card, begin: self._tried(lambda: self.open_new(whose, form, card, begin or {}))],
        }
        for name, slots in followed.items():
            signal: Any = getattr(page, name, None)
            if signal is not None:
                for slot in slots:
                    signal.connect(slot)

    def _sheet(
        self,
        client: ClientId | None,
        form: str,
        card: str,
        entry: Entry | None = None,
        *,
        begin_with: Answers | None = None,
        held: WriteCard | None = None,
    ) -> Sheet:
        """Return what is to lie on the desk; one card that is kept up over time is found again."""
        self.part()
        asked_in = held.version if held is not None else 0
        declared = self._book.forms.of(entry) if entry is not None else self._book.forms.get_or_current(form, asked_in)
        one = declared.card(card) if card else declared.cards[0]
        if entry is None and held is None and one.living:
            entry = self._book.living(client, form, one.id)
            declared = self._book.forms.of(entry) if entry is not None else declared
        whose = self._book.client(client) if client is not None else None
        return Sheet(
            client=whose, form=declared, card=declared.card(one.id), entry=entry, answers=begin_with or {}, held=held
        )

    def _open_card(self, sheet: Sheet) -> QWidget:
        kind, whose = sheet.form.based_on or sheet.form.id, sheet.client.id if sheet.client is not None else None
        make = COMPANIONS.get((kind, sheet.card.id))
        made = SessionPage if kind == SESSION_FORM else EntryPage
        companion = make(self._vault, whose) if make is not None else None
        page = made(self._book, self._vault.settings, sheet, self._needed.clock, companion)
        if isinstance(page, SessionPage) and whose is not None:
            page.strain_asked.connect(lambda session: self._strain_in(whose, session))
        if self.show(page, sheet.client, sheet.form.title):
            page.begin()
        return page

    def _strain_in(self, client: ClientId, session: EntryId) -> None:
        self.open_strain(client, begin_with={"where": {"ids": ["in_session"], "text": ""}, "session": [session]})

    def _free_place(self) -> str:
        """Return a place with a list where no page stands; the one at hand where there is none."""
        free = (one for one in self._space.known_places() if self._space.is_list(one) and one not in self._open)
        return next(free, self._space.place)

    def _left(self, id: ClientId) -> LeftAt:
        """Return how a client's timeline stands or was left; after a lock only the row that led to this page."""
        here = self.page
        if isinstance(here, ClientPage) and self.client == id:
            return here.left_at()
        first = LeftAt(self.last_row(id) if self.whose == id else None)
        return self._timelines.get(id, first)

    def forget(self, gone: Callable[[QWidget], bool]) -> None:
        """Take pages away as before, and what was remembered of clients who are gone with them."""
        super().forget(gone)
        known = {one.id for one in self._book.clients()}
        self._timelines = {id: one for id, one in self._timelines.items() if id in known}

    def leave(self, place: dict[str, Any]) -> None:
        """Keep the place as before, and none of how the timelines were left."""
        super().leave(place)
        self._timelines = {}

    def is_there(self, at: dict[str, Any]) -> bool:
        """Say whether the client, the strain and the note that a page's place names are there, were it in the bin.

        A card that was never written names none yet.
        """
        subject = at.get("subject")
        with suppress(KeyError, KnownError):
            for one in (at, subject if isinstance(subject, dict) else {}):
                client, arc, entry = _client(one), _arc(one), _entry(one)
                if client is not None:
                    self._book.client(client)
                if arc is not None:
                    self._book.arc(arc)
                if entry is not None and one.get("written") is not False:
                    self._book.entry(entry)
            return True
        return False

    def _remember(self, page: QWidget) -> None:
        if isinstance(page, ClientPage):
            self._timelines[page.place()["client"]] = page.left_at()

    def _open_row(self, row: Row, client: ClientId, story: TimelinePanel) -> None:
        left, place, sought = self.page, story.place(), story.sought
        if row.entry is not None:
            self._tried(lambda: row.entry is not None and self.open_entry(row.entry))
        elif row.arc is not None:
            self.open_arc(row.arc)
        if self.page is not left:
            self.note_way(client, place, sought)

    def _reopen_card(self, at: dict[str, Any]) -> None:
        """Open the card that a place names; a client's page where it lies in the bin, nothing where it is gone."""
        form, entry = str(at.get("form")), self._known(_entry(at))
        if entry is not None and entry.binned_at is None:
            self.open_entry(entry.id)
        elif entry is None and at.get("written") is not True:
            about = self._book.forms.current(form).about
            whose = _client_id(at) if about == "client" else _client(at)
            self.open_new(whose, form, str(at.get("card") or ""), _begin(at))
        elif entry is not None and entry.client is not None:
            self.open_client(entry.client)

    def _reopen_strain(self, at: dict[str, Any]) -> None:
        """Open the strain that a place names; the client's page where all of it lies in the bin."""
        client, arc = _client_id(at), _arc(at)
        if arc is not None and not self._book.arc_entries(self._book.arc(arc).id):
            self.open_client(client)
        else:
            self.open_strain(client, arc, begin_with=_begin(at))

    def _first_card(self, arc: ArcId | None) -> str:
        """Return the card a strain opens at: the one written last in this turn, else the first."""
        first = self._book.forms.current(rupture.FORM).cards[0].id
        if arc is None:
            return first
        turn = self._book.arc(arc).turn
        mine = [one for one in self._book.arc_entries(arc) if one.turn == turn]
        return max(mine, key=lambda one: one.touched_at).card if mine else first


def _client(at: dict[str, Any]) -> ClientId | None:
    client = at.get("client")
    return ClientId(client) if isinstance(client, int) else None


def _client_id(at: dict[str, Any]) -> ClientId:
    client = _client(at)
    if client is None:
        raise KeyError("client")
    return client


def _arc(at: dict[str, Any]) -> ArcId | None:
    arc = at.get("arc")
    return ArcId(arc) if isinstance(arc, int) else None


def _entry(at: dict[str, Any]) -> EntryId | None:
    entry = at.get("entry")
    return EntryId(entry) if isinstance(entry, int) else None


def _begin(at: dict[str, Any]) -> Answers:
    begin = at.get("begin")
    return begin if isinstance(begin, dict) else {}


def read_choice(data: object) -> Choice | None:
    """Return what was chosen for a page, from where it was kept; None where it cannot be read."""
    return _read(data, Choice)


def _read(data: object, kind: type[_Kept]) -> _Kept | None:
    try:
        return msgspec.convert(data, kind)
    except msgspec.ValidationError:
        return None
