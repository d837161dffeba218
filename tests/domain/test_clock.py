"""A day of the computer that cannot be right is noticed, and an ordinary absence is not."""

import datetime

import pytest

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
