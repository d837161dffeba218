"""Which page stands in which place of a workspace: shown, written when it is left, and found again after a lock."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any, NamedTuple
from weakref import ref

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from alliance_desktop.domain.changes import Changed
from alliance_desktop.domain.client import Client
from alliance_desktop.domain.entry import ClientId
from alliance_desktop.domain.errors import KnownError
from alliance_desktop.services.access import OpenVault
from alliance_desktop.services.notebook import WriteCard
from alliance_desktop.ui.autosave import Autosave
from alliance_desktop.ui.desk import Desk
from alliance_desktop.ui.entry_page import EntryPage
from alliance_desktop.ui.kept import Kept, subject
from alliance_desktop.ui.save_state import SaveState, Saving
from alliance_desktop.ui.workspace import Workspace

UNSAVED = "This page stays open: it holds words that the disk has not taken yet."

OVERVIEWS = frozenset({"today", "search", "backups", "settings"})
"""Places that are one page by themselves: a page that is opened there stands in a place with a list instead.

Only what belongs to the settings, such as forms of one's own, stands in their place until they are asked for.
"""

_ON_SCREEN = 200
"""Milliseconds until the place is kept: the page is on screen then, and whoever only leafs through writes nothing."""

Opener = Callable[[dict[str, Any]], object]
"""Opens the page that a place names; KeyError where what it names is gone."""


class CameFrom(NamedTuple):
    """The client from whose timeline a page was opened, and the row that was chosen there, without its words.

    `sought` is what was looked for there; it is known until the next lock, and kept nowhere.
    """

    client: ClientId
    row: object
    sought: str = ""


class Way(NamedTuple):
    """Where somebody was, as plain data, and from where they had come there."""

    place: dict[str, Any]
    came: CameFrom | None
    is_from_search: bool


class Standing(QObject):
    """The pages that are open: one in each place, and leaving it writes it.

    `shown` comes when another page or card is open; `typed` while words arrive, also those of a dictation, which
    presses no key. `moving` comes before another page is shown; `left` carries a written page that gives way to it,
    `forgotten` one that goes because what it shows is gone, and `swept` comes once all of those are away.
    """

    shown = Signal()
    typed = Signal()
    moving = Signal()
    left = Signal(object)
    forgotten = Signal(object)
    swept = Signal()

    def __init__(self, workspace: Workspace, vault: OpenVault) -> None:
        super().__init__(workspace)
        self._space, self._vault = workspace, vault
        self._book = vault.notebook
        self._open: dict[str, QWidget] = {}
        self._openers: dict[str, Opener] = {}
        self._tellers: dict[str, Callable[[], dict[str, Any]]] = {}
        self._state: SaveState | None = None
        # A page that was left is not to live on here, with the words on it.
        self._came: CameFrom | None = None
        self._led_to: ref[QWidget] | None = None
        self._found: ref[QWidget] | None = None
        self.is_returning = False
        """Whether a page is just being closed, which leads back and is no step on the way."""
        # A save on disk takes as long as the page itself; whatever is painted comes before a timer of no time.
        self._place_due = QTimer(self, singleShot=True)
        self._place_due.timeout.connect(self._keep_place)
        self.last_client: ClientId | None = None
        """Whose page was opened last, in whichever place."""

    @property
    def page(self) -> QWidget | None:
        """The page that is open in this place, or None."""
        return self._open.get(self._space.place)

    @property
    def client(self) -> ClientId | None:
        """Whose page is on screen: the client that the header names, or None."""
        about = getattr(self.page, "client", None)
        return about.id if isinstance(about, Client) else None

    @property
    def came(self) -> CameFrom | None:
        """From which timeline the page on screen was opened; None for any other."""
        return self._came if self.page is not None and _is(self._led_to, self.page) else None

    @property
    def is_from_search(self) -> bool:
        """Whether the page on screen was opened from what a search found."""
        return self.page is not None and _is(self._found, self.page)

    def note_search(self) -> None:
        """Note that the page on screen was opened from what a search found, to which it leads back."""
        self._found = ref(self.page) if self.page is not None else None

    def way(self) -> Way:
        """Return where the counsellor is, with the way that led there."""
        return Way(self.place(), self.came, self.is_from_search)

    def follow(self, way: Way) -> bool:
        """Go where the counsellor was, with the way that led there; False where that page is gone or another stays."""
        stood = self._open.get(str(way.place["in"]))
        self.restore(way.place)
        if self.page is stood:
            return False
        if way.came is not None:
            self.note_way(way.came.client, way.came.row, way.came.sought)
        elif way.is_from_search:
            self.note_search()
        return True

    def return_by(self, act: Callable[[], object]) -> None:
        """Close the page that is open by an act that leads back from it."""
        self.is_returning = True
        try:
            act()
        finally:
            self.is_returning = False

    @property
    def whose(self) -> ClientId | None:
        """The client to whose timeline the page leads back: whose page it is, or from whose timeline it was opened."""
        came = self.came
        return self.client if self.client is not None or came is None else came.client

    def last_row(self, client: ClientId) -> object:
        """Return the row of this client's timeline from which a page was opened last, if that was the last of all."""
        return self._came.row if self._came is not None and self._came.client == client else None

    def note_way(self, client: ClientId, row: object, sought: str = "") -> None:
        """Note that the page on screen was opened from a row of a client's timeline, to which it leads back."""
        if self.page is not None:
            self._came, self._led_to = CameFrom(client, row, sought), ref(self.page)
            self._shown()
            self.keep_place()

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
        self._place_due.stop()
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
        page, came = self.page, self.came
        told = page.place if isinstance(page, Kept) else self._tellers.get(self._space.place, dict)
        way = {"from": {"client": came.client, "row": came.row}} if came is not None else {}
        return {"in": self._space.place, "at": told()} | way

    def keep_place(self) -> None:
        """Keep in the vault where the counsellor is, with the mark that work is going on, once it is on screen."""
        self._place_due.start(_ON_SCREEN)

    def _keep_place(self) -> None:
        # A place that cannot be kept is no loss; a note that cannot be kept says so itself.
        with suppress(KnownError):
            # The first write of all has much to be prepared for it; whoever types does not wait for that.
            if self._vault.is_open and self._vault.prepare():
                self._place_due.start(0)
                return
            self._vault.settings.keep_place(self.place() | {"open": True})

    def leave(self, place: dict[str, Any]) -> None:
        """Keep the place for the next unlocking, with the mark that the vault was left in order."""
        self.stop()
        with suppress(KnownError):
            self._vault.settings.keep_place(place | {"open": False})
        self._came = self._led_to = None

    def restore(self, place: dict[str, Any]) -> None:
        """Open the page the counsellor was on, at the same card, field, cursor and scroll."""
        at = place.get("at")
        if place.get("in") in self._space.known_places():
            self._space.show_place(str(place["in"]))
        if not isinstance(at, dict) or "page" not in at:
            return
        with suppress(KeyError):
            opener = self._openers.get(str(at["page"]))
            if opener is not None:
                opener(at)
            # Where a page holds words the disk has not taken, it stays, and the place is found on it.
            if isinstance(self.page, Kept):
                self.page.restore(at)
            way = place.get("from")
            if isinstance(way, dict) and isinstance(way.get("client"), int):
                self.note_way(self._book.client(ClientId(way["client"])).id, way.get("row"))

    def register(self, kind: str, opener: Opener) -> None:
        """Let a page of another kind be found again after a lock: its `place()` says `{"page": kind, ...}`."""
        self._openers[kind] = opener

    def let_tell(self, place: str, teller: Callable[[], dict[str, Any]]) -> None:
        """Let what stands in a place without being one of these pages tell where the counsellor is in it."""
        self._tellers[place] = teller

    def part(self) -> None:
        """Write what is not written yet and go where a page can stand; to be called before another one is made.

        The page that stands there stays as it is until the next one is shown: it may be that there will be none.
        """
        self.flush()
        if self._space.place in OVERVIEWS:
            lists = [one for one in self._space.known_places() if self._space.is_list(one)]
            self._space.show_place(next((one for one in lists if not self._holds(one)), lists[0]))

    def _holds(self, place: str) -> bool:
        """Say whether the page of a place holds words that the disk has not taken, so that it cannot be left."""
        page = self._open.get(place)
        return page is not None and any(one.dirty for one in page.findChildren(Autosave))

    def show(self, page: QWidget, client: Client | None, title: str = "") -> bool:
        """Show a page in place of the one before, once that is written; False where it is not, and stays.

        Without a client the header says the title. Call `part` before the page is made. Signals that the page has are
        followed: changed, help_asked, entry_asked and open_asked (EntryId), arc_asked (ArcId), new_asked (form, card,
        answers to begin with).
        """
        before, twin = self.page, self._twin(page)
        stays = next((one for one in (before, twin) if isinstance(one, Kept) and not one.flush()), None)
        if stays is not None:
            if stays is twin:
                self._space.show_place(next(place for place, one in self._open.items() if one is twin))
            self._space.notice.say(UNSAVED, urgent=True)
            page.deleteLater()
            return False
        self.moving.emit()
        for one in (before, twin):
            if one is not None:
                self.left.emit(one)
        self.join(page, client)
        self._close(twin)
        self._open[self._space.place] = page
        self.last_client = client.id if client is not None else self.last_client
        self._space.show_detail(page, *(_names(client) if client is not None else (title, "")))
        if before is not None:
            self._space.drop_detail(before)
        self._shown()
        self.keep_place()
        self._freeze(twin, before)
        return True

    def pages(self) -> list[QWidget]:
        """Return the pages that are open, whichever place they stand in."""
        return list(self._open.values())

    def forget(self, gone: Callable[[QWidget], bool]) -> None:
        """Take pages away without writing them, because what they show is gone or was changed beside them."""
        if self._came is not None and all(one.id != self._came.client for one in self._book.clients()):
            self._came = None
        for page in [one for one in self._open.values() if gone(one)]:
            for autosave in page.findChildren(Autosave):
                autosave.stop()
            self.forgotten.emit(page)
            self._close(page)
            self._freeze(page)
        self.swept.emit()
        self._shown()

    def _freeze(self, *gone: QWidget | None) -> None:
        """Finish what is to stay as it was when its page is left; the pages that are gone tell it to those there."""
        for page in gone:
            if isinstance(page, EntryPage):
                page.freeze()

    def _twin(self, page: QWidget) -> QWidget | None:
        """Return the same strain, note or client where another place has it open: two would overwrite each other."""
        mine = subject(page)
        others = (one for place, one in self._open.items() if place != self._space.place)
        return next((one for one in others if mine is not None and subject(one) == mine), None)

    def _close(self, page: QWidget | None) -> None:
        if page is not None:
            self._open = {place: one for place, one in self._open.items() if one is not page}
            self._space.drop_detail(page)

    def join(self, page: QWidget, client: Client | None) -> None:
        """Follow the signals of a page that is about to be shown."""

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
            self.last_client = id
            names = _names(self._book.client(id))
            if not self._space.is_detail(page, *names):
                self._space.show_detail(page, *names)
            self.shown.emit()

    def _kept(self) -> Iterator[Kept]:
        for page in list(self._open.values()):
            if isinstance(page, Kept):
                yield page


def _is(kept: ref[QWidget] | None, page: QWidget) -> bool:
    return kept is not None and kept() is page


def _names(client: Client) -> tuple[str, str]:
    return client.called, client.code
