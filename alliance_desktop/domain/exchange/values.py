"""The values of a line: what each must be, said in plain words, and the one way in which each is written."""

import datetime
import math
import re
from collections.abc import Callable
from typing import Any, NamedTuple

LARGEST = (1 << 53) - 1
"""The largest whole number that every reader of JSON keeps exactly."""
LARGEST_ID = LARGEST - (1 << 40)
"""The largest that a file may begin with: what is written later counts on from there, and can be taken as well."""
LARGEST_COUNT = 1_000_000

_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)", re.ASCII)
_NOON = "T12:00:00.000000+00:00"
LONG_AGO = f"2000-01-01{_NOON}"
"""When something was made of which a file does not say it."""


class LineError(Exception):
    """A line that cannot be taken; the text says why, without any of its words."""


class Value(NamedTuple):
    """One kind of value: what it is in words, whether something fits, and how that is written."""

    words: str
    fits: Callable[[Any], bool]
    written: Callable[[Any], Any] | None = None


def one_of(*wanted: Any) -> Value:
    """Return the value that is one of a few."""
    shown = ", ".join(f'"{one}"' if isinstance(one, str) else str(one) for one in wanted)
    return Value(shown if len(wanted) == 1 else f"one of {shown}", lambda value: _is_among(value, wanted))


def or_null(value: Value) -> Value:
    """Return the value that may be null as well."""
    written = value.written
    return Value(
        f"{value.words} or null",
        lambda one: one is None or value.fits(one),
        None if written is None else lambda one: None if one is None else written(one),
    )


def is_whole(value: object, least: int, most: int) -> bool:
    """Say whether a value is a whole number within bounds; true and false are none."""
    return type(value) is int and least <= value <= most


def is_day(value: object) -> bool:
    """Say whether a value is a day that there is, written as 2026-03-05."""
    if not isinstance(value, str) or len(value) != len("2026-03-05"):
        return False
    try:
        return datetime.date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def noon_of(day: str) -> str:
    """Return noon of a day, in UTC."""
    return f"{day}{_NOON}"


def is_plain(value: Any, depth: int = 32) -> bool:
    """Say whether a value is plain data that can be kept: no number out of bounds, and not too deep."""
    if isinstance(value, dict | list):
        parts = value.values() if isinstance(value, dict) else value
        return depth > 0 and all(is_plain(one, depth - 1) for one in parts)
    if isinstance(value, int | float):
        return math.isfinite(value) and abs(value) <= LARGEST
    return True


def _is_among(value: object, wanted: tuple[Any, ...]) -> bool:
    return any(type(value) is type(one) and value == one for one in wanted)


def _moment(value: Any) -> str | None:
    """Return a time in UTC as it is stored, or None for what is no time with a zone."""
    if not isinstance(value, str) or not _TIME.fullmatch(value):
        return None
    try:
        time = datetime.datetime.fromisoformat(value)
        # Some readers take midnight as the end of a day as well.
        midnight = value[11:13] == "24"
        return None if midnight else time.astimezone(datetime.UTC).isoformat(timespec="microseconds")
    except (ValueError, OverflowError):
        return None


ID = Value(f"a whole number from 1 to {LARGEST}", lambda value: is_whole(value, 1, LARGEST))
WHOLE = Value(f"a whole number from 0 to {LARGEST}", lambda value: is_whole(value, 0, LARGEST))
COUNT = Value(f"a whole number from 1 to {LARGEST_COUNT}", lambda value: is_whole(value, 1, LARGEST_COUNT))
DAY = Value("a day that there is, such as 2026-03-05", is_day)
TIME = Value("a time with its zone, such as 2026-03-05T16:40:00Z", lambda value: _moment(value) is not None, _moment)
TEXT = Value("a text", lambda value: isinstance(value, str))
FLAG = Value("true or false", lambda value: isinstance(value, bool))
ANSWERS = Value("an object of answers", lambda value: isinstance(value, dict))
OBJECT = Value("an object", lambda value: isinstance(value, dict))
IDS = Value("a list of ids", lambda value: isinstance(value, list) and all(is_whole(one, 1, LARGEST) for one in value))
LIST = Value("a list", lambda value: isinstance(value, list))
ANY = Value("plain data", is_plain)
