"""The client's page prints only wording that the client saw, as it is now."""

import datetime
from typing import Any

import pytest

from alliance_desktop.domain.answers import Answers, chosen, dated
from alliance_desktop.domain.audience import with_seen_wording, wording_ready
from alliance_desktop.domain.entry import ClientId, Entry, EntryId
from alliance_desktop.domain.form import Audience, Card, Form

NOW = datetime.datetime(2026, 3, 5, 15, 0, tzinfo=datetime.UTC)
AGREED: Answers = {
    "understood": "It was a bad moment.",
    "agreed": [{"what": "Ask first", "who": "Ms Okafor", "state": chosen("agreed")}],
    "sign": "Yellow",
}
SEEN: Answers = {**AGREED, "wording_seen": chosen("yes")}


@pytest.fixture
def card(rupture_form: Form) -> Card:
    return rupture_form.card("repair")


def ready(answers: Answers) -> bool:
    entry = Entry(
        id=EntryId(1),
        client=ClientId(1),
        form="rupture",
        form_version=1,
        card="repair",
        happened_on=NOW.date(),
        created_at=NOW,
        touched_at=NOW,
        answers=answers,
    )
    return wording_ready([entry], turn=1)


def written(card: Card, *writes: Answers) -> Answers:
    """What is kept after one write after the other."""
    kept: Answers = {}
    for one in writes:
        kept = with_seen_wording(card, one, kept)
    return kept


CHANGES: list[dict[str, Any]] = [
    {"understood": "It was my fault."},
    {"agreed": [{"what": "Never joke", "who": "Ms Okafor", "state": chosen("agreed")}]},
    {"agreed": []},
    {"sign": ""},
    {"know_better": "We both leave on time."},
    {"leave_as_is": True},
]


@pytest.mark.parametrize("change", CHANGES, ids=lambda one: next(iter(one)))
def test_wording_changed_after_it_was_seen_is_not_ready(card: Card, change: dict[str, Any]) -> None:
    assert ready(written(card, AGREED, SEEN))
    assert not ready(written(card, SEEN, SEEN | change))
    # What was kept before marks were, is taken as seen as it was then.
    assert not ready(with_seen_wording(card, SEEN | change, SEEN))


def test_every_shared_answer_is_tried(card: Card) -> None:
    shared = {one.key for one in card.questions if one.audience is Audience.SHARE}
    assert {key for change in CHANGES for key in change} == shared


def test_what_is_not_shared_may_change(card: Card) -> None:
    later = SEEN | {"validated": "Their anger made sense.", "review_on": dated(NOW.date()), "leave_as_is": False}
    assert ready(written(card, SEEN, later, later | {"understood": "It was a bad moment. "}))


def test_wording_put_back_as_it_was_seen_is_ready_again(card: Card) -> None:
    assert ready(written(card, SEEN, SEEN | {"sign": "Red"}, SEEN))


@pytest.mark.parametrize("anew", [chosen("changed"), chosen("yes", text="on the phone")], ids=str)
def test_noting_anew_that_it_was_seen_takes_the_wording_as_it_is(card: Card, anew: Any) -> None:
    changed = SEEN | {"sign": "Red"}
    assert ready(written(card, SEEN, changed, changed | {"wording_seen": anew}))
    withdrawn = changed | {"wording_seen": chosen("not_yet")}
    assert not ready(written(card, SEEN, changed, withdrawn))
    assert ready(written(card, SEEN, changed, withdrawn, changed))


def test_an_editor_that_sends_the_mark_back_or_leaves_it_out_changes_nothing(card: Card) -> None:
    kept = written(card, SEEN)
    assert not ready(with_seen_wording(card, {**kept, "sign": "Red"}, kept))
    forged = written(card, {**SEEN, "sign": "Red"})
    assert not ready(with_seen_wording(card, {**forged}, kept))
    assert with_seen_wording(card, {**forged, "wording_seen": chosen("not_yet")}, kept).keys() == SEEN.keys()
