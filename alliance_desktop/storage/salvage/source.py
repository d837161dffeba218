"""The files a salvage reads from: plain reads only, of a vault's folder or of a backup, one page at a time."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from alliance_desktop.domain.errors import KnownError, UnreadableError, VaultInUseError
from alliance_desktop.keys import keyfile
from alliance_desktop.keys.derivation import VAULT_ID_BYTES
from alliance_desktop.keys.keyfile import FROM_RECOVERY, Secrets
from alliance_desktop.storage import backup_file, disk, keyfiles, side_file
from alliance_desktop.storage.database import is_open_here, let_go
from alliance_desktop.storage.place import must_be_vault
from alliance_desktop.storage.salvage.pages import Pages
from alliance_desktop.storage.sealed_page import PAGE, is_sealed, seal_key

_FIRST_PAGES = 256


class Side(NamedTuple):
    """What the whole transactions of a side file hold: pages by number, and how many the database has with them."""

    pages: Mapping[int, bytes]
    size: int


class Source:
    """One damaged vault or backup, open for reading. `saves` is the highest count of saves that its backups tell of."""

    def __init__(
        self, path: Path, fd: int, *, count: int, key_files: list[bytes], side: Side | None, saves: int
    ) -> None:
        self.path = path
        self.count = count
        self.key_files = key_files
        self.side = side
        self.saves = saves
        self._fd = fd

    @property
    def folder(self) -> Path:
        """The vault's folder: that of the notes, or the one beside which a backup's own folder lies."""
        of_backup = self.path.suffix == backup_file.SUFFIX and self.path.parent.name == backup_file.FOLDER
        return self.path.parent.parent if of_backup else self.path.parent

    def raw(self, number: int) -> bytes | None:
        """Return the bytes of a page; None beyond the end and where the disk does not give them back."""
        try:
            return disk.read_at(self._fd, PAGE, (number - 1) * PAGE)
        except OSError:
            return None

    def fitting(self, secrets: Secrets) -> Secrets:
        """Return the secrets under the id of this vault, which the head of a damaged file may no longer tell.

        The same recovery key is tried with every id that the files around it name. Returned unchanged where none fits.
        """
        ids = [secrets.vault_id, self._head(), *(one.vault for one in self._read_keys())]
        first = self.side.pages.get(1) if self.side else None
        ids += [first[:VAULT_ID_BYTES]] if first else []
        ids += _ids_of_backups(self.path.parent)
        for vault_id in dict.fromkeys(one for one in ids if len(one) == VAULT_ID_BYTES):
            same = vault_id == secrets.vault_id
            tried = secrets if same else keyfile.secrets_of(secrets.recovery, vault_id, secrets.generation)
            if self._fits(tried):
                return tried
            if not same:
                tried.forget()
        return secrets

    def pages(self, secrets: Secrets, *, with_side: bool) -> Pages:
        """Return the pages that can be read with a key, with those of the side file in their places or without."""
        if with_side and self.side:
            return Pages(self.raw, self.side.size, secrets.data_key, secrets.vault_id, self.side.pages)
        return Pages(self.raw, self.count, secrets.data_key, secrets.vault_id)

    def key_file(self, secrets: Secrets, generation: int) -> bytes:
        """Return the key file of a generation that belongs to a vault; empty where there is none."""
        wanted = secrets.generation if secrets.generation != FROM_RECOVERY else generation
        for data in self.key_files:
            one = keyfile.read(data)
            if one.vault == secrets.vault_id and one.generation == wanted:
                return data
        return b""

    @property
    def newest_generation(self) -> int:
        """The highest generation of the key files; 1 where there is none."""
        return max((one.generation for one in self._read_keys()), default=1)

    def _read_keys(self) -> Iterator[keyfile.KeyFile]:
        return (keyfile.read(one) for one in self.key_files)

    def _head(self) -> bytes:
        return (self.raw(1) or b"")[:VAULT_ID_BYTES]

    def _fits(self, secrets: Secrets) -> bool:
        key = seal_key(secrets.data_key, secrets.vault_id)
        beside = self.side.pages if self.side else {}
        numbers = (*range(1, min(self.count, _FIRST_PAGES) + 1), *range(max(self.count - 8, 1), self.count + 1))
        in_file = any(is_sealed(self.raw(number) or b"", number, key) for number in numbers)
        return in_file or any(is_sealed(page, number, key) for number, page in beside.items())


@contextmanager
def opened(place: Path) -> Iterator[Source]:
    """Open a vault's folder or a backup's file for reading, and close it; nothing is written and no lock is taken.

    VaultInUseError for a vault that this process has open; KnownErrors for what is neither vault nor backup.
    """
    path = place if place.is_file() else must_be_vault(place)
    if is_open_here(path):
        raise VaultInUseError
    try:
        fd = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    except OSError:
        raise UnreadableError from None
    try:
        yield _of_backup(path, fd) if place.is_file() else _of_folder(path, fd)
    finally:
        let_go(fd)


def _of_folder(notes: Path, fd: int) -> Source:
    try:
        keys = [one.data for one in keyfiles.whole_copies(notes.parent)]
    except KnownError:
        keys = []
    kept = [one.saves for one in backup_file.listed(notes.parent / backup_file.FOLDER)]
    side = Side(*side_file.saved_pages(notes))
    count = os.fstat(fd).st_size // PAGE
    return Source(notes, fd, count=count, key_files=keys, side=side if side.pages else None, saves=max(kept, default=0))


def _of_backup(path: Path, fd: int) -> Source:
    """Return a backup, also one whose end is missing: its pages are there all the same."""
    told = backup_file.told_by(path.name)
    size = os.fstat(fd).st_size
    try:
        whole = backup_file.read(path)
        size, keys = whole.pages, [whole.key_data]
    except KnownError:
        keys = []
    keys = [one for one in keys if one]
    return Source(path, fd, count=size // PAGE, key_files=keys, side=None, saves=told[1] if told else 0)


def _ids_of_backups(folder: Path) -> list[bytes]:
    found: list[bytes] = []
    for one in backup_file.listed(folder / backup_file.FOLDER):
        try:
            found.append(backup_file.read(one.path).vault_id)
        except KnownError:
            continue
    return found
