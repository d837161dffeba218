"""The start, and what stays after it: the first pixel against an empty Qt window, Enter to caseload, memory, rest.

`python -m tests.benchmarks.startup [VAULT PASSPHRASE]` prints it, for the sample where no vault is named; nothing is
held to a time. Whole processes on a screen of their own (Xvfb), whose picture is watched from outside.
"""

import contextlib
import json
import mmap
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import msgspec
from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QWidget

from alliance_desktop.resources import resource
from alliance_desktop.services import sample
from alliance_desktop.services.access import Access
from alliance_desktop.services.forms import load_forms
from alliance_desktop.services.machine import Machine
from alliance_desktop.services.unlocking import unlock
from alliance_desktop.ui.application import make_application
from alliance_desktop.ui.unlock import Unlock
from alliance_desktop.wiring import Program, World
from tests.benchmarks.frame import Times, by_turns, memory_mb, times

ROUNDS = 9
REST_SECONDS = 20.0
_ROOT = Path(__file__).resolve().parents[2]
_WIDE, _HIGH, _BYTES = 1280, 900, 4
_POINTS = [(x, y) for y in range(60, 600, 90) for x in range(60, 800, 120)]
_LOOK_SECONDS = 0.0005
_PATIENCE_SECONDS = 60.0
_LOOKED_THROUGH_SECONDS = 3600.0
"""How long the work beside the work may go on, after which there is rest: all notes are looked through once."""
_CALM = 0.01
_CALM_SECONDS = 5
_TYPING_MS = 1500
"""How long a passphrase is typed at least."""

_EMPTY = """
import sys
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication(sys.argv[:1])
window = QWidget()
window.resize(900, 600)
window.show()
sys.exit(app.exec())
"""


class Screen(NamedTuple):
    """A screen without a monitor: its name for programs, and its picture as bytes."""

    display: str
    picture: mmap.mmap

    def points(self) -> bytes:
        """Return what some points all over the screen show just now."""
        start = len(self.picture) - _WIDE * _HIGH * _BYTES
        return bytes(self.picture[start + (y * _WIDE + x) * _BYTES] for x, y in _POINTS)


class Opened(msgspec.Struct, frozen=True, kw_only=True):
    """One unlocking: milliseconds from Enter to the caseload on screen and those of Argon2id alone, megabytes, rest.

    `memory` is what the process takes then and `most` what it ever took; `at_rest` the per cent of one processor while
    nobody does anything.
    """

    enter: float
    derivation: float
    memory: float
    most: float
    at_rest: float


@contextlib.contextmanager
def screen() -> Iterator[Screen]:
    """Give a screen as long as it is needed."""
    with tempfile.TemporaryDirectory() as folder:
        told, tell = os.pipe()
        shape = ["-screen", "0", f"{_WIDE}x{_HIGH}x24", "-fbdir", folder, "-nolisten", "tcp"]
        server = subprocess.Popen(["Xvfb", "-displayfd", str(tell), *shape], pass_fds=[tell], stderr=subprocess.DEVNULL)
        os.close(tell)
        try:
            with os.fdopen(told) as number:
                display = f":{number.readline().strip()}"
            with open(Path(folder) / "Xvfb_screen0", "rb") as file:
                yield Screen(display, mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ))
        finally:
            server.terminate()
            server.wait()


def cold_start(vault: Path, rounds: int = ROUNDS) -> dict[str, Times]:
    """Time a double-click until the lock page of a vault is painted, by turns with an empty window of Qt.

    `ours` and `empty` are what passed; `ours_processor` and `empty_processor` what the processor spent of it, which
    says more on a computer that is busy with other work.
    """
    with tempfile.TemporaryDirectory() as home, screen() as shown:
        state = Path(home) / "alliance-desktop"
        state.mkdir()
        (state / "vault").write_text(f"{vault.resolve()}\n", encoding="utf-8")
        environ = _environ(shown, home)
        spent: dict[str, list[float]] = {"ours": [], "empty": []}

        def start(name: str, *command: str) -> float:
            # One that was killed leaves its claim on the vault behind, which one that is closed takes along.
            for left in state.glob("open-*"):
                left.unlink()
            took, processor = first_pixel(shown, [sys.executable, *command], environ)
            spent[name].append(processor)
            return took

        told = by_turns(
            rounds,
            ours=lambda: start("ours", "-m", "alliance_desktop"),
            empty=lambda: start("empty", "-c", _EMPTY),
        )
        return told | {f"{name}_processor": times(took[1:]) for name, took in spent.items()}


def first_pixel(shown: Screen, command: list[str], environ: Mapping[str, str]) -> tuple[float, float]:
    """Start a program; return the milliseconds until its first pixel is on screen, and those of the processor."""
    before = shown.points()
    began = time.perf_counter()
    with subprocess.Popen(command, env=dict(environ), cwd=_ROOT, stderr=subprocess.DEVNULL) as process:
        try:
            _wait(lambda: shown.points() != before)
            took = time.perf_counter() - began
            spent = Path(f"/proc/{process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[11:13]
        finally:
            process.kill()
    # The screen is empty again once the server has seen the end of it.
    _wait(lambda: shown.points() == before)
    return took * 1000, sum(map(int, spent)) * 1000 / os.sysconf("SC_CLK_TCK")


def opened(vault: Path, passphrase: str, rest_seconds: float = REST_SECONDS) -> Opened:
    """Unlock a vault in a process of its own as somebody does who types; see `Opened`."""
    with tempfile.TemporaryDirectory() as home, screen() as shown:
        command = [sys.executable, "-m", "tests.benchmarks.startup", "unlock", str(vault), str(rest_seconds)]
        ran = subprocess.run(
            command,
            env=_environ(shown, home),
            cwd=_ROOT,
            input=passphrase,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        return msgspec.json.decode(ran.stdout, type=Opened)


def _environ(shown: Screen, home: str) -> dict[str, str]:
    # Whoever starts an installed program finds it compiled.
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "DISPLAY": shown.display, "QT_QPA_PLATFORM": "xcb", "XDG_STATE_HOME": home, "HOME": home}


def _wait(so: Callable[[], bool]) -> None:
    """Wait until something is so."""
    until = time.monotonic() + _PATIENCE_SECONDS
    while not so():
        if time.monotonic() > until:
            raise TimeoutError
        # Another process paints: its picture in memory gives no signal, so it is looked at again and again.
        time.sleep(_LOOK_SECONDS)


class _Painted(QObject):
    """Ends a loop once a widget was painted."""

    def __init__(self, watched: QWidget, loop: QEventLoop) -> None:
        super().__init__()
        self._loop = loop
        watched.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """See it, and let the painting come to its end."""
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, self._loop, self._loop.quit)
        return False


def _pause(milliseconds: float) -> None:
    loop = QEventLoop()
    QTimer.singleShot(round(milliseconds), loop.quit)
    loop.exec()


def _at_rest(seconds: float) -> float:
    """Return the per cent of one processor while nobody does anything, once what goes on in idle time has ended."""
    if not seconds:
        return 0.0
    until = time.monotonic() + _LOOKED_THROUGH_SECONDS
    # A backup or the words of a search may begin a moment after the look has ended.
    while max(_spent_in(1.0) for _ in range(_CALM_SECONDS)) > _CALM and time.monotonic() < until:
        pass
    return _spent_in(seconds) * 100


def _spent_in(seconds: float) -> float:
    began = time.process_time()
    _pause(seconds * 1000)
    return (time.process_time() - began) / seconds


def _unlock_here(vault: Path, passphrase: str, rest_seconds: float) -> Opened:
    """Unlock a vault in this process; the whole of `opened`."""
    app = make_application(sys.argv[:1])
    program = Program(World(machine=Machine(Path(os.environ["XDG_STATE_HOME"]) / "state")))
    program.begin(vault)
    program.window.show()
    _pause(_TYPING_MS)
    page = program.window.page
    assert isinstance(page, Unlock)
    page.passphrase.edit.setText(passphrase)
    loop = QEventLoop()
    watching: list[_Painted] = []
    # The workspace is made and shown in one turn; it is painted in one of the next.
    show = program.window.show_workspace

    def shown(workspace: QWidget) -> None:
        watching.append(_Painted(workspace, loop))
        show(workspace)

    program.window.show_workspace = shown  # type: ignore[method-assign]  # watched from outside, on purpose
    began = time.perf_counter()
    page.unlock_button.click()
    loop.exec()
    took = (time.perf_counter() - began) * 1000
    _pause(_TYPING_MS * 2)
    memory = memory_mb()
    at_rest = _at_rest(rest_seconds)
    began = time.perf_counter()
    unlock(vault, passphrase).forget()
    derivation = (time.perf_counter() - began) * 1000
    program.window.close()
    app.processEvents()
    return Opened(enter=took, derivation=derivation, memory=memory["now"], most=memory["peak"], at_rest=at_rest)


def _sample(folder: Path) -> Path:
    access = Access(load_forms(resource("forms")), World().now, os.urandom)
    access.make_sample(folder, resource("sample", "caseload.toml").read_text(encoding="utf-8")).close()
    return folder


def main(vault: Path, passphrase: str) -> None:
    """Measure, and print it."""
    for name, found in cold_start(vault).items():
        _say(f"first pixel, {name}: {found.median:.0f} ms ({found.least:.0f} to {found.most:.0f})")
    for _ in range(3):
        _say(json.dumps(msgspec.to_builtins(opened(vault, passphrase, 3.0))))
    _say(json.dumps(msgspec.to_builtins(opened(vault, passphrase))))


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    if sys.argv[1:2] == ["unlock"]:
        found = _unlock_here(Path(sys.argv[2]), sys.stdin.read(), float(sys.argv[3]))
        _say(msgspec.json.encode(found).decode())
    elif len(sys.argv) > 2:
        main(Path(sys.argv[1]), sys.argv[2])
    else:
        with tempfile.TemporaryDirectory() as place:
            main(_sample(Path(place) / "Sample.vault"), sample.PASSPHRASE)
