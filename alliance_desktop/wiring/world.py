"""What the program takes from the world: clock, chance, home, printer, dialog, timers."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QWidget

from alliance_desktop.services.machine import Machine
from alliance_desktop.ui.idle import Idle, awake_and_asleep

if TYPE_CHECKING:
    import datetime

    from alliance_desktop.keys.derivation import Kdf
    from alliance_desktop.services.process import Handover
    from alliance_desktop.services.stamps import Now, Random
    from alliance_desktop.ui.capture import Block
    from alliance_desktop.ui.paused import Paused
    from alliance_desktop.ui.preview_page import AskPath, PrintSheets
    from alliance_desktop.ui.second_start import Claim


def _ask_path(parent: QWidget, name: str) -> Path | None:
    """Ask with the dialog of the toolkit, which is loaded when somebody wants to save."""
    from alliance_desktop.ui.file_dialog import choose_file

    return choose_file(parent, name)


def _now() -> "datetime.datetime":
    import datetime

    return datetime.datetime.now(datetime.UTC)


def _slept_seconds() -> float:
    from alliance_desktop.ui.triggers import slept_seconds

    return slept_seconds()


class World(NamedTuple):
    """What the program takes from the world, so that a test can hand in its own.

    `relaunch` replaces the process at each lock and `make_claim` lets one window have a vault; without them the program
    stays in its process, beside any other. `block` keeps windows out of captures, `slept` answers seconds slept so far,
    `seconds` the time that passes awake and asleep.
    """

    now: "Now" = _now
    random: "Random" = os.urandom
    machine: Machine | None = None
    home: Path | None = None
    kdf: "Kdf | None" = None
    idle: Idle | None = None
    paused: "Paused | None" = None
    print_sheets: "PrintSheets | None" = None
    ask_path: "AskPath" = _ask_path
    relaunch: "Callable[[Handover], None] | None" = None
    make_claim: "Callable[[Path], Claim] | None" = None
    block: "Block | None" = None
    slept: Callable[[], float] = _slept_seconds
    seconds: Callable[[], float] = awake_and_asleep


def usual_place(home: Path) -> Path:
    """Return where a counsellor would look for notes: the folder for documents where there is one."""
    documents = home / "Documents"
    return documents if documents.is_dir() else home
