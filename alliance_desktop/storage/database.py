"""One encrypted database: opened with its key, its settings pinned, written in transactions that end on disk."""

import os
import re
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from alliance_desktop.domain.errors import (
    DiskFullError,
    KnownError,
    ReadOnlyError,
    SaveFailedError,
    SaveWaitingError,
    VaultMovedError,
)
from alliance_desktop.domain.key_errors import NotReencryptedError
from alliance_desktop.storage import connecting, disk, pages
from alliance_desktop.storage.faults import StatementError, plainly
from alliance_desktop.storage.first_write import FirstWrite
from alliance_desktop.storage.given_key import say_key
from alliance_desktop.storage.tally import Recent, Tally

Row = tuple[Any, ...]

SALT_BYTES = 16

Identity = tuple[int, int]

# A lock on a file belongs to the whole process, and any closing of the file lets go of it.
_open_here: Counter[Identity | None] = Counter()
_left_open: dict[Identity | None, list[int]] = {}
_files = threading.RLock()

_NO_READER = -1
_ASKS = re.compile(r"\s*(SELECT|PRAGMA|EXPLAIN|WITH(?!.*\b(INTO|UPDATE|DELETE)\b))\b", re.IGNORECASE | re.DOTALL)
_OF_CONNECTION = re.compile(r"CREATE TEMP |DROP TRIGGER (IF EXISTS )?temp\.")
_WITHOUT_LOCKS = "unix-none" if os.name == "posix" else "win32-none"


class Database:
    """One connection. Its errors are KnownErrors, or StatementError for a bug; neither carries stored text.

    `first_write` holds what it is told before a write, `recent` whose rows it wrote; `reader` is for `os.pread` in any
    thread. `writes` is odd while the file may be changing: a copy of the pages is exact when it was even, and the same.
    """

    def __init__(self, connection: dbapi2.Connection, path: Path, reader: int) -> None:
        self._connection = connection
        self._path = path
        self.reader = reader
        self.writes = 0
        self.identity = _identity(path)
        self.read_only = False
        self.first_write = FirstWrite(self.prepare)
        self.recent = Recent()
        self._writing = False
        self._waiting = False
        self._spoiled = False
        self._tally: Tally | None = None

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[Row]:
        """Return all rows of a question; RuntimeError for a write, which would go past those who follow it.

        SaveFailedError in a transaction that SQLite has ended by itself.
        """
        if not _ASKS.match(sql):
            raise RuntimeError("not a question")
        if self._spoiled:
            raise NotReencryptedError
        self._heed_the_end()
        return plainly(lambda: self._connection.execute(sql, values).fetchall(), writing=self._writing)

    def row(self, sql: str, values: Sequence[Any] = ()) -> Row | None:
        """Return the first row of a question, or None."""
        return next(iter(self.rows(sql, values)), None)

    def is_silent_until(self, table: str, sql: str) -> bool:
        """Say whether a question gives no row before it begins to read a table; False where it never reads it."""
        reached: list[str] = []

        def allowed(act: int, name: str, *_more: str | None) -> int:
            reached.extend([name] if act == dbapi2.SQLITE_READ and name == table else [])
            return dbapi2.SQLITE_DENY if reached else dbapi2.SQLITE_OK

        self._connection.set_authorizer(allowed)
        try:
            plainly(lambda: self._connection.execute(sql).close(), writing=False)
            return False
        except (KnownError, StatementError):
            if not reached:
                raise
            return True
        finally:
            self._connection.set_authorizer(None)

    def run(self, sql: str, values: Sequence[Any] = ()) -> None:
        """Write; RuntimeError outside a transaction, SaveFailedError in one that SQLite has ended by itself."""
        self._ask_to_write()
        put = self._tally.alone(sql) if self._tally else None
        with self._counted():
            rowid = plainly(lambda: self._ended(sql, values), writing=True)
            if self._tally and put:
                self._tally.put(put, values, rowid)

    def put_untold(self, table: str, rows: Sequence[Sequence[Any]]) -> None:
        """Put whole rows into a table, for one who counts them and took its trigger away; raises what `run` does."""
        self._ask_to_write()
        sql = f"INSERT INTO main.{table} VALUES ({', '.join('?' * len(rows[0]))})"
        with self._counted():
            plainly(lambda: self._connection.executemany(sql, rows), writing=True)

    @property
    def writing(self) -> bool:
        """Whether a transaction is open."""
        return self._writing

    def prepare(self, sql: str, values: Sequence[Any] = ()) -> None:
        """Run a statement that concerns this connection only, such as one of a temporary trigger; else RuntimeError.

        Any statement where the file was opened for reading only: it can concern nothing else.
        """
        if not (self.read_only or _OF_CONNECTION.match(sql)):
            raise RuntimeError("a statement that is not of the connection only")
        self._heed_the_end()
        self._execute(sql, values)

    def define(self, name: str, function: Callable[..., Any]) -> None:
        """Let statements of this connection call a function, with any number of values."""
        plainly(lambda: self._connection.create_function(name, -1, function), writing=True)

    def follow(self, tally: Tally) -> None:
        """Let every later transaction be counted along."""
        self._tally = tally

    @contextmanager
    def transaction(self, *, counted: bool = True) -> Iterator[None]:
        """Write all of the block or nothing; when it ends without an error it is on disk, and one save is counted.

        Not `counted` for what only follows from other rows. RuntimeError inside another transaction; DiskFullError,
        SaveFailedError or ReadOnlyError when nothing was written; SaveWaitingError when all of it was, and only
        `settle` remains. Errors of the block itself pass unchanged, and nothing is written.
        """
        if self._writing:
            raise RuntimeError("a transaction is already open")
        if self.read_only:
            raise ReadOnlyError
        if self._spoiled:
            raise SaveFailedError
        self.first_write.make_ready()
        self._settle_what_waits()
        with self._changing():
            self._execute("BEGIN IMMEDIATE")
            self._writing = True
            if self._tally:
                self._tally.begin()
            done = False
            try:
                yield
                self._commit(counted=counted)
                done = True
            finally:
                if not done:
                    self._roll_back()
                self._writing = False
            self.settle()

    def settle(self) -> None:
        """Bring what is committed from the side file into the database file; SaveWaitingError while there is no room.

        Until then a copy of the database file alone would miss the last save.
        """
        if self.read_only:
            return
        self._waiting = True
        with self._changing():
            try:
                self._waiting = bool(self._execute("PRAGMA wal_checkpoint(TRUNCATE)")[0][0])
            except (DiskFullError, SaveFailedError):
                self._waiting = True
        if self._waiting:
            raise SaveWaitingError

    def rewrite(self) -> None:
        """Write every page anew, so that nothing that was removed stays in the unused parts of pages.

        SQLite overwrites what it deletes, but not the copies of a row in pages that it once moved the row out of.
        Faults of the disk and VaultMovedError; then the rows are as they were, and so are the pages.
        """
        if self._writing:
            raise RuntimeError("a transaction is open")
        if self.read_only:
            raise ReadOnlyError
        if self._spoiled:
            raise SaveFailedError
        self._settle_what_waits()
        if _identity(self._path) != self.identity:
            raise VaultMovedError
        with self._changing():
            self._execute("VACUUM")
            self.settle()

    def encrypt_anew(self, data_key: bytes, vault_id: bytes) -> None:
        """Encrypt every page with another key; when it returns, this is the key of the file, and the old one is none.

        The thread stands still meanwhile. NotReencryptedError where the disk refused: the old key holds, and since
        SQLCipher would write with the new one from then on, this connection neither writes nor reads any more.
        Faults of the disk and VaultMovedError before anything was begun.
        """
        if self._writing:
            raise RuntimeError("a transaction is open")
        if self.read_only:
            raise ReadOnlyError
        self._settle_what_waits()
        if _identity(self._path) != self.identity:
            raise VaultMovedError
        with self._changing():
            with suppress(dbapi2.Error):
                say_key(self._connection.reset_key, data_key, vault_id)
            # A side file that finds no room yet is merged before the next save.
            with suppress(KnownError):
                self.settle()
            # WORKAROUND sqlcipher3 0.6: after some faults of the disk it returns as if all had gone well.
            self._spoiled = not pages.first_page_fits(self._path, self.reader, data_key, vault_id)
        if self._spoiled:
            raise NotReencryptedError

    def break_off(self) -> None:
        """Let what another thread asks just now end in an error."""
        with suppress(dbapi2.Error):
            self._connection.interrupt()

    def close(self) -> None:
        """Let the file go; a second call does nothing."""
        self.writes |= 1
        with _files:
            plainly(self._connection.close, writing=True)
            _open_here[self.identity] -= self.reader != _NO_READER
            # Last, because the closing of any descriptor of the file lets go of SQLite's lock.
            reader, self.reader = self.reader, _NO_READER
            for fd in (*_left_open.pop(self.identity, ()), *((reader,) if reader != _NO_READER else ())):
                os.close(fd)

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """Let `writes` be odd during a change; what is left unsettled at its end stays odd until it is settled."""
        self.writes += 1 - self.writes % 2
        try:
            yield
        finally:
            if not (self._writing or self._waiting):
                self.writes += self.writes % 2

    @contextmanager
    def _counted(self) -> Iterator[None]:
        done = False
        try:
            yield
            done = True
        finally:
            if self._tally and not done:
                self._tally.doubt()

    def _ask_to_write(self) -> None:
        if not self._writing:
            raise RuntimeError("a write needs a transaction")
        self._heed_the_end()

    def _heed_the_end(self) -> None:
        # After some faults, as of a full disk, SQLite ends a transaction by itself. A block that swallowed one must not
        # pass for saved; and what it wrote from then on would be on disk at once, each statement by itself, uncounted.
        if self._writing and not self._connection.in_transaction:
            raise SaveFailedError

    def _ended(self, sql: str, values: Sequence[Any]) -> int:
        cursor = self._connection.execute(sql, values)
        cursor.fetchall()
        return int(cursor.lastrowid or 0)

    def _execute(self, sql: str, values: Sequence[Any] = ()) -> list[Row]:
        return plainly(lambda: self._connection.execute(sql, values).fetchall(), writing=True)

    def _commit(self, *, counted: bool) -> None:
        self._heed_the_end()
        if _identity(self._path) != self.identity:
            # SQLite would go on writing into a file that nobody finds again.
            raise VaultMovedError
        if self._tally:
            self._tally.keep(counted=counted)
        elif counted:
            self._execute("UPDATE meta SET value = value + 1 WHERE name = 'saves'")
        self._execute("COMMIT")

    def _roll_back(self) -> None:
        if self._connection.in_transaction:
            self._execute("ROLLBACK")

    def _settle_what_waits(self) -> None:
        if not self._waiting:
            return
        with suppress(SaveWaitingError):
            self.settle()
        # For the new write the truth is simpler: nothing of it was written.
        if self._waiting:
            raise DiskFullError


def open_database(path: Path, data_key: bytes, vault_id: bytes, newest: int) -> Database:
    """Open a database that exists (an empty file becomes a new one) and pin its settings.

    Raises VaultDamagedError where the key does not fit, VaultInUseError, ReadOnlyError, UnsafeSettingError,
    and NewerVersionError where the schema is newer than `newest`, before anything is changed.
    """
    with ExitStack() as undoing, _files:
        # First, so that it is closed last: the closing of any descriptor of the file lets go of SQLite's lock.
        reader = _reader(path)
        undoing.callback(os.close, reader)
        connection = plainly(lambda: connecting.connected(path, "rw"), writing=True)
        undoing.callback(connection.close)
        plainly(lambda: connecting.prepare(connection, data_key, vault_id, newest), writing=True)
        undoing.pop_all()
        database = Database(connection, path, reader)
        _open_here[database.identity] += 1
    return database


def open_to_read(path: Path, data_key: bytes, vault_id: bytes, newest: int, *, beside: bool = False) -> Database:
    """Open a database for reading only: nothing of it and nothing beside it is changed, locked or merged.

    With `beside`, it is read as it will be once its side file is merged; else as the file is by itself.
    Not where this process has the file open. Raises what `open_database` raises, but VaultInUseError.
    """
    # To read the side file SQLite wants a lock that a file opened for reading cannot have; so it is asked for none.
    options = f"ro&vfs={_WITHOUT_LOCKS}" if beside else "ro&immutable=1"
    with ExitStack() as undoing, _files:
        reader = _reader(path)
        undoing.callback(os.close, reader)
        connection = plainly(lambda: connecting.connected(path, options), writing=False)
        undoing.callback(connection.close)
        plainly(lambda: connecting.prepare(connection, data_key, vault_id, newest, reading=True), writing=False)
        undoing.pop_all()
        database = Database(connection, path, reader)
        database.read_only = True
        _open_here[database.identity] += 1
    return database


def is_open_here(path: Path) -> bool:
    """Say whether this process has the database open; then no other code may open and close the file."""
    return _open_here[_identity(path)] > 0


def let_go(fd: int) -> None:
    """Close a descriptor of a database file from any thread; where this process has it open, when that is closed."""
    with _files:
        found = os.fstat(fd)
        identity = (found.st_dev, found.st_ino)
        if _open_here[identity] > 0:
            _left_open.setdefault(identity, []).append(fd)
        else:
            os.close(fd)


def _identity(path: Path) -> Identity | None:
    """Return what tells a file from another at the same place; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _reader(path: Path) -> int:
    try:
        return os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    except OSError as fault:
        raise disk.known(fault) from None
