"""What the program takes for a caseload of a size: `python -m tests.benchmarks --size career [--json] [--keep FOLDER]`.

Everything is measured in one run and by turns with the same work on SQLCipher and on plain SQLite; nothing is held to a
time. `--keep` names a folder where the made vault stays for the next run: making a career takes some minutes.
"""

import argparse
import contextlib
import datetime
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from alliance_desktop.keys.keyfile import Secrets
from alliance_desktop.storage.opening import find_secrets
from alliance_desktop.ui.application import make_application
from tests.benchmarks import disk, fresh, report, startup, window
from tests.benchmarks.caseload import SIZES, TODAY, Caseload
from tests.benchmarks.frame import Line, machine, memory_mb, ratio, times, told
from tests.benchmarks.vaults import PASSPHRASE, Bare, Plain, make

ROUNDS = 9
UNLOCKED = 9
"""How often the vault is unlocked in a process of its own."""


def main(arguments: list[str]) -> None:
    """Make the vault or take the kept one, time each line, and print what came of it."""
    asked = _parser().parse_args(arguments)
    with contextlib.ExitStack() as stack:
        kept = asked.keep or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        kept.mkdir(parents=True, exist_ok=True)
        vault = make(kept, asked.size, _now, os.urandom)
        work = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=kept)))
        folder = work / vault.name
        shutil.copytree(vault, folder)
        lines: dict[str, Line] = {}
        options = " ".join(
            one for one in arguments if one not in {"--json", "--size", asked.size, "--keep", str(asked.keep)}
        )
        figures: dict[str, Any] = {
            "size": asked.size,
            "options": options,
            "day": datetime.date.today().isoformat(),
            "machine": machine(),
        }
        for name, line in _timed(folder, work, asked, figures):
            lines[name] = line
            sys.stderr.write(f"{name}: {line.ours.median} ms, p95 {line.ours.p95} ms ({ratio(line)})\n")
    if asked.json:
        sys.stdout.write(json.dumps(figures | {"lines": msgspec.to_builtins(lines)}, indent=1) + "\n")
    else:
        sys.stdout.write("\n".join([json.dumps(figures), *told(lines)]) + "\n")


def _timed(folder: Path, work: Path, asked: argparse.Namespace, figures: dict[str, Any]) -> Iterator[tuple[str, Line]]:
    caseload = Caseload(SIZES[asked.size])
    secrets = find_secrets(folder, PASSPHRASE)
    bare, plain_file = _bare(folder, secrets, work), work / "plain.db"
    bare.copy_plain(plain_file)
    figures["megabytes"] = megabytes = dict(disk.sizes(folder, plain_file, bare))
    figures["vault / answers, ≤ 2.6 x"] = megabytes["vault"] / megabytes["answers"]
    plain = Plain(plain_file)
    yield from _started(folder, asked.rounds, figures, asked.rest)
    yield disk.looked_through(folder, secrets, bare, asked.file_rounds)
    yield from fresh.lines(folder, caseload, bare, asked.rounds)
    make_application(sys.argv[:1])
    desk = window.Desk(folder, work)
    yield from window.lines(desk, caseload, bare, plain, asked.rounds)
    yield disk.printed(desk.program.vault, caseload, asked.rounds)
    yield report.line(figures)
    yield disk.backed_up(desk.program.vault, bare, asked.file_rounds)
    figures["memory of it all, MB"] = memory_mb()
    desk.close()
    plain.close()
    bare.close()


def _started(folder: Path, rounds: int, figures: dict[str, Any], rest: bool) -> Iterator[tuple[str, Line]]:
    cold = startup.cold_start(folder, rounds)
    what = "double-click to the lock page painted"
    yield "start", Line(what=what, budget="≤ 1.25 x", against="an empty window", ours=cold["ours"], other=cold["empty"])
    runs = [startup.opened(folder, PASSPHRASE, 0) for _ in range(UNLOCKED)]
    runs += [startup.opened(folder, PASSPHRASE)] if rest else []
    beside = times([one.enter - one.derivation for one in runs])
    yield "unlock", Line(what="Enter to the caseload painted, without the key", budget="≤ 100", ours=beside)
    figures["memory after unlocking, MiB"] = max(one.memory for one in runs)
    if rest:
        figures["at rest, % of a processor"] = runs[-1].at_rest


def _bare(folder: Path, secrets: Secrets, work: Path) -> Bare:
    return Bare(folder, bytes(secrets.data_key), bytes(secrets.vault_id), work / "bare.db")


def _now() -> datetime.datetime:
    return datetime.datetime.combine(TODAY, datetime.time(14), datetime.UTC)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--size", choices=SIZES, default="career")
    parser.add_argument("--json", action="store_true", help="print everything as JSON")
    parser.add_argument("--keep", type=Path, help="a folder where the made vault stays")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument(
        "--no-rest", dest="rest", action="store_false", help="without the rest, which comes after a look at all notes"
    )
    parser.add_argument("--file-rounds", type=int, default=disk.FILE_ROUNDS, help="for what reads the whole file")
    return parser


if __name__ == "__main__":
    main(sys.argv[1:])
