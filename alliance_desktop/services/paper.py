"""Pages for the printer, the preview and the file, built from what was written and may be printed."""

import re
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path

import msgspec

from alliance_desktop.documents import client_plan as client_pages
from alliance_desktop.documents import repair_plan as repair_pages
from alliance_desktop.documents.pages import Page
from alliance_desktop.documents.press import Rendered, Unprintable, render, unprintable
from alliance_desktop.documents.recovery_sheet import recovery_sheet
from alliance_desktop.documents.saving import neutral_name, save_pdf
from alliance_desktop.documents.wording import languages
from alliance_desktop.domain import rupture
from alliance_desktop.domain.audience import Document, Part
from alliance_desktop.domain.client import NO_CODE, Client, folded
from alliance_desktop.domain.clock import local
from alliance_desktop.domain.disclosing import private_on
from alliance_desktop.domain.entry import Addendum, ArcId, Entry, EntryId
from alliance_desktop.services.access import OpenVault, Sheet
from alliance_desktop.services.stamps import Now

RECOVERY_FILE = "recovery-sheet.pdf"


class Sort(StrEnum):
    """The pages that can be printed."""

    CLIENT_PAGE = "client_page"
    REPAIR_PLAN = "repair_plan"
    BLANK_CLIENT_PAGE = "blank_client_page"
    BLANK_REPAIR_PLAN = "blank_repair_plan"


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """What the counsellor chose for a page: sort, paper, size, language, and whether names are on it."""

    sort: Sort = Sort.CLIENT_PAGE
    paper: str = "a4"
    large: bool = False
    language: str = "en-GB"
    name: bool = False
    contacts: bool = False


class Paper:
    """Makes the pages of one open vault."""

    def __init__(self, vault: OpenVault) -> None:
        self._vault = vault

    def page(self, arc: ArcId | None, choice: Choice) -> Page:
        """Return the data of a page; UnseenWordingError for a client page whose wording the client has not seen."""
        if choice.sort is Sort.BLANK_CLIENT_PAGE or (arc is None and choice.sort is Sort.CLIENT_PAGE):
            return client_pages.blank_client_plan(
                language=choice.language, turn_to=self._turn_to(), sample=self._vault.sample
            )
        forms = self._vault.forms
        if choice.sort is Sort.BLANK_REPAIR_PLAN or arc is None:
            return repair_pages.blank_repair_plan(forms.current(rupture.FORM), sample=self._vault.sample)
        entries = self._vault.notebook.arc_entries(arc)
        status = self._vault.notebook.arc(arc)
        called = self._vault.notebook.client(status.client).called
        name = called if choice.name and called != NO_CODE else None
        if choice.sort is Sort.CLIENT_PAGE:
            return client_pages.client_plan(
                entries,
                forms.of,
                turn=status.turn,
                language=choice.language,
                name=name,
                turn_to=self._turn_to(),
                sample=self._vault.sample,
            )
        return repair_pages.repair_plan(
            entries,
            forms.of,
            status=status.status,
            addenda=self._addenda(entries),
            name=name,
            parts=self._parts(choice),
            sample=self._vault.sample,
        )

    def private_entries(self, arc: ArcId | None, choice: Choice) -> list[EntryId]:
        """Return the entries whose private reflection a page shows; none for a client's page, nor for a blank."""
        if arc is None or choice.sort is not Sort.REPAIR_PLAN:
            return []
        entries = self._vault.notebook.arc_entries(arc)
        added = self._addenda(entries)
        found = private_on(Document.REPAIR_PLAN, entries, self._vault.forms.of, added, self._parts(choice))
        return [one.id for one in found]

    def rendered(self, page: Page, choice: Choice) -> Rendered:
        """Return a page laid out as chosen; pictures and PDF come from it."""
        return render(page, paper="letter" if choice.paper == "letter" else "a4", large=choice.large)

    def names(self, page: Page, client: Client) -> bool:
        """Say whether the text of a page has what a client is called, or their full name, in it."""
        text = folded(msgspec.json.encode(page).decode())
        known = {folded(one).strip() for one in (client.called, client.full_name)}
        return any(re.search(rf"\b{re.escape(one)}\b", text) for one in known if one)

    def faults(self, page: Page) -> list[Unprintable]:
        """Return the characters that no font here can show, to be told before printing."""
        return unprintable(page)

    def file_name(self) -> str:
        """Return a file name for a PDF that says nothing about anyone."""
        return neutral_name(self._vault.notebook.today())

    def save(self, rendered: Rendered, path: Path) -> None:
        """Write the PDF for its owner only; NotSavedToFileError where the place cannot be written."""
        save_page(rendered, path)

    def languages(self) -> tuple[str, ...]:
        """Return the languages that a client page can be printed in."""
        return languages()

    def _addenda(self, entries: Sequence[Entry]) -> Sequence[Addendum]:
        return [one for entry in entries for one in self._vault.notebook.addenda(entry.id)]

    def _parts(self, choice: Choice) -> frozenset[Part]:
        ticked = {Part.NAME: choice.name, Part.CONTACTS: choice.contacts}
        return frozenset(part for part, on in ticked.items() if on)

    def _turn_to(self) -> tuple[str, ...]:
        return tuple(self._vault.settings.preferences().who_to_turn_to.splitlines())


def save_page(rendered: Rendered, path: Path) -> None:
    """Write a page as a PDF for its owner only; NotSavedToFileError where the place cannot be written."""
    save_pdf(rendered.pdf(), path)


def recovery_page(sheet: Sheet, now: Now, paper: str) -> Rendered:
    """Return the printable recovery sheet of a vault just made."""
    page = recovery_sheet(sheet.groups, vault=sheet.vault_id, on=local(now()).date())
    return render(page, paper="letter" if paper == "letter" else "a4")
