"""Whether each index says what its table says: an old page of an index put back hides rows that are still there.

The digest counts the rows of tables only; SQLite itself believes its indexes.
"""

import hashlib
from collections.abc import Generator

from alliance_desktop.storage.database import Database

_ROWS_A_STEP = 300
_ALL = (
    "SELECT name, tbl_name, sql FROM main.sqlite_schema WHERE type = 'index' AND sql IS NOT NULL "
    # What is looked at here is damage of notes; `search_whole` looks at what the search rests on.
    "AND tbl_name NOT GLOB 'search_*' ORDER BY name"
)
_WHERE = " WHERE "


def agreeing(database: Database) -> Generator[None, None, bool]:
    """Compare every index with its table in steps of a few milliseconds; return whether all agree.

    It starts again by itself where a write came between two steps. No column of an index may be empty in a row.
    """
    while True:
        began = database.writes
        agree = True
        for name, table, sql in database.rows(_ALL):
            where = sql.rpartition(_WHERE)[2] if _WHERE in sql else "TRUE"
            columns = [str(one[0]) for one in database.rows("SELECT name FROM pragma_index_info(?)", (name,))]
            by_index = yield from _read(database, columns, f"{table} INDEXED BY {name} WHERE {where}", by=columns)
            by_table = yield from _read(database, columns, f"{table} NOT INDEXED WHERE {where}", by=[])
            agree = agree and by_index == by_table
            if database.writes != began:
                break
        if database.writes == began:
            return agree


def _read(database: Database, columns: list[str], source: str, by: list[str]) -> Generator[None, None, tuple[int, int]]:
    """Return how many rows there are and their sum; they are read by some columns, a few at a time."""
    order = [*by, "rowid"]
    asked = f"SELECT {', '.join([*columns, 'rowid'])} FROM main.{source}"
    ordered = f"ORDER BY {', '.join(order)} LIMIT {_ROWS_A_STEP}"
    beyond = f"AND ({', '.join(order)}) > ({', '.join('?' * len(order))})"
    count = total = 0
    rows = database.rows(f"{asked} {ordered}")
    while rows:
        count += len(rows)
        total += sum(_number(row) for row in rows)
        yield
        rows = database.rows(f"{asked} {beyond} {ordered}", rows[-1][-len(order) :])
    return count, total


def _number(row: tuple[object, ...]) -> int:
    return int.from_bytes(hashlib.blake2b(repr(row).encode(), digest_size=16).digest(), "big")
