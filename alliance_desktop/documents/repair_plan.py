"""The counsellor's own plan of one strain: facts, my part, their view, agreed, changes, review, learned."""

from collections.abc import Callable, Iterator, Sequence

from alliance_desktop.documents.note import item
from alliance_desktop.documents.pages import Group, Item, RepairPlan, Section
from alliance_desktop.domain.answers import said_day, text_of
from alliance_desktop.domain.audience import Document, Part, allowed
from alliance_desktop.domain.entry import Addendum, Entry
from alliance_desktop.domain.form import Form, Kind, is_answered
from alliance_desktop.domain.late import added_on
from alliance_desktop.domain.rupture import STATUS_WORDS, Status

HEADER = "Private reflection – do not file with the record without thinking"
_WORDS = {
    "title": "Repair plan",
    "header": HEADER,
    "for_name": "For {name}",
    "status": "Where it stands",
    "page": "Page {n} of {count}",
    "sample": "SAMPLE",
}

SECTIONS: tuple[tuple[str, str], ...] = (
    ("Facts", "N3 N4 N5 N6 N7 N8 A1 A2"),
    ("My part", "A3 A4 A5 A14 A6 A7 A8 A9 A10 A11 A12 A13 A15"),
    ("Their view", "D1 D2 D3 D4 D5 D6 D7 D8 D9 D10 D11 D12 D13 D14 D15 D16 D17"),
    ("What we agreed", "R1 R2 R3 R4 R7 R8 R11"),
    ("What changes", "R5 R6"),
    ("Review", "R9 U2 U3 U4 U5 U6"),
    ("What I learned", "C1 C2 C3 C4 C5 C6 C7"),
)
_HOMES = {"notice": 0, "acknowledge": 1, "dialogue": 2, "repair": 3, "follow_up": 5, "close": 6}
_TO_FILL = frozenset(["N4", "A3", "A6", "D11", "D13", "R3", "R4", "R7", "R5", "R9", "U2", "C3", "C4"])


def repair_plan(
    entries: Sequence[Entry],
    form_of: Callable[[Entry], Form],
    *,
    status: str,
    addenda: Sequence[Addendum] = (),
    name: str | None = None,
    parts: frozenset[Part] = frozenset(),
    sample: bool = False,
) -> RepairPlan:
    """Return the counsellor's plan of one arc's entries of all turns, in their order, with their later additions.

    `name` prints only where `Part.NAME` was ticked; other people only with `Part.CONTACTS`.
    """
    names = (text_of(one.answers.get("name")).strip() for one in entries if one.card == "notice")
    return RepairPlan(
        words=_WORDS,
        sample=sample,
        name=name if name and Part.NAME in parts else "",
        strain=next((one for one in names if one), ""),
        status=STATUS_WORDS[Status(status)],
        sections=tuple(
            Section(heading=heading, groups=tuple(_groups(number, entries, addenda, form_of, parts)))
            for number, (heading, _) in enumerate(SECTIONS)
        ),
    )


def blank_repair_plan(form: Form, *, sample: bool = False) -> RepairPlan:
    """Return the counsellor's plan as prompts with lines to write on; it needs no client and no vault."""
    sections = []
    for heading, refs in SECTIONS:
        asked = {ref: None for ref in refs.split() if ref in _TO_FILL}
        prompts: dict[str, str] = {}
        for question in (one for card in form.cards for one in card.questions):
            if question.ref in asked and question.kind is not Kind.TICK:
                prompts.setdefault(question.ref, question.label)
        items = tuple(Item(label=label) for label in prompts.values())
        sections.append(Section(heading=heading, groups=(Group(heading="", items=items),)))
    return RepairPlan(words=_WORDS, sample=sample, blank=True, sections=tuple(sections))


def _groups(
    number: int,
    entries: Sequence[Entry],
    addenda: Sequence[Addendum],
    form_of: Callable[[Entry], Form],
    parts: frozenset[Part],
) -> Iterator[Group]:
    refs = SECTIONS[number][1].split()
    for entry in entries:
        form = form_of(entry)
        card = form.card(entry.card)
        asked = [one for one in card.questions if one.ref in refs and allowed(Document.REPAIR_PLAN, form, one, parts)]
        items = [item(form, one, entry) for one in asked if is_answered(one, entry.answers.get(one.key))]
        if _HOMES.get(entry.card) == number:
            items += [Item(label=added_on(one), text=one.text) for one in addenda if one.entry == entry.id]
        items = [one for one in items if one.text or one.rows]
        if items:
            yield Group(heading=f"{card.title} · {said_day(entry.happened_on, entry.about)}", items=tuple(items))
