"""Which page is wanted: its sort, what it is about, and how it is to look."""

import datetime
from enum import StrEnum
from typing import NamedTuple

import msgspec

from alliance_desktop.domain.audience import Part
from alliance_desktop.domain.entry import ArcId, ClientId, EntryId
from alliance_desktop.domain.unnamed.by_hand import Checked


class Sort(StrEnum):
    """The pages that can be printed."""

    CLIENT_PAGE = "client_page"
    GOALS_SHEET = "goals_sheet"
    FEEDBACK_SHEET = "feedback_sheet"
    FOUNDATION_SHEET = "foundation_sheet"
    REPAIR_PLAN = "repair_plan"
    TIMELINE_REPORT = "timeline_report"
    SUPERVISION_SUMMARY = "supervision_summary"
    SUPERVISION_PREP = "supervision_prep"
    SESSION_NOTE = "session_note"
    SAFEGUARDING_RECORD = "safeguarding_record"
    LOST_COMPUTER = "lost_computer"
    EMERGENCY_CARD = "emergency_card"
    EXECUTOR_LIST = "executor_list"
    LOST_DEVICE = "lost_device"
    RECORDS_BUNDLE = "records_bundle"
    RECORDS_PRIVATE = "records_private"
    RECORDS_SAFETY = "records_safety"


class Subject(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a page is about: a client, one strain of theirs, or one entry; nothing for a page to fill in by hand.

    `checked` is what a summary was read beside its original with.
    """

    client: ClientId | None = None
    arc: ArcId | None = None
    entry: EntryId | None = None
    checked: Checked | None = None


class Offered(NamedTuple):
    """One thing that a page can be about, in words."""

    words: str
    subject: Subject


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """What the counsellor chose for a page.

    `paper` is "a4" or "letter", `large` 18 point, `language` one the page can be printed in, `parts` the optional parts
    that were ticked, `blank` the page with lines to write on, in its `style` where it
    has several; `first` and `last` bound a page about some time.
    """

    sort: Sort = Sort.CLIENT_PAGE
    paper: str = "a4"
    large: bool = False
    language: str = "en-GB"
    blank: bool = False
    style: str = ""
    parts: frozenset[Part] = frozenset()
    first: datetime.date | None = None
    last: datetime.date | None = None
