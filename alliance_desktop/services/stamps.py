"""Time and ids for what is written: ids grow with time and fit a JSON number of any reader."""

import datetime
from collections.abc import Callable

Now = Callable[[], datetime.datetime]
Random = Callable[[int], bytes]

_RANDOM_BITS = 12


class Stamps:
    """Gives times in UTC, the counsellor's own day, and new ids (53 bits: milliseconds, then chance)."""

    def __init__(self, now: Now, random: Random) -> None:
        self._now = now
        self._random = random
        self._last = 0

    def now(self) -> datetime.datetime:
        """Return the time in UTC."""
        return self._now()

    def today(self) -> datetime.date:
        """Return the day where the counsellor is."""
        return self._now().astimezone().date()

    def new_id(self) -> int:
        """Return an id that this vault has not seen, larger than the one before."""
        milliseconds = int(self._now().timestamp() * 1000) % (1 << 41)
        chance = int.from_bytes(self._random(2), "big") % (1 << _RANDOM_BITS)
        self._last = max((milliseconds << _RANDOM_BITS) | chance, self._last + 1)
        return self._last
