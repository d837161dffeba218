"""Writes docs/speed.md from what `python -m tests.benchmarks --json` printed for one or more sizes.

`python -m tests.benchmarks.page SOLO.json CAREER.json …` in the order of their sizes.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from tests.benchmarks.caseload import SIZES
from tests.benchmarks.frame import Line, ratio

PAGE = Path("docs/speed.md")

_HEAD = """# Speed, as measured

Written by `python -m tests.benchmarks.page` from what `python -m tests.benchmarks --size SIZE --json` printed; nothing
here is typed by hand. Milliseconds, median and in brackets the 95th percentile, of rounds that alternate with what
they are held against. Absolute times hold for this machine only; what counts are the ratios of one run. No test is
held to a time.

"""

_WINDOW = 103.0
"""Milliseconds that an empty window took, at most, on the computer for which the budgets were set."""

_PACE = """## Held to the budgets, {size}

Times on a busy or slower computer are those of that computer. The budgets were set on one where an empty window of Qt
takes at most {window:g} ms; here it took {took:g} ms in the same run. *At that pace* is the median times {pace:.2f}.

| What | Budget | Median | At that pace | Met |
|---|---|---|---|---|"""

_GROWING = (("open", "≤ 1.3 x"), ("save", "≤ 1.2 x"))
"""What may hardly take longer with more notes: lines that are in every size, and how much longer."""

_AGAIN = """## How to see it again

```
# Paints no window on the screen; the vaults are made once, which takes some minutes, and stay in `made`.
export QT_QPA_PLATFORM=offscreen
# Afterwards: python -m tests.benchmarks.page {files}"""


def main(files: list[Path]) -> None:
    """Write the page."""
    runs = [msgspec.json.decode(one.read_bytes()) for one in files]
    lines = [{name: msgspec.convert(one, Line) for name, one in run["lines"].items()} for run in runs]
    told = [_HEAD, *_machines(runs), *_lines(runs, lines), *_growing(runs, lines)]
    told += [*_held(runs, lines), *_against(runs, lines), *_rest(runs)]
    told += ["", _AGAIN.format(files=" ".join(f"{run['size']}.json" for run in runs)), *_commands(runs), "```"]
    PAGE.write_text("\n".join(told).rstrip() + "\n", encoding="utf-8")


def _machines(runs: list[dict[str, Any]]) -> list[str]:
    rows = ["| Size | Clients | Sessions | Strains | Contacts | Day | Machine |", "|---|---|---|---|---|---|---|"]
    for run in runs:
        size, on = SIZES[run["size"]], run["machine"]
        what = f"{on['system']}, Python {on['python']}, Qt {on['qt']}, SQLCipher {on['cipher']}"
        counts = " | ".join(f"{one:,}" for one in size[:4])
        rows.append(f"| {run['size']} | {counts} | {run['day']} | {what} |")
    return [*rows, ""]


def _lines(runs: list[dict[str, Any]], lines: list[dict[str, Line]]) -> list[str]:
    names = [run["size"] for run in runs]
    rows = [
        "## What the counsellor waits for\n",
        f"| What | Budget | {' | '.join(names)} | {names[-1]} / {names[0]} |",
        f"|---|---|{'---|' * (len(names) + 1)}",
    ]
    for name in _all(lines):
        known = next(one[name] for one in lines if name in one)
        cells = [f"{one[name].ours.median:g} ({one[name].ours.p95:g})" if name in one else "–" for one in lines]
        ends = [one[name].ours.median for one in (lines[0], lines[-1]) if name in one]
        growth = f"{ends[1] / max(ends[0], 0.001):.2f} x" if len(ends) == 2 else "–"
        rows.append(f"| {known.what} | {known.budget} | {' | '.join(cells)} | {growth} |")
    return [*rows, ""]


def _growing(runs: list[dict[str, Any]], lines: list[dict[str, Line]]) -> list[str]:
    first, last = runs[0]["size"], runs[-1]["size"]
    rows = [f"## What may not grow, {last} / {first}\n", "| What | Budget | Ratio of the medians |", "|---|---|---|"]
    for name, budget in _GROWING:
        ends = [one[name].ours.median for one in (lines[0], lines[-1]) if name in one]
        if len(ends) == 2:
            rows.append(f"| {lines[0][name].what} | {budget} | {ends[1] / max(ends[0], 0.001):.2f} x |")
    return [*rows, ""]


def _held(runs: list[dict[str, Any]], lines: list[dict[str, Line]]) -> Iterator[str]:
    """Yield how each line of the size that the budgets are for stands to its budget, here and at their pace."""
    at = min(1, len(runs) - 1)
    start = lines[at].get("start")
    if start is None or start.other is None:
        return
    took = start.other.median
    pace = min(1.0, _WINDOW / took)
    yield _PACE.format(size=runs[at]["size"], window=_WINDOW, took=took, pace=pace)
    for line in lines[at].values():
        if (parallel := _parallel(line)) is not None:
            held = f"{line.ours.median / max(parallel, 0.001):.2f} x"
            yield f"| {line.what} | {line.budget} | {held} | – | {_met(line, parallel, pace)} |"
        else:
            told = f"{line.ours.median:g} ({line.ours.p95:g})"
            paced = line.ours.median * pace
            yield f"| {line.what} | {line.budget} | {told} | {round(paced, 2):g} | {_met(line, None, pace)} |"
    yield ""


def _parallel(line: Line) -> float | None:
    """Return the time that a budget is a multiple of; None where it is a time of its own."""
    beside = line.other or line.bare
    return beside.median if line.budget.endswith(" x") and beside is not None else None


def _met(line: Line, parallel: float | None, pace: float) -> str:
    """Say whether a line is within its budget, or would be on the computer for which it was set."""
    for scale, said in ((1.0, "yes"), (pace, "at that pace")):
        kept = True
        for late, most in re.findall(r"(p95 )?≤ ([\d,.]+)", line.budget):
            found = line.ours.p95 if late else line.ours.median
            least = float(most.replace(",", "").rstrip("."))
            kept = kept and (found / parallel if parallel else found * scale) <= least
        if kept:
            return said
    return "no"


def _commands(runs: list[dict[str, Any]]) -> list[str]:
    made = "python -m tests.benchmarks --size {0}{1} --json --keep made > {0}.json"
    career = runs[min(1, len(runs) - 1)]["size"]
    return [
        *(made.format(run["size"], f" {run['options']}" if run.get("options") else "") for run in runs),
        "# Scenarios 10 to 13 in a copy of such a vault, and its caseload in, out, in and out again.",
        f"python -m tests.benchmarks.scenarios made/{career}.vault",
        f"python -m tests.benchmarks.round_trip made/{career}.jsonl",
    ]


def _against(runs: list[dict[str, Any]], lines: list[dict[str, Line]]) -> list[str]:
    rows = [
        "## Held against the same work without the program\n",
        f"| What | {' | '.join(run['size'] for run in runs)} |",
        f"|---|{'---|' * len(runs)}",
    ]
    for name in _all(lines):
        cells = [ratio(one[name]) if name in one else "" for one in lines]
        if any(cells):
            known = next(one[name] for one in lines if name in one)
            rows.append(f"| {known.what} | {' | '.join(one or '–' for one in cells)} |")
    return [*rows, ""]


def _rest(runs: list[dict[str, Any]]) -> list[str]:
    rows = ["## Room", "", f"| What | {' | '.join(run['size'] for run in runs)} |", f"|---|{'---|' * len(runs)}"]
    flat = [_flat(run) for run in runs]
    for name in dict.fromkeys(name for one in flat for name in one):
        rows.append(f"| {name} | {' | '.join(one.get(name, '–') for one in flat)} |")
    return rows


def _flat(run: dict[str, Any]) -> dict[str, str]:
    told = {}
    for name, value in run.items():
        if isinstance(value, float):
            told[name] = f"{value:.1f}"
        elif isinstance(value, dict) and name not in {"machine", "lines"}:
            told |= {f"{name}: {part}": f"{one:.1f}" for part, one in value.items()}
    return told


def _all(lines: list[dict[str, Line]]) -> list[str]:
    return list(dict.fromkeys(name for one in lines for name in one))


if __name__ == "__main__":
    main([Path(one) for one in sys.argv[1:]])
