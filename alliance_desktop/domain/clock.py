"""Moments as they are read where the counsellor is, and whether the computer's day can be believed."""

import datetime
from typing import NamedTuple

from alliance_desktop.domain.answers import said_day

LONG_AWAY = 400
"""So many days, for somebody may be away for a year; a clock that jumped is usually out by more."""
_ZONES = 1
"""A flight westwards can make the day a day younger."""


class Doubt(NamedTuple):
    """A day of the computer that does not fit the last one that was surely right."""

    today: datetime.date
    last: datetime.date

    @property
    def sentence(self) -> str:
        """What is odd, with both days."""
        today, last = said_day(self.today), said_day(self.last)
        if self.today < self.last:
            return f"This computer says it is {today}, but these notes were last written on {last}."
        return f"Is today really {today}? These notes were last written on {last}."

    @property
    def next_step(self) -> str:
        """What can be done, and what is not done meanwhile."""
        return (
            "If not, set the date of this computer. Days you entered stay as they are. Until the day fits again, or "
            "you say on Today that it is right, nothing is called due and nothing is cleared away."
        )


def local(at: datetime.datetime) -> datetime.datetime:
    """Return a moment in the time of this place; at the ends of the calendar, where that cannot be, as it is."""
    try:
        return at.astimezone()
    except (OverflowError, OSError, ValueError):
        return at


def doubt(today: datetime.date, last: datetime.date | None) -> Doubt | None:
    """Return what is odd about today, given the last sure day; None where nothing is."""
    if last is None or -_ZONES <= (today - last).days <= LONG_AWAY:
        return None
    return Doubt(today, last)
