"""Connections have more room for small things; it is made before the first of them, and goes with each whole."""

import subprocess
import sys

import pytest
from vault_cases import ROOT

from alliance_desktop.storage.lookaside import PIECE, PIECES

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


@pytest.mark.skipif(sys.platform != "linux", reason="the names are looked for where the library is built for Linux")
def test_each_connection_has_more_room_and_gives_it_back() -> None:
    usual = look("")
    there, *others = look("from alliance_desktop.storage import database, lookaside")
    assert int(there) - int(usual[0]) > PIECE * PIECES * 0.8, "the control: without it there is less"
    assert others == ["0", "1", "False"], "nothing is left, it is wiped; and with a connection open nothing is changed"
    assert usual[1:] == ["0", "1", "None"]
