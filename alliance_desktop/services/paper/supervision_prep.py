"""The sheet to get ready for supervision with: as it was written, or to fill in by hand."""

from alliance_desktop.documents.pages import Page
from alliance_desktop.documents.supervision_prep import CARD, FORM, blank_prep_sheet, prep_sheet
from alliance_desktop.domain.disclosing import is_private
from alliance_desktop.domain.entry import ClientId, EntryId
from alliance_desktop.services.access import OpenVault
from alliance_desktop.services.paper.choice import Choice, Subject
from alliance_desktop.services.paper.ground import Ground

SHEET = f"{FORM}.{CARD}"
"""A card of a form that has others too."""


def make(vault: OpenVault, subject: Subject, _choice: Choice) -> Page:
    """Return a sheet as it was written."""
    if subject.entry is None:
        raise ValueError("a preparation is about a note")
    entry = vault.notebook.entry(subject.entry)
    return prep_sheet(vault.forms.of(entry), entry, sample=vault.sample)


def blank(ground: Ground, _choice: Choice) -> Page:
    """Return the sheet with lines to write on."""
    return blank_prep_sheet(ground.forms.current(FORM), sample=ground.sample)


def subjects(vault: OpenVault, client: ClientId | None) -> list[tuple[str, Subject]]:
    """Return the preparations that can be read, newest first, each by its day."""
    written = vault.supervision.preparations() if client is None else []
    known = [one for one in written if vault.forms.known(one) is not None]
    return [(vault.notebook.title(one), Subject(entry=one.id)) for one in known]


def private(vault: OpenVault, subject: Subject, _choice: Choice) -> list[EntryId]:
    """Return the note itself where anything is written in it."""
    if subject.entry is None:
        return []
    entry = vault.notebook.entry(subject.entry)
    return [entry.id] if is_private(vault.forms.of(entry).card(entry.card), entry) else []
