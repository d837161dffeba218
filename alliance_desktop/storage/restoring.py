"""Restoring: a backup becomes a vault of its own in a new folder, checked from end to end before it has its name."""

import os
import re
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from alliance_desktop.domain.backup_errors import BackupDiskError, BackupOfAnotherVaultError, RestorePlaceTakenError
from alliance_desktop.domain.errors import KnownError
from alliance_desktop.domain.watch import Watch
from alliance_desktop.storage import backup_file, backup_keys, disk, keyfiles
from alliance_desktop.storage.backup_file import BackupFile
from alliance_desktop.storage.contents import Contents
from alliance_desktop.storage.examining import examine
from alliance_desktop.storage.place import NOTES, must_be_nameable
from alliance_desktop.storage.room import must_have_room, told_plainly

_CHUNK = 1 << 18
_SYNCED_EVERY = 64
_LEFT_AFTER = 3600.0
_MAKING = re.compile(r"\..+\.[0-9a-f]{8}\.restoring", re.ASCII | re.DOTALL)
_PARTS = (NOTES, *keyfiles.NAMES, *(f"{name}.tmp" for name in keyfiles.NAMES))


def restore(
    path: Path, data_key: bytes, folder: Path, watch: Watch | None = None, key_data: bytes | None = None
) -> Contents:
    """Make a vault of a backup in a new folder and return what it holds; slow, for any thread.

    `key_data` is a key file to use instead of the backup's own: that of the passphrase now in force. Killed at any
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
    making = folder.with_name(f".{folder.name}.{os.urandom(4).hex()}.restoring")
    done = False
    try:
        with told_plainly():
            disk.make_folder(making)
            _clean(folder, making.stat().st_mtime)
            found = _made(backup, data_key, making, watch, key_data)
            if os.path.lexists(folder):
                raise RestorePlaceTakenError
            os.rename(making, folder)
            done = True
            disk.sync_folder(folder.parent)
    finally:
        if not done:
            _remove(making)
    return found


@contextmanager
def on_trial(path: Path, data_key: bytes, watch: Watch | None = None) -> Iterator[Contents]:
    """Restore a backup into a private folder for the length of a block, and give what it holds."""
    place = Path(tempfile.mkdtemp(prefix="alliance-trial-"))
    folder = place / "trial.vault"
    try:
        yield restore(path, data_key, folder, watch)
    finally:
        _remove(folder)
        with suppress(OSError):
            place.rmdir()


def _made(backup: BackupFile, data_key: bytes, making: Path, watch: Watch, key_data: bytes | None) -> Contents:
    notes = making / NOTES
    _copy(backup, notes, watch.part(0.0, 0.6))
    found = examine(notes, data_key, backup.vault_id, watch.part(0.6, 0.98))
    key = backup.key_data if key_data is None else key_data
    if key:
        try:
            keyfiles.put_both(making, key)
        except KnownError:
            raise BackupDiskError from None
    disk.sync_folder(making)
    return found


def _copy(backup: BackupFile, notes: Path, watch: Watch) -> None:
    """Copy the pages alone into a new file and see that they are on the disk."""
    disk.make_file(notes)
    with backup.path.open("rb") as source, notes.open("r+b") as file:
        left, number = backup.pages, 0
        while left and (chunk := source.read(min(_CHUNK, left))):
            file.write(chunk)
            left -= len(chunk)
            number += 1
            if number % _SYNCED_EVERY == 0:
                file.flush()
                disk.sync_file(file.fileno())
            watch.at(1 - left / backup.pages)
        file.flush()
        disk.sync_file(file.fileno())
        disk.forget_cached(file.fileno())


def _clean(folder: Path, now: float) -> None:
    """Take away what a killed restore of this folder left half-made, by its name and an hour's age."""
    with suppress(OSError):
        for one in list(os.scandir(folder.parent)):
            mine = one.name.startswith(f".{folder.name}.") and _MAKING.fullmatch(one.name)
            if mine and now - one.stat(follow_symlinks=False).st_mtime > _LEFT_AFTER:
                _remove(Path(one.path))


def _remove(making: Path) -> None:
    """Take a folder away that this program made a moment ago: its known files, and itself if nothing else is in it."""
    with suppress(OSError):
        if not stat.S_ISDIR(making.lstat().st_mode):
            return
        for name in _PARTS:
            (making / name).unlink(missing_ok=True)
        making.rmdir()
