"""Free names beside a vault, so that nothing made of it is ever written over anything."""

import os
from itertools import count
from pathlib import Path

ENDING = ".vault"
_BACKUP_ENDING = ".vbak"


def free_beside(place: Path, words: str) -> Path:
    """Return a name beside a vault or a backup that nothing has: "My notes (copy).vault", "My notes (copy 2).vault"."""
    stem = place.name.removesuffix(ENDING).removesuffix(_BACKUP_ENDING)
    names = (f"{stem} ({words}{f' {number}' if number > 1 else ''}){ENDING}" for number in count(1))
    return next(path for path in (place.with_name(name) for name in names) if not os.path.lexists(path))
