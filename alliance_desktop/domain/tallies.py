"""How much is noted of the counsellor's own work: counted by week, month or year, and what came up in their own part.

Nothing here ranks, averages or compares anybody. It is counted from the notes each time, and kept nowhere.
"""

import datetime
from bisect import bisect_right
from collections.abc import Hashable, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

import msgspec

from alliance_desktop.domain import rupture
from alliance_desktop.domain.attendance import CALLED_OFF, CAME, MISSED
from alliance_desktop.domain.days import day_within, month_end
from alliance_desktop.domain.entry import ArcId, ClientId, StatusEvent
from alliance_desktop.domain.numbers import Numbers
from alliance_desktop.domain.rupture import Status

FEW = 5
"""Fewer than so many say nothing: they are told, and no bar is drawn of them."""

MOST = 600
"""A list of more lines than that is told in longer steps."""

Day = datetime.date


class Step(StrEnum):
    """How long the days of one line are; a week begins on Monday."""

    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


class Held(StrEnum):
    """What the notes say of a session: whether the two of them met."""

    HELD = "held"
    MISSED = "missed"
    CANCELLED = "cancelled"
    UNTOLD = "untold"


class Strain(StrEnum):
    """What can be said of a strain on a day."""

    NOTICED = "noticed"
    TALKED = "talked"
    MENDED = "mended"


class Supervision(StrEnum):
    """What is added up of supervision."""

    MINUTES = "minutes"
    SESSIONS = "sessions"
    UNTOLD = "untold"


class Slot(NamedTuple):
    """The days of one line, first and last, and how many of them were days away."""

    first: Day
    last: Day
    away: int = 0


class Fact(NamedTuple):
    """So much of a kind on a day."""

    on: Day
    kind: str
    amount: int = 1


class Said(NamedTuple):
    """What the counsellor chose in one question about their own part, in the form it was asked in."""

    client: ClientId | None
    options: Sequence[str]
    form: str
    version: int
    card: str


class Line(msgspec.Struct, frozen=True):
    """One line: its days, and the number of each kind."""

    slot: Slot
    counts: Mapping[str, int]


class Tally(msgspec.Struct, frozen=True, kw_only=True):
    """Lines, oldest first, and all of them together; `size` is how many things were counted."""

    lines: Sequence[Line]
    total: Mapping[str, int]
    size: int

    @property
    def is_few(self) -> bool:
        """Whether there are too few to say anything."""
        return self.size < FEW


class Pattern(msgspec.Struct, frozen=True, kw_only=True):
    """What was chosen in one question: in how many answers, and how often each option, with how many clients."""

    answers: int
    options: Mapping[Hashable, tuple[int, int]]

    @property
    def is_few(self) -> bool:
        """Whether there are too few to say anything."""
        return self.answers < FEW


def held(attendance: str | None) -> Held:
    """Return what an attendance says; one that is not known here says nothing."""
    if attendance in CAME:
        return Held.HELD
    if attendance in MISSED:
        return Held.MISSED
    return Held.CANCELLED if attendance in CALLED_OFF else Held.UNTOLD


def frame(start: Day, end: Day, noted: Iterable[Day], today: Day) -> tuple[Day, Day]:
    """Return the first and the last day that lines are made for.

    Days to come are left out where nothing is noted of them; a period without a beginning begins with the first note.
    """
    days = [one for one in noted if start <= one <= end]
    first = min(days, default=min(today, end)) if start == Day.min else start
    return first, max(first, min(end, max([today, *days])))


def fitting(first: Day, last: Day, step: Step) -> Step:
    """Return a step of which there are not too many between two days: the one asked for, or a longer one."""
    if step is Step.WEEK and (last - first).days // 7 >= MOST:
        step = Step.MONTH
    months = (last.year - first.year) * 12 + last.month - first.month
    return Step.YEAR if step is Step.MONTH and months >= MOST else step


def slots(first: Day, last: Day, step: Step, numbers: Numbers) -> list[Slot]:
    """Return every week, month or year from one day to another, none left out, with those at both ends cut to fit."""
    found, begins = [], first
    while True:
        ends = min(last, _end(begins, step))
        away = numbers.away_between(begins, ends) + numbers.is_away(begins)
        found.append(Slot(begins, ends, away))
        if ends >= last:
            return found
        begins = day_within(ends, 1)


def tally(facts: Iterable[Fact], kinds: Iterable[str], lines: Sequence[Slot], size: int) -> Tally:
    """Count facts line by line; what lies outside them is left out."""
    kinds = list(kinds)
    counts = [dict.fromkeys(kinds, 0) for _ in lines]
    firsts = [one.first for one in lines]
    for fact in facts:
        at = bisect_right(firsts, fact.on) - 1
        if at >= 0 and fact.on <= lines[at].last:
            counts[at][fact.kind] += fact.amount
    total = {kind: sum(one[kind] for one in counts) for kind in kinds}
    told = [Line(slot, count) for slot, count in zip(lines, counts, strict=True)]
    return Tally(lines=told, total=total, size=size)


def mended(events: Iterable[StatusEvent], start: Day, end: Day) -> list[Fact]:
    """Return the days between two others on which strains were mended: what each turn's last change says of it."""
    last: dict[tuple[ArcId, int], StatusEvent] = {}
    for one in rupture.standing(list(events)):
        last[(one.arc, one.turn)] = one
    days = (one.true_on for one in last.values() if one.became == Status.RESOLVED)
    return [Fact(on, Strain.MENDED) for on in days if start <= on <= end]


def pattern(said: Iterable[Said], name: Mapping[tuple[str, int, str, str], Hashable]) -> Pattern:
    """Count what was chosen in a question; `name` says as what an option of a form, version and card counts.

    An option without a name counts as none; an answer without an option that counts is no answer.
    """
    times: dict[Hashable, int] = {}
    whose: dict[Hashable, set[ClientId | None]] = {}
    answers = 0
    for one in said:
        options = (name.get((one.form, one.version, one.card, option)) for option in one.options)
        chosen = {known for known in options if known is not None}
        answers += bool(chosen)
        for option in chosen:
            times[option] = times.get(option, 0) + 1
            whose.setdefault(option, set()).add(one.client)
    counts = {option: (count, len(whose[option])) for option, count in times.items()}
    return Pattern(answers=answers, options=counts)


def _end(first: Day, step: Step) -> Day:
    """Return the last day of the week, month or year that a day lies in; the end of the calendar where that is none."""
    if step is Step.YEAR:
        return Day(first.year, 12, 31)
    if step is Step.MONTH:
        return month_end(first)
    return day_within(first, 6 - first.weekday())
