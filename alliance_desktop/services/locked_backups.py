"""The backups of a vault that is locked, damaged or gone: each opens with its own passphrase or recovery key."""

from pathlib import Path
from typing import NamedTuple

import msgspec

from alliance_desktop.domain.backup_errors import RestoreElsewhereError
from alliance_desktop.domain.clock import local
from alliance_desktop.domain.watch import Watch
from alliance_desktop.keys.keyfile import Secrets
from alliance_desktop.services.backup_work import BackingUp, Restored, Restoring, Tried, Trying
from alliance_desktop.services.stamps import Now
from alliance_desktop.storage import backup_file, backup_keys, keyfiles, presence, swapping
from alliance_desktop.storage.backup_file import FOLDER, Listed
from alliance_desktop.storage.verifying import must_be_closed

_DERIVED = 0.1


class TypedKey(NamedTuple):
    """What was typed to open a backup: a passphrase, or a recovery key from paper."""

    text: str
    by_paper: bool = False


class LockedBackups:
    """The backups in a vault's folder, without the vault; nothing in it is touched. For any thread."""

    def __init__(self, folder: Path, now: Now) -> None:
        self.vault = folder
        self._now = now

    def listed(self) -> list[Listed]:
        """Return the backups, the newest first, whichever vault they are of."""
        return backup_file.newest_first(self.vault / FOLDER)

    def try_out(self, path: Path, key: TypedKey, watch: Watch | None = None) -> Tried:
        """Restore a backup on trial; a KnownError says that the key does not fit, or what is amiss with the file."""
        watch = watch or Watch()
        secrets = secrets_of_backup(path, key)
        try:
            return Trying(path, secrets.data_key)(watch.part(_DERIVED, 1.0))
        finally:
            secrets.forget()

    def restore_closed(
        self, path: Path, key: TypedKey, watch: Watch | None = None, *, take_over: bool = False
    ) -> Restored:
        """Restore a backup of a vault that nobody has open, as `restore` does.

        VaultInUseError while any program of this computer has it open, RestoreElsewhereError where another computer
        says so, unless `take_over`; then nothing was done.
        """
        must_be_closed(self.vault)
        found = presence.found(self.vault)
        if found is not None and found.computer != presence.this_computer() and not take_over:
            raise RestoreElsewhereError(found.computer, found.since)
        return self.restore(path, key, watch)

    def restore(
        self, path: Path, key: TypedKey, watch: Watch | None = None, first: BackingUp | None = None
    ) -> Restored:
        """Restore a backup beside the vault's folder, after `first`, a backup of what is there; KnownErrors alike.

        It opens with the passphrase and the recovery sheet that were valid when the backup was made. The vault may be
        open here; before it is swapped it is to be closed.
        """
        watch = watch or Watch()
        secrets: Secrets | None = None
        try:
            secrets = secrets_of_backup(path, key)
            place = swapping.place_for_restored(self.vault, local(self._now()).date())
            work = Restoring(path, secrets.data_key, place, first=first, beside=self.vault)
            done = work(watch.part(_DERIVED, 1.0))
            return msgspec.structs.replace(done, older_keys=self._has_older_keys(path))
        finally:
            if first is not None:
                first.drop()
            if secrets is not None:
                secrets.forget()

    def _has_older_keys(self, path: Path) -> bool:
        """Say whether the passphrase or the sheet was replaced after a backup was made."""
        found = backup_file.read(path)
        return bool(found.key_data) and found.keyfile.generation < keyfiles.newest_generation(self.vault)


def secrets_of_backup(path: Path, key: TypedKey) -> Secrets:
    """Return what a key opens of a backup; slow, for any thread. A KnownError says what is amiss."""
    found = backup_file.read(path)
    if key.by_paper:
        return backup_keys.by_recovery(found, key.text)
    return backup_keys.by_passphrase(found, key.text)
