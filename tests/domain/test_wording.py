"""Every word that the program itself says about a person: no blame, no labels, calm and plain."""

import re
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from alliance_desktop.domain.form import Audience, Form, Question

AVOIDED = {
    "refused": r"\brefus(e|ed|ing|al)s?\b",
    "denied": r"\b(deny|denies|denied|denying|denial)\b",
    "claims": r"\bclaim(s|ed|ing)?\b",
    "resistant": r"\bresist(s|ed|ing|ant|ance|ances)?\b",
    "non-compliant": r"\bnon-?complian(t|ce)\b",
    "manipulative": r"\bmanipulat\w*",
    "attention-seeking": r"\battention[- ]seek\w*",
    "difficult client": r"\bdifficult (client|student|patient|child|children|person|people|girl|boy|parent)s?\b",
    "failed to attend": r"\bfail(s|ed|ing)? to (attend|come|engage|respond|show)\b",
    "attack": r"\battack\w*",
    "fault": r"\bfaults?\b",
    "victim": r"\bvictim\w*",
}
TONE = {
    "exclamation mark": r"!",
    "praise": r"\b(great job|well done|good job|congratulations|awesome)\b",
    "guilt": r"\boverdue\b",
    "doubt": r"\b(so-called|allegedly|alleged|purported(ly)?)\b",
    "haste": r"\basap\b",
}

CONTROLS = {
    "refused": "She refused to come.",
    "denied": "He denies it.",
    "claims": "Claims to be tired",
    "resistant": "Resistance to adults",
    "non-compliant": "was noncompliant",
    "manipulative": "Manipulating again",
    "attention-seeking": "attention seeking",
    "difficult client": "a difficult student",
    "failed to attend": "Failed to attend",
    "attack": "felt attacked",
    "fault": "my fault",
    "victim": "the victims",
    "exclamation mark": "Saved!",
    "praise": "Great job",
    "guilt": "3 overdue",
    "doubt": "the so-called friend",
    "haste": "Call ASAP",
}


STEERING = {"kind", "audience", "source", "default", "about", "dated_by", "begin_at", "show_if", "enough", "summary"}
UNSEEN = STEERING | {"id", "key", "ref", "list", "based_on", "targets"}


def bad_words(text: str, rules: dict[str, str]) -> list[str]:
    return [name for name, rule in rules.items() if re.search(rule, text, re.IGNORECASE)]


def question_texts(form: Form, question: Question) -> Iterator[str]:
    yield from (question.label, question.help, question.note, question.text, question.group, *question.starters)
    for option in (*question.options, *(one for column in question.columns for one in column.options)):
        yield from (option.label, option.line, option.group)
    for named in (*question.columns, *question.presets):
        yield named.label
    if question.list:
        yield form.pick_list(question.list).intro
        for option in form.options(question):
            yield from (option.label, option.line, option.group)


def form_texts(form: Form) -> Iterator[tuple[str, str]]:
    yield from (("form", one) for one in (form.title, form.intro, form.section, form.banner))
    for one in form.lists:
        yield one.id, one.intro
        for option in one.options:
            yield from ((option.id, option.label), (option.id, option.line), (option.id, option.group))
    for card in form.cards:
        yield from ((card.id, card.title), (card.id, card.aim), (card.id, card.intro))
        for question in card.questions:
            for text in question_texts(form, question):
                yield question.key, text


def spoken(value: Any) -> Iterator[str]:
    """Yield every text of a form but those that only the program reads."""
    if isinstance(value, dict):
        for key, one in value.items():
            if key not in UNSEEN:
                yield from spoken(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from spoken(one)
    elif isinstance(value, str) and value:
        yield value


def all_texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from all_texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from all_texts(one)


@pytest.mark.parametrize("name", CONTROLS)
def test_each_rule_finds_its_word(name):
    assert name in bad_words(CONTROLS[name], AVOIDED | TONE)


def test_ordinary_words_pass():
    kind = "A difficult moment between us. By default two weeks. We let the default stand and proclaim nothing."
    assert bad_words(kind, AVOIDED | TONE) == []


def test_no_text_of_a_form_is_passed_over(forms):
    for form in forms.values():
        read = {text for _, text in form_texts(form) if text}
        assert set(spoken(msgspec.to_builtins(form))) - read == set(), form.id


def test_forms_blame_and_label_nobody(forms):
    found = [
        (form.id, place, text, bad)
        for form in forms.values()
        for place, text in form_texts(form)
        if (bad := bad_words(text, AVOIDED | TONE))
    ]
    assert found == []


def test_sample_texts_blame_and_label_nobody(people):
    found = [(text, bad) for text in all_texts(people) if (bad := bad_words(text, AVOIDED | TONE))]
    assert found == []


def test_what_the_client_may_read_never_says_rupture(forms):
    shared = [
        (question.key, text)
        for form in forms.values()
        for card in form.cards
        for question in card.questions
        if question.audience is Audience.SHARE
        for text in question_texts(form, question)
    ]
    assert len(shared) > 20
    assert [pair for pair in shared if re.search(r"ruptur", pair[1], re.IGNORECASE)] == []


def test_the_program_says_strain_and_not_rupture(forms):
    said = [(form.id, place, text) for form in forms.values() for place, text in form_texts(form)]
    assert [one for one in said if re.search(r"ruptur", one[2], re.IGNORECASE)] == []


def test_shared_sample_answers_never_say_rupture(forms, people):
    shared = {
        question.key
        for card in forms["rupture"].cards
        for question in card.questions
        if question.audience is Audience.SHARE
    }
    answers = [entry["answers"].get(key) for person in people for entry in person["entries"] for key in shared]
    texts = [text for answer in answers for text in all_texts(answer)]
    assert any("ending" in text for text in texts)
    assert [text for text in texts if re.search(r"ruptur|withdraw|confront", text, re.IGNORECASE)] == []
