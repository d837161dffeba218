"""Scenario 22: what was not agreed with the client never reaches their page, its metadata or its file name."""

import pytest
from paper_cases import DAY, always, entry, everything_in, marked, text_of_pdf, words_of_pdf

from alliance_desktop.documents.client_plan import client_plan
from alliance_desktop.documents.press import render
from alliance_desktop.documents.repair_plan import repair_plan
from alliance_desktop.documents.saving import neutral_name
from alliance_desktop.documents.wording import languages
from alliance_desktop.domain.answers import chosen, dated
from alliance_desktop.domain.audience import Document, Part, allowed
from alliance_desktop.domain.entry import Entry
from alliance_desktop.domain.form import Audience, Form, Kind

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def _word(number: int) -> str:
    return f"zq{LETTERS[number // 26]}{LETTERS[number % 26]}xk"


def marked_arc(form: Form) -> tuple[list[Entry], dict[str, str]]:
    """Every question of every card answered with its own marker word; and which word is whose."""
    words: dict[str, str] = {}
    entries = []
    for card in form.cards:
        answers = {}
        for question in card.questions:
            words[question.key] = _word(len(words))
            answers[question.key] = marked(form, question, words[question.key])
        if card.id == "repair":
            answers["wording_seen"] = chosen("yes", text=words["wording_seen"])
            answers["review_on"] = dated(DAY)
        entries.append(entry(card.id, answers))
    return entries, words


def hidden_words(form: Form, words: dict[str, str]) -> dict[str, str]:
    questions = (one for card in form.cards for one in card.questions)
    return {one.key: words[one.key] for one in questions if one.audience is not Audience.SHARE}


def shared_words(form: Form, words: dict[str, str]) -> set[str]:
    questions = (one for card in form.cards for one in card.questions if one.kind is not Kind.TICK)
    return {words[one.key] for one in questions if one.audience is Audience.SHARE}


@pytest.mark.parametrize("large", [False, True], ids=["normal", "large"])
@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("language", languages())
def test_client_page_holds_nothing_but_agreed_wording(form: Form, language: str, paper: str, large: bool) -> None:
    entries, words = marked_arc(form)
    made = render(client_plan(entries, always(form), turn=1, language=language), paper=paper, large=large)
    pdf = made.pdf()
    pictures = b"".join(made.svgs()).decode()
    inside = everything_in(pdf) + neutral_name(DAY) + pictures
    leaked = {key for key, word in hidden_words(form, words).items() if word in inside}
    assert leaked == set()
    printed = words_of_pdf(pdf)
    assert shared_words(form, words) <= {word for word in words.values() if word in printed}


def test_the_leak_test_can_fail(form: Form) -> None:
    """The counsellor's own plan holds the private words, and the same search finds them."""
    entries, words = marked_arc(form)
    plan = repair_plan(entries, always(form), status="noticed", parts=frozenset(Part))
    inside = everything_in(render(plan).pdf())
    found = {key for key, word in hidden_words(form, words).items() if word in inside}
    assert {"felt", "my_part", "their_words", "others_to_know", "name", "learned"} <= found


def test_metadata_search_can_fail(form: Form) -> None:
    """A word in the PDF's information is found too, so that the search covers more than the text."""
    import io

    from pypdf import PdfWriter

    entries, _ = marked_arc(form)
    writer = PdfWriter(io.BytesIO(render(client_plan(entries, always(form), turn=1)).pdf()))
    writer.add_metadata({"/Subject": "zqhiddenxk"})
    out = io.BytesIO()
    writer.write(out)
    assert "zqhiddenxk" not in text_of_pdf(out.getvalue())
    assert "zqhiddenxk" in everything_in(out.getvalue())


def test_no_question_but_shared_ones_and_the_review_date_is_allowed(form: Form) -> None:
    questions = [one for card in form.cards for one in card.questions]
    on_page = {one.key for one in questions if allowed(Document.CLIENT_PLAN, form, one, frozenset(Part))}
    shared = {one.key for one in questions if one.audience is Audience.SHARE}
    assert on_page == shared | {"review_on"}


def test_a_private_question_is_refused_even_under_an_allowed_code(form: Form) -> None:
    from msgspec.structs import replace

    question = form.card("repair").question("understood")
    assert allowed(Document.CLIENT_PLAN, form, question)
    assert not allowed(Document.CLIENT_PLAN, form, replace(question, audience=Audience.PRIV))
    assert not allowed(Document.CLIENT_PLAN, form, replace(question, audience=Audience.THIRD))


def test_other_people_need_their_own_tick_on_the_repair_plan(form: Form) -> None:
    third = [one for card in form.cards for one in card.questions if one.audience is Audience.THIRD]
    assert third
    assert not any(allowed(Document.REPAIR_PLAN, form, one) for one in third)
    assert any(allowed(Document.REPAIR_PLAN, form, one, frozenset({Part.CONTACTS})) for one in third)


def test_client_page_never_says_what_kind_of_page_it_is(form: Form, entries: list[Entry]) -> None:
    for language in languages():
        inside = everything_in(render(client_plan(entries, always(form), turn=1, language=language)).pdf()).lower()
        assert "rupture" not in inside
        assert "alliance desktop" not in inside
        assert "counsel" not in inside
