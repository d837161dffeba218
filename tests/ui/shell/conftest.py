"""Windows, caseloads and first runs with valid defaults."""

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from shell_cases import Clock

from alliance_desktop.keys import passphrase
from alliance_desktop.ui.client_list import ClientList
from alliance_desktop.ui.idle import Idle
from alliance_desktop.ui.later import Later
from alliance_desktop.ui.new_passphrase import PassphraseRules
from alliance_desktop.ui.strain_list import StrainList
from alliance_desktop.ui.window import MainWindow
from alliance_desktop.ui.workspace import Workspace


@pytest.fixture
def clock() -> Clock:
    """A clock that stands still until moved."""
    return Clock()


@pytest.fixture
def rules() -> PassphraseRules:
    """The real rules, with chance taken out."""
    chance = random.Random(7)
    return PassphraseRules(passphrase.problems, passphrase.strength, lambda: passphrase.suggest(chance.randbytes))


@pytest.fixture
def window(qtbot: QtBot, clock: Clock) -> MainWindow:
    """A shown window whose clock stands still."""
    made = MainWindow(idle=Idle(5, clock))
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    return made


@pytest.fixture
def make_workspace() -> Callable[..., Workspace]:
    """A maker of workspaces with two places and a list in each."""

    def make(clients: Any = (), sample: bool = False) -> Workspace:
        made = Workspace()
        listed = ClientList()
        listed.set_clients(clients)
        made.add_place("clients", Later(lambda: listed), "Choose a client on the left, or add one.")
        made.add_place("strains", Later(StrainList), "Choose a strain on the left.")
        made.show_place("clients")
        if sample:
            made.header.mark_sample()
        return made

    return make


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder to put vaults into."""
    folder = tmp_path / "home"
    folder.mkdir()
    return folder
