"""What can be asked for on the command line without a window."""

import argparse
import os
from pathlib import Path

from alliance_desktop.offline.exits import MEANINGS

Place = tuple[str, str, str]
"""A path that a command is given: its name, what the help calls it, and what it means; `--` makes it an option."""

_VAULT: Place = ("source", "VAULT", "a vault's folder")
_WHAT: dict[str, tuple[str, tuple[Place, ...]]] = {
    "verify": (
        "look at a whole vault or backup, every page and every row; nothing is changed",
        (("source", "VAULT-OR-BACKUP", "a vault's folder or a .vbak file"),),
    ),
    "backup": (
        "make a backup of a vault, and read it back before it counts",
        (_VAULT, ("place", "DEST", "the folder that the backup is put into")),
    ),
    "restore": (
        "make a vault from a backup, in a new folder",
        (("source", "BACKUP", "a .vbak file"), ("place", "NEWFOLDER", "a folder that does not exist yet")),
    ),
    "salvage": (
        "save what can be read of a damaged vault, in a new folder; the damaged vault is left as it is",
        (_VAULT, ("place", "NEWFOLDER", "a folder that does not exist yet")),
    ),
    "export": (
        "take everything that is written in a vault out, into one file that is NOT protected",
        (_VAULT, ("--out", "FILE", "a file that does not exist yet")),
    ),
    "import": (
        "bring a file that was taken out, or made by a script, into a vault: all of it or nothing",
        (_VAULT, ("file", "FILE", "a file of the exchange format")),
    ),
}
WARNED = {
    "export": (
        "Everything in the vault will lie in one file that is not encrypted. Whoever has it can read every note. "
        "Ctrl+C stops here."
    )
}
"""What is said before anything is asked."""


def exit_codes() -> str:
    """Return the exit codes with their meanings, a line each."""
    return "exit codes:\n" + "\n".join(f"  {code.value:3}  {meaning}" for code, meaning in MEANINGS.items())


def named_path(text: str) -> Path:
    """Return the path that was typed; an empty one names nothing, and least of all the current folder."""
    if not text:
        raise argparse.ArgumentTypeError("a path cannot be empty")
    return Path(text)


def named_file(text: str) -> Path:
    """Return the path of a file that was typed; one that ends as a folder's does names none."""
    if text and os.path.basename(text) in {"", os.curdir, os.pardir}:
        raise argparse.ArgumentTypeError("this names a folder; add the name of a file")
    return named_path(text)


def add_commands(parser: argparse.ArgumentParser) -> None:
    """Add the commands that work without a window to the program's own arguments."""
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands that need no window")
    for name, (what, places) in _WHAT.items():
        one = commands.add_parser(
            name,
            help=what,
            description=f"{what[0].upper()}{what[1:]}. The passphrase is asked for; progress is told on stderr.",
            epilog=exit_codes(),
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        for dest, metavar, meaning in places:
            type_ = named_file if metavar == "FILE" else named_path
            if dest.startswith("--"):
                one.add_argument(dest, metavar=metavar, type=type_, help=meaning, required=True)
            else:
                one.add_argument(dest, metavar=metavar, type=type_, help=meaning)
        _add_ways(one.add_mutually_exclusive_group())


def _add_ways(ways: argparse._MutuallyExclusiveGroup) -> None:
    for flag, meaning in (
        ("--passphrase-stdin", "read the passphrase from the first line of standard input"),
        ("--recovery", "ask for the recovery key of the sheet instead of the passphrase"),
        ("--recovery-stdin", "read the recovery key from the first line of standard input"),
    ):
        ways.add_argument(flag, dest="way", action="store_const", const=flag.removeprefix("--"), help=meaning)
