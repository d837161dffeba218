"""The page of all questions is as the form files make it, and nothing that the design names is missing from it."""

import re

import msgspec
import pytest

from alliance_desktop.domain.form import Audience, Form, Question
from tests.forms_page import COLUMNS, PAGE, cells, page, read_forms, read_sources

LAST = {"N": 12, "A": 15, "D": 17, "R": 11, "U": 7, "C": 7}
REFS = {f"{letter}{number}" for letter, last in LAST.items() for number in range(1, last + 1)}

# Each field that sections 1.4 and 3.1 to 3.10 of the design name, by the key under which it is stored.
FIELDS = {
    "1.4": {
        "records_request": (
            "about asker asker_name received_on identity authority young_told young_wants scope_words scope_from "
            "scope_until scope_kinds law due_on sent_on"
        ),
    },
    "3.1": {
        "session": (
            "date start end how where planned attendance style body soap_told soap_saw soap_read soap_next "
            "dap_said_seen dap_read dap_next birp_behaviour birp_did birp_response birp_next for_me_only "
            "temperature_client temperature_mine checkin_went checkin_body checkin_tender felt_off next tasks next_on"
        ),
    },
    "3.2": {"foundation": "agreements consent_who consent_basis consent_on competence"},
    "3.3": {
        "outreach": (
            "why told_by matters trusted avenues best_door hurting_dates next_try_on tried_on avenue offered response "
            "next_on space_until other_person reason door_open keeps_an_eye review_on"
        ),
    },
    "3.4": {
        "goal": "own_words whose why first_step how_see ratings state my_words",
        "sharing_log": "shared_on what with_whom comment next",
    },
    "3.5": {"feedback": "who how_asked supported understood centred change did_with_it told_on"},
    "3.6": {
        "contact": "name role reach relation",
        "consent": "contact asked_of given may_share for_what until recorded",
        "contact_log": "on contact direction purpose shared learned basis least client_told next",
    },
    "3.7": {
        "supervision": (
            "on with_whom kind minutes brought heard will_do clients feeds_back wants moment felt avoid question"
        ),
    },
    "3.8": {
        "safeguarding": (
            "learned_on learned_at learned_where written_on written_at exact_words saw think said explained danger "
            "told decision reason next_steps concern on what by_whom outcome next_on"
        ),
    },
    "3.9": {
        "closing": (
            "why goals_looked strains_said helped goodbye tries_made last_message door_open where_now come_back told "
            "keep_record_until keep_private_until second_look_on"
        ),
    },
    "3.10": {
        "concern": "from_whom received_on worries urgency answer_due answered_on told_back outreach_opened",
        "referral": "to_whom why consent sent_on answer_due answer outcome",
        "meeting": "on there voices data_shared decisions actions dissent",
        "decision": "decision options_weighed because whose_need consulted review_on",
        "score": "instrument version on total subscores rated_by origin",
        "life_event": "what on yearly mention",
        "team_reflection": "on with_whom well not_well change",
        "resource_given": "resource given_to on helped",
        "own_learning": "on noticed pattern practise",
    },
}
PAIRS = {(form, key) for forms in FIELDS.values() for form, keys in forms.items() for key in keys.split()}


@pytest.fixture(scope="module")
def all_forms() -> list[Form]:
    return read_forms()


def rows(text: str) -> list[list[str]]:
    """Return the questions of a page, one list of cells a row."""
    tables = text.split("\n## Sources\n")[0]
    lines = [cells(line) for line in tables.splitlines() if line.startswith("|")]
    return [one for one in lines if one != list(COLUMNS) and set(one[0]) != {"-"}]


def missing(forms: list[Form]) -> set[object]:
    """Return the refs and the (form, key) pairs of the design that these forms do not have."""
    there = [(form.id, question) for form in forms for card in form.cards for question in card.questions]
    refs = {question.ref for form, question in there if form == "rupture"}
    return (REFS - refs) | (PAIRS - {(form, question.key) for form, question in there})


def without(forms: list[Form], form_id: str, goes: str) -> list[Form]:
    """Return the forms with every question of a form taken away that has this key or this ref."""

    def left(questions: tuple[Question, ...]) -> tuple[Question, ...]:
        return tuple(one for one in questions if goes not in {one.key, one.ref})

    def thinner(form: Form) -> Form:
        cards = tuple(msgspec.structs.replace(one, questions=left(one.questions)) for one in form.cards)
        return msgspec.structs.replace(form, cards=cards)

    return [thinner(one) if one.id == form_id else one for one in forms]


def changed(forms: list[Form], **change: object) -> list[Form]:
    """Return the forms with something else said by the first question of the first one."""
    form = forms[0]
    card = form.cards[0]
    questions = (msgspec.structs.replace(card.questions[0], **change), *card.questions[1:])
    cards = (msgspec.structs.replace(card, questions=questions), *form.cards[1:])
    return [msgspec.structs.replace(form, cards=cards), *forms[1:]]


def test_the_page_is_as_the_form_files_make_it(all_forms):
    assert PAGE.read_text(encoding="utf-8") == page(all_forms, read_sources()), "run: python -m tests.forms_page"


def test_stars_say_what_is_needed_and_what_is_one_way(all_forms):
    refs = {one[-1]: one[0] for one in rows(page([one for one in all_forms if one.id == "rupture"], {}))}
    assert (refs["`took_place_on`"], refs["`their_words`"], refs["`owned`"]) == ("D6\\*", "D11 (\\*)", "D10")


@pytest.mark.parametrize("change", [{"label": "Other words"}, {"audience": Audience.THIRD}, {"source": "S9"}])
def test_a_stale_page_is_noticed(all_forms, change):
    assert PAGE.read_text(encoding="utf-8") != page(changed(all_forms, **change), read_sources())


def test_the_page_says_that_it_is_generated():
    head = PAGE.read_text(encoding="utf-8").split("\n## ")[0]
    assert "python -m tests.forms_page" in head


def test_each_question_has_its_row_with_a_class_and_known_sources(all_forms):
    asked = [question for form in all_forms for card in form.cards for question in card.questions]
    found = rows(PAGE.read_text(encoding="utf-8"))
    assert [one[-1] for one in found] == [f"`{question.key}`" for question in asked]
    known = {*read_sources(), "G"}
    for ref, prompt, kind, audience, source, key in found:
        assert "" not in {ref, prompt, kind}, key
        assert audience in {one.value for one in Audience}, key
        assert set(source.split(", ")) <= known, (key, source)


def test_a_bar_in_a_label_stays_inside_its_cell(all_forms):
    found = rows(page(changed(all_forms, label="This | that"), read_sources()))
    assert found[0][1] == "This | that"
    assert {len(one) for one in found} == {len(COLUMNS)}


def test_long_lists_are_counted_and_short_ones_said(all_forms):
    kinds = {one[-1]: one[2] for one in rows(page(all_forms, read_sources()))}
    assert kinds["`danger`"] == "choice: Yes / No / Not sure; words"
    assert re.fullmatch(r"choices: \d\d options; words", kinds["`my_part`"])
    assert kinds["`minutes`"] == "whole number, at most 600"


def test_nothing_the_design_names_is_missing(all_forms):
    assert len(REFS) == 69
    assert len(PAIRS) > 150
    assert missing(all_forms) == set()


@pytest.mark.parametrize(
    ("form", "goes", "named"),
    [
        ("rupture", "N4", "N4"),
        ("rupture", "A15", "A15"),
        ("outreach", "keeps_an_eye", ("outreach", "keeps_an_eye")),
        ("safeguarding", "exact_words", ("safeguarding", "exact_words")),
        ("own_learning", "practise", ("own_learning", "practise")),
    ],
)
def test_a_question_that_goes_is_noticed(all_forms, form, goes, named):
    assert missing(without(all_forms, form, goes)) == {named}


def test_a_form_that_goes_is_noticed(all_forms):
    left = [one for one in all_forms if one.id != "life_event"]
    assert missing(left) == {("life_event", key) for key in FIELDS["3.10"]["life_event"].split()}
