"""The ends of the calendar, periods the wrong way round, and names that cannot be seen."""

import datetime

import pytest

from alliance_desktop.domain.client import NO_CODE, Client
from alliance_desktop.domain.days import day_from, day_within, in_order, month_end
from alliance_desktop.domain.entry import ClientId, EntryId
from alliance_desktop.domain.errors import DiskFullError, FinishedError, NotDoneError, SaveWaitingError, of_act
from alliance_desktop.domain.numbers import Numbers
from alliance_desktop.domain.outreach.steps import waited_until
from alliance_desktop.domain.outreach.tries import Try
from alliance_desktop.domain.periods import Span, days_of

D = datetime.date
NOW = datetime.datetime(2026, 3, 5, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("span", "today", "days"),
    [
        (Span.SCHOOL_YEAR, D(9999, 12, 31), (D(9999, 9, 1), D.max)),
        (Span.SCHOOL_YEAR, D(9999, 8, 31), (D(9998, 9, 1), D(9999, 8, 31))),
        (Span.SCHOOL_YEAR, D(1, 1, 1), (D.min, D(1, 8, 31))),
        (Span.SCHOOL_YEAR, D(2026, 9, 1), (D(2026, 9, 1), D(2027, 8, 31))),
        (Span.MONTH, D(9999, 12, 31), (D(9999, 12, 1), D.max)),
        (Span.MONTH, D(2028, 2, 5), (D(2028, 2, 1), D(2028, 2, 29))),
        (Span.OWN, D(2026, 12, 5), (D(2026, 12, 1), D(2026, 12, 31))),
        (Span.YEAR, D(9999, 12, 31), (D(9999, 1, 1), D.max)),
    ],
)
def test_periods_end_with_the_calendar(
    span: Span, today: datetime.date, days: tuple[datetime.date, datetime.date]
) -> None:
    assert days_of(span, today) == days


@pytest.mark.parametrize("away", [((D(2026, 4, 1), D(2026, 4, 10)),), ((D(2026, 4, 10), D(2026, 4, 1)),)])
def test_days_away_count_in_either_order(away: tuple[tuple[datetime.date, datetime.date], ...]) -> None:
    numbers = Numbers(away=away)
    assert numbers.is_away(D(2026, 4, 5))
    assert not numbers.is_away(D(2026, 4, 11))
    assert numbers.away_between(D(2026, 3, 30), D(2026, 4, 30)) == 10
    assert numbers.day_after(D(2026, 3, 31), 1) == D(2026, 4, 11)


def test_days_away_without_an_end_let_no_day_come() -> None:
    numbers = Numbers(away=((D.max, D.min), (D(2026, 5, 1), D(2026, 4, 1))))
    assert numbers.waited(D.min, D.max) == 0
    assert numbers.away_between(D.max, D.max) == 0
    assert numbers.day_after(D(2026, 3, 5), 1) == D.max


@pytest.mark.parametrize("blank", ["\u200b", "\u2068\u2069", "\u202e \u200f", "\u3164", "\ufe0f", "\u00a0\u2800"])
def test_a_name_that_cannot_be_seen_is_none(blank: str) -> None:
    def called(**answers: str) -> str:
        return Client(id=ClientId(1), created_at=NOW, answers=answers).called

    assert called(called=blank, code="D-34") == "D-34"
    assert called(called=blank, code=blank) == NO_CODE
    assert called(called=f" Da{blank}na ") == f"Da{blank}na"


def test_an_act_beside_writing_says_that_nothing_was_changed() -> None:
    assert isinstance(of_act(DiskFullError()), NotDoneError)
    for other in (SaveWaitingError(), FinishedError()):
        assert of_act(other) is other


@pytest.mark.parametrize(
    ("on", "days", "found", "within"),
    [
        (D(2026, 2, 27), 2, D(2026, 3, 1), D(2026, 3, 1)),
        (D(2026, 3, 1), -1, D(2026, 2, 28), D(2026, 2, 28)),
        (D.max, 0, D.max, D.max),
        (D.max, 1, None, D.max),
        (D.min, -1, None, D.min),
        (D.min, -(10**30), None, D.min),
        (D.min, 10**30, None, D.max),
    ],
)
def test_no_day_lies_past_an_end_of_the_calendar(
    on: datetime.date, days: int, found: datetime.date | None, within: datetime.date
) -> None:
    assert day_from(on, days) == found
    assert day_within(on, days) == within


@pytest.mark.parametrize("on", [D(2028, 2, 1), D.max, D.min])
def test_a_month_ends_within_itself(on: datetime.date) -> None:
    last = month_end(on)
    assert (last.year, last.month) == (on.year, on.month)
    following = day_from(last, 1)
    assert following is None or following.day == 1


@pytest.mark.parametrize("on", [D.max, D.min])
@pytest.mark.parametrize("response", ["no_answer", "not_now", "wants_space"])
def test_a_try_at_an_end_of_the_calendar_has_a_day_to_wait_until(on: datetime.date, response: str) -> None:
    until = waited_until(Try(entry=EntryId(1), on=on, response=response, touched_at=NOW), [], Numbers())
    assert until is not None
    assert until >= on


@pytest.mark.parametrize("ends", [(D.max, D.min), (D.min, D.max), (None, D.min), (D.max, None), (None, None)])
def test_the_ends_of_a_period_may_stand_in_either_order(
    ends: tuple[datetime.date | None, datetime.date | None],
) -> None:
    both = None not in ends
    assert in_order(*ends) == ((D.min, D.max) if both else ends)
