"""The sheet for the day the computer is lost: of the vault that is open, or to fill in by hand."""

from alliance_desktop.documents import lost_computer
from alliance_desktop.documents.pages import Page
from alliance_desktop.domain.clock import local
from alliance_desktop.services.access import OpenVault
from alliance_desktop.services.paper.choice import Choice, Subject
from alliance_desktop.services.paper.ground import Ground


def make(vault: OpenVault, _subject: Subject, _choice: Choice) -> Page:
    """Return the sheet with the day the vault was made, and the day of the last backup outside the computer."""
    made, outside = vault.created_at, vault.backups.seen.outside_at
    return lost_computer.lost_computer(
        made_on=local(made).date() if made is not None else None,
        outside_on=local(outside).date() if outside is not None else None,
        sample=vault.sample,
    )


def blank(ground: Ground, _choice: Choice) -> Page:
    """Return the sheet with lines to write on."""
    return lost_computer.lost_computer(sample=ground.sample)
