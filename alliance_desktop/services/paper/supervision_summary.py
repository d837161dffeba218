"""The summary for supervision on paper: only ever the text that was read beside its original."""

from alliance_desktop.documents.pages import Page
from alliance_desktop.domain.entry import ClientId, EntryId
from alliance_desktop.domain.unnamed.by_hand import Checked
from alliance_desktop.services.access import OpenVault
from alliance_desktop.services.paper.choice import Choice, Subject
from alliance_desktop.services.summaries import Check, Summaries


def make(vault: OpenVault, subject: Subject, _choice: Choice) -> Page:
    """Return the page of what was chosen, with the words that were replaced by hand."""
    return _check(vault, subject).sheet(sample=vault.sample)


def private(vault: OpenVault, subject: Subject, _choice: Choice) -> list[EntryId]:
    """Return the entries whose private reflection is on the page."""
    return _check(vault, subject).private


def subjects(vault: OpenVault, client: ClientId | None) -> list[Subject]:
    """Return a summary of all that waits for supervision, where anything does."""
    everything = Summaries(vault).everything()
    return [Subject(checked=everything)] if everything.items and client is None else []


def _check(vault: OpenVault, subject: Subject) -> Check:
    return Summaries(vault).check(subject.checked or Checked())
