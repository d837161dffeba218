"""Restoring: a backup becomes a vault of its own in a new folder, checked from end to end before it has its name."""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from alliance_desktop.domain.backup_errors import BackupDiskError, BackupOfAnotherVaultError, RestorePlaceTakenError
from alliance_desktop.domain.errors import KnownError
from alliance_desktop.domain.watch import Watch
from alliance_desktop.storage import backup_file, backup_keys, disk, keyfiles, leftovers, schema, search_tables
from alliance_desktop.storage.backup_file import BackupFile
from alliance_desktop.storage.contents import Contents
from alliance_desktop.storage.database import open_database
from alliance_desktop.storage.examining import examine
from alliance_desktop.storage.place import NOTES, must_be_nameable
from alliance_desktop.storage.room import must_have_room, told_plainly

_CHUNK = 1 << 18


def restore(
    path: Path,
    data_key: bytes,
    folder: Path,
    watch: Watch | None = None,
    key_data: bytes | None = None,
    before_named: Callable[[Path], object] = lambda _made: None,
    *,
    on_trial: bool = False,
) -> Contents:
    """Make a vault of a backup in a new folder and return what it holds; slow, for any thread.

    `key_data` is a key file to use instead of the backup's own: that of the passphrase now in force. `before_named` is
    told where the whole vault lies just before it has its name; an OSError of it is one of the disk. The index of the
    search is begun anew, but where the vault is made `on_trial`: no backup is read for its words. Killed at any
    moment, the folder is there whole or not at all. RestorePlaceTakenError, BackupNoRoomError, BackupPlaceError,
    BackupDiskError, BackupStoppedError, and all that is amiss with the backup itself; then nothing is left behind.
    """
    watch = watch or Watch()
    backup = backup_file.read(path)
    must_be_nameable(folder)
    if os.path.lexists(folder):
        raise RestorePlaceTakenError
    if not backup_keys.fits(backup, data_key):
        raise BackupOfAnotherVaultError
    must_have_room(folder.parent, backup.pages)
    making = leftovers.making_of(folder, "restoring", os.urandom(4))
    done = False
    try:
        with told_plainly():
            disk.make_folder(making)
            leftovers.clean_beside(folder, making.stat().st_mtime)
            found = _made(backup, data_key, making, watch, key_data)
            if not on_trial:
                _begin_index_anew(making / NOTES, data_key, backup.vault_id)
            before_named(making)
            if os.path.lexists(folder):
                raise RestorePlaceTakenError
            os.rename(making, folder)
            done = True
            disk.sync_folder(folder.parent)
    finally:
        if not done:
            leftovers.remove_made(making)
    return found


@contextmanager
def on_trial(path: Path, data_key: bytes, watch: Watch | None = None) -> Iterator[Contents]:
    """Restore a backup into a private folder for the length of a block, and give what it holds."""
    place = Path(tempfile.mkdtemp(prefix=leftovers.TRIAL))
    leftovers.clean_trials(place.stat().st_mtime)
    folder = place / "trial.vault"
    try:
        yield restore(path, data_key, folder, watch, on_trial=True)
    finally:
        leftovers.remove_made(folder)
        with suppress(OSError):
            place.rmdir()


def _made(backup: BackupFile, data_key: bytes, making: Path, watch: Watch, key_data: bytes | None) -> Contents:
    notes = making / NOTES
    disk.write_new(notes, _pages(backup, watch.part(0.0, 0.6)))
    found = examine(notes, data_key, backup.vault_id, watch.part(0.6, 0.98))
    key = backup.key_data if key_data is None else key_data
    if key:
        try:
            keyfiles.put_both(making, key)
        except KnownError:
            raise BackupDiskError from None
    disk.sync_folder(making)
    return found


def _begin_index_anew(notes: Path, data_key: bytes, vault_id: bytes) -> None:
    try:
        database = open_database(notes, data_key, vault_id, schema.SCHEMA_VERSION)
        try:
            # An older vault gets its index when it is opened.
            if schema.at_least(database, schema.WITH_SEARCH):
                search_tables.begin_anew(database)
        finally:
            database.close()
    except KnownError:
        raise BackupDiskError from None


def _pages(backup: BackupFile, watch: Watch) -> Iterator[bytes]:
    """Yield the pages alone."""
    with backup.path.open("rb") as source:
        left = backup.pages
        while left and (chunk := source.read(min(_CHUNK, left))):
            yield chunk
            left -= len(chunk)
            watch.at(1 - left / backup.pages)
