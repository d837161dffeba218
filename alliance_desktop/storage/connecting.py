"""How a connection to a database is made: its address, what it is told first, and in which memory it works."""

from contextlib import closing, suppress
from functools import cache
from pathlib import Path

from sqlcipher3 import dbapi2

from alliance_desktop.domain.errors import NewerVersionError
from alliance_desktop.storage import lookaside
from alliance_desktop.storage.given_key import give_key
from alliance_desktop.storage.pins import BEFORE_KEY, pin_down

lookaside.make_room()


@cache
def _lock_memory() -> None:
    """Let SQLCipher lock and wipe what it works in, from the first connection of this process on.

    A connection takes its own room before it can be told anything. What is said of the memory holds for the whole
    process; so one without a file is told it, and is thrown away. Where that fails, the pins tell.
    """
    with suppress(dbapi2.Error), closing(dbapi2.connect(":memory:")) as connection:
        for statement in BEFORE_KEY:
            connection.execute(statement).fetchall()


def connected(path: Path, mode: str) -> dbapi2.Connection:
    """Return a connection to a file that exists, in a mode of SQLite's addresses; nothing of it is read yet."""
    _lock_memory()
    # A path could be taken for options, an address not. To prepare a statement costs a millisecond: all are kept.
    address = f"{path.absolute().as_uri()}?mode={mode}"
    return dbapi2.connect(address, timeout=0, isolation_level=None, uri=True, cached_statements=400)


def prepare(
    connection: dbapi2.Connection, data_key: bytes, vault_id: bytes, newest: int, *, reading: bool = False
) -> None:
    """Tell a connection its key, and pin its settings; NewerVersionError where the schema is newer than `newest`."""
    for statement in BEFORE_KEY:
        connection.execute(statement).fetchall()
    give_key(connection, data_key, vault_id)
    connection.execute("PRAGMA locking_mode=EXCLUSIVE").fetchall()
    if connection.execute("PRAGMA user_version").fetchall()[0][0] > newest:
        raise NewerVersionError
    pin_down(connection, reading=reading)


def salt_of(path: Path) -> bytes:
    """Return the first 16 bytes of a database: the vault's id; empty where they cannot be read.

    Asked of SQLite and not read from the file: closing a file of one's own would let go of SQLite's lock on it.
    """
    try:
        connection = connected(path, "ro")
    except dbapi2.Error:
        return b""
    try:
        connection.execute(BEFORE_KEY[0]).fetchall()
        connection.set_key(f"x'{'00' * 32}'")
        return bytes.fromhex(connection.execute("PRAGMA cipher_salt").fetchall()[0][0])
    except (dbapi2.Error, IndexError, ValueError):
        return b""
    finally:
        connection.close()
