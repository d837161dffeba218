"""The closing guard: everything still open is shown once more, and a declined answer is no reason."""

import pytest
from story_cases import PLAIN, Told, at, on

from alliance_desktop.domain import closing
from alliance_desktop.domain.answers import chosen
from alliance_desktop.domain.closing import Open, OpenKind
from alliance_desktop.domain.form import Form
from alliance_desktop.domain.rupture import ENDED, Status


def guard(grace: Told) -> list[Open]:
    return closing.guard(grace.story, at(0), PLAIN)


def kinds(grace: Told) -> list[OpenKind]:
    return [one.kind for one in guard(grace)]


def test_nothing_open_is_nothing_said() -> None:
    grace = Told()
    grace.session(-7)
    grace.add("closing.closing", 0, draft=True)
    grace.add("foundation.agreements", -90, draft=True)
    assert guard(grace) == []


@pytest.mark.parametrize("status", list(Status))
def test_a_strain_is_open_until_it_has_an_end(status: Status) -> None:
    grace = Told()
    arc = grace.strain(-30, status)
    found = guard(grace)
    assert [one.arc for one in found] == ([] if status in ENDED else [arc.id])
    if found:
        assert found[0].words.startswith("“the blip remark”: open since 18 February 2026 (")


def test_everything_that_is_open_is_shown_in_its_order() -> None:
    grace = Told()
    grace.tried(-20, "not_now")
    grace.add("meeting.meeting", -3, draft=True, actions=[{"what": "send the plan", "done": False}])
    grace.add("referral.referral", -9, draft=True, sent_on=on(-9))
    grace.add("contact_log.talk", -4, next="ring the nurse", next_on=on(3))
    grace.add("concern.concern", -8)
    grace.strain(-30)
    grace.add("safeguarding.concern", -2, next_steps=[{"on": on(5)}])
    assert list(dict.fromkeys(kinds(grace))) == list(OpenKind)
    words = {one.kind: one.words for one in guard(grace)}
    assert words[OpenKind.SAFEGUARDING] == "A safeguarding follow-up is noted for 25 March 2026."
    assert words[OpenKind.CONCERN] == "Somebody's concern of 12 March 2026 has no answer yet."
    assert words[OpenKind.PROMISE] == "Agreed and not noted as done: send the plan."
    assert words[OpenKind.REFERRAL] == "The referral of 11 March 2026 has no answer yet."
    assert words[OpenKind.DRAFT] == "A note of 17 March 2026 is begun and not finished."


def test_what_was_answered_kept_or_finished_is_not_open() -> None:
    grace = Told()
    grace.add("meeting.meeting", -3, actions=[{"what": "send the plan", "done": True}, {}])
    grace.add("referral.referral", -9, sent_on=on(-9), answered_on=on(-1))
    grace.add("contact_log.talk", -4, next="ring the nurse", next_done=True)
    grace.add("contact_log.talk", -4)
    grace.add("concern.concern", -8, answered_on=on(-7))
    concern = grace.add("safeguarding.concern", -20, next_steps=[{"on": on(-5)}])
    grace.add("safeguarding.follow_up", -5, concern=[concern.id])
    assert guard(grace) == []


@pytest.mark.parametrize(
    ("status", "state", "open_"),
    [("repair_agreed", "agreed", True), ("resolved", "begun", True), ("repair_agreed", "done", False),
     ("not_a_strain", "agreed", False), ("resolved", "set_aside", False)],
)  # fmt: skip
def test_what_a_repair_promised_stays_promised(status: str, state: str, open_: bool) -> None:
    grace = Told()
    arc = grace.strain(-30, status)
    grace.add("rupture.repair", -9, arc=arc, agreed=[{"what": "slower", "state": chosen(state)}, {"what": " "}])
    assert (OpenKind.PROMISE in kinds(grace)) is open_
    grace.add("rupture.follow_up", -2, arc=arc, each_agreed=[{"what": "slower", "outcome": chosen("changed")}])
    assert OpenKind.PROMISE not in kinds(grace)


def test_the_tries_are_told_with_their_days_and_one_no_is_no_reason() -> None:
    grace = Told()
    grace.tried(-5, "not_now")
    (one,) = guard(grace)
    assert one.words == "1 try was made: 15 March 2026 (a text, not now). A declined answer is no reason to close."
    grace.tried(-2, "please_stop", "note")
    (one,) = guard(grace)
    assert one.words.startswith("2 tries were made: ")
    assert one.words.endswith("They asked for no more contact.")
    grace.tried(30, "yes")
    assert guard(grace)[0].words == one.words, "a try ahead of today was not made"


def test_reasons_to_close_are_the_forms_and_declined_is_none(forms: dict[str, Form]) -> None:
    form = forms["closing"]
    offered = [one.id for one in form.options(form.card("closing").question("why"))]
    assert tuple(offered) == closing.REASONS
    assert all(closing.is_reason(one) for one in offered)
    assert not any(closing.is_reason(one) for one in ("declined", "declined_once", "not_now", "no_answer", ""))
