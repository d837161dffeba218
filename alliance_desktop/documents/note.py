"""One note as it was written, with what was added later: a session note, a safeguarding record."""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from alliance_desktop.documents.pages import Group, Item, Section, Sheet
from alliance_desktop.domain.answers import long_day, said_day
from alliance_desktop.domain.audience import Document, Part, allowed
from alliance_desktop.domain.clock import local
from alliance_desktop.domain.entry import Addendum, Entry, State
from alliance_desktop.domain.form import Card, Form, Kind, Question, is_answered
from alliance_desktop.domain.late import added_on
from alliance_desktop.domain.shown import shown, shown_rows

_UNFINISHED = "Not finished"


def note(
    document: Document,
    entries: Sequence[tuple[Entry, Sequence[Addendum]]],
    form_of: Callable[[Entry], Form],
    *,
    title: str,
    whose: Sequence[str],
    head: str = "",
    parts: frozenset[Part] = frozenset(),
    sample: bool = False,
) -> Sheet:
    """Return a page of entries of one matter, each with its later additions, in their order.

    `whose` says who it is about, `head` runs along the top of each sheet. Private additions need `Part.PRIVATE`.
    """
    facts = [*whose, *([_UNFINISHED] if any(one.state is not State.FINISHED for one, _ in entries) else [])]
    return Sheet(
        words={"title": title, "page": "Page {n} of {count}", "sample": "SAMPLE"},
        sample=sample,
        head=head,
        facts=tuple(one for one in facts if one),
        sections=tuple(
            _section(document, entry, added, form_of(entry), parts, first=not place)
            for place, (entry, added) in enumerate(entries)
        ),
    )


def blank_note(
    form: Form, card: Card, keys: Sequence[str], *, title: str, head: str = "", sample: bool = False
) -> Sheet:
    """Return a card's questions with room to write, those of `keys` in their order."""
    return Sheet(
        words={"title": title, "page": "Page {n} of {count}", "sample": "SAMPLE"},
        sample=sample,
        head=head,
        sections=(Section(heading="", groups=(Group(heading="", items=tuple(_asked(form, card, keys))),)),),
    )


def _section(
    document: Document, entry: Entry, added: Sequence[Addendum], form: Form, parts: frozenset[Part], *, first: bool
) -> Section:
    card = form.card(entry.card)
    questions = [one for one in card.questions if allowed(document, form, one, parts)]
    items = [item(form, one, entry) for one in questions if is_answered(one, entry.answers.get(one.key))]
    items += [Item(label=added_on(one), text=one.text) for one in added if not one.private or Part.PRIVATE in parts]
    written = f"Written on {long_day(local(entry.created_at).date())}"
    heading = said_day(entry.happened_on, entry.about)
    said = heading if first else f"{card.title} · {heading}"
    told = tuple(one for one in items if one.text or one.rows)
    return Section(heading=said, groups=(Group(heading=written, items=told),))


def item(form: Form, question: Question, entry: Entry) -> Item:
    """Return a question with its answer as a person reads it."""
    answer = entry.answers.get(question.key)
    if question.kind is Kind.ROWS:
        rows = tuple(tuple(row) for row in shown_rows(question, answer) if any(row))
        return Item(label=question.label, heads=tuple(one.label for one in question.columns), rows=rows)
    if question.kind is Kind.TICK:
        return Item(label=question.label, text="Yes")
    return Item(label=question.label, text=shown(form, question, answer))


_LINES = {Kind.PROSE: 4, Kind.LINE: 1, Kind.NUMBER: 1, Kind.CONTACTS: 1, Kind.PERSON: 1}
_SHORT = frozenset({Kind.DATE, Kind.TIME})
"""Whose answers are so short that several find room in one line."""


def _asked(form: Form, card: Card, keys: Sequence[str]) -> Iterator[Item]:
    questions = [card.question(key) for key in keys]
    for is_short, found in groupby(questions, key=lambda one: one.kind in _SHORT):
        if is_short:
            heads = tuple(one.label for one in found)
            yield Item(label="", heads=heads, rows=(("",) * len(heads),))
        else:
            yield from (_to_fill(form, one) for one in found)


def _to_fill(form: Form, question: Question) -> Item:
    if question.kind is Kind.ROWS:
        heads = tuple(column.label for column in question.columns)
        return Item(label=question.label, heads=heads, rows=(("",) * len(heads),) * 4)
    options = form.options(question)
    if options:
        return Item(label=question.label, ticks=tuple(one.label for one in options))
    if question.kind is Kind.TICK:
        return Item(label="", ticks=(question.label,))
    return Item(label=question.label, lines=_LINES.get(question.kind, 1))
