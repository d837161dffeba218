"""Whether there is room for a backup or a restored vault, and what a disk that refuses one is told as."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alliance_desktop.domain.backup_errors import BackupDiskError, BackupNoRoomError, BackupPlaceError
from alliance_desktop.domain.errors import DiskFullError, ReadOnlyError
from alliance_desktop.storage import disk

_ROOM_BESIDE = 1 << 20
_FULL = "The disk became full before everything was written, so nothing of it was kept."
_FULL_NEXT = "Free some space, or choose another disk or stick. What was there before is untouched."


def must_have_room(folder: Path, size: int) -> None:
    """See that so many bytes can be written into a folder: BackupPlaceError, BackupNoRoomError."""
    if not folder.is_dir() or not disk.may_write(folder):
        raise BackupPlaceError
    try:
        free = shutil.disk_usage(folder).free
    except OSError:
        raise BackupPlaceError from None
    needed = size + _ROOM_BESIDE
    if free < needed:
        raise BackupNoRoomError(needed, free)


@contextmanager
def told_plainly() -> Iterator[None]:
    """Let faults of the disk leave as BackupPlaceError or BackupDiskError."""
    try:
        yield
    except OSError as fault:
        told = disk.known(fault)
    else:
        return
    if isinstance(told, ReadOnlyError):
        raise BackupPlaceError
    raise BackupDiskError(_FULL, _FULL_NEXT) if isinstance(told, DiskFullError) else BackupDiskError
