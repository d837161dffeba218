"""What follows each row that is written, whichever statement writes it, in the same transaction.

Temporary triggers, one for each table and each of putting in, changing and taking out, tell each row here, as it was
and as it is. From what was told each that follows does its part once, at the end of the transaction: the content
digest, whose rows they were, what the search is to put in.

A trigger costs more than a small write itself: SQLite keeps a copy of each page until such a statement is over, in
memory that is locked and wiped. So the rows that every save writes have none. A row that is put into `ALONE` by the
plainest statement is told by the values it was given, or read back where the database may keep others; the three rows
of `meta` that the digest leaves out are changed by statements of their own. Any other statement that would go past the
triggers so is refused.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Protocol

from alliance_desktop.storage import digest
from alliance_desktop.storage.database import Database
from alliance_desktop.storage.digest import Value
from alliance_desktop.storage.tally import Put

ALONE = ("entry", "record_answer", "private_answer")
"""Tables without a trigger for rows that are put in."""

Told = tuple[Value, ...]
Heed = Callable[[Told | None, Told | None], None]
"""Is told each row of a table: as it was, None for one that was put in, and as it is, None for one taken out."""

_PLAIN = re.compile(r"INSERT INTO (?P<table>\w+) (\((?P<names>[\w, ]+)\) )?VALUES \(\?(, \?)*\)")
"""Puts in one row, or none and fails."""
_OF_META = re.compile(rf"UPDATE meta SET value = [\w?+ ()-]+ WHERE name = '({'|'.join(digest.UNCOUNTED)})'")
_NAMED = r"[\s\"'`\[]+(?:main[\s\"'`\]]*\.[\s\"'`\[]*)?"
_WRITES = re.compile(r"\s*(INSERT|REPLACE|UPDATE|DELETE|WITH|SELECT|CREATE|DROP|ALTER|PRAGMA)\b", re.IGNORECASE)
"""Not what ends a part of a transaction: rows that were told would be taken back."""
_NOTE = re.compile(r"--|/\*")
"""Between two words it would hide what they say together."""
_PAST = re.compile(
    rf"\bINTO{_NAMED}({'|'.join(ALONE)})\b|\bUPDATE(\s+OR\s+\w+)?{_NAMED}meta\b|\bINTO{_NAMED}meta\b.*\bDO\s+UPDATE\b",
    re.IGNORECASE | re.DOTALL,
)

_AS_GIVEN: dict[str, type] = {"INTEGER": int, "TEXT": str}
"""Of which kind a value is that a column of a strict table keeps as it is."""

_KEEP_DIGEST = "UPDATE meta SET value = digest_sum(value) WHERE name = 'digest'"
_COUNT_SAVE = "UPDATE meta SET value = value + 1 WHERE name = 'saves'"
"""Two statements: as one, they take twice as long."""
_COLUMNS = "SELECT name, type, NOT pk AND dflt_value IS NULL FROM pragma_table_info(?) ORDER BY cid"


_UNTOLD = "rows would be written that nobody is told"


class Follower(Protocol):
    """What does its part once for all rows of a transaction."""

    def begin(self) -> None:
        """Forget what was told and not kept."""

    def heed(self, table: str, columns: Sequence[str]) -> Heed | None:
        """Return what is to be told the rows of a table; None where they do not matter."""

    def keep(self) -> None:
        """Do what follows; some rows that were told may have been taken back by the database."""


def keep(database: Database, followers: Iterable[Follower] = ()) -> None:
    """Let every later write of this connection be followed, whichever table it is about."""
    following = _Following(database, tuple(followers))
    database.define("followed", following.told)
    database.define("digest_sum", following.sum)
    database.first_write.add(following.tables)
    database.follow(following)


def plainly_put(sql: str) -> tuple[str, list[str]] | None:
    """Return into which table of `ALONE` a statement puts one row, and the columns it names; None for no such one.

    RuntimeError where rows would go untold.
    """
    plain = _PLAIN.fullmatch(sql)
    if plain is not None and plain["table"] in ALONE:
        return plain["table"], (plain["names"] or "").split(", ")
    if not _WRITES.match(sql) or _NOTE.search(sql) or (_PAST.search(sql) and not _OF_META.fullmatch(sql)):
        raise RuntimeError(_UNTOLD)
    return None


class _Following:
    """What one transaction adds to the digest, and those who follow beside it."""

    def __init__(self, database: Database, followers: tuple[Follower, ...]) -> None:
        self._database, self._followers = database, followers
        self._heeds: dict[str, list[Heed]] = {}
        self._columns: dict[str, dict[str, frozenset[type]]] = {}
        self._known: dict[str, Put | None] = {}
        self._moved = 0
        self._doubtful = False

    def tables(self) -> Iterable[str]:
        """Let each table have a turn of its own in what comes before the first write."""
        for table in digest.tables(self._database):
            self._database.first_write.add(partial(self._triggers, table))
        return ()

    def begin(self) -> None:
        self._moved = 0
        self._doubtful = False
        for one in self._followers:
            one.begin()

    def doubt(self) -> None:
        # The rows of a statement that failed are taken back, and nobody is told; what was written before it stays, or
        # else SQLite has ended the transaction, and nothing more can be written in it.
        self._doubtful = True

    def alone(self, sql: str) -> Put | None:
        if sql not in self._known:
            found = plainly_put(sql)
            self._known[sql] = None if found is None else self._put_of(*found)
        return self._known[sql]

    def put(self, put: Put, values: Sequence[Value], rowid: int) -> None:
        row = tuple(None if at is None else values[at] for at in put.places)
        if not all(type(one) in kinds for one, kinds in zip(row, put.kinds, strict=True)):
            (row,) = self._database.rows(put.read_back, (rowid,))
        self.told(1, put.table, *row)

    def told(self, sign: int, table: str, *values: Value) -> None:
        """Take in one row: put in, taken out (-1), or both (0)."""
        half = len(values) if sign else len(values) // 2
        old, new = (None if sign > 0 else values[:half]), (None if sign < 0 else values[-half:])
        self._moved += (0 if new is None else digest.number(table, new)) - (
            0 if old is None else digest.number(table, old)
        )
        for heed in self._heeds[table]:
            heed(old, new)

    def keep(self, *, counted: bool) -> None:
        for one in self._followers:
            one.keep()
        if self._doubtful:
            digest.renew(self._database)
        elif self._moved:
            self._database.run(_KEEP_DIGEST)
        if counted:
            self._database.run(_COUNT_SAVE)

    def sum(self, kept: bytes) -> bytes:
        return digest.packed(int.from_bytes(kept, "big") + self._moved)

    def _triggers(self, table: str) -> list[str]:
        """Return the statements that tell each row of a table."""
        found = self._database.rows(_COLUMNS, (table,))
        columns = [str(name) for name, *_ in found]
        heeds = (one.heed(table, columns) for one in self._followers)
        self._heeds[table] = [heed for heed in heeds if heed is not None]
        new, old = (", ".join(f'{side}."{one}"' for one in columns) for side in ("NEW", "OLD"))
        telling = {"INSERT": f"1, '{table}', {new}", "DELETE": f"-1, '{table}', {old}"}
        telling["UPDATE"] = f"0, '{table}', {old}, {new}"
        if table in ALONE:
            self._columns[table] = {name: _kinds(kind, may_lack=bool(may_lack)) for name, kind, may_lack in found}
            del telling["INSERT"]
        if table == "meta":
            del telling["UPDATE"]
        return [
            f'CREATE TEMP TRIGGER IF NOT EXISTS "followed_{verb.lower()}_{table}" AFTER {verb} ON main."{table}" '
            f"BEGIN SELECT followed({row}); END"
            for verb, row in telling.items()
        ]

    def _put_of(self, table: str, named: list[str]) -> Put:
        columns = self._columns[table]
        given = named if named != [""] else list(columns)
        if not set(given) <= columns.keys():
            raise RuntimeError(_UNTOLD)
        read_back = f"SELECT {', '.join(columns)} FROM main.{table} WHERE rowid = ?"
        places = [given.index(one) if one in given else None for one in columns]
        return Put(table, places, list(columns.values()), read_back)


def _kinds(kind: str, *, may_lack: bool) -> frozenset[type]:
    return frozenset({_AS_GIVEN[kind]} if kind in _AS_GIVEN else ()) | ({type(None)} if may_lack else frozenset())
