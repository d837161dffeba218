"""Rows that fit together again: what a found row rests on and is lost gets a row of its own, empty and under its id."""

import datetime
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from alliance_desktop.domain import rupture
from alliance_desktop.storage.plain import encoded, time_text
from alliance_desktop.storage.salvage.finding import Found, Key
from alliance_desktop.storage.salvage.records import Value
from alliance_desktop.storage.salvage.shapes import FOLLOWING, TABLES
from alliance_desktop.storage.salvage.sides import Meaning, Place, keys_of

CALLED = "Recovered without details"
"""What a client is called of whom only notes or strains were found."""

Named = dict[str, Value]
"""One row by the names of its columns."""

_BEGINNING = datetime.datetime(2024, 1, 1, tzinfo=datetime.UTC)
_LATEST = 1 << 52
_ID_CHANCE_BITS = 12
_ON_ENTRIES = (
    *("record_answer", "private_answer", "record_addendum", "private_addendum"),
    *("binned", "record_version", "private_version", "entry_event"),
)
"""The tables whose rows rest on entries."""


class Mended(NamedTuple):
    """Rows of all tables by key, ready to be written in this order; and the ids of the rows that were made up."""

    tables: dict[str, dict[Key, Named]]
    made: dict[str, set[int]]


def mend(found: Found, meaning: Meaning) -> Mended:
    """Return rows among which every reference finds its row; no row that was found is changed or left out."""
    return _Mending(found, meaning).mended()


def time_of_id(id: int) -> datetime.datetime:
    """Return when something was written, which its id tells to the millisecond; the year 2024 for an id of chance."""
    milliseconds = id >> _ID_CHANCE_BITS if 0 < id < _LATEST else 0
    return _BEGINNING + datetime.timedelta(milliseconds=milliseconds)


class _Mending:
    """One vault being put together."""

    def __init__(self, found: Found, meaning: Meaning) -> None:
        self._meaning = meaning
        self._tables = {
            name: {key: dict(zip(TABLES[name].columns, values, strict=True)) for key, values in sorted_rows(table.rows)}
            for name, table in found.tables.items()
            if name not in FOLLOWING
        }
        self._made: dict[str, set[int]] = {"client": set(), "arc": set(), "status_event": set(), "entry": set()}
        self._client_of_arc = _told(found.indexed["arc_of_client"], 2)
        self._client_of_entry = _told(found.indexed["entry_of_client"], 5)
        self._arc_of_entry = _told(found.indexed["entry_of_arc"], 5)
        self._form_of_entry = _told(found.indexed["entry_of_form"], 5, str)
        self._knows_owned = "entry_of_client" in found.whole
        self._nobody: int | None = None

    def mended(self) -> Mended:
        """Make what is missing, from the leaves of the web to its root."""
        self._mend_entries()
        self._mend_events()
        self._mend_arcs()
        for row in [*self._rows("entry"), *self._rows("arc"), *self._rows("put_off")]:
            if row["client"] is not None:
                self._need_client(whole(row["client"]))
        return Mended(self._tables, self._made)

    def _rows(self, table: str) -> Iterable[Named]:
        return self._tables[table].values()

    def _mend_entries(self) -> None:
        known = self._tables["entry"]
        for table in _ON_ENTRIES:
            for row in self._rows(table):
                id = whole(row["entry"])
                if id not in known:
                    known[id] = self._entry(id)
                    self._made["entry"].add(id)

    def _entry(self, id: int) -> Named:
        form, version, card = self._place(id)
        _, *when = self._client_of_entry.get(id) or self._form_of_entry.get(id, (None,))
        arc = self._arc_of_entry.get(id, (None,))[0]
        at = time_text(time_of_id(id))
        return {
            "id": id,
            "client": self._owner_of_entry(id, arc),
            "arc": arc if isinstance(arc, int) else None,
            "form": form,
            "form_version": version,
            "card": card,
            "happened_on": when[0] if when else time_of_id(id).date().isoformat(),
            "about": "",
            "created_at": at,
            "touched_at": at,
            "turn": 1,
            "sequence": when[1] if when else id,
            # Nobody knows whether it was finished; as it is, it can be added to and no longer changed.
            "state": "finished",
            "mark": "",
            "finished_at": at,
        }

    def _owner_of_entry(self, id: int, arc: Value) -> int | None:
        """Return whose an entry is; None for the counsellor's own, which one index names and the clients' does not."""
        client = self._client_of_entry.get(id, (None,))[0]
        if isinstance(client, int):
            return client
        own = arc is None and id in self._form_of_entry and self._knows_owned
        return None if own else self._owner_of_arc(arc)

    def _place(self, id: int) -> Place:
        keys = self._keys(id)
        form = self._form_of_entry.get(id, (None,))[0]
        told = self._meaning.card_in(form, keys) if isinstance(form, str) else None
        return told or (self._meaning.card_of(keys) if keys else None) or self._meaning.usual

    def _keys(self, id: int) -> frozenset[str]:
        """Return which questions an entry answers, or answered once."""
        there = [self._tables[f"{side}_answer"].get(id) for side in ("record", "private")]
        rows = [row for row in there if row] or [
            row for side in ("record", "private") for row in self._rows(f"{side}_version") if row["entry"] == id
        ]
        return frozenset[str]().union(*(keys_of(row["answers"]) for row in rows))

    def _mend_events(self) -> None:
        """Make the events that others take back; what they said follows from those that take them back."""
        known = self._tables["status_event"]
        for row in list(self._rows("status_event")):
            id = row["undoes"]
            if isinstance(id, int) and id not in known:
                at = time_text(time_of_id(id))
                known[id] = {**row, "id": id, "was": row["became"], "became": row["was"], "why": ""}
                known[id] |= {"entered_at": at, "undoes": None}
                self._made["status_event"].add(id)

    def _mend_arcs(self) -> None:
        known = self._tables["arc"]
        asked = [row["arc"] for row in [*self._rows("entry"), *self._rows("status_event")]]
        for id in asked:
            if isinstance(id, int) and id not in known:
                known[id] = self._arc(id)
                self._made["arc"].add(id)

    def _arc(self, id: int) -> Named:
        events = [row for row in self._rows("status_event") if row["arc"] == id]
        entries = [row for row in self._rows("entry") if row["arc"] == id]
        last = max(events, key=lambda row: whole(row["id"]), default=None)
        return {
            "id": id,
            "client": self._owner_of_arc(id),
            "form": entries[0]["form"] if entries else rupture.FORM,
            "created_at": time_text(time_of_id(id)),
            "status": last["became"] if last else str(rupture.Status.NOTICED),
            "turn": max([1, *(whole(row["turn"]) for row in [*events, *entries])]),
            "offered": 0,
        }

    def _owner_of_arc(self, id: Value) -> int:
        """Return whose a strain is: by its row, the index, or its entries; else nobody who is known."""
        row = self._tables["arc"].get(id) if id is not None else None
        if row is not None:
            return whole(row["client"])
        told = self._client_of_arc.get(id, (None,))[0] if isinstance(id, int) else None
        if isinstance(told, int):
            return told
        owners = (one["client"] for one in self._rows("entry") if id is not None and one["arc"] == id)
        return next((one for one in owners if isinstance(one, int)), None) or self._unknown_client()

    def _unknown_client(self) -> int:
        if self._nobody is None:
            ids = (key for table in self._tables.values() for key in table if isinstance(key, int) and key < _LATEST)
            self._nobody = max(ids, default=0) + 1
            self._need_client(self._nobody)
        return self._nobody

    def _need_client(self, id: int) -> None:
        if id in self._tables["client"]:
            return
        self._made["client"].add(id)
        self._tables["client"][id] = {
            "id": id,
            "created_at": time_text(time_of_id(id)),
            "form_version": self._meaning.client_version,
            "answers": encoded({"called": CALLED}),
            "last_on": None,
            "open_strains": 0,
        }


def sorted_rows(rows: dict[Key, Any]) -> Iterator[tuple[Key, Any]]:
    """Yield rows in the order of their keys, all of one kind."""
    yield from sorted(rows.items(), key=lambda one: (str(type(one[0])), one[0]))


def whole(value: Value) -> int:
    """Return a value that a shape has found to be a whole number."""
    if not isinstance(value, int):
        raise TypeError("a whole number was expected")
    return value


def _told(rows: list[tuple[Value, ...]], width: int, first: type = int) -> dict[int, tuple[Value, ...]]:
    """Return what an index tells of each row: the key that SQLite puts last in every index, and what is before it."""
    fitting = (row for row in rows if len(row) == width and isinstance(row[-1], int) and isinstance(row[0], first))
    return {whole(row[-1]): row[:-1] for row in fitting}
