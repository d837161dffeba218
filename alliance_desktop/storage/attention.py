"""The rows that "who needs me next" asks for: the newest of the bulky, all of the small; never every session."""

import datetime
from collections.abc import Iterable, Sequence

from alliance_desktop.domain.entry import Arc, ArcId, ClientId, Entry, EntryId, StatusEvent
from alliance_desktop.storage.arcs import EVENTS, arc_of, event_of
from alliance_desktop.storage.arcs import SELECT as ARCS
from alliance_desktop.storage.bin import ARC_LIVES, LIVING
from alliance_desktop.storage.database import Database
from alliance_desktop.storage.entries import SELECT as ENTRIES
from alliance_desktop.storage.entries import entry_of
from alliance_desktop.storage.plain import encoded

_AMONG = "IN (SELECT value FROM json_each(?))"
_OPEN = (
    "coalesce(json_extract((SELECT answers FROM record_answer AS said WHERE said.entry = entry.id), ?), "
    "json_extract((SELECT answers FROM private_answer AS said WHERE said.entry = entry.id), ?), '') IN ('', 0)"
)
_LATEST = """
    entry.id IN (SELECT latest.id FROM json_each(?) AS whose CROSS JOIN entry AS latest WHERE latest.id IN (
        SELECT entry.id FROM entry WHERE entry.client = whose.value AND entry.form {forms} AND {more} AND {living}
        ORDER BY {order} LIMIT ?))
"""
_NEWEST = "entry.happened_on DESC, entry.sequence DESC, entry.id DESC"


def _on(table: str, verb: str, whose: str) -> str:
    client = whose.format(row="old" if verb == "DELETE" else "new")
    # Without OR IGNORE: the statement that fires a trigger says what happens to what is there already.
    return (
        f"CREATE TEMP TRIGGER touched_{table}_{verb.lower()} AFTER {verb} ON main.{table} BEGIN "
        f"INSERT INTO touched SELECT {client} WHERE {client} NOT NULL "
        f"AND {client} NOT IN (SELECT client FROM touched); END"
    )


_OF_ENTRY = "(SELECT client FROM entry WHERE id = {row}.entry)"
_WHOSE = {
    "client": "{row}.id",
    "entry": "{row}.client",
    "arc": "{row}.client",
    "binned": _OF_ENTRY,
    "record_answer": _OF_ENTRY,
    "private_answer": _OF_ENTRY,
}
_FOLLOWING = (
    "CREATE TEMP TABLE touched (client INTEGER PRIMARY KEY)",
    *(_on(table, verb, whose) for table, whose in _WHOSE.items() for verb in ("INSERT", "UPDATE", "DELETE")),
)
"""Notes in memory, along with each write, whose rows it concerns; so that nobody else is asked about again."""


class AttentionRows:
    """Reads for the rules what they need of many clients at once, in a few questions however many there are."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._following = False

    def take_touched(self) -> set[ClientId]:
        """Return whose rows were written since this was asked last, nobody's at first; what was rolled back was not."""
        if self._database.read_only:
            return set()
        if not self._following:
            self._following = True
            for statement in _FOLLOWING:
                self._database.prepare(statement)
        found = {ClientId(id) for (id,) in self._database.rows("SELECT client FROM temp.touched")}
        if found:
            self._database.prepare("DELETE FROM temp.touched")
        return found

    def of_forms(self, forms: Iterable[str], clients: Iterable[ClientId]) -> list[Entry]:
        """Return the entries of some forms that belong to some clients."""
        return self._entries(f"entry.form {_AMONG} AND +entry.client {_AMONG}", _list(forms), _list(clients))

    def of_nobody(self, forms: Iterable[str]) -> list[Entry]:
        """Return the entries of some forms that belong to no client."""
        return self._entries(f"entry.form {_AMONG} AND entry.client IS NULL", _list(forms))

    def latest(self, forms: Iterable[str], clients: Iterable[ClientId], count: int, said: str = "") -> list[Entry]:
        """Return the newest entries of some forms, so many of each client; only those that say something at a path."""
        more, paths = (f"NOT {_OPEN}", _paths(said)) if said else ("TRUE", ())
        which = _LATEST.format(forms=_AMONG, more=more, living=LIVING, order=_NEWEST)
        return self._entries(which, _list(clients), _list(forms), *paths, count)

    def drafts(
        self, forms: Iterable[str], clients: Iterable[ClientId], count: int, but: Iterable[EntryId]
    ) -> list[Entry]:
        """Return the entries that are not finished, so many of each client, those that wait longest; without some."""
        more = f"entry.state = 'draft' AND entry.id NOT {_AMONG}"
        which = _LATEST.format(forms=_AMONG, more=more, living=LIVING, order="entry.touched_at")
        return self._entries(which, _list(clients), _list(forms), _list(but), count)

    def drafts_among(self, ids: Iterable[EntryId], clients: Iterable[ClientId]) -> list[Entry]:
        """Return the entries out of some that belong to some clients and are not finished."""
        asked = f"entry.id {_AMONG} AND entry.state = 'draft' AND +entry.client {_AMONG}"
        return self._entries(asked, _list(ids), _list(clients))

    def due(
        self, forms: Iterable[str], day: str, done: str, clients: Iterable[ClientId], since: datetime.date
    ) -> list[Entry]:
        """Return the entries, from a day on, in which one path of the answers says something and another does not."""
        asked = f"entry.form {_AMONG} AND entry.happened_on >= ? AND +entry.client {_AMONG} AND NOT {_OPEN} AND {_OPEN}"
        return self._entries(asked, _list(forms), since.isoformat(), _list(clients), *_paths(day), *_paths(done))

    def unsettled(self, forms: Iterable[str], path: str, since: datetime.date = datetime.date.min) -> set[ClientId]:
        """Return whose entries of some forms, from a day on, say nothing at a path of the answers."""
        rows = self._database.rows(
            f"SELECT DISTINCT entry.client FROM entry WHERE entry.form {_AMONG} AND entry.happened_on >= ? "
            f"AND {LIVING} AND {_OPEN} AND entry.client NOT NULL",
            (_list(forms), since.isoformat(), *_paths(path)),
        )
        return {ClientId(id) for (id,) in rows}

    def arcs(self, clients: Iterable[ClientId]) -> list[Arc]:
        """Return the strains of some clients."""
        rows = self._database.rows(f"{ARCS} WHERE client {_AMONG} AND {ARC_LIVES}", (_list(clients),))
        return [arc_of(row) for row in rows]

    def events(self, arcs: Iterable[ArcId]) -> list[StatusEvent]:
        """Return the status history of some strains in the order it was entered."""
        return [
            event_of(row) for row in self._database.rows(f"{EVENTS} WHERE arc {_AMONG} ORDER BY id", (_list(arcs),))
        ]

    def _entries(self, where: str, *values: str | int) -> list[Entry]:
        return [entry_of(row) for row in self._database.rows(f"{ENTRIES} WHERE {where} AND {LIVING}", values)]


def _list(values: Iterable[str] | Iterable[int]) -> str:
    return encoded(list(values))


def _paths(path: str) -> Sequence[str]:
    return (f"$.{path}",) * 2
