"""The table of what the trials found, kept in docs/reliability.md; a run changes the rows of what it ran."""

import datetime
import os
import platform
import re
from pathlib import Path

from tests.reliability.frame import Outcome, Trial, target_words, words

HEAD = """# What was tried, and what came of it

Each row is a trial: something that could lose, damage or leak notes, done many times to the real code. A *control* is
the same trial with a safeguard taken away; it must fail, or the trial shows nothing.

A small share of every trial runs with the usual tests and prints the same figures. The full counts below come from

```sh
.venv/bin/python -m tests.reliability              # all of them, two at a time
.venv/bin/python -m tests.reliability R1 R2        # some of them
.venv/bin/python -m tests.reliability --counts fast  # the share of the usual tests, without writing this page
```

which needs the packages that the README names for the tests, and writes this page.

| Trial | What is tried | Target | Found | Controls (must fail) | Day | Machine |
|---|---|---|---|---|---|---|
"""
MACHINES = "\n## Machines\n\n"
_ROW = re.compile(r"^\| ([RS]\d+\w*) \|.*\|$", re.MULTILINE)
_MACHINE = re.compile(r"^(\d+)\. (.+)$", re.MULTILINE)


def machine() -> str:
    """Return what tells of this computer and nothing that names it."""
    from sqlcipher3 import dbapi2

    memory = dbapi2.connect(":memory:")
    cipher = memory.execute("PRAGMA cipher_version").fetchone()[0]
    memory.close()
    parts = [
        f"{_processor()}, {os.cpu_count()} cores",
        f"{platform.system()} {platform.release().partition('-')[0]}",
        f"Python {platform.python_version()}",
        f"SQLCipher {cipher}",
        f"SQLite {dbapi2.sqlite_version}",
    ]
    return "; ".join(parts)


def write(page: Path, found: dict[str, tuple[Trial, Outcome]], day: datetime.date, on: str) -> None:
    """Put what was found into the page; the rows of other trials stay as they are."""
    was = page.read_text(encoding="utf-8") if page.exists() else ""
    machines = [one[1] for one in _MACHINE.findall(was)]
    if on not in machines:
        machines.append(on)
    rows = {one[1]: one[0] for one in _ROW.finditer(was)}
    for id, (trial, outcome) in found.items():
        rows[id] = _row(trial, outcome, day, machines.index(on) + 1)
    body = "\n".join(rows[one] for one in sorted(rows, key=_order))
    named = "\n".join(f"{at}. {one}" for at, one in enumerate(machines, 1))
    page.write_text(f"{HEAD}{body}\n{MACHINES}{named}\n", encoding="utf-8")


def _row(trial: Trial, outcome: Outcome, day: datetime.date, machine: int) -> str:
    pairs = zip(trial.controls, outcome.controls, strict=False)
    controls = "; ".join(f"{one.what}: {words(found)}" for one, found in pairs) or "–"
    found = words(outcome.figures) + (" **missed**" if outcome.faults else "")
    cells = [trial.id, trial.title, target_words(trial), found, controls, day.isoformat(), str(machine)]
    return f"| {' | '.join(one.replace('|', '/') for one in cells)} |"


def _order(id: str) -> tuple[str, int, str]:
    letter, number, rest = re.findall(r"([A-Z])(\d+)(\w*)", id)[0]
    return letter, int(number), rest


def _processor() -> str:
    try:
        named = re.search(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text(encoding="utf-8"))
    except OSError:
        named = None
    return named[1] if named else platform.machine()
