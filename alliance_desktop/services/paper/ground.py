"""What a page to fill in by hand is made from: no client, and no vault where none is open."""

from typing import NamedTuple

from alliance_desktop.services.forms import Forms
from alliance_desktop.services.preferences import Preferences


class Ground(NamedTuple):
    """The forms, the counsellor's settings or the usual ones, and whether the vault is the sample."""

    forms: Forms
    preferences: Preferences
    sample: bool = False

    @property
    def turn_to(self) -> tuple[str, ...]:
        """Whom a client can turn to, line by line, as the settings say."""
        return tuple(self.preferences.who_to_turn_to.splitlines())
