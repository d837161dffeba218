"""Which backups to keep: many of the last days, then fewer and fewer, about a year back."""

import datetime
from collections.abc import Callable, Hashable, Sequence
from typing import NamedTuple

WHOLE = datetime.timedelta(days=2)
"""All backups younger than this are kept."""
LEAST_GOOD = 3


class Made(NamedTuple):
    """When a backup was made (with a time zone), and whether it can be read."""

    at: datetime.datetime
    good: bool = True


class _Span(NamedTuple):
    most: int
    bucket: Callable[[datetime.date], Hashable]


_SPANS = (
    _Span(12, lambda day: day),
    _Span(10, lambda day: day.isocalendar()[:2]),
    _Span(9, lambda day: (day.year, day.month)),
)


def kept(backups: Sequence[Made], now: datetime.datetime) -> set[int]:
    """Return the places in a list of backups, in the order they were made, of those to keep.

    Kept are all of the last two days, then the newest of each of 12 days, 10 weeks and 9 months that have any, and
    the newest three good ones in any case. Days are those of UTC, so that summer time moves nothing. What is dated
    after `now`, or cannot be read, is not judged and stays; and where the clock has just been set back behind the
    backup before the last, everything stays.
    """
    everything = set(range(len(backups)))
    if len(backups) > 1 and backups[-2].at > now:
        return everything
    judged = sorted((at for at in everything if _is_judged(backups[at], now)), key=lambda at: backups[at].at)
    newest_first = judged[::-1]
    young = [at for at in newest_first if now - backups[at].at <= WHOLE]
    stay = everything - set(judged) | set(young) | set(newest_first[:LEAST_GOOD])
    rest = newest_first[len(young) :]
    for span in _SPANS:
        rest = _thinned(rest, span, backups, stay)
    return stay


def _is_judged(one: Made, now: datetime.datetime) -> bool:
    return one.good and one.at <= now


def _thinned(rest: list[int], span: _Span, backups: Sequence[Made], stay: set[int]) -> list[int]:
    """Keep the newest of each bucket of one span; return what is older than its last bucket."""
    seen: set[Hashable] = set()
    for place, at in enumerate(rest):
        bucket = span.bucket(backups[at].at.astimezone(datetime.UTC).date())
        if bucket in seen:
            continue
        if len(seen) == span.most:
            return rest[place:]
        seen.add(bucket)
        stay.add(at)
    return []
