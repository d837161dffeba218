"""What a client said and agreed to, for the sheets that they read or fill in."""

import datetime
from collections.abc import Callable

from msgspec.structs import replace
from paper_cases import DAY, entry

from alliance_desktop.domain.answers import Answer, Answers, chosen, dated
from alliance_desktop.domain.entry import Entry
from alliance_desktop.domain.form import CHOOSING, Form, Kind, Question
from alliance_desktop.domain.formfile import read_form
from alliance_desktop.resources import resource

DAYS = {"en-GB": "9 April 2026", "en-US": "April 9, 2026", "es": "9 de abril de 2026", "fr-CA": "9 avril 2026"}
"""One day as each language writes it."""
ON = datetime.date(2026, 4, 9)


def shipped(name: str) -> Form:
    path = resource("forms", f"{name}.1.toml")
    return read_form(path.name, path.read_text(encoding="utf-8"))


FORMS = {name: shipped(name) for name in ("goal", "feedback", "foundation", "rupture")}


def form_of(one: Entry) -> Form:
    return FORMS[one.form]


def written(form: str, **answers: Answer) -> Entry:
    return replace(entry(FORMS[form].cards[0].id, answers), form=form)


def goal(words: str = "Sleep", **answers: Answer) -> Entry:
    return written("goal", own_words=words, **answers)


def rated(number: int, words: str = "", on: datetime.date = DAY) -> Answers:
    return {"on": dated(on), "rating": chosen(str(number)), "words": words}


def feedback(who: str = "client", **answers: Answer) -> Entry:
    return written("feedback", who=chosen(who), given_on=dated(ON), **answers)


def marks_of(form: Form, *, option: dict[str, str] | None = None) -> tuple[Entry, dict[str, str]]:
    """An entry in which every question, every column and what is typed beside each choice has a marker word.

    And which word is whose, as "key" or "key.column"; `option` are options to choose in the place of the first.
    """
    words: dict[str, str] = {}

    def word(key: str) -> str:
        number = len(words)
        words[key] = f"zq{chr(97 + number // 26)}{chr(97 + number % 26)}xk"
        return words[key]

    def answer(question: Question) -> Answer:
        if question.kind in CHOOSING:
            id = (option or {}).get(question.key) or form.options(question)[0].id
            return chosen(id, text=word(question.key))
        if question.kind is Kind.ROWS:
            return [_row(question, word)]
        if question.kind is Kind.CONTACTS:
            return [{"name": word(question.key), "role": "teacher"}]
        return {Kind.DATE: dated(ON), Kind.LINK: [1]}.get(question.kind) or word(question.key)

    card = form.cards[0]
    answers = {one.key: answer(one) for one in card.questions}
    return replace(entry(card.id, answers), form=form.id), words


def _row(question: Question, word: Callable[[str], str]) -> Answers:
    row: Answers = {}
    for column in question.columns:
        name = f"{question.key}.{column.key}"
        if column.kind == "choice":
            row[column.key] = chosen(column.options[4].id, text=word(name))
        else:
            row[column.key] = dated(ON) if column.kind == "date" else word(name)
    return row
