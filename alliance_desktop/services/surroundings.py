"""What the system says of this process from outside: which connections it has open."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

_SOCKET = re.compile(r"socket:\[(\d+)\]")
_ABROAD = ("tcp", "tcp6", "udp", "udp6", "udplite", "udplite6", "raw", "raw6", "icmp", "icmp6")
_LOCAL = {"unix": 6, "netlink": 9, "packet": 8}
_INODE_ABROAD = 9
_HERE = re.compile(r"([0-9A-F]{6}7F|0{24}01000000|0{16}FFFF0000[0-9A-F]{6}7F):", re.ASCII)


class Sockets(NamedTuple):
    """How many connections are open: to or from other computers, within this computer, and of a kind not known."""

    abroad: int
    here: int
    unknown: int


def open_sockets(proc: Path = Path("/proc")) -> Sockets | None:
    """Return the connections of this process; None where the system does not tell (elsewhere than on Linux)."""
    try:
        mine = set(_mine(proc / "self" / "fd"))
        tables = {name: list(_lines(proc / "net" / name)) for name in (*_ABROAD, *_LOCAL)}
    except OSError:
        return None
    if not tables["unix"]:
        return None
    abroad = {line[_INODE_ABROAD] for name in _ABROAD for line in tables[name] if not _is_within(line)}
    within = {line[_INODE_ABROAD] for name in _ABROAD for line in tables[name] if _is_within(line)}
    within |= {line[at] for name, at in _LOCAL.items() if name != "packet" for line in tables[name]}
    abroad |= {line[_LOCAL["packet"]] for line in tables["packet"]}
    return Sockets(len(mine & abroad), len(mine & within), len(mine - abroad - within))


def _mine(folder: Path) -> Iterator[str]:
    """Yield the numbers by which the system knows the sockets of this process."""
    for one in folder.iterdir():
        try:
            found = _SOCKET.fullmatch(os.readlink(one))
        except OSError:
            # The folder itself was open while it was listed.
            continue
        if found:
            yield found[1]


def _lines(table: Path) -> Iterator[list[str]]:
    """Yield the rows of a table of the system; of one it does not have, none."""
    try:
        text = table.read_text(encoding="ascii", errors="replace")
    except FileNotFoundError:
        return
    for line in text.splitlines()[1:]:
        # Names of local sockets can be anything; the columns before them are what counts.
        columns = line.split()
        yield columns + [""] * (_INODE_ABROAD + 1 - len(columns))


def _is_within(line: list[str]) -> bool:
    """Say whether a row is of a connection that both begins and ends, or only waits, on this computer itself."""
    own, other = line[1], line[2]
    waits = other.partition(":")[0].strip("0") == ""
    return bool(_HERE.match(own)) and (waits or bool(_HERE.match(other)))
