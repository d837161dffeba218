"""The last day that was surely right, kept in the vault: what a wrong clock is measured against."""

import datetime
from contextlib import suppress

from alliance_desktop.domain import clock
from alliance_desktop.domain.days import day_within
from alliance_desktop.domain.errors import KnownError
from alliance_desktop.services.preferences import Settings
from alliance_desktop.services.stamps import Stamps
from alliance_desktop.storage.store import Store

SURE = "last sure day"
"""The setting with the last day of this computer that fitted the one before, or was said to be right."""
WAITS = "bin waits until"
"""The setting with the day before which the bin lets nothing go."""
GAP = datetime.timedelta(days=45)
"""After a longer time without a sure day the bin keeps everything for its days once more."""


class Calendar:
    """Says whether the computer's day fits; what is written on a day that does not fit makes it no surer."""

    def __init__(self, store: Store, stamps: Stamps) -> None:
        self._store, self._stamps = store, stamps
        self._believed: datetime.date | None = None

    def doubt(self) -> clock.Doubt | None:
        """Return what is odd about the computer's day; None where nothing is, or it was said that it is right."""
        today = self._stamps.today()
        return None if today == self._believed else clock.doubt(today, self._sure())

    def keep(self) -> None:
        """Take today for the last sure day, within a transaction; in doubt the last one stays, and is kept as such."""
        sure, today = self._sure(), self._stamps.today()
        if sure is not None and self.doubt() is not None:
            self._put(SURE, sure)
        elif sure is None or today > sure or today == self._believed:
            self._move(sure, today)
        else:
            self._put(SURE, sure)

    def believe(self) -> None:
        """Take the computer's day for right, as the counsellor says.

        In a vault that is open for reading only, or where the disk does not take it, that counts until it is closed.
        """
        self._believed = self._stamps.today()
        if self._store.read_only:
            return
        with suppress(KnownError), self._store.transaction():
            self._move(self._sure(), self._believed)

    def bin_waits_until(self) -> datetime.date | None:
        """Return the day before which nothing in the bin goes; None where it does not wait."""
        return self._day(WAITS)

    def _move(self, sure: datetime.date | None, today: datetime.date) -> None:
        waits = self.bin_waits_until()
        if sure is not None and abs(today - sure) > GAP:
            self._put(WAITS, self._bin_days_on(today))
        elif waits is not None:
            # A day that was set by a clock far ahead must not stop the bin for years.
            self._put(WAITS, min(waits, self._bin_days_on(today)))
        self._put(SURE, today)

    def _bin_days_on(self, today: datetime.date) -> datetime.date:
        days = Settings(self._store).preferences().attention.bin_days
        return day_within(today, days)

    def _sure(self) -> datetime.date | None:
        """Return the last sure day; in a vault that kept none yet, the day on which the newest entry was written."""
        kept = self._day(SURE)
        if kept is not None:
            return kept
        last = self._store.entries.last_begun()
        return clock.local(last).date() if last is not None else None

    def _day(self, name: str) -> datetime.date | None:
        kept = self._store.settings.get(name)
        try:
            return datetime.date.fromisoformat(kept) if isinstance(kept, str) else None
        except ValueError:
            return None

    def _put(self, name: str, day: datetime.date) -> None:
        if self._day(name) != day:
            self._store.settings.put(name, day.isoformat())
