"""A form, declared once: what is asked, by which kind of field, and who may ever read the answer.

A `Form` has cards, a card has questions. The declaration drives the widgets, their spoken names,
the storage, the timeline line and the printed page. Forms are data (`resources/forms/*.toml`);
this module gives the shapes and the rules that need no file.
"""

from enum import StrEnum
from typing import Literal

import msgspec

from alliance_desktop.domain.answers import Answer, Answers, ids_of, people_of, rows_of, text_of


class Audience(StrEnum):
    """Who an answer is for; fixed by the form, never by the person typing."""

    REC = "REC"
    """The client's record."""
    PRIV = "PRIV"
    """The counsellor's own reflection, stored and printed apart."""
    SHARE = "SHARE"
    """Wording agreed with the client."""
    THIRD = "3P"
    """From or about another person."""
    CONTROL = "-"
    """Steers the form and is never printed; kept with the private answers."""


PRIVATE_TABLE = frozenset({Audience.PRIV, Audience.CONTROL})


class Kind(StrEnum):
    """The kinds of fields a question can have."""

    LINE = "line"
    PROSE = "prose"
    CHOICE = "choice"
    CHOICES = "choices"
    SCALE = "scale"
    DATE = "date"
    TIME = "time"
    PERSON = "person"
    CONTACTS = "contacts"
    ROWS = "rows"
    TICK = "tick"
    LINK = "link"
    NUMBER = "number"


PRESET = "preset"
"""Where a row of a table keeps the id of the row it began as."""

CHOOSING = frozenset({Kind.CHOICE, Kind.CHOICES, Kind.SCALE})
LINKING = frozenset({Kind.LINK, Kind.CONTACTS})


class Option(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing to choose: `id` is stored for ever, `label` is shown, `line` explains it plainly."""

    id: str
    label: str
    line: str = ""
    group: str = ""
    source: str = ""
    alone: bool = False
    """Choosing this one clears the others ("Nothing I can see yet")."""


class PickList(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A list of options that several questions can share."""

    id: str
    options: tuple[Option, ...]
    ref: str = ""
    intro: str = ""


class Column(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One column of a small table."""

    key: str
    kind: Literal["line", "prose", "choice", "date", "tick", "number"]
    label: str
    options: tuple[Option, ...] = ()


class Preset(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A row that a table begins with: its id is kept in the row under `preset`, its label fills the first column."""

    id: str
    label: str
    source: str = ""


class ShowIf(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """When a question is asked: an earlier answer (`question`, any of `any`), or a `fact` of the client."""

    question: str = ""
    any: tuple[str, ...] = ()
    fact: str = ""


class Question(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One question of a card.

    `ref` is the design's code; `help` is the line under the field, `note` the longer side note (F1);
    `source` is a source code or "G". `list` names a pick-list of the form in place of `options`.
    `text` labels the box for words beside a choice; `limit` is the most characters a line may have.
    `folded` questions wait under "More". `default` is "today", "now" or "review". `targets` are the forms whose
    entries a link may lead to, any where it is empty; `most` is the largest whole number a number may be, `presets`
    the rows that a table begins with.
    """

    key: str
    kind: Kind
    audience: Audience
    label: str
    ref: str = ""
    help: str = ""
    note: str = ""
    source: str = ""
    options: tuple[Option, ...] = ()
    list: str = ""
    text: str = ""
    columns: tuple[Column, ...] = ()
    show_if: ShowIf | None = None
    starters: tuple[str, ...] = ()
    limit: int = 0
    default: Literal["", "today", "now", "review"] = ""
    folded: bool = False
    group: str = ""
    targets: tuple[str, ...] = ()
    most: int = 0
    presets: tuple[Preset, ...] = ()


class Card(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One page of questions; one saved card is one entry.

    `enough` lists alternatives: the card is enough when all keys of one alternative are answered.
    `summary` lists the keys whose first answered ones make the timeline line.
    """

    id: str
    title: str
    questions: tuple[Question, ...]
    number: int = 0
    aim: str = ""
    intro: str = ""
    repeats: bool = False
    large: bool = False
    enough: tuple[tuple[str, ...], ...] = ()
    summary: tuple[str, ...] = ()
    dated_by: str = ""
    """The key of the date question that says when it happened."""
    begin_at: str = ""
    """The key of the question where the cursor stands on a fresh card; the first one where it is empty."""
    living: bool = False
    """Whether a client has one of it that is kept up over time, in place of many that are finished one by one."""
    freezes: bool = False
    """Whether it is finished when its page is left with enough on it: what was written at once is to stay as it was."""

    def question(self, key: str) -> Question:
        """Return the question of that key; KeyError where the card has none."""
        for one in self.questions:
            if one.key == key:
                return one
        raise KeyError(key)

    def is_enough(self, answers: Answers) -> bool:
        """Say whether the few needed questions are answered."""
        return any(
            all(is_answered(self.question(key), answers.get(key)) for key in alternative) for alternative in self.enough
        )

    def is_begun(self, answers: Answers) -> bool:
        """Say whether any question has an answer."""
        asked = (one for one in self.questions if one.kind is not Kind.PERSON)
        return any(is_answered(one, answers.get(one.key)) for one in asked)

    def shown_questions(self, answers: Answers, facts: frozenset[str]) -> tuple[Question, ...]:
        """Return the questions that are asked now, given the answers so far and the client's facts."""
        return tuple(one for one in self.questions if _is_asked(one, answers, facts))


class Form(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A form as declared in one file; `id` and `version` together are stored with every entry."""

    id: str
    version: int
    title: str
    cards: tuple[Card, ...]
    intro: str = ""
    lists: tuple[PickList, ...] = ()
    about: Literal["client", "counsellor", "either"] = "client"
    """Whether its entries belong to a client, to nobody but the counsellor, or to either."""
    section: str = ""
    """Under which heading it is offered."""
    banner: str = ""
    """A sentence that stands on each of its pages and cannot be closed."""
    drawer: bool = False
    """Whether its entries lie in a drawer of their own: on the timeline without a word, and never on another page."""
    based_on: str = ""
    """The shipped form that a counsellor's own one was copied from."""

    def card(self, id: str) -> Card:
        """Return the card of that id; KeyError where the form has none."""
        for one in self.cards:
            if one.id == id:
                return one
        raise KeyError(id)

    def options(self, question: Question) -> tuple[Option, ...]:
        """Return what can be chosen: the question's own options or those of its pick-list."""
        if question.list:
            return self.pick_list(question.list).options
        return question.options

    def pick_list(self, id: str) -> PickList:
        """Return the pick-list of that id; KeyError where the form has none."""
        for one in self.lists:
            if one.id == id:
                return one
        raise KeyError(id)


def is_answered(question: Question, answer: Answer) -> bool:
    """Say whether an answer says anything at all."""
    if question.kind is Kind.PERSON:
        return True
    if question.kind in CHOOSING:
        return bool(ids_of(answer)) or (isinstance(answer, dict) and bool(text_of(answer).strip()))
    if question.kind is Kind.DATE:
        return isinstance(answer, dict) and bool(answer.get("on"))
    if question.kind is Kind.ROWS:
        return any(_row_says(question, row) for row in rows_of(answer))
    if question.kind is Kind.CONTACTS:
        return bool(people_of(answer))
    if question.kind is Kind.NUMBER:
        return isinstance(answer, int) and not isinstance(answer, bool)
    if isinstance(answer, str):
        return bool(answer.strip())
    return bool(answer)


def _row_says(question: Question, row: Answers) -> bool:
    """Say whether a row says more than the words it began with."""
    given = {question.columns[0].key, PRESET} if row.get(PRESET) and question.columns else set()
    return any(_cell_says(cell) for key, cell in row.items() if key not in given)


def _cell_says(cell: Answer) -> bool:
    if isinstance(cell, str):
        return bool(cell.strip())
    if isinstance(cell, bool):
        return False
    return isinstance(cell, int) or bool(ids_of(cell) or (isinstance(cell, dict) and cell.get("on")))


def _is_asked(question: Question, answers: Answers, facts: frozenset[str]) -> bool:
    rule = question.show_if
    if rule is None:
        return True
    if rule.fact:
        return rule.fact in facts
    answer = answers.get(rule.question)
    if answer is True:
        return "true" in rule.any
    if not ids_of(answer):
        return "" in rule.any
    return any(one in rule.any for one in ids_of(answer))
