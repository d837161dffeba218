"""A copy of a vault in a new folder beside it, without the file of an unfinished save; the vault stays as it is."""

import os
import shutil
from itertools import count
from pathlib import Path

from alliance_desktop.storage import disk, presence, reserve
from alliance_desktop.storage.place import NOTES, must_be_vault

_SUFFIX = ".vault"
_LEFT_OUT = (f"{NOTES}-wal", f"{NOTES}-shm", f"{NOTES}-journal", presence.NAME, reserve.NAME)


def copy_without_side_file(folder: Path) -> Path:
    """Return the new folder, whole and on disk.

    Backups stay with the vault itself. KnownError where there is no vault or the disk does not take the copy, and
    then nothing is left behind. Not for a vault that is open.
    """
    must_be_vault(folder)
    making = _free(folder, "copy")
    done = False
    try:
        disk.make_folder(making)
        for one in sorted(folder.iterdir()):
            if one.is_file() and one.name not in _LEFT_OUT and one.suffix != ".tmp":
                _copied(one, making / one.name)
        disk.sync_folder(making)
        disk.sync_folder(making.parent)
        done = True
    except OSError as fault:
        raise disk.known(fault) from None
    finally:
        if not done:
            shutil.rmtree(making, ignore_errors=True)
    return making


def _free(folder: Path, word: str) -> Path:
    """Return a name beside a vault that nothing has."""
    stem = folder.name.removesuffix(_SUFFIX)
    names = (f"{stem} ({word}{f' {number}' if number > 1 else ''}){_SUFFIX}" for number in count(1))
    return next(path for path in (folder.with_name(name) for name in names) if not os.path.lexists(path))


def _copied(source: Path, target: Path) -> None:
    disk.make_file(target)
    with source.open("rb") as file, target.open("r+b") as copy:
        shutil.copyfileobj(file, copy, 1 << 20)
        copy.flush()
        disk.sync_file(copy.fileno())
