"""The backups of an open vault: made by themselves and when asked, tried, compared and restored."""

import datetime
from functools import partial
from pathlib import Path
from typing import Any

from alliance_desktop.domain.backup_errors import BackupOfAnotherVaultError
from alliance_desktop.domain.backup_words import Difference, compared, reminder
from alliance_desktop.domain.errors import KnownError
from alliance_desktop.services.backup_work import BackingUp, Restored, Restoring, Tried, Trying, holding_of
from alliance_desktop.services.machine import Machine, Seen
from alliance_desktop.services.stamps import Now
from alliance_desktop.storage import backup, backup_file, backup_keys, swapping
from alliance_desktop.storage.backup import Written
from alliance_desktop.storage.backup_file import FOLDER, BackupFile, Listed
from alliance_desktop.storage.snapshot import Snapshot, key_file_of
from alliance_desktop.storage.store import Store

EVERY = datetime.timedelta(minutes=30)
"""A backup that makes itself comes no sooner than this after the one before."""


class Backups:
    """The backups of one open vault, for its own thread; what takes time is handed out as work for any thread."""

    def __init__(self, store: Store, now: Now, machine: Machine | None = None) -> None:
        self._store = store
        self._now = now
        self._machine = machine
        self.folder = store.folder / FOLDER

    def listed(self) -> list[Listed]:
        """Return the vault's own backups, the newest first."""
        found = backup_file.listed(self.folder, self._store.vault_id)
        return sorted(found, key=lambda one: (one.made_at, one.saves), reverse=True)

    @property
    def is_due(self) -> bool:
        """Whether a backup should make itself: something was saved since the last one, half an hour ago or longer."""
        good = [one for one in self.listed() if one.good]
        if not good:
            return True
        # A clock that was set back must not put the next backup off for ever.
        return good[0].saves != self._store.saves and abs(self._now() - good[0].made_at) >= EVERY

    def automatic(self) -> BackingUp | None:
        """Return the backup to make at a lock or at the end, or None where none is due or can be made.

        To be asked for while the vault is open. It may be called in any thread, also after the vault was closed,
        and must be called or dropped in the end.
        """
        if self._store.sample or self._store.read_only:
            return None
        try:
            return self._own() if self.is_due else None
        except KnownError:
            # A disk that takes no backup must not stand in the way of a lock; the reminder tells of it.
            return None

    def before_risk(self) -> BackingUp | None:
        """Return the backup to make before something risky, or None where one holds the present state already.

        KnownError where none can be made; then the risk should not be taken.
        """
        good = [one for one in self.listed() if one.good]
        if good and good[0].saves == self._store.saves:
            return None
        return self._own()

    def back_up_before_risk(self) -> Written | None:
        """Make the backup before something risky here and now, however long it takes."""
        work = self.before_risk()
        return work() if work is not None else None

    def to_place(self, folder: Path) -> BackingUp:
        """Return the backup to make into any folder, on a stick say; one on another disk is remembered as such."""
        snapshot = Snapshot(self._store)
        now = self._now()
        noted = partial(self._keep, snapshot.vault_id, outside_at=now) if self.is_outside(folder) else lambda: None
        return BackingUp(snapshot, folder, now, noted=noted)

    def is_outside(self, folder: Path) -> bool:
        """Say whether a folder is on another disk than the vault."""
        return not backup.is_on_same_disk(self._store.folder, folder)

    def reminder(self) -> str:
        """Return what to say where the newest backup outside the computer is a week old; else nothing."""
        if self._store.sample:
            return ""
        began = [one.created_at for one in self._store.clients.all()]
        return reminder(self.seen.outside_at, min(began, default=None), self._now())

    @property
    def seen(self) -> Seen:
        """What this computer remembers of the vault."""
        return self._machine.seen(self._store.vault_id) if self._machine is not None else Seen()

    def fits(self, path: Path) -> bool:
        """Say whether a backup opens with the key of the open vault, so that nothing need be asked for.

        BackupOfAnotherVaultError, and what is amiss with the file.
        """
        return backup_keys.fits(self._mine(path), self._store.data_key)

    def trying(self, path: Path, data_key: bytes | None = None) -> Trying:
        """Return the trial of a backup, with the vault's own key or the one given."""
        return Trying(path, data_key if data_key is not None else self._store.data_key)

    def note_tried(self, tried: Tried) -> bool:
        """Remember a trial that went well; say whether the backup holds what the vault holds now."""
        self._keep(self._store.vault_id, tried_at=self._now())
        return self.difference(tried).is_none

    def difference(self, tried: Tried) -> Difference:
        """Return how a backup that was tried differs from the vault as it is now."""
        return compared(holding_of(self._store.contents()), holding_of(tried.contents))

    def restoring(self, path: Path, data_key: bytes | None = None) -> Restoring:
        """Return the restoring of a backup beside the vault, after a backup of the present state.

        Where the key is the vault's own, the restored one opens with the passphrase now in force; with another
        `data_key`, with that of the backup's day.
        """
        mine = data_key is None
        return Restoring(
            path,
            self._store.data_key if data_key is None else data_key,
            swapping.place_for_restored(self._store.folder, self._now().astimezone().date()),
            (key_file_of(self._store) or None) if mine else None,
            self.before_risk(),
        )

    def _own(self) -> BackingUp:
        """Return a backup into the vault's own folder."""
        snapshot = Snapshot(self._store)
        done = False
        try:
            work = BackingUp(snapshot, backup.own_folder(self._store.folder), self._now(), thins=True)
            done = True
        finally:
            if not done:
                snapshot.release()
        return work

    def _mine(self, path: Path) -> BackupFile:
        found = backup_file.read(path)
        if found.vault_id != self._store.vault_id:
            raise BackupOfAnotherVaultError
        return found

    def _keep(self, vault_id: bytes, **values: Any) -> None:
        if self._machine is not None:
            self._machine.change_seen(vault_id, **values)


def put_in_place(folder: Path, restored: Restored, now: Now, machine: Machine | None = None) -> Path:
    """Let a restored vault take the place of a closed one; return where the one before it is kept.

    SwapFailedError where a folder cannot be renamed; both are whole then. What this computer remembers of the vault
    goes back with it, so that its owner is not told of an older copy they have just asked for; that the keys are those
    of then is remembered until they are replaced.
    """
    aside = swapping.swap(folder, restored.folder, now().astimezone().date())
    if machine is not None:
        machine.change_seen(
            restored.vault_id,
            goes_back=True,
            saves=restored.contents.saves,
            saved_at=None,
            older_keys=restored.older_keys,
        )
    return aside


def finish_swap(folder: Path) -> bool:
    """Finish a restore that a power cut stopped between its two renames, before a vault is opened."""
    return swapping.heal(folder)
