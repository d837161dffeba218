"""Connections have more room for small things: made before the first of them, locked, and gone with each as a whole."""

import platform
import subprocess
import sys

import pytest
from vault_cases import ROOT, answer

from alliance_desktop.storage.lookaside import PIECE, PIECES

_WHERE_MADE = pytest.mark.skipif(
    (sys.platform, platform.machine()) != ("linux", "x86_64"), reason="the library is asked for its names there only"
)

_LOOK = """
import ctypes, sys
from sqlcipher3 import dbapi2
library = ctypes.CDLL(sys.modules["sqlcipher3._sqlite3"].__file__)
library.sqlite3_memory_used.restype = ctypes.c_int64
used = library.sqlite3_memory_used
{before}
began = used()
connection = dbapi2.connect(":memory:")
there = used() - began
connection.execute("PRAGMA cipher_memory_security=ON").fetchall()
wiped = connection.execute("PRAGMA cipher_memory_security").fetchone()[0]
again = lookaside.make_room() if "lookaside" in globals() else None
assert connection.execute("SELECT 1").fetchall() == [(1,)]
connection.close()
print(there, used() - began, wiped, again)
"""


def look(before):
    """Return how much memory a connection has, how much is left of it, whether it is wiped, and a second try."""
    command = [sys.executable, "-c", _LOOK.format(before=before)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.split()


@_WHERE_MADE
def test_each_connection_has_more_room_and_gives_it_back() -> None:
    usual = look("")
    there, *others = look("from alliance_desktop.storage import database, lookaside")
    assert int(there) - int(usual[0]) > PIECE * PIECES * 0.8, "the control: without it there is less"
    assert others == ["0", "1", "False"], "nothing is left, it is wiped; and with a connection open nothing is changed"
    assert usual[1:] == ["0", "1", "None"]


_LOCKED = """
import re, sys
from pathlib import Path
from alliance_desktop.storage import connecting, opening
from vault_cases import PASSPHRASE
folder, how = Path(sys.argv[1]), sys.argv[2]
if how == "late":
    connecting._lock_memory = lambda: None
def locked():
    return int(re.search(r"VmLck:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) * 1024
for _ in range(2):
    secrets = opening.find_secrets(folder, PASSPHRASE)
    before = locked()
    store = opening.open_store(folder, secrets)
    print(locked() - before)
    store.close()
"""


@_WHERE_MADE
def test_the_room_of_the_first_connection_is_locked_like_that_of_any_other(folder):
    resource = pytest.importorskip("resource")
    most, _ = resource.getrlimit(resource.RLIMIT_MEMLOCK)
    if 0 <= most < 4 * 1024**2:
        pytest.skip("the system lets a process lock next to nothing")
    first, second = map(int, answer(_LOCKED, folder, "early").split())
    assert abs(first - second) < PIECE * PIECES / 4
    first, second = map(int, answer(_LOCKED, folder, "late").split())
    assert second - first > PIECE * PIECES / 2, "the control: what is said to it itself comes too late for its room"
