"""A reserve of room in the vault's folder, so that the last draft can be written when the disk is full."""

import os
import shutil
import stat
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from alliance_desktop.storage import disk

NAME = "reserve"
SIZE = 4 << 20

_LEFT_FREE = 4
_CHUNK = 1 << 20


def keep(folder: Path, random: Callable[[int], bytes]) -> bool:
    """Take 4 MiB of the disk for later, where there is room; say whether they are there.

    Never an error: a vault without a reserve is as good while the disk has room.
    """
    path = folder / NAME
    try:
        if _size(path) == SIZE:
            return True
        if shutil.disk_usage(folder).free < _LEFT_FREE * SIZE:
            return False
    except OSError:
        return False
    return _taken(path, random)


def free(folder: Path) -> bool:
    """Give the reserve back to the disk; say whether there was one."""
    try:
        (folder / NAME).unlink()
        disk.sync_folder(folder)
    except OSError:
        return False
    return True


def _taken(path: Path, random: Callable[[int], bytes]) -> bool:
    try:
        # Whatever lies there is let go by its name and never written into: it may lead to another file.
        path.unlink(missing_ok=True)
        fd = disk.open_new(path)
    except OSError:
        return False
    try:
        with os.fdopen(fd, "wb") as file:
            # By chance, so that a disk that packs its files has to take the room as well.
            for _ in range(SIZE // _CHUNK):
                file.write(random(_CHUNK))
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        with suppress(OSError):
            path.unlink()
        return False
    return True


def _size(path: Path) -> int:
    try:
        found = path.lstat()
    except OSError:
        return 0
    return found.st_size if stat.S_ISREG(found.st_mode) and found.st_nlink == 1 else 0
