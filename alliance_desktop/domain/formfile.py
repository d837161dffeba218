"""From the text of a form file to a `Form`, or a reason that names the file and the key."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from itertools import takewhile

import msgspec

from alliance_desktop.domain.errors import FormFileError
from alliance_desktop.domain.form import CHOOSING, Card, Form, Kind, Question

_PLACE = re.compile(r" - at `\$(?P<path>[^`]*)`$")


def read_form(file: str, text: str) -> Form:
    """Return the form that `text` declares; FormFileError with file, key and reason otherwise."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise FormFileError(file, "the file", f"it is not TOML ({fault})") from None
    try:
        form = msgspec.convert(data, Form)
    except msgspec.ValidationError as fault:
        key, reason = _placed(data, str(fault))
        raise FormFileError(file, key, reason) from None
    for key, reason in problems(form):
        raise FormFileError(file, key, reason)
    return form


def problems(form: Form) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a form that has the right shape, as (key, reason)."""
    yield from _twice("cards", (card.id for card in form.cards))
    yield from _twice("lists", (one.id for one in form.lists))
    yield from _twice("key", (question.key for card in form.cards for question in card.questions))
    for one in form.lists:
        yield from _twice(f"list {one.id}", (option.id for option in one.options))
    for card in form.cards:
        yield from _card_problems(card)
        for question in card.questions:
            yield from _question_problems(form, card, question)


def _card_problems(card: Card) -> Iterator[tuple[str, str]]:
    keys = {question.key for question in card.questions}
    named = {key for alternative in card.enough for key in alternative} | set(card.summary)
    named |= {key for key in (card.dated_by, card.begin_at) if key}
    for key in sorted(named - keys):
        yield f"card {card.id}", f"it names a question {key} that it does not have"
    if card.dated_by in keys and card.question(card.dated_by).kind is not Kind.DATE:
        yield f"card {card.id}", f"it is dated by {card.dated_by}, which is no date"


def _question_problems(form: Form, card: Card, question: Question) -> Iterator[tuple[str, str]]:
    if not (question.key.strip() and question.label.strip()):
        yield question.key or f"card {card.id}", "a question needs a key and a label"
    if question.list and question.list not in {one.id for one in form.lists}:
        yield question.key, f"there is no list {question.list}"
        return
    if question.list and question.options:
        yield question.key, "it has both a list and options of its own"
    if question.limit < 0:
        yield question.key, "a limit cannot be below nothing"
    yield from _choice_problems(form, question)
    yield from _column_problems(question)
    yield from _show_if_problems(form, card, question)


def _choice_problems(form: Form, question: Question) -> Iterator[tuple[str, str]]:
    if question.kind in CHOOSING:
        if not form.options(question):
            yield question.key, "it has nothing to choose from"
        yield from _twice(question.key, (option.id for option in form.options(question)))
    elif question.options or question.list or question.text:
        yield question.key, f"a {question.kind} question has no options"


def _column_problems(question: Question) -> Iterator[tuple[str, str]]:
    if (question.kind is Kind.ROWS) != bool(question.columns):
        yield question.key, "columns belong to rows, and rows need columns"
    if question.presets and not (question.columns and question.columns[0].kind == "line"):
        yield question.key, "rows that are given begin with a column of words"
    yield from _twice(question.key, (one.id for one in question.presets))
    if question.targets and question.kind is not Kind.LINK:
        yield question.key, "only a link has targets"
    if bool(question.most) != (question.kind is Kind.NUMBER):
        yield question.key, "a number needs the most it may be, and nothing else has one"
    yield from _twice(question.key, (column.key for column in question.columns))
    for column in question.columns:
        if (column.kind == "choice") != bool(column.options):
            yield question.key, f"in column {column.key}, options belong to a choice, and a choice needs options"
        yield from _twice(question.key, (option.id for option in column.options))


def _show_if_problems(form: Form, card: Card, question: Question) -> Iterator[tuple[str, str]]:
    rule = question.show_if
    if rule is None:
        return
    if bool(rule.question) == bool(rule.fact):
        yield question.key, "show_if names either a question or a fact"
        return
    if rule.fact:
        return
    earlier = {one.key: one for one in takewhile(lambda one: one.key != question.key, card.questions)}
    asked = earlier.get(rule.question)
    if asked is None:
        yield question.key, f"show_if names {rule.question}, which this card does not ask before it"
        return
    known = {"", "true"} if asked.kind is Kind.TICK else {"", *_option_ids(form, asked)}
    for answer in sorted(set(rule.any) - known):
        yield question.key, f"show_if waits for {answer}, which {rule.question} does not offer"
    if not rule.any:
        yield question.key, "show_if waits for no answer"


def _option_ids(form: Form, question: Question) -> set[str]:
    known = question.list in {"", *(one.id for one in form.lists)}
    return {option.id for option in form.options(question)} if known else set()


def _twice(key: str, names: Iterator[str]) -> Iterator[tuple[str, str]]:
    for name, count in Counter(names).items():
        if count > 1:
            yield key, f"{name} is there {count} times"


def _placed(data: object, message: str) -> tuple[str, str]:
    """Split a decoder's message into the key a reader can look for, and the reason."""
    found = _PLACE.search(message)
    reason = _PLACE.sub("", message)
    if found is None:
        return "the file", reason
    path, here, name = found["path"], data, ""
    for step in re.findall(r"\.(\w+)|\[(\d+)\]", path):
        try:
            here = here[step[0]] if step[0] else here[int(step[1])]  # type: ignore[index]  # plain TOML data; a wrong step ends the walk
        except (KeyError, IndexError, TypeError):
            break
        if isinstance(here, dict):
            name = str(here.get("key") or here.get("id") or name)
    return (f"{name} ({path.lstrip('.')})" if name else path.lstrip(".") or "the file"), reason
