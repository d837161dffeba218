"""Making pages: those of an open vault, and those to fill in by hand, for which none need be open."""

import datetime
import re
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

import msgspec

from alliance_desktop.documents.pages import Page
from alliance_desktop.documents.press import Rendered, Unprintable, is_long, render, unprintable
from alliance_desktop.documents.saving import neutral_name
from alliance_desktop.documents.twin import twin
from alliance_desktop.domain.audience import Part
from alliance_desktop.domain.client import Client, folded
from alliance_desktop.domain.entry import ClientId, Entry, EntryId
from alliance_desktop.domain.errors import NothingToPrintError
from alliance_desktop.domain.records.items import Item
from alliance_desktop.domain.watch import Watch
from alliance_desktop.services.access import OpenVault
from alliance_desktop.services.paper.choice import Choice, Offered, Sort, Subject
from alliance_desktop.services.paper.ground import Ground
from alliance_desktop.services.paper.kinds import KINDS, About, Kind
from alliance_desktop.services.unprotected import save_pdf

Today = Callable[[], datetime.date]


class Made(NamedTuple):
    """A page ready to be looked at: laid out, its sheets, its words, what cannot be printed, whether it is `named`."""

    rendered: Rendered
    svgs: list[bytes]
    words: str
    faults: list[Unprintable]
    named: bool = False


Work = Callable[[Watch], Made | Callable[[], None]]
"""What takes long, for any thread; where it is no page yet, what it returns is done before the page is begun again."""


class Begun(NamedTuple):
    """A page that is ready, or the `work` that it takes; in whose pieces words still stand, whose reflection it shows.

    `gathers` where it is not even known yet what the page is about; `passed` as `Kind` has it.
    """

    made: Made | None = None
    work: Work | None = None
    gathers: bool = False
    left: Sequence[Item] = ()
    private: Sequence[EntryId] = ()
    passed: datetime.date | None = None


class Blanks:
    """Makes the pages to fill in by hand."""

    def __init__(self, ground: Callable[[], Ground], today: Today) -> None:
        self._ground, self._today = ground, today

    @property
    def is_open(self) -> bool:
        """Whether what the pages are made of can still be read."""
        return True

    def today(self) -> datetime.date:
        """Return the day that it is."""
        return self._today()

    def kinds(self, client: ClientId | None) -> list[Kind]:
        """Return the pages that can be made here, for a client or for none, in their order."""
        return [one for one in KINDS.values() if one.blank is not None]

    def offered(self, sort: Sort, client: ClientId | None) -> list[Offered]:
        """Return what a page can be about, best first; nothing where it is about nobody."""
        return []

    def page(self, subject: Subject, choice: Choice) -> Page:
        """Return the data of a page; the blank one where that was chosen or there is nothing it could be about.

        UnseenWordingError for a client page whose wording the client has not seen.
        """
        blank = KINDS[choice.sort].blank
        if blank is None:
            raise NothingToPrintError
        return blank(self._ground(), choice)

    def is_told(self, sort: Sort) -> bool:
        """Say whether the settings tell what stands on a page that is made of them alone; of any other page True."""
        return KINDS[sort].is_told(self._ground())

    def private_entries(self, subject: Subject, choice: Choice) -> list[EntryId]:
        """Return the entries whose private reflection a page shows; none for a page to fill in by hand."""
        return []

    def to_look_at(self, subject: Subject, choice: Choice) -> list[Item]:
        """Return the pieces of a copy of the record in which words still stand that were blacked out elsewhere."""
        return []

    def for_whom(self, subject: Subject, choice: Choice) -> tuple[str, str]:
        """Return to whom a page goes and why, as far as that is known."""
        return "", ""

    def passed(self, subject: Subject, choice: Choice) -> datetime.date | None:
        """Return the day on a page on which something is to be done, where it is over; none on one to fill in."""
        return None

    def rendered(self, page: Page, choice: Choice) -> Rendered:
        """Return a page laid out as chosen; pictures and PDF come from it."""
        return render(page, paper="letter" if choice.paper == "letter" else "a4", large=choice.large)

    def before(self, subject: Subject, choice: Choice) -> Work | None:
        """Return what takes long and has to be done before the page is asked for; None where nothing has."""
        return None

    def begin(self, subject: Subject, choice: Choice, client: Client | None = None) -> Begun:
        """Return a page that is ready to be looked at, or what it takes; what `page` raises where there is none."""
        before = self.before(subject, choice)
        if before is not None:
            return Begun(work=before, gathers=True)
        page = self.page(subject, choice)
        asks = KINDS[choice.sort].for_client and Part.NAME not in choice.parts
        who = client if asks else None
        left, private = self.to_look_at(subject, choice), self.private_entries(subject, choice)
        begun = Begun(left=left, private=private, passed=self.passed(subject, choice))
        if is_long(page):
            return begun._replace(work=lambda watch: self.made(page, choice, watch, who))
        return begun._replace(made=self.made(page, choice, client=who))

    def made(self, page: Page, choice: Choice, watch: Watch | None = None, client: Client | None = None) -> Made:
        """Return a page ready to be looked at, and whether it names a client; with a `watch`, for any thread."""
        rendered = self.rendered(page, choice)
        svgs = rendered.svgs() if watch is None else rendered.pictures(watch)
        named = client is not None and self.names(page, client)
        return Made(rendered, svgs, self.twin(page), self.faults(page), named)

    def twin(self, page: Page) -> str:
        """Return a page as plain text, to be read aloud or pasted."""
        return twin(page)

    def names(self, page: Page, client: Client) -> bool:
        """Say whether the text of a page has what a client is called, or their full name, in it."""
        text = folded(msgspec.json.encode(page).decode())
        known = {folded(one).strip() for one in (client.called, client.full_name)}
        return any(re.search(rf"\b{re.escape(one)}\b", text) for one in known if one)

    def faults(self, page: Page) -> list[Unprintable]:
        """Return the characters that no font here can show, to be told before printing."""
        return unprintable(page)

    def file_name(self, choice: Choice) -> str:
        """Return a file name for a PDF that says nothing about anyone."""
        return neutral_name(self._today(), KINDS[choice.sort].stem)

    def save(self, rendered: Rendered, path: Path) -> None:
        """Write the PDF for its owner only; NotSavedToFileError where the place cannot be written."""
        save_page(rendered, path)


class Paper(Blanks):
    """Makes the pages of one open vault."""

    def __init__(self, vault: OpenVault) -> None:
        super().__init__(
            lambda: Ground(vault.forms, vault.settings.preferences(), vault.sample), lambda: vault.notebook.today()
        )
        self._vault = vault

    def kinds(self, client: ClientId | None) -> list[Kind]:
        """Return the pages that can be made for a client, or of the counsellor's own, in their order."""
        if client is not None:
            return [one for one in KINDS.values() if not one.own and self._is_there(one, client)]
        found = (one for one in KINDS.values() if one.about is not About.CHECKED)
        return [one for one in found if one.blank is not None or one.about is About.NOTHING or one.own]

    def _is_there(self, kind: Kind, client: ClientId) -> bool:
        """Say whether there is anything a page can be about that cannot be filled in by hand either."""
        return kind.blank is not None or kind.about is not About.ENTRY or bool(kind.offered(self._vault, client))

    def offered(self, sort: Sort, client: ClientId | None) -> list[Offered]:
        """Return what a page can be about, best first; nothing where it is about nobody, or there is no such thing."""
        kind = KINDS[sort]
        return [] if kind.about is About.NOTHING else kind.offered(self._vault, client)

    def page(self, subject: Subject, choice: Choice) -> Page:
        """Return the data of a page; the blank one where that was chosen or there is nothing it could be about.

        UnseenWordingError for a client page whose wording the client has not seen.
        """
        kind = KINDS[choice.sort]
        if kind.make is None or choice.blank or not _is_about(subject, kind.about):
            return super().page(subject, choice)
        return kind.make(self._vault, subject, choice)

    @property
    def is_open(self) -> bool:
        """Whether the vault is."""
        return self._vault.is_open

    def to_look_at(self, subject: Subject, choice: Choice) -> list[Item]:
        """Return the pieces of a copy in which blacked-out words still stand; of no other page there are any."""
        if not KINDS[choice.sort].is_copy or subject.entry is None:
            return []
        return self._vault.records.to_look_at(subject.entry)

    def before(self, subject: Subject, choice: Choice) -> Work | None:
        """Return how all that a request is about is gone through, where that is not known."""
        if not KINDS[choice.sort].is_copy or subject.entry is None or self._vault.records.is_at_hand(subject.entry):
            return None
        records, reading = self._vault.records, self._vault.records.read(subject.entry)
        if not reading.is_large:
            return None
        return lambda watch: partial(records.take, reading, reading.looked(watch))

    def has_page(self, entry: Entry) -> bool:
        """Say whether there is a page for what an entry says."""
        return self._sort_for(entry) is not None

    def sort_of(self, subject: Subject) -> Sort:
        """Return the sort of page that is offered first for a subject."""
        found = self._sort_for(self._vault.notebook.entry(subject.entry)) if subject.entry is not None else None
        return found or Sort.CLIENT_PAGE

    def _sort_for(self, entry: Entry) -> Sort | None:
        form = self._vault.forms.kind(entry)
        either = {form, f"{form}.{entry.card}"}
        return next((one.sort for one in KINDS.values() if not either.isdisjoint(one.forms)), None)

    def leading(self, subject: Subject) -> Subject:
        """Return what the page of an entry is about: for one that belongs to another, that other."""
        return KINDS[self.sort_of(subject)].leading(self._vault, subject)

    def for_whom(self, subject: Subject, choice: Choice) -> tuple[str, str]:
        """Return to whom a page goes and why, as far as that is known."""
        return KINDS[choice.sort].for_whom(self._vault, subject)

    def passed(self, subject: Subject, choice: Choice) -> datetime.date | None:
        """Return the day on a page on which something is to be done, where it is over; none on one to fill in."""
        kind = KINDS[choice.sort]
        made = not choice.blank and _is_about(subject, kind.about)
        return kind.passed(self._vault, subject, self.today()) if made else None

    def private_entries(self, subject: Subject, choice: Choice) -> list[EntryId]:
        """Return the entries whose private reflection a page shows; none for a client's page, nor for a blank."""
        kind = KINDS[choice.sort]
        if choice.blank or not _is_about(subject, kind.about):
            return []
        return kind.private(self._vault, subject, choice)


def _is_about(subject: Subject, about: About) -> bool:
    """Say whether a subject names what a page is about."""
    named = {
        About.CLIENT: subject.client,
        About.STRAIN: subject.arc,
        About.ENTRY: subject.entry,
        About.CHECKED: subject.checked,
    }
    return about is About.NOTHING or named[about] is not None


def save_page(rendered: Rendered, path: Path) -> None:
    """Write a page as a PDF for its owner only; what `save_pdf` raises where it cannot lie there."""
    save_pdf(rendered.pdf(), path)
