"""What the tests of the command line share: a screen, and a way to give commands in this process."""

import argparse
import datetime
import io
import os
from pathlib import Path
from typing import NamedTuple

from vault_cases import BEGAN, PASSPHRASE

from alliance_desktop.offline.acts import Means
from alliance_desktop.offline.arguments import add_commands
from alliance_desktop.offline.run import run
from alliance_desktop.offline.terminal import Terminal
from alliance_desktop.services.machine import Machine

NOW = BEGAN + datetime.timedelta(days=1)


class Screen(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


class Said(NamedTuple):
    """What a command ended with."""

    code: int
    out: str
    err: str


class Commands:
    """Gives commands as they would be typed, and says how they ended."""

    def __init__(self, state: Path) -> None:
        self.machine = Machine(state)

    def __call__(self, *words: object, typed=f"{PASSPHRASE}\n", way="--passphrase-stdin", **more) -> Said:
        parser = argparse.ArgumentParser()
        add_commands(parser)
        asked = parser.parse_args([str(one) for one in words] + ([way] if way else []))
        out, err = more.get("out") or io.StringIO(), more.get("err") or io.StringIO()
        terminal = Terminal(out, err, io.StringIO(typed), more.get("ask"))
        code = run(asked, Means(lambda: NOW, os.urandom, self.machine, terminal))
        return Said(code, out.getvalue(), err.getvalue())
