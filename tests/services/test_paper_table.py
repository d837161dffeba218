"""What may be on paper, held against a table that was written by hand: a wrong allow-list does not go unseen."""

import pytest
from paper_table_cases import bundle_of, differences, group, groups, pages, parts_of, used_groups

from alliance_desktop.domain.audience import BUNDLES, PARTS, Document, Part, allowed
from alliance_desktop.domain.form import Audience, Form, Question
from alliance_desktop.services.forms import Forms


def fields(forms: Forms, *audiences: Audience) -> set[tuple[str, str]]:
    asked = ((form.id, one) for form in forms.all() for card in form.cards for one in card.questions)
    return {(form, one.key) for form, one in asked if one.audience in audiences}


def test_the_lists_of_the_program_say_what_the_table_says(forms: Forms) -> None:
    assert list(differences(forms.all(), allowed)) == []


@pytest.mark.parametrize(
    ("document", "key", "part"),
    [
        (Document.CLIENT_PLAN, "felt", None),
        (Document.CLIENT_PLAN, "working_changes", None),
        (Document.REPAIR_PLAN, "told_by", Part.NAME),
        (Document.TIMELINE_REPORT, "exact_words", Part.SAFEGUARDING),
        (Document.SUPERVISION_SUMMARY, "my_part", Part.NOTICED),
        (Document.RECORDS_BUNDLE, "learned", None),
        (Document.EXECUTOR, "body", None),
    ],
)
def test_a_list_with_one_question_too_many_is_seen(
    forms: Forms, document: Document, key: str, part: Part | None
) -> None:
    """Control: each a slip of one line, in a list, in a part, in the rule of a bundle."""

    def slipped(page: Document, form: Form, question: Question, parts: frozenset[Part]) -> bool:
        wrong = page is document and question.key == key and (part is None or part in parts)
        return wrong or allowed(page, form, question, parts)

    found = list(differences(forms.all(), slipped))
    assert found
    assert all(one.startswith(f"{document} ") and f".{key} " in one for one in found)


def test_a_list_with_one_question_too_few_is_seen(forms: Forms) -> None:
    def slipped(page: Document, form: Form, question: Question, parts: frozenset[Part]) -> bool:
        return question.key != "know_better" and allowed(page, form, question, parts)

    assert "client_plan rupture.know_better " in set(differences(forms.all(), slipped))


def test_the_table_tells_of_every_page_and_every_part_and_names_only_what_is_asked(forms: Forms) -> None:
    assert pages() | BUNDLES == set(Document)
    assert used_groups() == groups()
    known = {(form.id, one.key) for form in forms.all() for card in form.cards for one in card.questions}
    assert {field for name in groups() for field in group(name)} <= known
    how = {Part.NAME, Part.CHILD, Part.SAFEGUARDING}
    """Parts that add no answer: a name, other words, a mark without words."""
    assert {page: parts_of(page) for page in Document} == {page: PARTS[page] - how for page in Document}


def test_for_whom_an_answer_is_stands_in_the_forms_as_in_the_table(forms: Forms) -> None:
    private = {field for field in fields(forms, *Audience) if bundle_of(field) == Document.RECORDS_PRIVATE}
    assert private == fields(forms, Audience.PRIV)
    assert {field for field in fields(forms, *Audience) if bundle_of(field) is None} == fields(forms, Audience.CONTROL)


def test_nothing_for_a_client_is_private_of_somebody_else_or_about_safeguarding() -> None:
    """The table itself: what is never on the client's page is in none of its groups."""
    private = "noticed reflected prepared spoken afterwards learned not_on_paper session_mine"
    never = f"{private} others who_told outcome their_view session_theirs session_words safeguarding".split()
    shown = group("agreed") | group("review") | group("goals_to_take_home")
    assert all(shown.isdisjoint(group(name)) for name in never)
