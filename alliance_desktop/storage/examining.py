"""A closed copy of a vault's pages, opened for reading alone and checked from end to end."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
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
from alliance_desktop.storage.database import Database, say_key
from alliance_desktop.storage.pages import PAGE
from alliance_desktop.storage.pins import BEFORE_KEY

_FIRST_WITH_DIGEST = 2
_PLAIN_HEAD = b"SQLite format 3\0"
_SETTINGS = (
    "PRAGMA query_only=1",
    "PRAGMA temp_store=2",
    "PRAGMA mmap_size=0",
    "PRAGMA trusted_schema=0",
    "PRAGMA cell_size_check=1",
)
_TABLES = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
_NOTES = (
    "SELECT entry.id, entry.touched_at || entry.state || entry.mark || coalesce(entry.finished_at, '') "
    "|| (SELECT count(*) FROM record_addendum WHERE record_addendum.entry = entry.id) "
    "|| (SELECT count(*) FROM private_addendum WHERE private_addendum.entry = entry.id) FROM entry"
)


class Contents(msgspec.Struct, frozen=True):
    """What a vault holds, in ids, days and numbers; no word of it.

    `notes` says of each note, by its id, when it was last written and how it stands; `rows` counts each table.
    """

    saves: int
    key_generation: int
    digest: bytes
    clients: frozenset[int]
    notes: dict[int, str]
    newest_on: datetime.date | None
    rows: dict[str, int]


def contents_of(database: Database) -> Contents:
    """Return what an open database holds; every table is looked at once."""
    meta: dict[str, Any] = dict(database.rows("SELECT name, value FROM meta"))
    newest = database.row("SELECT max(happened_on) FROM entry")
    kept = meta.get("digest")
    return Contents(
        saves=int(meta.get("saves", 0)),
        key_generation=int(meta.get("key_gen", 0)),
        digest=kept if isinstance(kept, bytes) else b"",
        clients=frozenset(row[0] for row in database.rows("SELECT id FROM client")),
        notes=dict(database.rows(_NOTES)),
        newest_on=datetime.date.fromisoformat(newest[0]) if newest and newest[0] else None,
        rows=dict(_counted(database)),
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
    if version >= _FIRST_WITH_DIGEST and digest.recount(Database(connection, path, -1)) != found.digest:
        raise BackupDamagedError
    watch.at(1.0)
    return found


def _counted(database: Database) -> Iterator[tuple[str, int]]:
    for (name,) in database.rows(_TABLES):
        row = database.row(f'SELECT count(*) FROM "{name}"')
        yield name, int(row[0]) if row else 0
