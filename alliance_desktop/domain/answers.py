"""The stored shape of an answer, per kind of question.

An answer is plain JSON data, so that it can be read for ever without this program:

| kind                     | answer                                                             |
|--------------------------|--------------------------------------------------------------------|
| line, prose              | text                                                               |
| choice, choices, scale   | {"ids": [option id, …], "text": words beside them}                 |
| date                     | {"on": "2026-03-05", "about": "" or "about" or "week" or "month"}  |
| time                     | "14:30"                                                            |
| contacts                 | [{"name": …, "role": role id, "contact": entry id or absent}, …]   |
| rows                     | [{column key: answer of the column's kind}, …], a given row with   |
|                          | "preset": its id; one that was taken out of the table stays as     |
|                          | {"preset": id, "removed": true}, and comes back only when asked    |
| tick                     | true or false                                                      |
| number                   | a whole number; what was typed in its place: {"text": words}       |
| link                     | [entry id, …]                                                      |
| person                   | nothing: it is the entry's own client                              |
"""

import datetime
from enum import StrEnum
from typing import Any, TypeAlias, TypeGuard

Answer: TypeAlias = Any
Answers: TypeAlias = dict[str, Answer]


LARGEST_ID = (1 << 63) - 1
"""The largest id that a vault can hold."""

REMOVED = "removed"
"""What marks a given row of a table as taken out of it."""


class About(StrEnum):
    """How sure a date is; noticing late, or roughly, counts as well."""

    EXACT = ""
    ABOUT = "about"
    WEEK = "week"
    MONTH = "month"


ABOUT_WORDS = {
    About.EXACT: "on",
    About.ABOUT: "about",
    About.WEEK: "week of",
    About.MONTH: "month of",
}


def chosen(*ids: str, text: str = "") -> Answer:
    """Return the answer of a choice question."""
    return {"ids": list(ids), "text": text}


def dated(on: datetime.date, about: About = About.EXACT) -> Answer:
    """Return the answer of a date question."""
    return {"on": on.isoformat(), "about": str(about)}


def ids_of(answer: Answer) -> list[str]:
    """Return the option ids of a choice answer; of anything else, none."""
    if isinstance(answer, dict) and isinstance(answer.get("ids"), list):
        return [str(one) for one in answer["ids"]]
    return []


def text_of(answer: Answer) -> str:
    """Return the words of an answer: its text, or the text beside a choice."""
    if isinstance(answer, str):
        return answer
    if isinstance(answer, dict):
        words = answer.get("text")
        return words if isinstance(words, str) else ""
    return ""


def rows_of(answer: Answer) -> list[Answers]:
    """Return the rows of a small table; of anything else, none."""
    return [one for one in answer if isinstance(one, dict)] if isinstance(answer, list) else []


def people_of(answer: Answer) -> list[Answers]:
    """Return the people that an answer names; of anything else, none."""
    return rows_of(answer)


def is_id(value: object) -> TypeGuard[int]:
    """Say whether a value can be the id of something in a vault."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value <= LARGEST_ID


def date_of(answer: Answer) -> datetime.date | None:
    """Return the day of a date answer, or None where there is none."""
    if isinstance(answer, dict) and isinstance(answer.get("on"), str) and answer["on"]:
        try:
            return datetime.date.fromisoformat(answer["on"])
        except ValueError:
            return None
    return None


def about_of(answer: Answer) -> About:
    """Return how sure the day of a date answer is."""
    told = answer.get("about") if isinstance(answer, dict) else None
    return About(told) if isinstance(told, str) and told in set(About) else About.EXACT


def long_day(on: datetime.date) -> str:
    """Return a day as people say it: 5 March 2026."""
    return f"{on.day} {MONTHS[on.month - 1]} {on.year}"


def short_day(on: datetime.date) -> str:
    """Return a day for a narrow column: 5 Mar 2026."""
    return f"{on.day} {MONTHS[on.month - 1][:3]} {on.year}"


def said_day(on: datetime.date, about: About = About.EXACT) -> str:
    """Return a day with how sure it is: "week of 2 March 2026", "March 2026 or so"."""
    if about is About.WEEK:
        return f"week of {long_day(on)}"
    if about is About.MONTH:
        return f"{MONTHS[on.month - 1]} {on.year}"
    if about is About.ABOUT:
        return f"about {long_day(on)}"
    return long_day(on)


MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
