"""What a timeline reads first: a client's entries by their columns, whole only where an arc is drawn from them."""

import datetime
from collections.abc import Sequence

from alliance_desktop.domain.answers import About
from alliance_desktop.domain.entry import Addendum, ClientId, Entry, EntryId, Outline, State, StatusEvent
from alliance_desktop.storage.arcs import EVENTS, event_of
from alliance_desktop.storage.bin import LIVING
from alliance_desktop.storage.database import Database, Row
from alliance_desktop.storage.entries import ADDENDA, SELECT, addendum_of, entry_of
from alliance_desktop.storage.plain import sound

_COLUMNS = (
    "entry.id, entry.form, entry.form_version, entry.card, entry.happened_on, entry.about, entry.sequence, entry.state"
)
_PLAIN = f"SELECT {_COLUMNS} FROM entry WHERE entry.client = ? AND entry.arc IS NULL AND {LIVING}"
_OF_ARCS = f"{SELECT} WHERE entry.arc IN (SELECT id FROM arc WHERE client = ?) AND {LIVING}"
_TAKEN = (
    f"SELECT DISTINCT {_COLUMNS} FROM entry AS mine JOIN link ON link.target = mine.id "
    "JOIN entry ON entry.id = link.source "
    f"WHERE mine.client = ? AND entry.client IS NULL AND entry.form = 'supervision' AND {LIVING}"
)
_HISTORY = f"{EVENTS} WHERE arc IN (SELECT id FROM arc WHERE client = ?) ORDER BY id"


_ADDED = f"SELECT * FROM ({ADDENDA}) WHERE entry IN (SELECT id FROM entry WHERE client = ? AND {LIVING}) ORDER BY id"
_ALL_ADDED = (
    f"SELECT * FROM ({ADDENDA}) WHERE entry IN ("
    "SELECT made.entry FROM (SELECT entry FROM record_addendum UNION ALL SELECT entry FROM private_addendum) AS made "
    f"CROSS JOIN entry ON entry.id = made.entry WHERE entry.client = ? AND {LIVING}) ORDER BY id"
)
_AT_ONCE, _NO_ENTRY = 24, 0
_WHOLE = f"{SELECT} WHERE entry.id IN ({', '.join('?' * _AT_ONCE)})"
_MANY = 500
"""From so many entries on, it is quicker to look whose each addendum is than whether each entry has one."""


class Outlines:
    """Reads what stands on a client's timeline; nothing in the bin is among it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def plain(self, client: ClientId) -> list[Outline]:
        """Return a client's entries that belong to no strain, without their words, in no particular order."""
        return _outlines(self._database.rows(_PLAIN, (client,)))

    def of_strains(self, client: ClientId) -> list[Entry]:
        """Return the cards of a client's strains, whole, in no particular order."""
        return [entry_of(row) for row in self._database.rows(_OF_ARCS, (client,))]

    def history(self, client: ClientId) -> list[StatusEvent]:
        """Return the changes of status of all of a client's strains, in the order they were entered."""
        return [event_of(row) for row in self._database.rows(_HISTORY, (client,))]

    def taken(self, client: ClientId) -> list[Outline]:
        """Return the supervisions that link to an entry of a client, without their words."""
        return _outlines(self._database.rows(_TAKEN, (client,)))

    def addenda(self, client: ClientId, entries: int) -> list[Addendum]:
        """Return the addenda to all entries of a client, who has about so many, oldest first."""
        asked = _ALL_ADDED if entries > _MANY else _ADDED
        return [addendum_of(row) for row in self._database.rows(asked, (client,))]

    def whole(self, ids: Sequence[EntryId]) -> dict[EntryId, Entry]:
        """Return entries with their answers, as many as are still there."""
        found: dict[EntryId, Entry] = {}
        for first in range(0, len(ids), _AT_ONCE):
            some = ids[first : first + _AT_ONCE]
            rows = self._database.rows(_WHOLE, (*some, *[_NO_ENTRY] * (_AT_ONCE - len(some))))
            found |= {one.id: one for one in map(entry_of, rows)}
        return found


def _outlines(rows: Sequence[Row]) -> list[Outline]:
    return sound(lambda: [_outline(*row) for row in rows])


def _outline(id: int, form: str, version: int, card: str, on: str, about: str, sequence: int, state: str) -> Outline:
    return Outline(EntryId(id), form, version, card, _day(on), _ABOUTS[about], sequence, _STATES[state])


_ABOUTS, _STATES = {str(one): one for one in About}, {str(one): one for one in State}
_day = datetime.date.fromisoformat
