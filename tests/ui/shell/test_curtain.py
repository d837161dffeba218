"""The old window stays on screen until the fresh one is painted, and no longer than the fresh process lives.

That is so only on X11, and only what X11 is asked for.
"""

import ctypes
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from shutil import which

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from alliance_desktop.ui import curtain
from alliance_desktop.ui.curtain import Curtain, leave_standing

Asked = list[tuple[object, ...]]
LINE = 9
BEFORE = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication, QWidget
from alliance_desktop.services.process import Handover, relaunch
from alliance_desktop.ui.curtain import leave_standing
app = QApplication([])
window = QWidget()
window.show()
number, line = leave_standing(window)
app.sync()
print(number, flush=True)
handed = line if sys.argv[1] == "handed" else 0
relaunch(Handover(vault=Path("/"), curtain=number, curtain_line=handed), [sys.executable, "-c", FRESH])
"""
FRESH = """
import sys
print("fresh", flush=True)
sys.stdin.readline()
"""


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Asked:
    """A screen of X11, and what it was asked for."""
    asked: Asked = []

    def ask(what: str, connection: int, *values: int) -> int:
        asked.append((what, connection, *values))
        return LINE

    monkeypatch.setattr(curtain, "_connection", lambda: 7)
    monkeypatch.setattr(curtain, "_ask", ask)
    return asked


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def line() -> Iterator[int]:
    """An open file that this process was handed."""
    reading, writing = os.pipe()
    os.set_inheritable(writing, True)
    yield writing
    for one in (reading, writing):
        if is_open(one):
            os.close(one)


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[str]:
    """A screen of its own."""
    if which("Xvfb") is None:
        pytest.skip("there is no screen to be had here")
    reading, writing = os.pipe()
    begun = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "640x480x24", "-nolisten", "tcp"]
    with subprocess.Popen(begun, pass_fds=[writing], stderr=subprocess.DEVNULL) as server:
        os.close(writing)
        with os.fdopen(reading) as told:
            number = told.readline().strip()
        yield f":{number}"
        server.terminate()


def is_open(file: int) -> bool:
    try:
        os.fstat(file)
    except OSError:
        return False
    return True


def stands(screen: str, window: int) -> bool:
    """Ask the screen itself whether it has a window of that number."""
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = xcb.xcb_get_geometry_reply.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(screen.encode(), None))
    cookie = ctypes.c_uint32(xcb.xcb_get_geometry(connection, ctypes.c_uint32(window)))
    found = xcb.xcb_get_geometry_reply(connection, cookie, None)
    xcb.xcb_disconnect(connection)
    return bool(found)


def replaced(screen: str, how: str) -> tuple["subprocess.Popen[str]", int]:
    """Let a process show a window and be replaced by one that shows none; return it and the window's number."""
    environ = os.environ | {"DISPLAY": screen, "QT_QPA_PLATFORM": "xcb"}
    process = subprocess.Popen(
        [sys.executable, "-c", BEFORE.replace("FRESH", repr(FRESH)), how],
        env=environ,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    number = int(process.stdout.readline())
    assert process.stdout.readline() == "fresh\n"
    return process, number


def test_the_window_outlives_its_process_and_goes_with_the_fresh_one_however_that_ends(screen: str) -> None:
    process, number = replaced(screen, "handed")
    assert stands(screen, number)
    process.kill()
    process.communicate()
    assert any(not stands(screen, number) for _ in range(200))


def test_without_the_line_the_window_is_gone_with_its_process(screen: str) -> None:
    process, number = replaced(screen, "kept back")
    assert any(not stands(screen, number) for _ in range(200))
    process.kill()
    process.communicate()


def test_a_window_that_nobody_sees_is_not_kept(asked: Asked, window: QWidget) -> None:
    assert leave_standing(window) == (0, 0)
    window.show()
    assert leave_standing(window) == (int(window.winId()), LINE)
    assert asked == [("xcb_get_file_descriptor", 7)]


def test_it_is_taken_away_once_the_fresh_window_is_painted(
    qtbot: QtBot, asked: Asked, window: QWidget, line: int
) -> None:
    Curtain(window, 4194311, line)
    assert not os.get_inheritable(line), "nothing that this process starts keeps the window there"
    qtbot.wait(1)
    assert asked == []
    assert is_open(line)
    window.show()
    window.repaint()
    window.repaint()
    qtbot.waitUntil(lambda: asked != [])
    assert asked == [("xcb_kill_client", 7, 4194311)]
    assert not is_open(line)


def test_without_an_old_window_nothing_is_taken_away(qtbot: QtBot, asked: Asked, window: QWidget) -> None:
    Curtain(window, 0, 0)
    window.show()
    window.repaint()
    qtbot.wait(1)
    assert asked == []


def test_other_systems_are_asked_for_nothing(window: QWidget, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(curtain, "_ask", lambda *_: pytest.fail("nothing is to be asked"))
    window.show()
    assert leave_standing(window) == (0, 0)
    Curtain(window, 7, 0)
    window.repaint()
