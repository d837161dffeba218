"""Ids are unique, grow, and fit a JSON number; times are UTC; the day is the counsellor's own."""

import datetime
import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from service_cases import BEGAN, Clock

from alliance_desktop.services.stamps import Stamps

EXACT_IN_JSON = 1 << 53


def stamps(clock: Clock, chance: bytes = b"\x00\x01") -> Stamps:
    return Stamps(clock, lambda count: (chance * count)[:count])


@given(st.lists(st.tuples(st.integers(-5_000, 5_000), st.binary(min_size=2, max_size=2)), min_size=2, max_size=60))
def test_ids_grow_whatever_the_clock_and_chance_do(steps: list[tuple[int, bytes]]) -> None:
    clock, dice = Clock(), iter([one for _, one in steps])
    given_out = Stamps(clock, lambda _: next(dice))
    ids = []
    for milliseconds, _ in steps:
        clock.move(milliseconds=milliseconds)
        ids.append(given_out.new_id())
    assert all(one < other for one, other in itertools.pairwise(ids))


@pytest.mark.parametrize("year", [1970, 2026, 2039])
def test_ids_fit_a_json_number(year: int) -> None:
    clock = Clock(datetime.datetime(year, 12, 31, tzinfo=datetime.UTC))
    assert 0 <= stamps(clock, b"\xff\xff").new_id() < EXACT_IN_JSON


def test_two_vaults_at_the_same_moment_differ_by_chance() -> None:
    assert stamps(Clock(), b"\x00\x01").new_id() != stamps(Clock(), b"\x00\x02").new_id()


def test_a_later_start_goes_on_above_the_earlier_ids() -> None:
    clock = Clock()
    last = stamps(clock, b"\xff\xff").new_id()
    clock.move(milliseconds=1)
    assert stamps(clock, b"\x00\x00").new_id() > last


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone of a running program cannot be set here")
@pytest.mark.parametrize(("zone", "expected"), [("Pacific/Kiritimati", 6), ("Pacific/Pago_Pago", 5), ("UTC", 5)])
def test_today_is_the_day_where_the_counsellor_is(zone: str, expected: int, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setenv("TZ", zone)
        time.tzset()
        own = stamps(Clock(BEGAN))
        assert own.today() == datetime.date(2026, 3, expected)
        assert own.now() == BEGAN
    time.tzset()


@pytest.mark.parametrize("year", [1970, 2019, 2200])
def test_no_id_of_a_vault_is_given_twice_whatever_year_the_clock_says(year: int) -> None:
    newest = stamps(Clock(), b"\xff\xff").new_id()
    wrong = Clock(datetime.datetime(year, 1, 1, tzinfo=datetime.UTC))
    again = Stamps(wrong, lambda count: b"\x00" * count, newest).new_id()
    assert newest < again < EXACT_IN_JSON
