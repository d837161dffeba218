"""The sheet to get ready for supervision with, as it was written or with lines to write on."""

from alliance_desktop.documents.pages import Group, Item, Section, Sheet
from alliance_desktop.domain.answers import said_day
from alliance_desktop.domain.audience import Document, allowed
from alliance_desktop.domain.entry import Entry
from alliance_desktop.domain.form import Card, Form, Kind, is_answered
from alliance_desktop.domain.shown import shown

FORM, CARD = "supervision", "prep"
HEAD = "My own preparation – private"
LEAD = "Leave out what does not fit. Codes in place of names."
_WORDS = {"title": "Getting ready for supervision", "page": "Page {n} of {count}", "sample": "SAMPLE"}
_LINES = {"moment": 4}
_USUAL_LINES = 3


def prep_sheet(form: Form, entry: Entry, *, sample: bool = False) -> Sheet:
    """Return the sheet as it was written; what was not answered is not on it."""
    card = form.card(entry.card)
    items = [
        Item(label=one.label, text=shown(form, one, entry.answers.get(one.key)))
        for one in card.questions
        if one.kind is not Kind.DATE
        and allowed(Document.SUPERVISION_PREP, form, one)
        and is_answered(one, entry.answers.get(one.key))
    ]
    return _sheet(card, items, (said_day(entry.happened_on, entry.about),), "", sample=sample)


def blank_prep_sheet(form: Form, *, sample: bool = False) -> Sheet:
    """Return the sheet with lines to write on; it needs no vault."""
    card = form.card(CARD)
    items = [
        Item(label=one.label, lines=_LINES.get(one.key, _USUAL_LINES))
        for one in card.questions
        if one.kind is not Kind.DATE and allowed(Document.SUPERVISION_PREP, form, one)
    ]
    return _sheet(card, [Item(label="Date", lines=1), *items], (), LEAD, sample=sample)


def _sheet(card: Card, items: list[Item], facts: tuple[str, ...], lead: str, *, sample: bool) -> Sheet:
    sections = (Section(heading="", groups=(Group(heading="", items=tuple(items)),)),) if items else ()
    return Sheet(words=_WORDS, sample=sample, head=HEAD, facts=facts, lead=lead, sections=sections)
