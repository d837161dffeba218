"""The client's name on a page, which is on it only where it was ticked."""

from alliance_desktop.domain.audience import Part
from alliance_desktop.domain.client import NO_CODE
from alliance_desktop.domain.entry import ClientId
from alliance_desktop.services.access import OpenVault
from alliance_desktop.services.paper.choice import Choice


def ticked_name(vault: OpenVault, client: ClientId, choice: Choice) -> str | None:
    """Return what a client likes to be called where `Part.NAME` is ticked and they are called anything; else None."""
    called = vault.notebook.client(client).called
    return called if Part.NAME in choice.parts and called != NO_CODE else None
