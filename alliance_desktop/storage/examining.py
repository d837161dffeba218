"""A closed copy of a vault's pages, opened for reading alone and checked from end to end."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlcipher3 import dbapi2

from alliance_desktop.domain.backup_errors import (
    BackupDamagedError,
    BackupNewerError,
    BackupOfAnotherVaultError,
    BackupPlainError,
)
from alliance_desktop.domain.watch import Watch
from alliance_desktop.keys.derivation import VAULT_ID_BYTES
from alliance_desktop.storage import digest, schema
from alliance_desktop.storage.contents import Contents, contents_of
from alliance_desktop.storage.database import Database, say_key
from alliance_desktop.storage.pages import PAGE
from alliance_desktop.storage.pins import BEFORE_KEY

_PLAIN_HEAD = b"SQLite format 3\0"
_SETTINGS = (
    "PRAGMA query_only=1",
    "PRAGMA temp_store=2",
    "PRAGMA mmap_size=0",
    "PRAGMA trusted_schema=0",
    "PRAGMA cell_size_check=1",
)


def examine(path: Path, data_key: bytes, vault_id: bytes, watch: Watch | None = None) -> Contents:
    """Check a file of pages with nothing behind them, and return what it holds. Nothing beside the file is touched.

    Looks at the head, at every page's seal, at the database's own structure and at the digest over every row.
    BackupPlainError, BackupOfAnotherVaultError, BackupNewerError, or BackupDamagedError for anything else amiss.
    """
    watch = watch or Watch()
    _must_be_ours(path, vault_id)
    watch.at(0.05)
    try:
        with _opened(path, data_key, vault_id) as connection:
            return _checked(connection, path, watch)
    except (dbapi2.Error, ValueError, TypeError):
        fault = BackupDamagedError()
    # Raised outside the handler, so that the database's own words do not hang on it.
    raise fault


def _must_be_ours(path: Path, vault_id: bytes) -> None:
    try:
        with path.open("rb") as file:
            head = file.read(VAULT_ID_BYTES)
        size = path.stat().st_size
    except OSError:
        raise BackupDamagedError from None
    if head == _PLAIN_HEAD:
        raise BackupPlainError
    if head != vault_id:
        raise BackupOfAnotherVaultError
    if size % PAGE:
        raise BackupDamagedError


@contextmanager
def _opened(path: Path, data_key: bytes, vault_id: bytes) -> Iterator[dbapi2.Connection]:
    # Immutable: nothing is locked, nothing is written, and no side file is made or merged.
    address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    connection = dbapi2.connect(address, timeout=0, isolation_level=None, uri=True, check_same_thread=False)
    try:
        for statement in BEFORE_KEY:
            connection.execute(statement).fetchall()
        say_key(connection.set_key, data_key, vault_id)
        for statement in _SETTINGS:
            connection.execute(statement).fetchall()
        yield connection
    finally:
        connection.close()


def _checked(connection: dbapi2.Connection, path: Path, watch: Watch) -> Contents:
    version = connection.execute("PRAGMA user_version").fetchall()[0][0]
    if version > schema.SCHEMA_VERSION:
        raise BackupNewerError
    if connection.execute("PRAGMA cipher_integrity_check").fetchall():
        raise BackupDamagedError
    watch.at(0.35)
    if connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
        raise BackupDamagedError
    if connection.execute("PRAGMA foreign_key_check").fetchall():
        raise BackupDamagedError
    watch.at(0.65)
    found = contents_of(Database(connection, path, -1))
    watch.at(0.8)
    if version >= digest.FIRST_WITH_DIGEST and digest.recount(Database(connection, path, -1)) != found.digest:
        raise BackupDamagedError
    watch.at(1.0)
    return found
