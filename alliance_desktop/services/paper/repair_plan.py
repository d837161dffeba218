"""The counsellor's own plan of a strain, and its prompts with lines to write on."""

from collections.abc import Sequence

from alliance_desktop.documents.pages import Page
from alliance_desktop.documents.repair_plan import blank_repair_plan, repair_plan
from alliance_desktop.domain import rupture
from alliance_desktop.domain.audience import Document
from alliance_desktop.domain.disclosing import private_on
from alliance_desktop.domain.entry import Addendum, Entry, EntryId
from alliance_desktop.services.access import OpenVault
from alliance_desktop.services.paper.choice import Choice, Subject
from alliance_desktop.services.paper.ground import Ground
from alliance_desktop.services.paper.names import ticked_name


def make(vault: OpenVault, subject: Subject, choice: Choice) -> Page:
    """Return the plan of a strain with all its turns and later additions."""
    if subject.arc is None:
        raise ValueError("a repair plan is about a strain")
    entries = vault.notebook.arc_entries(subject.arc)
    standing = vault.notebook.arc(subject.arc)
    return repair_plan(
        entries,
        vault.forms.of,
        status=standing.status,
        addenda=_addenda(vault, entries),
        name=ticked_name(vault, standing.client, choice),
        parts=choice.parts,
        sample=vault.sample,
    )


def blank(ground: Ground, _choice: Choice) -> Page:
    """Return the plan's prompts with lines to write on."""
    return blank_repair_plan(ground.forms.current(rupture.FORM), sample=ground.sample)


def private(vault: OpenVault, subject: Subject, choice: Choice) -> list[EntryId]:
    """Return the entries of a strain whose private reflection is on its plan."""
    if subject.arc is None:
        return []
    entries = vault.notebook.arc_entries(subject.arc)
    added = _addenda(vault, entries)
    return [one.id for one in private_on(Document.REPAIR_PLAN, entries, vault.forms.of, added, choice.parts)]


def _addenda(vault: OpenVault, entries: Sequence[Entry]) -> Sequence[Addendum]:
    return [one for entry in entries for one in vault.notebook.addenda(entry.id)]
