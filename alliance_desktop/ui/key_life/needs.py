"""What the pages of the keys need from outside, beside the keys themselves."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from alliance_desktop.ui.first_run.paper import SheetPaper
from alliance_desktop.ui.new_passphrase import PassphraseRules


@dataclass(frozen=True)
class KeyNeeds:
    """The rules for passphrases, the sheets on paper, chance, where the vault is, and which paper is usual."""

    rules: PassphraseRules
    paper: SheetPaper
    random: Callable[[int], bytes]
    folder: Path
    executor: SheetPaper
    usual_paper: str = "a4"
