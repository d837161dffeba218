"""What the tests of this room share: a cheap cost, valid things to store, and a look at every byte of a folder."""

import datetime
import hashlib
import os
import shutil
import subprocess
import sys
from itertools import count
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from alliance_desktop.domain.client import Client
from alliance_desktop.domain.entry import (
    Addendum,
    Arc,
    ArcId,
    ClientId,
    Entry,
    EntryEvent,
    EntryId,
    Event,
    PutOff,
    StatusEvent,
    Version,
)
from alliance_desktop.keys.derivation import Kdf
from alliance_desktop.keys.keyfile import Secrets
from alliance_desktop.storage import opening, vault

PASSPHRASE = "the kettle sings at four"
ROOT = Path(__file__).resolve().parents[2]
BEGAN = datetime.datetime(2026, 3, 5, 10, 0, tzinfo=datetime.UTC)


def cheap():
    """Return the least cost that a key file is made with, and one pass."""
    return Kdf(salt=os.urandom(16), memory_kib=64 * 1024, passes=1)


def clock():
    """Return a clock that goes on by a second at each look."""
    looks = count()
    return lambda: BEGAN + datetime.timedelta(seconds=next(looks))


def client(id=1, **more):
    return Client(**{"id": ClientId(id), "created_at": BEGAN, "answers": {"code": f"C{id}"}} | more)


def entry(id=10, client=1, **more):
    usual = {
        "id": EntryId(id),
        "client": None if client is None else ClientId(client),
        "form": "session_note",
        "form_version": 1,
        "card": "note",
        "happened_on": BEGAN.date(),
        "created_at": BEGAN,
        "touched_at": BEGAN,
    }
    return Entry(**usual | more)


def arc(id=5, client=1, **more):
    usual = {"id": ArcId(id), "client": ClientId(client), "form": "rupture", "created_at": BEGAN, "status": "noticed"}
    return Arc(**usual | more)


def event(id, arc=5, was="", became="noticed", after=0, **more):
    usual = {"id": id, "arc": ArcId(arc), "turn": 1, "was": was, "became": became, "true_on": BEGAN.date()}
    return StatusEvent(**usual | {"entered_at": BEGAN + datetime.timedelta(minutes=after)} | more)


def addendum(id, entry=10, text="later", after=0, **more):
    written = BEGAN + datetime.timedelta(minutes=after)
    return Addendum(id=id, entry=EntryId(entry), written_at=written, text=text, **more)


def version(id, entry=10, after=0, **more):
    written = BEGAN + datetime.timedelta(minutes=after)
    return Version(**{"id": id, "entry": EntryId(entry), "written_at": written, "form_version": 1} | more)


def entry_event(id, entry=10, after=0, **more):
    at = BEGAN + datetime.timedelta(minutes=after)
    return EntryEvent(**{"id": id, "entry": EntryId(entry), "at": at, "what": Event.BINNED} | more)


def put_off(id, client=1, **more):
    whose = None if client is None else ClientId(client)
    return PutOff(**{"id": id, "client": whose, "rule": "goals", "subject": 10, "at": BEGAN} | more)


def seen(folder: Path) -> dict[str, tuple[int, str]]:
    """Return mode and hash of everything in a folder, by name."""
    found = {}
    for path in sorted(folder.rglob("*")):
        content = path.read_bytes() if path.is_file() else b""
        found[str(path.relative_to(folder))] = (path.stat().st_mode, hashlib.sha256(content).hexdigest())
    return found


def raw(folder: Path, secrets: Secrets) -> dbapi2.Connection:
    """Return a connection past the program's own code, to see what lies in the tables."""
    connection = dbapi2.connect(str(folder / "notes.db"), isolation_level=None)
    connection.execute("PRAGMA cipher_log_level=NONE").fetchall()
    connection.execute(f"PRAGMA key=\"x'{secrets.data_key.hex()}{secrets.vault_id.hex()}'\"").fetchall()
    return connection


def change_passphrase(store, secrets, passphrase, kdf=None):
    """Change the passphrase of an open vault in one go, as the window does in two."""
    sealed = vault.seal_passphrase(store.folder, store.key_generation, secrets, passphrase, os.urandom, kdf)
    return vault.install(store, secrets, sealed)


def stopped_copy(folder, to, write):
    """Return a copy of a vault as it lies when the program is stopped between a commit and its checkpoint."""
    store = opening.open_store(folder, opening.find_secrets(folder, PASSPHRASE))
    database = store._database
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database, "settle", lambda: shutil.copytree(folder, to))
        with store.transaction():
            write(store)
    store.close()
    assert (to / "notes.db-wal").stat().st_size > 0
    return to


def child(script: str, *arguments: object, user: int | None = None, **more) -> subprocess.Popen:
    """Start a Python of its own with the program importable."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), str(Path(__file__).parent)])}
    return subprocess.Popen(
        [sys.executable, "-c", script, *map(str, arguments)],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        user=user,
        **more,
    )


def answer(script: str, *arguments: object, **more) -> str:
    """Return what a Python of its own printed; it must end well and say nothing to stderr."""
    with child(script, *arguments, **more) as process:
        out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, "")
    return out
