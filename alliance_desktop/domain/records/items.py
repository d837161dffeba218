"""What a request is about, piece by piece: each answer, each addition, and how each strain stood."""

import datetime
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

import msgspec

from alliance_desktop.domain.answers import Answers, long_day, said_day
from alliance_desktop.domain.audience import Document, bundle_of
from alliance_desktop.domain.entry import Addendum, Arc, Entry, EntryId, State, StatusEvent
from alliance_desktop.domain.form import Audience, Card, Form, Kind, Question
from alliance_desktop.domain.late import added_on
from alliance_desktop.domain.records.request import FORM, Scope
from alliance_desktop.domain.rupture import STATUS_WORDS, Status
from alliance_desktop.domain.shown import shown, shown_rows

DRAFT = "not finished"
DETAILS, BY_DATE, AGREED = "Details", "Notes by date", "Goals and agreed wording"
CONTACTS, STRAINS = "Contact log", "Where each strain stood"
SECTIONS = (DETAILS, BY_DATE, AGREED, CONTACTS, STRAINS)
"""The parts of a copy, in their order."""
YES = "Yes"
WHY = "Why the status was changed"


_ENDINGS = re.compile(r"\r\n?|[\u2028\u2029]")
"""A line ends in one way, so that places in a text are the same on screen."""


class Group(StrEnum):
    """What kind of decision a piece needs."""

    THIRD = "third"
    PRIVATE = "private"
    SAFETY = "safety"
    RECORD = "record"
    """Printed, unless it is decided otherwise."""


GROUP_WORDS = {
    Group.THIRD: "words from or about other people",
    Group.PRIVATE: "private reflection",
    Group.SAFETY: "safeguarding",
    Group.RECORD: "the record itself",
}

_APART = {Document.RECORDS_PRIVATE: Group.PRIVATE, Document.RECORDS_SAFETY: Group.SAFETY}

_ANYWHERE = frozenset({Group.PRIVATE, Group.SAFETY})
"""Groups that are gathered whatever kinds a request names."""

PEOPLE = "Other people"
"""The heading of forms that are from or about other people."""

_KINDS = {
    "Sessions": "sessions",
    "Between us": "between_us",
    "Outreach": "outreach",
    "Goals and feedback": "goals",
    PEOPLE: "people",
}
"""The kinds a request can name, by the heading of a form; all others are the record."""


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One piece: `key` names it for ever, `entry` is where it was written, `heading` says which note of which day.

    `heads` and `rows` hold a small table, whose words are in `text` as well.
    """

    key: str
    group: Group
    heading: str
    label: str
    text: str
    day: datetime.date | None = None
    entry: EntryId | None = None
    section: str = ""
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


_ABOUT_THEM = Item(key="", group=Group.RECORD, heading=DETAILS, label="", text="", section=DETAILS)


class Strand(NamedTuple):
    """A strain with its status events, oldest first."""

    arc: Arc
    events: Sequence[StatusEvent]


class Source(NamedTuple):
    """What the pieces of one entry are made of."""

    form: Form
    entry: Entry
    addenda: Sequence[Addendum]
    scope: Scope


class Gathered:
    """The pieces of each entry as they were made last, to be taken again while what they are made of is the same."""

    def __init__(self) -> None:
        self._kept: dict[EntryId, tuple[Source, tuple[Item, ...]]] = {}

    def of(self, source: Source) -> tuple[Item, ...]:
        """Return the pieces of an entry."""
        kept = self._kept.get(source.entry.id)
        if kept is None or kept[0] != source:
            kept = self._kept[source.entry.id] = source, tuple(map(_with_one_ending, _of_entry(*source)))
        return kept[1]

    def lacks(self, entries: Iterable[Entry], form_of: Callable[[Entry], Form | None], scope: Scope) -> int:
        """Return of how many entries that are asked for the pieces were never made."""
        return sum(one.id not in self._kept and _asked_for(form_of(one), one, scope) is not None for one in entries)

    def keep_only(self, entries: Iterable[Entry]) -> None:
        """Let go of the pieces of all other entries."""
        mine = {one.id for one in entries}
        # Another look may be gathering into it in the window's thread.
        for id in [one for one in list(self._kept) if one not in mine]:
            self._kept.pop(id, None)


def gather(
    entries: Sequence[Entry],
    form_of: Callable[[Entry], Form | None],
    addenda_of: Callable[[EntryId], Sequence[Addendum]],
    scope: Scope,
    *,
    details: tuple[Form, Answers] | None = None,
    strands: Sequence[Strand] = (),
    gathered: Gathered | None = None,
) -> list[Item]:
    """Return every piece of a client's notes that a request is about, by day; what is in the bin is left out.

    What was written about requests is left out too: the cover says it. Entries whose form is not known are passed over.
    `gathered` keeps the pieces for the next time.
    """
    known = gathered if gathered is not None else Gathered()
    found: list[Item] = []
    if details is not None and scope.has_kind("details"):
        form, answers = details
        found += _answers("client", form, form.cards[0], answers, _ABOUT_THEM)
    for entry in entries:
        form_ = _asked_for(form_of(entry), entry, scope)
        if form_ is not None:
            found += known.of(Source(form_, entry, addenda_of(entry.id), scope))
    for strand in strands:
        found += _of_strand(strand, scope)
    return list(map(_with_one_ending, found))


def _asked_for(form: Form | None, entry: Entry, scope: Scope) -> Form | None:
    """Return the form of an entry that a request is about, None for any other."""
    ours = form is not None and entry.binned_at is None and scope.has_day(entry.happened_on)
    return form if form is not None and ours and (form.based_on or form.id) != FORM else None


def _with_one_ending(one: Item) -> Item:
    """Return a piece whose lines all end in one way."""
    if _ENDINGS.search(one.text) is None:
        return one
    return msgspec.structs.replace(one, text=_ENDINGS.sub("\n", one.text))


def unreadable(entries: Sequence[Entry], form_of: Callable[[Entry], Form | None], scope: Scope) -> int:
    """Return how many notes within the scope were written by a newer program, and cannot be read here."""
    ours = (one for one in entries if one.binned_at is None and scope.has_day(one.happened_on))
    return sum(form_of(one) is None for one in ours)


def _of_entry(form: Form, entry: Entry, addenda: Sequence[Addendum], scope: Scope) -> Iterator[Item]:
    card, day = form.card(entry.card), said_day(entry.happened_on, entry.about)
    is_note = card.freezes or (form.based_on or form.id) == "session"
    # Most cards stay open; of a note that is finished as a rule, it is said.
    draft = f" · {DRAFT}" if is_note and entry.state is State.DRAFT else ""
    heading = f"{day} · {card.title}{draft}"
    blank = Item(
        key="",
        group=Group.RECORD,
        heading=heading,
        label="",
        text="",
        day=entry.happened_on,
        entry=entry.id,
        section=CONTACTS if (form.based_on or form.id) == "contact_log" else BY_DATE,
    )
    wanted = scope.has_kind(_KINDS.get(form.section, "record"))
    for one in _answers(str(entry.id), form, card, entry.answers, blank):
        if wanted or one.group in _ANYWHERE:
            yield one
    for added in addenda:
        group = _group_added(form, card, private=added.private)
        if added.text.strip() and (wanted or group in _ANYWHERE):
            key = f"{entry.id}+{added.id}"
            yield msgspec.structs.replace(blank, key=key, group=group, label=added_on(added), text=added.text)


def _answers(prefix: str, form: Form, card: Card, answers: Answers, blank: Item) -> Iterator[Item]:
    for question in card.questions:
        answer = answers.get(question.key)
        text = YES if question.kind is Kind.TICK and answer is True else shown(form, question, answer)
        bundle = bundle_of(form, question)
        if bundle is None or not text.strip():
            continue
        rows = tuple(tuple(row) for row in shown_rows(question, answer) if any(row)) if question.columns else ()
        yield msgspec.structs.replace(
            blank,
            key=f"{prefix}:{question.key}",
            group=_group(question, bundle),
            label=question.label,
            text=text,
            section=AGREED if question.audience is Audience.SHARE else blank.section,
            heads=tuple(one.label for one in question.columns) if rows else (),
            rows=rows,
        )


def _group(question: Question, bundle: Document) -> Group:
    if bundle is not Document.RECORDS_BUNDLE:
        return _APART[bundle]
    return Group.THIRD if question.audience is Audience.THIRD else Group.RECORD


def _group_added(form: Form, card: Card, *, private: bool) -> Group:
    """Return the group of an addition: it may say what the questions of its card ask for, whoever that is about."""
    if private:
        return Group.PRIVATE
    if form.drawer:
        return Group.SAFETY
    about_others = form.section == PEOPLE or any(one.audience is Audience.THIRD for one in card.questions)
    return Group.THIRD if about_others else Group.RECORD


def _of_strand(strand: Strand, scope: Scope) -> Iterator[Item]:
    events = [one for one in strand.events if scope.has_day(one.true_on)]
    if not events:
        return
    heading = f"Strain noticed on {long_day(strand.events[0].true_on)}"
    lines = [f"{long_day(one.true_on)}: {STATUS_WORDS[Status(one.became)]}" for one in events]
    blank = Item(
        key=f"strain {strand.arc.id}",
        group=Group.RECORD,
        heading=heading,
        label="Where it stood",
        text="\n".join(lines),
        day=events[0].true_on,
        section=STRAINS,
    )
    if scope.has_kind("between_us"):
        yield blank
    for one in events:
        if one.why.strip():
            label = f"{WHY}, {long_day(one.true_on)}"
            yield msgspec.structs.replace(
                blank, key=f"why {one.id}", group=Group.PRIVATE, label=label, text=one.why, day=one.true_on
            )
