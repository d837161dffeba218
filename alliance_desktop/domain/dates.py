"""Days that may hurt: from the outreach plan and from life events, once or every year."""

import calendar
import datetime

import msgspec

from alliance_desktop.domain.answers import date_of, long_day, text_of
from alliance_desktop.domain.entry import Entry, EntryId
from alliance_desktop.domain.story import ClientStory, rows, ticked, words


class Day(msgspec.Struct, frozen=True, kw_only=True):
    """A day that may hurt, as it comes next; `said` names it, and says where it stands for another one."""

    on: datetime.date
    entry: EntryId
    what: str
    said: str


def hurting(story: ClientStory, today: datetime.date, within: int | None = None) -> list[Day]:
    """Return the next days that may hurt, today's included, the nearest first; only those `within` so many days."""
    plans = [
        _coming(one, row.get("on"), text_of(row.get("what")), row.get("yearly") is True, today)
        for one in story.of("outreach", "plan")
        for row in rows(one, "hurting_dates")
    ]
    events = [
        _coming(one, one.answers.get("on"), words(one, "what"), ticked(one, "yearly"), today)
        for one in story.of("life_event")
    ]
    found = sorted((one for one in plans + events if one is not None), key=lambda one: (one.on, one.entry))
    return [one for one in found if within is None or (one.on - today).days <= within]


def next_time(on: datetime.date, yearly: bool, today: datetime.date) -> datetime.date | None:
    """Return when a day comes next, today included; None where it came once and is past.

    29 February is marked on 28 February in years that do not have it.
    """
    if on >= today:
        return on
    if not yearly:
        return None
    this_year = _in_year(on, today.year)
    if this_year >= today:
        return this_year
    return _in_year(on, today.year + 1) if today.year < datetime.MAXYEAR else None


def _in_year(on: datetime.date, year: int) -> datetime.date:
    if (on.month, on.day) == (2, 29) and not calendar.isleap(year):
        return datetime.date(year, 2, 28)
    return on.replace(year=year)


def _coming(entry: Entry, answer: object, what: str, yearly: bool, today: datetime.date) -> Day | None:
    first = date_of(answer)
    comes = next_time(first, yearly, today) if first is not None else None
    if first is None or comes is None:
        return None
    moved = " (for 29 February)" if comes.day != first.day else ""
    return Day(on=comes, entry=entry.id, what=what.strip(), said=f"{long_day(comes)}{moved}")
