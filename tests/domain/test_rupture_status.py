"""What the cards of a strain suggest: in any order, never back, and anew after each reopening."""

import datetime
import itertools

import msgspec
import pytest

from alliance_desktop.domain.answers import chosen, dated
from alliance_desktop.domain.entry import ArcId, ClientId, Entry, EntryId, Mark, StatusEvent
from alliance_desktop.domain.rupture import (
    ENDED,
    OFFERED_WORDS,
    STATUS_WORDS,
    Status,
    ahead,
    is_open,
    suggested,
    was_offered,
)

DAY = datetime.date(2026, 3, 5)
HOUR = datetime.timedelta(hours=1)
LATER = datetime.date(2026, 3, 12)
NOW = datetime.datetime(2026, 3, 5, 15, 0, tzinfo=datetime.UTC)

NOTICED = {"noticed_on": dated(DAY), "already_spoke": True}
REFLECTED = {"my_part": chosen("a_joke", "a_praise"), "landed": "As being told that it is small."}
TALKED = {"took_place_on": dated(DAY), "their_words": "“So it isn't mutual.”"}
DECLINED = {"took_place_on": dated(DAY), "preferred_not": chosen("not_now")}
AGREED = {"agreed": [{"what": "We plan the ending together"}], "review_on": dated(LATER)}
LEFT = {"leave_as_is": True, "review_on": dated(LATER)}
MINE = {"on": dated(LATER), "between_me": chosen("2"), "anything_new": chosen("nothing")}
ASKED = {"on": dated(LATER), "between_now": chosen("4")}

_numbers = itertools.count(1)


def entry(card: str, answers: dict, on: datetime.date = DAY, turn: int = 1) -> Entry:
    return Entry(
        id=EntryId(next(_numbers)),
        client=ClientId(1),
        form="rupture",
        form_version=1,
        card=card,
        happened_on=on,
        created_at=NOW,
        touched_at=NOW,
        turn=turn,
        answers=answers,
    )


def test_a_strain_talked_about_at_once_and_reflected_on_at_night(rupture_form):
    """Scenario 18: cards 2 and 3 are filled before card 1, all on one day."""
    entries = [entry("notice", NOTICED)]
    status = Status.NOTICED
    assert suggested(entries, status, 1, lambda _: rupture_form) is None
    path = [status]
    for card, answers in (("dialogue", TALKED), ("repair", AGREED)):
        entries.append(entry(card, answers))
        suggestion = suggested(entries, status, 1, lambda _: rupture_form)
        assert suggestion is not None
        assert suggestion.on == DAY
        assert suggestion.reason
        status = suggestion.status
        path.append(status)
    assert [STATUS_WORDS[one] for one in path] == ["Noticed", "In conversation", "Repair agreed"]
    entries.append(entry("acknowledge", REFLECTED))
    assert suggested(entries, status, 1, lambda _: rupture_form) is None


def test_the_same_cards_suggest_the_same_in_any_order(rupture_form):
    cards = [("acknowledge", REFLECTED), ("dialogue", TALKED), ("repair", AGREED), ("follow_up", ASKED)]
    for order in itertools.permutations(cards):
        entries = [entry(card, answers) for card, answers in order]
        suggestion = suggested(entries, Status.NOTICED, 1, lambda _: rupture_form)
        assert suggestion is not None
        assert suggestion.status is Status.FOLLOWED_UP


def test_a_suggestion_never_goes_back(rupture_form):
    cards = {
        Status.ACKNOWLEDGED: entry("acknowledge", REFLECTED),
        Status.IN_DIALOGUE: entry("dialogue", TALKED),
        Status.REPAIR_AGREED: entry("repair", AGREED),
        Status.FOLLOWED_UP: entry("follow_up", ASKED),
    }
    path = [Status.NOTICED, *cards]
    for here in path:
        for card_status, one in cards.items():
            suggestion = suggested([one], here, 1, lambda _: rupture_form)
            if path.index(card_status) > path.index(here):
                assert suggestion is not None
                assert suggestion.status is card_status
            else:
                assert suggestion is None


@pytest.mark.parametrize(
    ("card", "answers"),
    [
        ("acknowledge", {"my_part": chosen("a_joke")}),
        ("acknowledge", {"landed": "Badly."}),
        ("dialogue", {"took_place_on": dated(DAY)}),
        ("dialogue", {"took_place_on": dated(DAY), "their_words": "   "}),
        ("dialogue", DECLINED),
        ("repair", {"agreed": [{"what": "Ask first"}]}),
        ("repair", {"review_on": dated(LATER)}),
        ("follow_up", {"on": dated(LATER)}),
        ("close", {"learned": "Much."}),
    ],
)
def test_half_a_card_suggests_nothing(rupture_form, card, answers):
    assert suggested([entry(card, answers)], Status.NOTICED, 1, lambda _: rupture_form) is None


def test_leaving_it_as_it_is_counts_as_agreed(rupture_form):
    suggestion = suggested(
        [entry("repair", {"leave_as_is": True, "review_on": dated(LATER)})], Status.NOTICED, 1, lambda _: rupture_form
    )
    assert suggestion is not None
    assert suggestion.status is Status.REPAIR_AGREED


def test_the_day_of_a_suggestion_is_the_day_it_became_true(rupture_form):
    early, late = entry("dialogue", TALKED, on=DAY), entry("dialogue", TALKED | {"took_place_on": dated(LATER)}, LATER)
    suggestion = suggested([early, late], Status.NOTICED, 1, lambda _: rupture_form)
    assert suggestion is not None
    assert suggestion.on == DAY


def test_offered_says_that_they_preferred_not_to_until_they_speak():
    declined = entry("dialogue", DECLINED)
    assert not was_offered([entry("dialogue", {"prepare_own": "One true thing."})], 1)
    assert was_offered([declined], 1)
    assert not was_offered([declined, entry("dialogue", TALKED, on=LATER)], 1)
    assert not was_offered([declined], 2)
    assert OFFERED_WORDS == "Conversation offered"


@pytest.mark.parametrize(
    ("outcome", "status"),
    [
        ("stronger", Status.RESOLVED),
        ("as_before", Status.RESOLVED),
        ("partly", Status.RESOLVED),
        ("moved_on", Status.RESOLVED),
        ("their_choice", Status.ENDED_UNREPAIRED),
        ("circumstances", Status.ENDED_UNREPAIRED),
        ("not_repaired", Status.ENDED_UNREPAIRED),
        ("not_a_strain", Status.NOT_A_STRAIN),
    ],
)
def test_every_outcome_of_the_form_is_an_end(rupture_form, outcome, status):
    offered = {one.id for one in rupture_form.options(rupture_form.card("close").question("outcome"))}
    assert outcome in offered
    for here in (Status.NOTICED, Status.FOLLOWED_UP):
        suggestion = suggested([entry("close", {"outcome": chosen(outcome)}, LATER)], here, 1, lambda _: rupture_form)
        assert suggestion is not None
        assert (suggestion.status, suggestion.on) == (status, LATER)
        assert not is_open(suggestion.status)


def test_no_outcome_of_the_form_is_forgotten(rupture_form):
    for option in rupture_form.options(rupture_form.card("close").question("outcome")):
        assert suggested([entry("close", {"outcome": chosen(option.id)})], Status.NOTICED, 1, lambda _: rupture_form)


def test_an_end_that_was_accepted_is_not_suggested_again(rupture_form):
    entries = [entry("notice", NOTICED), entry("follow_up", ASKED), entry("close", {"outcome": chosen("stronger")})]
    assert suggested(entries, Status.RESOLVED, 1, lambda _: rupture_form) is None


def test_after_an_end_set_by_hand_cards_suggest_no_step(rupture_form):
    for end in ENDED:
        assert suggested([entry("dialogue", TALKED)], end, 1, lambda _: rupture_form) is None


def test_a_reopened_strain_begins_anew(rupture_form):
    """Scenario 20: the first turn's end stays, and the second turn counts only its own cards."""
    first = [
        entry("notice", NOTICED),
        entry("repair", AGREED),
        entry("close", {"outcome": chosen("partly")}, on=LATER),
    ]
    assert suggested(first, Status.NOTICED, 2, lambda _: rupture_form) is None
    second = [*first, entry("dialogue", TALKED, on=LATER, turn=2)]
    suggestion = suggested(second, Status.NOTICED, 2, lambda _: rupture_form)
    assert suggestion is not None
    assert suggestion.status is Status.IN_DIALOGUE
    ended = [*second, entry("close", {"outcome": chosen("stronger")}, on=LATER, turn=2)]
    suggestion = suggested(ended, Status.IN_DIALOGUE, 2, lambda _: rupture_form)
    assert suggestion is not None
    assert suggestion.status is Status.RESOLVED


def test_only_ends_are_closed():
    assert {one for one in Status if not is_open(one)} == set(ENDED)
    assert set(STATUS_WORDS) == set(Status)


def test_any_answer_beside_the_day_is_a_follow_up(rupture_form):
    """The design's table asks for the card 4 entry, and not for an answer that the client may not have given."""
    for answers in ({"different": "We laugh again."}, {"on": dated(LATER), "no_need": True}):
        suggestion = suggested([entry("follow_up", answers)], Status.REPAIR_AGREED, 1, lambda _: rupture_form)
        assert suggestion is not None
        assert suggestion.status is Status.FOLLOWED_UP


@pytest.mark.parametrize("mark", [Mark.SKIPPED, Mark.DOES_NOT_FIT])
def test_a_card_set_aside_suggests_nothing(rupture_form, mark):
    for card, answers in (("dialogue", TALKED), ("close", {"outcome": chosen("stronger")})):
        one = entry(card, answers)
        assert suggested([one], Status.NOTICED, 1, lambda _: rupture_form) is not None
        aside = msgspec.structs.replace(one, mark=mark)
        assert suggested([aside], Status.NOTICED, 1, lambda _: rupture_form) is None


def test_a_status_set_by_hand_is_not_countered_until_the_card_is_touched_again(rupture_form):
    close = entry("close", {"outcome": chosen("stronger")})
    hour = datetime.timedelta(hours=1)

    def set_by_hand(number, turn=1, undoes=None):
        return StatusEvent(
            id=number,
            arc=ArcId(1),
            turn=turn,
            was="noticed",
            became="in_dialogue",
            true_on=DAY,
            entered_at=NOW + hour,
            undoes=undoes,
        )

    def found(one, *events):
        return suggested([one], Status.IN_DIALOGUE, 1, lambda _: rupture_form, events)

    assert found(close, set_by_hand(1)) is None
    for counts in (
        found(close),
        found(close, set_by_hand(1, turn=2)),
        found(close, set_by_hand(1), set_by_hand(2, undoes=1)),
    ):
        assert counts is not None
    again = found(msgspec.structs.replace(close, touched_at=NOW + 2 * hour), set_by_hand(1))
    assert again is not None
    assert again.status is Status.RESOLVED


def test_each_card_is_read_with_the_form_it_was_written_in(rupture_form):
    acknowledge = rupture_form.card("acknowledge")
    laxer = msgspec.structs.replace(
        rupture_form, version=2, cards=(msgspec.structs.replace(acknowledge, enough=(("landed",),)),)
    )
    forms = {1: rupture_form, 2: laxer}
    half = entry("acknowledge", {"landed": "Badly."})
    newer = msgspec.structs.replace(half, form_version=2)
    assert suggested([half], Status.NOTICED, 1, lambda one: forms[one.form_version]) is None
    assert suggested([half, newer], Status.NOTICED, 1, lambda one: forms[one.form_version]) is not None


def written(form, *entries, events=(), status=Status.NOTICED):
    """Return what is told of these cards beside the status."""
    return ahead(suggested(entries, status, 1, lambda _: form, events), status)


def by_hand(number, became, hours, undoes=None):
    at = NOW + hours * HOUR
    return StatusEvent(
        id=number, arc=ArcId(1), turn=1, was="", became=became, true_on=DAY, entered_at=at, undoes=undoes
    )


def test_leaving_it_as_it_is_is_not_told_as_a_repair(rupture_form):
    told = "agreed to leave it as it is; the status still says “Noticed”"
    assert written(rupture_form, entry("repair", LEFT)) == told
    assert written(rupture_form, entry("repair", LEFT | {"agreed": [{"what": "  "}]})) == told
    for answers in (AGREED, AGREED | LEFT):
        assert written(rupture_form, entry("repair", answers)).startswith("a repair is written down; ")


def test_what_was_set_by_hand_after_a_card_was_written_is_not_called_behind_it(rupture_form):
    for card, answers in (("dialogue", TALKED), ("repair", AGREED), ("follow_up", ASKED)):
        one = entry(card, answers)
        before, back = by_hand(1, "repair_agreed", -1), by_hand(2, "noticed", 1)
        assert written(rupture_form, one, events=[before]).endswith("; the status still says “Noticed”")
        assert written(rupture_form, one, events=[before, back]) == "", card
        taken_back = by_hand(3, "repair_agreed", 2, undoes=2)
        assert written(rupture_form, one, events=[before, back, taken_back]), "it was not set after all"
        again = msgspec.structs.replace(one, touched_at=NOW + 2 * HOUR)
        assert written(rupture_form, again, events=[before, back]), "the card was written on since"
    older, newer = (
        entry("repair", AGREED),
        msgspec.structs.replace(entry("dialogue", TALKED), touched_at=NOW + 2 * HOUR),
    )
    assert written(rupture_form, older, newer, events=[by_hand(1, "noticed", 1)]).startswith("talked about; ")


def test_a_follow_up_that_is_the_counsellors_own_alone_is_not_told(rupture_form):
    mine = entry("follow_up", MINE)
    suggestion = suggested([mine], Status.NOTICED, 1, lambda _: rupture_form)
    assert suggestion is not None
    assert suggestion.status is Status.FOLLOWED_UP, "the control: it is suggested, to the counsellor alone"
    assert written(rupture_form, mine) == ""
    assert written(rupture_form, entry("repair", AGREED), mine).startswith("a repair is written down; ")
    assert written(rupture_form, mine, status=Status.REPAIR_AGREED) == ""
    for answers in (ASKED | MINE, MINE | {"no_need": True}, MINE | {"different": "We laugh again."}):
        assert written(rupture_form, entry("follow_up", answers)).startswith("a follow-up is written down; ")
