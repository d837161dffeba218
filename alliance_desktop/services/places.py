"""Where a backup may be put: never into a vault, where it would go with what it is to outlive."""

import os
from pathlib import Path

from alliance_desktop.domain.backup_errors import BackupPlaceMissingError
from alliance_desktop.domain.place_errors import BackupInsideVaultError, RelativePlaceError
from alliance_desktop.storage.backup_file import FOLDER
from alliance_desktop.storage.place import is_inside_vault

SYNCED = (
    "dropbox",
    "onedrive",
    "icloud",
    "google drive",
    "googledrive",
    "nextcloud",
    "mobile documents",
    "cloudstorage",
)


def must_take_backups(folder: Path) -> None:
    """BackupPlaceMissingError for what is no folder, BackupInsideVaultError in a vault, but for its own for backups."""
    if not os.path.isdir(folder):
        raise BackupPlaceMissingError
    real = Path(os.path.realpath(folder))
    if is_inside_vault(real.parent.parent if real.name == FOLDER else real):
        raise BackupInsideVaultError


def is_synced(folder: Path) -> bool:
    """Say whether a folder looks like one that is copied to the internet."""
    parts = [one.casefold() for one in folder.parts]
    return any(name in one for one in parts for name in SYNCED)


def must_be_whole(folder: Path) -> None:
    """RelativePlaceError where a path that was typed does not begin at the top."""
    if not folder.is_absolute() or ".." in folder.parts:
        raise RelativePlaceError
