"""Writing a backup: copied, read back and checked from end to end, and only then given its name."""

import datetime
import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec

from alliance_desktop.domain.backup_errors import (
    BackupDamagedError,
    BackupNewerError,
    BackupOfAnotherVaultError,
    BackupPlaceError,
    BackupPlainError,
    BackupRefusedError,
)
from alliance_desktop.domain.errors import KnownError
from alliance_desktop.domain.watch import Watch
from alliance_desktop.storage import backup_file, disk
from alliance_desktop.storage.backup_file import FOLDER, PARTIAL
from alliance_desktop.storage.contents import Contents
from alliance_desktop.storage.examining import examine
from alliance_desktop.storage.room import must_have_room, told_plainly
from alliance_desktop.storage.snapshot import Snapshot, WriteAt

_LEFT_AFTER = 3600.0
_OURS = re.compile(r"\d{4}-\d\d-\d\dT\d{4}Z-s\d{6,12}(-\d{1,3})?\.[0-9a-f]{8}\.partial", re.ASCII)


class Written(msgspec.Struct, frozen=True):
    """A backup that was written and found good: where it is, its size in bytes, what it holds, and `state_of` that."""

    path: Path
    size: int
    contents: Contents
    state: str = ""


def write(
    snapshot: Snapshot,
    folder: Path,
    made_at: datetime.datetime,
    watch: Watch | None = None,
    *,
    write_at: WriteAt = disk.write_at,
) -> Written:
    """Write a backup into a folder that is there, for any thread; it has its name only when it was found good.

    BackupNoRoomError and BackupPlaceError before anything is written; BackupDiskError, BackupRefusedError where
    reading back finds it is not the vault, BackupStoppedError by the watch. Then nothing new is left behind, and
    what was there before is untouched.
    """
    watch = watch or Watch()
    must_have_room(folder, snapshot.size)
    partial = folder / f"{Path(backup_file.name_of(made_at, snapshot.saves)).stem}.{os.urandom(4).hex()}{PARTIAL}"
    with told_plainly(), _partial_file(partial) as fd:
        _clean(folder, os.fstat(fd).st_mtime)
        snapshot.copy(fd, watch.part(0.0, 0.6), write_at)
        disk.forget_cached(fd)
        found = _found_good(partial, snapshot, watch.part(0.6, 0.95))
        tail = backup_file.tail_of(snapshot.key_data)
        disk.write_at(fd, tail, os.fstat(fd).st_size)
        disk.sync_file(fd)
        _must_read_back(partial, snapshot)
        path = _free_name(folder, made_at, found.saves)
        os.rename(partial, path)
        disk.sync_folder(folder)
    state = state_of(found.digest, snapshot.key_data, snapshot.data_key)
    return Written(path, path.stat().st_size, found, state)


def state_of(digest: bytes, key_data: bytes, data_key: bytes) -> str:
    """Return a print of notes, key file and key, which says nothing of any; empty where there is no digest."""
    if not digest:
        return ""
    return hashlib.blake2b(digest + hashlib.sha256(key_data).digest(), key=data_key, digest_size=16).hexdigest()


def own_folder(vault: Path) -> Path:
    """Return the folder of a vault's own backups, made where it is missing; BackupPlaceError."""
    folder = vault / FOLDER
    try:
        if not folder.is_dir():
            disk.make_folder(folder)
            disk.sync_folder(vault)
    except OSError:
        raise BackupPlaceError from None
    return folder


def remove(one: backup_file.Listed, vault_id: bytes) -> None:
    """Take a backup of this vault away, by thinning and by nothing else; a disk that refuses is no fault."""
    with suppress(OSError, KnownError):
        if one.path.parent.name == FOLDER and backup_file.read(one.path).vault_id == vault_id:
            one.path.unlink()


@contextmanager
def _partial_file(partial: Path) -> Iterator[int]:
    """Give a new private file to write into; whatever ends the block early takes it away again."""
    fd = os.open(partial, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    try:
        disk.make_private(partial)
        yield fd
    finally:
        os.close(fd)
        # After the rename there is nothing of this name.
        with suppress(OSError):
            partial.unlink(missing_ok=True)


def _found_good(partial: Path, snapshot: Snapshot, watch: Watch) -> Contents:
    """Return what a copy holds that is the vault to the last row; BackupRefusedError for any other."""
    try:
        found = examine(partial, snapshot.data_key, snapshot.vault_id, watch)
    except (BackupDamagedError, BackupPlainError, BackupOfAnotherVaultError, BackupNewerError):
        raise BackupRefusedError from None
    if found.saves < snapshot.saves:
        raise BackupRefusedError
    return found


def _must_read_back(partial: Path, snapshot: Snapshot) -> None:
    read = backup_file.read(partial)
    if read.vault_id != snapshot.vault_id or read.key_data != snapshot.key_data:
        raise BackupRefusedError


def _free_name(folder: Path, made_at: datetime.datetime, saves: int) -> Path:
    names = (folder / backup_file.name_of(made_at, saves, again) for again in range(1000))
    free = next((one for one in names if not os.path.lexists(one)), None)
    if free is None:
        raise BackupPlaceError
    return free


def _clean(folder: Path, now: float) -> None:
    """Take away what a killed run of this program left half-written here, by its name and an hour's age.

    `now` is the time the disk itself gives to a new file, so that a wrong clock takes nothing away.
    """
    with suppress(OSError):
        for one in list(os.scandir(folder)):
            ours = _OURS.fullmatch(one.name) and one.is_file(follow_symlinks=False)
            if ours and now - one.stat(follow_symlinks=False).st_mtime > _LEFT_AFTER:
                os.unlink(one.path)
