"""Whether what rests on other rows finds them, told by somebody who goes along all rows anyway.

The database's own look asks for each row by itself. Here the values are collected, and the database is asked only
where one of them is not among the keys it must be among, or a rule is not of the usual kind: one column that names the
one of a table's key.
"""

from typing import NamedTuple

from alliance_desktop.storage import digest
from alliance_desktop.storage.database import Database

_RULES = """
    SELECT one.name, rule."from", rule."table", rule."to", rule.seq = 0 AND rule."to" IS (
        SELECT group_concat(name) FROM pragma_table_info(rule."table") WHERE pk > 0
    )
    FROM main.sqlite_schema AS one JOIN pragma_foreign_key_list(one.name) AS rule WHERE one.type = 'table'
"""

_Values = set[digest.Value]


class _Rule(NamedTuple):
    table: str
    column: str
    parent: str
    key: str
    usual: bool


class References:
    """The keys that rows rest on and what rests on them, collected while somebody goes along all rows."""

    def __init__(self, database: Database) -> None:
        walked = set(digest.tables(database))
        self._rules = [_Rule(*row) for row in database.rows(_RULES)]
        self._usual = all(one.usual and one.table in walked for one in self._rules)
        self.begin()

    def begin(self) -> None:
        """Forget what was seen: it is read from the beginning."""
        self._there: dict[str, _Values] = {one.parent: set() for one in self._rules}
        self._named: dict[str, _Values] = {one.parent: set() for one in self._rules}
        self._keys = {one.parent: one.key for one in self._rules}

    def saw(self, table: str, columns: digest.Columns) -> None:
        """Take note of some rows of a table."""
        if table in self._there:
            self._there[table].update(columns.get(self._keys[table], ()))
        for one in self._rules:
            if one.table == table:
                self._named[one.parent].update(columns.get(one.column, (b"",)))

    def all_found(self) -> bool:
        """Say, once all rows were seen, whether all that is rested on is there; False where it is better asked."""
        return self._usual and all(self._named[one] - {None} <= there for one, there in self._there.items())


def hold(database: Database) -> bool:
    """Say whether everything that rests on another row finds it, asked of the database."""
    return not database.rows("PRAGMA foreign_key_check")
