"""The rows of entries: what was answered lies in two tables, the record and the private reflection."""

import datetime
from collections.abc import Iterable

import msgspec

from alliance_desktop.domain.answers import About, Answers, text_of
from alliance_desktop.domain.entry import Addendum, ArcId, ClientId, Entry, EntryId, Mark, State
from alliance_desktop.storage import links, removing
from alliance_desktop.storage.bin import LIVING, follow
from alliance_desktop.storage.database import Database, Row
from alliance_desktop.storage.plain import day_of, decoded, encoded, time_of, time_text, whole_text

_COLUMNS = (
    "id",
    "client",
    "arc",
    "form",
    "form_version",
    "card",
    "happened_on",
    "about",
    "created_at",
    "touched_at",
    "turn",
    "sequence",
    "state",
    "mark",
    "finished_at",
)
SELECT = (
    f"SELECT {', '.join(f'entry.{one}' for one in _COLUMNS)}, "
    "(SELECT at FROM binned WHERE binned.entry = entry.id), record_answer.answers, private_answer.answers FROM entry "
    "LEFT JOIN record_answer ON record_answer.entry = entry.id "
    "LEFT JOIN private_answer ON private_answer.entry = entry.id"
)
_AMONG = "IN (SELECT value FROM json_each(?))"
_BY_DATE = "ORDER BY entry.happened_on, entry.sequence, entry.id"
_ADD = f"INSERT INTO entry ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"
_CHANGE = f"UPDATE entry SET {', '.join(f'{one} = ?' for one in _COLUMNS[1:])} WHERE id = ?"
ADDENDA = (
    "SELECT id, entry, written_at, text, 0 AS private FROM record_addendum "
    "UNION ALL SELECT id, entry, written_at, text, 1 FROM private_addendum"
)


_NAME = "json_extract({}.answers, '$.name')"
_NOTICES = (
    f"SELECT entry.arc, entry.happened_on, {_NAME.format('private_answer')}, {_NAME.format('record_answer')} "
    "FROM arc CROSS JOIN entry ON entry.arc = arc.id LEFT JOIN record_answer ON record_answer.entry = entry.id "
    "LEFT JOIN private_answer ON private_answer.entry = entry.id "
    f"WHERE entry.card = 'notice' AND {LIVING}"
)


class Noticed(msgspec.Struct, frozen=True, kw_only=True):
    """What a list needs of the card that a strain began with: the strain, the day, the short name as it was typed."""

    arc: ArcId
    on: datetime.date
    name: str


class Entries:
    """Reads and writes entries and their addenda; each write keeps the client's newest day and open strains right.

    What lies in the bin is not among the entries of a client, a strain or a form; `get` gives it all the same.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def of_client(self, id: ClientId) -> list[Entry]:
        """Return a client's entries by date, then in the order they were begun."""
        return self._found(f"{SELECT} WHERE entry.client = ? AND {LIVING} {_BY_DATE}", id)

    def of_nobody(self) -> list[Entry]:
        """Return the counsellor's own entries, which belong to no client, by date."""
        return self._found(f"{SELECT} WHERE entry.client IS NULL AND {LIVING} {_BY_DATE}")

    def of_forms(self, forms: Iterable[str], client: ClientId | None = None) -> list[Entry]:
        """Return the entries of some forms by date, of one client or of all."""
        wanted = sorted(set(forms))
        whose, values = ("", ()) if client is None else (" AND entry.client = ?", (client,))
        marks = ", ".join("?" * len(wanted))
        return self._found(f"{SELECT} WHERE entry.form IN ({marks}){whose} AND {LIVING} {_BY_DATE}", *wanted, *values)

    def ever_of_forms(self, forms: Iterable[str]) -> list[Entry]:
        """Return the entries of some forms by date, those in the bin among them."""
        wanted = sorted(set(forms))
        return self._found(f"{SELECT} WHERE entry.form IN ({', '.join('?' * len(wanted))}) {_BY_DATE}", *wanted)

    def linking_to(self, id: EntryId) -> list[Entry]:
        """Return the entries whose answers link to one, by date."""
        sources = "SELECT source FROM link WHERE target = ?"
        return self._found(f"{SELECT} WHERE entry.id IN ({sources}) AND {LIVING} {_BY_DATE}", id)

    def in_bin(self) -> list[Entry]:
        """Return the entries in the bin, the last put there first."""
        # Joined, all entries there are would be gone through for the few that lie there.
        away = self._found(f"{SELECT} WHERE entry.id IN (SELECT entry FROM binned)")
        return sorted(away, key=lambda one: (one.binned_at or one.touched_at, one.id), reverse=True)

    def of_arc(self, id: ArcId) -> list[Entry]:
        """Return the entries of one arc by date, then in the order they were begun."""
        return self._found(f"{SELECT} WHERE entry.arc = ? AND {LIVING} {_BY_DATE}", id)

    def notices(self, client: ClientId | None = None) -> list[Noticed]:
        """Return the first cards of all strains, or of one client's, by date; in one look, however many there are."""
        whose, values = ("", ()) if client is None else (" AND arc.client = ?", (client,))
        rows = self._database.rows(f"{_NOTICES}{whose} {_BY_DATE}", values)
        return [
            Noticed(arc=ArcId(arc), on=day_of(on), name=text_of(private) or text_of(record))
            for arc, on, private, record in rows
        ]

    def drafts(self) -> list[Entry]:
        """Return the entries that are not finished, the last touched first."""
        return self._found(
            f"{SELECT} WHERE entry.state = 'draft' AND {LIVING} ORDER BY entry.touched_at DESC, entry.id DESC"
        )

    def unfinished(self, most: int) -> list[Entry]:
        """Return the entries of no strain that are not finished, the last touched first, and no more than so many."""
        newest = (
            "SELECT id FROM entry WHERE state = 'draft' AND arc IS NULL "
            f"AND {LIVING} ORDER BY touched_at DESC, id DESC LIMIT ?"
        )
        return self._found(f"{SELECT} WHERE entry.id IN ({newest}) ORDER BY entry.touched_at DESC, entry.id DESC", most)

    def last_begun(self) -> datetime.datetime | None:
        """Return when the newest entry was last written to; None in a vault without entries."""
        row = self._database.row("SELECT touched_at FROM entry ORDER BY id DESC LIMIT 1")
        return time_of(row[0]) if row else None

    def get(self, id: EntryId) -> Entry:
        """Return one entry; KeyError where there is none."""
        found = self._found(f"{SELECT} WHERE entry.id = ?", id)
        if not found:
            raise KeyError(id)
        return found[0]

    def among(self, ids: Iterable[EntryId]) -> list[Entry]:
        """Return entries by their ids, those in the bin as well; what is not there is left out."""
        return self._found(f"{SELECT} WHERE entry.id {_AMONG}", encoded(list(ids)))

    def put(self, entry: Entry, private_keys: frozenset[str], linking: frozenset[str] | None = None) -> None:
        """Add an entry or write it anew; answers under `private_keys` go to the private table, others to the record.

        `linking` are the keys under which answers hold links; None where any may.
        """
        was = self._database.row("SELECT client FROM entry WHERE id = ?", (entry.id,))
        values = _values(entry)
        self._database.run(*((_ADD, values) if was is None else (_CHANGE, (*values[1:], entry.id))))
        record = {key: one for key, one in entry.answers.items() if key not in private_keys}
        private = {key: one for key, one in entry.answers.items() if key in private_keys}
        self._put_answers("record_answer", entry.id, record)
        self._put_answers("private_answer", entry.id, private)
        links.keep(self._database, entry.id, entry.answers, linking)
        for client in {entry.client, was[0] if was else None}:
            if client is not None:
                follow(self._database, ClientId(client))

    def addenda(self, id: EntryId) -> list[Addendum]:
        """Return an entry's addenda of both layers, oldest first."""
        rows = self._database.rows(f"SELECT * FROM ({ADDENDA}) WHERE entry = ? ORDER BY id", (id,))
        return [addendum_of(row) for row in rows]

    def addenda_of_client(self, id: ClientId) -> list[Addendum]:
        """Return the addenda to all entries of a client, oldest first."""
        rows = self._database.rows(
            f"""
            SELECT * FROM ({ADDENDA}) WHERE entry IN (SELECT id FROM entry WHERE client = ? AND {LIVING}) ORDER BY id
            """,
            (id,),
        )
        return [addendum_of(row) for row in rows]

    def addenda_among(self, ids: Iterable[EntryId]) -> list[Addendum]:
        """Return the addenda to some entries, oldest first."""
        rows = self._database.rows(f"SELECT * FROM ({ADDENDA}) WHERE entry {_AMONG} ORDER BY id", (encoded(list(ids)),))
        return [addendum_of(row) for row in rows]

    def add_addendum(self, addendum: Addendum) -> None:
        """Add a dated text to an entry, in the layer it belongs to; what was written stays."""
        table = "private_addendum" if addendum.private else "record_addendum"
        self._database.run(
            f"INSERT INTO {table} (id, entry, written_at, text) VALUES (?, ?, ?, ?)",
            (addendum.id, addendum.entry, time_text(addendum.written_at), whole_text(addendum.text)),
        )

    def drop_addenda(self, entry: EntryId, ids: Iterable[int] = ()) -> None:
        """Remove addenda of an entry: those of the given ids."""
        for id in ids:
            for table in ("record_addendum", "private_addendum"):
                self._database.run(f"DELETE FROM {table} WHERE entry = ? AND id = ?", (entry, id))

    def remove(self, id: EntryId) -> None:
        """Remove an entry for good, with all that rests on it."""
        removing.remove_entry(self._database, id)

    def _found(self, sql: str, *values: int | str) -> list[Entry]:
        return [entry_of(row) for row in self._database.rows(sql, values)]

    def _put_answers(self, table: str, id: EntryId, answers: Answers) -> None:
        said = encoded(answers) if answers else None
        row = self._database.row(f"SELECT answers FROM {table} WHERE entry = ?", (id,))
        if row is None and said is not None:
            self._database.run(f"INSERT INTO {table} (entry, answers) VALUES (?, ?)", (id, said))
        elif row is not None and said is None:
            self._database.run(f"DELETE FROM {table} WHERE entry = ?", (id,))
        elif row is not None and row[0] != said:
            self._database.run(f"UPDATE {table} SET answers = ? WHERE entry = ?", (said, id))


def _values(entry: Entry) -> tuple[int | str | None, ...]:
    return (
        entry.id,
        entry.client,
        entry.arc,
        entry.form,
        entry.form_version,
        entry.card,
        entry.happened_on.isoformat(),
        str(entry.about),
        time_text(entry.created_at),
        time_text(entry.touched_at),
        entry.turn,
        entry.sequence,
        str(entry.state),
        str(entry.mark),
        time_text(entry.finished_at) if entry.finished_at else None,
    )


def entry_of(row: Row) -> Entry:
    """Return the entry of a row of `SELECT`."""
    named = dict(zip(_COLUMNS, row, strict=False))
    binned_at, record, private = row[-3:]
    return Entry(
        id=EntryId(named["id"]),
        client=None if named["client"] is None else ClientId(named["client"]),
        arc=None if named["arc"] is None else ArcId(named["arc"]),
        form=named["form"],
        form_version=named["form_version"],
        card=named["card"],
        happened_on=day_of(named["happened_on"]),
        about=About(named["about"]),
        created_at=time_of(named["created_at"]),
        touched_at=time_of(named["touched_at"]),
        turn=named["turn"],
        sequence=named["sequence"],
        state=State(named["state"]),
        mark=Mark(named["mark"]),
        finished_at=time_of(named["finished_at"]) if named["finished_at"] else None,
        binned_at=time_of(binned_at) if binned_at else None,
        answers=(decoded(record) or {}) | (decoded(private) or {}),
    )


def addendum_of(row: Row) -> Addendum:
    """Return the addendum of a row of `ADDENDA`."""
    id, entry, written_at, text, private = row
    return Addendum(id=id, entry=EntryId(entry), written_at=time_of(written_at), text=text, private=bool(private))
