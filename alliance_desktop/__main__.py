"""The command line: open a vault, try the sample caseload, let the program test itself."""

# Whatever takes time to import is imported where Ctrl+C is already caught.
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from alliance_desktop.services.process import Handover
    from alliance_desktop.ui.capture import Block
    from alliance_desktop.ui.second_start import Claim
    from alliance_desktop.ui.window import MainWindow
    from alliance_desktop.wiring import Program

_STOPPED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program as the command line asks; return the exit code, see `offline/exits.py`."""
    # Files are for their owner only, whatever the computer's own habit is.
    os.umask(0o077)
    _fill_closed_streams()
    try:
        return _run(arguments)
    except KeyboardInterrupt:
        return _STOPPED


def _fill_closed_streams() -> None:
    """Let no file of a vault get the number of a standard stream that was closed: messages would go into it."""
    place = os.open(os.devnull, os.O_RDWR)
    while place <= 2:
        os.set_inheritable(place, True)
        place = os.open(os.devnull, os.O_RDWR)
    os.close(place)


def _run(arguments: Sequence[str] | None) -> int:
    from alliance_desktop.services import hardening

    hardening.harden()
    handover = _handed_over() if hardening.HANDOVER in os.environ else None
    given = sys.argv[1:] if arguments is None else arguments
    if not given:
        # A double-click asks for nothing, and does not wait for what reads arguments.
        return _show(None, handover, demo=False)
    asked = _parser().parse_args(given)
    if (asked.json and not asked.self_test) or (asked.keep and not asked.self_test):
        return _refuse("--json and --keep go with --self-test")
    if asked.command and (asked.vault or asked.demo or asked.self_test):
        return _refuse("a command goes without --vault, --demo and --self-test")
    if asked.command:
        from alliance_desktop.offline.run import run as run_command

        return run_command(asked)
    if asked.self_test:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        from alliance_desktop.selftest.run import run

        return run(asked.keep, as_json=asked.json)
    return _show(asked.vault, handover, demo=asked.demo)


def _handed_over() -> "Handover | None":
    from alliance_desktop.services.process import take_handover

    return take_handover(os.environ)


def _refuse(why: str) -> int:
    from alliance_desktop.offline.exits import Exit
    from alliance_desktop.offline.terminal import Terminal

    Terminal().fault(why)
    return Exit.WRONG_ARGUMENTS


def _parser() -> "argparse.ArgumentParser":
    import argparse

    from alliance_desktop import __version__
    from alliance_desktop.offline.arguments import add_commands, exit_codes, named_path

    parser = argparse.ArgumentParser(
        prog="alliance-desktop",
        description="An offline, encrypted notebook for counsellors.",
        epilog=exit_codes(),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"Alliance Desktop {__version__}")
    parser.add_argument("--vault", type=named_path, metavar="FOLDER", help="unlock the vault in this folder")
    parser.add_argument("--demo", action="store_true", help="open a sample caseload of invented people")
    parser.add_argument("--self-test", action="store_true", help="try the whole program in a temporary folder")
    parser.add_argument("--json", action="store_true", help="with --self-test: print the steps as JSON lines")
    parser.add_argument(
        "--keep", type=named_path, metavar="FOLDER", help="with --self-test: use this folder, and keep it"
    )
    add_commands(parser)
    return parser


def _show(folder: "Path | None", handover: "Handover | None", *, demo: bool) -> int:
    from alliance_desktop.domain import collecting
    from alliance_desktop.ui.qt_loading import load_qt

    # What is made until the first page is on screen stays; looking through all of it again and again takes its time.
    let_go = collecting.held()
    load_qt()
    from alliance_desktop.ui import first_picture
    from alliance_desktop.ui.application import make_application
    from alliance_desktop.wiring import Program, World

    if not demo:
        # The sample is open before the first picture: nothing is put off there.
        first_picture.wait()
    app = make_application(sys.argv[:1])
    program = Program(World(relaunch=_relaunch, make_claim=_claim, block=_block()))
    sys.excepthook = program.report
    program.ahead.first.append(let_go)
    program.ahead.fetched.append(lambda: _keep(program))
    first_picture.after(lambda: _end_on_signals(program.window))
    if handover is not None:
        program.take_over(handover)
    elif not program.begin(folder, demo=demo):
        from alliance_desktop.offline.terminal import Terminal

        Terminal().result("Alliance Desktop is open already; its window was brought to the front.")
        return 0
    program.window.show()
    program.listen()
    return app.exec()


def _keep(program: "Program") -> None:
    """Never look through what was fetched for unused objects; nothing that a vault will be shown in is among it."""
    from alliance_desktop.domain import collecting

    if program.vault is None:
        collecting.keep_all()


def _block() -> "Block | None":
    if sys.platform != "win32":
        return None
    from alliance_desktop.ui.capture import block_of_this_system

    return block_of_this_system()


def _claim(folder: "Path") -> "Claim":
    from alliance_desktop.ui.second_start import Claim

    return Claim(folder)


def _end_on_signals(window: "MainWindow") -> None:
    from alliance_desktop.ui.signals import close_on_signals

    close_on_signals(window)


def _relaunch(handover: "Handover") -> None:
    from alliance_desktop.services.process import relaunch

    relaunch(handover)


if __name__ == "__main__":
    sys.exit(main())
