"""S14: what other programs on a real X11 screen see: titles, spoken names, the clipboard and the selection."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from person import BEGAN, PASSPHRASE, cheap

from alliance_desktop.storage import vault
from tests.reliability.frame import Control, Figures, Trial, least, most, tries

# Another program's view: its own connection to the screen.
OTHER = """
import ctypes
lib = ctypes.CDLL("libX11.so.6")
lib.XOpenDisplay.restype = ctypes.c_void_p
lib.XOpenDisplay.argtypes = [ctypes.c_char_p]
lib.XDefaultRootWindow.restype = lib.XGetSelectionOwner.restype = lib.XInternAtom.restype = ctypes.c_ulong
lib.XDefaultRootWindow.argtypes = [ctypes.c_void_p]
lib.XInternAtom.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int]
lib.XGetSelectionOwner.argtypes = [ctypes.c_void_p, ctypes.c_ulong]
P = ctypes.POINTER
lib.XQueryTree.argtypes = [ctypes.c_void_p, ctypes.c_ulong, P(ctypes.c_ulong), P(ctypes.c_ulong),
                           P(P(ctypes.c_ulong)), P(ctypes.c_uint)]
lib.XListProperties.restype = P(ctypes.c_ulong)
lib.XListProperties.argtypes = [ctypes.c_void_p, ctypes.c_ulong, P(ctypes.c_int)]
lib.XGetWindowProperty.argtypes = [ctypes.c_void_p, ctypes.c_ulong, ctypes.c_ulong, ctypes.c_long, ctypes.c_long,
    ctypes.c_int, ctypes.c_ulong, P(ctypes.c_ulong), P(ctypes.c_int), P(ctypes.c_ulong), P(ctypes.c_ulong),
    P(ctypes.c_void_p)]
screen = lib.XOpenDisplay(None)
root = lib.XDefaultRootWindow(screen)

def owned(selection):
    return bool(lib.XGetSelectionOwner(screen, lib.XInternAtom(screen, selection, 0)))

def windows(of):
    above, parent, below, count = ctypes.c_ulong(), ctypes.c_ulong(), P(ctypes.c_ulong)(), ctypes.c_uint()
    lib.XQueryTree(screen, of, above, parent, below, count)
    for at in range(count.value):
        yield below[at]
        yield from windows(below[at])

def properties(window):
    # Everything a window says of itself: title, icon title, class, role, command line.
    count = ctypes.c_int()
    atoms = lib.XListProperties(screen, window, count)
    for at in range(count.value):
        kind, width, items, rest, data = (ctypes.c_ulong(), ctypes.c_int(), ctypes.c_ulong(), ctypes.c_ulong(),
                                          ctypes.c_void_p())
        lib.XGetWindowProperty(screen, window, atoms[at], 0, 4096, 0, 0, kind, width, items, rest, data)
        if data.value and width.value == 8:
            yield ctypes.string_at(data.value, items.value)
"""
STORY = f"""{OTHER}
import json, sys
from pathlib import Path
from person import CTRL, SHIFT, Keys, Person, settle, wait_until
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit
from alliance_desktop.ui.application import make_application
app = make_application(sys.argv[:1])
assert QGuiApplication.platformName() == "xcb"
person = Person(Path(sys.argv[1])).begin()
person.program.clipboard._timer.setInterval(300)
if sys.argv[2] != "watched":
    person.program.clipboard._timer.timeout.disconnect()
    QGuiApplication.clipboard().selectionChanged.disconnect()
NAMES = ("dana", "d34", "quixtree", "heronsong", "the blip", "notes.vault")
told, screens, selected, published = [], 0, 0, 0

def look():
    global screens
    screens += 1
    settle()
    said = [one for window in windows(root) for one in properties(window)]
    assert any(b"Alliance Desktop" in one for one in said)
    tops = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
    said += [f"{{one.windowTitle()}} {{one.windowIconText()}} {{one.windowFilePath()}}".encode() for one in tops]
    said += [QAccessible.queryAccessibleInterface(one).text(QAccessible.Text.Name).encode() for one in tops]
    told.extend(name for one in said for name in NAMES if name in one.decode("utf-8", "replace").lower())

def select(widget):
    # With the mouse, as X11 publishes what the mouse selects.
    global selected, published
    at = widget.viewport() if isinstance(widget, QPlainTextEdit) else widget
    place = at.rect().center() if isinstance(widget, QLabel) else at.rect().topLeft() + at.rect().center() / 8
    widget.setFocus()
    if isinstance(widget, QLabel):
        widget.setSelection(0, 4)
        QTest.mouseDClick(at, Qt.MouseButton.LeftButton, pos=place)
    else:
        widget.selectAll()
        QTest.mouseDClick(at, Qt.MouseButton.LeftButton, pos=place)
        QTest.keyClick(widget, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.mousePress(at, Qt.MouseButton.LeftButton, pos=place)
        QTest.mouseRelease(at, Qt.MouseButton.LeftButton, pos=place)
        QTest.mouseDClick(at, Qt.MouseButton.LeftButton, pos=place)
    settle()
    selected += 1
    published += owned(b"PRIMARY")

look()
person.unlock()
look()
person.add_client("D34", "Dana Quixtree")
look()
person.key(Keys.Key_N, CTRL)
person.write("body", "heronsong at dawn")
look()
select(person.find("body"))
select(person.find("one_line"))
person.key(Keys.Key_K, CTRL)
person.type("Dana")
look()
person.key(Keys.Key_Escape)
person.key(Keys.Key_2, CTRL)
person.find("client_find").setText("Dana")
select(person.find("client_find"))
line = person.find("client_find")
line.selectAll()
line.copy()
settle()
copied = owned(b"CLIPBOARD")
wait_until(lambda: not person.program.clipboard.waits)
settle()
after_a_while = owned(b"CLIPBOARD")
line.clear()
person.notice("the blip")
look()
person.key(Keys.Key_P, CTRL)
look()
person.key(Keys.Key_Comma, CTRL)
person.find("settings_who").setPlainText("Quixtree")
select(person.find("settings_who"))
look()
person.key(Keys.Key_F1)
look()
person.key(Keys.Key_Escape)
person.key(Keys.Key_F9)
look()
person.key(Keys.Key_F9)
line = person.find("client_find") if person.maybe("client_find") else None
person.key(Keys.Key_2, CTRL)
line = person.find("client_find")
line.setText("Dana")
line.selectAll()
line.copy()
settle()
copied = copied and owned(b"CLIPBOARD")
person.key(Keys.Key_L, CTRL)
settle()
look()
figures = dict(screens=screens, told=len(told), selected=selected, published=published,
               copied=copied, after_a_while=after_a_while, after_the_lock=owned(b"CLIPBOARD"))
print(json.dumps(figures), flush=True)
import os
os._exit(0)
"""


@contextmanager
def screen() -> Iterator[str]:
    """Start a screen of its own and return its name."""
    reading, writing = os.pipe()
    begun = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x900x24", "-nolisten", "tcp"]
    with subprocess.Popen(begun, pass_fds=[writing], stderr=subprocess.DEVNULL) as server:
        os.close(writing)
        with os.fdopen(reading) as told:
            number = told.readline().strip()
        try:
            yield f":{number}"
        finally:
            server.terminate()


def watch(how: str, count: int, folder: Path) -> Figures:
    """Carry the story out on a screen and count what another program could see."""
    total: dict[str, float] = {}
    for at in range(count):
        home = folder / str(at)
        home.mkdir()
        vault.create(home / "Notes.vault", PASSPHRASE, random=os.urandom, now=lambda: BEGAN, kdf=cheap())
        with screen() as name:
            environ = {key: value for key, value in os.environ.items() if not key.startswith("DBUS")}
            environ |= {"DISPLAY": name, "QT_QPA_PLATFORM": "xcb"}
            begun = [sys.executable, "-B", "-c", STORY, str(home), how]
            ran = subprocess.run(begun, env=environ, capture_output=True, text=True, check=False)
        if ran.returncode:
            raise AssertionError(f"the story broke off with {ran.returncode}: {ran.stderr[-2000:]}")
        told = json.loads(ran.stdout.splitlines()[-1])
        assert told["copied"], "the control: what was copied was there before"
        total = {key: total.get(key, 0) + value for key, value in told.items()}
    return {
        "stories": count,
        "screens looked at": total["screens"],
        "names in titles and properties": total["told"],
        "selections": total["selected"],
        "selections published": total["published"],
        "clipboards kept": total["after_a_while"] + total["after_the_lock"],
    }


TRIALS = (
    Trial(
        "S14",
        "what other programs on the screen see: titles, properties and spoken names of windows, PRIMARY, clipboard",
        (
            tries("stories", 10),
            least("screens looked at", 10),
            most("names in titles and properties", 0),
            least("selections", 4),
            most("selections published", 0),
            most("clipboards kept", 0),
        ),
        partial(watch, "watched"),
        fast=1,
        full=10,
        controls=(
            Control("the clipboard is not watched", partial(watch, "not watched"), ("selections published", 0.5), 1, 2),
        ),
        tools=("Xvfb",),
    ),
)
