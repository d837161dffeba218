"""The client's name on a page, which is on it only where it was ticked."""

from alliance_desktop.domain.audience import Part
from alliance_desktop.domain.client import NO_CODE, Client
from alliance_desktop.domain.entry import ClientId
from alliance_desktop.services.access import OpenVault
from alliance_desktop.services.paper.choice import Choice


def ticked_name(vault: OpenVault, client: ClientId, choice: Choice) -> str | None:
    """Return what a client likes to be called where `Part.NAME` is ticked and they are called anything; else None."""
    called = vault.notebook.client(client).called
    return called if Part.NAME in choice.parts and called != NO_CODE else None


def whose(client: Client | None, choice: Choice) -> tuple[str, ...]:
    """Return who a page is about: the client's code, and their name where that is ticked."""
    if client is None:
        return ()
    named = (client.full_name or client.called,) if Part.NAME in choice.parts else ()
    return tuple(dict.fromkeys(one for one in (*named, client.code) if one.strip()))
