"""A vault in which every question of every form holds a marker word of its own, and what a page may show of them."""

from collections.abc import Iterator
from itertools import count
from typing import NamedTuple

from paper_cases import marked
from paper_table_cases import may_print
from service_cases import day

from alliance_desktop.domain.answers import Answers, chosen
from alliance_desktop.domain.audience import Part
from alliance_desktop.domain.entry import ClientId
from alliance_desktop.domain.form import Audience, Form, Question
from alliance_desktop.services.access import OpenVault
from alliance_desktop.services.notebook import WriteCard
from alliance_desktop.services.paper import Kind as PageKind

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
OWN_FORMS = frozenset({"supervision", "own_learning", "executor_wishes", "lost_device", "resource", "contact"})
"""Forms that are about nobody's case."""

UNFINISHED = frozenset({"records_request"})
"""Forms that are only finished once much else is decided."""


class Marked(NamedTuple):
    """One marker word: the form and the question it is the answer of, and whether that is private reflection."""

    word: str
    form: Form
    question: Question


class Marks(NamedTuple):
    """A client in whose entries every question holds a marker word; `added` are those of private additions."""

    client: ClientId
    all: tuple[Marked, ...]
    added: tuple[str, ...]


def word_of(number: int) -> str:
    """Return a word that no form, no language and no font has."""
    first, rest = divmod(number, 26 * 26)
    return f"zq{_LETTERS[first]}{_LETTERS[rest // 26]}{_LETTERS[rest % 26]}xk"


def write_marks(vault: OpenVault) -> Marks:
    """Write one entry of each card of each form, with a private addition to each that can have one."""
    book, numbers = vault.notebook, count()
    client = book.add_client({"code": "M-12", "called": "Zqcalled", "full_name": "Zqcalled Zqsurname"}).client
    assert client is not None
    marks: list[Marked] = []
    added = []
    for form in vault.forms.all():
        arc = None
        for card in form.cards:
            answers: Answers = {}
            for question in card.questions:
                mark = Marked(word_of(next(numbers)), form, question)
                answers[question.key] = marked(form, question, mark.word, kept=day())
                marks.append(mark)
            if form.id == "client":
                answers |= {"code": "M-12", "called": "Zqcalled", "full_name": "Zqcalled Zqsurname"}
                book.amend_client(client, answers)
                continue
            if card.id == "repair":
                answers["wording_seen"] = chosen("yes", text=answers["wording_seen"]["text"])
            if form.id == "feedback":
                answers["who"] = chosen("client")
            whose = None if form.about == "counsellor" or form.id in OWN_FORMS else client
            entry = book.new_entry()
            arc_of = arc if form.id == "rupture" else None
            changed = book.write(
                WriteCard(client=whose, form=form.id, card=card.id, answers=answers, entry=entry, arc=arc_of)
            )
            arc = changed.arc
            if form.id in UNFINISHED:
                continue
            book.finish(entry)
            added.append(word_of(next(numbers)))
            book.amend(entry, added[-1], private=True)
    return Marks(client, tuple(marks), tuple(added))


def may_show(kind: PageKind, marks: Marks, parts: frozenset[Part]) -> Iterator[str]:
    """Yield the marker words that a page may show with some parts ticked, by the table that was written by hand."""
    document = kind.document
    for one in marks.all if document is not None else ():
        if document is not None and may_print(document, one.form, one.question, parts):
            yield one.word


def private_words(marks: Marks) -> Iterator[str]:
    """Yield the marker words of private reflection and of what steers a form, additions with them."""
    closed = {Audience.PRIV, Audience.CONTROL}
    yield from (one.word for one in marks.all if one.question.audience in closed)
    yield from marks.added
