"""Where a backup or another vault may be put: never into a vault, where it would go with what it is to outlive."""

import os
from pathlib import Path

from alliance_desktop.domain.backup_errors import BackupPlaceError
from alliance_desktop.domain.place_errors import InsideVaultError, RelativePlaceError
from alliance_desktop.storage.backup_file import FOLDER
from alliance_desktop.storage.place import NOTES


def must_be_outside(place: Path) -> None:
    """InsideVaultError where a place, there or not yet, is a vault or lies in one; BackupPlaceError for no place."""
    try:
        real = Path(os.path.realpath(place))
    except (OSError, ValueError):
        raise BackupPlaceError from None
    if any(os.path.lexists(one / NOTES) for one in (real, *real.parents)):
        raise InsideVaultError


def must_take_backups(folder: Path) -> None:
    """BackupPlaceError for what is no folder, InsideVaultError within a vault, but for its own folder of backups."""
    if not os.path.isdir(folder):
        raise BackupPlaceError
    real = Path(os.path.realpath(folder))
    must_be_outside(real.parent.parent if real.name == FOLDER else real)


def must_be_whole(folder: Path) -> None:
    """RelativePlaceError where a path that was typed does not begin at the top."""
    if not folder.is_absolute() or ".." in folder.parts:
        raise RelativePlaceError
