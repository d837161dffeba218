"""What may ever be printed where: one allow-list a document, fixed in code.

A printout names the fields that it may show; whatever is not named stays off it, also a question that
a later form adds. The lists are those of the design (experience.md 5.1), by form and question code.
"""

from collections.abc import Sequence
from enum import StrEnum

from alliance_desktop.domain import rupture
from alliance_desktop.domain.answers import ids_of
from alliance_desktop.domain.entry import Entry, Mark
from alliance_desktop.domain.form import Audience, Form, Question

Field = tuple[str, str]
"""A form's id and a question's code."""


class Document(StrEnum):
    """The pages that carry what was written."""

    CLIENT_PLAN = "client_plan"
    REPAIR_PLAN = "repair_plan"


class Part(StrEnum):
    """The parts of a page that print only when they are ticked, each time anew."""

    NAME = "name"
    GOALS = "goals"
    CONTACTS = "contacts"


def _of_rupture(refs: str) -> frozenset[Field]:
    return frozenset((rupture.FORM, ref) for ref in refs.split())


_AGREED = _of_rupture("R3 R4 R7 R8 U4 R9")

ALLOWED: dict[Document, frozenset[Field]] = {
    Document.CLIENT_PLAN: _AGREED,
    Document.REPAIR_PLAN: _AGREED
    | _of_rupture("D6 D7 D8 D11 D12 D13 D15 D16 U2 U5 C2 C7")
    | _of_rupture("C1 R5 R6")
    | _of_rupture("N3 N4 N5 N6 N7 N8 N9")
    | _of_rupture("A1 A2 A3 A4 A5 A6 A7 A8 A9 A10 A11 A12 A13 A14 A15")
    | _of_rupture("D1 D2 D3 D4 D5 D9 D10 D14 D17 R1 R2 U3 U6 C3 C4 C5 C6"),
}

PARTS: dict[Document, frozenset[Part]] = {
    Document.CLIENT_PLAN: frozenset({Part.NAME, Part.GOALS}),
    Document.REPAIR_PLAN: frozenset({Part.NAME, Part.CONTACTS}),
}
"""The parts that each document offers; goals belong to it once their form exists."""

_CONTACT_FIELDS = _of_rupture("R11")
_REVIEW: Field = (rupture.FORM, "R9")
_SEEN = frozenset({"yes", "changed"})


def allowed(document: Document, form: Form, question: Question, parts: frozenset[Part] = frozenset()) -> bool:
    """Say whether the answer of a question may be on a document, with the optional parts that were ticked.

    A client page takes only agreed wording (`SHARE`) and the review date, whatever the list says.
    What comes from or is about another person needs the ticked part `CONTACTS`, where a document offers it.
    """
    field = (form.id, question.ref)
    if document is Document.CLIENT_PLAN:
        return field in ALLOWED[document] and (question.audience is Audience.SHARE or field == _REVIEW)
    if question.audience is Audience.CONTROL:
        return False
    if question.audience is Audience.THIRD:
        ticked = parts & PARTS[document]
        return Part.CONTACTS in ticked and field in ALLOWED[document] | _CONTACT_FIELDS
    return field in ALLOWED[document]


def newest(entries: Sequence[Entry], card: str) -> Entry | None:
    """Return the newest entry of a card in an arc, or None."""
    ours = [one for one in entries if one.card == card and one.mark is not Mark.DOES_NOT_FIT]
    return max(ours, key=lambda one: (one.turn, one.happened_on, one.sequence, one.id), default=None)


def wording_ready(entries: Sequence[Entry]) -> bool:
    """Say whether the client has seen or changed the newest agreed wording (R10), so that their page may print."""
    repair = newest(entries, "repair")
    return repair is not None and bool(_SEEN & set(ids_of(repair.answers.get("wording_seen"))))
