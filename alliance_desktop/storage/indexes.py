"""Whether each index says what its table says: an old page of an index put back hides rows that are still there.

The digest counts the rows of tables only; SQLite itself believes its indexes.
"""

import hashlib
from collections.abc import Generator

from alliance_desktop.storage.database import Database

_ROWS_A_STEP = 300
_BEFORE_ALL = -(2**63)
_ALL = (
    "SELECT name, tbl_name, sql FROM main.sqlite_schema WHERE type = 'index' AND sql IS NOT NULL "
    # What is looked at here is damage of notes; `search_whole` looks at what the search rests on.
    "AND tbl_name NOT GLOB 'search_*' ORDER BY name"
)
_COLUMNS = (
    # The number of a row is read with every row; where it is a column of the index as well, SQLite seeks no part of it.
    "SELECT name FROM pragma_index_info(?) WHERE name NOT IN "
    "(SELECT name FROM pragma_table_info(?) WHERE pk AND type = 'INTEGER') ORDER BY seqno"
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
            columns = [str(one[0]) for one in database.rows(_COLUMNS, (name, table))]
            by_index = yield from _by_index(database, columns, f"{table} INDEXED BY {name} WHERE {where}")
            by_table = yield from _by_table(database, columns, table, where)
            agree = agree and by_index == by_table
            if database.writes != began:
                break
        if database.writes == began:
            return agree


def _by_index(database: Database, columns: list[str], source: str) -> Generator[None, None, tuple[int, int]]:
    """Return how many rows an index tells of and their sum, a few at a time in its own order."""
    order, values = f"{', '.join(columns)}, rowid", ", ".join("?" * len(columns))
    asked, ordered = f"SELECT {order} FROM main.{source}", f"ORDER BY {order} LIMIT {_ROWS_A_STEP}"
    same = f"{asked} AND ({', '.join(columns)}) = ({values}) AND rowid > ? {ordered}"
    beyond = f"{asked} AND ({', '.join(columns)}) > ({values}) {ordered}"
    count = total = 0
    rows = database.rows(f"{asked} {ordered}")
    while rows:
        count += len(rows)
        total += sum(_number(row) for row in rows)
        yield
        # Many rows may say the same: one question for both would read these again and again.
        last = rows[-1]
        rows = database.rows(same, last) or database.rows(beyond, last[:-1])
    return count, total


def _by_table(database: Database, columns: list[str], table: str, where: str) -> Generator[None, None, tuple[int, int]]:
    """Return the same of the table; a few rows are looked at a time, however few of them the index is about."""
    whole = f"main.{table} NOT INDEXED WHERE rowid > ?"
    ends = f"SELECT max(rowid) FROM (SELECT rowid FROM {whole} ORDER BY rowid LIMIT {_ROWS_A_STEP})"
    asked = f"SELECT {', '.join([*columns, 'rowid'])} FROM {whole} AND rowid <= ? AND ({where})"
    count = total = 0
    last = _BEFORE_ALL
    while (end := database.rows(ends, (last,))[0][0]) is not None:
        rows = database.rows(asked, (last, end))
        count += len(rows)
        total += sum(_number(row) for row in rows)
        last = end
        yield
    return count, total


def _number(row: tuple[object, ...]) -> int:
    return int.from_bytes(hashlib.blake2b(repr(row).encode(), digest_size=16).digest(), "big")
