"""What the start does not load before the first page is on screen, and that opening a vault finds it loaded then."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOT_YET = frozenset(
    {
        "asyncio",
        "cryptography",
        "importlib.metadata",
        "msgspec",
        "sqlcipher3",
        "subprocess",
        "tomllib",
        "typst",
        "zxcvbn",
        "PySide6.QtPrintSupport",
        "PySide6.QtSvg",
        "alliance_desktop.documents",
        "alliance_desktop.domain.form",
        "alliance_desktop.keys",
        "alliance_desktop.offline",
        "alliance_desktop.services.access",
        "alliance_desktop.services.notebook",
        "alliance_desktop.storage.store",
        "alliance_desktop.ui.companions",
        "alliance_desktop.ui.first_run",
        "alliance_desktop.ui.pages",
        "alliance_desktop.ui.work",
        "alliance_desktop.wiring.leaving",
        "alliance_desktop.wiring.working",
    }
)
# A double-click, up to the moment in which the window is shown.
START = """
import sys
from alliance_desktop import __main__, wiring
def listened(program):
    assert program.window.page.objectName() == "unlock"
    print(*sys.modules)
    if "ahead" in sys.argv:
        while next(program.ahead._steps, None): pass
        before = set(sys.modules)
        from alliance_desktop.wiring import attempt, leaving, working
        print(*set(sys.modules) - before, file=sys.stderr)
    sys.exit(0)
wiring.Program.listen = listened
if "eager" in sys.argv:
    from alliance_desktop.wiring import working
sys.exit(__main__.main([]))
"""


def loaded(home: Path, *how: str) -> tuple[set[str], set[str]]:
    """Return the modules that a start loads before the lock page is shown, and those that opening still loads then."""
    state = home / "state"
    state.mkdir()
    (state / "alliance-desktop").mkdir()
    (state / "alliance-desktop" / "vault").write_text(f"{home / 'Notes.vault'}\n")
    ran = subprocess.run(
        [sys.executable, "-c", START, *how],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_STATE_HOME": str(state)},
        capture_output=True,
        text=True,
        check=True,
    )
    later = {one for line in ran.stderr.splitlines() if line.startswith("alliance_desktop") for one in line.split()}
    return set(ran.stdout.split()), later


def test_the_first_page_loads_only_what_it_uses(home: Path) -> None:
    at_first, later = loaded(home, "ahead")
    assert "alliance_desktop.ui.unlock" in at_first
    assert not NOT_YET & at_first
    assert not later, "all of it was fetched while the page stood there"


def test_one_import_too_many_would_be_seen(home: Path) -> None:
    at_first, _ = loaded(home, "eager")
    assert {"msgspec", "sqlcipher3", "alliance_desktop.ui.work", "alliance_desktop.keys"} <= at_first
