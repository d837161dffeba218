"""From a fault of the database to the error to show, without the database's own words: these can carry text."""

from collections.abc import Callable
from typing import TypeVar

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

T = TypeVar("T")

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


# A text that goes on in a page of another time; only what was whole text is ever stored.
_NOT_TEXT = "Could not decode to UTF-8"


class StatementError(RuntimeError):
    """A bug: a statement that the database refused. Carries the code's name only."""


def translated(fault: dbapi2.Error, *, writing: bool) -> KnownError | StatementError:
    """Return the error to raise in place of a fault of the database."""
    code = getattr(fault, "sqlite_errorcode", None)
    if code is None and str(fault).startswith(_NOT_TEXT):
        return VaultDamagedError()
    if code is None:
        return StatementError(type(fault).__name__)
    if code == _READONLY_DBMOVED:
        return VaultMovedError()
    primary = code & 0xFF
    if not writing and primary in {_IOERR, _CANTOPEN}:
        return ReadFailedError()
    kind = _KNOWN.get(primary)
    return kind() if kind else StatementError(str(getattr(fault, "sqlite_errorname", code)))


def plainly(work: Callable[[], T], *, writing: bool) -> T:
    """Return what database work answers; its faults leave as errors that carry nothing of what was written.

    The error is raised after the handler and not in it, so that the database's own words do not hang on it as its
    context, where a report could find them.
    """
    try:
        return work()
    except dbapi2.Error as fault:
        told = translated(fault, writing=writing)
    raise told
