"""The only way from a stored answer to text: no option id ever reaches the screen or a page."""

import datetime

from alliance_desktop.domain.answers import (
    Answer,
    Answers,
    about_of,
    date_of,
    ids_of,
    people_of,
    rows_of,
    said_day,
    short_day,
    text_of,
)
from alliance_desktop.domain.form import CHOOSING, Column, Form, Kind, Option, Question

ROLES: dict[str, str] = {
    "parent": "parent or carer",
    "teacher": "teacher",
    "administrator": "administrator",
    "psychologist": "school psychologist",
    "social_worker": "social worker",
    "nurse": "nurse",
    "occupational_therapist": "occupational therapist",
    "speech_therapist": "speech-language pathologist",
    "school_counsellor": "school-based mental-health counsellor",
    "supervisor": "supervisor",
    "agency": "outside agency",
    "trusted_adult": "trusted adult",
    "other": "other",
}


def shown(form: Form, question: Question, answer: Answer) -> str:
    """Return an answer as a person reads it, of any kind; an empty text where nothing was answered.

    Rows come one a line, their cells joined by a middle dot.
    """
    if answer is None:
        return ""
    if question.kind in CHOOSING:
        return _chosen(form.options(question), answer)
    if question.kind is Kind.DATE:
        on = date_of(answer)
        return said_day(on, about_of(answer)) if on else ""
    if question.kind is Kind.TICK:
        return question.label if answer is True else ""
    if question.kind is Kind.CONTACTS:
        return "; ".join(_contact(one) for one in people_of(answer))
    if question.kind is Kind.ROWS:
        lines = (" · ".join(cell for cell in row if cell) for row in shown_rows(question, answer))
        return "\n".join(line for line in lines if line)
    if question.kind in {Kind.LINK, Kind.PERSON}:
        return ""
    if question.kind is Kind.NUMBER:
        return _number(answer)
    return text_of(answer)


def shown_rows(question: Question, answer: Answer) -> list[list[str]]:
    """Return the cells of a small table as text, one list a row, in the order of its columns."""
    return [[shown_cell(column, row.get(column.key)) for column in question.columns] for row in rows_of(answer)]


def shown_cell(column: Column, cell: Answer) -> str:
    """Return one cell of a small table as text."""
    if column.kind == "choice":
        return _chosen(column.options, cell)
    if column.kind == "date":
        on = date_of(cell)
        return short_day(on) if isinstance(on, datetime.date) else ""
    if column.kind == "tick":
        return column.label if cell is True else ""
    if column.kind == "number":
        return _number(cell)
    return text_of(cell)


def _number(answer: Answer) -> str:
    return str(answer) if isinstance(answer, int) and not isinstance(answer, bool) else ""


def _chosen(options: tuple[Option, ...], answer: Answer) -> str:
    labels = {one.id: one.label for one in options}
    parts = [labels[one] for one in ids_of(answer) if one in labels]
    words = text_of(answer).strip()
    return ", ".join(parts) + (f" – {words}" if parts and words else words)


def _contact(one: Answers) -> str:
    told, role = one.get("name"), ROLES.get(str(one.get("role", "")), "")
    name = told if isinstance(told, str) else ""
    return f"{name} ({role})" if name and role else name or role
