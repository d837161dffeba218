"""How typed days and times are read: forgiving, and honest about what cannot be read."""

import datetime
import re
from typing import NamedTuple

from alliance_desktop.domain.answers import MONTHS, About, Answer, about_of, date_of, long_day
from alliance_desktop.domain.days import day_from, day_within, month_end

_SOON = {"today": 0, "yesterday": -1, "tomorrow": 1}
_ABOUT = {
    "about": About.ABOUT,
    "around": About.ABOUT,
    "roughly": About.ABOUT,
    "week of": About.WEEK,
    "month of": About.MONTH,
    "on": About.EXACT,
}
_STEPS = {"day": 1, "days": 1, "week": 7, "weeks": 7}
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_NUMBERS = re.compile(r"(\d{1,2})[-/. ](\d{1,2})(?:[-/. ](\d{4}|\d{2}))?\.?")
_DAY_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th|\.)?(?: of)?[ -]?([^\W\d]{3,})\.?[ -]?(\d{4}|\d{2})?")
_MONTH_DAY = re.compile(r"([^\W\d]{3,})\.? (\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4}))?")
_MONTH_YEAR = re.compile(r"([^\W\d]{3,})\.? (\d{4})")
_AGO = re.compile(r"(\d{1,3}) (days?|weeks?) ago")
_IN = re.compile(r"in (\d{1,3}) (days?|weeks?)")
_TIME = re.compile(r"(\d{1,2})(?:[:.h ]?(\d{2}))? ?(am|pm|a\.m\.|p\.m\.)?")


class Read(NamedTuple):
    """A day as it was read; `about` is set only where the words themselves said how sure it is."""

    on: datetime.date
    about: About | None = None


def read_day(typed: str, today: datetime.date, day_first: bool = True) -> Read | None:
    """Return the day that was typed, or None where it cannot be read as one."""
    text = " ".join(typed.lower().replace("\u00a0", " ").replace(",", " ").split())
    for words, about in _ABOUT.items():
        if text.startswith(f"{words} "):
            plain = _read_plain(text[len(words) + 1 :], today, day_first)
            return Read(plain.on, plain.about if plain.about else about) if plain else None
    return _read_plain(text, today, day_first)


def odd_day(answer: Answer, today: datetime.date, born: datetime.date | None) -> str:
    """Return a sentence on a day that something can hardly have happened on; an empty text for every other."""
    on = date_of(answer)
    if on is None:
        return ""
    if on > today:
        return "That day is still to come."
    if born is not None and _last_of(on, about_of(answer)) < born:
        return f"That is before they were born ({long_day(born)})."
    return ""


def read_time(typed: str, now: datetime.time) -> str | None:
    """Return the time that was typed as "14:30", or None where it cannot be read as one."""
    text = typed.strip().lower()
    if text == "now":
        return f"{now:%H:%M}"
    if text in {"noon", "midday"}:
        return "12:00"
    found = _TIME.fullmatch(text)
    if found is None:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "")[:1]
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None


def _last_of(on: datetime.date, about: About) -> datetime.date:
    """Return the last day that may be meant."""
    return month_end(on) if about is About.MONTH else day_within(on, 6 if about is About.WEEK else 0)


def _read_plain(text: str, today: datetime.date, day_first: bool) -> Read | None:
    if text in _SOON:
        return _shifted(today, _SOON[text])
    if found := _AGO.fullmatch(text):
        return _shifted(today, -int(found[1]) * _STEPS[found[2]])
    if found := _IN.fullmatch(text):
        return _shifted(today, int(found[1]) * _STEPS[found[2]])
    if found := _ISO.fullmatch(text):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _NUMBERS.fullmatch(text):
        return _numbers(int(found[1]), int(found[2]), found[3], today, day_first)
    return _named(text, today)


def _named(text: str, today: datetime.date) -> Read | None:
    """Read a day whose month is a word."""
    if found := _MONTH_YEAR.fullmatch(text):
        month = _month(found[1])
        read = _day(int(found[2]), month, 1) if month else None
        return Read(read.on, About.MONTH) if read else None
    if found := _DAY_MONTH.fullmatch(text):
        return _with_year(found[3], _month(found[2]), int(found[1]), today)
    if found := _MONTH_DAY.fullmatch(text):
        return _with_year(found[3], _month(found[1]), int(found[2]), today)
    return None


def _numbers(one: int, other: int, year: str | None, today: datetime.date, day_first: bool) -> Read | None:
    day, month = (one, other) if day_first else (other, one)
    if month > 12 >= day:
        # 25 cannot be a month, so the reader's order was the other one.
        day, month = month, day
    return _with_year(year, month, day, today)


def _month(word: str) -> int:
    for number, name in enumerate(MONTHS, 1):
        if name.lower().startswith(word) or (word == "sept" and number == 9):
            return number
    return 0


def _with_year(year: str | None, month: int, day: int, today: datetime.date) -> Read | None:
    if year is None:
        near = [one.on for one in (_day(today.year + step, month, day) for step in (-1, 0, 1)) if one]
        return Read(min(near, key=lambda on: abs(on - today))) if near else None
    whole = int(year)
    if len(year) == 2:
        # Two figures are taken as a year up to ten ahead, else in the century before (a year of birth).
        whole += today.year // 100 * 100
        whole -= 100 if whole > today.year + 10 else 0
    return _day(whole, month, day)


def _day(year: int, month: int, day: int) -> Read | None:
    try:
        return Read(datetime.date(year, month, day))
    except ValueError:
        return None


def _shifted(today: datetime.date, days: int) -> Read | None:
    on = day_from(today, days)
    return Read(on) if on is not None else None
