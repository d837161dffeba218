"""The recovery sheet: the one paper that opens a vault without its passphrase."""

import datetime
from collections.abc import Sequence

from alliance_desktop.documents.pages import RecoverySheet
from alliance_desktop.domain.answers import long_day

_WORDS = {
    "title": "Recovery sheet",
    "lead": "This key opens your notes when the passphrase is forgotten.",
    "key": "Recovery key",
    "why": "Why it matters",
    "nobody": "Nobody, us included, can open this without one of the two: your passphrase or this sheet. "
    "The program keeps no other copy of the key.",
    "use": "How to use it",
    "steps": "Choose “Use the recovery sheet instead” where the passphrase is asked for.\n"
    "Type the groups in their order; spaces and capitals do not matter.\n"
    "Choose a new passphrase.",
    "keep": "Where to keep it",
    "places": "In a locked drawer or a safe, or in a sealed envelope with someone you trust.\n"
    "Not with the computer, and not as a photo or a file.\n"
    "Whoever holds both this sheet and the computer can read your notes.",
    "vault": "Vault",
    "made": "Made on",
    "page": "Page {n} of {count}",
    "sample": "SAMPLE",
}


def recovery_sheet(groups: Sequence[str], *, vault: str, on: datetime.date, sample: bool = False) -> RecoverySheet:
    """Return the sheet for a recovery key in its typed groups; `vault` is the short id shown small."""
    return RecoverySheet(words=_WORDS, sample=sample, groups=tuple(groups), vault=vault, date=long_day(on))
