"""The record of a lost device, and the same to fill in by hand."""

from alliance_desktop.documents import incident
from alliance_desktop.documents.pages import Page
from alliance_desktop.domain.answers import said_day
from alliance_desktop.domain.entry import ClientId
from alliance_desktop.services.access import OpenVault
from alliance_desktop.services.lost_device import FORM
from alliance_desktop.services.paper.choice import Choice, Offered, Subject
from alliance_desktop.services.paper.ground import Ground


def make(vault: OpenVault, subject: Subject, _choice: Choice) -> Page:
    """Return the record as it was written."""
    if subject.entry is None:
        raise ValueError("a record of a lost device is about an entry")
    entry = vault.notebook.entry(subject.entry)
    return incident.incident(vault.forms.of(entry), entry, sample=vault.sample)


def blank(ground: Ground, _choice: Choice) -> Page:
    """Return the record with lines to write on."""
    return incident.blank_incident(ground.forms.current(FORM), sample=ground.sample)


def offered(vault: OpenVault, _client: ClientId | None) -> list[Offered]:
    """Return the records that there are, the newest first."""
    known = [one for one in vault.notebook.of_form(FORM) if vault.forms.known(one) is not None]
    return [Offered(said_day(one.happened_on, one.about), Subject(entry=one.id)) for one in reversed(known)]
