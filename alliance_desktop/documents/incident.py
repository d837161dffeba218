"""The record of a lost device on paper: what happened, what was on it in counts and dates, and what was done."""

from collections.abc import Iterator

from alliance_desktop.documents.pages import Group, Item, Section, Sheet
from alliance_desktop.domain.answers import said_day
from alliance_desktop.domain.audience import Document, allowed
from alliance_desktop.domain.entry import Entry
from alliance_desktop.domain.form import CHOOSING, Form, Kind, Question, is_answered
from alliance_desktop.domain.shown import shown, shown_rows

WORDS = {"title": "Lost device", "page": "Page {n} of {count}", "sample": "SAMPLE"}
LEAD = "A record of what happened and what was done. Of the notes it says counts and dates only, and no name."
_LINES = {Kind.PROSE: 3, Kind.LINE: 1, Kind.DATE: 1, Kind.NUMBER: 1}
_ROWS = 5


def incident(form: Form, entry: Entry, *, sample: bool = False) -> Sheet:
    """Return the record as it was written."""
    return Sheet(
        words=WORDS,
        sample=sample,
        facts=(said_day(entry.happened_on, entry.about),),
        lead=LEAD,
        sections=tuple(_sections(form, entry)),
    )


def blank_incident(form: Form, *, sample: bool = False) -> Sheet:
    """Return the record with lines to write on and boxes to tick."""
    return Sheet(words=WORDS, sample=sample, lead=LEAD, sections=tuple(_sections(form, None)))


def _sections(form: Form, entry: Entry | None) -> Iterator[Section]:
    groups: dict[str, list[Item]] = {}
    for one in form.cards[0].questions:
        if allowed(Document.LOST_DEVICE, form, one) and (entry is None or is_answered(one, entry.answers.get(one.key))):
            item = _to_fill(form, one) if entry is None else _item(form, one, entry)
            groups.setdefault(one.group, []).append(item)
    for heading, items in groups.items():
        yield Section(heading=heading, groups=(Group(heading="", items=tuple(items)),))


def _item(form: Form, question: Question, entry: Entry) -> Item:
    answer = entry.answers.get(question.key)
    if question.kind is Kind.ROWS:
        rows = tuple(tuple(row) for row in shown_rows(question, answer) if any(row))
        return Item(label=question.label, heads=tuple(one.label for one in question.columns), rows=rows)
    if question.kind is Kind.TICK:
        return Item(label="", ticks=(question.label,), ticked=frozenset({0}))
    return Item(label=question.label, text=shown(form, question, answer))


def _to_fill(form: Form, question: Question) -> Item:
    if question.kind is Kind.ROWS:
        heads = tuple(one.label for one in question.columns)
        return Item(label=question.label, heads=heads, rows=tuple(("",) * len(heads) for _ in range(_ROWS)))
    if question.kind is Kind.TICK:
        return Item(label="", ticks=(question.label,))
    if question.kind in CHOOSING:
        return Item(label=question.label, ticks=tuple(one.label for one in form.options(question)))
    return Item(label=question.label, lines=_LINES.get(question.kind, 1))
