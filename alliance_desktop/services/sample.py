"""The sample caseload: ten invented people, written into a vault of its own through the same services."""

import datetime
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NamedTuple, cast

from alliance_desktop.domain import rupture
from alliance_desktop.domain.answers import About, Answer, Answers, dated
from alliance_desktop.domain.clock import local
from alliance_desktop.domain.days import day_within
from alliance_desktop.domain.entry import ArcId, ClientId, EntryId
from alliance_desktop.services.backups import Backups
from alliance_desktop.services.forms import Forms
from alliance_desktop.services.history import History
from alliance_desktop.services.notebook import Notebook, WriteCard
from alliance_desktop.services.stamps import Now, Random, Stamps
from alliance_desktop.services.strains import Strains
from alliance_desktop.storage.store import Store

PASSPHRASE = "sample caseload only"
_WRITTEN_AT = "17:00"

_Told = dict[str, Any]

_NOT_YET = EntryId(0)

_ARRIVES, _OPENS, _WRITES, _REVISES, _FINISHES, _ADDS, _STANDS, _BINS = range(8)
"""What comes first of several deeds of one minute."""


class _Clock:
    """The time that something of the sample was written, in the counsellor's own zone."""

    def __init__(self, today: datetime.date) -> None:
        self._today = today
        self._at = self.moment(0, _WRITTEN_AT)

    def __call__(self) -> datetime.datetime:
        return self._at

    def moment(self, day: int, at: str) -> datetime.datetime:
        here = datetime.datetime.combine(self.day(day), datetime.time.fromisoformat(at))
        return local(here).astimezone(datetime.UTC)

    def set(self, day: int, at: str) -> None:
        self._at = self.moment(day, at)

    def day(self, offset: int) -> datetime.date:
        return day_within(self._today, offset)

    def coming(self, month_and_day: str) -> datetime.date:
        """Return a day of the calendar, such as "12-25", as it comes next; today counts."""
        this_year = datetime.date.fromisoformat(f"{self._today.year}-{month_and_day}")
        return this_year if this_year >= self._today else this_year.replace(year=self._today.year + 1)


class _WithinOneSave:
    """A store while one save of it is open: every further save is part of that one."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        yield


class _Deed(NamedTuple):
    day: int
    at: str
    step: int
    do: Callable[[], object]


@dataclass
class _Whose:
    """Whose entries are told: a person of the sample, or the counsellor where there never is a client."""

    client: ClientId | None = None
    arcs: dict[str, ArcId] = field(default_factory=dict)


@dataclass
class _Note:
    """One entry while it is told: what it says so far."""

    whose: _Whose
    told: _Told
    answers: _Told
    entry: EntryId = _NOT_YET


def fill(store: Store, forms: Forms, text: str, now: Now, random: Random) -> None:
    """Write the sample file `text` into a sample vault in the order of time, its days counted from today.

    All of it is one save: a disk is asked once, and not hundreds of times while somebody waits.
    """
    clock = _Clock(local(now()).date())
    within = cast(Store, _WithinOneSave(store))
    teller = _Teller(within, forms, Stamps(clock, random), clock)
    told = tomllib.loads(text)
    deeds = list(teller.own(told.get("own", [])))
    for person in told["people"]:
        deeds += teller.person(person)
    with store.transaction():
        for deed in sorted(deeds, key=lambda one: one[:3]):
            clock.set(deed.day, deed.at)
            deed.do()


class _Teller:
    """Tells the deeds of the sample, to be done in the order of time."""

    def __init__(self, store: Store, forms: Forms, stamps: Stamps, clock: _Clock) -> None:
        self._clock = clock
        self._notebook, self._strains = Notebook(store, forms, stamps), Strains(store, forms, stamps)
        self._history = History(store, forms, stamps, self._notebook, Backups(store, clock))
        self._labels: dict[str, EntryId] = {}

    def own(self, entries: list[_Told]) -> Iterator[_Deed]:
        """Yield what the counsellor writes that belongs to no client."""
        whose = _Whose()
        for told in entries:
            yield from self._of_entry(whose, told)

    def person(self, person: _Told) -> Iterator[_Deed]:
        """Yield a person's arrival, entries and statuses."""
        whose, entries = _Whose(), person.get("entries", [])
        first = entries[0] if entries else {"day": 0}
        yield _Deed(first["day"], _at(first), _ARRIVES, partial(self._arrive, whose, person["client"]))
        for told in entries:
            yield from self._of_entry(whose, told)
        for told in person.get("status", []):
            opens = told.get("turn", 1) > 1 and rupture.is_open(told["status"])
            step = _OPENS if opens else _STANDS
            yield _Deed(told["day"], _status_at(told, entries, opens), step, partial(self._stand, whose, told))

    def _of_entry(self, whose: _Whose, told: _Told) -> Iterator[_Deed]:
        note = _Note(whose, told, dict(told["answers"]))
        yield _Deed(told["day"], _at(told), _WRITES, partial(self._write, note))
        last = told
        for last in told.get("revised", []):
            yield _Deed(last["day"], _at(last), _REVISES, partial(self._revise, note, last["answers"]))
        if told.get("finished"):
            yield _Deed(last["day"], _at(last), _FINISHES, partial(self._finish, note))
        for one in told.get("addenda", []):
            yield _Deed(one["day"], _at(one), _ADDS, partial(self._add, note, one))
        if binned := told.get("binned"):
            yield _Deed(binned["day"], _at(binned), _BINS, partial(self._bin, note))

    def _arrive(self, whose: _Whose, answers: Answers) -> None:
        whose.client = self._notebook.add_client(self._real(answers)).client

    def _write(self, note: _Note) -> None:
        told, arcs = note.told, note.whose.arcs
        if not note.entry:
            note.entry = self._notebook.new_entry()
        arc = told.get("arc", "")
        changed = self._notebook.write(
            WriteCard(
                client=note.whose.client,
                form=told["form"],
                card=told["card"],
                answers=self._real(note.answers),
                entry=note.entry,
                arc=arcs.get(arc),
            )
        )
        if arc and changed.arc is not None:
            arcs[arc] = changed.arc
        if told.get("label"):
            self._labels[told["label"]] = note.entry

    def _revise(self, note: _Note, answers: _Told) -> None:
        note.answers |= answers
        self._write(note)

    def _finish(self, note: _Note) -> None:
        self._notebook.finish(note.entry)

    def _add(self, note: _Note, told: _Told) -> None:
        self._notebook.amend(note.entry, told["text"], private=bool(told.get("private")))

    def _bin(self, note: _Note) -> None:
        self._history.bin(note.entry)

    def _stand(self, whose: _Whose, told: _Told) -> None:
        arc = whose.arcs[told["arc"]]
        status, on = rupture.Status(told["status"]), self._clock.day(told["day"])
        strain = self._strains.strain(arc)
        if strain.arc.status == status and strain.arc.turn >= told.get("turn", 1):
            return
        self._strains.set_status(arc, status, on, told.get("why", ""))

    def _real(self, answers: Answers) -> Answers:
        return {key: self._answer(answer) for key, answer in answers.items()}

    def _answer(self, answer: Answer) -> Answer:
        if isinstance(answer, dict):
            return self._of_table(answer)
        if isinstance(answer, list):
            known = [self._labels.get(one, one) if isinstance(one, str) else one for one in answer]
            return [self._answer(one) for one in known]
        return answer

    def _of_table(self, answer: _Told) -> Answer:
        """Return a date, a person of the directory, or anything else with what is in it."""
        if isinstance(answer.get("day"), int):
            return dated(self._clock.day(answer["day"]), About(answer.get("about", "")))
        if set(answer) == {"next"}:
            return dated(self._clock.coming(answer["next"]))
        made = {key: self._answer(value) for key, value in answer.items()}
        return made | {"contact": self._labels[made["contact"]]} if "contact" in made else made


def _at(told: _Told) -> str:
    return str(told.get("at", _WRITTEN_AT))


def _status_at(status: _Told, entries: list[_Told], opens: bool) -> str:
    """Return when a status was noted: just before the first card of its day where it opens a turn, else after all."""
    cards = [one for one in entries if one.get("arc") == status["arc"] and one["day"] == status["day"]]
    times = [_at(one) for one in cards]
    return (min if opens else max)(times, default=_WRITTEN_AT)
