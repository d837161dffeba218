"""Strains that wait: each rule the day before, on the day and after; what they asked for comes before any rule."""

import pytest
from story_cases import Told, at, on

from alliance_desktop.domain.answers import chosen
from alliance_desktop.domain.attention import Offer, Rule
from alliance_desktop.domain.entry import ArcId, Mark
from alliance_desktop.domain.numbers import Numbers
from alliance_desktop.domain.rupture import ENDED, Status

UNTALKED, UNREFLECTED = Rule.STRAIN_UNTALKED, Rule.STRAIN_UNREFLECTED
WEEK_AWAY = Numbers(away=((at(1), at(7)),))


def test_a_strain_waits_for_three_days_before_two_minutes_are_asked_for() -> None:
    maya = Told()
    arc = maya.strain(0)
    assert maya.days_shown(UNREFLECTED, range(5)) == [3, 4]
    reason = maya.shown(UNREFLECTED, 3)[0]
    assert reason.words == "3 days since you noticed a strain. Two minutes to reflect?"
    assert reason.why == "Shown when a strain has been noticed and not reflected on for 3 days."
    assert (reason.arc, reason.subject, reason.since, reason.client) == (arc.id, arc.id, at(0), maya.client.id)
    assert maya.days_shown(UNREFLECTED, range(5), Numbers(reflect_days=1)) == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("mark", "answers", "asked"),
    [
        (Mark.NONE, {}, True),
        (Mark.NONE, {"reflected_on": on(1)}, True),
        (Mark.NONE, {"felt": "Stung."}, False),
        (Mark.SKIPPED, {}, False),
        (Mark.DOES_NOT_FIT, {}, False),
    ],
)
def test_a_reflection_that_was_begun_or_set_aside_is_not_asked_for(mark: Mark, answers: dict, asked: bool) -> None:
    maya = Told()
    maya.add("rupture.acknowledge", 1, arc=maya.strain(0), mark=mark, **answers)
    assert bool(maya.shown(UNREFLECTED, 5)) is asked


def test_a_strain_not_talked_about_waits_for_seven_days() -> None:
    maya = Told()
    maya.strain(0)
    assert maya.days_shown(UNTALKED, range(10)) == [7, 8, 9]
    reason = maya.shown(UNTALKED, 9)[0]
    assert reason.words == "9 days since you noticed a strain; not talked about yet."
    assert reason.why.startswith("Shown when a strain has not been talked about for 7 days")
    assert Offer.TALK in reason.offers
    assert reason.key == maya.shown(UNTALKED, 8)[0].key


def test_days_away_are_no_days_of_waiting() -> None:
    maya = Told()
    maya.strain(0)
    assert maya.days_shown(UNTALKED, range(17), WEEK_AWAY) == [14, 15, 16]
    told = maya.shown(UNTALKED, 14, WEEK_AWAY)[0].words
    assert told == "14 days (7 days of them away) since you noticed a strain; not talked about yet."
    assert maya.days_shown(UNREFLECTED, range(12), WEEK_AWAY) == [10, 11]


def test_the_next_session_comes_first_where_it_is_sooner() -> None:
    maya = Told()
    maya.strain(0)
    maya.session(0)
    maya.session(3)
    assert maya.days_shown(UNTALKED, range(6)) == [3, 4, 5]
    assert "you meet today" in maya.shown(UNTALKED, 3)[0].words
    assert "you have met since" in maya.shown(UNTALKED, 4)[0].words


@pytest.mark.parametrize("attendance", ["no_show", "late_cancel", "excused", "i_cancelled", ""])
def test_a_session_that_did_not_take_place_was_no_chance_to_talk(attendance: str) -> None:
    maya = Told()
    maya.strain(0)
    maya.session(3, attendance)
    assert maya.days_shown(UNTALKED, range(8)) == [7]


def test_a_session_that_is_planned_for_today_counts_in_the_morning() -> None:
    maya = Told()
    maya.strain(0)
    maya.session(0, next_on=on(4))
    assert maya.days_shown(UNTALKED, range(8)) == [4, 7]


@pytest.mark.parametrize("bring_up", ["yes", "later", "not_now", "not_sure"])
def test_the_day_that_was_chosen_for_bringing_it_up_counts_alone(bring_up: str) -> None:
    maya = Told()
    arc = maya.strain(0, "acknowledged")
    maya.add("rupture.acknowledge", 1, arc=arc, bring_up=chosen(bring_up), bring_up_on=on(12))
    maya.session(5)
    assert maya.days_shown(UNTALKED, range(15)) == [12, 13, 14]
    assert maya.shown(UNTALKED, 13)[0].since == at(12)


def test_not_now_without_a_day_hides_nothing() -> None:
    maya = Told()
    maya.add("rupture.acknowledge", 1, arc=maya.strain(0), bring_up=chosen("not_now"))
    assert maya.days_shown(UNTALKED, range(9)) == [7, 8]


@pytest.mark.parametrize("response", ["not_now", "not_about_this", "not_with_me", "no_answer"])
def test_after_an_offer_only_the_chosen_day_counts(response: str) -> None:
    maya = Told()
    arc = maya.strain(0, offered=True)
    maya.add("rupture.dialogue", 2, arc=arc, preferred_not=chosen(response), next_try_on=on(20))
    maya.session(10)
    assert maya.days_shown(UNTALKED, range(23)) == [20, 21, 22]
    maya.add("rupture.dialogue", 20, arc=arc, preferred_not=chosen(response), next_try_on=on(40))
    assert maya.days_shown(UNTALKED, range(42)) == [40, 41]


def test_an_offer_with_neither_day_nor_because_is_not_lost_from_sight() -> None:
    maya = Told()
    arc = maya.strain(0, offered=True)
    maya.add("rupture.dialogue", 2, arc=arc, preferred_not=chosen("not_now"))
    assert maya.days_shown(UNTALKED, range(18)) == [16, 17]
    maya.add("rupture.dialogue", 3, arc=arc, preferred_not=chosen("not_now"), no_next_because="They have exams.")
    assert maya.days_shown(UNTALKED, range(40)) == []


def test_nothing_is_shown_after_please_stop_until_they_come() -> None:
    maya = Told()
    arc = maya.strain(0, offered=True)
    maya.add("rupture.dialogue", 2, arc=arc, preferred_not=chosen("please_stop"), next_try_on=on(5))
    assert maya.days_shown(UNTALKED, range(90)) == []
    maya.session(30)
    assert maya.days_shown(UNTALKED, range(30, 47)) == [44, 45, 46]


def test_space_they_asked_for_hushes_every_rule_that_leads_to_them() -> None:
    maya = Told()
    for status in (Status.NOTICED, Status.IN_DIALOGUE, Status.REPAIR_AGREED):
        maya.strain(-40, status)
    hushed = (UNTALKED, Rule.NOTHING_AGREED, Rule.REVIEW_DUE)
    assert all(maya.shown(one) for one in hushed)
    maya.tried(-1, "wants_space", space_until=on(5))
    assert [one for one in hushed if maya.shown(one, 4)] == []
    assert all(maya.shown(one, 5) for one in hushed)


@pytest.mark.parametrize("status", [one for one in Status if one not in {Status.NOTICED, Status.ACKNOWLEDGED}])
def test_only_the_first_two_statuses_wait_for_talk(status: Status) -> None:
    maya = Told()
    maya.strain(-60, status)
    assert not maya.shown(UNTALKED)
    if status in ENDED:
        assert maya.reasons() == []


def test_a_strain_that_was_opened_again_counts_from_then() -> None:
    maya = Told()
    maya.strain(-100, turn=1)
    maya.arcs = [Told().strain(None, turn=2)]
    maya.turned = {ArcId(101): at(0)}
    assert maya.days_shown(UNTALKED, range(9)) == [7, 8]


def test_fourteen_days_after_a_talk_with_nothing_agreed() -> None:
    maya = Told()
    arc = maya.strain(-30, "in_dialogue")
    maya.add("rupture.dialogue", 0, arc=arc, their_words="It felt cold.")
    assert maya.days_shown(Rule.NOTHING_AGREED, range(17)) == [14, 15, 16]
    assert maya.shown(Rule.NOTHING_AGREED, 14)[0].words == (
        "14 days since you talked about a strain; nothing is agreed yet."
    )


def test_a_review_is_shown_from_its_day() -> None:
    maya = Told()
    arc = maya.strain(-30, "repair_agreed")
    maya.add("rupture.repair", -2, arc=arc, review_on=on(5))
    assert maya.days_shown(Rule.REVIEW_DUE, range(8)) == [5, 6, 7]
    assert maya.shown(Rule.REVIEW_DUE, 5)[0].words == "looking again at what you agreed is due today."
    assert "has been waiting since 25 March 2026" in maya.shown(Rule.REVIEW_DUE, 6)[0].words
    maya.add("rupture.follow_up", 5, arc=arc, on=on(5))
    assert maya.shown(Rule.REVIEW_DUE, 6), "a card with only its day says nothing yet"


@pytest.mark.parametrize(("again", "days"), [({"look_again_on": on(9)}, [9, 10]), ({"no_need": True}, []), ({}, [])])
def test_a_follow_up_sets_the_next_day_or_none(again: dict, days: list[int]) -> None:
    maya = Told()
    arc = maya.strain(-30, "followed_up")
    maya.add("rupture.repair", -2, arc=arc, review_on=on(5))
    maya.add("rupture.follow_up", 5, arc=arc, on=on(5), different="Lighter.", **again)
    assert maya.days_shown(Rule.REVIEW_DUE, range(11)) == days


def test_a_repair_without_a_day_is_looked_at_after_two_weeks() -> None:
    maya = Told()
    maya.add("rupture.repair", 0, arc=maya.strain(-30, "repair_agreed"))
    assert maya.days_shown(Rule.REVIEW_DUE, range(16)) == [14, 15]


@pytest.mark.parametrize(
    ("days", "away", "words"),
    [
        (0, (), "you noticed a strain today; you chose 20 March 2026 to bring it up."),
        (1, (), "1 day since you noticed a strain; you chose 20 March 2026 to bring it up."),
        (1, ((0, 0),), "1 day since you noticed a strain; you chose 20 March 2026 to bring it up."),
        (
            2,
            ((0, 0),),
            "2 days (1 day of them away) since you noticed a strain; you chose 20 March 2026 to bring it up.",
        ),
        (
            2,
            ((-1, 0),),
            "2 days (all of them away) since you noticed a strain; you chose 20 March 2026 to bring it up.",
        ),
    ],
)
def test_a_count_of_days_reads_as_people_say_it(days: int, away: tuple[tuple[int, int], ...], words: str) -> None:
    maya = Told()
    arc = maya.strain(-days)
    maya.add("rupture.acknowledge", -days, arc=arc, bring_up=chosen("yes"), bring_up_on=on(0))
    numbers = Numbers(away=tuple((at(first), at(last)) for first, last in away))
    assert [one.words for one in maya.shown(Rule.STRAIN_UNTALKED, 0, numbers)] == [words]
