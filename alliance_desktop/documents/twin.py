"""The plain-text twin of a page: the same words in the same order, to be read aloud or pasted."""

from collections.abc import Iterator, Sequence
from functools import singledispatch

from alliance_desktop.documents.pages import (
    Agreement,
    ClientPlan,
    Group,
    Item,
    Page,
    PlanGoal,
    RecoverySheet,
    RepairPlan,
    Section,
    Sheet,
)

DONE, OPEN = "[x]", "[ ]"


def twin(page: Page) -> str:
    """Return a page as plain text; an empty line parts what stands apart on paper, and it ends with a line's end.

    What is to be filled in by hand is a question with nothing after it. TypeError for a page without a twin.
    """
    told = "\n".join(line.rstrip() for line in _with_mark(page))
    while "\n\n\n" in told:
        told = told.replace("\n\n\n", "\n\n")
    return told.strip("\n") + "\n"


def _with_mark(page: Page) -> Iterator[str]:
    if page.sample:
        yield page.words.get("sample", "")
        yield ""
    yield from lines_of(page)


@singledispatch
def lines_of(page: Page) -> Iterator[str]:
    """Yield the lines of a page; each sort of page registers its own."""
    raise TypeError(f"{type(page).__name__} has no twin")


@lines_of.register
def _sheet(page: Sheet) -> Iterator[str]:
    yield from headed(page.words["title"], " · ".join(page.facts), page.head)
    yield from (page.lead, "")
    yield from sections(page.sections)


@lines_of.register
def _repair_plan(page: RepairPlan) -> Iterator[str]:
    words = page.words
    name = words["for_name"].replace("{name}", page.name) if page.name else ""
    status = f"{words['status']}: {page.status}" if page.status else ""
    yield from headed(words["title"], " · ".join(filter(None, (name, status))), words["header"])
    yield from (page.strain, "")
    yield from sections(one for one in page.sections if any(group.items for group in one.groups))


@lines_of.register
def _client_plan(page: ClientPlan) -> Iterator[str]:
    words = page.words
    yield from headed(words["title"], words["for_name"].replace("{name}", page.name) if page.name else "")
    if page.happened or page.blank:
        yield from section(words["happened"], page.happened)
    agreed = [*_agreements(page.agreed), *([words["leave"]] if page.leave_as_is else [])]
    yield from section(words["agreed"], *agreed)
    if page.so_far:
        yield from section(words["so_far"], *_agreements(page.so_far))
    for key, text in (("know", page.know), ("again", page.again)):
        yield from section(words[key], text)
    if page.goals:
        yield from section(words["goals"], *(line for one in page.goals for line in _goal(one, words)))
    yield from section(words["review"], page.review)
    yield from section(words["own_words"])
    yield from section(words["turn_to"], *page.turn_to)


def _goal(one: PlanGoal, words: dict[str, str]) -> Iterator[str]:
    yield f"- {one.own_words}"
    for key, text in (("first_step", one.first_step), ("near", one.near)):
        yield f"  {words[key]}: {text}" if text else ""


@lines_of.register
def _recovery_sheet(page: RecoverySheet) -> Iterator[str]:
    words = page.words
    yield from headed(words["title"], words["lead"])
    yield from section(words["key"], " ".join(page.groups))
    for heading, text in (("why", "nobody"), ("use", "steps"), ("keep", "places")):
        yield from section(words[heading], words[text])
    yield f"{words['vault']} {page.vault} · {words['made']} {page.date}"


def headed(title: str, *under: str) -> Iterator[str]:
    """Yield a title, what stands under it, and an empty line."""
    yield title
    yield from filter(None, under)
    yield ""


def section(heading: str, *paragraphs: str) -> Iterator[str]:
    """Yield a heading, what stands under it line by line, and an empty line."""
    yield heading
    yield from filter(None, paragraphs)
    yield ""


def sections(all_: "Iterator[Section] | Sequence[Section]") -> Iterator[str]:
    """Yield sections with their groups and items."""
    for one in all_:
        yield from section(one.heading, one.lead) if one.heading or one.lead else ()
        for group in one.groups:
            yield from _group(group)


def _group(group: Group) -> Iterator[str]:
    yield from (group.heading, "") if group.heading else ()
    for item in group.items:
        yield from _item(item)
        yield ""


def _item(item: Item) -> Iterator[str]:
    on_one_line = item.text and "\n" not in item.text and item.label
    if on_one_line:
        yield f"{_ended(item.label)} {item.text}"
    else:
        yield from filter(None, (item.label, item.text))
    yield from (f"{DONE if place in item.ticked else OPEN} {one}" for place, one in enumerate(item.ticks))
    yield from rows(item.heads, item.rows)


def rows(heads: Sequence[str], cells: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield the rows of a table, each cell with its head, so that nobody has to count columns while listening."""
    for row in cells:
        told = [f"{_ended(head)} {cell}" for head, cell in zip(heads, row, strict=False) if cell]
        if told:
            yield f"- {'; '.join(told)}"
    if heads and not any(any(row) for row in cells):
        yield " / ".join(heads)


def _agreements(agreed: Sequence[Agreement]) -> list[str]:
    told = ([one.what, one.who, one.by, one.state] for one in agreed)
    return [f"{OPEN} {', '.join(filter(None, one))}" for one in told]


def _ended(label: str) -> str:
    return label if label.endswith(("?", ":", ".", "…")) else f"{label}:"
