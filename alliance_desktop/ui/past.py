"""The history of what was written, the bin, text taken out and clients deleted, joined to the workspace."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from alliance_desktop.domain.answers import long_day
from alliance_desktop.domain.changes import Changed, Touched
from alliance_desktop.domain.client import Client
from alliance_desktop.domain.entry import ClientId, EntryId
from alliance_desktop.domain.errors import KnownError, SaveWaitingError
from alliance_desktop.keys.keyfile import Secrets
from alliance_desktop.services.access import OpenVault
from alliance_desktop.ui.bin_page import BinPage
from alliance_desktop.ui.delete_client_page import DeleteClientPage, DeletedPage
from alliance_desktop.ui.desk import Desk
from alliance_desktop.ui.history_page import HistoryPage
from alliance_desktop.ui.pages import Pages
from alliance_desktop.ui.parts import label
from alliance_desktop.ui.redaction_page import RedactionPage, removal_words
from alliance_desktop.ui.standing import UNSAVED
from alliance_desktop.ui.strain_page import StrainPage
from alliance_desktop.ui.theme import spaced
from alliance_desktop.ui.words import isolated
from alliance_desktop.ui.workspace import Workspace

COPIES = "The same words still stand in other notes of this client:"
NOTHING_YET = "Open a note first. Nothing is written on an empty one yet."
PURGE_AFTER_MS = 3000
"""The bin lets go once the first page stands, so that no unlocking waits for it."""


class Past(QObject):
    """Opens these pages, puts entries into the bin with a bar that undoes it, and lets the bin go of what is due.

    `backups_asked` leads to the backups.
    """

    backups_asked = Signal()

    def __init__(self, space: Workspace, vault: OpenVault, pages: Pages) -> None:
        super().__init__(space)
        self._space, self._vault, self._pages = space, vault, pages
        self._binned: tuple[EntryId, ...] = ()
        self._failed = ""
        self.bar = space.add_bar("binned", "Undo")
        self.bar.pressed.connect(lambda: self._read(self._undo))
        self._copies: list[EntryId] = []
        self.copies_bar = space.add_bar("copies_left", "Open")
        self.copies_bar.pressed.connect(lambda: self._read(self._open_copy))
        self._purge = QTimer(self, singleShot=True, interval=PURGE_AFTER_MS)
        self._purge.timeout.connect(self.purge)
        pages.register("history", lambda at: self.open_history(EntryId(int(at["entry"]))))
        pages.register("redaction", lambda at: self.open_redaction(EntryId(int(at["entry"]))))
        pages.register("bin", lambda _at: self.open_bin())
        pages.register("delete_client", lambda at: self.open_delete(ClientId(int(at["client"]))))
        pages.history_asked.connect(lambda entry: self._read(lambda: self.open_history(entry)))
        pages.bin_asked.connect(lambda entry: self._read(lambda: self.bin(entry)))
        pages.delete_asked.connect(lambda client: self._read(lambda: self.open_delete(client)))
        pages.shown.connect(lambda *_: self._read(self._tell_removals))

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what the commands do that belong here."""
        return {
            "entry_history": lambda: self._with_entry(self.open_history),
            "entry_bin": lambda: self._with_entry(self.bin),
            "strain_bin": self._bin_strain,
            "remove_text": lambda: self._with_entry(self.open_redaction),
            "bin": self.open_bin,
        }

    def begin(self) -> None:
        """Let the bin go of what is due, a little later."""
        if not self._vault.read_only:
            self._purge.start()

    def stop(self) -> None:
        """Begin nothing any more: the vault is about to be closed."""
        self._purge.stop()

    def purge(self) -> None:
        """Let the bin go of what is due; what cannot go now goes another time."""
        if not self._vault.is_open:
            return
        try:
            gone = self._vault.history.purge()
        except KnownError:
            return
        if gone:
            self._close_holding(
                {one for page in self._pages.pages() for one in _entries_on(page) if self._is_gone(one)}
            )
            self._space.changed.emit(Changed(kinds=frozenset({Touched.BIN})))

    def open_history(self, entry: EntryId) -> QWidget:
        """Open the history of an entry; KeyError where there is none."""
        self._pages.part()
        page = HistoryPage(self._vault.notebook, self._vault.history, entry, self._pages.flush)
        page.changed.connect(lambda _changed: self._close_others(page, {entry}))
        if self._pages.show(page, page.client, "History"):
            page.begin()
        return page

    def open_redaction(self, entry: EntryId) -> QWidget:
        """Open the page that takes text out of an entry; KeyError where there is none."""
        self._pages.part()
        vault = self._vault
        page = RedactionPage(vault.notebook, vault.history, vault.settings, entry, self._pages.flush)
        page.changed.connect(lambda _changed: self._close_others(page, {entry}))
        page.closed.connect(lambda: self._pages.open_entry(entry))
        page.copied.connect(self._tell_copies)
        if self._pages.show(page, page.client, "Remove text"):
            page.begin()
        return page

    def open_bin(self) -> QWidget:
        """Open the bin."""
        self._pages.part()
        self.bar.clear()
        days = self._vault.settings.preferences().attention.bin_days
        page = BinPage(self._vault.history, days, doubted=self._vault.notebook.clock_doubt() is not None)
        page.moved.connect(lambda ids: self._close_holding(set(ids)))
        if self._pages.show(page, None, "Bin"):
            page.begin()
        return page

    def open_delete(self, client: ClientId) -> QWidget:
        """Open the page that deletes a client for good; KeyError where there is none."""
        self._pages.part()
        page = DeleteClientPage(self._vault.notebook.client(client), self._vault.history, self._vault.keys)
        page.closed.connect(lambda: self._pages.open_details(client))
        page.proved.connect(lambda proof: self._delete(page, proof))
        if self._pages.show(page, page.client):
            page.begin()
        return page

    def bin(self, *entries: EntryId) -> None:
        """Put entries into the bin, close their pages, and say until when they can be had back."""
        if not self._pages.flush():
            self._space.notice.say(UNSAVED, urgent=True)
            return
        first = self._vault.notebook.entry(entries[0])
        changed = self._guarded(lambda: self._vault.history.bin(*entries), first.client)
        if changed is None:
            return
        self._binned = entries
        stood = self._pages.page
        self._close_holding(set(entries))
        self._space.changed.emit(changed)
        if first.client is not None and self._pages.page is not stood:
            self._pages.open_client(first.client)
        goes = self._vault.history.goes_on(entries[0])
        self.bar.say(f"In the bin until {long_day(goes)}." if goes is not None else "In the bin.")

    # -- small parts ----------------------------------------------------------------------------------------------

    def _tell_copies(self, entries: list[EntryId]) -> None:
        """Name the other entries in which words that were removed stand too; "Open" leads to one after the other."""
        self._copies = entries
        self.copies_bar.clear()
        if entries:
            titles = "; ".join(isolated(self._vault.notebook.title(self._vault.notebook.entry(one))) for one in entries)
            self.copies_bar.say(f"{COPIES} {titles}.")

    def _open_copy(self) -> None:
        first, *rest = self._copies
        self._tell_copies(rest)
        self._pages.open_entry(first)

    def _read(self, act: Callable[[], object]) -> None:
        """Do something that reads the notes; where they cannot be read, that is said, with the way to save them."""
        try:
            act()
        except KnownError as fault:
            self._space.notice.show_error(fault)

    def _undo(self) -> None:
        entries, self._binned = self._binned, ()
        self.bar.clear()
        if not entries:
            return
        first = self._vault.notebook.entry(entries[0])
        changed = self._guarded(lambda: self._vault.history.put_back(*entries), first.client)
        if changed is not None:
            self._space.changed.emit(changed)
            self._pages.open_entry(first.id)

    def _bin_strain(self) -> None:
        page = self._pages.page
        if isinstance(page, StrainPage) and page.flush() and page.arc is not None:
            self.bin(*(one.id for one in self._vault.notebook.arc_entries(page.arc)))
        else:
            self._space.notice.say(NOTHING_YET)

    def _with_entry(self, act: Callable[[EntryId], object]) -> None:
        """Act on the entry of the page or card that is open."""
        page = self._pages.page
        desk = getattr(page, "desk", None)
        if isinstance(desk, Desk):
            desk.flush()
        entry = desk.entry if isinstance(desk, Desk) else getattr(page, "entry", None)
        if entry is None:
            self._space.notice.say(NOTHING_YET)
        else:
            act(entry)

    def _delete(self, page: DeleteClientPage, proof: Secrets) -> None:
        """Delete the client of a page, which has asked for the passphrase, and tell which backups still hold them."""
        client = page.client
        if not self._pages.flush():
            proof.forget()
            self._space.notice.say(UNSAVED, urgent=True)
            return
        try:
            changed = self._vault.history.delete_client(client.id, proof)
        except SaveWaitingError as fault:
            # It is done, and only waits for room.
            self._space.notice.show_error(fault)
            changed = Changed(kinds=frozenset(Touched), client=client.id)
        except KnownError as fault:
            page.show_error(fault)
            return
        self._pages.forget(lambda one: one is not page and _is_about(one, client))
        self._pages.last_client = None
        self.bar.clear()
        self._tell_copies([])
        held = self._vault.history.held_since(client.created_at)
        deleted = DeletedPage(held, str(self._vault.backups.folder))
        deleted.backups_asked.connect(self.backups_asked)
        if self._pages.show(deleted, None, "Deleted"):
            deleted.begin()
        self._space.changed.emit(changed)

    def _guarded(self, act: Callable[[], Changed], client: ClientId | None) -> Changed | None:
        """Do something and return what changed; None where the disk did not take it, which is said."""
        notice = self._space.notice
        try:
            changed = act()
        except SaveWaitingError as fault:
            # It is done, and only waits for room.
            notice.show_error(fault)
            return Changed(kinds=frozenset({Touched.ENTRY, Touched.BIN, Touched.STATUS}), client=client)
        except KnownError as fault:
            self._failed = fault.sentence
            notice.show_error(fault)
            return None
        if self._failed and notice.sentence == self._failed:
            notice.clear()
        self._failed = ""
        return changed

    def _close_others(self, page: QWidget, entries: set[EntryId]) -> None:
        self._pages.forget(lambda one: one is not page and bool(_entries_on(one) & entries))

    def _close_holding(self, entries: set[EntryId]) -> None:
        self._pages.forget(lambda one: bool(_entries_on(one) & entries))

    def _is_gone(self, entry: EntryId) -> bool:
        try:
            return self._vault.notebook.entry(entry).id != entry
        except KeyError:
            return True

    def _tell_removals(self) -> None:
        """Say on the card that is open when text was taken out of it, and why."""
        desk = getattr(self._pages.page, "desk", None)
        if not isinstance(desk, Desk) or desk.entry is None or desk.property("told_removals"):
            return
        told = [removal_words(one) for one in self._vault.history.removals(desk.entry)]
        if told:
            desk.setProperty("told_removals", True)
            held = QWidget()
            column = QVBoxLayout(held)
            spaced(column, (0, 0, 0, 0.6), 0.2)
            column.addWidget(label("\n".join(told), "muted", "text_removed"))
            desk.put_over(held)


def _entries_on(page: QWidget) -> set[EntryId]:
    """Return the entries that a page shows or writes to."""
    found = {desk.entry for desk in page.findChildren(Desk)} | {getattr(page, "entry", None)}
    return {EntryId(one) for one in found if isinstance(one, int)}


def _is_about(page: QWidget, client: Client) -> bool:
    about: Any = getattr(page, "client", None)
    return isinstance(about, Client) and about.id == client.id
