"""The bin: entries that were put away, still whole, until they are put back or removed for good."""

import datetime
from collections.abc import Iterable

from alliance_desktop.domain import rupture
from alliance_desktop.domain.entry import ClientId, EntryId
from alliance_desktop.storage.database import Database
from alliance_desktop.storage.plain import encoded, time_of, time_text

LIVING = "entry.id NOT IN (SELECT entry FROM binned)"
"""What is true of an entry that is not in the bin."""

_ENDED = tuple(str(one) for one in rupture.Status if not rupture.is_open(one))
_FOLLOWING = (
    "UPDATE client SET "
    f"last_on = (SELECT max(happened_on) FROM entry WHERE entry.client = client.id AND {LIVING}), "
    "open_strains = (SELECT count(*) FROM arc WHERE arc.client = client.id AND arc.form = ? "
    f"AND arc.status NOT IN ({', '.join('?' * len(_ENDED))}) AND "
)
ARC_LIVES = (
    f"(EXISTS (SELECT 1 FROM entry WHERE entry.arc = arc.id AND {LIVING}) "
    "OR NOT EXISTS (SELECT 1 FROM entry WHERE entry.arc = arc.id))"
)
"""What is true of a strain that has a card outside the bin, or none at all."""


class Bin:
    """Puts entries into the bin and takes them out; the client's newest day and open strains follow."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> dict[EntryId, datetime.datetime]:
        """Return the entries in the bin with the time they were put there."""
        return {EntryId(id): time_of(at) for id, at in self._database.rows("SELECT entry, at FROM binned ORDER BY at")}

    def put(self, entry: EntryId, at: datetime.datetime) -> None:
        """Put an entry into the bin."""
        self._database.run("INSERT OR REPLACE INTO binned (entry, at) VALUES (?, ?)", (entry, time_text(at)))
        self._follow(entry)

    def take(self, entry: EntryId) -> None:
        """Put an entry back."""
        self._database.run("DELETE FROM binned WHERE entry = ?", (entry,))
        self._follow(entry)

    def _follow(self, entry: EntryId) -> None:
        row = self._database.row("SELECT client FROM entry WHERE id = ?", (entry,))
        if row is not None and row[0] is not None:
            follow(self._database, ClientId(row[0]))


def follow(database: Database, client: ClientId) -> None:
    """Bring a client's newest day and number of open strains along."""
    database.run(f"{_FOLLOWING}{ARC_LIVES}) WHERE id = ?", (rupture.FORM, *_ENDED, client))


def follow_all(database: Database, clients: Iterable[int]) -> None:
    """Bring the newest day and the number of open strains of many clients along."""
    which = "id IN (SELECT value FROM json_each(?))"
    database.run(f"{_FOLLOWING}{ARC_LIVES}) WHERE {which}", (rupture.FORM, *_ENDED, encoded(list(clients))))
