"""Which page is wanted: its sort, what it is about, and how it is to look."""

import datetime
from enum import StrEnum

import msgspec

from alliance_desktop.domain.audience import Part
from alliance_desktop.domain.entry import ArcId, ClientId, EntryId


class Sort(StrEnum):
    """The pages that can be printed."""

    CLIENT_PAGE = "client_page"
    REPAIR_PLAN = "repair_plan"


class Subject(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a page is about: a client, one strain of theirs, or one entry; nothing for a page to fill in by hand."""

    client: ClientId | None = None
    arc: ArcId | None = None
    entry: EntryId | None = None


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """What the counsellor chose for a page.

    `paper` is "a4" or "letter", `large` 18 point, `language` one the page can be printed in, `parts` the optional parts
    that were ticked, `blank` the page with lines to write on; `first` and `last` bound a page about some time.
    """

    sort: Sort = Sort.CLIENT_PAGE
    paper: str = "a4"
    large: bool = False
    language: str = "en-GB"
    blank: bool = False
    parts: frozenset[Part] = frozenset()
    first: datetime.date | None = None
    last: datetime.date | None = None
