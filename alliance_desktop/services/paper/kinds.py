"""Every page that can be printed, once: what it is called, what it is about, its optional parts, and what makes it."""

import datetime
from collections.abc import Callable
from enum import StrEnum
from typing import NamedTuple

from alliance_desktop.documents import emergency_card as emergency_words
from alliance_desktop.documents.pages import Page
from alliance_desktop.documents.wording import languages
from alliance_desktop.domain.audience import Document, Part
from alliance_desktop.domain.entry import ClientId, EntryId
from alliance_desktop.domain.records.beside import REQUEST
from alliance_desktop.services.access import OpenVault
from alliance_desktop.services.paper import (
    client_page,
    emergency_card,
    executor_list,
    feedback_sheet,
    foundation_sheet,
    goals_sheet,
    lost_computer,
    lost_device,
    records_bundle,
    repair_plan,
    safeguarding_record,
    session_note,
    supervision_prep,
    timeline_report,
)
from alliance_desktop.services.paper.choice import Choice, Offered, Sort, Subject
from alliance_desktop.services.paper.ground import Ground

ENGLISH = ("en-GB",)


class About(StrEnum):
    """What a page is about."""

    NOTHING = "nothing"
    CLIENT = "client"
    STRAIN = "strain"
    ENTRY = "entry"
    CHECKED = "checked"
    """A text that was read beside its original first; only `CheckedPaper` makes such a page."""


Make = Callable[[OpenVault, Subject, Choice], Page]
Blank = Callable[[Ground, Choice], Page]
Offer = Callable[[OpenVault, ClientId | None], list[Offered]]
Lead = Callable[[OpenVault, Subject], Subject]
Tells = Callable[[Ground], bool]
Private = Callable[[OpenVault, Subject, Choice], list[EntryId]]
ForWhom = Callable[[OpenVault, Subject], tuple[str, str]]
Passed = Callable[[OpenVault, Subject, datetime.date], datetime.date | None]


def _whole_client(_vault: OpenVault, client: ClientId | None) -> list[Offered]:
    return [Offered("", Subject(client=client))] if client is not None else []


def _strains(vault: OpenVault, client: ClientId | None) -> list[Offered]:
    if client is None:
        return []
    newest_first = reversed(vault.strains.of_client(client))
    return [Offered(one.name, Subject(client=client, arc=one.arc.id)) for one in newest_first]


def _preparations(vault: OpenVault, client: ClientId | None) -> list[Offered]:
    return [Offered(words, one) for words, one in supervision_prep.subjects(vault, client)]


def _for_nobody_yet(_vault: OpenVault, _subject: Subject) -> tuple[str, str]:
    return "", ""


def _none_passed(_vault: OpenVault, _subject: Subject, _today: datetime.date) -> None:
    return None


def _itself(_vault: OpenVault, subject: Subject) -> Subject:
    return subject


def _always(_ground: Ground) -> bool:
    return True


def _nothing_private(_vault: OpenVault, _subject: Subject, _choice: Choice) -> list[EntryId]:
    return []


class Kind(NamedTuple):
    """One sort of page.

    `words` is its name where a page is chosen; `document` its allow-list, None for a page that holds nothing of a
    client; `make` makes it of what was written, `blank` with lines to write on, each None where there is no such page.
    `which` asks which of the `offered` things it is about; a page about an entry is of one of `forms`, and `leading`
    tells to what an entry belongs that is printed with another. `styles` are the blanks it has, as ids and words.
    `stem` begins the name of its file, `private` names the entries whose private reflection it shows, `for_whom` to
    whom it goes and why where that is known, `for_client` says that it leaves with the client, `own` that it is about
    the counsellor's own notes, which belong to no client, `is_copy` that it is a copy of the record for whoever asked,
    `is_told` whether the settings tell what stands on it, where it is made of them alone, `passed` the day on it on
    which something is to be done, where that day is over.
    """

    sort: Sort
    words: str
    about: About
    make: Make | None = None
    blank: Blank | None = None
    document: Document | None = None
    parts: tuple[Part, ...] = ()
    languages: tuple[str, ...] = ENGLISH
    which: str = ""
    styles: tuple[tuple[str, str], ...] = ()
    forms: frozenset[str] = frozenset()
    offered: Offer = _whole_client
    leading: Lead = _itself
    private: Private = _nothing_private
    is_told: Tells = _always
    for_whom: ForWhom = _for_nobody_yet
    passed: Passed = _none_passed
    stem: str = "sheet"
    has_period: bool = False
    for_client: bool = False
    own: bool = False
    is_copy: bool = False


def _bundle(sort: Sort, words: str, document: Document) -> Kind:
    return Kind(
        sort,
        words,
        About.ENTRY,
        make=records_bundle.maker(document),
        document=document,
        which="Request",
        offered=records_bundle.offered,
        forms=frozenset({REQUEST}),
        private=records_bundle.shows(document),
        for_whom=records_bundle.for_whom,
        stem="record",
        is_copy=True,
    )


_ALL = (
    Kind(
        Sort.CLIENT_PAGE,
        "Client page",
        About.STRAIN,
        make=client_page.make,
        blank=client_page.blank,
        document=Document.CLIENT_PLAN,
        parts=(Part.NAME, Part.GOALS, Part.CHILD),
        languages=languages(),
        which="Strain",
        offered=_strains,
        passed=client_page.passed,
        stem="plan",
        for_client=True,
    ),
    Kind(
        Sort.GOALS_SHEET,
        "Goals and progress",
        About.CLIENT,
        make=goals_sheet.make,
        blank=goals_sheet.blank,
        document=Document.GOALS_SHEET,
        parts=(Part.NAME, Part.FEEDBACK),
        languages=languages(),
        which="Goal",
        offered=goals_sheet.offered,
        forms=frozenset({goals_sheet.FORM}),
        for_client=True,
    ),
    Kind(
        Sort.FEEDBACK_SHEET,
        "Feedback",
        About.ENTRY,
        make=feedback_sheet.make,
        blank=feedback_sheet.blank,
        document=Document.FEEDBACK_SHEET,
        parts=(Part.NAME,),
        languages=languages(),
        which="Feedback",
        offered=feedback_sheet.offered,
        forms=frozenset({feedback_sheet.FORM}),
        for_client=True,
    ),
    Kind(
        Sort.FOUNDATION_SHEET,
        "First agreements",
        About.ENTRY,
        make=foundation_sheet.make,
        blank=foundation_sheet.blank,
        document=Document.FOUNDATION_SHEET,
        parts=(Part.NAME, Part.CONSENT),
        languages=languages(),
        which="Agreements",
        offered=foundation_sheet.offered,
        forms=frozenset({foundation_sheet.FORM}),
        for_client=True,
    ),
    Kind(
        Sort.REPAIR_PLAN,
        "My repair plan (private)",
        About.STRAIN,
        make=repair_plan.make,
        blank=repair_plan.blank,
        document=Document.REPAIR_PLAN,
        parts=(Part.NAME, Part.CONTACTS),
        which="Strain",
        offered=_strains,
        private=repair_plan.private,
        stem="plan",
    ),
    Kind(
        Sort.TIMELINE_REPORT,
        "Timeline",
        About.CLIENT,
        make=timeline_report.make,
        document=Document.TIMELINE_REPORT,
        parts=(
            Part.NAME,
            Part.RECORD,
            Part.CONTACTS,
            Part.SAFEGUARDING,
            Part.MY_TEMPERATURE,
        ),
        private=timeline_report.private,
        stem="record",
        has_period=True,
    ),
    Kind(
        Sort.SESSION_NOTE,
        "Session note",
        About.ENTRY,
        make=session_note.make,
        blank=session_note.blank,
        document=Document.SESSION_NOTE,
        parts=(Part.NAME, Part.PRIVATE),
        which="Session",
        offered=session_note.offered,
        private=session_note.private,
        styles=(("free", "Free"), ("soap", "SOAP"), ("dap", "DAP"), ("birp", "BIRP")),
        forms=frozenset({session_note.FORM}),
        stem="record",
    ),
    Kind(
        Sort.SAFEGUARDING_RECORD,
        "Safeguarding record (full name)",
        About.ENTRY,
        make=safeguarding_record.make,
        blank=safeguarding_record.blank,
        document=Document.SAFEGUARDING_RECORD,
        which="Concern",
        offered=safeguarding_record.offered,
        leading=safeguarding_record.leading,
        forms=frozenset({safeguarding_record.FORM}),
        stem="record",
    ),
    _bundle(Sort.RECORDS_BUNDLE, "Copy of the record", Document.RECORDS_BUNDLE),
    _bundle(Sort.RECORDS_PRIVATE, "Copy of the record: private reflection", Document.RECORDS_PRIVATE),
    _bundle(Sort.RECORDS_SAFETY, "Copy of the record: safeguarding", Document.RECORDS_SAFETY),
    Kind(
        Sort.EMERGENCY_CARD,
        "Emergency card",
        About.NOTHING,
        make=emergency_card.make,
        blank=emergency_card.blank,
        is_told=emergency_card.is_told,
        languages=emergency_words.LANGUAGES,
        stem="card",
    ),
    Kind(
        Sort.LOST_COMPUTER,
        "If this computer is lost",
        About.NOTHING,
        make=lost_computer.make,
        blank=lost_computer.blank,
    ),
    Kind(
        Sort.LOST_DEVICE,
        "Record of a lost device",
        About.ENTRY,
        make=lost_device.make,
        blank=lost_device.blank,
        document=Document.LOST_DEVICE,
        which="Record",
        offered=lost_device.offered,
        stem="record",
        own=True,
    ),
    Kind(
        Sort.EXECUTOR_LIST,
        "What my executor would see",
        About.NOTHING,
        make=executor_list.make,
        document=Document.EXECUTOR,
        own=True,
    ),
    Kind(
        Sort.SUPERVISION_PREP,
        "Getting ready for supervision (private)",
        About.ENTRY,
        make=supervision_prep.make,
        blank=supervision_prep.blank,
        document=Document.SUPERVISION_PREP,
        which="Sheet",
        forms=frozenset({supervision_prep.SHEET}),
        offered=_preparations,
        private=supervision_prep.private,
        own=True,
    ),
    Kind(
        Sort.SUPERVISION_SUMMARY,
        "Supervision summary without identifiers",
        About.CHECKED,
        document=Document.SUPERVISION_SUMMARY,
        own=True,
    ),
)

KINDS: dict[Sort, Kind] = {one.sort: one for one in _ALL}
"""Every page by its sort, in the order in which they are offered."""
