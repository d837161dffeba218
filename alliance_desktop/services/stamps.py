"""Time and ids for what is written: ids grow with time and fit a JSON number of any reader."""

import datetime
from collections.abc import Callable

from alliance_desktop.domain.clock import local

Now = Callable[[], datetime.datetime]
Random = Callable[[int], bytes]

_RANDOM_BITS = 12
_BEGINNING = datetime.datetime(2024, 1, 1, tzinfo=datetime.UTC)
_LAST_MILLISECOND = (1 << 40) - 1
"""Ids of later years only count on; a clock that is wrong by decades must not use them all up."""


class Stamps:
    """Gives times in UTC, the counsellor's own day, and new ids (53 bits: milliseconds since 2024, then chance).

    `newest` is the largest id the vault has or had. Every new id is larger, also where the clock was set back, so that
    none is ever given twice and their order is the order of writing.
    """

    def __init__(self, now: Now, random: Random, newest: int = 0) -> None:
        self._now = now
        self._random = random
        self._last = newest

    def now(self) -> datetime.datetime:
        """Return the time in UTC."""
        return self._now()

    def today(self) -> datetime.date:
        """Return the day where the counsellor is."""
        return local(self._now()).date()

    def new_id(self) -> int:
        """Return an id that this vault has not seen, larger than the one before."""
        since = self._now() - _BEGINNING
        milliseconds = min(max(int(since.total_seconds() * 1000), 0), _LAST_MILLISECOND)
        chance = int.from_bytes(self._random(2), "big") % (1 << _RANDOM_BITS)
        self._last = max((milliseconds << _RANDOM_BITS) | chance, self._last + 1)
        return self._last
