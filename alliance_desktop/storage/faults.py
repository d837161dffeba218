"""From a fault of the database to the error to show, without the database's own words: these can carry text."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlcipher3 import dbapi2

from alliance_desktop.domain.errors import (
    DiskFullError,
    KnownError,
    ReadFailedError,
    ReadOnlyError,
    SaveFailedError,
    VaultDamagedError,
    VaultInUseError,
    VaultMovedError,
)

_PERM, _BUSY, _LOCKED, _READONLY, _IOERR, _CORRUPT, _FULL, _CANTOPEN, _NOTADB = 3, 5, 6, 8, 10, 11, 13, 14, 26
_READONLY_DBMOVED = _READONLY | 4 << 8

_KNOWN: dict[int, type[KnownError]] = {
    _PERM: ReadOnlyError,
    _BUSY: VaultInUseError,
    _LOCKED: VaultInUseError,
    _READONLY: ReadOnlyError,
    _IOERR: SaveFailedError,
    _CORRUPT: VaultDamagedError,
    _FULL: DiskFullError,
    _CANTOPEN: SaveFailedError,
    _NOTADB: VaultDamagedError,
}


class StatementError(RuntimeError):
    """A bug: a statement that the database refused. Carries the code's name only."""


def translated(fault: dbapi2.Error, *, writing: bool) -> KnownError | StatementError:
    """Return the error to raise in place of a fault of the database."""
    code = getattr(fault, "sqlite_errorcode", None)
    if code is None:
        return StatementError(type(fault).__name__)
    if code == _READONLY_DBMOVED:
        return VaultMovedError()
    primary = code & 0xFF
    if not writing and primary in {_IOERR, _CANTOPEN}:
        return ReadFailedError()
    kind = _KNOWN.get(primary)
    return kind() if kind else StatementError(str(getattr(fault, "sqlite_errorname", code)))


@contextmanager
def told_plainly(*, writing: bool) -> Iterator[None]:
    """Run database work; its faults leave as errors that carry nothing of what was written, not even as a cause."""
    told: KnownError | StatementError | None = None
    try:
        yield
    except (dbapi2.Error, dbapi2.Warning) as fault:
        told = translated(fault, writing=writing) if isinstance(fault, dbapi2.Error) else StatementError("Warning")
    if told is not None:
        raise told
