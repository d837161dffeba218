"""The summary for supervision: first text by text, to be read beside its original, then as a sheet of what was read."""

import datetime
from collections.abc import Iterator, Sequence

import msgspec

from alliance_desktop.documents.pages import Group, Item, Section, Sheet
from alliance_desktop.domain.answers import Answer, long_day, people_of, said_day, text_of
from alliance_desktop.domain.audience import Document, Part, allowed
from alliance_desktop.domain.entry import ClientId, Entry, EntryId, Mark
from alliance_desktop.domain.form import CHOOSING, Audience, Card, Form, Kind, Question, is_answered
from alliance_desktop.domain.shown import shown
from alliance_desktop.domain.unnamed.known import role_of

HEAD = "For supervision – names we do not know about stay in"
PRIVATE_HEAD = "Private reflection, for supervision – names we do not know about stay in"
LEAD = "Weeks are counted from the first session, or from the first note where there was none."
_WORDS = {"title": "Supervision summary", "page": "Page {n} of {count}", "sample": "SAMPLE"}
_HEADING = "· "
OWN_QUESTION = "A question of my own"
OWN = "Getting ready for supervision"


class Block(msgspec.Struct, frozen=True, kw_only=True):
    """One text of a summary: under which name, whose it is, and the day it was about.

    A `heading` begins a group: its label is the card's, its text the day. `entry` is where it was written, None for
    what the program says, `key` of which question; `private` whether it is the counsellor's own reflection. So many
    letters at the front are `ours`: what was chosen of the program's own words.
    """

    label: str
    text: str
    near: datetime.date
    client: ClientId | None = None
    entry: EntryId | None = None
    key: str = ""
    heading: bool = False
    private: bool = False
    ours: int = 0


def of_entry(form: Form, entry: Entry, parts: frozenset[Part], shipped: Form) -> Iterator[Block]:
    """Yield what a summary may show of an entry, under its heading; nothing where there is nothing.

    The titles and questions of a counsellor's own copy of a form are their own words, which may name somebody: those
    of the `shipped` form stand in their place.
    """
    if entry.mark is not Mark.NONE:
        return
    card = form.card(entry.card)
    asked = [one for one in card.questions if allowed(Document.SUPERVISION_SUMMARY, form, one, parts)]
    found = [one for question in asked for one in _of_answer(form, question, entry)]
    if not found:
        return
    told = _shipped(shipped, card) if form.based_on else card
    labels = {one.key: one.label for one in told.questions}
    yield heading(told, entry)
    for one in found:
        yield msgspec.structs.replace(one, label=labels.get(one.key, OWN_QUESTION))


def _shipped(form: Form, card: Card) -> Card:
    """Return the card of a shipped form that a counsellor's was copied from."""
    same = [one for one in form.cards if one.id == card.id]
    return same[0] if same else msgspec.structs.replace(card, title=form.title, questions=())


def heading(card: Card, entry: Entry) -> Block:
    """Return the heading of an entry: its card and its day."""
    return Block(
        label=card.title,
        text=_HEADING + said_day(entry.happened_on, entry.about),
        near=entry.happened_on,
        client=entry.client,
        entry=entry.id,
        heading=True,
    )


def said(label: str, on: datetime.date, client: ClientId, ours: str = "", text: str = "") -> Block:
    """Return a line that the program says of a client: its own words and a text, or the day itself."""
    return Block(label=label, text=ours + text or long_day(on), near=on, client=client, ours=len(ours))


def reason(words: str, entry: Entry, question: Question, on: datetime.date) -> Block:
    """Return why something is on the agenda, as an entry's answer says."""
    return Block(
        label="Why",
        text=words,
        ours=len(words),
        near=on,
        client=entry.client,
        entry=entry.id,
        key=question.key,
        private=question.audience is Audience.PRIV,
    )


def summary_sheet(
    blocks: Sequence[Block],
    texts: Sequence[str],
    clients: dict[ClientId, tuple[str, str]],
    *,
    sample: bool = False,
) -> Sheet:
    """Return the sheet of texts as they were read: `clients` are their letters and bands, in order."""
    rows = list(zip(blocks, texts, strict=True))
    private = any(one.private for one in blocks)
    sections = [
        Section(heading=f"{letter} · {band}" if band else letter, groups=tuple(_groups(rows, id)))
        for id, (letter, band) in clients.items()
    ]
    own = tuple(_groups(rows, None))
    return Sheet(
        words=_WORDS,
        sample=sample,
        head=PRIVATE_HEAD if private else HEAD,
        lead=LEAD if clients else "",
        sections=(*sections, *((Section(heading=OWN, groups=own),) if own else ())),
    )


def _groups(rows: Sequence[tuple[Block, str]], client: ClientId | None) -> Iterator[Group]:
    title, items = "", list[Item]()
    for block, text in rows:
        if block.client != client:
            continue
        if block.heading:
            yield from _group(title, items)
            title, items = f"{block.label} {text}", []
        else:
            items.append(Item(label=block.label, text=text))
    yield from _group(title, items)


def _group(title: str, items: Sequence[Item]) -> Iterator[Group]:
    if items:
        yield Group(heading=title, items=tuple(items))


def _of_answer(form: Form, question: Question, entry: Entry) -> Iterator[Block]:
    answer = entry.answers.get(question.key)
    if not is_answered(question, answer):
        return
    if question.kind is Kind.CONTACTS:
        text = "; ".join(role_of(str(one.get("role", ""))) for one in people_of(answer))
    else:
        text = "Yes" if question.kind is Kind.TICK else shown(form, question, answer)
    if text.strip():
        yield Block(
            label=question.label,
            text=text,
            ours=_ours(form, question, text, answer),
            near=entry.happened_on,
            client=entry.client,
            entry=entry.id,
            key=question.key,
            private=question.audience is Audience.PRIV,
        )


def _ours(form: Form, question: Question, text: str, answer: Answer) -> int:
    """Return how much of an answer is what the program offered; a counsellor's own form offers their own words."""
    if form.based_on or question.kind not in CHOOSING | {Kind.TICK, Kind.CONTACTS}:
        return 0
    return len(text) - len(text_of(answer).strip())
