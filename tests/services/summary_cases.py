"""Summaries for supervision for the tests: of all that waits, with what is ticked."""

from typing import Any

from alliance_desktop.documents.twin import twin
from alliance_desktop.domain.audience import Part
from alliance_desktop.domain.entry import ClientId, EntryId
from alliance_desktop.domain.unnamed.by_hand import Checked, Hand
from alliance_desktop.services.access import OpenVault
from alliance_desktop.services.notebook import WriteCard
from alliance_desktop.services.summaries import Summaries
from alliance_desktop.services.supervision import key_of


def everything(vault: OpenVault, *parts: Part, hands: tuple[Hand, ...] = ()) -> Checked:
    """Return the choice of all that waits."""
    return Checked(items=tuple(map(key_of, vault.supervision.agenda())), parts=frozenset(parts), hands=hands)


def told(vault: OpenVault, *parts: Part, hands: tuple[Hand, ...] = ()) -> str:
    """Return the text of a summary of all that waits."""
    return twin(Summaries(vault).check(everything(vault, *parts, hands=hands)).sheet())


def write(vault: OpenVault, form: str, card: str, client: ClientId | None = None, /, **answers: Any) -> EntryId:
    """Write one card of a client's, or of nobody's."""
    entry = vault.notebook.new_entry()
    vault.notebook.write(WriteCard(client=client, form=form, card=card, answers=answers, entry=entry))
    return entry
