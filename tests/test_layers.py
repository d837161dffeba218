"""Each room imports only from the rooms beneath it, nothing imports the network, and most rooms know no Qt."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
WITHOUT_QT = ("domain", "resources", "keys", "storage", "documents", "services", "offline")


def contracts(folder: Path) -> tuple[int, str]:
    """Return how import-linter ended in a folder, and what it said."""
    ran = subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command; lint_imports_command()",
            "--no-cache",
        ],
        cwd=folder,
        env={"PYTHONPATH": str(folder), "PATH": "", "COLUMNS": "200", "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    return ran.returncode, ran.stdout + ran.stderr


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the program and its contracts, to break."""
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "alliance_desktop", tmp_path / "alliance_desktop", ignore=ignored)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_contracts_hold() -> None:
    code, said = contracts(ROOT)
    assert code == 0, said
    assert "3 kept, 0 broken" in said


@pytest.mark.parametrize(
    ("file", "line", "contract"),
    [
        ("domain/form.py", "import alliance_desktop.keys.recovery", "Each room imports only from the rooms beneath it"),
        (
            "storage/store.py",
            "import alliance_desktop.documents.press",
            "Each room imports only from the rooms beneath it",
        ),
        ("services/stamps.py", "import PySide6.QtCore", "Only the window knows Qt"),
        ("ui/work.py", "import sqlcipher3", "Only storage says SQL"),
    ],
)
def test_a_forbidden_import_is_found(copy: Path, file: str, line: str, contract: str) -> None:
    path = copy / "alliance_desktop" / file
    path.write_text(f"{path.read_text(encoding='utf-8')}\n{line}\n", encoding="utf-8")
    code, said = contracts(copy)
    assert code == 1
    assert f"{contract} BROKEN" in said


def test_a_new_room_needs_a_place_in_the_order(copy: Path) -> None:
    (copy / "alliance_desktop" / "attic.py").write_text('"""Nobody knows what for."""\n', encoding="utf-8")
    code, said = contracts(copy)
    assert code == 1
    assert "attic" in said


def banned(*paths: Path) -> list[str]:
    """Return the banned imports that ruff finds under the project's own rules."""
    rules = [f"--config={ROOT / 'pyproject.toml'}", "--select=TID251", "--ignore-noqa"]
    how = ["--no-cache", "--exit-zero", "--output-format=json"]
    asked = [sys.executable, "-m", "ruff", "check", *rules, *how, *map(str, paths)]
    ran = subprocess.run(asked, capture_output=True, text=True, check=True)
    return sorted(one["message"].split("`")[1] for one in json.loads(ran.stdout))


def test_nothing_imports_the_network() -> None:
    assert banned(ROOT / "alliance_desktop", ROOT / "build_entry.py", ROOT / "build_first.py") == []


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("import socket", "socket"),
        ("import ssl  # noqa: TID251", "ssl"),
        ("from http import client", "http"),
        ("import http.server", "http"),
        ("from urllib.request import urlopen", "urllib.request"),
        ("import webbrowser", "webbrowser"),
        ("from PySide6.QtNetwork import QTcpSocket", "PySide6.QtNetwork"),
        ("from PySide6 import QtNetwork", "PySide6.QtNetwork"),
        ("import sqlite3", "sqlite3"),
    ],
)
def test_a_way_to_the_network_is_found(tmp_path: Path, line: str, found: str) -> None:
    (tmp_path / "asked.py").write_text(f"{line}\n", encoding="utf-8")
    assert set(banned(tmp_path)) == {found}


LOAD = """
import importlib, pkgutil, sys

class NoQt:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ("PySide6", "shiboken6"):
            raise ModuleNotFoundError(f"{name} is not on this computer", name=name)

sys.meta_path.insert(0, NoQt())
loaded = []
for room in sys.argv[1:]:
    found = importlib.import_module(f"alliance_desktop.{room}")
    for one in pkgutil.walk_packages(getattr(found, "__path__", []), f"{found.__name__}."):
        importlib.import_module(one.name)
        loaded += [] if one.ispkg else [one.name]
assert not any(one.startswith("PySide6") for one in sys.modules)
print(len(loaded))
"""


def load_without_qt(*rooms: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", LOAD, *rooms], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
    )


def test_rooms_beneath_the_window_load_without_qt() -> None:
    ran = load_without_qt(*WITHOUT_QT)
    assert (ran.returncode, ran.stderr) == (0, "")
    packages = [ROOT / "alliance_desktop" / one for one in WITHOUT_QT]
    assert int(ran.stdout) == sum(one.name != "__init__.py" for room in packages for one in room.rglob("*.py"))


def test_the_window_does_not_load_without_qt() -> None:
    """The control: where Qt is needed, the same look fails."""
    ran = load_without_qt("ui")
    assert ran.returncode != 0
    assert "is not on this computer" in ran.stderr
