"""A place that was named for something new, and cannot be it."""

from alliance_desktop.domain.backup_errors import BackupPlaceError


class BackupInsideVaultError(BackupPlaceError):
    """The place named for a backup is a vault, or lies inside one."""

    sentence = "This place is inside a vault, and a backup there would be lost with it."
    next_step = "Choose a folder outside it, best on a stick or another disk."


class RelativePlaceError(BackupPlaceError):
    """A place was typed in part only, so it would depend on where the program was started."""

    sentence = "This is not the whole path of a folder."
    next_step = "Type the whole path, or press Choose."
