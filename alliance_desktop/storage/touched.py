"""Whose rows a write concerned, known in memory along with each write; so that nobody else is read again.

What is kept of them in the vault for the rules goes with the same write.
"""

from collections.abc import Sequence

from alliance_desktop.domain.attention import Rule
from alliance_desktop.domain.entry import ClientId
from alliance_desktop.storage import kept_stories
from alliance_desktop.storage.database import Database
from alliance_desktop.storage.digest import Value
from alliance_desktop.storage.following import Heed, Told

_BY = {
    "client": "id",
    "entry": "client",
    "arc": "client",
    "status_event": "arc",
    "binned": "entry",
    "record_answer": "entry",
    "private_answer": "entry",
    "record_addendum": "entry",
    "private_addendum": "entry",
}
"""By which column of each table it is known whose a row is: the client, or the entry or strain that is theirs."""


class Whose:
    """Collects whose rows a transaction writes, those who had them before and those who have them after."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._clients: set[Value] = set()
        self._asked: dict[str, set[Value]] = {"entry": set(), "arc": set()}
        """What rows were written that rest on an entry or a strain."""
        self._told: dict[str, set[Value]] = {"entry": set(), "arc": set()}
        """The entries and strains that were written themselves: each of those told whose it was, and whose it is."""

    def begin(self) -> None:
        """Forget what was told and not kept."""
        for one in (self._clients, *self._asked.values(), *self._told.values()):
            one.clear()

    def heed(self, table: str, columns: Sequence[str]) -> Heed | None:
        """Return what is to be told the rows of a table; None where they are nobody's."""
        if table == "put_off":
            return self._of_answers(columns.index("rule"), columns.index("client"))
        if table not in _BY:
            return None
        found, at = self._asked.get(_BY[table], self._clients), columns.index(_BY[table])
        itself = self._told.get(table)
        id = columns.index("id") if itself is not None else 0

        def heed(old: Told | None, new: Told | None) -> None:
            for row in (old, new):
                if row is not None:
                    found.add(row[at])
                    if itself is not None:
                        itself.add(row[id])

        return heed

    def keep(self) -> None:
        """Note whose rows were written; and take away what is kept of them for the rules."""
        for table, ids in self._asked.items():
            # One that was written itself may be gone by now, or may be another client's: it told of both.
            for id in ids - self._told[table]:
                row = self._database.row(f"SELECT client FROM {table} WHERE id = ?", (id,))
                self._clients.add(row[0] if row else None)
        clients = sorted(one for one in self._clients if isinstance(one, int))
        kept_stories.take_away(self._database, clients)
        self._database.recent.note(clients)

    def _of_answers(self, rule: int, client: int) -> Heed:
        # An answer to a reminder of a draft makes room for others among the drafts that are read.
        def heed(old: Told | None, new: Told | None) -> None:
            self._clients.update(
                row[client] for row in (old, new) if row is not None and str(row[rule]).startswith(f"{Rule.OLD_DRAFT}:")
            )

        return heed


class Touched:
    """Answers whose rows were written since a mark; any number may ask, each with a mark of its own."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def since(self, mark: int) -> tuple[int, set[ClientId]] | None:
        """Return the mark of now and whose rows were written since an earlier one; what was rolled back was not.

        0 is the mark before all others. None while a transaction is open: what is read then is not to be kept; and once
        the vault is closed, when nothing that was kept is to be told any more.
        """
        if self._database.writing or self._database.reader < 0:
            return None
        newest, clients = self._database.recent.since(mark)
        return newest, {ClientId(one) for one in clients}
