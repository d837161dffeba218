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
from alliance_desktop.storage.plain import day_of, encoded

_AMONG = "IN (SELECT value FROM json_each(?))"
_OPEN = (
    "coalesce(json_extract((SELECT answers FROM record_answer AS said WHERE said.entry = entry.id), ?), "
    "json_extract((SELECT answers FROM private_answer AS said WHERE said.entry = entry.id), ?), '') IN ('', 0)"
)
_LEFT_OPEN = "coalesce(json_extract(record_answer.answers, ?), json_extract(private_answer.answers, ?), '') IN ('', 0)"
_OF_CLIENTS = (
    "entry.id IN (SELECT mine.id FROM json_each(?) AS whose CROSS JOIN json_each(?) AS kind "
    "CROSS JOIN entry AS mine WHERE mine.client = whose.value AND mine.form = kind.value)"
)
"""The entries of some forms that belong to some clients, found client by client."""
_EACH = """
    entry.id IN (SELECT latest.id FROM json_each(?) AS whose CROSS JOIN entry AS latest WHERE latest.id IN (
        SELECT entry.id FROM entry WHERE entry.client = whose.value AND entry.form {forms} AND {more} AND {living}
        ORDER BY {order} LIMIT ?))
"""
_NEWEST = "entry.happened_on DESC, entry.sequence DESC, entry.id DESC"

Asked = tuple[str, list[str | int]]
"""A part of a question, and the values that it asks with."""


class AttentionRows:
    """Reads for the rules what they need of many clients at once, in a few questions however many there are."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of_forms(self, forms: Iterable[str], clients: Iterable[ClientId]) -> list[Entry]:
        """Return the entries of some forms that belong to some clients."""
        where, values = _of(list(clients), list(forms))
        return self._entries(where, values)

    def of_nobody(self, forms: Iterable[str]) -> list[Entry]:
        """Return the entries of some forms that belong to no client."""
        return self._entries(f"entry.form {_AMONG} AND entry.client IS NULL", [_list(forms)])

    def latest(self, forms: Iterable[str], clients: Iterable[ClientId], count: int, said: str = "") -> list[Entry]:
        """Return the newest entries of some forms, so many of each client; only those that say something at a path."""
        more, paths = (f"NOT {_OPEN}", _paths(said)) if said else ("TRUE", [])
        return self._first(list(clients), list(forms), (more, paths), _NEWEST, count)

    def drafts(
        self, forms: Iterable[str], clients: Iterable[ClientId], count: int, but: Iterable[EntryId]
    ) -> list[Entry]:
        """Return the entries that are not finished, so many of each client, those that wait longest; without some."""
        more = f"entry.state = 'draft' AND entry.id NOT {_AMONG}"
        return self._first(list(clients), list(forms), (more, [_list(but)]), "entry.touched_at", count)

    def drafts_among(self, ids: Iterable[EntryId], clients: Iterable[ClientId]) -> list[Entry]:
        """Return the entries out of some that belong to some clients and are not finished."""
        asked = f"entry.id {_AMONG} AND entry.state = 'draft' AND +entry.client {_AMONG}"
        wanted = list(ids)
        return self._entries(asked, [_list(wanted), _list(clients)]) if wanted else []

    def due(self, forms: Iterable[str], day: str, done: str, clients: Iterable[ClientId]) -> list[Entry]:
        """Return the entries in which one path of the answers says something and another does not."""
        where, values = _of(list(clients), list(forms))
        return self._entries(f"{where} AND NOT {_LEFT_OPEN} AND {_LEFT_OPEN}", [*values, *_paths(day), *_paths(done)])

    def unsettled(self, forms: Iterable[str], path: str, clients: Iterable[ClientId]) -> dict[ClientId, datetime.date]:
        """Return which of some clients have entries of some forms that say nothing at a path, and of which last day."""
        where, values = _of(list(clients), list(forms))
        rows = self._database.rows(
            "SELECT entry.client, max(entry.happened_on) FROM entry "
            "LEFT JOIN record_answer ON record_answer.entry = entry.id "
            "LEFT JOIN private_answer ON private_answer.entry = entry.id "
            f"WHERE {where} AND {LIVING} AND {_LEFT_OPEN} GROUP BY entry.client",
            [*values, *_paths(path)],
        )
        return {ClientId(id): day_of(on) for id, on in rows}

    def arcs(self, clients: Iterable[ClientId]) -> list[Arc]:
        """Return the strains of some clients."""
        whose = list(clients)
        which, values = ("= ?", [*whose]) if len(whose) == 1 else (_AMONG, [_list(whose)])
        rows = self._database.rows(f"{ARCS} WHERE client {which} AND {ARC_LIVES}", values)
        return [arc_of(row) for row in rows]

    def events(self, arcs: Iterable[ArcId]) -> list[StatusEvent]:
        """Return the status history of some strains in the order it was entered."""
        return [
            event_of(row) for row in self._database.rows(f"{EVENTS} WHERE arc {_AMONG} ORDER BY id", (_list(arcs),))
        ]

    def _first(self, clients: list[ClientId], forms: list[str], more: Asked, order: str, count: int) -> list[Entry]:
        """Return the first entries of each client in some order."""
        if len(clients) == 1:
            where, values = _of(clients, forms)
            first = f"SELECT id FROM entry WHERE {where} AND {more[0]} AND {LIVING} ORDER BY {order} LIMIT ?"
            return self._entries(f"entry.id IN ({first})", [*values, *more[1], count])
        which = _EACH.format(forms=_AMONG, more=more[0], living=LIVING, order=order)
        return self._entries(which, [_list(clients), _list(forms), *more[1], count]) if clients else []

    def _entries(self, where: str, values: Sequence[str | int]) -> list[Entry]:
        return [entry_of(row) for row in self._database.rows(f"{ENTRIES} WHERE {where} AND {LIVING}", values)]


def _of(clients: list[ClientId], forms: list[str]) -> Asked:
    """Return what is true of the entries of some forms that belong to some clients.

    One client is asked for by name: what serves many takes longer to begin than to find the few rows of one.
    """
    if len(clients) == 1:
        return f"entry.client = ? AND entry.form IN ({', '.join('?' * len(forms))})", [*clients, *forms]
    return _OF_CLIENTS, [_list(clients), _list(forms)]


def _list(values: Iterable[str] | Iterable[int]) -> str:
    return encoded(list(values))


def _paths(path: str) -> list[str | int]:
    return [f"$.{path}"] * 2
