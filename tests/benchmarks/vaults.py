"""Vaults of made-up caseloads, and the same rows beside them on bare SQLCipher and on plain SQLite.

The plain copy holds invented people only; the program itself can make no such thing.
"""

import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from alliance_desktop.keys.derivation import LEAST_MEMORY_KIB, Kdf
from alliance_desktop.resources import resource
from alliance_desktop.services.access import Access
from alliance_desktop.services.forms import load_forms
from alliance_desktop.services.stamps import Now, Random
from alliance_desktop.storage.given_key import give_key
from alliance_desktop.storage.place import NOTES
from tests.benchmarks.caseload import write

PASSPHRASE = "seven quiet herons by the weir"
CHEAP = Kdf(salt=bytes(16), memory_kib=LEAST_MEMORY_KIB, passes=1)
"""The least a passphrase may cost: what opening costs beside the key is what is looked at."""

_SETTINGS = (
    *("locking_mode=exclusive", "journal_mode=wal", "synchronous=2", "temp_store=2"),
    *("foreign_keys=1", "secure_delete=1", "cell_size_check=1"),
)
"""Those of the program that take time."""


def make(folder: Path, size: str, now: Now, random: Random) -> Path:
    """Return a vault of a size in a folder, which is made by importing its file; one that is there is taken."""
    vault = folder / f"{size}.vault"
    if (vault / "made").exists():
        return vault
    shutil.rmtree(vault, ignore_errors=True)
    access = Access(load_forms(resource("forms")), now, random, CHEAP)
    access.create(vault, PASSPHRASE).forget()
    file = folder / f"{size}.jsonl"
    write(size, file)
    command = [sys.executable, "-m", "alliance_desktop", "import", str(vault), str(file), "--passphrase-stdin"]
    subprocess.run(command, input=f"{PASSPHRASE}\n", text=True, check=True, stdout=subprocess.DEVNULL)
    opened = access.open(vault, access.unlock(vault, PASSPHRASE))
    while opened.search.put_in(200):
        pass
    opened.close()
    (vault / "made").touch()
    return vault


class Bare:
    """A copy of a vault's file on SQLCipher with the same settings, asked without the program."""

    def __init__(self, vault: Path, data_key: bytes, vault_id: bytes, copy: Path) -> None:
        shutil.copyfile(vault / NOTES, copy)
        self._copy, self._key = copy, (data_key, vault_id)
        self._connection = self._connected()

    def _connected(self) -> dbapi2.Connection:
        connection = dbapi2.connect(str(self._copy), isolation_level=None)
        connection.execute("PRAGMA cipher_memory_security=ON")
        give_key(connection, *self._key)
        for setting in _SETTINGS:
            connection.execute(f"PRAGMA {setting}").fetchall()
        return connection

    def begin_anew(self) -> None:
        """Go on with a connection that has nothing in memory yet."""
        self._connection.close()
        self._connection = self._connected()
        self._connection.execute("SELECT count(*) FROM sqlite_schema").fetchall()

    def ask(self, *questions: tuple[str, Sequence[Any]]) -> None:
        """Ask some questions one after the other, and read all their rows."""
        for sql, values in questions:
            self._connection.execute(sql, tuple(values)).fetchall()

    def number(self, sql: str) -> int:
        """Return the one number that a question is answered with."""
        return int(self._connection.execute(sql).fetchone()[0])

    def copy_plain(self, into: Path) -> None:
        """Write the same tables into a file of plain SQLite."""
        self._connection.execute("ATTACH DATABASE ? AS plain KEY ''", (str(into),))
        self._connection.execute("SELECT sqlcipher_export('plain')").fetchall()
        self._connection.execute("DETACH DATABASE plain")

    def close(self) -> None:
        """Let the copy go."""
        self._connection.close()


class Plain:
    """The same rows on plain SQLite, in a process of its own: wiping memory is a setting of the whole process."""

    def __init__(self, file: Path) -> None:
        command = [sys.executable, "-m", "tests.benchmarks.vaults", str(file)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, *questions: tuple[str, Sequence[Any]]) -> float:
        """Ask some questions one after the other and return the milliseconds that all took together."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(questions) + "\n")
        self._process.stdin.flush()
        return float(self._process.stdout.readline())

    def close(self) -> None:
        """End the process."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()


def answer(file: Path) -> None:
    """Answer questions from standard input, with the milliseconds that each line of them took."""
    import time

    connection = dbapi2.connect(str(file), isolation_level=None)
    for setting in ("journal_mode=wal", "synchronous=2", "temp_store=2"):
        connection.execute(f"PRAGMA {setting}").fetchall()
    for line in sys.stdin:
        asked = json.loads(line)
        began = time.perf_counter()
        for sql, values in asked:
            connection.execute(sql, tuple(values)).fetchall()
        sys.stdout.write(f"{(time.perf_counter() - began) * 1000}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    answer(Path(sys.argv[1]))
