"""The numbers of the plain rules: how many days, how many sessions, and which days do not count as waiting."""

import datetime

import msgspec

from alliance_desktop.domain.days import day_from, day_within

Period = tuple[datetime.date, datetime.date]


class Numbers(msgspec.Struct, frozen=True, kw_only=True):
    """Every number a rule uses, each a choice of our own that the counsellor may change.

    `away` are holidays, first and last day: they do not count as waiting, and a session missed then says
    nothing. The two may stand in either order.
    """

    reflect_days: int = 3
    talk_days: int = 7
    agree_days: int = 14
    draft_days: int = 2
    goals_days: int = 30
    hurting_days: int = 7
    foundation_sessions: int = 12
    no_answer_days: int = 5
    not_now_days: tuple[int, ...] = (7, 14, 30)
    second_look_days: int = 7
    bin_days: int = 30
    cold_by: int = 2
    review_days: int = 14
    agenda_days: int = 14
    away: tuple[Period, ...] = ()

    def is_away(self, day: datetime.date) -> bool:
        """Say whether a day lies in a holiday."""
        return any(min(period) <= day <= max(period) for period in self.away)

    def away_between(self, since: datetime.date, until: datetime.date) -> int:
        """Return how many days after `since`, up to `until`, were days away; a day in two holidays counts once."""
        count, reached = 0, since
        for first, last in sorted((min(one), max(one)) for one in self.away):
            if reached >= until:
                break
            begins, ends = max(first, day_within(reached, 1)), min(last, until)
            if begins <= ends:
                count += (ends - begins).days + 1
                reached = ends
        return count

    def waited(self, since: datetime.date, until: datetime.date) -> int:
        """Return how many days of waiting there were from one day to another, days away left out; never below 0."""
        if until <= since:
            return 0
        return (until - since).days - self.away_between(since, until)

    def day_after(self, on: datetime.date, days: int) -> datetime.date:
        """Return the day on which so many days of waiting have passed; the end of the calendar where there is none."""
        reached, left = on, days
        for first, last in sorted((min(one), max(one)) for one in self.away):
            begins = max(first, day_within(reached, 1))
            waited = (begins - reached).days - 1
            if waited >= left:
                break
            if begins <= last:
                reached, left = last, left - waited
        return day_from(reached, left) or datetime.date.max

    def not_now(self, count: int) -> int:
        """Return how long to wait after the so-manieth "not now": the last number of the row goes on for ever."""
        series = self.not_now_days or (Numbers().not_now_days)
        return series[min(max(count, 1), len(series)) - 1]
