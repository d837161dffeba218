"""What a program asked of the system, recorded by strace and read back: every call with all its data."""

import os
import re
import subprocess
import sys
from binascii import unhexlify
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

from tests.reliability.registry import ROOT

FILE_CALLS = (
    "open,openat,creat,close,write,pwrite64,writev,pwritev,pwritev2,truncate,ftruncate,fallocate,fsync,fdatasync,"
    "unlink,unlinkat,rename,renameat,renameat2,link,linkat,mkdir,mkdirat,rmdir,lseek,dup,dup2,dup3,sendfile,"
    "copy_file_range"
)
_CALL = re.compile(r"^(\d+) +(\w+)\((.*)\) += (-?\d+|0x[0-9a-f]+|\?)", re.DOTALL)
_RESUMED = re.compile(r"^(\d+) +<\.\.\. \w+ resumed>(.*)$", re.DOTALL)
_UNFINISHED = re.compile(r"^(\d+) +(.*)<unfinished \.\.\.>$", re.DOTALL)
_PART = re.compile(r'"((?:\\x[0-9a-f]{2})*)"|([^",]+)')


class Call(NamedTuple):
    """One call that came back: its name, its arguments (texts as bytes, the rest as written), and its answer."""

    name: str
    arguments: tuple[bytes | str, ...]
    answer: int

    def number(self, at: int) -> int:
        """Return an argument that is a number."""
        return int(str(self.arguments[at]), 0)


def recording(log: Path, calls: str) -> list[str]:
    """Return the beginning of a command that records calls of a program and its children, with all their data."""
    how = ["-f", "-qq", "-xx", "-s", "100000000", "--seccomp-bpf", "--signal=none"]
    return ["strace", *how, "-e", f"trace={calls}", "-o", str(log), "--"]


def record(log: Path, calls: str, script: str, *arguments: object) -> None:
    """Run a Python script of its own to its end and record what it asked of the system."""
    path = os.pathsep.join([str(ROOT), *os.environ.get("PYTHONPATH", "").split(os.pathsep)])
    begun = [*recording(log, calls), sys.executable, "-B", "-c", script, *map(str, arguments)]
    ran = subprocess.run(begun, env=os.environ | {"PYTHONPATH": path}, capture_output=True, text=True, check=False)
    if ran.returncode:
        raise AssertionError(f"the recorded program broke off: {ran.stderr[-2000:]}")


def read(log: Path) -> Iterator[Call]:
    """Yield the calls of a record in the order in which they came back."""
    begun: dict[str, str] = {}
    with log.open(encoding="ascii", errors="replace") as lines:
        for line in lines:
            if half := _UNFINISHED.match(line.rstrip("\n")):
                begun[half[1]] = half[2]
                continue
            if rest := _RESUMED.match(line):
                line = f"{rest[1]} {begun.pop(rest[1], '')}{rest[2]}"
            if (whole := _CALL.match(line)) and whole[4] != "?":
                yield Call(whole[2], arguments_of(whole[3]), int(whole[4], 0))


def arguments_of(text: str) -> tuple[bytes | str, ...]:
    """Return the arguments of a call as strace writes them with -xx."""
    found: list[bytes | str] = []
    for part in _PART.finditer(text):
        if part[2] is None:
            found.append(bytes.fromhex(part[1].replace("\\x", "")))
        elif part[2].strip():
            found.append(part[2].strip())
    return tuple(found)


WRITING = ("write", "pwrite64", "writev", "pwritev", "pwritev2", "sendto", "sendmsg", "sendmmsg")
NAMING = ("openat", "mkdir", "mkdirat", "rename", "renameat", "renameat2", "symlink", "symlinkat", "link", "linkat")


class Watched(NamedTuple):
    """How many calls wrote something, and how many wrote or named something that held a needle."""

    calls: int
    hits: int


def watched(folder: Path, needles: Sequence[bytes], command: Sequence[str], **more: Any) -> tuple[Watched, int, str]:
    """Run a command and look at all data of every call that writes; return also its exit code and what it said.

    Needles are in lower case and are found in any. The record never lies on the disk: it is looked at as it comes.
    """
    fifo = folder / "calls"
    os.mkfifo(fifo)
    try:
        with ThreadPoolExecutor(1) as pool:
            counting = pool.submit(_count_and_hits, fifo, needles)
            begun = [*recording(fifo, ",".join(WRITING + NAMING)), *command]
            ran = subprocess.run(begun, capture_output=True, text=True, check=False, **more)
            return counting.result(), ran.returncode, ran.stdout + ran.stderr
    finally:
        fifo.unlink()


def _count_and_hits(record: Path, needles: Sequence[bytes]) -> Watched:
    writes = re.compile(rb"^\d+ +(" + "|".join(WRITING).encode() + rb")\(")
    calls = hits = 0
    with record.open("rb") as lines:
        for line in lines:
            calls += bool(writes.match(line))
            data = _texts(line).lower()
            hits += any(one in data for one in needles)
    return Watched(calls, hits)


def _texts(line: bytes) -> bytes:
    """Return all data that a line of a record shows, one under another; strace writes it with -xx as `"\\x68\\x69"`."""
    return unhexlify(b"0a".join(line.translate(None, b"\\x").split(b'"')[1::2]))
