"""The backups of a vault that is locked, damaged or gone: each opens with its own passphrase or recovery key."""

from pathlib import Path

from alliance_desktop.domain.backup_words import Tally
from alliance_desktop.keys.keyfile import Secrets
from alliance_desktop.services.backup_work import Restoring, Tried, Trying, holding_of
from alliance_desktop.services.stamps import Now
from alliance_desktop.storage import backup_file, backup_keys, swapping
from alliance_desktop.storage.backup_file import FOLDER, Listed


class LockedBackups:
    """The backups in a vault's folder, without the vault; nothing in it is touched."""

    def __init__(self, folder: Path, now: Now) -> None:
        self.vault = folder
        self._now = now

    def listed(self) -> list[Listed]:
        """Return the backups, the newest first, whichever vault they are of."""
        found = backup_file.listed(self.vault / FOLDER)
        return sorted(found, key=lambda one: (one.made_at, one.saves), reverse=True)

    def secrets(self, path: Path, typed: str, *, by_paper: bool) -> Secrets:
        """Return what a passphrase or a recovery key opens of a backup; slow, for any thread.

        A KnownError says that it does not fit, or what is amiss with the file.
        """
        found = backup_file.read(path)
        return backup_keys.by_recovery(found, typed) if by_paper else backup_keys.by_passphrase(found, typed)

    def trying(self, path: Path, secrets: Secrets) -> Trying:
        """Return the trial of a backup."""
        return Trying(path, secrets.data_key)

    def restoring(self, path: Path, secrets: Secrets) -> Restoring:
        """Return the restoring of a backup beside the vault's folder."""
        place = swapping.place_for_restored(self.vault, self._now().astimezone().date())
        return Restoring(path, secrets.data_key, place)

    def tally(self, tried: Tried) -> Tally:
        """Return how much a backup that was tried holds."""
        return holding_of(tried.contents).tally
