"""Typed days and times."""

import datetime

import pytest

from alliance_desktop.domain.answers import About
from alliance_desktop.ui.fields.reading import read_day, read_time

TODAY = datetime.date(2026, 5, 12)


@pytest.mark.parametrize(
    ("typed", "on"),
    [
        ("5/3/2026", (2026, 3, 5)),
        ("5.3.26", (2026, 3, 5)),
        ("25/3/2026", (2026, 3, 25)),
        ("2026-03-05", (2026, 3, 5)),
        ("5 Mar", (2026, 3, 5)),
        ("5 mar 2026", (2026, 3, 5)),
        ("5th of March 2026", (2026, 3, 5)),
        ("March 5, 2026", (2026, 3, 5)),
        ("1 Sept 2026", (2026, 9, 1)),
        ("30 Dec", (2025, 12, 30)),
        ("3.7.85", (1985, 7, 3)),
        (" Today ", (2026, 5, 12)),
        ("yesterday", (2026, 5, 11)),
        ("in 2 weeks", (2026, 5, 26)),
        ("3 days ago", (2026, 5, 9)),
        ("5\u00a0March\u00a02026", (2026, 3, 5)),
    ],
)
def test_a_day_is_read_as_people_type_it(typed: str, on: tuple[int, int, int]) -> None:
    read = read_day(typed, TODAY)
    assert read is not None
    assert read.on == datetime.date(*on)
    assert read.about is None


def test_month_first_reads_the_same_figures_the_other_way() -> None:
    assert read_day("5/3/2026", TODAY, day_first=False) == (datetime.date(2026, 5, 3), None)
    assert read_day("25/3/2026", TODAY, day_first=False) == (datetime.date(2026, 3, 25), None)


def test_words_say_how_sure_a_day_is() -> None:
    assert read_day("about 5 March", TODAY) == (datetime.date(2026, 3, 5), About.ABOUT)
    assert read_day("week of 4 May", TODAY) == (datetime.date(2026, 5, 4), About.WEEK)
    assert read_day("March 2026", TODAY) == (datetime.date(2026, 3, 1), About.MONTH)


@pytest.mark.parametrize(
    "typed", ["", "soon", "31/2/2026", "40 Mar", "5/", "99999 days ago", "in 999 weeks and more", "٣"]
)
def test_what_is_no_day_is_not_made_one(typed: str) -> None:
    assert read_day(typed, TODAY) is None


@pytest.mark.parametrize("leap", ["29 Feb", "29/2"])
def test_a_leap_day_without_a_year_is_the_nearest_one(leap: str) -> None:
    assert read_day(leap, datetime.date(2025, 3, 1)) == (datetime.date(2024, 2, 29), None)


@pytest.mark.parametrize(
    ("typed", "time"),
    [
        ("14:30", "14:30"),
        ("2.30 pm", "14:30"),
        ("1430", "14:30"),
        ("9", "09:00"),
        ("12 am", "00:00"),
        ("now", "08:05"),
        ("noon", "12:00"),
        ("25:00", None),
        ("half two", None),
        ("14:75", None),
        ("13 pm", None),
    ],
)
def test_a_time_is_read_as_people_type_it(typed: str, time: str | None) -> None:
    assert read_time(typed, datetime.time(8, 5)) == time
