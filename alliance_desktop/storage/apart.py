"""The notes of an open vault written apart: in a copy beside it, which then takes their place by one renaming.

Killed at any moment, the vault is as it was or as it was to become; and nothing of the work lies in its side file,
which would be as large as all that was written.
"""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from alliance_desktop.domain.backup_errors import BackupDamagedError
from alliance_desktop.domain.errors import KnownError, VaultInUseError
from alliance_desktop.domain.exchange.errors import ImportNotKeptError, ImportNotPlacedError
from alliance_desktop.domain.watch import Watch
from alliance_desktop.keys.keyfile import FROM_RECOVERY, Secrets
from alliance_desktop.storage import disk, leftovers, presence, schema
from alliance_desktop.storage.contents import Contents
from alliance_desktop.storage.database import open_database, open_to_read
from alliance_desktop.storage.examining import examine
from alliance_desktop.storage.place import NOTES
from alliance_desktop.storage.room import must_have_room, told_plainly
from alliance_desktop.storage.snapshot import Snapshot
from alliance_desktop.storage.store import Store

_ENDING = "importing"


class Apart:
    """A copy of the notes, to be written in `store`, and then kept; without that it goes again."""

    def __init__(self, vault: Path, folder: Path, snapshot: Snapshot) -> None:
        self._vault, self._notes, self._snapshot = vault, folder / NOTES, snapshot
        key, id = snapshot.data_key, snapshot.vault_id
        database = open_database(self._notes, key, id, schema.SCHEMA_VERSION)
        try:
            schema.migrate(database)
            self.store = Store(folder, database, Secrets(b"", id, key, FROM_RECOVERY))
        except KnownError:
            database.close()
            raise

    def keep(self, close: Callable[[], None], watch: Watch) -> Contents:
        """Look the copy through, let the vault be closed, and put the copy in the place of its notes.

        ImportNotKeptError, ImportNotPlacedError, VaultInUseError; then the notes are as they were. The vault is
        closed from `close` on in any case.
        """
        self.store.close()
        try:
            found = examine(self._notes, self._snapshot.data_key, self._snapshot.vault_id, watch)
        except BackupDamagedError:
            raise ImportNotKeptError from None
        close()
        notes = self._vault / NOTES
        if presence.is_held(notes):
            raise VaultInUseError
        # What SQLite would find beside the notes it would merge into them.
        if disk.size_of(notes.with_name(f"{NOTES}-wal")):
            raise ImportNotPlacedError
        try:
            disk.make_private(self._notes)
            os.replace(self._notes, notes)
        except OSError:
            raise ImportNotPlacedError from None
        # From here on the notes are those that came in, whatever the disk says of its folder.
        with suppress(OSError):
            disk.sync_folder(self._vault)
        return found


@contextmanager
def apart(store: Store, watch: Watch) -> Iterator[Apart]:
    """Give a copy of an open vault's notes for the length of a block; whatever is not kept in it goes.

    BackupNoRoomError, BackupPlaceError and BackupDiskError where there can be none.
    """
    vault = store.folder
    must_have_room(vault.parent, store.size)
    folder = leftovers.making_of(vault, _ENDING, os.urandom(4))
    snapshot = Snapshot(store)
    made = None
    try:
        with told_plainly():
            disk.make_folder(folder)
            leftovers.clean_beside(vault, folder.stat().st_mtime)
            _copy(snapshot, folder / NOTES, watch)
        made = Apart(vault, folder, snapshot)
        yield made
    finally:
        if made is not None:
            made.store.close()
        snapshot.release()
        shutil.rmtree(folder, ignore_errors=True)


def _copy(snapshot: Snapshot, notes: Path, watch: Watch) -> None:
    fd = disk.open_new(notes)
    try:
        snapshot.copy(fd, watch, disk.write_at)
    finally:
        os.close(fd)


@contextmanager
def read_apart(snapshot: Snapshot, watch: Watch) -> Iterator[Store]:
    """Give a copy of a vault's notes to read for the length of a block, in any thread; the vault may be written on.

    It lies encrypted in a private folder, and goes. Raises what `apart` does.
    """
    folder = Path(tempfile.mkdtemp(prefix=leftovers.TRIAL))
    try:
        must_have_room(folder, snapshot.size)
        with told_plainly():
            leftovers.clean_trials(folder.stat().st_mtime)
            _copy(snapshot, folder / NOTES, watch)
        key, id = snapshot.data_key, snapshot.vault_id
        database = open_to_read(folder / NOTES, key, id, schema.SCHEMA_VERSION)
        try:
            schema.stand_in(database)
            store = Store(folder, database, Secrets(b"", id, key, FROM_RECOVERY))
        except KnownError:
            database.close()
            raise
        try:
            yield store
        finally:
            store.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
