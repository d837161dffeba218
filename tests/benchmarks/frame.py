"""How something is timed: by turns with what it is held against, in one run, and told as median and 95th percentile."""

import platform
import statistics
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec
from PySide6 import __version__ as qt_version
from sqlcipher3 import dbapi2

Act = Callable[[], object]
"""Does the work once. Returns the milliseconds it took, as a float, where it knows better than a watch around it."""


class Times(msgspec.Struct, frozen=True):
    """Milliseconds of several rounds."""

    median: float
    p95: float
    least: float
    most: float
    rounds: int


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the output: what the counsellor does, the budget, and the times of the program and its baselines.

    `bare` is the same reading or writing on SQLCipher without the program, `plain` on SQLite without encryption;
    `against` says what `ours` is held to where that is neither, and `other` its times.
    """

    what: str
    budget: str
    ours: Times
    bare: Times | None = None
    plain: Times | None = None
    against: str = ""
    other: Times | None = None


def by_turns(rounds: int, **acts: Act) -> dict[str, Times]:
    """Do each act once to warm up, then all of them by turns, and return the times of each."""
    took: dict[str, list[float]] = {name: [] for name in acts}
    for round in range(rounds + 1):
        for name, act in acts.items():
            one = timed(act)
            if round:
                took[name].append(one)
    return {name: times(all) for name, all in took.items()}


def timed(act: Act) -> float:
    """Return the milliseconds that an act takes, or what it says itself."""
    began = time.perf_counter()
    told = act()
    return told if isinstance(told, float) else (time.perf_counter() - began) * 1000


def times(took: list[float]) -> Times:
    """Return what several rounds come to."""
    in_order = sorted(took)
    late = in_order[min(len(in_order) - 1, round(0.95 * (len(in_order) - 1) + 0.49))]
    return Times(
        *(round(one, 2) for one in (statistics.median(in_order), late, in_order[0], in_order[-1])), len(in_order)
    )


def memory_mb() -> dict[str, float]:
    """Return the memory of this process now, and the most it ever was, in megabytes."""
    held = dict(
        line.split(":", 1) for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines() if ":" in line
    )
    # The most that the system counts for a process is that of whoever began it, where that was more.
    return {name: round(int(held[kept].split()[0]) / 1000, 1) for name, kept in (("now", "VmRSS"), ("peak", "VmHWM"))}


def machine() -> dict[str, str]:
    """Return what the figures hold for."""
    opened = dbapi2.connect(":memory:")
    cipher = opened.execute("PRAGMA cipher_version").fetchone()
    opened.close()
    cores = sum(one.startswith("processor") for one in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines())
    return {
        "system": f"{platform.system()} {platform.release()}, {cores} cores",
        "python": sys.version.split()[0],
        "qt": qt_version,
        "cipher": str(cipher[0]),
    }


def ratio(line: Line) -> str:
    """Return how the program stands to its baselines, in a few characters."""
    told = []
    for name, held in (("SQLCipher", line.bare), ("SQLite", line.plain), (line.against, line.other)):
        if held is not None:
            told.append(f"{line.ours.median / max(held.median, 0.001):.2f} x {name} ({held.median:g} ms)")
    return ", ".join(told)


def told(lines: Mapping[str, Line]) -> list[str]:
    """Return the figures as rows of a table in Markdown."""
    rows = ["| What | Budget | Median | p95 | Against |", "|---|---|---|---|---|"]
    for line in lines.values():
        rows.append(
            f"| {line.what} | {line.budget} | {line.ours.median:g} ms | {line.ours.p95:g} ms | {ratio(line) or '–'} |"
        )
    return rows
