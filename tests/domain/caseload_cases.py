"""What is wrong with an answer of the sample caseload, and its entries as the domain reads them."""

import datetime
import re
from collections.abc import Callable, Iterator
from typing import Any

from alliance_desktop.domain.answers import About
from alliance_desktop.domain.entry import ClientId, Entry, EntryId
from alliance_desktop.domain.form import CHOOSING, PRESET, Column, Form, Kind, Question
from alliance_desktop.domain.shown import ROLES

REFERENCE = datetime.date(2026, 3, 5)
TIME = re.compile(r"^([01]\d|2[0-3]):[0-5]\d$")
CALENDAR = re.compile(r"^(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])$")

Told = dict[str, Any]


def problems(form: Form, question: Question, answer: Any, labels: set[str]) -> Iterator[str]:
    """Yield what is wrong with one sample answer; `labels` are those of the entries written before."""
    if question.kind in CHOOSING:
        yield from _choice_problems({one.id for one in form.options(question)}, question.kind, answer)
    elif question.kind in {Kind.LINK, Kind.CONTACTS}:
        yield from _named_problems(question.kind, answer, labels)
    elif question.kind is Kind.DATE:
        yield from _date_problems(answer)
    elif question.kind is Kind.ROWS:
        yield from _table_problems(question, answer)
    elif question.kind is Kind.NUMBER:
        if not (type(answer) is int and 0 <= answer <= question.most):
            yield "this is no number"
    elif not FITS[question.kind](answer):
        yield f"this is no {question.kind}"
    if question.limit and len(answer) > question.limit:
        yield f"longer than {question.limit}"


def _says(answer: Any) -> bool:
    return isinstance(answer, str) and bool(answer.strip())


FITS: dict[Kind, Callable[[Any], bool]] = {
    Kind.TICK: lambda answer: isinstance(answer, bool),
    Kind.TIME: lambda answer: bool(TIME.match(answer)),
    Kind.PERSON: lambda answer: False,
    Kind.LINE: lambda answer: _says(answer) and "\n" not in answer,
    Kind.PROSE: _says,
}


def _named_problems(kind: Kind | str, answer: Any, labels: set[str]) -> Iterator[str]:
    if kind is Kind.CONTACTS:
        for one in answer:
            yield from _contact_problems(one, labels)
    elif not (answer and set(answer) <= labels):
        yield "a link names labels of what was written before"


def _contact_problems(one: Told, labels: set[str]) -> Iterator[str]:
    if set(one) | {"contact"} != {"name", "role", "contact"} or not _says(one["name"]) or one["role"] not in ROLES:
        yield "a person has a name, a role, and perhaps a contact"
    elif "contact" in one and one["contact"] not in labels:
        yield "a contact names the label of a contact"


def _choice_problems(known: set[str], kind: Kind | str, answer: Any) -> Iterator[str]:
    if set(answer) != {"ids", "text"}:
        yield "a choice has ids and text"
        return
    if unknown := set(answer["ids"]) - known:
        yield f"unknown options {unknown}"
    if kind != Kind.CHOICES and len(answer["ids"]) > 1:
        yield "one choice only"


def _date_problems(answer: Any) -> Iterator[str]:
    if isinstance(answer, dict) and set(answer) == {"next"} and CALENDAR.match(answer["next"]):
        return
    if not (isinstance(answer, dict) and set(answer) <= {"day", "about"} and type(answer.get("day")) is int):
        yield "a date is a day, perhaps with about"
    elif answer.get("about", "") not in set(About):
        yield "unknown about"


def _table_problems(question: Question, rows: list[Told]) -> Iterator[str]:
    presets = {one.id: one.label for one in question.presets}
    for row in rows:
        given = row.get(PRESET)
        if given is not None and presets.get(given) != row[question.columns[0].key]:
            yield f"no row given as {given}"
        yield from _row_problems(question.columns, {key: cell for key, cell in row.items() if key != PRESET})


def _row_problems(columns: tuple[Column, ...], row: Told) -> Iterator[str]:
    by_key = {column.key: column for column in columns}
    for key, cell in row.items():
        if key not in by_key:
            yield f"no column {key}"
        elif by_key[key].kind == "choice":
            yield from _choice_problems({one.id for one in by_key[key].options}, Kind.CHOICE, cell)
        elif by_key[key].kind == "date":
            yield from _date_problems(cell)
        elif not isinstance(cell, {"tick": bool, "number": int}.get(by_key[key].kind, str)):
            yield f"wrong cell in {key}"


def with_dates(value: Any) -> Any:
    """Return answers with real dates, seen from the reference day."""
    if isinstance(value, dict):
        if set(value) == {"next"}:
            return {"on": f"{REFERENCE.year}-{value['next']}", "about": ""}
        if "day" in value:
            on = REFERENCE + datetime.timedelta(days=value["day"])
            return {"on": on.isoformat(), "about": value.get("about", "")}
        return {key: with_dates(one) for key, one in value.items()}
    return [with_dates(one) for one in value] if isinstance(value, list) else value


def last_answers(entry: Told) -> Told:
    """Return what an entry says in the end, after all that was written anew."""
    said = dict(entry["answers"])
    for one in entry.get("revised", []):
        said |= one["answers"]
    return said


def strain_entries(person: Told, arc: str) -> list[Entry]:
    """Return the cards of one strain."""
    moment = datetime.datetime.combine(REFERENCE, datetime.time(), datetime.UTC)
    return [
        Entry(
            id=EntryId(number),
            client=ClientId(1),
            form=one["form"],
            form_version=1,
            card=one["card"],
            happened_on=REFERENCE + datetime.timedelta(days=one["day"]),
            created_at=moment,
            touched_at=moment,
            turn=one.get("turn", 1),
            answers=with_dates(one["answers"]),
        )
        for number, one in enumerate(person["entries"], 1)
        if one.get("arc") == arc
    ]


def arcs(people: list[Told]) -> list[tuple[Told, str]]:
    """Return every strain with whose it is."""
    return [
        (person, arc) for person in people for arc in dict.fromkeys(e["arc"] for e in person["entries"] if "arc" in e)
    ]


def person(people: list[Told], code: str) -> Told:
    """Return one person of the sample."""
    return next(one for one in people if one["client"]["code"] == code)


def written(entry: Told) -> tuple[int, str]:
    """Return when something of the sample was written."""
    return entry["day"], entry.get("at", "17:00")
