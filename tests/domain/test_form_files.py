"""The forms of strains, sessions and clients hold every question of the design, each with its class."""

from collections.abc import Iterator

import pytest

from alliance_desktop.domain.answers import chosen
from alliance_desktop.domain.client import SCHOOL_SETTINGS, YOUNG_BANDS, ClientState
from alliance_desktop.domain.form import Audience, Card, Form, Kind, Question

REFS = {
    "notice": [f"N{number}" for number in range(1, 13)],
    "acknowledge": [f"A{number}" for number in range(1, 16)],
    "dialogue": [f"D{number}" for number in range(1, 18)],
    "repair": [f"R{number}" for number in range(1, 12)],
    "follow_up": [f"U{number}" for number in range(1, 8)],
    "close": [f"C{number}" for number in range(1, 8)],
}

PICK_LISTS = {
    "2.8": (
        "w_deny w_minimal w_abstract w_story w_shift w_appease w_split w_self "
        "w_body w_missed w_unanswered w_task w_decline"
    ),
    "2.9": "c_person c_reject c_activity c_setup c_progress c_defend c_control c_anger c_leave",
    "2.10": (
        "a_words a_joke a_unsaid a_disclose a_critical a_interpret a_misread a_fast a_rigid a_silence a_goals "
        "a_distant a_hurt a_avoid a_defend a_praise a_setup a_conf a_role a_ending a_culture a_access "
        "a_outside a_none a_other"
    ),
    "2.11": (
        "t_invite t_validate t_own t_sorry t_pause t_clarify t_why t_change t_refocus "
        "t_here t_pattern_us t_pattern_life"
    ),
}

PRINTED_OR_READ_BY_CODE = {
    "notice": (
        "who noticed_on where session seen_or_heard signs_away signs_against strength something_else name safety "
        "already_spoke their_move my_move"
    ),
    "acknowledge": (
        "before touched my_part felt steered landed carrying difference difference_kinds cost growing_up "
        "before_this kind_sentence supervision meant bring_up bring_up_on bring_up_because"
    ),
    "dialogue": (
        "took_place_on channel raised_by named owned their_words how_known liked_instead cleared_up "
        "between_theirs between_mine preferred_not next_try_on no_next_because"
    ),
    "repair": (
        "validated tried understood agreed leave_as_is working_changes goals know_better sign review_on wording_seen"
    ),
    "follow_up": "on between_now between_me each_agreed different anything_new look_again_on no_need",
    "close": (
        "outcome how_known_close learned differently gained tried_before_end door_left_open who_else how_it_ended"
    ),
}

CLASSES = {
    Audience.REC: (
        "N1 N2 D6 D7 D8 D11 D12 D13 D16 R5 R6 R9 R10 U1 U2 U5 U7 C1 C2 C7",
        {"told_by", "how_known_through"},
    ),
    Audience.SHARE: ("R3 R4 R7 R8 U4", set()),
    Audience.THIRD: ("R11", set()),
    Audience.CONTROL: ("N10 N11", set()),
}


def questions(form: Form) -> Iterator[tuple[Card, Question]]:
    for card in form.cards:
        for question in card.questions:
            yield card, question


def test_the_three_forms_are_there(forms):
    assert {"rupture", "session", "client"} <= set(forms)
    assert [card.id for card in forms["session"].cards] == ["note"]
    assert [card.id for card in forms["client"].cards] == ["details"]


def test_rupture_cards_are_the_six_of_the_design(rupture_form):
    cards = rupture_form.cards
    assert [(card.id, card.number) for card in cards] == [
        ("notice", 0),
        ("acknowledge", 1),
        ("dialogue", 2),
        ("repair", 3),
        ("follow_up", 4),
        ("close", 5),
    ]
    assert {card.id for card in cards if card.large} == {"acknowledge", "dialogue", "repair"}
    assert {card.id for card in cards if card.repeats} == {"dialogue", "follow_up"}
    assert all(card.dated_by and card.summary and card.aim for card in cards)


@pytest.mark.parametrize("card", REFS)
def test_every_question_of_the_design_is_asked(rupture_form, card):
    present = {question.ref for question in rupture_form.card(card).questions}
    assert set(REFS[card]) - present == set()


@pytest.mark.parametrize("card", PRINTED_OR_READ_BY_CODE)
def test_keys_that_code_relies_on(rupture_form, card):
    keys = {question.key for question in rupture_form.card(card).questions}
    assert set(PRINTED_OR_READ_BY_CODE[card].split()) - keys == set()


@pytest.mark.parametrize("ref", PICK_LISTS)
def test_pick_lists_are_whole_and_plain(rupture_form, ref):
    lists = [one for one in rupture_form.lists if one.ref == ref]
    assert len(lists) == 1
    options = lists[0].options
    designed = PICK_LISTS[ref].split()
    assert [one.id for one in options if one.id in designed] == designed
    assert {one.id for one in options} - set(designed) <= {"other", "not_sure"}
    assert "not_sure" in {one.id for one in options}
    assert [one.id for one in options if not (one.label and one.line.endswith((".", "”")) and one.source)] == []


def test_pick_lists_with_groups_keep_them_together(rupture_form):
    for list_id in ("my_part", "tried"):
        groups = [one.group for one in rupture_form.pick_list(list_id).options]
        runs = [name for place, name in enumerate(groups) if place == 0 or groups[place - 1] != name]
        assert all(groups)
        assert len(runs) == len(set(runs))


def test_nothing_i_can_see_yet_stands_alone(rupture_form):
    alone = [one.id for one in rupture_form.pick_list("my_part").options if one.alone]
    assert alone == ["a_none"]


def test_classes_follow_the_design(rupture_form):
    wanted = {ref: audience for audience, (refs, _) in CLASSES.items() for ref in refs.split()}
    except_for = {"told_by": Audience.THIRD, "how_known_through": Audience.THIRD, "between_theirs": Audience.REC}
    for _, question in questions(rupture_form):
        if question.ref == "2.0":
            continue
        expected = except_for.get(question.key, wanted.get(question.ref, Audience.PRIV))
        assert question.audience is expected, question.key


def test_session_keeps_reflection_apart(session_form):
    card = session_form.card("note")
    private = {one.key for one in card.questions if one.audience is Audience.PRIV}
    assert private == {
        "temperature_mine",
        "felt_off",
        "tender",
        "tender_reason",
        "checkin_went",
        "checkin_body",
        "checkin_tender",
        "for_me_only",
    }
    assert card.question("style").audience is Audience.CONTROL
    for key in ("start", "end", "how", "attendance"):
        assert card.question(key).audience is Audience.REC


def test_client_details_are_the_record(forms):
    assert {question.audience for _, question in questions(forms["client"])} == {Audience.REC}


def test_notice_shows_only_what_a_minute_needs(rupture_form):
    open_refs = [one.ref for one in rupture_form.card("notice").questions if not one.folded]
    assert open_refs == ["N1", "N2", "N9", "N5", "N6", "N10", "N11"]


def test_limits_and_defaults(rupture_form, session_form):
    notice, acknowledge = rupture_form.card("notice"), rupture_form.card("acknowledge")
    assert (notice.question("name").kind, notice.question("name").limit) == (Kind.LINE, 40)
    assert (acknowledge.question("kind_sentence").kind, acknowledge.question("kind_sentence").limit) == (Kind.LINE, 200)
    assert notice.question("noticed_on").default == "today"
    assert rupture_form.card("repair").question("review_on").default == "review"
    assert rupture_form.card("dialogue").question("took_place_on").default == ""
    assert session_form.card("note").question("date").default == "today"


def test_enough_is_as_the_design_says(rupture_form, session_form):
    enough = {card.id: card.enough for card in rupture_form.cards}
    assert enough == {
        "notice": (("noticed_on",),),
        "acknowledge": (("my_part", "landed"),),
        "dialogue": (("took_place_on", "their_words"), ("took_place_on", "preferred_not")),
        "repair": (("agreed", "review_on"), ("leave_as_is", "review_on")),
        "follow_up": (("on", "between_now"),),
        "close": (("outcome",),),
    }
    assert session_form.card("note").enough == (("date", "attendance"),)


def test_option_ids_that_code_relies_on(rupture_form, session_form):
    def ids(form: Form, card: str, key: str) -> list[str]:
        return [one.id for one in form.options(form.card(card).question(key))]

    assert ids(rupture_form, "dialogue", "preferred_not") == (
        ["not_now", "not_about_this", "not_with_me", "wants_space", "please_stop", "no_answer"]
    )
    assert ids(rupture_form, "repair", "wording_seen") == ["yes", "changed", "not_yet", "did_not_want"]
    assert ids(rupture_form, "close", "outcome") == (
        ["stronger", "as_before", "partly", "moved_on", "their_choice", "circumstances", "not_repaired", "not_a_strain"]
    )
    assert ids(rupture_form, "notice", "safety") == ["yes", "no"]
    assert ids(rupture_form, "follow_up", "between_now") == ["1", "2", "3", "4", "5", "did_not_ask", "rather_not_say"]
    assert ids(session_form, "note", "temperature_client") == ["1", "2", "3", "4", "5", "did_not_ask", "rather_not_say"]
    assert ids(session_form, "note", "attendance") == (
        ["attended", "came_late", "left_early", "late_cancel", "no_show", "i_cancelled", "excused", "ended_by_others"]
    )
    assert ids(session_form, "note", "style") == ["free", "soap", "dap", "birp"]


def test_client_options_are_those_of_the_program(forms):
    card = forms["client"].card("details")
    assert [one.id for one in card.question("state").options] == [str(one) for one in ClientState]
    assert {one.id for one in card.question("age_band").options} > YOUNG_BANDS
    assert {one.id for one in card.question("setting").options} > SCHOOL_SETTINGS


def test_after_please_stop_no_next_try_is_asked(rupture_form):
    card = rupture_form.card("dialogue")

    def asked(answer: str) -> set[str]:
        return {one.key for one in card.shown_questions({"preferred_not": chosen(answer)}, frozenset())}

    assert "next_try_on" in asked("not_now")
    assert "next_try_on" not in asked("please_stop")
    assert "no_next_because" in asked("please_stop")


@pytest.mark.parametrize("key", ["body", "soap_told", "dap_read", "birp_did"])
def test_a_note_in_any_style_has_a_line_in_the_timeline(session_form, key):
    card = session_form.card("note")
    asked = [one.key for one in card.questions if one.group == "What happened" and one.kind is Kind.PROSE]
    assert key in asked
    assert set(asked) <= set(card.summary)
    assert card.summary[0] == "one_line"


def test_a_missed_session_is_not_explained(session_form):
    help = session_form.card("note").question("attendance").help
    assert help == "A missed session tells you that something happened, not what."
