"""What stands beside a card or on a client's page and follows what is written: which card has which.

A factory gets the open vault and whose page it is (None for the counsellor's own entries).
"""

from collections.abc import Callable

from alliance_desktop.domain.entry import ClientId
from alliance_desktop.services.access import OpenVault
from alliance_desktop.ui.companions.companion import ClientPanel, Companion

COMPANIONS: dict[tuple[str, str], Callable[[OpenVault, ClientId | None], Companion]] = {}
"""By the shipped form and its card; a counsellor's copy of a form has the companion of the form it is of."""

CLIENT_PANELS: list[Callable[[OpenVault, ClientId], ClientPanel]] = []
"""What stands over the timeline of a client, top to bottom; a panel hides while it has nothing to say."""
