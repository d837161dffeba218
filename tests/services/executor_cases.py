"""A vault in which every text of every form is a word of its own, so that it is seen where it comes out."""

import datetime

from alliance_desktop.domain.answers import Answer, Answers, chosen, dated
from alliance_desktop.domain.entry import ClientId, EntryId
from alliance_desktop.domain.form import CHOOSING, Card, Column, Form, Kind, Question
from alliance_desktop.services.access import OpenVault
from alliance_desktop.services.notebook import WriteCard

_FIRST = {
    ("consent", "given"): "given",
    ("client", "state"): "active",
    ("client", "interpreter"): "needed",
    ("outreach", "response"): "not_now",
}


def marker(form: str, key: str, column: str = "") -> str:
    """Return the word that stands for one question, or for a cell of its table."""
    return "Zq" + "".join(one for one in f"{form}x{key}x{column}" if one.isalpha()) + "Qz"


def answer(form: Form, question: Question, day: datetime.date) -> Answer:
    """Return an answer in which every word is the marker of the question."""
    word = marker(form.id, question.key)
    if question.kind in CHOOSING:
        first = _FIRST.get((form.id, question.key)) or form.options(question)[0].id
        return chosen(first, text=word)
    match question.kind:
        case Kind.LINE | Kind.PROSE:
            return word
        case Kind.DATE:
            return dated(day)
        case Kind.CONTACTS:
            return [{"name": word, "role": "teacher"}]
        case Kind.ROWS:
            return [{one.key: cell(form, question, one, day) for one in question.columns}]
        case Kind.TICK:
            return True
    return None


def cell(form: Form, question: Question, column: Column, day: datetime.date) -> Answer:
    """Return a cell with a word of its own."""
    word = marker(form.id, question.key, column.key)
    match column.kind:
        case "line" | "prose":
            return word
        case "date":
            return dated(day)
        case "choice":
            return chosen(column.options[0].id, text=word)
    return None


def answers(form: Form, card: Card, day: datetime.date) -> Answers:
    """Return a card with every question answered."""
    given = {one.key: answer(form, one, day) for one in card.questions}
    return {key: one for key, one in given.items() if one is not None}


def fill(vault: OpenVault) -> ClientId:
    """Write every card of every form, and one client whose details are as full."""
    book, soon = vault.notebook, vault.notebook.today() + datetime.timedelta(days=5)
    details = vault.forms.current("client")
    client = book.add_client(answers(details, details.cards[0], soon)).client
    assert client is not None
    contact = EntryId(0)
    for form in sorted(vault.forms.all(), key=lambda one: one.id != "contact"):
        if form.id in {"client"} or form.version != vault.forms.newest(form.id):
            continue
        whose = None if form.about == "counsellor" else client
        arc = book.new_arc() if form.id == "rupture" else None
        for card in form.cards:
            given = answers(form, card, soon)
            for key in (one.key for one in card.questions if one.kind is Kind.CONTACTS and contact):
                given[key] = [{**given[key][0], "contact": contact}]
            entry = book.new_entry()
            book.write(WriteCard(client=whose, form=form.id, card=card.id, answers=given, entry=entry, arc=arc))
            book.amend(entry, marker(form.id, "addendum")) if not card.living else None
            contact = entry if form.id == "contact" else contact
    return client
