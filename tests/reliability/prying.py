"""S5: another program of the same user tries to get into this one; and the file dialog still opens."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from tests.reliability.frame import Control, Figures, Trial, least, most, tries

DOORS = ("mem", "maps", "environ", "fd", "debugger", "core")
NOBODY = 65534
DROP = f"""
import os
def drop():
    if os.getuid() == 0:
        os.setgroups([])
        os.setgid({NOBODY})
        os.setuid({NOBODY})
"""
# Everything is loaded first: an ordinary user may not be allowed to read where the tests lie.
HELD = f"""{DROP}
import ctypes, os, resource, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from alliance_desktop.services import hardening
from alliance_desktop.ui.file_dialog import choose_file
app = QApplication(["held"])
resource.setrlimit(resource.RLIMIT_CORE, (resource.getrlimit(resource.RLIMIT_CORE)[1],) * 2)
drop()
ctypes.CDLL(None).prctl(4, 1, 0, 0, 0)
if sys.argv[1] == "closed":
    hardening.harden()
words = b"what nobody else may read"
print(id(words) + bytes.__basicsize__ - 1, flush=True)
sys.stdin.readline()
window = QWidget()
window.show()
def answer():
    dialog = window.findChild(QFileDialog)
    print("opened" if dialog is not None and dialog.isVisible() else "nothing", flush=True)
    dialog.reject()
QTimer.singleShot(0, answer)
choose_file(window, "2026-03-10.pdf")
sys.stdin.readline()
os.abort()
"""
PRYING = f"""{DROP}
import ctypes, sys
drop()
pid, at = int(sys.argv[1]), int(sys.argv[2])
def mem():
    with open(f"/proc/{{pid}}/mem", "rb", buffering=0) as file:
        file.seek(at)
        assert file.read(25) == b"what nobody else may read"
def maps():
    assert open(f"/proc/{{pid}}/maps").read()
def environ():
    assert open(f"/proc/{{pid}}/environ", "rb").read()
def fd():
    assert os.listdir(f"/proc/{{pid}}/fd")
def debugger():
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.ptrace(16, pid, None, None) != 0:
        raise OSError(ctypes.get_errno(), "refused")
    os.waitpid(pid, 0x40000000)
    libc.ptrace(17, pid, None, None)
for door in (mem, maps, environ, fd, debugger):
    try:
        door()
    except PermissionError:
        continue
    print(door.__name__)
"""


@contextmanager
def held(how: str, folder: Path) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """Start a program that holds words, closed or not, and return it with the place of the words in its memory."""
    place = folder / "core here"
    place.mkdir(exist_ok=True)
    place.chmod(0o777)
    with subprocess.Popen(
        [sys.executable, "-B", "-c", HELD, how],
        cwd=place,
        env={**os.environ, "HOME": str(place)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout is not None
        yield process, process.stdout.readline().strip()
        process.kill()


def tell(process: "subprocess.Popen[str]") -> None:
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()


def pry(how: str, count: int, folder: Path) -> Figures:
    """Try every door of so many programs."""
    found: list[str] = []
    dialogs = 0
    for _ in range(count):
        with held(how, folder) as (process, at):
            pried = [sys.executable, "-B", "-c", PRYING, str(process.pid), at]
            found += subprocess.run(pried, capture_output=True, text=True, check=True, cwd="/").stdout.split()
            tell(process)
            assert process.stdout is not None
            dialogs += process.stdout.readline() == "opened\n"
            tell(process)
            _, status = os.waitpid(process.pid, 0)
            found += ["core"] if os.WCOREDUMP(status) else []
            process.returncode = 0
    for core in (folder / "core here").glob("core*"):
        core.unlink()
    return {
        "programs": count,
        "doors tried": count * len(DOORS),
        "doors open": len(found),
        "file dialogs opened of each program": dialogs / count,
    }


TRIALS = (
    Trial(
        "S5",
        "another program of the same user tries memory, maps, environment, files, debugger and core dump",
        (
            tries("programs", 10),
            least("doors tried", len(DOORS)),
            most("doors open", 0),
            least("file dialogs opened of each program", 1),
        ),
        partial(pry, "closed"),
        fast=1,
        full=10,
        controls=(Control("the process is not closed", partial(pry, "open"), share=("doors open", 2), fast=1, full=2),),
    ),
)
