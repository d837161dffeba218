"""Names beside a vault: free ones, so that nothing is ever written over, and those that tell of a restore under way.

The start asks this before the first page is on screen, so it rests on no other module of the room.
"""

import os
from itertools import count
from pathlib import Path

ENDING = ".vault"
ASIDE, RESTORED = "before restore", "restored"
_BACKUP_ENDING = ".vbak"


def free_beside(place: Path, words: str) -> Path:
    """Return a name beside a vault or a backup that nothing has: "My notes (copy).vault", "My notes (copy 2).vault"."""
    stem = place.name.removesuffix(ENDING).removesuffix(_BACKUP_ENDING)
    names = (f"{stem} ({words}{f' {number}' if number > 1 else ''}){ENDING}" for number in count(1))
    return next(path for path in (place.with_name(name) for name in names) if not os.path.lexists(path))


def record_of(folder: Path) -> Path:
    """Return the path of the small file that records which restored vault is to take this one's place."""
    return folder.with_name(f".{folder.name}.swap")


def may_be_restoring(folder: Path) -> bool:
    """Say from the names alone whether a restore may have stopped half-way, so that `swapping.heal` is worth asking."""
    if not folder.is_dir() or os.path.lexists(record_of(folder)):
        return True
    beginning = f"{folder.name.removesuffix(ENDING)} ({ASIDE} "
    try:
        return any(name.startswith(beginning) for name in os.listdir(folder.parent))
    except OSError:
        return True
