"""The pages of a vault, copied in any thread while it is open, and exact although it may be written meanwhile."""

import hashlib
import os
from collections.abc import Callable

from alliance_desktop.domain.backup_errors import BackupRefusedError
from alliance_desktop.domain.errors import KnownError
from alliance_desktop.domain.watch import Watch
from alliance_desktop.keys.memory import wipe
from alliance_desktop.storage import disk, keyfiles
from alliance_desktop.storage.database import let_go
from alliance_desktop.storage.sealed_page import PAGE
from alliance_desktop.storage.store import Store

_CHUNK = 64 * PAGE
_MOST_PASSES = 60
_SYNCED_EVERY = 64

WriteAt = Callable[[int, bytes, int], None]
"""Writes bytes into a descriptor at a place; OSError."""

_Mark = tuple[int, int, int]


class Snapshot:
    """What a worker needs to copy a vault: made in the thread of its store, used once in any thread, then released.

    It stays good after the store is closed. `saves` is the vault's count of saves when it was made; the copy may
    hold later ones. `data_key` is a copy of its own, which `release` wipes.
    """

    def __init__(self, store: Store) -> None:
        store.settle()
        self.vault_id = bytes(bytearray(store.vault_id))
        self.data_key = bytes(bytearray(store.data_key))
        self.saves = store.saves
        self.key_data = key_file_of(store)
        self._writes: Callable[[], int] = lambda: store.writes if store.reader >= 0 else 0
        # Of its own, because the store closes its descriptor at a lock, also in the middle of a copy.
        self._fd = os.dup(store.reader)

    @property
    def size(self) -> int:
        """How many bytes the pages are just now."""
        return os.fstat(self._fd).st_size

    def release(self) -> None:
        """Let the file go and wipe the key; a second call does nothing."""
        fd, self._fd = self._fd, -1
        if fd >= 0:
            let_go(fd)
            wipe(self.data_key)

    def copy(self, into: int, watch: Watch, write_at: WriteAt) -> int:
        """Write the pages into a descriptor and return how many bytes they are; OSError of the disk written to.

        What a save changed during a pass is written in the next one, until nothing was saved meanwhile. The bytes
        are on the disk itself when this returns.
        """
        sums: list[bytes] = []
        for number in range(_MOST_PASSES):
            before = self._mark()
            size = self._pass(into, sums, watch if number == 0 else watch.silent(), write_at)
            if before is not None and before == self._mark() and size % PAGE == 0:
                os.ftruncate(into, size)
                disk.sync_file(into)
                return size
        raise BackupRefusedError

    def _pass(self, into: int, sums: list[bytes], watch: Watch, write_at: WriteAt) -> int:
        at = size = 0
        while True:
            chunk = disk.read_at(self._fd, _CHUNK, at)
            number = at // _CHUNK
            if not chunk:
                return at
            size = max(self.size, at + len(chunk))
            known = hashlib.blake2b(chunk, digest_size=16).digest()
            if sums[number : number + 1] != [known]:
                write_at(into, chunk, at)
                sums[number:] = [known] if number == len(sums) else [known, *sums[number + 1 :]]
                if number % _SYNCED_EVERY == _SYNCED_EVERY - 1:
                    # Told and stopped by what the disk has taken, not by what waits in memory for a slow stick.
                    disk.sync_file(into)
            at += len(chunk)
            watch.at(at / size)

    def _mark(self) -> _Mark | None:
        """Return what changes with every write of the file; None while one is going on."""
        writes = self._writes()
        found = os.fstat(self._fd)
        return None if writes % 2 else (writes, found.st_mtime_ns, found.st_size)


def key_file_of(store: Store) -> bytes:
    """Return the key file of the passphrase in force; empty where there is none, and the paper still opens a copy."""
    try:
        copies = keyfiles.whole_copies(store.folder)
    except KnownError:
        return b""
    wanted = (store.vault_id, store.key_generation)
    return next((one.data for one in copies if (one.keyfile.vault, one.keyfile.generation) == wanted), b"")
