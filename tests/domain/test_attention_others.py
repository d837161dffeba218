"""Safeguarding, concerns, referrals, promises, pauses and closed cases: what waits for an answer, on its day."""

from typing import Any

import pytest
from story_cases import Told, at, on

from alliance_desktop.domain.answers import chosen
from alliance_desktop.domain.attention import AFTER_CLOSING, RULES, Offer, Rule
from alliance_desktop.domain.numbers import Numbers

SAFE, CONCERN, REFERRAL, PROMISE, PAUSE = (
    Rule.SAFEGUARDING,
    Rule.CONCERN_WAITING,
    Rule.REFERRAL_WAITING,
    Rule.PROMISE_DUE,
    Rule.PAUSE_REVIEW,
)


def test_a_safeguarding_note_that_is_not_finished_comes_first_and_tells_nothing() -> None:
    olu = Told()
    olu.session(-14, "no_show")
    olu.session(-7, "no_show")
    olu.add("safeguarding.concern", 0, draft=True, exact_words="He hits me.")
    first = olu.reasons()[0]
    assert first.rule is SAFE
    assert "hits" not in first.words + first.why
    assert [one.rule for one in olu.reasons()] == [SAFE, Rule.MISSED_TWICE]


def test_a_next_step_is_shown_from_its_day_until_a_follow_up_of_that_day() -> None:
    olu = Told()
    concern = olu.add("safeguarding.concern", -10, next_steps=[{"on": on(5)}, {"on": on(9)}, {"what": "ring"}])
    assert olu.days_shown(SAFE, range(8)) == [5, 6, 7]
    assert olu.shown(SAFE, 5)[0].words == "a safeguarding follow-up is due today."
    olu.add("safeguarding.follow_up", 4, concern=[concern.id])
    assert olu.days_shown(SAFE, range(8)) == [5, 6, 7]
    olu.add("safeguarding.follow_up", 5, concern=[concern.id])
    assert olu.days_shown(SAFE, range(11)) == [9, 10]
    olu.add("safeguarding.follow_up", 9, concern=[concern.id], next_on=on(12))
    assert olu.days_shown(SAFE, range(14)) == [12, 13]
    assert (olu.shown(SAFE, 12)[0].entry, olu.shown(SAFE, 12)[0].since) == (concern.id, at(12))


def test_a_follow_up_of_one_record_answers_no_other() -> None:
    olu = Told()
    olu.add("safeguarding.concern", -10, next_steps=[{"on": on(-2)}])
    second = olu.add("safeguarding.concern", -5, next_steps=[{"on": on(-2)}])
    assert len(olu.shown(SAFE)) == 2
    olu.add("safeguarding.follow_up", -1)
    assert [one.entry for one in olu.shown(SAFE)] == [1], "without a link it belongs to the newest record before it"
    assert second.id == 2
    olu.add("safeguarding.follow_up", 0, concern=[1])
    assert olu.shown(SAFE) == []


def test_a_follow_up_whose_record_is_gone_keeps_its_own_day() -> None:
    olu = Told()
    olu.add("safeguarding.follow_up", -3, concern=[99], next_on=on(0))
    assert olu.days_shown(SAFE, range(-2, 2)) == [0, 1]


def test_a_concern_waits_from_its_day_until_it_is_answered() -> None:
    tom = Told()
    concern = tom.add("concern.concern", 0, draft=True, answer_due=on(3))
    assert tom.days_shown(CONCERN, range(5)) == [0, 1, 2, 3, 4]
    (reason,) = tom.shown(CONCERN, 1)
    assert reason.words == ("somebody's concern of 20 March 2026 waits; an answer was asked for by 23 March 2026.")
    assert Offer.ANSWER in reason.offers
    concern.answers["answered_on"] = on(4)
    assert tom.days_shown(CONCERN, range(8)) == []


@pytest.mark.parametrize(("days", "named"), [(-1, True), (0, False), (1, False)])
def test_an_older_open_strain_is_named_with_a_new_concern(days: int, named: bool) -> None:
    tom = Told()
    arc = tom.strain(days)
    tom.add("concern.concern", 0)
    (reason,) = tom.shown(CONCERN, 1)
    assert ("An older strain" in reason.words) is named
    assert reason.arc == (arc.id if named else None)
    assert "no answer noted yet" in reason.words


def test_a_referral_is_followed_to_its_answer() -> None:
    tom = Told()
    referral = tom.add("referral.referral", -20, draft=True, sent_on=on(-20), answer_due=on(2))
    assert tom.days_shown(REFERRAL, range(5)) == [2, 3, 4]
    del referral.answers["answer_due"]
    referral.answers["sent_on"] = on(0)
    assert tom.days_shown(REFERRAL, range(12, 17)) == [14, 15, 16]
    referral.answers["answer"] = "A place in May."
    assert tom.days_shown(REFERRAL, range(20)) == []
    tom.add("referral.referral", -20)
    assert tom.shown(REFERRAL) == [], "one that was not sent waits for nobody"


def test_promises_are_shown_from_their_day_until_they_are_done() -> None:
    tom = Told()
    talk = tom.add("contact_log.talk", -5, next="ring the nurse", next_on=on(3))
    assert tom.days_shown(PROMISE, range(5)) == [3, 4]
    assert tom.shown(PROMISE, 3)[0].words == "something agreed is due today: ring the nurse."
    talk.answers["next_done"] = True
    assert tom.days_shown(PROMISE, range(5)) == []
    meeting = tom.add("meeting.meeting", -5, actions=[{"what": "a", "by": on(4)}, {"what": "b", "by": on(2)}])
    assert tom.days_shown(PROMISE, range(5)) == [2, 3, 4]
    assert [one.subject for one in tom.shown(PROMISE, 4)] == [meeting.id]
    meeting.answers["actions"][1]["done"] = True
    assert tom.days_shown(PROMISE, range(5)) == [4]


@pytest.mark.parametrize("state", ["done", "changed", "set_aside", "agreed", ""])
def test_what_was_agreed_in_a_repair_is_a_promise_too(state: str) -> None:
    tom = Told()
    arc = tom.strain(-30, "repair_agreed")
    row = {"what": "ten minutes at the end", "by": on(2), "state": chosen(state)}
    tom.add("rupture.repair", -2, arc=arc, review_on=on(90), agreed=[row])
    assert tom.days_shown(PROMISE, range(4)) == ([2, 3] if state in {"agreed", ""} else [])
    tom.add("rupture.follow_up", 2, arc=arc, each_agreed=[{"what": row["what"], "outcome": chosen("done")}])
    assert tom.shown(PROMISE, 3) == []


def test_a_pause_hides_the_ordinary_rules_until_its_review() -> None:
    tom = Told("reaching_out")
    tom.strain(-40)
    tom.tried(-8, "not_now", next_on=on(-2))
    assert {Rule.STRAIN_UNTALKED, Rule.TRY_DUE} <= {one.rule for one in tom.reasons()}
    tom.add("outreach.pause", -4, review_on=on(5))
    assert tom.days_shown(PAUSE, range(8)) == [5, 6, 7]
    assert {one.rule for one in tom.reasons(6)} == {PAUSE, Rule.STRAIN_UNREFLECTED}
    tom.entries[-1].answers["taken_up_on"] = on(6)
    assert tom.days_shown(PAUSE, range(8)) == [5]
    assert tom.shown(Rule.TRY_DUE, 6)


@pytest.mark.parametrize("what", ["session", "try"])
def test_a_pause_ends_when_they_come_or_are_tried(what: str) -> None:
    tom = Told()
    tom.add("outreach.pause", -4, review_on=on(-1))
    assert tom.shown(PAUSE)
    tom.session(-2) if what == "session" else tom.tried(-2)
    assert not tom.shown(PAUSE)


def test_paused_without_a_day_is_not_out_of_sight() -> None:
    assert Told("paused").shown(PAUSE)[0].words == "paused, with no day noted to look again."
    tom = Told()
    tom.add("outreach.pause", 0)
    assert tom.shown(PAUSE, 1)


def _closed(**answers: object) -> Told:
    tom = Told("closed")
    tom.strain(-200)
    tom.session(-180, "no_show", temperature_client=chosen("1"))
    tom.session(-170, "no_show")
    tom.add("goal.goal", -200, own_words="Sleep.")
    tom.add("life_event.life_event", 3, what="the day she died")
    tom.add("meeting.meeting", -100, actions=[{"what": "a", "by": on(-90)}])
    tom.add("closing.closing", 0, draft=True, why=chosen("planned"), closed_on=on(0), **answers)
    tom.add("session.note", -50, draft=True)
    return tom


def test_after_closing_only_a_second_look_and_what_others_wait_for_is_shown() -> None:
    tom = _closed()
    assert tom.days_shown(Rule.SECOND_LOOK, range(10)) == [7, 8, 9]
    assert {one.rule for one in tom.reasons(8)} == {Rule.SECOND_LOOK}
    tom.add("concern.concern", 8)
    tom.add("referral.referral", -20, sent_on=on(-20))
    tom.add("safeguarding.concern", 8, draft=True)
    tom.add("records_request.request", 8, draft=True)
    assert [one.rule for one in tom.reasons(8)] == list(AFTER_CLOSING)
    tom.client.answers["state"] = chosen("active")
    assert Rule.STRAIN_UNTALKED in {one.rule for one in tom.reasons(8)}


def test_a_request_for_records_waits_until_it_is_finished_or_answered() -> None:
    dana = Told()
    dana.add("records_request.request", 0, draft=True, received_on=on(0), due_on=on(31), asker=chosen("client"))
    (told,) = dana.shown(Rule.REQUEST_WAITING, 3)
    assert "somebody asked for records on " in told.words
    assert "; to be answered by " in told.words
    assert dana.days_shown(Rule.REQUEST_WAITING, range(40)) == list(range(40))
    other = Told()
    other.add("records_request.request", 0, draft=True, received_on=on(0))
    assert "no day to answer by is noted yet" in other.shown(Rule.REQUEST_WAITING, 3)[0].words
    for answered in ({"draft": True, "sent_on": on(2)}, {}):
        done = Told()
        done.add("records_request.request", 0, received_on=on(0), **answered)
        assert done.shown(Rule.REQUEST_WAITING, 9) == []


def test_the_second_look_has_its_own_day_and_its_tick() -> None:
    assert _closed(second_look_on=on(3)).days_shown(Rule.SECOND_LOOK, range(5)) == [3, 4]
    assert _closed(second_look_done=True).days_shown(Rule.SECOND_LOOK, range(20)) == []
    assert _closed().days_shown(Rule.SECOND_LOOK, range(20), Numbers(second_look_days=17)) == [17, 18, 19]
    back = _closed()
    back.session(2)
    assert back.days_shown(Rule.SECOND_LOOK, range(20)) == []


def test_reasons_come_in_the_order_of_pressing_and_then_of_waiting() -> None:
    tom = Told()
    tom.strain(-20)
    tom.strain(-30)
    tom.add("safeguarding.concern", 0, draft=True)
    tom.add("goal.goal", -60)
    tom.add("concern.concern", -3)
    order = list(Rule)
    places = [(order.index(one.rule), one.since) for one in tom.reasons()]
    assert places == sorted(places)
    assert list(RULES) == [one for one in Rule if one is not Rule.SUPERVISION]
    assert [one.since for one in tom.shown(Rule.STRAIN_UNTALKED)] == [at(-30), at(-20)]


STOPPED_DOOR = " Only another door is open: direct contact has ended, as they asked."
SPACE_DOOR = " Only another door is open: they asked for space until 9 April 2026."


@pytest.mark.parametrize(
    ("response", "door"), [("please_stop", STOPPED_DOOR), ("wants_space", SPACE_DOOR), ("not_now", "")]
)
@pytest.mark.parametrize("review", [on(0), None])
def test_a_pause_to_look_at_again_leads_to_another_door_while_they_want_no_contact(
    response: str, door: str, review: Any
) -> None:
    olu = Told("paused")
    olu.tried(-10, response, space_until=on(20) if response == "wants_space" else None)
    olu.add("outreach.pause", -9, **({"review_on": review} if review else {}))
    (found,) = olu.shown(PAUSE)
    told = "looking again at the pause is due today." if review else "paused, with no day noted to look again."
    assert found.words == f"{told}{door}"
    assert found.offers == (Offer.OPEN, Offer.OTHER_PERSON if door else Offer.LOG_TRY)
