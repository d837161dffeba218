"""How close a story is looked at: by weeks, by months, or all of it with one line for each month."""

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from enum import StrEnum

import msgspec

from alliance_desktop.domain.answers import MONTHS
from alliance_desktop.domain.days import day_within
from alliance_desktop.domain.timeline.row import Lane, Row, Spot, Symbol
from alliance_desktop.domain.timeline.telling import sentences, unheaded

NOW = "Now"
_MOST_TOLD = 3
"""So many strains are told by name in the line of a month."""


class Zoom(StrEnum):
    """How close a story is looked at."""

    WEEK = "week"
    MONTH = "month"
    ALL = "all"


class Line(msgspec.Struct, frozen=True):
    """One line of the list: the rows from `first` to before `last`; a heading has none, and its own words.

    `begins` says that a week begins with it, `month` that it stands for a whole month.
    """

    first: int
    last: int
    heading: str = ""
    begins: bool = False
    month: bool = False


class MonthRow(msgspec.Struct, frozen=True, kw_only=True):
    """What a month tells: its name, what there was in words, and the marks of each lane with their numbers."""

    on: datetime.date
    title: str
    text: str
    spoken: str
    marks: Mapping[Lane, tuple[tuple[Symbol, int], ...]]


def lines(shown: Sequence[Spot], zoom: Zoom) -> list[Line]:
    """Return the lines of the rows that are shown."""
    now = next((at for at, one in enumerate(shown) if is_now(one)), len(shown))
    if zoom is Zoom.WEEK:
        return _by_week(shown, now)
    return _by_month(shown, now) if zoom is Zoom.MONTH else _months(shown, now)


def is_now(spot: Spot) -> bool:
    """Say whether a row tells how something stands now, and so has no day of its own."""
    return spot.row is not None and spot.row.symbol is Symbol.OPEN


def monday(on: datetime.date) -> datetime.date:
    """Return the day that the week of a day begins with."""
    return day_within(on, -on.weekday())


def month_words(on: datetime.date) -> str:
    """Return what the month of a day is called."""
    return f"{MONTHS[on.month - 1]} {on.year}"


def _by_week(shown: Sequence[Spot], now: int) -> list[Line]:
    made: list[Line] = []
    before = -1
    for at, spot in enumerate(shown):
        week = (spot.on.toordinal() - 1) // 7 if at < now else -2
        made.append(Line(at, at + 1, "", week != before))
        before = week
    return made


def _by_month(shown: Sequence[Spot], now: int) -> list[Line]:
    made: list[Line] = []
    before = None
    for at, spot in enumerate(shown):
        month = (spot.on.year, spot.on.month) if at < now else (0, 0)
        if month != before:
            made.append(Line(at, at, month_words(spot.on) if at < now else NOW))
            before = month
        made.append(Line(at, at + 1))
    return made


def _months(shown: Sequence[Spot], now: int) -> list[Line]:
    made: list[Line] = []
    first = 0
    for at in range(1, now + 1):
        if at == now or (shown[at].on.month, shown[at].on.year) != (shown[first].on.month, shown[first].on.year):
            made.append(Line(first, at, month=True))
            first = at
    return made + [Line(at, at + 1) for at in range(now, len(shown))]


def month_row(rows: Sequence[Row]) -> MonthRow:
    """Return what the rows of one month tell together."""
    title = month_words(rows[0].on)
    told = [one for one in (_sessions(rows), *_strains(rows), _tries(rows), _goals(rows), _others(rows)) if one]
    marks = {lane: _marks(rows, lane) for lane in Lane}
    text = " · ".join(told)
    spoken = sentences(f"{title}: {', '.join(told)}")
    return MonthRow(on=rows[0].on, title=title, text=f"{text[:1].upper()}{text[1:]}", spoken=spoken, marks=marks)


def _marks(rows: Sequence[Row], lane: Lane) -> tuple[tuple[Symbol, int], ...]:
    counted = Counter(one.symbol for one in rows if one.lane is lane)
    return tuple((symbol, counted[symbol]) for symbol in Symbol if counted[symbol])


def _number(rows: Sequence[Row], *symbols: Symbol) -> int:
    return sum(one.symbol in symbols for one in rows)


def _counted(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}" if number else ""


def _sessions(rows: Sequence[Row]) -> str:
    mine = [one for one in rows if one.lane is Lane.SESSIONS]
    held = _number(mine, Symbol.ATTENDED, Symbol.PARTLY)
    partly = _number(mine, Symbol.PARTLY)
    parts = [
        _counted(held, "session", "sessions"),
        f"{partly} of them in part" if partly and held > 1 else "in part" if partly else "",
    ]
    for symbol, word in ((Symbol.MISSED, "missed"), (Symbol.OFF, "cancelled or excused")):
        number = _number(mine, symbol)
        named = any(parts)
        parts.append(
            f"{number:,} {word}" if number and named else _counted(number, f"session {word}", f"sessions {word}")
        )
    return ", ".join(one for one in parts if one)


def _strains(rows: Sequence[Row]) -> list[str]:
    """Return what happened to each strain, the first few by name."""
    happened: dict[str, list[str]] = {}
    for one in rows:
        if one.arc is not None:
            word, name = unheaded(one.title)
            happened.setdefault(name, []).append(word)
    told = [f"{name} {', '.join(words)}" for name, words in happened.items()]
    more = _counted(len(told) - _MOST_TOLD, "more strain", "more strains") if len(told) > _MOST_TOLD else ""
    return [*told[:_MOST_TOLD], more]


def _tries(rows: Sequence[Row]) -> str:
    tries, yes = _number(rows, Symbol.YES, Symbol.TRIED), _number(rows, Symbol.YES)
    told = _counted(tries, "try to reach them", "tries to reach them")
    return f"{told}, {yes} answered yes" if yes else told


def _goals(rows: Sequence[Row]) -> str:
    return _counted(_number(rows, Symbol.GOAL), "entry about goals", "entries about goals")


def _others(rows: Sequence[Row]) -> str:
    locked = _number(rows, Symbol.LOCKED)
    others = sum(one.symbol in {Symbol.OTHER, Symbol.ADDENDUM} for one in rows)
    parts = [
        _counted(others, "other entry", "other entries"),
        _counted(locked, "entry in a drawer", "entries in a drawer"),
    ]
    return ", ".join(one for one in parts if one)
