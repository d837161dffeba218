"""The command line: open a vault, try the sample caseload, let the program test itself."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from alliance_desktop import __version__
from alliance_desktop.offline.arguments import add_commands, exit_codes
from alliance_desktop.services import process


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program as the command line asks; return the exit code, see `offline/exits.py`."""
    # Files are for their owner only, whatever the computer's own habit is.
    os.umask(0o077)
    process.harden()
    handover = process.take_handover(os.environ)
    asked = _parser().parse_args(arguments)
    if (asked.json and not asked.self_test) or (asked.keep and not asked.self_test):
        sys.stderr.write("alliance-desktop: --json and --keep go with --self-test\n")
        return 2
    if asked.command and (asked.vault or asked.demo or asked.self_test):
        sys.stderr.write("alliance-desktop: a command goes without --vault, --demo and --self-test\n")
        return 2
    if asked.command:
        from alliance_desktop.offline.run import run as run_command

        return run_command(asked)
    if asked.self_test:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        from alliance_desktop.selftest.run import run

        return run(asked.keep, as_json=asked.json)
    return _show(asked.vault, handover, demo=asked.demo)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="alliance-desktop",
        description="An offline, encrypted notebook for counsellors.",
        epilog=exit_codes(),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"Alliance Desktop {__version__}")
    parser.add_argument("--vault", type=Path, metavar="FOLDER", help="unlock the vault in this folder")
    parser.add_argument("--demo", action="store_true", help="open a sample caseload of invented people")
    parser.add_argument("--self-test", action="store_true", help="try the whole program in a temporary folder")
    parser.add_argument("--json", action="store_true", help="with --self-test: print the steps as JSON lines")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="with --self-test: use this folder and keep it")
    add_commands(parser)
    return parser


def _show(folder: Path | None, handover: process.Handover | None, *, demo: bool) -> int:
    from alliance_desktop.ui.application import make_application
    from alliance_desktop.ui.capture import block_of_this_system
    from alliance_desktop.ui.second_start import Claim
    from alliance_desktop.ui.signals import close_on_signals
    from alliance_desktop.wiring import Program, World

    app = make_application(sys.argv[:1])
    program = Program(World(relaunch=process.relaunch, make_claim=Claim, block=block_of_this_system()))
    sys.excepthook = program.report
    close_on_signals(program.window)
    if handover is not None:
        program.take_over(handover)
    elif not program.begin(folder, demo=demo):
        if sys.stdout is not None:
            sys.stdout.write("Alliance Desktop is open already; its window was brought to the front.\n")
        return 0
    program.window.show()
    program.listen()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
