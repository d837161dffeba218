"""The slow work on backups, each piece ready for any thread: it has its own copy of the key and wipes it at the end."""

import datetime
from collections.abc import Callable
from pathlib import Path

import msgspec

from alliance_desktop.domain.backup_words import Holding
from alliance_desktop.domain.thinning import Made, kept
from alliance_desktop.domain.watch import Watch
from alliance_desktop.keys.memory import wipe
from alliance_desktop.storage import backup, backup_file, disk, restoring, swapping
from alliance_desktop.storage.backup import Written
from alliance_desktop.storage.contents import Contents
from alliance_desktop.storage.snapshot import Snapshot, WriteAt


class Restored(msgspec.Struct, frozen=True):
    """A backup restored as a vault of its own: where it is, and what it holds.

    `older_keys` says that it opens with a passphrase or a sheet that was replaced since.
    """

    folder: Path
    vault_id: bytes
    contents: Contents
    older_keys: bool = False


class Tried(msgspec.Struct, frozen=True):
    """A backup that was restored on trial and found whole; nothing of the trial is left."""

    path: Path
    contents: Contents


class BackingUp:
    """Writes one backup when called, once.

    After a good one `noted` is told in the same thread, and, where `thins` says so, only the backups to keep stay.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        folder: Path,
        made_at: datetime.datetime,
        *,
        thins: bool = False,
        noted: Callable[[Written], object] = lambda _written: None,
        write_at: WriteAt = disk.write_at,
    ) -> None:
        self._snapshot = snapshot
        self._folder = folder
        self._thins = thins
        self._noted = noted
        self._write_at = write_at
        self.made_at = made_at

    def __call__(self, watch: Watch | None = None) -> Written:
        """Write the backup; a KnownError says why there is none, and those before it are untouched."""
        try:
            done = backup.write(self._snapshot, self._folder, self.made_at, watch, write_at=self._write_at)
            if self._thins:
                thin(self._folder, self._snapshot.vault_id, self.made_at)
            self._noted(done)
        finally:
            self.drop()
        return done

    def drop(self) -> None:
        """Let go of the vault's pages and the key without writing anything; a second call does nothing."""
        self._snapshot.release()


class Trying:
    """Restores a backup into a private folder when called, looks at every row, and takes the folder away."""

    def __init__(self, path: Path, data_key: bytes) -> None:
        self._path = path
        self._key = bytes(bytearray(data_key))

    def __call__(self, watch: Watch | None = None) -> Tried:
        """Try the backup; a KnownError says what is amiss with it, or that there is no room for the trial."""
        try:
            with restoring.on_trial(self._path, self._key, watch) as contents:
                return Tried(self._path, contents)
        finally:
            wipe(self._key)


class Restoring:
    """Restores a backup into a new folder when called; `first`, a backup of the present vault, is made before.

    `beside` is the vault whose place it is to take.
    """

    def __init__(
        self,
        path: Path,
        data_key: bytes,
        folder: Path,
        key_data: bytes | None = None,
        first: BackingUp | None = None,
        beside: Path | None = None,
    ) -> None:
        self._path, self._folder, self._key_data, self._first = path, folder, key_data, first
        self._beside = beside
        self._key = bytes(bytearray(data_key))

    def __call__(self, watch: Watch | None = None) -> Restored:
        """Restore; a KnownError says why not, and then nothing new is left behind but the backup made first."""
        watch = watch or Watch()
        try:
            if self._first is not None:
                self._first(watch.part(0.0, 0.4))
                watch = watch.part(0.4, 1.0)
            contents = restoring.restore(self._path, self._key, self._folder, watch, self._key_data, self._record)
            return Restored(self._folder, backup_file.read(self._path).vault_id, contents)
        finally:
            if self._first is not None:
                self._first.drop()
            wipe(self._key)

    def _record(self, made: Path) -> None:
        if self._beside is not None:
            swapping.note_restored(self._beside, self._folder, made)


def thin(folder: Path, vault_id: bytes, now: datetime.datetime) -> None:
    """Take away the backups of this vault in its own folder that need not be kept any more."""
    all_of_them = backup_file.listed(folder, vault_id)
    stay = kept([Made(one.made_at, one.good) for one in all_of_them], now)
    for at, one in enumerate(all_of_them):
        if at not in stay:
            backup.remove(one, vault_id)


def holding_of(contents: Contents) -> Holding:
    """Return the clients and notes of a vault or a backup."""
    return Holding(contents.clients, contents.notes, contents.newest_on)
