"""The copy of a record that answers a request: cover, index, and what was decided to be in it; three bundles."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

import msgspec

from alliance_desktop.documents.pages import Group, Item, Page, Section
from alliance_desktop.documents.twin import headed, lines_of, rows, section, sections
from alliance_desktop.domain.answers import long_day
from alliance_desktop.domain.audience import Document
from alliance_desktop.domain.records import items
from alliance_desktop.domain.records.deciding import Decided, Verdict, printed
from alliance_desktop.domain.records.request import ASKERS, Request

_GROUPS = {
    Document.RECORDS_BUNDLE: (items.Group.RECORD, items.Group.THIRD),
    Document.RECORDS_PRIVATE: (items.Group.PRIVATE,),
    Document.RECORDS_SAFETY: (items.Group.SAFETY,),
}
_TITLES = {
    Document.RECORDS_BUNDLE: "Copy of the record",
    Document.RECORDS_PRIVATE: "Private reflection",
    Document.RECORDS_SAFETY: "Safeguarding record",
}
_APART = {
    items.Group.PRIVATE: "Private reflection",
    items.Group.SAFETY: "Safeguarding",
}
_WORDS = {
    "page": "Page {n} of {count}",
    "sample": "SAMPLE",
    "contains": "What is in it",
    "held": "What is held back, and why",
    "index": "Index",
}
_DONE = {
    Verdict.BLACK_OUT: "Words blacked out",
    Verdict.KEEP_APART: "Kept apart, not handed over here",
    Verdict.LEAVE_OUT: "Left out",
    Verdict.PRINT: "In a bundle of its own",
}
HELD_HEADS = ("What", "What happened with it", "Why")
NOTHING_HELD = "Nothing within what was asked for is held back."
NOTHING_HELD_HERE = "Nothing of it is held back."
NOT_GATHERED = (
    "Not part of this copy: requests for records themselves, what belongs to no client, what lies in the bin, and "
    "backups."
)
NOTHING_WRITTEN = "Nothing is noted within what was asked for."
ALL_DAYS = "From the beginning to today"
ALL_KINDS = "Everything"


class RecordsBundle(Page, frozen=True, kw_only=True):
    """A bundle; `facts` say what was asked for, `contains` what is in it, `held` what is not, with the reasons."""

    template = "records_bundle.typ"
    title = "Record"

    head: str
    facts: tuple[Item, ...]
    contains: tuple[str, ...]
    held: tuple[tuple[str, ...], ...] = ()
    held_heads: tuple[str, ...] = HELD_HEADS
    nothing_held: str = NOTHING_HELD
    notes: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()


class Cover(msgspec.Struct, frozen=True, kw_only=True):
    """What the cover says beside the request: whose record it is, what was asked for, on which day it was made."""

    name: str
    made: str
    asked: str = ""
    law: str = ""
    kinds: tuple[str, ...] = ()
    unreadable: int = 0


def records_bundle(
    document: Document, request: Request, decided: Sequence[Decided], cover: Cover, *, sample: bool = False
) -> RecordsBundle:
    """Return one of the three bundles of a request of which everything is decided."""
    ours = (printed(one) for one in in_bundle(document, decided))
    parts = tuple(_sections(item for item in ours if item is not None))
    return RecordsBundle(
        words=_WORDS | {"title": _TITLES[document]},
        sample=sample,
        head=f"Confidential – {cover.name}",
        facts=tuple(_facts(request, cover)),
        contains=tuple(_contains(parts)),
        held=tuple(_held(document, decided)),
        nothing_held=NOTHING_HELD if document is Document.RECORDS_BUNDLE else NOTHING_HELD_HERE,
        notes=tuple(_notes(document, decided, cover)),
        sections=parts,
    )


def in_bundle(document: Document, decided: Sequence[Decided]) -> list[Decided]:
    """Return the pieces of which something is printed in a bundle."""
    groups = _GROUPS[document]
    return [one for one in decided if one.item.group in groups and printed(one) is not None]


def _facts(request: Request, cover: Cover) -> Iterator[Item]:
    scope = request.scope
    days = ALL_DAYS
    if scope.first or scope.last:
        first = long_day(scope.first) if scope.first else "the beginning"
        days = f"From {first} to {long_day(scope.last) if scope.last else 'today'}"
    for label, text in (
        ("Record of", cover.name),
        ("Asked for by", _asker(request) or "Not noted"),
        ("Received on", long_day(request.received)),
        ("Asked for", cover.asked),
        ("Days", days),
        ("Kinds", ", ".join(cover.kinds) or ALL_KINDS),
        ("Law", cover.law),
        ("Answer by", long_day(request.due) if request.due is not None else ""),
        ("This copy made on", cover.made),
    ):
        if text:
            yield Item(label=label, text=text)


def _asker(request: Request) -> str:
    """Return who asked; where it is only said what they are, it begins with a capital."""
    told = request.asker
    return told[0].upper() + told[1:] if told in ASKERS.values() else told


def _contains(parts: Sequence[Section]) -> Iterator[str]:
    for part in parts:
        count = len(part.groups)
        many = f": {count} {'entry' if count == 1 else 'entries'}"
        yield f"{part.heading}{many if part.heading != items.DETAILS else ''}"
    if not parts:
        yield NOTHING_WRITTEN


def _held(document: Document, decided: Sequence[Decided]) -> Iterator[tuple[str, ...]]:
    """Yield what is held back: piece by piece, and what is apart by what was decided and why."""
    shown = _GROUPS[document]
    for one in decided:
        decision = one.decision
        if decision is not None and one.item.group in shown and decision.verdict is not Verdict.PRINT:
            yield f"{one.item.heading} – {one.item.label}", _DONE[decision.verdict], decision.reason
    if document is Document.RECORDS_BUNDLE:
        for group, words in _APART.items():
            yield from _apart(words, [one for one in decided if one.item.group is group])


def _apart(words: str, decided: Sequence[Decided]) -> Iterator[tuple[str, ...]]:
    found: dict[tuple[str, str], int] = {}
    for one in decided:
        if one.decision is not None:
            verdict = Verdict.PRINT if one.decision.verdict is Verdict.BLACK_OUT else one.decision.verdict
            key = _DONE[verdict], one.decision.reason
            found[key] = found.get(key, 0) + 1
    for (done, why), count in found.items():
        yield f"{words}: {count} {'answer' if count == 1 else 'answers'}", done, why


def _notes(document: Document, decided: Sequence[Decided], cover: Cover) -> Iterator[str]:
    if cover.unreadable:
        many = "note was" if cover.unreadable == 1 else "notes were"
        yield f"{cover.unreadable} {many} written by a newer program and could not be read for this copy."
    if document is not Document.RECORDS_BUNDLE:
        return
    none = [words for group, words in _APART.items() if all(one.item.group is not group for one in decided)]
    if none:
        yield f"{' and '.join(none)}: nothing is noted within what was asked for."
    yield NOT_GATHERED


def _sections(found: Iterable[items.Item]) -> Iterator[Section]:
    by_section: dict[str, list[items.Item]] = {}
    for one in found:
        by_section.setdefault(one.section, []).append(one)
    for heading in items.SECTIONS:
        if heading in by_section:
            yield Section(heading=heading, groups=tuple(_groups(by_section[heading])))


def _groups(found: Iterable[items.Item]) -> Iterator[Group]:
    for (_, heading), mine in groupby(found, lambda one: (one.entry, one.heading)):
        told = tuple(
            Item(label=one.label, heads=one.heads, rows=one.rows) if one.rows else Item(label=one.label, text=one.text)
            for one in mine
        )
        yield Group(heading=heading if heading != items.DETAILS else "", items=told)


@lines_of.register
def _twin(page: RecordsBundle) -> Iterator[str]:
    words = page.words
    yield from headed(words["title"], page.head)
    for one in page.facts:
        yield f"{one.label}: {one.text}"
    yield ""
    yield from section(words["contains"], *page.contains)
    yield words["held"]
    yield from rows(page.held_heads, page.held) if page.held else (page.nothing_held,)
    yield ""
    yield from (*page.notes, "")
    yield from sections(page.sections)
