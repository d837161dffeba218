"""A caseload in, out, in again and out again: `python -m tests.benchmarks.round_trip CAREER.jsonl`.

Brings the file into an empty vault with the program's own commands, takes everything out, brings that into a second
empty vault and takes it out as well. Exit code 1 unless the two files that came out are the same, byte for byte.
"""

import argparse
import datetime
import filecmp
import hashlib
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from alliance_desktop.resources import resource
from alliance_desktop.services.access import Access
from alliance_desktop.services.forms import load_forms
from tests.benchmarks.vaults import CHEAP, PASSPHRASE


def main(arguments: list[str]) -> int:
    """Take both rounds; return 0 if nothing was lost, added or changed."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.round_trip", description=__doc__)
    parser.add_argument("file", type=Path, help="a file of the exchange format, as the benchmarks keep one")
    given = parser.parse_args(arguments).file
    with tempfile.TemporaryDirectory(dir=given.resolve().parent) as work:
        first = _round(given, Path(work) / "first")
        second = _round(first, Path(work) / "second")
        same = filecmp.cmp(first, second, shallow=False)
        for file in (first, second):
            with file.open("rb") as lines:
                sys.stdout.write(f"{hashlib.file_digest(lines, 'sha256').hexdigest()}  {file.stat().st_size:,} bytes\n")
    sys.stdout.write("the same, byte for byte\n" if same else "NOT the same\n")
    return 0 if same else 1


def _round(file: Path, name: Path) -> Path:
    """Bring a file into an empty vault and return what is taken out of that vault."""
    vault, out = name.with_suffix(".vault"), name.with_suffix(".jsonl")
    Access(load_forms(resource("forms")), _now, os.urandom, CHEAP).create(vault, PASSPHRASE).forget()
    _command("import", vault, file)
    _command("export", vault, "--out", out)
    return out


def _command(*words: str | Path) -> None:
    began = time.perf_counter()
    command = [sys.executable, "-m", "alliance_desktop", *map(str, words), "--passphrase-stdin"]
    said = subprocess.run(command, input=f"{PASSPHRASE}\n", text=True, check=True, stdout=subprocess.PIPE).stdout
    sys.stdout.write(f"{words[0]}, {time.perf_counter() - began:.0f} s: {said.splitlines()[0]}\n")
    sys.stdout.flush()


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC).astimezone()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
