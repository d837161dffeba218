"""Dates in typed text, in every form the program writes and the common ones people type; told in weeks."""

import datetime
import re
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from typing import NamedTuple

from alliance_desktop.domain.answers import MONTHS, About
from alliance_desktop.domain.days import month_end

_FAR = 60
_DAYS_A_YEAR = 365.25

_SPANISH = (
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
)
_FRENCH = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
_ALSO = {"sept": 9, "setiembre": 9, "fevrier": 2, "aout": 8, "decembre": 12}
_WORDS_TOO = frozenset({"may", "march", "mar", "mars", "dec", "jan", "mai"})
"""Months that are other words as well, or names: written small, these count only with a year."""


class Found(NamedTuple):
    """A date in a text: where it stands, and the first and last day it can mean."""

    start: int
    end: int
    first: datetime.date
    last: datetime.date


class Weeks(NamedTuple):
    """Weeks counted from a first day: it lies in week 1."""

    start: datetime.date

    def said(self, on: datetime.date) -> str:
        """Return a day as a week: "week 3"; what lies long before as years, which tell nobody's birthday."""
        number = (on - self.start).days // 7
        if number >= 0:
            return f"week {number + 1}"
        if number >= -_FAR:
            return "1 week before week 1" if number == -1 else f"{-number} weeks before week 1"
        years = round((self.start - on).days / _DAYS_A_YEAR)
        return "about 1 year before week 1" if years <= 1 else f"about {years} years before week 1"

    def between(self, first: datetime.date, last: datetime.date) -> str:
        """Return days as weeks: "weeks 1 to 5"."""
        low, high = self.said(first), self.said(last)
        if low == high:
            return low
        if first >= self.start:
            return f"weeks {low.removeprefix('week ')} to {high.removeprefix('week ')}"
        return self.said(first + (last - first) / 2)

    def told(self, on: datetime.date, about: About) -> str:
        """Return the day of an entry as weeks, with how sure it is."""
        if about is About.MONTH:
            return self.between(on.replace(day=1), month_end(on))
        return f"about {self.said(on)}" if about is About.ABOUT else self.said(on)


def dates(text: str, near: datetime.date, *, month_first: bool = False) -> Iterator[Found]:
    """Yield the dates in a text, in order; one without a year is the one nearest to the day it was written about.

    `month_first` says how numbers are read: 03/04 is 4 March or 3 April. A day of the week before a date stays.
    """
    for one in _pattern().finditer(text):
        days = _days(one, near, month_first)
        if days is not None:
            yield Found(one.start(), one.end(), *days)


def _days(one: re.Match[str], near: datetime.date, month_first: bool) -> tuple[datetime.date, datetime.date] | None:
    said = {key: value for key, value in one.groupdict().items() if value is not None}
    if "iy" in said:
        return _one_day(int(said["iy"]), int(said["im"]), int(said["id"]))
    if "cm" in said:
        return _with_year(said.get("cy"), int(said["cm"]), int(said["cd"]), near)
    if "na" in said:
        return _numbers(int(said["na"]), int(said["nb"]), said.get("ny"), near, month_first)
    name = next(said[key] for key in ("m1", "m2", "m3") if key in said)
    month = _months()[name.casefold().rstrip(".")]
    if name.casefold().rstrip(".") in _WORDS_TOO and not (name[0].isupper() or "y1" in said or "y2" in said):
        return None
    if "m3" in said:
        first = _one_day(int(said["y3"]), month, 1)
        return (first[0], month_end(first[0])) if first is not None else None
    day = said.get("d1") or said.get("d2") or "0"
    return _with_year(said.get("y1") or said.get("y2"), month, int(day), near)


def _numbers(
    one: int, two: int, year: str | None, near: datetime.date, month_first: bool
) -> tuple[datetime.date, datetime.date] | None:
    day, month = (two, one) if month_first else (one, two)
    if month > 12 >= day:
        day, month = month, day
    return _with_year(year, month, day, near)


def _with_year(
    said: str | None, month: int, day: int, near: datetime.date
) -> tuple[datetime.date, datetime.date] | None:
    if said is not None:
        year = int(said)
        return _one_day(year + (2000 if year < 70 else 1900) if len(said) <= 2 else year, month, day)
    possible = [one[0] for year in (-1, 0, 1) if (one := _one_day(near.year + year, month, day)) is not None]
    best = min(possible, key=lambda day: abs(day - near), default=None)
    return (best, best) if best is not None else None


def _one_day(year: int, month: int, day: int) -> tuple[datetime.date, datetime.date] | None:
    with suppress(ValueError, OverflowError):
        on = datetime.date(year, month, day)
        return on, on
    return None


@cache
def _months() -> dict[str, int]:
    named = {name.casefold(): at for names in (MONTHS, _SPANISH, _FRENCH) for at, name in enumerate(names, 1)}
    short = {name[:3].casefold(): at for at, name in enumerate(MONTHS, 1)}
    return short | named | _ALSO


@cache
def _pattern() -> re.Pattern[str]:
    month = f"(?:{'|'.join(sorted(_months(), key=len, reverse=True))})\\b\\.?"
    of = "(?:of\\s|de\\s)?"
    end = "(?:st|nd|rd|th|er|º)?"
    forms = (
        f"(?:the )?(?P<d1>[0-3]?\\d){end}\\s{of}(?P<m1>{month})(?:,?\\s{of}(?P<y1>\\d{{4}}))?(?!\\d)",
        f"(?P<m2>{month})\\s(?:the\\s)?(?P<d2>[0-3]?\\d){end}(?![\\d:])(?:,?\\s(?P<y2>\\d{{4}}))?(?!\\d)",
        f"(?P<m3>{month})\\s{of}(?P<y3>\\d{{4}})(?!\\d)",
        "(?P<iy>\\d{4})[-/.](?P<im>[01]?\\d)[-/.](?P<id>[0-3]?\\d)(?!\\d)",
        "(?:(?P<cy>\\d{4})\\s?[年년]\\s?)?(?P<cm>[01]?\\d)\\s?[月월]\\s?(?P<cd>[0-3]?\\d)\\s?[日일号]",
        "(?P<na>[0-3]?\\d)(?P<s>[-/.])\\s?(?P<nb>[0-3]?\\d)(?P=s)\\s?(?P<ny>\\d{4}|\\d{2})(?![./-]?\\d)",
    )
    before = "(?<![\\dA-Za-z\\u00c0-\\u024f])(?:week of |month of )?"
    return re.compile(f"{before}(?:{'|'.join(forms)})", re.IGNORECASE)
