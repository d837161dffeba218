"""Drafts, goals, first agreements, decisions, supervision, days that may hurt: shown on their day, hidden when met."""

import datetime

import pytest
from story_cases import PLAIN, Told, at, on

from alliance_desktop.domain import agenda, attention, dates
from alliance_desktop.domain.answers import chosen, dated
from alliance_desktop.domain.attention import Offer, Rule
from alliance_desktop.domain.numbers import Numbers

GOALS, FOUNDATION, DRAFT, HURTS = Rule.GOALS, Rule.FOUNDATION, Rule.OLD_DRAFT, Rule.HURTING_DATE


def test_a_draft_waits_for_two_days_from_when_it_was_last_written_in() -> None:
    li = Told()
    li.add("session.note", -9, draft=True, written=0)
    assert li.days_shown(DRAFT, range(5)) == [2, 3, 4]
    assert li.shown(DRAFT, 2)[0].words == "a note of 11 March 2026 is begun and not finished."
    assert li.days_shown(DRAFT, range(6), Numbers(away=((at(1), at(2)),))) == [4, 5]


@pytest.mark.parametrize(
    "what",
    ["foundation.agreements", "outreach.plan", "outreach.pause", "closing.closing", "goal.goal", "concern.concern",
     "referral.referral", "consent.consent", "safeguarding.concern"],
)  # fmt: skip
def test_what_is_kept_up_over_time_is_no_draft(what: str) -> None:
    li = Told()
    li.add(what, -20, draft=True)
    assert not li.shown(DRAFT)
    li.add("rupture.notice", -20, draft=True, arc=li.strain(None))
    assert not li.shown(DRAFT)
    li.add("meeting.meeting", -20, draft=True)
    assert len(li.shown(DRAFT)) == 1


def test_a_goal_is_shown_thirty_days_after_anybody_looked_at_it() -> None:
    li = Told()
    goal = li.add("goal.goal", -40, written=-40, own_words="Sleep\nthrough", set_on=on(-40))
    goal.answers["ratings"] = [{"on": on(0), "rating": chosen("4")}]
    assert li.days_shown(GOALS, range(28, 33)) == [30, 31, 32]
    assert li.shown(GOALS, 31)[0].words == "31 days since a goal was looked at: “Sleep through”."
    li.add("sharing_log.shared", 5, goals=[goal.id])
    assert li.days_shown(GOALS, range(33, 37)) == [35, 36]
    goal.answers["ratings"].append({"on": on(900)})
    assert li.days_shown(GOALS, range(33, 37)) == [35, 36], "a day ahead is a slip and hides nothing"
    goal.answers["state"] = chosen("reached")
    assert li.days_shown(GOALS, range(33, 37)) == []


@pytest.mark.parametrize("state", ["reaching_out", "paused"])
def test_goals_and_agreements_rest_while_they_do_not_meet(state: str) -> None:
    li = Told(state)
    li.add("goal.goal", -90)
    li.add("foundation.agreements", -90, agreements=[{"again_on": on(-1)}])
    assert not li.shown(GOALS)
    assert not li.shown(FOUNDATION)


def test_an_agreement_is_looked_at_again_on_its_day() -> None:
    rowan = Told()
    row = {"topic": "limits", "done_on": on(-60), "again_on": on(2)}
    rowan.add("foundation.agreements", -60, draft=True, agreements=[row, {"again_on": on(9)}])
    assert rowan.days_shown(FOUNDATION, range(5)) == [2, 3, 4]
    row["done_on"] = on(2)
    assert rowan.days_shown(FOUNDATION, range(11)) == [9, 10]


@pytest.mark.parametrize(("met", "missed", "shown"), [(11, 3, False), (12, 0, True), (13, 0, True)])
def test_agreements_are_looked_at_again_after_twelve_sessions(met: int, missed: int, shown: bool) -> None:
    rowan = Told()
    rowan.add("foundation.agreements", -100, agreements=[{"done_on": on(-100)}, {"done_on": on(-99)}])
    rowan.session(-99)
    for place in range(met):
        rowan.session(-90 + place)
    for place in range(missed):
        rowan.session(-30 + place, "excused")
    assert bool(rowan.shown(FOUNDATION)) is shown


@pytest.mark.parametrize(("setting", "shown"), [("school", True), ("college", True), ("private", False)])
def test_a_new_school_year_begins_on_the_first_of_september(setting: str, shown: bool) -> None:
    rowan = Told(setting=chosen(setting))
    rowan.add("foundation.agreements", 0, agreements=[{"done_on": on(0)}])
    day_before = (datetime.date(2026, 8, 31) - at(0)).days
    assert not rowan.shown(FOUNDATION, day_before)
    assert bool(rowan.shown(FOUNDATION, day_before + 1)) is shown
    rowan.entries[0].answers["agreements"].append({"done_on": dated(datetime.date(2026, 9, 1))})
    assert not rowan.shown(FOUNDATION, day_before + 30)


def test_nothing_agreed_yet_is_nothing_to_look_at_again() -> None:
    rowan = Told(setting=chosen("school"))
    rowan.add("foundation.agreements", -400, agreements=[{"topic": "limits"}])
    assert not rowan.shown(FOUNDATION)


def test_a_decision_is_looked_at_on_its_day() -> None:
    li = Told()
    decision = li.add("decision.decision", -5, review_on=on(2))
    assert li.days_shown(Rule.DECISION_REVIEW, range(4)) == [2, 3]
    own = attention.own_reasons(li.entries, at(2), PLAIN)
    assert [(one.rule, one.client) for one in own] == [(Rule.DECISION_REVIEW, None)]
    decision.answers["reviewed"] = True
    assert li.days_shown(Rule.DECISION_REVIEW, range(4)) == []


def test_supervision_that_waits_is_one_reason_of_nobody() -> None:
    li = Told()
    for _ in range(2):
        li.add("rupture.acknowledge", 0, arc=li.strain(0, "acknowledged"), supervision=chosen("next_time"))
    li.strain(-90)
    waiting = agenda.items([li.story], [], at(0))
    assert attention.own_reasons([], at(13), PLAIN, waiting) == []
    (reason,) = attention.own_reasons([], at(14), PLAIN, waiting)
    assert (reason.client, reason.rule, reason.words) == (None, Rule.SUPERVISION, "2 things wait for supervision.")
    assert reason.why.endswith("has not been brought for 14 days.")
    assert attention.own_reasons([], at(6), Numbers(agenda_days=6), waiting)


def test_what_was_to_be_done_after_supervision_and_own_drafts() -> None:
    own = Told()
    done = own.add("supervision.session", 0, do_by=on(4), written=0)
    own.add("own_learning.learning", 0, draft=True)
    own.add("resource.resource", 0, draft=True)
    told = {days: [one.rule for one in attention.own_reasons(own.entries, at(days), PLAIN)] for days in (1, 2, 4)}
    assert told == {1: [], 2: [DRAFT], 4: [DRAFT, Rule.SUPERVISION]}
    done.answers["done"] = True
    assert [one.rule for one in attention.own_reasons(own.entries, at(4), PLAIN)] == [DRAFT]


def test_a_day_that_may_hurt_is_shown_seven_days_ahead_and_not_after() -> None:
    tom = Told()
    tom.add("outreach.plan", 0, hurting_dates=[{"on": on(10), "what": "her birthday", "yearly": True}, {"what": "x"}])
    assert tom.days_shown(HURTS, range(13)) == [3, 4, 5, 6, 7, 8, 9, 10]
    (reason,) = tom.shown(HURTS, 3)
    assert reason.words == "a day that may hurt is in 7 days, 30 March 2026: her birthday."
    assert Offer.REACH_OUT in reason.offers
    assert "tomorrow" in tom.shown(HURTS, 9)[0].words
    assert "is today" in tom.shown(HURTS, 10)[0].words
    assert tom.shown(HURTS, 370)[0].since == datetime.date(2027, 3, 30)
    assert tom.shown(HURTS, 370)[0].key != reason.key


@pytest.mark.parametrize(("yearly", "shown"), [(True, True), (False, False)])
def test_a_life_event_comes_back_only_if_it_is_yearly(yearly: bool, shown: bool) -> None:
    tom = Told()
    tom.add("life_event.life_event", -360, what="the funeral", yearly=yearly)
    assert bool(tom.shown(HURTS)) is shown


@pytest.mark.parametrize(
    ("today", "comes"),
    [
        ((2025, 2, 27), (2025, 2, 28)),
        ((2025, 2, 28), (2025, 2, 28)),
        ((2025, 3, 1), (2026, 2, 28)),
        ((2027, 12, 31), (2028, 2, 29)),
        ((2028, 2, 29), (2028, 2, 29)),
        ((2023, 1, 1), (2024, 2, 29)),
    ],
)
def test_the_twenty_ninth_of_february_is_marked_on_the_day_before_in_other_years(
    today: tuple[int, int, int], comes: tuple[int, int, int]
) -> None:
    leap = datetime.date(2024, 2, 29)
    assert dates.next_time(leap, True, datetime.date(*today)) == datetime.date(*comes)


def test_a_moved_day_says_which_day_it_stands_for() -> None:
    tom = Told()
    tom.add("life_event.life_event", -700, on=dated(datetime.date(2024, 2, 29)), yearly=True)
    (day,) = dates.hurting(tom.story, datetime.date(2025, 2, 25))
    assert day.said == "28 February 2025 (for 29 February)"


def test_the_calendar_has_an_end() -> None:
    assert dates.next_time(datetime.date(2020, 1, 1), True, datetime.date.max) is None
    assert Numbers().day_after(datetime.date.max, 7) == datetime.date.max


@pytest.mark.parametrize(
    ("came", "wanted", "words"),
    [
        (1, 1, "1 session since you went through your first agreements."),
        (2, 1, "more than 1 session since you went through your first agreements."),
        (12, 12, "12 sessions since you went through your first agreements."),
    ],
)
def test_sessions_since_the_first_agreements_are_counted_as_people_say_it(came: int, wanted: int, words: str) -> None:
    li = Told()
    li.add("foundation.agreements", -90, agreements=[{"topic": "Names", "done_on": on(-90)}])
    for at_day in range(came):
        li.session(-at_day)
    (found,) = li.shown(FOUNDATION, 0, Numbers(foundation_sessions=wanted))
    assert found.words == words
    assert f"after {'1 session' if wanted == 1 else '12 sessions'}, and in schools" in found.why


def test_a_single_wait_after_not_now_is_one_day() -> None:
    li = Told("reaching_out")
    (found,) = li.shown(Rule.TRY_DUE, 0, Numbers(not_now_days=(1,), no_answer_days=1))
    assert "1 day after no answer, and 1 day after “not now”" in found.why
    assert "7, 14, 30 days after" in li.shown(Rule.TRY_DUE)[0].why
