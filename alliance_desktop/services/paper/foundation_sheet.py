"""What was talked through with a client at the beginning, and its topics to fill in by hand."""

from alliance_desktop.documents.foundation_sheet import blank_foundation_sheet, foundation_sheet
from alliance_desktop.documents.pages import Page
from alliance_desktop.domain.answers import said_day
from alliance_desktop.domain.entry import ClientId
from alliance_desktop.domain.story import by_date
from alliance_desktop.services.access import OpenVault
from alliance_desktop.services.paper.choice import Choice, Offered, Subject
from alliance_desktop.services.paper.ground import Ground
from alliance_desktop.services.paper.names import ticked_name

FORM = "foundation"


def offered(vault: OpenVault, client: ClientId | None) -> list[Offered]:
    """Return a client's first agreements, newest first."""
    mine = by_date(vault.notebook.of_form(FORM, client)) if client is not None else []
    known = [one for one in reversed(mine) if vault.forms.known(one) is not None]
    return [Offered(said_day(one.happened_on, one.about), Subject(client=client, entry=one.id)) for one in known]


def make(vault: OpenVault, subject: Subject, choice: Choice) -> Page:
    """Return the sheet of one entry; who said yes, and how, is on it only where it was ticked."""
    if subject.entry is None:
        raise ValueError("a sheet of agreements is one entry")
    entry = vault.notebook.entry(subject.entry)
    return foundation_sheet(
        entry,
        vault.forms.of,
        language=choice.language,
        name=ticked_name(vault, entry.client, choice) if entry.client is not None else None,
        parts=choice.parts,
        sample=vault.sample,
    )


def blank(ground: Ground, choice: Choice) -> Page:
    """Return the topics with boxes and room."""
    return blank_foundation_sheet(language=choice.language, sample=ground.sample)
