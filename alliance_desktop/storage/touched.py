"""Whose rows a write concerned, noted in memory along with each write; so that nobody else is read again.

What is kept of them in the vault for the rules goes with the same write.
"""

from alliance_desktop.domain.attention import Rule
from alliance_desktop.domain.entry import ClientId
from alliance_desktop.storage.database import Database


def _on(table: str, verb: str, whose: str) -> str:
    client = whose.format(row="old" if verb == "DELETE" else "new")
    # A new number each time, and only the newest of each client stays.
    return (
        f"CREATE TEMP TRIGGER IF NOT EXISTS touched_{table}_{verb.lower()} AFTER {verb} ON main.{table} BEGIN "
        f"INSERT INTO touched (client) SELECT {client} WHERE {client} NOT NULL; "
        f"DELETE FROM touched WHERE client = {client} AND number < (SELECT max(number) FROM touched); "
        f"DELETE FROM kept_story WHERE client = {client}; END"
    )


_OF_ENTRY = "(SELECT client FROM entry WHERE id = {row}.entry)"
_WHOSE = {
    "client": "{row}.id",
    "entry": "{row}.client",
    "arc": "{row}.client",
    "status_event": "(SELECT client FROM arc WHERE id = {row}.arc)",
    "binned": _OF_ENTRY,
    "record_answer": _OF_ENTRY,
    "private_answer": _OF_ENTRY,
    "record_addendum": _OF_ENTRY,
    "private_addendum": _OF_ENTRY,
    # An answer to a reminder of a draft makes room for others among the drafts that are read.
    "put_off": f"(CASE WHEN {{row}}.rule LIKE '{Rule.OLD_DRAFT}:%' THEN {{row}}.client END)",
}
_TABLE = (
    "CREATE TEMP TABLE IF NOT EXISTS touched (number INTEGER PRIMARY KEY, client INTEGER NOT NULL)",
    "CREATE INDEX IF NOT EXISTS temp.touched_client ON touched (client)",
)
_FOLLOWING = (
    *(_on(table, verb, whose) for table, whose in _WHOSE.items() for verb in ("INSERT", "UPDATE", "DELETE")),
    # An entry that is given to another client concerns both.
    _on("entry", "UPDATE", "old.client").replace("touched_entry_update", "touched_entry_given"),
)


def keep(database: Database) -> None:
    """Let every later write of this connection note whom it concerns."""
    for statement in _TABLE:
        database.prepare(statement)
    database.first_write.add(lambda: _FOLLOWING)


class Touched:
    """Answers whose rows were written since a mark; any number may ask, each with a mark of its own."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def since(self, mark: int) -> tuple[int, set[ClientId]] | None:
        """Return the mark of now and whose rows were written since an earlier one; what was rolled back was not.

        0 is the mark before all others. None while a transaction is open: what is read then is not to be kept.
        """
        if self._database.writing:
            return None
        if self._database.read_only:
            return 0, set()
        rows = self._database.rows("SELECT number, client FROM temp.touched WHERE number > ?", (mark,))
        return max((number for number, _ in rows), default=mark), {ClientId(client) for _, client in rows}
