"""The emergency card, from what the settings say, or to fill in by hand."""

from alliance_desktop.documents import emergency_card
from alliance_desktop.documents.pages import Page
from alliance_desktop.services.access import OpenVault
from alliance_desktop.services.paper.choice import Choice, Subject
from alliance_desktop.services.paper.ground import Ground


def make(vault: OpenVault, _subject: Subject, choice: Choice) -> Page:
    """Return the card with the emergency list, and whom a client can turn to."""
    kept = vault.settings.preferences()
    return emergency_card.emergency_card(
        kept.emergency_list.splitlines(),
        kept.who_to_turn_to.splitlines(),
        language=choice.language,
        sample=vault.sample,
    )


def is_told(ground: Ground) -> bool:
    """Say whether the settings name anybody to stand on the card."""
    return bool(ground.preferences.emergency_list.strip() or ground.preferences.who_to_turn_to.strip())


def blank(ground: Ground, choice: Choice) -> Page:
    """Return the card with lines to write on."""
    return emergency_card.emergency_card([], [], language=choice.language, sample=ground.sample)
