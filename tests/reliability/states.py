"""R14: everything that can be amiss with a vault's place has a sentence of its own, and nothing is changed.

A state is made in a copy of a vault, the vault is opened as the program does, and what is said is counted.
"""

import datetime
import hashlib
import json
import os
import shutil
import struct
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple
from unittest import mock

import msgspec
from sqlcipher3 import dbapi2
from vault_cases import PASSPHRASE, cheap, client, clock, raw, seen, stopped_copy

from alliance_desktop.domain.errors import KnownError, VaultDamagedError, WrongPassphraseError
from alliance_desktop.keys import keyfile
from alliance_desktop.keys.keyfile import Secrets
from alliance_desktop.keys.recovery import recovery_text
from alliance_desktop.storage import disk, opening, pins, presence, rekeying, schema, vault
from tests.reliability.frame import Control, Figures, Trial, least, most, tries
from tests.reliability.vaults import make

SINCE = datetime.datetime(2026, 11, 22, 9, 48, tzinfo=datetime.UTC)
NOTES, SIDE, KEYS = "notes.db", "notes.db-wal", ("keys.a", "keys.b")
OTHER = "some other words, but long"


class Case(NamedTuple):
    """One copy of the vault and how it is to be opened."""

    folder: Path
    secrets: Secrets
    more: Path
    """A folder for what the state needs besides."""


Opening = Callable[[Case], None]


def by_passphrase(case: Case, words: str = PASSPHRASE, **how: object) -> None:
    """Open and close a vault as after its passphrase was typed."""
    store = opening.open_store(case.folder, opening.find_secrets(case.folder, words), **how)
    remarks = store.remarks
    store.close()
    # What is said of a vault that opens all the same counts as well.
    if remarks:
        raise remarks[0]


def by_sheet(case: Case, recovery: bytes | None = None) -> None:
    """Open and close a vault as after its recovery key was typed."""
    typed = recovery_text(recovery if recovery is not None else case.secrets.recovery)
    opening.open_store(case.folder, opening.secrets_from_recovery(case.folder, typed)).close()


def overwrite(path: Path, at: int, data: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(data)


def gone(case: Case) -> Opening:
    shutil.rmtree(case.folder)
    return by_passphrase


def a_file(case: Case) -> Opening:
    shutil.rmtree(case.folder)
    case.folder.write_bytes(b"not a folder")
    return by_passphrase


def no_vault(case: Case) -> Opening:
    for one in case.folder.iterdir():
        one.unlink()
    (case.folder / "holiday.txt").write_text("a letter")
    return by_passphrase


def notes_missing(case: Case) -> Opening:
    (case.folder / NOTES).unlink()
    return by_passphrase


def notes_empty(case: Case) -> Opening:
    os.truncate(case.folder / NOTES, 0)
    return by_passphrase


def notes_a_folder(case: Case) -> Opening:
    (case.folder / NOTES).unlink()
    (case.folder / NOTES).mkdir()
    return by_passphrase


def notes_in_the_clear(case: Case) -> Opening:
    (case.folder / NOTES).unlink()
    connection = dbapi2.connect(str(case.folder / NOTES))
    connection.execute("CREATE TABLE note (text)")
    connection.commit()
    connection.close()
    return by_passphrase


def notes_of_junk(case: Case) -> Opening:
    (case.folder / NOTES).write_bytes(os.urandom(40_000))
    return by_passphrase


def first_page_damaged(case: Case) -> Opening:
    overwrite(case.folder / NOTES, 200, b"\0" * 8)
    return by_passphrase


def first_page_damaged_by_sheet(case: Case) -> Opening:
    overwrite(case.folder / NOTES, 200, b"\0" * 8)
    return by_sheet


def newer(case: Case) -> Opening:
    connection = raw(case.folder, case.secrets)
    connection.execute(f"PRAGMA user_version={schema.SCHEMA_VERSION + 1}").fetchall()
    connection.close()
    return by_passphrase


def keys_missing(case: Case) -> Opening:
    for name in KEYS:
        (case.folder / name).unlink()
    return by_passphrase


def keys_damaged(case: Case) -> Opening:
    for name in KEYS:
        overwrite(case.folder / name, 30, b"\0\0\0")
    return by_passphrase


def keys_older(case: Case) -> Opening:
    old = {name: (case.folder / name).read_bytes() for name in KEYS}
    store = opening.open_store(case.folder, case.secrets)
    sealed = vault.seal_passphrase(case.folder, 1, case.secrets, OTHER, os.urandom, cheap())
    vault.install(store, case.secrets, sealed)
    store.close()
    for name, data in old.items():
        (case.folder / name).write_bytes(data)
    return by_passphrase


def _replaced(case: Case) -> bytes:
    """Replace the recovery key and return the old one."""
    new = keyfile.secrets_of(os.urandom(20), case.secrets.vault_id)
    sealed = vault.seal_passphrase(case.folder, 1, new, OTHER, os.urandom, cheap())
    store = opening.open_store(case.folder, case.secrets)
    rekeying.replace_key(store, case.secrets, new, sealed)
    store.close()
    return bytes(case.secrets.recovery)


def keys_before_replacement(case: Case) -> Opening:
    old = {name: (case.folder / name).read_bytes() for name in KEYS}
    _replaced(case)
    for name, data in old.items():
        (case.folder / name).write_bytes(data)
    return by_passphrase


def sheet_before_replacement(case: Case) -> Opening:
    recovery = _replaced(case)
    return lambda tried: by_sheet(tried, recovery)


def wrong_passphrase(case: Case) -> Opening:
    return lambda tried: by_passphrase(tried, OTHER)


def wrong_sheet(case: Case) -> Opening:
    return lambda tried: by_sheet(tried, bytes(20))


def mistyped_sheet(case: Case) -> Opening:
    typed = recovery_text(case.secrets.recovery)
    wrong = ("7" if typed[0] != "7" else "8") + typed[1:]
    return lambda tried: opening.secrets_from_recovery(tried.folder, wrong).forget()


def _stopped(case: Case) -> Path:
    return stopped_copy(case.folder, case.more / "stopped", lambda store: store.clients.put(client(901)))


def stopped(case: Case) -> Opening:
    shutil.copy(_stopped(case) / SIDE, case.more / SIDE)
    return lambda tried: by_passphrase(tried._replace(folder=case.more / "stopped"), read_only=True)


def side_file_old(case: Case) -> Opening:
    old = (_stopped(case) / SIDE).read_bytes()
    store = opening.open_store(case.folder, case.secrets)
    for id in (910, 911, 912):
        with store.transaction():
            store.clients.put(client(id))
    store.close()
    (case.folder / SIDE).write_bytes(old)
    return by_passphrase


def damaged_after_a_stop(case: Case) -> Opening:
    folder = _stopped(case)
    size = (folder / NOTES).stat().st_size
    for page in range(4, size // 4096):
        overwrite(folder / NOTES, page * 4096 + 100, b"\0" * 50)
    for one in (NOTES, SIDE):
        shutil.copy(folder / one, case.folder / one)
    return by_passphrase


def older_copy(case: Case) -> Opening:
    return lambda tried: by_passphrase(tried, seen_saves=10_000)


def open_elsewhere(case: Case) -> Opening:
    said = {"computer": "PRACTICE-2", "since": SINCE.isoformat(), "process": 4}
    (case.folder / presence.NAME).write_text(json.dumps(said))
    return by_passphrase


def open_in_another_window(case: Case) -> Opening:
    def tried(one: Case) -> None:
        with mock.patch.object(presence, "is_held", return_value=True):
            by_passphrase(one)

    return tried


def unreadable(case: Case) -> Opening:
    def tried(one: Case) -> None:
        # Rights do not bind the superuser; there the system's own answer stands in for them.
        with mock.patch.object(disk, "may_read", return_value=False):
            by_passphrase(one)

    return tried


def read_only(case: Case) -> Opening:
    def tried(one: Case) -> None:
        with mock.patch.object(disk, "may_write", return_value=False):
            by_passphrase(one)

    return tried


def unsafe(case: Case) -> Opening:
    def tried(one: Case) -> None:
        changed = tuple(
            msgspec.structs.replace(pin, setting="PRAGMA cell_size_check=0") if pin.name == "cell_size_check" else pin
            for pin in pins.PINS
        )
        with mock.patch.object(pins, "PINS", changed):
            by_passphrase(one)

    return tried


def keys_of_a_newer_program(case: Case) -> Opening:
    whole = b"RRKEYS\r\n" + struct.pack(">HI", 2, 3) + b"any"
    for name in KEYS:
        (case.folder / name).write_bytes(whole + hashlib.sha256(whole).digest()[:16])
    return by_passphrase


def keys_of_another(case: Case) -> Opening:
    other = case.more / "Other.vault"
    vault.create(other, PASSPHRASE, random=os.urandom, now=clock(), kdf=cheap())
    for name in KEYS:
        shutil.copy(other / name, case.folder / name)
    return by_passphrase


STATES: tuple[Callable[[Case], Opening], ...] = (
    gone,
    a_file,
    no_vault,
    notes_missing,
    notes_empty,
    notes_a_folder,
    notes_in_the_clear,
    first_page_damaged,
    first_page_damaged_by_sheet,
    newer,
    keys_missing,
    keys_damaged,
    keys_older,
    keys_before_replacement,
    sheet_before_replacement,
    keys_of_another,
    wrong_passphrase,
    wrong_sheet,
    mistyped_sheet,
    stopped,
    side_file_old,
    damaged_after_a_stop,
    older_copy,
    open_elsewhere,
    open_in_another_window,
    unreadable,
    read_only,
    unsafe,
)
SAME_AS_ANOTHER = (notes_of_junk, keys_of_a_newer_program)
"""States that are told by the sentence of another, and change nothing either."""


def run(folder: Path, say: Callable[[KnownError], str]) -> Figures:
    """Make each state, open it, and count what is said."""
    made = make(folder, saves=12)
    sentences: set[str] = set()
    silent = changed = 0
    for state in (*STATES, *SAME_AS_ANOTHER):
        around = folder / state.__name__
        more = folder / f"{state.__name__} more"
        around.mkdir()
        more.mkdir()
        case = Case(made.copy(around / "Notes.vault"), made.own_secrets(), more)
        act = state(case)
        before = seen(around), seen(more)
        said = _said(act, case, say)
        changed += (seen(around), seen(more)) != before
        silent += said is None
        if state in STATES and said is not None:
            sentences.add(said)
    return {"states": len(STATES), "sentences": len(sentences), "states without one": silent, "files changed": changed}


def _said(act: Opening, case: Case, say: Callable[[KnownError], str]) -> str | None:
    try:
        act(case)
    except KnownError as fault:
        return say(fault) if fault.next_step else None
    return None


TRIALS = (
    Trial(
        "R14",
        "everything that can be amiss with a vault's place",
        (
            tries("states", 25),
            least("sentences", len(STATES)),
            most("states without one", 0),
            most("files changed", 0),
        ),
        lambda _count, folder: run(folder, lambda fault: fault.sentence),
        fast=25,
        full=25,
        controls=(
            Control(
                "damage and a wrong passphrase told alike, as others do",
                lambda _count, folder: run(
                    folder,
                    lambda fault: (
                        WrongPassphraseError.sentence
                        if isinstance(fault, WrongPassphraseError | VaultDamagedError)
                        else fault.sentence
                    ),
                ),
            ),
        ),
    ),
)
