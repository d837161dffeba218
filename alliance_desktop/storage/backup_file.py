"""What a backup is as a file: its name, its tail, and the list of those in a folder.

    pages of the database | key file | u32 big-endian length of the key file | MAGIC

The first 16 bytes are the vault's id. Nothing inside a file is ever used as a name or a path.
"""

import datetime
import os
import re
import stat
import struct
from pathlib import Path

import msgspec

from alliance_desktop.domain.backup_errors import (
    BackupCutError,
    BackupEmptyError,
    BackupKeysDamagedError,
    BackupMissingError,
    BackupMixedError,
    BackupNewerError,
    BackupNotAFileError,
    BackupPlainError,
    BackupUnreadableError,
    NotABackupError,
)
from alliance_desktop.domain.errors import KeyFileDamagedError, KnownError, NewerVersionError
from alliance_desktop.keys import keyfile
from alliance_desktop.keys.derivation import VAULT_ID_BYTES
from alliance_desktop.storage.sealed_page import PAGE, PLAIN_HEAD

FOLDER = "backups"
SUFFIX = ".vbak"
PARTIAL = ".partial"
MAGIC = b"RRVBAK\r\n"

_LENGTH = struct.Struct(">I")
_END = _LENGTH.size + len(MAGIC)
_MOST_TAIL = keyfile.LARGEST + _END
_NAME = re.compile(r"(\d{4}-\d\d-\d\dT\d{4})Z-s(\d{6,12})(?:-\d{1,3})?\.vbak", re.ASCII)
_TIME = "%Y-%m-%dT%H%M"


class BackupFile(msgspec.Struct, frozen=True):
    """A backup whose tail is in order: how many bytes of pages it holds, and its key file.

    `key_data` is empty where there was no key file or it is damaged; the recovery key may open the notes all the same.
    """

    path: Path
    vault_id: bytes
    pages: int
    key_data: bytes

    @property
    def keyfile(self) -> keyfile.KeyFile:
        """What the key file says; BackupKeysDamagedError."""
        if not self.key_data:
            raise BackupKeysDamagedError
        return keyfile.read(self.key_data)


class Listed(msgspec.Struct, frozen=True):
    """One backup of a list, told from its name, its size and its tail; `trouble` is None where that is in order."""

    path: Path
    made_at: datetime.datetime
    saves: int
    size: int
    trouble: KnownError | None = None

    @property
    def good(self) -> bool:
        """Whether the file is whole, as far as can be told without its key."""
        return self.trouble is None


def name_of(made_at: datetime.datetime, saves: int, again: int = 0) -> str:
    """Return the name of a backup made at a time (in any zone); `again` tells apart those of one minute."""
    at = made_at.astimezone(datetime.UTC)
    return f"{at.year:04d}{at:-%m-%dT%H%M}Z-s{saves:06d}{f'-{again + 1}' if again else ''}{SUFFIX}"


def told_by(name: str) -> tuple[datetime.datetime, int] | None:
    """Return when a backup of this name was made (UTC) and the vault's count of saves then; None for another name."""
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    try:
        return datetime.datetime.strptime(found[1], _TIME).replace(tzinfo=datetime.UTC), int(found[2])
    except ValueError:
        return None


def tail_of(key_data: bytes) -> bytes:
    """Return what is put behind the pages."""
    return key_data + _LENGTH.pack(len(key_data)) + MAGIC


def read(path: Path) -> BackupFile:
    """Return a backup of which the head and the tail were looked at; the pages are not.

    A KnownError for anything that is not a whole backup. Reads a few kilobytes, whatever the size of the file.
    """
    fd = _opened(path)
    try:
        with os.fdopen(fd, "rb", buffering=0) as file:
            size = os.fstat(file.fileno()).st_size
            head = file.read(VAULT_ID_BYTES)
            file.seek(max(0, size - _MOST_TAIL))
            tail = file.read(_MOST_TAIL)
    except OSError:
        raise BackupUnreadableError from None
    return _understood(path, size, head, tail)


def listed(folder: Path, vault_id: bytes = b"") -> list[Listed]:
    """Return the backups in a folder, in the order they were made; those of other vaults are left out.

    Files of other names are passed over; a folder that is not there or cannot be read holds none.
    """
    try:
        names = sorted(one.name for one in os.scandir(folder))
    except OSError:
        return []
    found = [_listed(folder / name) for name in names if told_by(name) is not None]
    mine = [one for one, id in found if not vault_id or id in {b"", vault_id}]
    return sorted(mine, key=lambda one: (one.saves, one.made_at, one.path.name))


def newest_first(folder: Path, vault_id: bytes = b"") -> list[Listed]:
    """Return the backups in a folder, the newest first, as `listed` does else."""
    return sorted(listed(folder, vault_id), key=lambda one: (one.made_at, one.saves), reverse=True)


def _listed(path: Path) -> tuple[Listed, bytes]:
    made_at, saves = told_by(path.name) or (datetime.datetime.min.replace(tzinfo=datetime.UTC), 0)
    trouble: KnownError | None = None
    vault_id = b""
    try:
        vault_id = read(path).vault_id
    except KnownError as fault:
        trouble = fault
    try:
        size = path.lstat().st_size
    except OSError:
        size = 0
    return Listed(path, made_at, saves, size, trouble), vault_id


def _opened(path: Path) -> int:
    """Return a descriptor of a plain file, never of a link, and without waiting at a pipe."""
    try:
        found = path.lstat()
        if not stat.S_ISREG(found.st_mode):
            raise BackupNotAFileError
        flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
        return os.open(path, flags)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        raise BackupMissingError from None
    except OSError:
        raise BackupUnreadableError from None


def _understood(path: Path, size: int, head: bytes, tail: bytes) -> BackupFile:
    if size == 0:
        raise BackupEmptyError
    if head == PLAIN_HEAD:
        raise BackupPlainError
    if not tail.endswith(MAGIC):
        raise BackupCutError if path.suffix == SUFFIX and size > PAGE else NotABackupError
    length = _LENGTH.unpack_from(tail.rjust(_END, b"\0"), max(len(tail), _END) - _END)[0]
    pages = size - _END - length
    if length > keyfile.LARGEST or pages <= 0 or pages % PAGE:
        raise BackupCutError
    key_data = tail[len(tail) - _END - length : len(tail) - _END]
    try:
        of = keyfile.read(key_data).vault
    except NewerVersionError:
        raise BackupNewerError from None
    except KeyFileDamagedError:
        return BackupFile(path, head, pages, b"")
    if of != head:
        raise BackupMixedError
    return BackupFile(path, head, pages, key_data)
