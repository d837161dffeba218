"""Whether the answers of a line are those that a card asks for, each of its kind and on its side."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from alliance_desktop.domain.answers import REMOVED, About, Answers
from alliance_desktop.domain.exchange.values import LARGEST, LineError, is_day, is_whole
from alliance_desktop.domain.form import CHOOSING, PRESET, PRIVATE_TABLE, Card, Column, Form, Kind, Option, Question
from alliance_desktop.domain.shown import ROLES

Fits = Callable[[Any], bool]

_NAMEABLE = re.compile(r"[a-z][a-z0-9_]{0,39}", re.ASCII)
_ABOUTS = frozenset(map(str, About))


class Asking:
    """What one card asks for, made once for all its entries."""

    def __init__(self, form: Form, card: Card) -> None:
        self.asked: Mapping[str, Fits] = {one.key: _fits(form, one) for one in card.questions}
        self.private = frozenset(one.key for one in card.questions if one.audience in PRIVATE_TABLE)

    def must_fit(self, record: Answers, private: Answers, unasked: Answers) -> None:
        """LineError where an answer is none of this card, not of its kind, or on the wrong side."""
        for key in private.keys() & record.keys() or unasked.keys() & (record.keys() | private.keys()):
            raise LineError(f"{_named(key)} is answered twice")
        for key, answer in record.items():
            if key in self.private:
                raise LineError(f'{_named(key)} belongs in "private"')
            self._must_be_one(key, answer)
        for key, answer in private.items():
            self._must_be_one(key, answer)
        for key in unasked.keys() & self.asked.keys():
            raise LineError(f'{_named(key)} is asked for, so it does not belong in "unasked"')

    def split(self, private: Answers) -> tuple[Answers, Answers]:
        """Return the private answers that the card asks for, and those that it does not know."""
        known = {key: one for key, one in private.items() if key in self.asked}
        if len(known) == len(private):
            return known, {}
        return known, {key: one for key, one in private.items() if key not in self.asked}

    def _must_be_one(self, key: str, answer: Any) -> None:
        fits = self.asked.get(key)
        if fits is None:
            raise LineError(f"the card has no question {_named(key)}")
        try:
            fitting = answer is None or fits(answer)
        except _NotShownError as fault:
            raise LineError(f"the answer to {_named(key)} {fault}") from None
        if not fitting:
            raise LineError(f"the answer to {_named(key)} is none of its kind, or names an option that is not there")


class _NotShownError(Exception):
    """An answer of which a page would show only a part, and then keep no more than it shows; the text says why."""


def _named(key: str) -> str:
    return f'"{key}"' if _NAMEABLE.fullmatch(key) else "of that name"


def _fits(form: Form, question: Question) -> Fits:
    kind = question.kind
    if kind in CHOOSING:
        return _chosen(form.options(question), one=kind is not Kind.CHOICES)
    if kind is Kind.ROWS:
        return _rows(question)
    if kind is Kind.NUMBER:
        return _number(question.most)
    return _PLAIN[kind]


def _text(answer: Any) -> bool:
    return isinstance(answer, str)


def _tick(answer: Any) -> bool:
    return isinstance(answer, bool)


def _date(answer: Any) -> bool:
    return (
        isinstance(answer, dict)
        and answer.keys() <= {"on", "about", "text"}
        and (answer.get("on", "") == "" or is_day(answer["on"]))
        and _is_about(answer.get("about", ""))
        and _text(answer.get("text", ""))
        and _is_one_date(answer)
    )


def _is_one_date(answer: Answers) -> bool:
    if answer.get("on") and answer.get("text"):
        raise _NotShownError("has a day, and words in place of one as well")
    return True


def _is_about(value: Any) -> bool:
    return isinstance(value, str) and value in _ABOUTS


def _people(answer: Any) -> bool:
    return isinstance(answer, list) and all(map(_person, answer))


def _person(one: Any) -> bool:
    return (
        isinstance(one, dict)
        and one.keys() <= {"name", "role", "contact"}
        and _text(one.get("name", ""))
        and _is_role(one.get("role", ""))
        and (one.get("contact") is None or _id(one["contact"]))
    )


def _is_role(value: Any) -> bool:
    return isinstance(value, str) and (not value or value in ROLES)


def _links(answer: Any) -> bool:
    return isinstance(answer, list) and all(map(_id, answer))


def _id(value: Any) -> bool:
    return is_whole(value, 1, LARGEST)


def _nothing(answer: Any) -> bool:
    return answer is None


def _chosen(options: tuple[Option, ...], *, one: bool) -> Fits:
    known = frozenset(each.id for each in options)

    def fits(answer: Any) -> bool:
        if not isinstance(answer, dict) or not answer.keys() <= {"ids", "text"}:
            return False
        ids = answer.get("ids", [])
        chosen = isinstance(ids, list) and all(isinstance(each, str) and each in known for each in ids)
        if chosen and one and len(ids) > 1:
            raise _NotShownError("names several options, and one can be chosen")
        return chosen and _text(answer.get("text", ""))

    return fits


def _without_words(fits: Fits) -> Fits:
    def alone(answer: Any) -> bool:
        if fits(answer) and answer.get("text"):
            raise _NotShownError("has words beside a choice in a table")
        return fits(answer)

    return alone


def _number(most: int) -> Fits:
    return lambda answer: (
        is_whole(answer, 0, most) or (isinstance(answer, dict) and answer.keys() == {"text"} and _text(answer["text"]))
    )


def _rows(question: Question) -> Fits:
    cells = {one.key: _cell(one) for one in question.columns}
    presets = frozenset(one.id for one in question.presets)

    def row(one: Any) -> bool:
        if not isinstance(one, dict) or not one.keys() <= cells.keys() | {PRESET, REMOVED}:
            return False
        given = PRESET not in one or (_text(one[PRESET]) and one[PRESET] in presets)
        taken = REMOVED not in one or _tick(one[REMOVED])
        return given and taken and all(one.get(key) is None or fits(one[key]) for key, fits in cells.items())

    return lambda answer: isinstance(answer, list) and all(map(row, answer))


def _cell(column: Column) -> Fits:
    if column.kind == "choice":
        return _without_words(_chosen(column.options, one=True))
    return {"date": _date, "tick": _tick, "number": _number(LARGEST)}.get(column.kind, _text)


_PLAIN: Mapping[Kind, Fits] = {
    Kind.LINE: _text,
    Kind.PROSE: _text,
    Kind.TIME: _text,
    Kind.DATE: _date,
    Kind.TICK: _tick,
    Kind.CONTACTS: _people,
    Kind.LINK: _links,
    Kind.PERSON: _nothing,
}
