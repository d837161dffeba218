"""What of an entry can be found: the words of each field, and which side they lie on."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from alliance_desktop.domain.answers import Answers, rows_of, text_of
from alliance_desktop.domain.entry import Addendum
from alliance_desktop.domain.form import PRIVATE_TABLE, Audience, Card, Form, Kind, Question
from alliance_desktop.domain.shown import shown, shown_cell

_UNSAID = frozenset({Kind.DATE, Kind.TIME, Kind.TICK, Kind.LINK, Kind.PERSON, Kind.NUMBER})
"""Kinds whose words would be found in every other note; what was typed in place of a number counts all the same."""
_UNSAID_CELLS = frozenset({"date", "tick", "number"})


class Field(NamedTuple):
    """The words of one question of an entry, or of one addendum to it, as they are read."""

    text: str
    private: bool
    key: str = ""
    label: str = ""
    addendum: int | None = None


def fields(form: Form, card: Card, answers: Answers, addenda: Iterable[Addendum] = ()) -> Iterator[Field]:
    """Yield the fields that hold words: in the order of the card, then what was added afterwards."""
    for one in card.questions:
        text = _said(form, one, answers) if one.audience is not Audience.CONTROL else ""
        if text:
            yield Field(text, one.audience in PRIVATE_TABLE, one.key, one.label)
    for addendum in addenda:
        yield Field(addendum.text, addendum.private, label="Added later", addendum=addendum.id)


def _said(form: Form, question: Question, answers: Answers) -> str:
    answer = answers.get(question.key)
    if question.kind is Kind.ROWS:
        lines = (_row(question, row) for row in rows_of(answer))
        return "\n".join(line for line in lines if line)
    if question.kind in _UNSAID:
        return text_of(answer) if question.kind is Kind.NUMBER else ""
    return shown(form, question, answer)


def _row(question: Question, row: Answers) -> str:
    columns = [one for one in question.columns if one.kind not in _UNSAID_CELLS]
    cells = [shown_cell(one, row.get(one.key)) for one in columns]
    return " · ".join(one for one in cells if one)
