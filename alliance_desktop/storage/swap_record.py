"""A small file beside a vault that says which restored folder is to take its place, so that a power cut loses nothing.

    .Notes.vault.swap   restored name, NUL, set-aside name or nothing, NUL, mark of the restored notes

It is there from just before the restored folder has its name until it is in place.
"""

import os
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from alliance_desktop.storage import disk
from alliance_desktop.storage.beside import record_of
from alliance_desktop.storage.place import NOTES

_LARGEST = 4096


class Swap(NamedTuple):
    """The names beside the vault: what is to take its place, and what it is called from then on.

    `aside` is empty until the swap begins; `mark` tells whether anybody wrote the restored notes since.
    """

    restored: str
    aside: str
    mark: str


def mark_of(folder: Path) -> str:
    """Return what changes when the notes in a folder are written; empty where they cannot be asked."""
    try:
        found = (folder / NOTES).lstat()
    except OSError:
        return ""
    return f"{found.st_size} {found.st_mtime_ns}"


def read(folder: Path) -> Swap | None:
    """Return what is recorded for a vault; None for nothing, or for what this program does not write."""
    data = disk.read_small(record_of(folder), _LARGEST) or b""
    parts = os.fsdecode(data).split("\0")
    if len(parts) != len(Swap._fields) or len(data) > _LARGEST:
        return None
    found = Swap(*parts)
    plain = all(Path(name).name == name for name in found[:2] if name)
    return found if found.restored and plain else None


def keep(folder: Path, swap: Swap) -> None:
    """Record it, to survive a power cut; OSError."""
    disk.write_durably(record_of(folder), os.fsencode("\0".join(swap)))


def drop(folder: Path) -> None:
    """Forget it; a disk that refuses is no fault, it is looked at once more then."""
    with suppress(OSError):
        record_of(folder).unlink(missing_ok=True)
