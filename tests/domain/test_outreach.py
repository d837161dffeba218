"""Reaching out: seven answers and what follows each, the old strain first, and nothing direct after "please stop"."""

import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from story_cases import PLAIN, TODAY, Told, at, on

from alliance_desktop.domain import outreach
from alliance_desktop.domain.answers import chosen
from alliance_desktop.domain.attention import Offer, Rule
from alliance_desktop.domain.numbers import Numbers
from alliance_desktop.domain.outreach import AVENUES, DIRECT, INDIRECT, RESPONSE_WORDS, Next, Outreach, Stage

RESPONSES = tuple(RESPONSE_WORDS)
GUILT = ("!", "overdue", "late by", "failed", "refus", "neglect", "should have")


def told(tom: Told, days: int = 0, numbers: Numbers = PLAIN) -> Outreach:
    found = outreach.told(tom.story, at(days), numbers)
    assert found is not None
    return found


def after(tom: Told, days: int = 0, numbers: Numbers = PLAIN) -> Next:
    made = outreach.tries(tom.story)
    return outreach.after(made[-1], made[:-1], outreach.plan_of(tom.story), at(days), numbers)


@pytest.mark.parametrize(
    ("response", "days", "words"),
    [
        ("no_answer", 5, "not used so far"),
        ("", 5, "No answer is noted yet"),
        ("not_now", 7, "stays open"),
        ("not_about_this", 7, "company, not the topic"),
        ("not_with_me", 7, "who would be better"),
        ("please_stop", None, "have ended, as they asked"),
        ("yes", None, "They said yes"),
    ],
)
def test_each_answer_is_followed_in_its_own_way(response: str, days: int | None, words: str) -> None:
    tom = Told()
    tom.tried(0, response)
    step = after(tom)
    assert step.on == (at(days) if days is not None else None)
    assert words in step.words


def test_not_now_waits_seven_then_fourteen_then_thirty_days_for_ever() -> None:
    tom = Told()
    waits = []
    for place in range(5):
        tom.tried(place * 40, "not_now")
        waits.append((told(tom, place * 40).suggested_on - at(place * 40)).days)
    assert waits == [7, 14, 30, 30, 30]
    tom.tried(210, "no_answer")
    tom.tried(220, "not_now")
    assert told(tom, 220).suggested_on == at(250), "silence between two answers does not begin the row again"
    tom.tried(260, "yes")
    tom.tried(270, "not_now")
    assert told(tom, 270).suggested_on == at(277), "a yes does"


def test_days_away_are_left_out_of_the_waiting() -> None:
    tom = Told()
    tom.tried(0, "not_now")
    assert told(tom, 0, Numbers(away=((at(3), at(12)),))).suggested_on == at(17)


def test_space_is_kept_until_the_day_they_named() -> None:
    tom = Told()
    tom.tried(0, "wants_space", space_until=on(12), next_on=on(4))
    assert after(tom).on == at(12)
    quiet = told(tom, 11)
    assert (quiet.stage, quiet.quiet_until, quiet.due_on) == (Stage.QUIET, at(12), at(12))
    assert tom.days_shown(Rule.TRY_DUE, range(14)) == [12, 13]
    assert told(tom, 12).stage is Stage.REACHING_OUT


def test_space_without_a_day_is_silence_for_a_month_and_then_a_look() -> None:
    tom = Told()
    tom.tried(0, "wants_space")
    assert after(tom).on == at(30)
    assert "named no day" in after(tom).words
    assert tom.days_shown(Rule.TRY_DUE, range(32)) == [30, 31]


def test_there_are_never_two_tries_in_one_day() -> None:
    tom = Told()
    tom.tried(-30, "not_now")
    tom.tried(0, "no_answer")
    hurried = Numbers(no_answer_days=0, not_now_days=(0,))
    assert after(tom, 0, hurried).on == at(1)
    tom.tried(5, "no_answer")
    made = outreach.tries(tom.story)
    assert outreach.after(made[1], [made[0], made[2]], None, at(5), PLAIN).on == at(6)
    assert after(tom, 90).on == at(90), "and never in the past"
    tom.entries[-1].answers["next_on"] = on(5)
    assert told(tom, 5).next_on == at(6)


def test_what_they_answered_offers_what_fits() -> None:
    offers = {}
    for response in RESPONSES:
        tom = Told()
        tom.tried(0, response)
        offers[response] = after(tom).offers
    assert offers["not_with_me"] == (Offer.OTHER_PERSON, Offer.REFLECT)
    assert offers["please_stop"] == (Offer.OTHER_PERSON, Offer.SUPERVISION)
    assert offers["yes"] == (Offer.SESSION,)
    assert offers["not_now"] == (Offer.LOG_TRY,)


def test_an_avenue_not_used_yet_comes_first_and_those_of_the_plan_before_others() -> None:
    tom = Told()
    tom.add("outreach.plan", -1, avenues=chosen("text", "drop_in", "trusted_adult"))
    assert told(tom).avenue == "text"
    tom.tried(0, "no_answer", "text")
    assert told(tom).avenue == after(tom).avenue == "drop_in"
    assert told(tom).unused[:2] == ("drop_in", "trusted_adult")
    assert "text" not in told(tom).unused
    for place, way in enumerate(AVENUES):
        tom.tried(place + 1, "no_answer", way)
    assert told(tom, 30).unused == ()
    assert told(tom, 30).avenue == "in_passing", "all were used: the one used longest ago"


@pytest.mark.parametrize("door", ["with_someone", "someone_else"])
def test_where_another_is_the_better_door_the_ways_through_others_come_first(door: str) -> None:
    tom = Told()
    tom.add("outreach.plan", -1, avenues=chosen("text", "family"), best_door=chosen(door))
    assert told(tom).unused[:2] == ("family", "trusted_adult")
    alone = Told()
    alone.tried(0, "not_with_me")
    assert after(alone).avenue in INDIRECT


def test_one_channel_alone_is_said() -> None:
    tom = Told()
    tom.tried(-9, "no_answer", "text")
    assert not told(tom).one_channel
    tom.tried(-2, "no_answer", "text")
    assert told(tom).one_channel
    tom.tried(-1, "no_answer", "note")
    assert not told(tom).one_channel


def test_a_declined_try_keeps_the_student_in_view_and_shows_the_old_strain() -> None:
    tom = Told()
    arc = tom.strain(-60)
    tom.add("concern.concern", -3)
    assert told(tom).stage is Stage.NOT_BEGUN
    tom.add("outreach.plan", -3, asked_for="Not to be asked about her.")
    tom.strain(-1)
    tom.tried(0, "not_now")
    state = told(tom, 3)
    assert (state.stage, state.state, state.old_strains) == (Stage.REACHING_OUT, "Reaching out", (arc.id,))
    assert (state.due_on, state.asked_for) == (at(7), "Not to be asked about her.")
    assert tom.days_shown(Rule.TRY_DUE, range(9)) == [7, 8]
    (reason,) = tom.shown(Rule.TRY_DUE, 7)
    assert reason.words.startswith("a gentle try, from today; not used yet: in passing. An older strain")
    assert Offer.REFLECT in reason.offers
    assert "waiting since 27 March 2026" in tom.shown(Rule.TRY_DUE, 8)[0].words


def test_the_day_the_counsellor_chose_goes_before_the_suggested_one() -> None:
    tom = Told()
    tom.add("outreach.plan", -5, next_try_on=on(3))
    assert told(tom).due_on == at(3)
    tom.tried(0, "not_now", next_on=on(20))
    assert told(tom).due_on == at(20), "the newer word counts"
    tom.add("outreach.plan", -5, written=1, next_try_on=on(10))
    assert told(tom, 2).due_on == at(10), "and the plan again once it was written in since"
    tom.entries[-1].answers["next_try_on"] = on(-1)
    assert told(tom, 2).due_on == at(20), "a day of the plan that is over counts for nothing"


@pytest.mark.parametrize("how", ["yes", "session"])
def test_reached_is_said_and_nothing_is_due(how: str) -> None:
    tom = Told()
    tom.add("outreach.plan", -20)
    tom.tried(-9, "not_now")
    tom.tried(-1, "yes") if how == "yes" else tom.session(-1)
    assert (told(tom).stage, told(tom).state, told(tom).due_on) == (Stage.REACHED, "Reached", None)
    assert not tom.shown(Rule.TRY_DUE, 60)
    tom.client.answers["state"] = chosen("reaching_out")
    assert tom.days_shown(Rule.TRY_DUE, range(27, 31)) == [29, 30], "still reaching out: nobody goes quiet unseen"


def test_reaching_out_without_any_plan_or_try_is_seen() -> None:
    assert outreach.told(Told().story, TODAY, PLAIN) is None
    tom = Told("reaching_out")
    assert "no day noted for the next gentle try" in tom.shown(Rule.TRY_DUE)[0].words
    planned = Told()
    planned.add("outreach.plan", 0)
    assert planned.days_shown(Rule.TRY_DUE, range(7)) == [5, 6]


def _stopped(where: str) -> Told:
    tom = Told("reaching_out")
    tom.add("outreach.plan", -30, avenues=chosen("text", "call"), next_try_on=on(3), next_try_how=chosen("call"))
    if where == "try":
        tom.tried(0, "please_stop", next_on=on(4))
    else:
        arc = tom.strain(-40, offered=True)
        tom.add("rupture.dialogue", 0, arc=arc, preferred_not=chosen("please_stop"), next_try_on=on(4))
    return tom


@pytest.mark.parametrize("where", ["try", "dialogue"])
def test_please_stop_ends_direct_tries_at_once(where: str) -> None:
    tom = _stopped(where)
    state = told(tom)
    assert (state.stage, state.stopped, state.stopped_on) == (Stage.STOPPED, True, at(0))
    assert state.state == "Direct tries have ended, as they asked"
    assert (state.due_on, set(state.unused)) == (None, set(INDIRECT))
    assert tom.days_shown(Rule.TRY_DUE, range(60)) == []


def test_another_door_may_still_be_planned_after_please_stop() -> None:
    tom = _stopped("try")
    tom.entries[0].answers["next_try_how"] = chosen("trusted_adult")
    assert tom.days_shown(Rule.TRY_DUE, range(6)) == [3, 4, 5]
    assert "another door" in tom.shown(Rule.TRY_DUE, 3)[0].words
    tom.tried(4, "no_answer", "family", next_on=on(9))
    assert told(tom, 4).next_on == at(9)
    tom.tried(9, "no_answer", "other", next_on=on(12))
    assert told(tom, 9).next_on is None, "nobody knows whether another way is direct"


@pytest.mark.parametrize(
    ("what", "days", "lifts"),
    [("yes", 0, True), ("yes", 9, True), ("yes", 11, False), ("not_now", 5, False), ("attended", 0, False),
     ("attended", 1, True), ("came_late", 5, True), ("no_show", 5, False), ("excused", 5, False),
     ("attended", 11, False), ("attended", -1, False), ("they_spoke", 5, True), ("i_spoke", 5, False)],
)  # fmt: skip
def test_only_a_yes_or_their_own_coming_lifts_it(what: str, days: int, lifts: bool) -> None:
    tom = _stopped("try")
    if what in RESPONSES:
        tom.tried(days, what)
    elif what.endswith("spoke"):
        by = "client" if what == "they_spoke" else "me"
        arc = tom.strain(-50, "in_dialogue")
        tom.add("rupture.dialogue", days, arc=arc, raised_by=chosen(by), their_words="I was hurt.")
    else:
        tom.session(days, what)
    assert told(tom, 10).stopped is not lifts


@pytest.mark.parametrize(
    ("days", "said", "lifts"), [(0, "I was hurt.", False), (1, "I was hurt.", True), (1, "  ", False), (1, "", False)]
)
def test_only_their_own_words_on_a_later_day_lift_it(days: int, said: str, lifts: bool) -> None:
    tom = _stopped("try")
    tom.add("rupture.dialogue", days, arc=tom.strain(-50), raised_by=chosen("client"), their_words=said)
    assert told(tom, 10).stopped is not lifts


@pytest.mark.parametrize(("planned", "due"), [(-5, None), (0, None), (1, 1)])
def test_a_door_planned_before_they_asked_for_an_end_is_not_due(planned: int, due: int | None) -> None:
    tom = Told("reaching_out")
    tom.add("outreach.plan", -30, next_try_on=on(planned), next_try_how=chosen("trusted_adult"))
    arc = tom.strain(-40, offered=True)
    tom.add("rupture.dialogue", 0, arc=arc, preferred_not=chosen("please_stop"))
    state = told(tom)
    assert state.stopped
    assert state.due_on == (at(due) if due is not None else None)


def test_a_later_please_stop_counts_again() -> None:
    tom = _stopped("try")
    tom.session(2)
    assert not told(tom, 3).stopped
    tom.tried(4, "please_stop", "note")
    assert told(tom, 5).stopped


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["try", "session", "strain", "concern", "dialogue", "date"]),
        st.integers(-60, 30),
        st.sampled_from(RESPONSES),
        st.sampled_from(AVENUES),
        st.one_of(st.none(), st.integers(-60, 60)),
    ),
    max_size=12,
)


def _story(acts: list[tuple[Any, ...]]) -> Told:
    tom = Told("reaching_out")
    tom.add("outreach.plan", -59, avenues=chosen(*AVENUES), next_try_on=on(1), next_try_how=chosen("text"))
    for what, days, response, avenue, next_on in acts:
        then = {"next_on": on(next_on)} if next_on is not None else {}
        if what == "try":
            tom.tried(days, response, avenue, **then)
        elif what == "session":
            tom.session(days, "attended" if avenue == "text" else "no_show")
        elif what == "dialogue":
            tom.add("rupture.dialogue", days, arc=tom.strain(days, offered=True), preferred_not=chosen(response))
        elif what == "strain":
            tom.strain(days, "repair_agreed" if avenue == "text" else "noticed")
        else:
            tom.add("concern.concern" if what == "concern" else "life_event.life_event", days)
    return tom


@settings(max_examples=150, deadline=None)
@given(ACTS)
def test_nothing_ever_leads_straight_to_somebody_who_asked_for_an_end(acts: list[tuple[Any, ...]]) -> None:
    tom = _story(acts)
    tom.tried(29, "please_stop", "text")
    for days in (30, 40, 120):
        state = told(tom, days)
        if state.stopped:
            assert not DIRECT & {state.avenue, *state.unused}
            made = outreach.tries(tom.story)
            assert outreach.after(made[-1], made[:-1], None, at(days), PLAIN, stopped=True).avenue not in DIRECT
            offers = {offer for one in tom.reasons(days) for offer in one.offers}
            assert not offers & {Offer.TALK, Offer.REACH_OUT}
            hushed = {Rule.STRAIN_UNTALKED, Rule.REVIEW_DUE, Rule.NOTHING_AGREED, Rule.MISSED_TWICE}
            assert not hushed & {one.rule for one in tom.reasons(days)}
        said = " ".join(f"{one.words} {one.why}" for one in tom.reasons(days))
        assert "None" not in said
        assert not [one for one in GUILT if one in said.lower()]


@settings(max_examples=150, deadline=None)
@given(ACTS, st.integers(-10, 60))
def test_a_step_never_falls_on_a_day_with_a_try_and_nobody_is_lost(acts: list[tuple[Any, ...]], days: int) -> None:
    tom = _story(acts)
    made = [one for one in outreach.tries(tom.story) if one.on <= at(days)]
    state = told(tom, days)
    if made:
        step = outreach.after(made[-1], made[:-1], outreach.plan_of(tom.story), at(days), PLAIN)
        assert step.on is None or (step.on >= at(days) and step.on not in {one.on for one in made})
    assert state.stopped or state.due_on is not None, "one who is being reached out to always has a next day"


@given(st.integers(0, 400), st.lists(st.tuples(st.integers(-50, 300), st.integers(0, 40)), max_size=4))
def test_a_day_after_waiting_is_the_first_on_which_so_many_days_were_waited(
    wait: int, periods: list[tuple[int, int]]
) -> None:
    numbers = Numbers(away=tuple((at(first), at(first + long)) for first, long in periods))
    found = numbers.day_after(TODAY, wait)
    assert numbers.waited(TODAY, found) == wait
    assert wait == 0 or numbers.waited(TODAY, found - datetime.timedelta(days=1)) == wait - 1
