"""The content digest: one number that stands for every row of a vault, kept up to date row by row.

A row is written as its table's name and its values in the order of the columns, each as one letter for its kind
(N nothing, I whole number, R real, T text, B bytes), eight bytes big-endian for its length, and itself: a whole
number in decimal digits, a real as eight bytes IEEE 754 big-endian, a text as UTF-8. The row's digest is BLAKE2b of
that, 32 bytes; the vault's digest is the sum of all rows' digests modulo 2 to the 256th, kept big-endian in `meta`
under `digest`. Three rows do not count: `digest` itself, `saves`, which has a rule of its own, and `kept`, the sum of
what is kept for the rules; nor do the tables whose names begin with `search_` or `kept_`, because all they say follows
from the others.

SQLCipher seals each page but cannot tell an old copy of a page from the present one; this sum can.
"""

import hashlib
import struct
from collections.abc import Generator, Iterable, Mapping, Sequence
from itertools import repeat
from typing import Protocol, cast

from alliance_desktop.domain.errors import VaultDamagedError
from alliance_desktop.storage.database import Database

Value = None | int | float | str | bytes
Columns = Mapping[str, Sequence[Value]]
"""Some rows of a table, as the values of each column by its name."""

FIRST_WITH_DIGEST = 2
"""The version of the schema that began to keep a digest."""
UNCOUNTED = ("digest", "saves", "kept")
"""The rows of `meta` that are left out of the sum."""

_DERIVED = ("search_", "kept_")
"""How the names of tables begin that follow from the others."""

_BYTES = 32
_ROUND = 1 << (8 * _BYTES)
_ROWS_A_STEP, _ROWS_AT_ONCE = 160, 500
"""What is read in one step of a few milliseconds, and where nobody waits for a step."""
_KEPT = "SELECT value FROM meta WHERE name = 'digest'"

_LENGTH = struct.Struct(">Q").pack
_REAL = struct.Struct(">d").pack
_SHORT = 256
_TEXTS = [b"T" + _LENGTH(length) for length in range(_SHORT)]
_WHOLES = [b"I" + _LENGTH(length) for length in range(_SHORT)]
_NOTHING = b"N" + _LENGTH(0)
_PLAIN = frozenset({int, str, type(None)})
"""Kinds of which no value equals one of another kind."""
_TRIED = 64
"""By so many values of a column it is told whether they repeat themselves."""


class Along(Protocol):
    """Who goes along where every row is read."""

    def begin(self) -> None:
        """Forget what was seen: it is read from the beginning."""

    def saw(self, table: str, columns: Columns) -> None:
        """Take note of some rows of a table."""


def row_digest(table: str, values: tuple[Value, ...]) -> bytes:
    """Return the 32 bytes that stand for one row."""
    # Twenty values for each note of a career: nothing is called that can be done in place.
    parts = [_written(table)]
    for value in values:
        if value is None:
            parts.append(_NOTHING)
        elif type(value) is str and len(data := value.encode()) < _SHORT:
            parts += _TEXTS[len(data)], data
        elif type(value) is int:
            data = b"%d" % value
            parts += _WHOLES[len(data)], data
        else:
            parts.append(_written(value))
    return hashlib.blake2b(b"".join(parts), digest_size=_BYTES).digest()


def renew(database: Database) -> None:
    """Count the digest anew and keep it, inside a transaction; for a step that changes the tables themselves."""
    database.run("INSERT OR REPLACE INTO meta (name, value) VALUES ('digest', ?)", (recount(database),))


def kept(database: Database) -> bytes:
    """Return the digest as it was kept along; VaultDamagedError where there is none."""
    found = database.row(_KEPT)
    if found is None or not isinstance(found[0], bytes) or len(found[0]) != _BYTES:
        raise VaultDamagedError
    return found[0]


def agrees(database: Database, *along: Along) -> bool:
    """Say whether the digest kept along is that of the rows; True for a vault from before there was one."""
    counted = recount(database, *along)
    return not has_one(database) or counted == kept(database)


def has_one(database: Database) -> bool:
    """Say whether a vault is of a version that keeps a digest."""
    version = database.row("PRAGMA user_version")
    return version is not None and int(version[0]) >= FIRST_WITH_DIGEST


def recount(database: Database, *along: Along) -> bytes:
    """Return the digest counted from every row; about 5 ms for a megabyte of notes."""
    steps = recounting(database, _ROWS_AT_ONCE, *along)
    while True:
        try:
            next(steps)
        except StopIteration as done:
            return bytes(done.value)


def recounting(database: Database, step: int = _ROWS_A_STEP, *along: Along) -> Generator[None, None, bytes]:
    """Count the digest from every row in steps of a few milliseconds, and return it at the end.

    It starts again by itself where a write came between two steps, so its answer is of one moment.
    """
    while True:
        began = database.writes
        total = 0
        for one in along:
            one.begin()
        for table, columns in _pieces(database, step):
            total += _sum_of(table, columns)
            for one in along:
                one.saw(table, columns)
            yield
            if database.writes != began:
                break
        else:
            return packed(total)


def tables(database: Database) -> list[str]:
    """Return the names of all tables of the vault, without SQLite's own and without those that follow from others."""
    found = database.rows("SELECT name FROM main.sqlite_schema WHERE type = 'table' ORDER BY name")
    return [name for (name,) in found if not name.startswith(("sqlite_", *_DERIVED))]


def _pieces(database: Database, step: int) -> Generator[tuple[str, Columns], None, None]:
    """Yield a few rows at a time, with their table.

    No reading is left open in between, or no write could be finished.
    """
    for table in tables(database):
        columns = _columns(database, table)
        place = _place(database, table)
        names = list(dict.fromkeys(columns + place))
        quoted = ", ".join(map(_quoted, place))
        asked = f"SELECT {', '.join(map(_quoted, names))} FROM main.{_quoted(table)}"
        order = f"ORDER BY {quoted} LIMIT {step}"
        beyond = f"WHERE ({quoted}) > ({', '.join('?' * len(place))})"
        rows = database.rows(f"{asked} {order}")
        while rows:
            piece = dict(zip(names, zip(*rows, strict=True), strict=True))
            last = [piece[one][-1] for one in place]
            yield table, {one: piece[one] for one in columns}
            rows = database.rows(f"{asked} {beyond} {order}", last)


def _sum_of(table: str, columns: Columns) -> int:
    """Return the sum of some rows' digests, all written at once: a career has a million values."""
    values: Iterable[Sequence[Value]] = columns.values()
    if table == "meta":
        counted = [row for row in zip(*values, strict=True) if row[0] not in UNCOUNTED]
        values = list(zip(*counted, strict=True))
    parts = [one for column in values for one in _column(column)]
    if not parts:
        return 0
    rows = map(b"".join, zip(repeat(_written(table)), *parts))
    blake2b = hashlib.blake2b
    return sum([int.from_bytes(blake2b(row, digest_size=_BYTES).digest(), "big") for row in rows])


def _column(values: Sequence[Value]) -> list[Iterable[bytes]]:
    """Return the values of a column as they are written, each in one part or in two."""
    kinds = set(map(type, values))
    if kinds <= _PLAIN:
        tried = values[:_TRIED]
        if len(set(tried)) * 2 <= len(tried):
            # Gone with this column: what is said in it is remembered nowhere.
            written = {one: _written(one) for one in set(values)}
            return [map(written.__getitem__, values)]
        if kinds == {str}:
            return _headed(b"T", list(map(str.encode, cast(Sequence[str], values))))
        if kinds == {int}:
            return _headed(b"I", list(map(str.encode, map(str, values))))
    return [map(_written, values)]


def _headed(kind: bytes, data: list[bytes]) -> list[Iterable[bytes]]:
    lengths = list(map(len, data))
    heads = {one: kind + _LENGTH(one) for one in set(lengths)}
    return [map(heads.__getitem__, lengths), data]


def number(table: str, values: tuple[Value, ...]) -> int:
    """Return what one row adds to the sum."""
    if table == "meta" and values[0] in UNCOUNTED:
        return 0
    return int.from_bytes(row_digest(table, values), "big")


def packed(total: int) -> bytes:
    """Return a sum of rows' digests as it is kept."""
    return (total % _ROUND).to_bytes(_BYTES, "big")


def _written(value: Value) -> bytes:
    kind, data = _kind(value)
    return kind + _LENGTH(len(data)) + data


def _kind(value: Value) -> tuple[bytes, bytes]:
    if value is None:
        return b"N", b""
    if isinstance(value, int):
        return b"I", str(value).encode()
    if isinstance(value, float):
        return b"R", _REAL(value)
    if isinstance(value, str):
        return b"T", value.encode()
    return b"B", value


def _columns(database: Database, table: str) -> list[str]:
    return [str(one[0]) for one in database.rows("SELECT name FROM pragma_table_info(?) ORDER BY cid", (table,))]


def _place(database: Database, table: str) -> list[str]:
    """Return the columns that tell rows of a table apart and put them in order."""
    bare = database.row("SELECT wr FROM pragma_table_list(?) WHERE schema = 'main'", (table,))
    keys = database.rows("SELECT name, type FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk", (table,))
    # A key that is one whole number is the number of the row.
    if (bare and bare[0]) or [type.upper() for _, type in keys] == ["INTEGER"]:
        return [str(name) for name, _ in keys]
    return ["rowid"]


def _quoted(name: str) -> str:
    return f'"{name}"'
