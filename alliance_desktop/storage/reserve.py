"""A reserve of room in the vault's folder, so that the last draft can be written when the disk is full."""

import os
import shutil
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
        fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
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
    return path.stat().st_size if path.is_file() else 0
