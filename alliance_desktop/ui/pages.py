"""The pages of one open vault: which one stands where, and how it is left and found again."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any, NamedTuple, Protocol, runtime_checkable

import msgspec
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from alliance_desktop.domain import rupture
from alliance_desktop.domain.changes import Changed
from alliance_desktop.domain.client import Client
from alliance_desktop.domain.entry import ArcId, ClientId, EntryId
from alliance_desktop.domain.errors import KnownError
from alliance_desktop.domain.timeline import Row
from alliance_desktop.services.access import OpenVault
from alliance_desktop.services.notebook import WriteCard
from alliance_desktop.services.paper import Choice, Paper, Sort
from alliance_desktop.ui.autosave import Autosave
from alliance_desktop.ui.capture import Capture
from alliance_desktop.ui.client_page import ClientPage
from alliance_desktop.ui.desk import Clock, Desk
from alliance_desktop.ui.details_page import DetailsPage
from alliance_desktop.ui.key_life.needs import KeyNeeds
from alliance_desktop.ui.new_passphrase import PassphraseRules
from alliance_desktop.ui.preview_page import AskPath, PreviewPage, PrintSheets
from alliance_desktop.ui.save_state import SaveState, Saving
from alliance_desktop.ui.session_page import SessionPage
from alliance_desktop.ui.strain_page import StrainPage
from alliance_desktop.ui.workspace import Workspace

UNSAVED = "This page stays open: it holds words that the disk has not taken yet."


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


@runtime_checkable
class Kept(Protocol):
    """What every page about a client can do."""

    def flush(self) -> bool:
        """Write what is not written yet; False where the disk did not take it."""

    def place(self) -> dict[str, Any]:
        """Return where the counsellor is on the page, as plain data."""

    def restore(self, place: dict[str, Any]) -> None:
        """Go back to such a place."""

    def concern(self, changed: Changed) -> None:
        """Refresh where a change concerns the page."""


class Pages(QObject):
    """Opens pages in the detail of a workspace; one stands in each place, and leaving it writes it.

    What is not written yet is written before a page is made, which else would show the state before it.

    `shown` comes when another page or card is open; `help_asked` carries a question to explain. `typed` comes
    while words arrive, also those of a dictation, which presses no key.
    """

    shown = Signal()
    typed = Signal()
    help_asked = Signal(object)

    def __init__(self, workspace: Workspace, vault: OpenVault, needed: Needed) -> None:
        super().__init__(workspace)
        self._space, self._vault, self._needed = workspace, vault, needed
        self._book = vault.notebook
        self._paper = Paper(vault)
        self._open: dict[str, QWidget] = {}
        self._state: SaveState | None = None

    @property
    def page(self) -> QWidget | None:
        """The page that is open in this place, or None."""
        return self._open.get(self._space.place)

    @property
    def client(self) -> ClientId | None:
        """Whose page is on screen: the client that the header names, or None."""
        about = getattr(self.page, "client", None)
        return about.id if isinstance(about, Client) else None

    def refresh(self) -> None:
        """Show the state of saving of the page of this place, and tell that it is open."""
        self._shown()

    def flush(self) -> bool:
        """Write what is not written yet on every page; False where the disk did not take it."""
        written = [page.flush() for page in self._kept()]
        return all(written)

    def unwritten(self) -> list[WriteCard]:
        """Return the cards that the disk did not take, as they would be written."""
        desks = [desk for page in self._open.values() for desk in page.findChildren(Desk)]
        return [desk.unwritten() for desk in desks if desk.autosave.dirty]

    def stop(self) -> None:
        """Let no page write by itself any more: the vault is about to be closed."""
        for page in self._open.values():
            for autosave in page.findChildren(Autosave):
                autosave.stop()

    def concern(self, changed: Changed) -> None:
        """Let every page that is concerned refresh itself."""
        for page in self._kept():
            page.concern(changed)
        self._name_header()

    def place(self) -> dict[str, Any]:
        """Return where the counsellor is, as plain data for the vault."""
        page = self.page
        return {"in": self._space.place, "at": page.place() if isinstance(page, Kept) else {}}

    def keep_place(self) -> None:
        """Keep in the vault where the counsellor is, with the mark that work is going on."""
        # A place that cannot be kept is no loss; a note that cannot be kept says so itself.
        with suppress(KnownError):
            self._vault.settings.keep_place(self.place() | {"open": True})

    def leave(self, place: dict[str, Any]) -> None:
        """Keep the place for the next unlocking, with the mark that the vault was left in order."""
        self.stop()
        with suppress(KnownError):
            self._vault.settings.keep_place(place | {"open": False})

    def restore(self, place: dict[str, Any]) -> None:
        """Open the page the counsellor was on, at the same card, field, cursor and scroll."""
        at = place.get("at")
        if place.get("in") in self._space.known_places():
            self._space.show_place(str(place["in"]))
        if not isinstance(at, dict) or "page" not in at:
            return
        with suppress(KeyError):
            self._reopened(at)
            # Where a page holds words the disk has not taken, it stays, and the place is found on it.
            if isinstance(self.page, Kept):
                self.page.restore(at)

    def open_client(self, id: ClientId) -> QWidget:
        """Open a client's page with the timeline."""
        self.flush()
        page = ClientPage(self._book, id)
        page.session_asked.connect(lambda: self.open_session(id))
        page.strain_asked.connect(lambda: self.open_strain(id))
        page.details_asked.connect(lambda: self.open_details(id))
        page.print_asked.connect(lambda: self.open_preview(id))
        page.row_opened.connect(lambda row: self._open_row(id, row))
        if self._show(page, page.client):
            page.setFocus()
        return page

    def take_up(self, cards: list[WriteCard]) -> None:
        """Open the cards that a full disk did not take before the lock, with their words, which go on being tried."""
        for card in cards:
            here = next((page for page in self._open.values() if _holds(page, card)), None)
            if isinstance(here, StrainPage):
                here.take_up(card)
            if card.client is None or isinstance(here, StrainPage):
                continue
            # A page that cannot be written cannot be left either, so the next one stands in the other place.
            self._space.show_place("strains" if self.page is not None else "clients")
            if card.form == rupture.FORM:
                known = {one.arc.id for one in self._vault.strains.of_client(card.client)}
                page = self.open_strain(card.client, card.arc if card.arc in known else None, card.card)
                if isinstance(page, StrainPage):
                    page.take_up(card)
                    page.open_card(card.card)
            else:
                known_entries = {one.id for one in self._book.entries(card.client)}
                self.open_session(card.client, card.entry if card.entry in known_entries else None, card)

    def open_session(self, id: ClientId, entry: EntryId | None = None, held: WriteCard | None = None) -> QWidget:
        """Open a session note, or a fresh one, perhaps with words that could not be written before a lock."""
        self.flush()
        client = self._book.client(id)
        page = SessionPage(self._book, self._vault.settings, client, entry, self._needed.clock, held)
        page.strain_asked.connect(lambda session: self.open_strain(id, began_in=session))
        if self._show(page, client):
            page.desk.begin()
        return page

    def open_strain(
        self, id: ClientId, arc: ArcId | None = None, card: str = "", began_in: EntryId | None = None
    ) -> QWidget:
        """Open a strain at a card, or a fresh one, perhaps linked to the session it was noticed in."""
        self.flush()
        client = self._book.client(id)
        page = StrainPage(self._book, self._vault.strains, client, arc, self._needed.clock)
        if began_in is not None:
            page.begin_with({"where": {"ids": ["in_session"], "text": ""}, "session": [began_in]})
        page.desk_changed.connect(self._shown)
        if self._show(page, client):
            page.open_card(card or self._first_card(arc))
        return page

    def open_details(self, id: ClientId | None = None) -> QWidget:
        """Open a client's details, or those of a new client."""
        self.flush()
        client = self._book.client(id) if id is not None else None
        page = DetailsPage(self._book, client, self._needed.clock)
        page.done_asked.connect(lambda: page.client is not None and self.open_client(page.client.id))
        if self._show(page, client):
            page.begin()
        return page

    def open_preview(self, id: ClientId | None, arc: ArcId | None = None, choice: Choice | None = None) -> QWidget:
        """Open the preview of a strain's pages; of the newest strain where none is named, of a blank without any."""
        self.flush()
        client = self._book.client(id) if id is not None else None
        strains = list(reversed(self._vault.strains.of_client(id))) if id is not None else []
        chosen = arc if arc is not None else (strains[0].arc.id if strains else None)
        begin = choice or self._usual_choice(chosen)
        page = PreviewPage(
            self._paper, client, strains, chosen, begin, self._needed.print_sheets, self._needed.ask_path
        )
        if id is not None:
            page.closed.connect(lambda: self.open_client(id))
        if self._show(page, client):
            page.begin()
        return page

    def _show(self, page: QWidget, client: Client | None) -> bool:
        """Show a page in place of the one before, once that is written; False where it is not, and stays."""
        before = self.page
        if isinstance(before, Kept) and not before.flush():
            self._space.notice.say(UNSAVED, urgent=True)
            page.deleteLater()
            return False
        changed = getattr(page, "changed", None)
        if changed is not None:
            changed.connect(self._space.changed)
            changed.connect(lambda _changed: self.keep_place())
        asked = getattr(page, "help_asked", None)
        if asked is not None:
            asked.connect(self.help_asked)
        self._close_twins(page)
        self._open[self._space.place] = page
        self._space.show_detail(page, *(_names(client) if client is not None else ("", "")))
        if before is not None:
            self._space.drop_detail(before)
        self._shown()
        self.keep_place()
        return True

    def _close_twins(self, page: QWidget) -> None:
        """Close the same strain, note or client where another place has it open: two would overwrite each other."""
        mine = _subject(page)
        for place, other in list(self._open.items()):
            if mine is not None and place != self._space.place and _subject(other) == mine:
                del self._open[place]
                self._space.drop_detail(other)

    def _shown(self) -> None:
        """Put the state of saving of the card that is open into the header, and tell that another page is open."""
        autosave = self._autosave()
        self._state = SaveState() if autosave is not None else None
        if autosave is not None and self._state is not None:
            autosave.show_in(self._state)
            autosave.typed.connect(self.typed, Qt.ConnectionType.UniqueConnection)
        self._space.header.put_state(self._state)
        self.shown.emit()

    def _autosave(self) -> Autosave | None:
        """Return the autosave to show: one that fails, wherever on the page it is, else that of the open card."""
        page = self.page
        if page is None:
            return None
        failing = (one for one in page.findChildren(Autosave) if one.state.state is Saving.NOT_SAVED)
        first = next(failing, None)
        if first is not None:
            return first
        desk = getattr(page, "desk", None)
        found = getattr(desk if desk is not None else page, "autosave", None)
        return found if isinstance(found, Autosave) else None

    def _name_header(self) -> None:
        """Name the client of the page, also one that was just written for the first time."""
        page, id = self.page, self.client
        if page is not None and id is not None:
            self._space.show_detail(page, *_names(self._book.client(id)))
            self.shown.emit()

    def _open_row(self, id: ClientId, row: Row) -> None:
        entry = self._book.entry(row.entry) if row.entry is not None else None
        if entry is not None and entry.arc is None:
            self.open_session(id, entry.id)
        elif row.arc is not None:
            page = self.open_strain(id, row.arc)
            if entry is not None and isinstance(page, StrainPage) and self.page is page:
                page.open_entry(entry)

    def _reopened(self, at: dict[str, Any]) -> QWidget | None:
        """Open the page that a place names; None where it names none. KeyError where what it names is gone."""
        client, arc, entry = (at.get(key) for key in ("client", "arc", "entry"))
        id = ClientId(client) if isinstance(client, int) else None
        if at["page"] == "details":
            return self.open_details(id)
        if id is None:
            return None
        match at["page"]:
            case "client":
                return self.open_client(id)
            case "session":
                known = {one.id for one in self._book.entries(id)}
                return self.open_session(id, EntryId(entry) if entry in known and isinstance(entry, int) else None)
            case "strain":
                return self.open_strain(id, ArcId(arc) if isinstance(arc, int) else None)
            case "preview":
                return self.open_preview(id, ArcId(arc) if isinstance(arc, int) else None, _choice(at.get("choice")))
        return None

    def _first_card(self, arc: ArcId | None) -> str:
        """Return the card a strain opens at: the one written last in this turn, else the first."""
        first = self._book.forms.current(rupture.FORM).cards[0].id
        if arc is None:
            return first
        turn = self._book.arc(arc).turn
        mine = [one for one in self._book.arc_entries(arc) if one.turn == turn]
        return max(mine, key=lambda one: one.touched_at).card if mine else first

    def _usual_choice(self, arc: ArcId | None) -> Choice:
        kept = self._vault.settings.preferences()
        sort = Sort.CLIENT_PAGE if arc is not None else Sort.BLANK_CLIENT_PAGE
        return Choice(sort=sort, paper=kept.paper, large=kept.large_print, language=kept.language)

    def _kept(self) -> Iterator[Kept]:
        for page in list(self._open.values()):
            if isinstance(page, Kept):
                yield page


def _holds(page: QWidget, card: WriteCard) -> bool:
    """Say whether a page that is open is the one a held card belongs to, also a strain that is not written yet."""
    if not isinstance(page, StrainPage) or card.form != rupture.FORM or page.client.id != card.client:
        return False
    return page.arc == card.arc or (page.arc is None and page.awaits(card.arc))


def _subject(page: QWidget) -> tuple[type, int] | None:
    """Return what a page writes to, or None where it writes nothing (yet)."""
    match page:
        case StrainPage() if page.arc is not None:
            return StrainPage, page.arc
        case SessionPage() if page.desk.entry is not None:
            return SessionPage, page.desk.entry
        case DetailsPage() if page.client is not None:
            return DetailsPage, page.client.id
    return None


def _names(client: Client) -> tuple[str, str]:
    return client.called, client.code


def _choice(data: object) -> Choice | None:
    try:
        return msgspec.convert(data, Choice)
    except msgspec.ValidationError:
        return None
