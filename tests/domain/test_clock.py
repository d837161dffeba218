"""A day of the computer that cannot be right is noticed, and an ordinary absence is not."""

import datetime

import pytest
from clock_cases import EDGES, in_zone

from alliance_desktop.domain import clock

LAST = datetime.date(2026, 5, 12)


@pytest.mark.parametrize("days", [-1, 0, 1, 30, 366, 400])
def test_ordinary_days_are_believed(days: int) -> None:
    assert clock.doubt(LAST + datetime.timedelta(days=days), LAST) is None


def test_a_vault_without_entries_doubts_nothing() -> None:
    assert clock.doubt(datetime.date(1970, 1, 1), None) is None


@pytest.mark.parametrize("today", [datetime.date(2019, 1, 3), datetime.date(2028, 5, 12), datetime.date(2100, 1, 1)])
def test_a_day_that_does_not_fit_is_asked_about_with_both_days(today: datetime.date) -> None:
    doubt = clock.doubt(today, LAST)
    assert doubt is not None
    assert "12 May 2026" in doubt.sentence
    assert str(today.year) in doubt.sentence
    assert "nothing is cleared away" in doubt.next_step


@pytest.mark.parametrize(("zone", "edge"), EDGES)
def test_a_moment_at_the_end_of_the_calendar_has_a_day_everywhere(zone: str, edge: datetime.datetime) -> None:
    with in_zone(zone):
        # The control: the moment itself cannot be told here.
        with pytest.raises(OverflowError):
            edge.astimezone()
        assert clock.local(edge) == edge
        assert clock.local(edge).date() == edge.date()


def test_any_other_moment_is_told_in_the_time_of_this_place() -> None:
    with in_zone("America/New_York"):
        assert clock.local(datetime.datetime(2026, 3, 5, 2, tzinfo=datetime.UTC)).date() == datetime.date(2026, 3, 4)


@pytest.mark.parametrize("last", [datetime.date.min, datetime.date.max])
@pytest.mark.parametrize("today", [datetime.date.min, datetime.date.max, datetime.date(9998, 12, 31), LAST])
def test_a_day_at_an_end_of_the_calendar_is_judged_like_any_other(today: datetime.date, last: datetime.date) -> None:
    # The control: no day can be reckoned from these.
    with pytest.raises(OverflowError):
        _ = (last - datetime.timedelta(days=1), last + datetime.timedelta(days=clock.LONG_AWAY))
    doubt = clock.doubt(today, last)
    assert (doubt is None) == (-1 <= (today - last).days <= 400)
    assert doubt is None or (doubt.sentence and doubt.next_step)
