"""What "Prove it" found, in sentences that a counsellor understands."""

from typing import NamedTuple

from alliance_desktop.domain.backup_errors import said_size
from alliance_desktop.services.hardening import Hardness
from alliance_desktop.services.surroundings import Sockets

_REPORT = "Lock the vault, keep the folder as it is, and report this (Security in the program's papers says how)."


class Searched(NamedTuple):
    """What a search for the counsellor's own words came to; `where` counts by file, `control` in the plain text."""

    pieces: int
    files: int
    size: int
    where: dict[str, int]
    control: int
    is_plain: bool


def said_search(found: Searched) -> str:
    """Return what the search of the files came to, and what shows that it can find anything."""
    if not found.pieces:
        return "Nothing is written yet that could be looked for."
    if found.control != found.pieces:
        return "The search did not find even plain text on this computer, so it proves nothing."
    looked = (
        f"{_counted(found.pieces, 'piece')} of your notes, a word or two each, "
        f"{'was' if found.pieces == 1 else 'were'} looked for in {_counted(found.files, 'file')} "
        f"({said_size(found.size)}), byte by byte"
    )
    if found.where or found.is_plain:
        names = ", ".join(sorted(found.where)) or "one that is not encrypted at all"
        return f"{looked}. Readable words were found, in: {names}. {_REPORT}"
    control = (
        "To see that the search works, the same words were written, for a moment and only in memory, as plain text: "
        "there it found all of them."
    )
    return f"{looked}: none found. {control}"


def said_sockets(found: Sockets | None) -> str:
    """Return what the system told of the connections of this program."""
    if found is None:
        return (
            "This system does not let a program look for itself. The program has no part that could use a network; "
            "a firewall can show you the same."
        )
    if found.abroad:
        return (
            f"The system tells of {_counted(found.abroad, 'connection')} that can reach other computers. Printing "
            f"opens one to a printer. If you have not printed just now, report this."
        )
    within = f"{_counted(found.here, 'connection')} within this computer, to the screen and the desktop"
    if found.unknown:
        return f"There are {within}, and {found.unknown} of a kind that the system does not describe."
    return f"The system tells of none at all to other computers; there are only {within}."


def said_hardness(found: Hardness) -> str:
    """Return what holds for this process, and what does not on this computer."""
    facts = {
        "read the program's memory": found.no_reading,
        "halt it and step through it": found.no_debugger,
    }
    held = [what for what, holds in facts.items() if holds]
    open_ends = [what for what, holds in facts.items() if not holds]
    said = []
    if held:
        said.append(f"The system lets no other program of yours {' or '.join(held)}.")
    if open_ends:
        said.append(f"This system lets other programs of yours {' or '.join(open_ends)}.")
    if found.no_core_dump:
        said.append("If the program crashes, its memory is not written to disk.")
    else:
        said.append("If the program crashes, this system may write its memory to disk.")
    said.append("Nothing keeps out whoever has administrator rights on this computer.")
    return " ".join(said)


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
