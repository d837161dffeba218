"""A closed copy of a vault's pages, opened for reading alone and checked from end to end."""

from collections.abc import Callable
from pathlib import Path

from alliance_desktop.domain.backup_errors import (
    BackupDamagedError,
    BackupNewerError,
    BackupOfAnotherVaultError,
    BackupPlainError,
)
from alliance_desktop.domain.errors import NewerVersionError, ReadFailedError, VaultDamagedError
from alliance_desktop.domain.watch import Watch
from alliance_desktop.keys.derivation import VAULT_ID_BYTES
from alliance_desktop.storage import schema
from alliance_desktop.storage.contents import Contents
from alliance_desktop.storage.database import Database, open_to_read
from alliance_desktop.storage.faults import StatementError
from alliance_desktop.storage.sealed_page import PAGE, PLAIN_HEAD
from alliance_desktop.storage.seals import Seals
from alliance_desktop.storage.soundness import Amiss, contents_in_order

_DAMAGED = (VaultDamagedError, ReadFailedError, StatementError, ValueError, TypeError)


def examine(path: Path, data_key: bytes, vault_id: bytes, watch: Watch | None = None) -> Contents:
    """Check a file of pages with nothing behind them, and return what it holds. Nothing beside the file is touched.

    Looks at the head, at every page's seal, at the database's own structure and at the digest over every row.
    BackupPlainError, BackupOfAnotherVaultError, BackupNewerError, or BackupDamagedError for anything else amiss.
    """
    watch = watch or Watch()
    _must_be_ours(path, vault_id)
    watch.at(0.05)

    def opened() -> Database:
        return open_to_read(path, data_key, vault_id, schema.SCHEMA_VERSION)

    try:
        database = opened()
        try:
            schema.stand_in(database)
            return _in_order(database, opened, watch, Seals(data_key, vault_id))
        finally:
            database.close()
    except NewerVersionError:
        raise BackupNewerError from None
    except _DAMAGED:
        raise BackupDamagedError from None


def _must_be_ours(path: Path, vault_id: bytes) -> None:
    try:
        with path.open("rb") as file:
            head = file.read(VAULT_ID_BYTES)
        size = path.stat().st_size
    except OSError:
        raise BackupDamagedError from None
    if head == PLAIN_HEAD:
        raise BackupPlainError
    if head != vault_id:
        raise BackupOfAnotherVaultError
    if size % PAGE:
        raise BackupDamagedError


def _in_order(database: Database, again: Callable[[], Database], watch: Watch, seals: Seals) -> Contents:
    found = contents_in_order(database, again, watch.part(0.05, 1.0), seals=seals, words=False)
    if isinstance(found, Amiss):
        raise BackupDamagedError
    return found
