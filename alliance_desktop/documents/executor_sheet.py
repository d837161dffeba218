"""The sheet for a sealed envelope: for an executor, with a key of its own, what it opens, and what is wished."""

import datetime
from collections.abc import Iterator, Mapping, Sequence

from alliance_desktop.documents.pages import Group, Item, Section, Sheet
from alliance_desktop.documents.twin import headed, lines_of, section, sections
from alliance_desktop.domain.answers import long_day
from alliance_desktop.domain.executor import Told

WORDS = {
    "title": "For my executor",
    "page": "Page {n} of {count}",
    "sample": "SAMPLE",
    "key": "The executor's key",
}
HEAD = "Sealed – to be opened if I die or cannot go on with my work"
LEAD = (
    "This sheet is for the person who acts for me. It lets you see what has to be done for the people I work with, so "
    "that nobody waits in vain. You need it and my computer, or a restored backup of it."
)
PROGRAM = (
    "Alliance Desktop is the private notebook of a counsellor, on this one computer. Everything in it is encrypted; "
    "without a key nobody can read it, and nobody can be asked for one."
)
STEPS = (
    "Start the program. It shows a page that says the notebook is locked.",
    "Choose “Use the recovery sheet instead”.",
    "Type the ten groups of the key above in their order. Capitals and spaces do not matter.",
    "A page for you appears. Read it, or print it, and choose Lock when you leave.",
)
SEE = (
    "You see my wishes, safeguarding concerns that are open with their next steps and days, days that may be hard for "
    "somebody, the next appointments, and how each person may be reached. You see full names. You can print that list."
)
NOT_SEE = (
    "You do not see notes of sessions, what I thought, nor the words of a safeguarding concern. Nothing can be changed."
)
RULE = (
    "That this key opens no more is a rule of the program, and not a lock of its own: somebody with this sheet, the "
    "computer and enough knowledge could get round it. So keep it sealed, and trust it to nobody else."
)
VOID = "When I replace the recovery key of the notebook, this sheet opens nothing any more and I put a new one here."
SHORT = 8
"""So many characters of the vault's id are enough to tell it from another one."""
WHOM, RECORDS = ("tell_first", "tell_clients", "take_over"), ("records", "where", "anything")


class ExecutorSheet(Sheet, frozen=True, kw_only=True):
    """The sealed sheet: the sections of any sheet, and between lead and sections the key in its groups."""

    template = "executor_sheet.typ"

    groups: tuple[str, ...] = ()


def executor_sheet(
    groups: Sequence[str], wishes: Mapping[str, Told], *, vault: str, on: datetime.date, sample: bool = False
) -> ExecutorSheet:
    """Return the sheet with an executor's key in its typed groups; what is not wished yet has lines to write on.

    `wishes` are the questions with their answers by key, an empty answer where there is none.
    """
    return ExecutorSheet(
        words=WORDS,
        sample=sample,
        head=HEAD,
        facts=(f"Made on {long_day(on)}", f"Vault {vault[:SHORT]}"),
        lead=LEAD,
        groups=tuple(groups),
        sections=(
            Section(heading="Who this is for", groups=(_wished(wishes, ("executor", "executor_reach", "second")),)),
            Section(heading="What the program is", lead=PROGRAM),
            Section(heading="How to open it", groups=(_group(Item(label="", text=_numbered(STEPS))),)),
            Section(
                heading="What you will see, and what not",
                groups=(_group(Item(label="", text=SEE), Item(label="", text=NOT_SEE), Item(label="", text=RULE)),),
            ),
            Section(heading="Whom to tell", groups=(_wished(wishes, WHOM),)),
            Section(heading="What to do with the records", groups=(_wished(wishes, RECORDS),)),
            Section(heading="Until when this sheet holds", lead=VOID),
        ),
    )


@lines_of.register
def _told(page: ExecutorSheet) -> Iterator[str]:
    yield from headed(page.words["title"], " · ".join(page.facts), page.head)
    yield from (page.lead, "")
    yield from section(page.words["key"], " ".join(page.groups))
    yield from sections(page.sections)


def _wished(wishes: Mapping[str, Told], keys: Sequence[str]) -> Group:
    told = (wishes[key] for key in keys if key in wishes)
    return _group(*(Item(label=label, text=text, lines=0 if text else 2) for label, text in told))


def _numbered(steps: Sequence[str]) -> str:
    return "\n".join(f"{number}. {one}" for number, one in enumerate(steps, 1))


def _group(*items: Item) -> Group:
    return Group(heading="", items=items)
