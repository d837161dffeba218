"""One client's facts for the plain rules, and short ways to read what an entry says."""

import datetime
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

import msgspec

from alliance_desktop.domain import rupture
from alliance_desktop.domain.answers import Answer, Answers, date_of, is_id, long_day, rows_of, text_of
from alliance_desktop.domain.client import Client
from alliance_desktop.domain.clock import local
from alliance_desktop.domain.entry import Arc, ArcId, Entry, EntryId


class ClientStory(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """One client with their entries, none of them in the bin, and their strains.

    The `form` of an entry is the shipped form it is of, also where it was written in a counsellor's own copy.
    `turned` says, of strains that were opened again, on which day that was true. It is put in order once, however
    many rules ask.
    """

    client: Client
    entries: Sequence[Entry] = ()
    arcs: Sequence[Arc] = ()
    turned: Mapping[ArcId, datetime.date] = {}

    def of(self, form: str, card: str = "") -> list[Entry]:
        """Return the entries of a form, or of one of its cards, by date."""
        return list(self._by_card.get((form, card), ()) if card else self._by_form.get(form, ()))

    def of_arc(self, arc: Arc, card: str = "") -> list[Entry]:
        """Return the cards of a strain's present turn, or those of one kind, by date."""
        mine = (one for one in self.of_turns(arc) if one.turn == arc.turn)
        return [one for one in mine if not card or one.card == card]

    def of_turns(self, arc: Arc) -> Sequence[Entry]:
        """Return the cards of a strain, of all its turns, by date."""
        return self._by_arc.get(arc.id, [])

    def sessions_told(self, until: datetime.date) -> list[Entry]:
        """Return the sessions up to a day in which an attendance is noted, by date."""
        return self._told[: bisect_right(self._told, until, key=lambda one: one.happened_on)]

    @cached_property
    def open_arcs(self) -> Sequence[Arc]:
        """The strains without an end, those begun first in front."""
        return sorted((one for one in self.arcs if rupture.is_open(one.status)), key=lambda one: one.id)

    def arc(self, id: ArcId) -> Arc | None:
        """Return the strain of that id."""
        return next((one for one in self.arcs if one.id == id), None)

    @cached_property
    def _in_order(self) -> list[Entry]:
        return by_date(self.entries)

    @cached_property
    def _by_form(self) -> Mapping[str, list[Entry]]:
        found: defaultdict[str, list[Entry]] = defaultdict(list)
        for one in self._in_order:
            found[one.form].append(one)
        return found

    @cached_property
    def _by_card(self) -> Mapping[tuple[str, str], list[Entry]]:
        found: defaultdict[tuple[str, str], list[Entry]] = defaultdict(list)
        for one in self._in_order:
            found[one.form, one.card].append(one)
        return found

    @cached_property
    def _by_arc(self) -> Mapping[ArcId, list[Entry]]:
        found: defaultdict[ArcId, list[Entry]] = defaultdict(list)
        for one in self._in_order:
            if one.arc is not None:
                found[one.arc].append(one)
        return found

    @cached_property
    def _told(self) -> list[Entry]:
        return [one for one in self.of("session") if first_id(one, "attendance")]


def by_date(entries: Iterable[Entry]) -> list[Entry]:
    """Return entries by date, those of one day as they were begun."""
    return sorted(entries, key=lambda one: (one.happened_on, one.sequence, one.id))


def first_id(entry: Entry, key: str) -> str:
    """Return the id that was chosen, the first where there are several, or an empty text."""
    # Asked a few hundred times for each client: nothing is made on the way.
    answer = entry.answers.get(key)
    ids = answer.get("ids") if isinstance(answer, dict) else None
    return str(ids[0]) if isinstance(ids, list) and ids else ""


def day(entry: Entry, key: str) -> datetime.date | None:
    """Return the day of a date answer."""
    return date_of(entry.answers.get(key))


def words(entry: Entry, key: str) -> str:
    """Return the words of an answer without the space around them."""
    return text_of(entry.answers.get(key)).strip()


def ticked(entry: Entry, key: str) -> bool:
    """Say whether a tick is set."""
    return entry.answers.get(key) is True


def rows(entry: Entry, key: str) -> list[Answers]:
    """Return the rows of a small table."""
    return rows_of(entry.answers.get(key))


def links(entry: Entry, key: str) -> list[EntryId]:
    """Return the entries that an answer links to."""
    answer = entry.answers.get(key)
    return [EntryId(one) for one in answer if is_id(one)] if isinstance(answer, list) else []


def says_more_than(entry: Entry, *keys: str) -> bool:
    """Say whether anything but the questions of these keys is answered."""
    return any(says(one) for key, one in entry.answers.items() if key not in keys)


def touched_on(entry: Entry) -> datetime.date:
    """Return the day an entry was last written in, as it was here."""
    return local(entry.touched_at).date()


def days_words(count: int) -> str:
    """Return a number of days as people say it."""
    return "1 day" if count == 1 else f"{count} days"


def sessions_words(count: int) -> str:
    """Return a number of sessions as people say it."""
    return "1 session" if count == 1 else f"{count} sessions"


def since_words(since: datetime.date, today: datetime.date, away: int = 0) -> str:
    """Return how long ago a day was, with how many of those days were days away."""
    count = (today - since).days
    if count <= 0:
        return "since today"
    told = f", {away} of them while you were away" if away else ""
    return f"{days_words(count)}{told}"


def waiting_since(due: datetime.date, today: datetime.date) -> str:
    """Return when something is or was due, without a reproach: today, or waiting since a day."""
    return "is due today" if due >= today else f"has been waiting since {long_day(due)}"


def says(answer: Answer) -> bool:
    """Say whether an answer says anything."""
    if isinstance(answer, str):
        return bool(answer.strip())
    if isinstance(answer, dict):
        return bool(answer.get("ids") or answer.get("on") or str(answer.get("text", "")).strip())
    return bool(answer)
