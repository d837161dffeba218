"""Early signs: missed twice and a colder temperature. They ask; they make nothing, and one reason ends them."""

import datetime

import pytest
from story_cases import TODAY, Told, at, on

from alliance_desktop.domain.answers import chosen
from alliance_desktop.domain.attention import Offer, Rule
from alliance_desktop.domain.numbers import Numbers

TWICE, COLD = Rule.MISSED_TWICE, Rule.TEMPERATURE
ALL = ("attended", "came_late", "left_early", "late_cancel", "no_show", "i_cancelled", "excused", "ended_by_others")


@pytest.mark.parametrize("first", ALL)
@pytest.mark.parametrize("second", ALL)
def test_only_two_unexcused_missed_sessions_in_a_row_are_a_sign(first: str, second: str) -> None:
    maya = Told()
    maya.session(-14, first)
    maya.session(-7, second)
    expected = first in {"no_show", "late_cancel"} and second in {"no_show", "late_cancel"}
    assert bool(maya.shown(TWICE)) is expected


def test_the_second_one_is_named_and_three_ways_on_are_offered() -> None:
    maya = Told()
    maya.session(-14, "no_show")
    second = maya.session(-7, "late_cancel")
    (reason,) = maya.shown(TWICE)
    assert (reason.subject, reason.entry, reason.since) == (second.id, second.id, at(-7))
    assert reason.offers == (Offer.NOTE_STRAIN, Offer.REACH_OUT, Offer.KNOWN_REASON)
    assert reason.words == "missed twice, on 6 March 2026 and 13 March 2026: a sign of strain? A cue, not proof."
    third = maya.session(-1, "no_show")
    assert maya.shown(TWICE)[0].subject == third.id
    assert maya.shown(TWICE)[0].key != reason.key


@pytest.mark.parametrize("between", ["attended", "excused", "i_cancelled", "ended_by_others"])
def test_what_lies_between_breaks_the_row(between: str) -> None:
    maya = Told()
    maya.session(-21, "no_show")
    maya.session(-14, between)
    maya.session(-7, "no_show")
    assert not maya.shown(TWICE)


def test_one_missed_session_is_no_sign_and_a_note_without_attendance_says_nothing() -> None:
    maya = Told()
    maya.session(-7, "no_show")
    assert not maya.shown(TWICE)
    maya.session(-6, "")
    assert not maya.shown(TWICE)
    maya.session(-5, "no_show")
    maya.session(0, "")
    assert maya.shown(TWICE)


def test_a_session_dated_ahead_by_mistake_neither_makes_nor_hides_the_sign() -> None:
    maya = Told()
    maya.session(-7, "no_show")
    maya.session(7, "no_show")
    assert not maya.shown(TWICE)
    maya.session(-1, "late_cancel")
    maya.session(300, "attended")
    assert maya.shown(TWICE)


@pytest.mark.parametrize(
    ("first", "last", "shown"), [(-7, -7, False), (-14, -14, False), (-6, 0, True), (-8, -8, True)]
)
def test_a_session_missed_on_a_day_away_does_not_count(first: int, last: int, shown: bool) -> None:
    maya = Told()
    maya.session(-14, "no_show")
    maya.session(-7, "no_show")
    assert bool(maya.shown(TWICE, numbers=Numbers(away=((at(first), at(last)),)))) is shown


def _notice(maya: Told, days: int, written: int | None = None) -> None:
    arc = maya.strain(None)
    maya.add("rupture.notice", days, arc=arc, written=written, noticed_on=on(days))


@pytest.mark.parametrize(
    ("days", "written", "shown"), [(-8, -8, True), (-7, -7, False), (-6, -6, False), (-14, -6, False)]
)
def test_a_strain_noted_since_answers_the_question(days: int, written: int, shown: bool) -> None:
    maya = Told()
    maya.session(-14, "no_show")
    maya.session(-7, "no_show")
    _notice(maya, days, written)
    assert bool(maya.shown(TWICE)) is shown


@pytest.mark.parametrize(("days", "shown"), [(-8, True), (-7, False), (-6, False)])
def test_a_try_made_since_answers_the_question(days: int, shown: bool) -> None:
    maya = Told()
    maya.session(-14, "no_show")
    maya.session(-7, "no_show")
    maya.tried(days, "no_answer")
    assert bool(maya.shown(TWICE)) is shown


def test_a_next_try_that_is_planned_answers_it_too() -> None:
    maya = Told()
    maya.add("outreach.plan", -30, next_try_on=on(3))
    maya.session(-14, "no_show")
    maya.session(-7, "no_show")
    assert not maya.shown(TWICE)


@pytest.mark.parametrize("response", ["please_stop", "wants_space"])
def test_what_they_asked_for_is_reason_enough(response: str) -> None:
    maya = Told()
    maya.tried(-30, response, space_until=on(10))
    maya.session(-14, "no_show", temperature_client=chosen("5"))
    maya.session(-7, "no_show", temperature_client=chosen("1"))
    assert not maya.shown(TWICE)
    assert not maya.shown(COLD)


@pytest.mark.parametrize(
    ("before", "now", "shown"),
    [("5", "3", True), ("5", "4", False), ("4", "2", True), ("3", "2", False), ("2", "1", True), ("1", "1", True),
     ("1", "3", False), ("", "1", True), ("", "2", False), ("3", "did_not_ask", False), ("did_not_ask", "1", True)],
)  # fmt: skip
def test_a_drop_of_two_or_a_one_is_a_sign(before: str, now: str, shown: bool) -> None:
    maya = Told()
    maya.session(-14, temperature_client=chosen(before))
    maya.session(-7, temperature_client=chosen(now))
    assert bool(maya.shown(COLD)) is shown


def test_the_two_last_numbers_are_compared_over_sessions_without_one() -> None:
    maya = Told()
    maya.session(-21, temperature_client=chosen("5"))
    maya.session(-14, temperature_client=chosen("rather_not_say"))
    session = maya.session(-7, temperature_client=chosen("3"))
    (reason,) = maya.shown(COLD)
    assert reason.subject == session.id
    assert reason.words == "felt colder on 13 March 2026 (5, then 3 of 5): a sign, not proof."
    assert "2 or more below" in reason.why
    assert not maya.shown(COLD, numbers=Numbers(cold_by=3))
    _notice(maya, -7)
    assert not maya.shown(COLD)


def test_no_rule_makes_anything() -> None:
    maya = Told()
    maya.session(-14, "no_show", temperature_client=chosen("5"))
    maya.session(-7, "late_cancel", temperature_client=chosen("1"))
    before = (list(maya.entries), list(maya.arcs))
    assert {one.rule for one in maya.reasons()} == {TWICE, COLD}
    assert (maya.entries, maya.arcs) == before


def test_the_clock_is_only_what_is_given() -> None:
    maya = Told()
    maya.session(-14, "no_show")
    maya.session(-7, "no_show")
    assert maya.days_shown(TWICE, range(-9, 1)) == list(range(-7, 1))
    assert datetime.date(2026, 3, 20) == TODAY
