"""S8 and S9: a whole story through the window opens no way to the network, and leaves only listed files behind."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from person import BEGAN, PASSPHRASE, cheap

from alliance_desktop.storage import vault
from tests.reliability.frame import Control, Figures, Trial, least, most, tries
from tests.reliability.registry import ROOT
from tests.reliability.story import LOCKED as STORY
from tests.reliability.story import SHORT, WORDS

PRINTING = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from contextlib import suppress
from alliance_desktop.domain.errors import NoPrinterError
from alliance_desktop.ui.printing import ask_and_print, print_sheets
app = QApplication(sys.argv[:1])
window = QWidget()
window.show()
def leave():
    dialog = window.findChild(QDialog)
    dialog.reject()
sheets = [b"<svg xmlns='http://www.w3.org/2000/svg'/>"]
QTimer.singleShot(0, leave)
assert not ask_and_print(window, sheets, "a4")
leave = lambda: [one.reject() for one in window.findChildren(QDialog)]
QTimer.singleShot(0, leave)
with suppress(NoPrinterError):
    assert not print_sheets(window, sheets, "a4")
"""
REACHES_OUT = "\nimport socket\nsocket.socket(socket.AF_INET, socket.SOCK_DGRAM).connect(('192.0.2.1', 9))\n"
FORGETS = "\n(home / 'state' / 'recent-Quixtree').touch()\n(home / '.QtProject.conf').write_text('Tumblefern')\n"
# Qt's parts go in any order when Python itself goes, which is of no interest here.
_END = "\nimport os\nsys.stdout.flush()\nos._exit(0)\n"
_CALL = re.compile(r"^\d+ +(socket|connect)\((.*)\) += ")
_AT_HOME = re.compile(r'inet_addr\("127\.|inet_pton\(AF_INET6, "::1"')
LISTED = re.compile(
    r"home/Notes\.vault/(notes\.db|keys\.[ab]|reserve|backups/[-\w]+\.vbak)|home/state/(vault|seen-\w{32}|open-\w{32}\.lock)"
)


def story(folder: Path, script: str, log: Path | None = None) -> Path:
    """Let a program of its own carry out a script with the window, in a home of its own; return the home's folder."""
    user = folder / "user"
    places = {name: user / name.lower() for name in ("HOME", "TMPDIR", "CWD", "PAPER")}
    for one in places.values():
        one.mkdir(parents=True, exist_ok=True)
    vault.create(places["HOME"] / "Notes.vault", PASSPHRASE, random=os.urandom, now=lambda: BEGAN, kdf=cheap())
    environ = {name: value for name, value in os.environ.items() if not name.startswith(("XDG", "DBUS", "DISPLAY"))}
    environ |= {"HOME": str(places["HOME"]), "TMPDIR": str(places["TMPDIR"])}
    environ |= {f"XDG_{kind}_HOME": str(places["HOME"] / kind) for kind in ("CONFIG", "STATE", "DATA", "CACHE")}
    how = ["-f", "-qq", "-s", "200", "--seccomp-bpf", "-e", "trace=socket,connect"]
    seen = ["strace", *how, "-o", str(log), "--"] if log else []
    # The program's own files are named by their place; its pages go to a folder beside.
    begun = [*seen, sys.executable, "-B", "-c", script + _END, str(places["HOME"]), str(places["PAPER"]), PASSPHRASE]
    path = f"{ROOT}{os.pathsep}{environ.get('PYTHONPATH', '')}"
    ran = subprocess.run(
        begun, cwd=places["CWD"], env=environ | {"PYTHONPATH": path}, capture_output=True, text=True, check=False
    )
    if ran.returncode:
        raise AssertionError(f"the story broke off with {ran.returncode}: {ran.stderr[-2000:]}")
    return user


def calls(log: Path) -> Iterator[tuple[str, str]]:
    """Yield each call that opens or uses a socket: its name and what it says of the address."""
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
        found = _CALL.match(line)
        if found:
            yield found[1], found[2]


def listen(script: str, count: int, folder: Path) -> Figures:
    """Carry the script out under strace and count the ways to a network."""
    ways = beyond = 0
    for at in range(count):
        place = folder / str(at)
        place.mkdir()
        log, printing = place / "calls", place / "print calls"
        story(place, script, log)
        ways += sum("AF_INET" in said for _, said in calls(log))
        story(place / "printing", PRINTING, printing)
        asked = [said for name, said in calls(printing) if name == "connect" and "AF_INET" in said]
        beyond += sum(not _AT_HOME.search(said) for said in asked)
    return {"stories": count, "internet sockets": ways, "connections beyond this computer in the print dialog": beyond}


def look(script: str, count: int, folder: Path) -> Figures:
    """Carry the script out and look at every file that is left."""
    files = unlisted = named = 0
    for at in range(count):
        place = folder / str(at)
        user = story(place, script)
        left = [one for one in user.rglob("*") if one.is_file() and one.parent.name != "paper"]
        files += len(left)
        unlisted += sum(not LISTED.fullmatch(one.relative_to(user).as_posix()) for one in left)
        named += sum(
            any(word in f"{one.name.lower()} ".encode() + one.read_bytes().lower() for word in _WORDS) for one in left
        )
    return {"stories": count, "files": files, "files not listed": unlisted, "files with a word or a name": named}


_WORDS = [word.encode(code) for word in WORDS for code in ("utf-8", "utf-16-le")]

TRIALS = (
    Trial(
        "S8",
        "a whole story with the window under strace",
        (
            tries("stories", 10),
            most("internet sockets", 0),
            most("connections beyond this computer in the print dialog", 0),
        ),
        partial(listen, STORY),
        fast=1,
        full=10,
        controls=(Control("one line that reaches out", partial(listen, SHORT + REACHES_OUT), None, 1, 1),),
        tools=("strace",),
    ),
    Trial(
        "S9",
        "files left in the home, the folder for temporary files and the working folder after a story and its lock",
        (
            tries("stories", 10),
            least("files", 4),
            most("files not listed", 0),
            most("files with a word or a name", 0),
        ),
        partial(look, STORY),
        fast=1,
        full=10,
        controls=(Control("one list of recent files", partial(look, SHORT + FORGETS), None, 1, 1),),
    ),
)
