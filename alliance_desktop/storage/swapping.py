"""A restored vault takes the place of the present one by renaming folders; nothing is deleted or written over."""

import datetime
import os
import re
from contextlib import suppress
from pathlib import Path

from alliance_desktop.domain.backup_errors import SwapFailedError
from alliance_desktop.domain.errors import KnownError
from alliance_desktop.storage import disk, leftovers, sheets, swap_record
from alliance_desktop.storage.backup_file import FOLDER
from alliance_desktop.storage.beside import ASIDE, ENDING, RESTORED, free_beside
from alliance_desktop.storage.swap_record import Swap
from alliance_desktop.storage.verifying import must_be_closed


def place_for_restored(folder: Path, day: datetime.date) -> Path:
    """Return where to restore to, beside a vault, so that `swap` can take it from there: a name that is free."""
    return free_beside(folder, f"{RESTORED} {day.isoformat()}")


def note_restored(folder: Path, restored: Path, made: Path) -> None:
    """Record that `restored` is to take a vault's place; `made` is where it lies until it has that name. OSError."""
    swap_record.keep(folder, Swap(restored.name, "", swap_record.mark_of(made)))


def swap(folder: Path, restored: Path, day: datetime.date) -> Path:
    """Let a restored vault take the place of a closed one, and return where the one before it is now.

    The backups and the prints of old sheets go along. VaultInUseError where any program has the vault open, and then
    the restored one is taken away again; SwapFailedError where a folder cannot be renamed, and then both are whole,
    under their names. A power cut in between leaves two whole folders, which `heal` puts in order at the next opening.
    """
    try:
        must_be_closed(folder)
    except KnownError:
        _give_up(folder)
        raise
    aside = free_beside(folder, f"{ASIDE} {day.isoformat()}")
    if not restored.is_dir():
        raise SwapFailedError(restored.name)
    # Without the record a power cut leaves two whole folders all the same.
    with suppress(OSError):
        swap_record.keep(folder, Swap(restored.name, aside.name, ""))
    try:
        if os.path.lexists(folder):
            os.rename(folder, aside)
        _take_place(folder, restored, aside)
    except OSError:
        swap_record.drop(folder)
        raise SwapFailedError(restored.name) from None
    _take_along(aside, folder)
    swap_record.drop(folder)
    return aside


def heal(folder: Path) -> bool:
    """Finish a swap that a power cut stopped half-way; True where something was done for the vault.

    To be called before a vault is opened. It goes by what was recorded; without that, only where the vault's own
    folder is missing, and beside it lie exactly one set aside and one restored, is the restored one given its name. A
    folder recorded as restored that never came to be swapped and was never used is taken away.
    """
    recorded = swap_record.read(folder)
    if recorded is not None and _is_of(folder, recorded):
        if recorded.aside:
            return _healed_as_recorded(folder, recorded)
        if os.path.lexists(folder):
            with suppress(KnownError):
                must_be_closed(folder)
                _give_up(folder)
    if os.path.lexists(folder):
        return _healed_backups(folder)
    aside, restored = _beside(folder, ASIDE), _beside(folder, RESTORED)
    if not aside or len(restored) != 1:
        return False
    return _healed(folder, restored[0], max(aside, key=_changed))


def _healed_as_recorded(folder: Path, recorded: Swap) -> bool:
    restored, aside = folder.with_name(recorded.restored), folder.with_name(recorded.aside)
    if os.path.lexists(folder):
        done = (aside / FOLDER).is_dir()
        _take_along(aside, folder)
    else:
        done = _healed(folder, restored if restored.is_dir() else aside, aside)
    if folder.is_dir():
        swap_record.drop(folder)
    return done


def _healed(folder: Path, source: Path, aside: Path) -> bool:
    try:
        os.rename(source, folder)
    except OSError:
        return False
    _sync_names(folder)
    _take_along(aside, folder)
    return True


def _give_up(folder: Path) -> None:
    """Take away a restored folder that is recorded, never came to be swapped, and that nobody has used."""
    recorded = swap_record.read(folder)
    if recorded is None or recorded.aside or not _is_of(folder, recorded):
        return
    restored = folder.with_name(recorded.restored)
    if recorded.mark and recorded.mark == swap_record.mark_of(restored) and leftovers.is_unused(restored):
        leftovers.remove_made(restored)
    swap_record.drop(folder)


def _take_place(folder: Path, restored: Path, aside: Path) -> None:
    taken = False
    try:
        os.rename(restored, folder)
        taken = True
    finally:
        if not taken and not os.path.lexists(folder) and aside.is_dir():
            with suppress(OSError):
                os.rename(aside, folder)
    _sync_names(folder)


def _sync_names(folder: Path) -> None:
    # The renaming is done; where the disk does not say that it would survive a power cut, `heal` finishes it then.
    with suppress(OSError):
        disk.sync_folder(folder.parent)


def _take_along(aside: Path, folder: Path) -> None:
    """Move the list of backups along and copy the prints of old sheets; what is refused stays whole where it is."""
    with suppress(OSError):
        sheets.carry(aside, folder)
    with suppress(OSError):
        if (aside / FOLDER).is_dir() and not os.path.lexists(folder / FOLDER):
            os.rename(aside / FOLDER, folder / FOLDER)
            disk.sync_folder(folder)


def _healed_backups(folder: Path) -> bool:
    """Fetch the backups of a vault that was swapped and lost power before they went along."""
    left = [one for one in _beside(folder, ASIDE) if (one / FOLDER).is_dir()]
    if len(left) != 1 or os.path.lexists(folder / FOLDER):
        return False
    _take_along(left[0], folder)
    return (folder / FOLDER).is_dir()


def _is_of(folder: Path, recorded: Swap) -> bool:
    """Say whether the names in a record are those this program gives beside this vault."""
    aside = not recorded.aside or bool(_pattern(folder, ASIDE).fullmatch(recorded.aside))
    return aside and bool(_pattern(folder, RESTORED).fullmatch(recorded.restored))


def _beside(folder: Path, why: str) -> list[Path]:
    wanted = _pattern(folder, why)
    try:
        return [one for one in folder.parent.iterdir() if wanted.fullmatch(one.name) and one.is_dir()]
    except OSError:
        return []


def _pattern(folder: Path, why: str) -> re.Pattern[str]:
    stem = re.escape(folder.name.removesuffix(ENDING))
    return re.compile(rf"{stem} \({why} \d{{4}}-\d\d-\d\d( \d{{1,3}})?\){re.escape(ENDING)}", re.ASCII)


def _changed(folder: Path) -> float:
    try:
        return folder.stat().st_mtime
    except OSError:
        return 0.0
