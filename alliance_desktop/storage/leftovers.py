"""What a killed run of this program left half-made: found by its name, its owner and its age, and taken away."""

import os
import re
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from alliance_desktop.storage import keyfiles, presence, sample_folder
from alliance_desktop.storage.database import is_open_here
from alliance_desktop.storage.place import NOTES

TRIAL = "alliance-trial-"
"""How the folders begin that hold a trial, in the system's place for passing files."""

_OLD = 86_400.0
_PARTS = (NOTES, *keyfiles.NAMES, *(f"{name}.tmp" for name in keyfiles.NAMES))
_ENDINGS = ("making", "restoring", "copying", "importing")


def making_of(folder: Path, ending: str, token: bytes) -> Path:
    """Return the name under which a folder is made before it has its own: ".Notes.vault.0a1b2c3d.making"."""
    return folder.with_name(f".{folder.name}.{token.hex()}.{ending}")


def clean_beside(folder: Path, now: float) -> None:
    """Take away what was left when this folder was being made; `now` is what the disk itself takes for the time."""
    wanted = re.compile(rf"\.{re.escape(folder.name)}\.[0-9a-f]{{8}}\.({'|'.join(_ENDINGS)})", re.ASCII)
    for one in _old_own(folder.parent, now):
        if wanted.fullmatch(one.name):
            shutil.rmtree(one, ignore_errors=True)


def clean_trials(now: float) -> None:
    """Take away the trials of killed runs."""
    for one in _passing(TRIAL, now):
        # It goes through no link.
        shutil.rmtree(one, ignore_errors=True)


def clean_samples(now: float) -> None:
    """Take away the samples of killed runs that no program has open; only what bears the mark of one."""
    for one in _passing(sample_folder.PREFIX, now):
        sample_folder.remove(one)


def remove_made(folder: Path) -> None:
    """Take a vault away that this program has just made and nobody has used: its own files, and itself if empty then.

    Nothing is done where the disk refuses.
    """
    with suppress(OSError):
        if not stat.S_ISDIR(folder.lstat().st_mode):
            return
        for name in _PARTS:
            (folder / name).unlink(missing_ok=True)
        folder.rmdir()


def is_unused(folder: Path) -> bool:
    """Say whether a vault holds nothing but what it was made with; one that was ever opened holds more."""
    try:
        return not folder.is_symlink() and all(one.name in _PARTS for one in folder.iterdir())
    except OSError:
        return False


def _passing(prefix: str, now: float) -> Iterator[Path]:
    for one in _old_own(Path(tempfile.gettempdir()), now):
        if one.name.startswith(prefix) and not _is_fresh_within(one, now):
            yield one


def _is_fresh_within(place: Path, now: float) -> bool:
    """Say whether a vault in a folder is in use, or was within a day."""
    with suppress(OSError):
        vaults = [one for one in place.iterdir() if one.is_dir() and not one.is_symlink()]
        return any(_is_open(one / NOTES) or now - _newest(one) < _OLD for one in vaults)
    return True


def _is_open(notes: Path) -> bool:
    return is_open_here(notes) or presence.is_held(notes)


def _newest(folder: Path) -> float:
    return max(one.lstat().st_mtime for one in (folder, *folder.iterdir()))


def _old_own(folder: Path, now: float) -> Iterator[Path]:
    """Yield the folders in a folder, no links, that are this user's and older than a day."""
    user = getattr(os, "getuid", lambda: None)()
    with suppress(OSError):
        for one in list(os.scandir(folder)):
            found = one.stat(follow_symlinks=False)
            is_own = user is None or found.st_uid == user
            if stat.S_ISDIR(found.st_mode) and is_own and now - found.st_mtime > _OLD:
                yield Path(one.path)
