"""Very many new rows at once: what else each write brings along row by row is brought along once, at the end."""

from collections.abc import Sequence
from typing import Any

from alliance_desktop.storage import digest, kept_stories
from alliance_desktop.storage.database import Database

_DUE = (
    "INSERT INTO search_due SELECT {subject} FROM {table} WHERE {subject} NOT IN (SELECT subject FROM search_place) "
    "AND {subject} NOT IN (SELECT subject FROM search_due)"
)


class Bulk:
    """Puts rows into some tables within one transaction, on a connection that is closed after it."""

    def __init__(self, database: Database, tables: Sequence[str]) -> None:
        self._database = database
        self._sum = 0
        database.first_write.make_ready()
        for table in tables:
            database.prepare(f"DROP TRIGGER IF EXISTS temp.followed_insert_{table}")

    def put(self, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """Put whole rows, at least one, into one of the tables: every column in its order."""
        self._database.put_untold(table, rows)
        self._sum += sum(int.from_bytes(digest.row_digest(table, row), "big") for row in rows)

    def settle(self) -> None:
        """Bring the content digest along, let the search put in what came, and the rules read everything anew."""
        total = int.from_bytes(digest.kept(self._database), "big") + self._sum
        self._database.run("UPDATE meta SET value = ? WHERE name = 'digest'", (digest.packed(total),))
        for table, subject in (("client", "-id"), ("entry", "id")):
            self._database.run(_DUE.format(table=table, subject=subject))
        # Whoever has new rows: nothing that was kept for the rules holds any more.
        kept_stories.take_all_away(self._database)
        self._sum = 0
