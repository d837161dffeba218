"""A note on paper: what of it may be there, what was added later, and the same questions to fill in by hand."""

import datetime

import pytest
from msgspec.structs import replace
from paper_cases import DAY, NOON, always, entry, marked, words_of_pdf

from alliance_desktop.documents.note import blank_note, note
from alliance_desktop.documents.press import render
from alliance_desktop.documents.twin import twin
from alliance_desktop.domain.answers import Answers
from alliance_desktop.domain.audience import Document, Part
from alliance_desktop.domain.audience.sheets import SHEETS
from alliance_desktop.domain.entry import Addendum, Entry, State
from alliance_desktop.domain.form import Audience, Card, Form, Kind
from alliance_desktop.domain.formfile import read_form
from alliance_desktop.resources import resource


def shipped(name: str) -> Form:
    path = resource("forms", f"{name}.1.toml")
    return read_form(path.name, path.read_text(encoding="utf-8"))


def answered(form: Form, card: Card) -> tuple[Entry, dict[str, str]]:
    """An entry with each question answered by a marker word of its own; and which word is whose."""
    words = {one.key: f"zq{chr(97 + place // 26)}{chr(97 + place % 26)}xk" for place, one in enumerate(card.questions)}
    answers: Answers = {one.key: marked(form, one, words[one.key]) for one in card.questions}
    made = replace(entry(card.id, answers), form=form.id, state=State.FINISHED)
    return made, {
        one.key: words[one.key] for one in card.questions if one.kind not in (Kind.TICK, Kind.DATE, Kind.LINK)
    }


def added(to: Entry, text: str, *, private: bool = False) -> Addendum:
    at = NOON + datetime.timedelta(days=1)
    return Addendum(id=to.id + 1000, entry=to.id, written_at=at, text=text, private=private)


@pytest.mark.parametrize("ticked", [frozenset(), frozenset({Part.PRIVATE})], ids=["record", "private"])
def test_a_session_note_has_what_is_private_only_where_it_was_ticked(ticked: frozenset[Part]) -> None:
    form = shipped("session")
    made, words = answered(form, form.cards[0])
    more = [added(made, "zqaddedxk"), added(made, "zqowntoo", private=True)]
    page = note(
        Document.SESSION_NOTE, [(made, more)], always(form), title="Session note", whose=("M-12",), parts=ticked
    )
    for printed in (words_of_pdf(render(page).pdf()), twin(page)):
        private = {one.key for one in form.cards[0].questions if one.audience is Audience.PRIV} & words.keys()
        shown = {key for key, word in words.items() if word in printed}
        assert shown & private == (private if ticked else set())
        assert "style" not in shown, "what steers the form is no answer"
        assert "zqaddedxk" in printed
        assert ("zqowntoo" in printed) is bool(ticked)
        assert "M-12" in printed


@pytest.mark.parametrize("name", ["session", "safeguarding"])
def test_every_question_of_a_record_is_on_its_page_or_held_back_on_purpose(name: str) -> None:
    """A question that a later form adds fails here, so that somebody decides."""
    listed = SHEETS[{"session": "session_note", "safeguarding": "safeguarding_record"}[name]]
    steering = {"session": {"style"}, "safeguarding": {"concern"}}[name]
    known = {*listed.fields[name], *listed.private.get(name, ())} | steering
    assert {one.key for card in shipped(name).cards for one in card.questions} == known


def test_a_safeguarding_record_holds_the_first_words_and_what_came_after() -> None:
    form = shipped("safeguarding")
    concern, words = answered(form, form.card("concern"))
    after, later = answered(form, form.card("follow_up"))
    both = [(concern, [added(concern, "zqaddedxk")]), (after, [])]
    page = note(
        Document.SAFEGUARDING_RECORD, both, always(form), title="Record", whose=("Olu Bello",), head="Confidential"
    )
    printed = words_of_pdf(render(page).pdf())
    assert [key for key, word in words.items() if word not in printed] == []
    assert [key for key, word in later.items() if word not in printed] == []
    assert "zqaddedxk" in printed
    assert "Olu Bello" in printed
    assert "Not finished" not in printed


def test_a_draft_says_that_it_is_one() -> None:
    form = shipped("session")
    made, _ = answered(form, form.cards[0])
    draft = replace(made, state=State.DRAFT)
    page = note(Document.SESSION_NOTE, [(draft, [])], always(form), title="Session note", whose=())
    assert "Not finished" in page.facts


@pytest.mark.parametrize("name", ["session", "safeguarding"])
def test_a_blank_asks_the_questions_and_leaves_room(name: str) -> None:
    form = shipped(name)
    card = form.cards[0]
    keys = [one.key for one in card.questions if one.audience is not Audience.CONTROL]
    page = blank_note(form, card, keys, title="Blank")
    printed = words_of_pdf(render(page).pdf())
    assert [one.label for one in card.questions if one.key in keys and one.label not in printed] == []
    items = page.sections[0].groups[0].items
    assert all(one.lines or one.ticks or one.heads for one in items)
    assert str(DAY.year) not in printed
