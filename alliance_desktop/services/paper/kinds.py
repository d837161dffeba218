"""Every page that can be printed, once: what it is called, what it is about, its optional parts, and what makes it."""

from collections.abc import Callable
from enum import StrEnum
from typing import NamedTuple

from alliance_desktop.documents.pages import Page
from alliance_desktop.documents.wording import languages
from alliance_desktop.domain.audience import Document, Part
from alliance_desktop.domain.entry import ClientId, EntryId
from alliance_desktop.services.access import OpenVault
from alliance_desktop.services.paper import client_page, repair_plan
from alliance_desktop.services.paper.choice import Choice, Sort, Subject
from alliance_desktop.services.paper.ground import Ground

ENGLISH = ("en-GB",)


class About(StrEnum):
    """What a page is about."""

    NOTHING = "nothing"
    CLIENT = "client"
    STRAIN = "strain"
    ENTRY = "entry"


class Offered(NamedTuple):
    """One thing that a page can be about, in words."""

    words: str
    subject: Subject


Make = Callable[[OpenVault, Subject, Choice], Page]
Blank = Callable[[Ground, Choice], Page]
Offer = Callable[[OpenVault, ClientId | None], list[Offered]]
Private = Callable[[OpenVault, Subject, Choice], list[EntryId]]


def _whole_client(_vault: OpenVault, client: ClientId | None) -> list[Offered]:
    return [Offered("", Subject(client=client))] if client is not None else []


def _strains(vault: OpenVault, client: ClientId | None) -> list[Offered]:
    if client is None:
        return []
    newest_first = reversed(vault.strains.of_client(client))
    return [Offered(one.name, Subject(client=client, arc=one.arc.id)) for one in newest_first]


def _nothing_private(_vault: OpenVault, _subject: Subject, _choice: Choice) -> list[EntryId]:
    return []


class Kind(NamedTuple):
    """One sort of page.

    `words` is its name where a page is chosen; `document` its allow-list, None for a page that holds nothing of a
    client; `make` makes it of what was written, `blank` with lines to write on, each None where there is no such page.
    `which` asks which of the `offered` things it is about. `stem` begins the name of its file, `private` names the
    entries whose private reflection it shows, `for_client` says that it leaves with the client, `own` that it is
    about the counsellor's own notes, which belong to no client.
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
    offered: Offer = _whole_client
    private: Private = _nothing_private
    stem: str = "sheet"
    has_period: bool = False
    for_client: bool = False
    own: bool = False


_ALL = (
    Kind(
        Sort.CLIENT_PAGE,
        "Client page",
        About.STRAIN,
        make=client_page.make,
        blank=client_page.blank,
        document=Document.CLIENT_PLAN,
        parts=(Part.NAME,),
        languages=languages(),
        which="Strain",
        offered=_strains,
        stem="plan",
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
)

KINDS: dict[Sort, Kind] = {one.sort: one for one in _ALL}
"""Every page by its sort, in the order in which they are offered."""
