"""An open vault: its clients, arcs, entries and settings, written in transactions."""

import datetime
import os
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

from alliance_desktop.domain.entry import ClientId
from alliance_desktop.domain.errors import KnownError, VaultDamagedError
from alliance_desktop.keys.keyfile import Secrets
from alliance_desktop.keys.memory import wipe
from alliance_desktop.storage import digest, indexes, newest, presence, removing, reserve
from alliance_desktop.storage.arcs import Arcs
from alliance_desktop.storage.attention import AttentionRows
from alliance_desktop.storage.bin import Bin
from alliance_desktop.storage.clients import Clients
from alliance_desktop.storage.contents import Contents, contents_of
from alliance_desktop.storage.database import Database
from alliance_desktop.storage.entries import Entries
from alliance_desktop.storage.exchange_in import ExchangeIn
from alliance_desktop.storage.exchange_out import ExchangeOut
from alliance_desktop.storage.history import Histories
from alliance_desktop.storage.kept_stories import KeptStories
from alliance_desktop.storage.outlines import Outlines
from alliance_desktop.storage.plain import time_of
from alliance_desktop.storage.presence import Presence
from alliance_desktop.storage.put_offs import PutOffs
from alliance_desktop.storage.search import SearchRows
from alliance_desktop.storage.settings import Settings
from alliance_desktop.storage.tallies import Tallies
from alliance_desktop.storage.temperatures import Temperatures
from alliance_desktop.storage.touched import Touched
from alliance_desktop.storage.whys import Whys


class Store:
    """What lies in one open vault. Used by the thread that opened it; every write needs a transaction.

    `data_key` and `vault_id` are its own copies, wiped when it is closed. `remarks` are what to say now that it is
    open.
    """

    def __init__(self, folder: Path, database: Database, secrets: Secrets) -> None:
        self.folder = folder
        self.remarks: tuple[KnownError, ...] = ()
        self.presence: Presence | None = None
        self.saved: Callable[[], None] = _nothing
        self.vault_id = bytes(bytearray(secrets.vault_id))
        self.data_key = bytes(bytearray(secrets.data_key))
        self._database = database
        self.touched = Touched(database)
        self.clients = Clients(database, self.touched)
        self.arcs = Arcs(database)
        self.entries = Entries(database)
        self.outlines = Outlines(database)
        self.temperatures = Temperatures(database)
        self.settings = Settings(database)
        self.tallies = Tallies(database)
        self.histories = Histories(database)
        self.bin = Bin(database)
        self.put_offs = PutOffs(database)
        self.whys = Whys(database)
        self.attention = AttentionRows(database)
        self.taking_out = ExchangeOut(database)
        self.bringing_in = ExchangeIn(database)
        self.kept_stories = KeptStories(database)
        self.search = SearchRows(database)
        self.sample = bool(self._number("sample"))

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Write all of a block or nothing; see `Database.transaction` for what it raises. Then `saved` is called."""
        with self._database.transaction():
            yield
        self.saved()

    def remove_client(self, id: ClientId) -> None:
        """Remove a client and everything written about them, for good; `rewrite` is to follow."""
        removing.remove_client(self._database, id)

    def rewrite(self) -> None:
        """Write every page anew after something was removed for good: a third of a second for seven megabytes.

        The index of the search lets go of it first; one that is damaged is begun anew. Not in a transaction. Until
        then copies of it may lie in unused parts of pages. Raises what `Database.rewrite` does; nothing is lost then.
        """
        try:
            with self._database.transaction(counted=False):
                self.search.clean()
        except VaultDamagedError:
            self.search.begin_anew()
        self._database.rewrite()

    @property
    def size(self) -> int:
        """How many bytes the file of the notes has."""
        return os.fstat(self.reader).st_size if self.is_open else 0

    def settle(self) -> None:
        """Finish a save that raised SaveWaitingError; raises it again while there is no room."""
        self._database.settle()

    @property
    def is_open(self) -> bool:
        """Whether it was not closed yet."""
        return self._database.reader >= 0

    @property
    def read_only(self) -> bool:
        """Whether it is open for reading only; every write then raises ReadOnlyError."""
        return self._database.read_only

    def free_reserve(self) -> bool:
        """Give the reserve back to a full disk, for the last words; say whether there was one."""
        return not self.read_only and reserve.free(self.folder)

    @property
    def reader(self) -> int:
        """A descriptor of the notes for `os.pread` in any thread, until the closing."""
        return self._database.reader

    @property
    def writes(self) -> int:
        """Odd while the notes may be changing on disk, and larger after each change; to be asked in any thread."""
        return self._database.writes

    @property
    def saves(self) -> int:
        """How many transactions this vault has ever kept."""
        return self._number("saves")

    @property
    def digest(self) -> bytes:
        """The 32 bytes that stand for all rows, as they were brought along; VaultDamagedError where they are lost."""
        return digest.kept(self._database)

    def contents(self) -> Contents:
        """Return what the vault holds, in ids, days and numbers."""
        return contents_of(self._database)

    def prepare(self) -> bool:
        """Do a part of what has to be done before the first write, in about a millisecond; say whether more is left."""
        return not self.read_only and self._database.first_write.step()

    def recounting(self) -> Generator[None, None, bool]:
        """Count the digest from all rows in steps of a few milliseconds; return whether it is the one kept along.

        Also whether each index says what its table says. Writes may come between the steps, and are made ready first.
        True for a vault that has no digest yet, because it is open for reading only.
        """
        while self._database.first_write.step():
            yield
        if not digest.has_one(self._database):
            return True
        counted = yield from digest.recounting(self._database)
        return counted == self.digest and (yield from indexes.agreeing(self._database))

    @property
    def created_at(self) -> datetime.datetime | None:
        """When the vault was made; None where it does not say."""
        row = self._database.row("SELECT value FROM meta WHERE name = 'created_at'")
        return time_of(row[0]) if row else None

    @property
    def newest_id(self) -> int:
        """The largest id of anything that is there or was removed for good; 0 in a new vault."""
        return newest.newest(self._database)

    @property
    def key_generation(self) -> int:
        """The generation of the passphrase that is valid."""
        return self._number("key_gen")

    def keep_key_generation(self, generation: int) -> None:
        """Let only key files of this generation or a later one open the vault, from now on."""
        with self._database.transaction():
            self._database.run("INSERT OR REPLACE INTO meta (name, value) VALUES ('key_gen', ?)", (generation,))

    def encrypt_anew(self, data_key: bytes) -> None:
        """Encrypt all of the vault with another data key; see `Database.encrypt_anew` for what it raises."""
        self._database.encrypt_anew(data_key, self.vault_id)
        wipe(self.data_key)
        self.data_key = bytes(bytearray(data_key))

    def close(self) -> None:
        """Let the vault go; another window may then open it. A second call does nothing."""
        self._database.close()
        self.search.forget()
        if self.presence is not None:
            presence.release(self.folder, self.presence)
            self.presence = None
        wipe(self.data_key)
        wipe(self.vault_id)

    def _number(self, name: str) -> int:
        row = self._database.row("SELECT value FROM meta WHERE name = ?", (name,))
        return int(row[0]) if row else 0


def _nothing() -> None:
    """Stand for what nobody wants to hear."""
