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
class SheetLook:
    """How a sheet is printed: on which paper, "a4" or "letter", and whether in large print."""

    paper: str = "a4"
    large: bool = False


@dataclass(frozen=True)
class FirstChoices:
    """What was chosen on the last page: minutes until the vault locks itself, and the paper, "a4" or "letter"."""

    auto_lock_minutes: int
    paper: str


@dataclass(frozen=True)
class FirstRunNeeds:
    """The functions and facts the wizard works with.

    `create` runs in a thread and may raise a KnownError; `print_sheet` and `save_sheet` run in the window's
    thread, and the latter answers the sentence to show, or an empty text when nothing was saved. `print_lost` prints
    the sheet for the day the computer is lost, `sheet_text` is the recovery sheet as plain text. `left` gets the
    vault that the pages were left with, or, where they were left while it was made, what came of it afterwards.
    """

    create: Callable[[Path, str], MadeVault]
    rules: PassphraseRules
    print_sheet: Callable[[MadeVault, SheetLook], str]
    save_sheet: Callable[[MadeVault, SheetLook], str]
    print_lost: Callable[[MadeVault, SheetLook], str]
    sheet_text: Callable[[MadeVault], str]
    random: Callable[[int], bytes]
    home: Path
    paper: str = "a4"
    left: Callable[[MadeVault | KnownError], None] = lambda _came: None
