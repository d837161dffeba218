"""The periods that hours and other numbers are told for."""

import datetime
from enum import StrEnum

from alliance_desktop.domain.days import day_within, month_end

SCHOOL_YEAR_BEGINS = 9
"""The month in which a school year begins, and before which it ends."""

RECENT_WEEKS = 12
"""So many weeks are the newest ones, the present one among them."""


class Span(StrEnum):
    """The periods that can be chosen; the days of `OWN` are the counsellor's own choice."""

    RECENT = "recent"
    MONTH = "month"
    SCHOOL_YEAR = "school_year"
    YEAR = "year"
    ALL = "all"
    OWN = "own"


def days_of(span: Span, today: datetime.date) -> tuple[datetime.date, datetime.date]:
    """Return the first and the last day of the period that today lies in; of `OWN`, this month to begin with."""
    if span is Span.ALL:
        return datetime.date.min, datetime.date.max
    if span is Span.RECENT:
        return day_within(today, -today.weekday() - 7 * (RECENT_WEEKS - 1)), today
    if span is Span.YEAR:
        return datetime.date(today.year, 1, 1), datetime.date(today.year, 12, 31)
    if span is Span.SCHOOL_YEAR:
        begun = today.year if today.month >= SCHOOL_YEAR_BEGINS else today.year - 1
        return _day_or_end(begun, SCHOOL_YEAR_BEGINS), _day_or_end(begun + 1, SCHOOL_YEAR_BEGINS - 1, last=True)
    return _day_or_end(today.year, today.month), _day_or_end(today.year, today.month, last=True)


def _day_or_end(year: int, month: int, *, last: bool = False) -> datetime.date:
    """Return the first or the last day of a month; the end of the calendar where it has no such month."""
    if not datetime.MINYEAR <= year <= datetime.MAXYEAR:
        return datetime.date.min if year < datetime.MINYEAR else datetime.date.max
    first = datetime.date(year, month, 1)
    return month_end(first) if last else first


def spent(minutes: int) -> str:
    """Return minutes as people say them: 2 h 30 min."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest} min" if rest else f"{hours} h"
