"""What the first run needs from outside: functions and a few facts, no services."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from alliance_desktop.domain.errors import KnownError
from alliance_desktop.ui.new_passphrase import PassphraseRules


@dataclass(frozen=True)
class MadeVault:
    """A vault just made: where it is, the groups of its recovery key, and what opens it (not looked into)."""

    folder: Path
    groups: tuple[str, ...]
    secrets: Any


@dataclass(frozen=True)
class FirstChoices:
    """What was chosen on the last page: minutes until the vault locks itself, and the paper, "a4" or "letter"."""

    auto_lock_minutes: int
    paper: str


@dataclass(frozen=True)
class FirstRunNeeds:
    """The functions and facts the wizard works with.

    `create` runs in a thread and may raise a KnownError; `print_sheet` and `save_sheet` run in the window's
    thread, and the latter answers the sentence to show, or an empty text when nothing was saved. `left` gets the
    vault that the pages were left with, or, where they were left while it was made, what came of it afterwards.
    """

    create: Callable[[Path, str], MadeVault]
    rules: PassphraseRules
    print_sheet: Callable[[MadeVault], str]
    save_sheet: Callable[[MadeVault], str]
    random: Callable[[int], bytes]
    home: Path
    paper: str = "a4"
    left: Callable[[MadeVault | KnownError], None] = lambda _came: None
