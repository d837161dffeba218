"""What the start does not load and make before the first page is on screen, and that opening a vault finds it then."""

import builtins
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from alliance_desktop.wiring.program import FAULT

ROOT = Path(__file__).resolve().parents[2]
OURS = frozenset(
    {
        "__main__",
        "domain",
        "domain.collecting",
        "domain.look",
        "resources",
        "services",
        "services.hardening",
        "services.machine",
        "services.small_file",
        "storage",
        "storage.beside",
        "ui",
        "ui.application",
        "ui.colours",
        "ui.first_picture",
        "ui.guarded",
        "ui.heading",
        "ui.idle",
        "ui.later",
        "ui.look",
        "ui.menu_names",
        "ui.menus",
        "ui.page",
        "ui.parts",
        "ui.passphrase_field",
        "ui.qt_loading",
        "ui.reading_order",
        "ui.style_sheet",
        "ui.theme",
        "ui.unlock",
        "ui.window",
        "ui.words",
        "wiring",
        "wiring.ahead",
        "wiring.opening",
        "wiring.parts",
        "wiring.program",
        "wiring.world",
    }
)
"""The modules of the program that the first page needs. One more costs everybody time at each start."""
NOT_YET = frozenset(
    {
        "asyncio",
        "cryptography",
        "datetime",
        "hashlib",
        "importlib.metadata",
        "msgspec",
        "signal",
        "sqlcipher3",
        "subprocess",
        "tomllib",
        "typst",
        "zxcvbn",
        "PySide6.QtDBus",
        "PySide6.QtPrintSupport",
        "PySide6.QtSvg",
    }
)
LONG_LISTS = frozenset({"Qt", "QEvent", "QFileSystemWatcher", "QAccessible", "QAction", "QKeySequence", "QStyle"})
"""Classes of Qt that bring lists of names with them, of which the longest takes as long as all modules above."""
_MANY = 20_000
HIDDEN = frozenset({"paused", "soon", "focus_ring", "unlock_key", "unlock_notice", "unlock_ladder", "unlock_known"})
"""Parts of the window that its first picture does not show."""
# A double-click, up to the moment in which the first picture is on screen.
START = """
import builtins, gc, json, os, sys
from alliance_desktop import __main__, wiring
from alliance_desktop.ui import first_picture
started = []
wiring.Program.listen = lambda program: started.append(program)
def come(come=first_picture.come):
    [program] = started
    window = program.window
    assert window.page.objectName() == "unlock"
    from PySide6 import QtCore, QtGui, QtWidgets
    print(json.dumps({
        "modules": sorted(sys.modules),
        "classes": sorted({*vars(QtCore), *vars(QtGui), *vars(QtWidgets)}),
        "parts": sorted({one.objectName() for one in window.findChildren(QtWidgets.QWidget)}),
        "collects": gc.isenabled(),
        "kept": gc.get_freeze_count(),
        "plain": builtins.__import__ is builtins.__orig_import__,
    }))
    come()
    if "ahead" in sys.argv:
        while next(program.ahead._steps, None): pass
        before = set(sys.modules)
        from alliance_desktop.wiring import attempt, leaving, rescuing, working
        later = sorted(set(sys.modules) - before)
        print(json.dumps({
            "later": later, "kept": gc.get_freeze_count(), "workspace": program.parts._workspace is not None,
        }))
    sys.stdout.flush()
    os._exit(0)
first_picture.come = come
if "eager" in sys.argv:
    from alliance_desktop.wiring import working
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QAction, QKeyEvent
    first_picture.wait = lambda: None
sys.exit(__main__.main([]))
"""

# The same with a fault before each step that was put off, or with Ctrl+C before the picture.
BREAKING = """
import gc, json, os, signal, sys
from alliance_desktop import __main__, wiring
from alliance_desktop.ui import first_picture
from PySide6.QtCore import QTimer
started = []
def breaks(): raise ZeroDivisionError
def doubled(steps): return [one for step in steps for one in (breaks, step)]
def listen(program, listen=wiring.Program.listen):
    listen(program)
    started.append(program)
    if "stopped" in sys.argv:
        # A run that was begun in the background would take no notice of it, and waits for ever.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        QTimer.singleShot(0, lambda: os.kill(os.getpid(), signal.SIGINT))
def come(come=first_picture.come):
    [program] = started
    first_picture._waiting[:] = doubled(first_picture._waiting)
    program.ahead.first[:] = doubled(program.ahead.first)
    # After all that comes next, and after its faults.
    QTimer.singleShot(0, lambda: QTimer.singleShot(0, lambda: tell(program)))
    come()
def tell(program):
    from PySide6.QtCore import SIGNAL, Qt
    from PySide6.QtTest import QTest
    window, parts = program.window, program.parts
    QTest.keyClick(window, Qt.Key.Key_F9)
    print(json.dumps({
        "collects": gc.isenabled(),
        "claims": not parts.claim.is_free(window.page.folder),
        "hides": window.is_hiding,
        "listens": any(name.endswith(("bus_triggers", "windows_triggers")) for name in sys.modules),
        "locks": parts.triggers.receivers(SIGNAL("lock_asked(PyObject)")) > 0,
    }), flush=True)
    os._exit(0)
wiring.Program.listen = listen
if "stopped" not in sys.argv:
    first_picture.come = come
if "together" in sys.argv:
    def each(acts):
        for act in acts: act()
    first_picture.each = each
sys.exit(__main__.main([]))
"""


class Start(NamedTuple):
    """What there was when the first picture was on screen, and which modules opening a vault still loaded then.

    `kept` counts what is never looked through again for unused objects, then and once everything was fetched.
    """

    modules: frozenset[str]
    classes: frozenset[str]
    parts: frozenset[str]
    collects: bool
    plain: bool
    kept: tuple[int, int]
    later: frozenset[str]
    workspace: bool

    @property
    def ours(self) -> frozenset[str]:
        """The program's own modules among those."""
        name = "alliance_desktop."
        return frozenset(one.removeprefix(name) for one in self.modules if one.startswith(name))


def run(home: Path, script: str, *how: str) -> subprocess.CompletedProcess[str]:
    """Run a script in a home with a vault of old; it ends in order."""
    state = home / "state"
    (state / "alliance-desktop").mkdir(parents=True)
    (home / "Notes.vault").mkdir()
    (state / "alliance-desktop" / "vault").write_text(f"{home / 'Notes.vault'}\n")
    return subprocess.run(
        [sys.executable, "-c", script, *how],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_STATE_HOME": str(state)},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )


def start(home: Path, *how: str) -> Start:
    """Start the program as a double-click does."""
    first, *rest = map(json.loads, run(home, START, *how).stdout.splitlines())
    after = rest[0] if rest else {"later": [], "kept": 0, "workspace": False}
    return Start(
        modules=frozenset(first["modules"]),
        classes=frozenset(first["classes"]),
        parts=frozenset(first["parts"]),
        collects=first["collects"],
        plain=first["plain"],
        kept=(first["kept"], after["kept"]),
        later=frozenset(one for one in after["later"] if one.startswith("alliance_desktop")),
        workspace=after["workspace"],
    )


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> Start:
    """A start of the program as it is."""
    return start(tmp_path_factory.mktemp("usual"), "ahead")


@pytest.fixture(scope="module")
def eager(tmp_path_factory: pytest.TempPathFactory) -> Start:
    """The control: a start that loads and makes everything at once."""
    return start(tmp_path_factory.mktemp("eager"), "eager")


def test_the_first_page_loads_only_what_it_uses(usual: Start) -> None:
    assert usual.ours == OURS
    assert not NOT_YET & usual.modules
    assert not usual.later, "all of it was fetched while the page stood there"


def test_no_long_list_of_names_is_loaded_for_it(usual: Start) -> None:
    assert not LONG_LISTS & usual.classes


def test_only_what_it_shows_is_made(usual: Start) -> None:
    assert {"unlock", "unlock_passphrase", "unlock_button", "menu_file"} <= usual.parts
    assert not HIDDEN & usual.parts


def test_nothing_is_thrown_away_before(usual: Start) -> None:
    assert not usual.collects


def test_once_everything_is_fetched_it_is_never_looked_through_again_and_the_workspace_is_there(usual: Start) -> None:
    """A look through all of it would stand between two keys for many milliseconds, again and again."""
    before, after = usual.kept
    assert before == 0, "the control"
    assert after > _MANY
    assert usual.workspace


def test_imports_read_no_sources(usual: Start) -> None:
    assert usual.plain
    assert vars(builtins)["__import__"] is not vars(builtins)["__orig_import__"], "the control: as PySide leaves it"


def test_one_too_many_of_each_would_be_seen(eager: Start) -> None:
    assert {"ui.work", "keys", "domain.form"} <= eager.ours - OURS
    assert {"msgspec", "sqlcipher3", "datetime"} <= NOT_YET & eager.modules
    assert {"Qt", "QEvent", "QAction"} <= LONG_LISTS & eager.classes
    assert HIDDEN & eager.parts == {"focus_ring"}


def test_a_fault_before_each_step_takes_no_other_away(tmp_path: Path) -> None:
    ran = run(tmp_path, BREAKING)
    kept = json.loads(ran.stdout)
    assert all(kept.values()), kept
    assert f"{FAULT} (ZeroDivisionError)" in ran.stderr
    # The control: one after the other, without a hold between them.
    assert not any(json.loads(run(tmp_path / "together", BREAKING, "together").stdout).values())


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
def test_ctrl_c_before_the_picture_ends_it_quietly(tmp_path: Path) -> None:
    ran = run(tmp_path, BREAKING, "stopped")
    assert ran.stdout == ""
    assert FAULT not in ran.stderr
    assert "Traceback" not in ran.stderr
    assert not list(tmp_path.rglob("last-fault"))
