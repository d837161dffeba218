"""What holds for every form that is shipped: plain words, known sources, and no way to lose an answer."""

import re
from collections.abc import Iterator

import pytest

from alliance_desktop.domain.answers import chosen
from alliance_desktop.domain.form import CHOOSING, Audience, Card, Form, Kind, Question
from alliance_desktop.domain.shown import shown

SECTIONS = {
    "Sessions",
    "Between us",
    "Outreach",
    "Goals and feedback",
    "Other people",
    "Record",
    "Safety",
    "Mine",
}
FIRST_THREE = {"rupture", "session", "client"}
NEEDS_NO_DATE = {
    "client/details": "a date of birth dates nothing",
    "executor_wishes/wishes": "the day it was looked over dates nothing; it is kept up over the years",
}

CLOSED = {
    "records_request/scope_kinds": "the sections of the forms, and nothing chosen means all of them",
    "rupture/safety": "a safety question is yes or no",
    "rupture/their_move": "the design names the four ways",
    "rupture/my_move": "the design names the four ways",
    "rupture/difference": "how it differs is asked next",
    "rupture/bring_up": "the because is asked next",
    "rupture/supervision": "when, or not",
    "rupture/raised_by": "someone else covers the rest",
    "rupture/prepare_door": "who it is, is asked next",
    "rupture/preferred_not": "six answers that are treated differently",
    "rupture/wording_seen": "decides whether a page may be printed",
    "rupture/others_to_know_consent": "the words of the consent log",
    "rupture/anything_new": "nothing, a note, or a strain of its own",
    "rupture/outcome": "each one is a status",
    "session/attendance": "counted by the rule for missed appointments",
    "session/style": "steers the form",
    "client/age_band": "decides what is asked",
    "client/state": "each one is a state",
    "client/contact_message": "safe or not",
    "outreach/best_door": "who it would be, is asked next",
    "outreach/response": "seven answers that are treated differently",
    "goal/state": "the design names the four",
    "feedback/supported": "the design names the four, and there is room for words",
    "feedback/understood": "the design names the four, and there is room for words",
    "feedback/centred": "the design names the four, and there is room for words",
    "consent/given": "the four answers of the design, and there is room for words",
    "contact_log/direction": "one of the two, or both",
    "contact_log/basis": "the grounds of the design, and there is room for words",
    "contact_log/client_told": "before, after or not, and there is room for why",
    "lost_device/left": "the four ways of the design, and there is room for words",
    "closing/why": "the design names the six; one's own words are asked next",
    "closing/strains_said": "the design names them, and there is room for words",
    "safeguarding/danger": "yes, no or not sure",
}

NAMED_SOURCE = re.compile(
    r"Counseling Today|Lisa Porter|Eubanks|3RS|rating manual|HIPAA|PMC\d|"
    r"Unconditional Education|“Establishing a Therapeutic Alliance”|“Collaborations in School Counseling”|"
    r"BACP|ASCA|corc\.uk\.net|\(20\d\d\)|, 20\d\d\)|confidantnotes|our own|Our own"
)


def questions(form: Form) -> Iterator[tuple[Card, Question]]:
    for card in form.cards:
        for question in card.questions:
            yield card, question


def unknown(source: str, codes: frozenset[str]) -> list[str]:
    """Return the codes of a question's source that have no name; an empty source is one."""
    return [one for one in source.split(", ") if one not in codes]


def unexplained(form: Form) -> list[str]:
    """Return the lists that offer neither "something else" with words, nor a reason for being closed."""
    return [
        f"{form.id}/{one.key}"
        for _, one in questions(form)
        if one.kind in {Kind.CHOICE, Kind.CHOICES}
        and f"{form.id}/{one.key}" not in CLOSED
        and not (one.text and {option.id for option in form.options(one)} & {"other", "a_other"})
    ]


def test_every_question_has_a_label_a_help_a_source_and_a_ref(forms, source_codes):
    for form in forms.values():
        for card, question in questions(form):
            where = f"{form.id}/{card.id}/{question.key}"
            assert question.ref, where
            assert unknown(question.source, source_codes) == [], where
            assert 0 < len(question.label) <= 70, where
            assert 0 < len(question.help) <= 110, where
            assert "\n" not in question.help, where
            assert re.fullmatch(r"[a-z][a-z_]*", question.key), where


@pytest.mark.parametrize(("source", "found"), [("S4, TUR", []), ("", [""]), ("XYZ", ["XYZ"]), ("S4, XYZ", ["XYZ"])])
def test_an_invented_source_is_found(source_codes, source, found):
    assert unknown(source, source_codes) == found


def test_every_option_and_given_row_names_a_known_source(forms, source_codes):
    sources = [
        (form.id, one.id, one.source)
        for form in forms.values()
        for _, question in questions(form)
        for one in (*form.options(question), *question.presets)
        if one.source
    ]
    assert len(sources) > 70
    assert [one for one in sources if unknown(one[2], source_codes)] == []


def test_refs_are_those_of_the_design_and_stand_once(forms):
    for form in forms.values():
        if form.id in FIRST_THREE:
            continue
        refs = [one.ref for _, one in questions(form)]
        assert [ref for ref in refs if not re.fullmatch(r"(3\.\d{1,2}|1\.4|P\d)\.\w+", ref)] == [], form.id
        assert len(refs) == len(set(refs)), form.id


def test_side_notes_are_short_and_name_their_source(forms):
    notes = [(form.id, one.key, one.note) for form in forms.values() for _, one in questions(form) if one.note]
    assert len(notes) >= 60
    assert [one for one in notes if len(one[2].split()) > 60] == []
    assert [one for one in notes if not NAMED_SOURCE.search(one[2])] == []


@pytest.mark.parametrize("id", ["outreach", "foundation", "goal", "feedback", "contact_log", "consent"])
def test_forms_with_knowledge_of_the_design_have_a_side_note(forms, id):
    assert any(one.note for _, one in questions(forms[id]))


def test_lists_offer_something_else_with_words(forms):
    assert [one for form in forms.values() for one in unexplained(form)] == []


def test_a_closed_list_without_a_reason_is_found(forms, monkeypatch):
    monkeypatch.delitem(CLOSED, "outreach/response")
    assert unexplained(forms["outreach"]) == ["outreach/response"]


def test_every_reason_for_a_closed_list_is_still_needed(forms):
    known = {f"{form.id}/{one.key}": (form, one) for form in forms.values() for _, one in questions(form)}
    assert set(CLOSED) - set(known) == set()
    open_now = [
        where
        for where in CLOSED
        if known[where][1].text and "other" in {option.id for option in known[where][0].options(known[where][1])}
    ]
    assert open_now == []


def test_folds_take_whole_groups(forms):
    torn = [
        (form.id, card.id, group)
        for form in forms.values()
        for card in form.cards
        for group in {one.group for one in card.questions if one.folded and one.group}
        if not all(one.folded for one in card.questions if one.group == group)
    ]
    assert torn == []


def test_what_is_needed_stands_open(forms):
    """A question that makes a card enough, or where the cursor begins, is neither folded nor waits for another."""
    hidden = [
        (form.id, card.id, key)
        for form in forms.values()
        for card in form.cards
        for key in {key for way in card.enough for key in way} | {card.begin_at} - {""}
        if card.question(key).folded or card.question(key).show_if
    ]
    assert hidden == []


def test_every_card_says_what_it_is_for_and_can_be_enough(forms):
    for form in forms.values():
        for card in form.cards:
            assert all((card.title, card.aim, card.enough, card.summary)), (form.id, card.id)


def test_every_card_with_a_day_is_dated_by_one(forms):
    undated = {
        f"{form.id}/{card.id}"
        for form in forms.values()
        for card in form.cards
        if not card.dated_by and any(one.kind is Kind.DATE for one in card.questions)
    }
    assert undated == set(NEEDS_NO_DATE)


def test_groups_are_not_torn_apart(forms):
    for form in forms.values():
        for card in form.cards:
            names = [one.group for one in card.questions]
            runs = [name for place, name in enumerate(names) if place == 0 or names[place - 1] != name]
            assert len(runs) == len(set(runs)), (form.id, card.id)


def test_long_cards_are_broken_into_groups(forms):
    """More than six questions that stand open, without a heading between them, are too many to take in."""
    long = [
        (form.id, card.id)
        for form in forms.values()
        if form.id not in FIRST_THREE
        for card in form.cards
        if len([one for one in card.questions if not one.folded]) > 6 and len({one.group for one in card.questions}) < 2
    ]
    assert long == []


def test_lines_have_an_end(forms):
    """A line has a length that its box can show; longer words have a box of their own."""
    endless = [
        (form.id, one.key)
        for form in forms.values()
        for _, one in questions(form)
        if one.kind is Kind.LINE and not one.limit
    ]
    assert endless == []


def test_every_form_is_offered_under_a_heading(forms):
    assert {form.section for form in forms.values() if form.id not in FIRST_THREE} <= SECTIONS
    assert all(form.section for form in forms.values() if form.id not in FIRST_THREE)


def test_links_lead_to_forms_that_are_there(forms):
    targets = {target for form in forms.values() for _, one in questions(form) for target in one.targets}
    assert {"session", "rupture", "goal", "foundation"} <= targets
    assert targets <= set(forms)


def test_a_form_of_the_counsellors_own_is_no_clients_record(forms):
    own = [form for form in forms.values() if form.about == "counsellor"]
    assert forms["contact"] in own
    assert [(form.id, one.key) for form in own for _, one in questions(form) if one.kind is Kind.PERSON] == []
    shared = [(form.id, one.key) for form in own for _, one in questions(form) if one.audience is Audience.SHARE]
    assert shared == []


def test_people_are_never_the_clients_record(forms):
    """Names of others are kept as theirs, or in the counsellor's own reflection."""
    for form in forms.values():
        for _, one in questions(form):
            if one.kind is Kind.CONTACTS:
                assert one.audience in {Audience.THIRD, Audience.PRIV}, (form.id, one.key)


def test_no_option_id_reaches_the_reader(forms):
    for form in forms.values():
        for _, question in questions(form):
            if question.kind in CHOOSING:
                for option in form.options(question):
                    assert shown(form, question, chosen(option.id)) == option.label
            for column in question.columns:
                for option in column.options:
                    row = {column.key: chosen(option.id)}
                    assert shown(form, question, [row]) == option.label
