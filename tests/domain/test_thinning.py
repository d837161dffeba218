"""Which backups are kept: the table of the plan, a clock that jumps, and three good ones in any case."""

import datetime

import pytest

from alliance_desktop.domain.thinning import Made, kept

NOW = datetime.datetime(2026, 11, 22, 9, 48, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)
DAY = datetime.timedelta(days=1)


def hourly(days: int) -> list[Made]:
    return [Made(NOW - HOUR * hours) for hours in range(days * 24, -1, -1)]


def stays(backups: list[Made], now: datetime.datetime = NOW) -> list[datetime.datetime]:
    return [backups[at].at for at in sorted(kept(backups, now))]


def test_all_of_two_days_then_days_weeks_and_months() -> None:
    found = stays(hourly(420))
    ages = [NOW - at for at in found]
    assert sum(age <= 2 * DAY for age in ages) == 49
    assert len(found) == 49 + 12 + 10 + 9
    assert max(ages) > 300 * DAY


def test_of_each_day_the_newest_stays() -> None:
    older = [at for at in stays(hourly(30)) if NOW - at > 3 * DAY]
    assert {at.hour for at in older[-10:]} == {23}


def test_thinning_twice_is_thinning_once() -> None:
    backups = hourly(200)
    once = [backups[at] for at in sorted(kept(backups, NOW))]
    assert kept(once, NOW) == set(range(len(once)))


def test_the_future_is_never_thinned() -> None:
    ahead = [Made(NOW + HOUR * hours) for hours in range(1, 60)]
    found = stays([*ahead, *hourly(30)])
    assert {one.at for one in ahead} <= set(found)


@pytest.mark.parametrize("year", [1970, 2025])
def test_a_clock_in_the_past_thins_nothing(year: int) -> None:
    past = NOW.replace(year=year)
    backups = [*hourly(100), Made(past)]
    assert kept(backups, past) == set(range(len(backups)))


def test_a_clock_a_century_ahead_leaves_days_weeks_and_months() -> None:
    far = NOW.replace(year=2100)
    found = stays([*hourly(300), Made(far)], far)
    assert len(found) > 25
    assert NOW in found


def test_three_good_ones_stay_however_old() -> None:
    old = [Made(NOW - 4000 * DAY + HOUR * one) for one in range(5)]
    assert len(stays(old)) >= 3


def test_what_cannot_be_read_is_not_judged_and_takes_no_place() -> None:
    bad = [Made(NOW - 40 * DAY + HOUR * one, good=False) for one in range(30)]
    backups = [*bad, *hourly(100)]
    found = kept(backups, NOW)
    assert set(range(len(bad))) <= found
    assert len(found) - len(bad) == len(kept(hourly(100), NOW))


def test_summer_time_moves_nothing() -> None:
    zone = datetime.timezone(datetime.timedelta(hours=1))
    shown = [Made(one.at.astimezone(zone)) for one in hourly(60)]
    assert kept(shown, NOW.astimezone(zone)) == kept(hourly(60), NOW)


def test_none_and_one() -> None:
    assert kept([], NOW) == set()
    assert kept([Made(NOW - 900 * DAY)], NOW) == {0}
