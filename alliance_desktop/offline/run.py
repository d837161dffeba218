"""A command without a window, from its arguments to its exit code."""

import argparse
import datetime
import os
import sys

from alliance_desktop.domain.errors import KnownError
from alliance_desktop.offline.acts import Acts, Means
from alliance_desktop.offline.arguments import WARNED
from alliance_desktop.offline.exits import Exit, exit_of
from alliance_desktop.offline.stopping import stoppable
from alliance_desktop.offline.terminal import STOPPED, Terminal, UnaskableError
from alliance_desktop.services.machine import Machine

INSTEAD = (
    "Nothing was changed. The command salvage saves what can be read into a new folder; the command restore makes a "
    "vault from a backup."
)


def run(asked: argparse.Namespace, means: Means | None = None) -> int:
    """Do what was asked for and return the exit code; a fault of the program passes, and ends in `Terminal.report`."""
    means = means or _of_this_computer()
    terminal = means.terminal
    try:
        if asked.command in WARNED:
            terminal.step(WARNED[asked.command])
        given = terminal.secret(asked.way)
        with stoppable() as is_stopped:
            done = Acts(means, is_stopped).do(asked, given)
            for line in done.lines:
                terminal.result(line)
    except UnaskableError as why:
        terminal.fault(str(why))
        return Exit.WRONG_ARGUMENTS
    except KeyboardInterrupt:
        terminal.fault(STOPPED)
        return Exit.STOPPED
    except KnownError as fault:
        code = exit_of(fault)
        advised = asked.command == "verify" and code in {Exit.DAMAGED, Exit.ALARM}
        terminal.fault(f"{fault.sentence} {INSTEAD}" if advised else str(fault))
        return code
    return done.exit


def _of_this_computer() -> Means:
    terminal = Terminal()
    sys.excepthook = terminal.report
    return Means(lambda: datetime.datetime.now(datetime.UTC), os.urandom, Machine.of_this_computer(), terminal)
