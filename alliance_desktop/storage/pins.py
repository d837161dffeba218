"""The settings that keep notes safe, each set and then asked for: with one amiss the vault is not opened."""

from collections.abc import Callable
from typing import Any

import msgspec
from sqlcipher3 import dbapi2

from alliance_desktop.domain.errors import UnsafeSettingError


class Pin(msgspec.Struct, frozen=True):
    """One setting: the statement that makes it so, the question, and whether the answer will do."""

    name: str
    setting: str
    question: str
    holds: Callable[[Any], bool]
    writing_only: bool = False
    """Whether it has no meaning for a file that is opened for reading only."""


REFUSED = object()
"""The answer to a question that the database refuses."""


def _is(wanted: object) -> Callable[[Any], bool]:
    return lambda answer: str(answer).lower() == str(wanted).lower()


def _at_least(*wanted: int) -> Callable[[Any], bool]:
    return lambda answer: tuple(int(one) for one in str(answer).split()[0].split(".")) >= wanted


def _refused(answer: object) -> bool:
    return answer is REFUSED


def _pragma(name: str, wanted: object, *, fixed: bool = False) -> Pin:
    setting = "" if fixed else f"PRAGMA {name}={wanted}"
    return Pin(name, setting, f"PRAGMA {name}", _is(wanted))


BEFORE_KEY = ("PRAGMA cipher_log_level=NONE", "PRAGMA cipher_memory_security=ON")
"""Said before the key: SQLCipher writes nothing to stderr, and wipes and locks its memory."""

PINS: tuple[Pin, ...] = (
    Pin("cipher_version", "", "PRAGMA cipher_version", _at_least(4, 19)),
    # Before 3.51.3 two connections could, rarely, damage a database in WAL mode.
    Pin("sqlite_version", "", "SELECT sqlite_version()", _at_least(3, 51, 3)),
    _pragma("cipher_log_level", "NONE", fixed=True),
    _pragma("cipher_memory_security", 1, fixed=True),
    _pragma("cipher_page_size", 4096, fixed=True),
    _pragma("cipher_use_hmac", 1, fixed=True),
    _pragma("cipher_hmac_algorithm", "HMAC_SHA512", fixed=True),
    _pragma("cipher_plaintext_header_size", 0, fixed=True),
    # Exclusive first: the side file in shared memory is then never made.
    _pragma("locking_mode", "exclusive"),
    msgspec.structs.replace(_pragma("journal_mode", "wal"), writing_only=True),
    _pragma("synchronous", 2),
    _pragma("temp_store", 2),
    _pragma("auto_vacuum", 0, fixed=True),
    _pragma("mmap_size", 0),
    _pragma("foreign_keys", 1),
    _pragma("secure_delete", 1),
    _pragma("trusted_schema", 0),
    _pragma("cell_size_check", 1),
    # Without it a row that replaces another goes uncounted from the digest.
    _pragma("recursive_triggers", 1),
    _pragma("busy_timeout", 0),
    Pin("load_extension", "", "SELECT load_extension(NULL)", _refused),
)


def pin_down(connection: dbapi2.Connection, *, reading: bool = False) -> None:
    """Make every setting as it must be and ask for each; UnsafeSettingError names one that is not."""
    pins = [one for one in PINS if not (reading and one.writing_only)]
    for pin in pins:
        if pin.setting:
            connection.execute(pin.setting).fetchall()
    for pin in pins:
        if not pin.holds(_answer(connection, pin)):
            raise UnsafeSettingError(pin.name)


def _answer(connection: dbapi2.Connection, pin: Pin) -> object:
    if pin.holds is not _refused:
        row = connection.execute(pin.question).fetchone()
        return row[0] if row else None
    try:
        connection.execute(pin.question).fetchall()
    except dbapi2.OperationalError:
        return REFUSED
    return None
