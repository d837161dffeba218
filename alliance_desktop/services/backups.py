"""The backups of an open vault: made by themselves and when asked, tried, compared and restored."""

import datetime
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from alliance_desktop.domain.backup_errors import BackupOfAnotherVaultError
from alliance_desktop.domain.backup_words import Difference, compared, reminder
from alliance_desktop.domain.clock import local
from alliance_desktop.domain.errors import KnownError, ReadOnlyError, VaultDamagedError
from alliance_desktop.services.backup_work import BackingUp, Restored, Restoring, Tried, Trying, holding_of
from alliance_desktop.services.machine import Machine
from alliance_desktop.services.seen import Seen, SeenBackup
from alliance_desktop.services.stamps import Now
from alliance_desktop.storage import backup, backup_file, backup_keys, disks, swapping
from alliance_desktop.storage.backup import Written
from alliance_desktop.storage.backup_file import FOLDER, BackupFile, Listed
from alliance_desktop.storage.disks import Where
from alliance_desktop.storage.snapshot import Snapshot, key_file_of
from alliance_desktop.storage.store import Store

EVERY = datetime.timedelta(minutes=30)
"""A backup that makes itself comes no sooner than this after the one before."""

_ONLY_READ = "This vault is open for reading only, so nothing takes its place."
_ONLY_READ_NEXT = "Close it where else it is open, lock it here and unlock it again; then a backup can be restored."


class Backups:
    """The backups of one open vault, for its own thread; what takes time is handed out as work for any thread."""

    def __init__(
        self,
        store: Store,
        now: Now,
        machine: Machine | None = None,
        where: Callable[[Path, Path], Where] | None = None,
    ) -> None:
        self._store = store
        self._now = now
        self._machine = machine
        self._where = where
        self._newest: SeenBackup | None = None
        self.folder = store.folder / FOLDER

    def listed(self) -> list[Listed]:
        """Return the vault's own backups, the newest first."""
        return backup_file.newest_first(self.folder, self._store.vault_id)

    @property
    def come_by_themselves(self) -> bool:
        """Whether a lock makes backups at all: not of the sample, nor of a vault that is open for reading only."""
        return not (self._store.sample or self._store.read_only)

    @property
    def may_restore(self) -> bool:
        """Whether a backup may take the vault's place; not while it is open for reading only, perhaps elsewhere too."""
        return not self._store.read_only

    @property
    def is_due(self) -> bool:
        """Whether a backup should make itself.

        Something was saved since the last one, half an hour ago or longer; or what opens the vault now does not open
        the last one.
        """
        good = [one for one in self.listed() if one.good]
        if any(self._holds_all(one) for one in good):
            return False
        if not good or not self._opens_now(good[0]):
            return True
        # A clock that was set back must not put the next backup off for ever.
        return abs(self._now() - good[0].made_at) >= EVERY

    def automatic(self) -> BackingUp | None:
        """Return the backup to make at a lock or at the end, or None where none is due or can be made.

        To be asked for while the vault is open. It may be called in any thread, also after the vault was closed,
        and must be called or dropped in the end.
        """
        if not self.come_by_themselves:
            return None
        try:
            return self._own() if self.is_due else None
        except KnownError:
            # A disk that takes no backup must not stand in the way of a lock; the reminder tells of it.
            return None

    def after_key_change(self) -> BackingUp | None:
        """Return the backup to make once the notes are encrypted anew, since those before open with the old keys only.

        None where none can be made; the next lock tries again then.
        """
        return self.automatic()

    def before_risk(self) -> BackingUp | None:
        """Return the backup to make before something risky, or None where one found good holds the present state.

        KnownError where none can be made; then the risk should not be taken.
        """
        if self._store.read_only:
            raise ReadOnlyError(_ONLY_READ, _ONLY_READ_NEXT)
        if any(self._holds_all(one) for one in self.listed() if one.good):
            return None
        return self._own()

    def to_place(self, folder: Path) -> BackingUp:
        """Return the backup to make into any folder, on a stick say; one on another disk is remembered as such."""
        snapshot = Snapshot(self._store)
        now = self._now()
        if self.is_outside(folder):
            return BackingUp(snapshot, folder, now, noted=lambda _done: self._keep(snapshot.vault_id, outside_at=now))
        return BackingUp(snapshot, folder, now)

    def where(self, folder: Path) -> Where:
        """Say where a folder lies, seen from the vault."""
        return (self._where or disks.told)(self._store.folder, folder)

    def is_outside(self, folder: Path) -> bool:
        """Say whether a folder is known to be on another disk or computer than the vault."""
        return self.where(folder) is Where.OUTSIDE

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
        `data_key`, with that of the backup's day. ReadOnlyError where the vault is open for reading only.
        """
        mine = data_key is None
        return Restoring(
            path,
            self._store.data_key if data_key is None else data_key,
            swapping.place_for_restored(self._store.folder, local(self._now()).date()),
            (key_file_of(self._store) or None) if mine else None,
            self.before_risk(),
            self._store.folder,
        )

    def _own(self) -> BackingUp:
        """Return a backup into the vault's own folder."""
        snapshot = Snapshot(self._store)
        done = False
        try:
            folder, noted = backup.own_folder(self._store.folder), partial(self._note_own, snapshot.vault_id)
            work = BackingUp(snapshot, folder, self._now(), thins=True, noted=noted)
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

    def _holds_all(self, one: Listed) -> bool:
        """Say whether a backup is the one last found good, untouched since, and holds all that the vault holds now."""
        kept = self._newest if self._machine is None else self.seen.backup
        if kept is None or kept.name != one.path.name or kept != _as_it_lies(one.path, kept.state):
            return False
        try:
            digest = self._store.digest
        except VaultDamagedError:
            return False
        return bool(kept.state) and kept.state == backup.state_of(
            digest, key_file_of(self._store), self._store.data_key
        )

    def _opens_now(self, one: Listed) -> bool:
        """Say whether the passphrase and the sheet in force open a backup."""
        try:
            found = backup_file.read(one.path)
        except KnownError:
            return False
        return found.key_data == key_file_of(self._store) and backup_keys.fits(found, self._store.data_key)

    def _note_own(self, vault_id: bytes, written: Written) -> None:
        """Remember a backup that was found good; in the thread that wrote it."""
        self._newest = _as_it_lies(written.path, written.state)
        self._keep(vault_id, backup=self._newest)

    def _keep(self, vault_id: bytes, **values: Any) -> None:
        if self._machine is not None:
            self._machine.change_seen(vault_id, **values)


def put_in_place(folder: Path, restored: Restored, now: Now, machine: Machine | None = None) -> Path:
    """Let a restored vault take the place of a closed one; return where the one before it is kept.

    VaultInUseError where any program has the vault open, SwapFailedError where a folder cannot be renamed; what there
    was is whole then. What this computer remembers of the vault goes back with it, so that its owner is not told of
    an older copy they have just asked for; that the keys are those of then is remembered until they are replaced.
    """
    id, done = restored.vault_id, False
    seen = machine.seen(id) if machine is not None else Seen()
    try:
        if machine is not None:
            # Before the swap, since a power cut after it would leave a count that the restored vault cannot have.
            machine.change_seen(id, goes_back=True, saves=restored.contents.saves, saved_at=None)
        aside = swapping.swap(folder, restored.folder, local(now()).date())
        done = True
    finally:
        if machine is not None and not done:
            machine.change_seen(id, saves=seen.saves, saved_at=seen.saved_at)
    if machine is not None:
        machine.change_seen(id, older_keys=restored.older_keys)
    return aside


def finish_swap(folder: Path) -> bool:
    """Finish a restore that a power cut stopped between its two renames, before a vault is opened."""
    return swapping.heal(folder)


def _as_it_lies(path: Path, state: str) -> SeenBackup | None:
    try:
        found = path.lstat()
    except OSError:
        return None
    return SeenBackup(path.name, found.st_size, found.st_mtime_ns, state)
