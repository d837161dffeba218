"""The rows that are counted for the counsellor alone: days and single answers, by form and day, never a whole note."""

import datetime
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from alliance_desktop.domain.entry import ClientId, StatusEvent
from alliance_desktop.domain.rupture import Status
from alliance_desktop.storage.arcs import EVENTS, event_of
from alliance_desktop.storage.bin import ARC_LIVES, LIVING
from alliance_desktop.storage.database import Database, Row
from alliance_desktop.storage.plain import day_of, decoded, encoded

_AMONG = "IN (SELECT value FROM json_each(?))"
_CARDS = f"entry.form {_AMONG} AND entry.card = ? AND entry.mark = '' AND {LIVING} AND entry.happened_on"
_COUNTS = f"{_CARDS} BETWEEN ? AND ?"


def _answer(path: str) -> str:
    """Return what is answered at a path, as JSON, in whichever of the two tables it lies."""
    return (
        f"coalesce((SELECT answers -> '{path}' FROM record_answer AS said WHERE said.entry = entry.id), "
        f"(SELECT answers -> '{path}' FROM private_answer AS said WHERE said.entry = entry.id))"
    )


# Not grouped: SQLite would look into each answer again for every use of it.
_SESSIONS = f"SELECT entry.happened_on, {_answer('$.attendance.ids[0]')} FROM entry WHERE {_COUNTS}"
_MINUTES = f"SELECT entry.happened_on, {_answer('$.minutes')} FROM entry WHERE {_COUNTS}"
_IS_STRAIN = "NOT (arc.status = ? AND arc.turn = entry.turn)"
_FIRST = (
    "SELECT min(entry.happened_on) AS first FROM entry JOIN arc ON arc.id = entry.arc "
    f"WHERE {_CARDS} <= ? AND {_IS_STRAIN} {{more}} GROUP BY entry.arc, entry.turn HAVING first >= ?"
)
_NOTICED = _FIRST.format(more="")
_TALKED = _FIRST.format(more=f"AND trim({_answer('$.their_words')} ->> '$') <> ''")
_MENDED = (
    f"{EVENTS} WHERE arc IN (SELECT arc.id FROM status_event AS change JOIN arc ON arc.id = change.arc "
    f"WHERE change.became = ? AND change.true_on BETWEEN ? AND ? AND arc.form {_AMONG} AND {ARC_LIVES}) ORDER BY id"
)
_CHOSEN = f"SELECT entry.client, entry.form, entry.form_version, {{asked}} FROM entry WHERE {_COUNTS}"


class Chosen(NamedTuple):
    """The options that were chosen in one question of one card."""

    client: ClientId | None
    form: str
    version: int
    options: list[str]


class Tallies:
    """Reads what is counted, from one day to another, both included; nothing in the bin is among it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def sessions(
        self, forms: Iterable[str], card: str, start: datetime.date, end: datetime.date
    ) -> list[tuple[datetime.date, str | None, int]]:
        """Return how many sessions there were of each day and attendance."""
        counts = Counter(self._rows(_SESSIONS, forms, card, start, end))
        return [(day_of(on), _text(came), count) for (on, came), count in counts.items()]

    def minutes(
        self, forms: Iterable[str], card: str, start: datetime.date, end: datetime.date
    ) -> list[tuple[datetime.date, int | None]]:
        """Return the day of each supervision, with its minutes where a number is noted."""
        rows = self._rows(_MINUTES, forms, card, start, end)
        return [(day_of(on), _number(told)) for on, told in rows]

    def noticed(self, forms: Iterable[str], start: datetime.date, end: datetime.date) -> list[datetime.date]:
        """Return when each turn of a strain was noticed first; one that was found to be none is left out."""
        return self._firsts(_NOTICED, forms, "notice", start, end)

    def talked(self, forms: Iterable[str], start: datetime.date, end: datetime.date) -> list[datetime.date]:
        """Return when each turn of a strain was talked about first, so that their view is noted."""
        return self._firsts(_TALKED, forms, "dialogue", start, end)

    def mended(self, forms: Iterable[str], start: datetime.date, end: datetime.date) -> list[StatusEvent]:
        """Return the whole history of each strain that was said to be mended in these days, as it was entered."""
        values = (str(Status.RESOLVED), start.isoformat(), end.isoformat(), encoded(list(forms)))
        return [event_of(row) for row in self._database.rows(_MENDED, values)]

    def chosen(
        self, forms: Iterable[str], card: str, question: str, start: datetime.date, end: datetime.date
    ) -> list[Chosen]:
        """Return what was chosen in a question of a card; its key is of the program's own forms."""
        asked = _CHOSEN.format(asked=_answer(f"$.{question}.ids"))
        rows = self._rows(asked, forms, card, start, end)
        return [_chosen(*row) for row in rows]

    def _rows(self, asked: str, forms: Iterable[str], card: str, start: datetime.date, end: datetime.date) -> list[Row]:
        return list(self._database.rows(asked, (encoded(list(forms)), card, start.isoformat(), end.isoformat())))

    def _firsts(
        self, asked: str, forms: Iterable[str], card: str, start: datetime.date, end: datetime.date
    ) -> list[datetime.date]:
        values = (encoded(list(forms)), card, end.isoformat(), str(Status.NOT_A_STRAIN), start.isoformat())
        return [day_of(str(on)) for (on,) in self._database.rows(asked, values)]


def _text(answer: str | None) -> str | None:
    told = decoded(answer)
    return told if isinstance(told, str) else None


def _number(answer: str | None) -> int | None:
    told = decoded(answer)
    return told if isinstance(told, int) and not isinstance(told, bool) else None


def _chosen(client: int | None, form: str, version: int, options: str | None) -> Chosen:
    told = decoded(options)
    held = [str(one) for one in told] if isinstance(told, list) else []
    return Chosen(ClientId(client) if client is not None else None, form, version, held)
