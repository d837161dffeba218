"""Who has a vault open: a small file in its folder for other computers, SQLite's own lock for this one.

    in-use   {"computer": ..., "since": ..., "process": ...}

The file cannot keep anybody out: a folder that is synchronised arrives late. It lets a counsellor know.
"""

import datetime
import os
import platform
from contextlib import suppress
from pathlib import Path

import msgspec

from alliance_desktop.storage import disk

NAME = "in-use"

_LARGEST = 4096
_LONGEST = 60
_LOCK_FROM, _LOCK_BYTES = 0x40000002, 510


class Presence(msgspec.Struct, frozen=True):
    """That a computer has a vault open: its name, since when, and in which process."""

    computer: str
    since: datetime.datetime
    process: int


def here(since: datetime.datetime) -> Presence:
    """Return this computer and process."""
    return Presence(this_computer(), since, os.getpid())


def this_computer() -> str:
    """Return the name that this computer goes by in its network."""
    return _plain(platform.node()) or "unknown"


def found(folder: Path) -> Presence | None:
    """Return who says that the vault is open; None where nobody does, or it cannot be read."""
    data = disk.read_small(folder / NAME, _LARGEST)
    if data is None or len(data) > _LARGEST:
        return None
    try:
        told = msgspec.json.decode(data, type=Presence)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    named = msgspec.structs.replace(told, computer=_plain(told.computer))
    return named if told.since.tzinfo is not None else None


def claim(folder: Path, mine: Presence) -> None:
    """Say that the vault is open here; where the disk does not let it, nobody is told."""
    with suppress(OSError):
        disk.write_durably(folder / NAME, msgspec.json.encode(mine))


def release(folder: Path, mine: Presence) -> None:
    """Take one's own word back, and nobody else's."""
    if found(folder) == mine:
        with suppress(OSError):
            (folder / NAME).unlink()


def _plain(name: str) -> str:
    """Return a computer's name as it may be shown: no control signs, no signs that turn the line, 60 letters."""
    shown = "".join(one for one in name if one.isprintable())
    return shown if len(shown) <= _LONGEST else f"{shown[: _LONGEST - 1]}\u2026"


def is_held(notes: Path) -> bool:
    """Say whether another program on this computer holds the database; False where only opening it can tell.

    Not to be asked where this process has it open: closing the file lets go of SQLite's lock.
    """
    if os.name != "posix":
        return False
    import fcntl

    try:
        fd = os.open(notes, os.O_RDONLY)
    except OSError:
        return False
    try:
        # The bytes that SQLite locks; they lie beyond the end of any vault and are never written.
        fcntl.lockf(fd, fcntl.LOCK_SH | fcntl.LOCK_NB, _LOCK_BYTES, _LOCK_FROM)
    except OSError:
        return True
    finally:
        os.close(fd)
    return False
