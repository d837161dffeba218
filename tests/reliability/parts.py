"""S15: what the program is made of is pinned by hash and listed, and one SQLite alone opens the vault."""

import json
import re
import runpy
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from alliance_desktop.storage.pins import PINS
from tests.reliability.frame import Control, Figures, Trial, most, tries
from tests.reliability.registry import ROOT

LEAST_SQLITE = Version("3.51.3")
OPENS = """
import os, sys
from pathlib import Path
{before}
import alliance_desktop.__main__, alliance_desktop.selftest.run
from tests.reliability import vaults
made = vaults.make(Path(sys.argv[1]), 3)
made.open().close()
from sqlcipher3 import dbapi2
with open("/proc/self/maps") as maps:
    files = {{line.split(maxsplit=5)[5].strip() for line in maps if line.count("/") }}
marks = b"SQLite format 3"
libraries = sorted(Path(one).name for one in files if ".so" in one and marks in Path(one).read_bytes())
loaded = sorted(one for one in sys.modules if one in ("sqlite3", "_sqlite3", "PySide6.QtSql", "apsw"))
import json
print(json.dumps([dbapi2.sqlite_version, libraries, loaded]))
"""
SBOM = runpy.run_path(str(ROOT / ".ci" / "sbom"))


def _needed(names: list[Requirement], seen: set[str]) -> Iterator[str]:
    """Yield the names of everything that is installed because of some requirements."""
    for one in names:
        name = canonicalize_name(one.name)
        if name in seen or not (one.marker is None or one.marker.evaluate({"extra": ""})):
            continue
        seen.add(name)
        yield name
        yield from _needed([Requirement(more) for more in metadata.requires(name) or []], seen)


def _parts(count: int, folder: Path, before: str = "", lock: str | None = None) -> Figures:
    text = lock if lock is not None else (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pinned = {(canonicalize_name(name), version): hashes for name, version, _, hashes in SBOM["pins"](text)}
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    needs = [Requirement(one) for one in wanted]
    names = set(_needed(needs, set()))
    listed = {(one["name"], one["version"]) for one in json.loads(_sbom())["components"]}
    ran = subprocess.run(
        [sys.executable, "-c", OPENS.format(before=before), str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    version, libraries, modules = json.loads(ran.stdout)
    return {
        "parts": len(names),
        "without a pin and hash": len(names - {name for (name, _), hashes in pinned.items() if hashes}),
        "pinned outside the bounds": len([one for one in needs if not _is_pinned(one, pinned)]),
        "not in the list of parts": len(set(pinned) - listed) + len(names - {name for name, _ in listed}),
        "SQLite too old": int(Version(version) < LEAST_SQLITE)
        + int("sqlite_version" not in {one.name for one in PINS}),
        "other SQLite libraries": len(libraries) - 1 + len(modules),
    }


def _is_pinned(need: Requirement, pinned: dict[tuple[str, str], list[str]]) -> bool:
    return any(name == canonicalize_name(need.name) and version in need.specifier for name, version in pinned)


def _sbom() -> str:
    return subprocess.run(
        [sys.executable, str(ROOT / ".ci" / "sbom")], capture_output=True, text=True, check=True
    ).stdout


def _without_a_hash(count: int, folder: Path) -> Figures:
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    return _parts(count, folder, lock=re.sub(r"(?m)^cffi==(.|\n)*?(?=^\w)", "cffi\n", text))


TRIALS = (
    Trial(
        "S15",
        "parts pinned with hashes and listed, SQLite at least 3.51.3, one SQLite library in the process",
        (
            tries("parts", 14),
            most("without a pin and hash", 0),
            most("pinned outside the bounds", 0),
            most("not in the list of parts", 0),
            most("SQLite too old", 0),
            most("other SQLite libraries", 0),
        ),
        _parts,
        fast=14,
        full=14,
        controls=(
            Control("Python's own SQLite loaded beside", lambda count, folder: _parts(count, folder, "import sqlite3")),
            Control("one part without its hashes", _without_a_hash),
        ),
    ),
)
