"""The data of a page, typed; the templates in `resources/documents/` say how it looks.

Every `str` outside `Page.words` is read as plain text, never as markup, and is tested for characters
that cannot be shown. An empty text means that nothing was written.
"""

from typing import ClassVar

import msgspec


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """What every page has: its language, its fixed words, and whether it shows invented people."""

    template: ClassVar[str]
    title: ClassVar[str] = "Plan"
    """The title inside the PDF file, which says nothing about anyone."""

    language: str = "en-GB"
    words: dict[str, str] = {}
    sample: bool = False


class Agreement(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that was agreed."""

    what: str
    who: str = ""
    by: str = ""
    state: str = ""


class PlanGoal(msgspec.Struct, frozen=True, kw_only=True):
    """A goal on the page for the client: `near` is the newest days with the number they gave."""

    own_words: str
    first_step: str = ""
    near: str = ""


class ClientPlan(Page, frozen=True, kw_only=True):
    """The page for the client, filled or blank; only agreed wording is ever in it.

    With `roomy` its letters, lines and boxes are larger, as for a child.
    """

    template = "client_plan.typ"

    blank: bool = False
    name: str = ""
    happened: str = ""
    agreed: tuple[Agreement, ...] = ()
    leave_as_is: bool = False
    so_far: tuple[Agreement, ...] = ()
    know: str = ""
    again: str = ""
    goals: tuple[PlanGoal, ...] = ()
    review: str = ""
    turn_to: tuple[str, ...] = ()
    roomy: bool = False


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """A question and its answer: words, the rows of a small table under their heads, or boxes to tick.

    `lines` are so many lines to write on; `ticks` are words behind a box each, those of `ticked` with a tick in it.
    A table whose cells are empty is one to fill in.
    """

    label: str
    text: str = ""
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    lines: int = 0
    ticks: tuple[str, ...] = ()
    ticked: frozenset[int] = frozenset()
    """The places of the boxes with a tick, counted from 0."""


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """The answers of one entry within a section, under the entry's own heading."""

    heading: str
    items: tuple[Item, ...]


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """One of the named sections of a page, in its fixed place, with at most a sentence under its heading."""

    heading: str
    groups: tuple[Group, ...] = ()
    lead: str = ""


class RepairPlan(Page, frozen=True, kw_only=True):
    """The counsellor's own plan of one strain, private reflection included."""

    template = "repair_plan.typ"

    blank: bool = False
    name: str = ""
    strain: str = ""
    status: str = ""
    sections: tuple[Section, ...] = ()


class Sheet(Page, frozen=True, kw_only=True):
    """Any page of sections; most are one.

    `words` needs "title", "page" and "sample". `head` runs along the top of each sheet, `facts` stand under the title
    in one line, `lead` as a paragraph below. With `roomy` the lines and boxes to fill in are larger, as for a child.
    """

    template = "sheet.typ"
    title = "Sheet"

    head: str = ""
    facts: tuple[str, ...] = ()
    lead: str = ""
    sections: tuple[Section, ...] = ()
    roomy: bool = False


class RecoverySheet(Page, frozen=True, kw_only=True):
    """The sheet with the recovery key of a vault, in groups as they are typed."""

    template = "recovery_sheet.typ"
    title = "Recovery sheet"

    groups: tuple[str, ...]
    vault: str
    date: str
