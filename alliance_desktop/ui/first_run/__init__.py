"""The first minutes: from an empty computer to a vault with a recovery sheet that was proved readable."""

from alliance_desktop.ui.first_run.needs import FirstChoices, FirstRunNeeds, MadeVault
from alliance_desktop.ui.first_run.wizard import FirstRun

__all__ = ["FirstChoices", "FirstRun", "FirstRunNeeds", "MadeVault"]
