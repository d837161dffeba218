"""A restored vault takes the place of the present one by renaming folders; nothing is deleted or written over."""

import datetime
import os
import re
from contextlib import suppress
from pathlib import Path

from alliance_desktop.domain.backup_errors import RestorePlaceTakenError, SwapFailedError
from alliance_desktop.storage import disk
from alliance_desktop.storage.backup_file import FOLDER

_ENDING = ".vault"
_ASIDE = "before restore"
_RESTORED = "restored"


def place_for_restored(folder: Path, day: datetime.date) -> Path:
    """Return where to restore to, beside a vault, so that `swap` can take it from there: a name that is free."""
    return _free(folder, _RESTORED, day)


def swap(folder: Path, restored: Path, day: datetime.date) -> Path:
    """Let a restored vault take the place of a closed one, and return where the one before it is now.

    The backups go along. SwapFailedError where a folder cannot be renamed; then both are whole, under their names.
    A power cut in between leaves two whole folders, which `heal` puts in order at the next opening.
    """
    aside = _free(folder, _ASIDE, day)
    if not restored.is_dir():
        raise SwapFailedError(restored.name)
    try:
        if os.path.lexists(folder):
            os.rename(folder, aside)
        _take_place(folder, restored, aside)
    except OSError:
        raise SwapFailedError(restored.name) from None
    _take_backups(aside, folder)
    return aside


def heal(folder: Path) -> bool:
    """Finish a swap that a power cut stopped half-way; True where something was done.

    To be called before a vault is opened. Only where the vault's own folder is missing, and beside it lie exactly
    one set aside and one restored, is the restored one given its name.
    """
    if os.path.lexists(folder):
        return _healed_backups(folder)
    aside, restored = _beside(folder, _ASIDE), _beside(folder, _RESTORED)
    if not aside or len(restored) != 1:
        return False
    try:
        os.rename(restored[0], folder)
        disk.sync_folder(folder.parent)
    except OSError:
        return False
    _take_backups(max(aside, key=_changed), folder)
    return True


def _take_place(folder: Path, restored: Path, aside: Path) -> None:
    taken = False
    try:
        os.rename(restored, folder)
        disk.sync_folder(folder.parent)
        taken = True
    finally:
        if not taken and not os.path.lexists(folder) and aside.is_dir():
            with suppress(OSError):
                os.rename(aside, folder)


def _take_backups(aside: Path, folder: Path) -> None:
    """Move the list of backups along; where that is refused they stay whole where they are."""
    with suppress(OSError):
        if (aside / FOLDER).is_dir() and not os.path.lexists(folder / FOLDER):
            os.rename(aside / FOLDER, folder / FOLDER)
            disk.sync_folder(folder)


def _healed_backups(folder: Path) -> bool:
    """Fetch the backups of a vault that was swapped and lost power before they went along."""
    left = [one for one in _beside(folder, _ASIDE) if (one / FOLDER).is_dir()]
    if len(left) != 1 or os.path.lexists(folder / FOLDER):
        return False
    _take_backups(left[0], folder)
    return (folder / FOLDER).is_dir()


def _free(folder: Path, why: str, day: datetime.date) -> Path:
    stem = folder.name.removesuffix(_ENDING)
    for number in range(1, 1000):
        again = "" if number == 1 else f" {number}"
        one = folder.with_name(f"{stem} ({why} {day.isoformat()}{again}){_ENDING}")
        if not os.path.lexists(one):
            return one
    raise RestorePlaceTakenError


def _beside(folder: Path, why: str) -> list[Path]:
    stem = re.escape(folder.name.removesuffix(_ENDING))
    wanted = re.compile(rf"{stem} \({why} \d{{4}}-\d\d-\d\d( \d{{1,3}})?\){re.escape(_ENDING)}", re.ASCII)
    try:
        return [one for one in folder.parent.iterdir() if wanted.fullmatch(one.name) and one.is_dir()]
    except OSError:
        return []


def _changed(folder: Path) -> float:
    try:
        return folder.stat().st_mtime
    except OSError:
        return 0.0
