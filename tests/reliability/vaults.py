"""A vault for a trial, saves whose every word follows from their number, and the judge of what is left of them."""

import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from sqlcipher3.dbapi2 import DatabaseError
from vault_cases import BEGAN, PASSPHRASE, addendum, arc, cheap, client, entry, event, raw

from alliance_desktop.domain.errors import KnownError
from alliance_desktop.keys.keyfile import Secrets
from alliance_desktop.storage import opening, vault
from alliance_desktop.storage.store import Store

CLIENTS = 8
PRIVATE = frozenset({"own"})


class Made(NamedTuple):
    """A closed vault and what opens it, for as many copies as a trial wants."""

    folder: Path
    secrets: Secrets

    def own_secrets(self) -> Secrets:
        """Return the secrets as an object of their own, which a store may wipe."""
        was = self.secrets
        # By way of a bytearray: bytes of bytes are the same object.
        parts = (bytes(bytearray(one)) for one in (was.recovery, was.vault_id, was.data_key))
        return Secrets(*parts, was.generation)

    def open(self, folder: Path | None = None, **more) -> Store:
        """Open this vault, or a copy of it."""
        return opening.open_store(folder or self.folder, self.own_secrets(), **more)

    def copy(self, to: Path) -> Path:
        """Put a copy in place of whatever is there."""
        shutil.rmtree(to, ignore_errors=True)
        return shutil.copytree(self.folder, to)


def quick_folder(folder: Path) -> TemporaryDirectory:
    """Return a folder in memory where there is one: for trials in which nothing depends on the disk."""
    memory = Path("/dev/shm")
    return TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else folder)


def make(folder: Path, saves: int = 0) -> Made:
    """Make a vault with so many saves in it."""
    place = folder / "Notes.vault"
    secrets = vault.create(place, PASSPHRASE, random=os.urandom, now=lambda: BEGAN, kdf=cheap())
    made = Made(place, secrets)
    if saves:
        store = made.open()
        for id in range(1, saves + 1):
            save(store, id)
        store.close()
    return made


def save(store: Store, id: int, whose: int = 0) -> None:
    """Write rows of five tables in one transaction: client, entry, answers of both layers, setting."""
    with store.transaction():
        store.clients.put(client(whose or id))
        store.entries.put(told(id, whose=whose), PRIVATE)
        store.settings.put("last", id)


def story(store: Store, id: int, more: str = "") -> None:
    """Write a save for one of a few clients and, every third time, a strain with card, status and addendum."""
    whose = id % CLIENTS + 1
    save(store, id, whose)
    if id % 3:
        return
    with store.transaction():
        store.arcs.put(arc(id, client=whose))
        answers = {"name": f"strain{id}", "own": f"why{id} {more}"}
        store.entries.put(entry(10_000 + id, client=whose, arc=id, card="notice", answers=answers), PRIVATE)
        store.arcs.add_event(event(id, arc=id, why=f"{more}"))
        store.entries.add_addendum(addendum(id, entry=id, text=f"later{id} {more}"))


def everything(store: Store) -> list[object]:
    """Return all that the program would read of a vault, asked for as its pages ask."""
    found: list[object] = [store.settings.get("last"), store.entries.drafts(), store.entries.notices()]
    for one in store.clients.all():
        found += [one, store.entries.of_client(one.id), store.entries.addenda_of_client(one.id)]
        for strain in store.arcs.of_client(one.id):
            found += [strain, store.entries.of_arc(strain.id), store.arcs.events(strain.id)]
    return found


def is_as_counted(store: Store) -> bool:
    """Say whether the digest of an open vault stands for the rows that are in it."""
    steps = store.recounting()
    while True:
        try:
            next(steps)
        except StopIteration as done:
            return bool(done.value)


def told(id: int, more: str = "", whose: int = 0):
    """Return the entry that a save of this number writes."""
    return entry(id, client=whose or id, answers={"facts": f"word{id} " * (id % 7 * 150 + 1), "own": f"own{id}{more}"})


class Left(NamedTuple):
    """What a trouble left: how many saves that were called kept are lost, and whether anything is amiss."""

    lost: int
    damaged: bool


def judge(made: Made, folder: Path, kept: Iterable[int], in_flight: int = 1) -> Left:
    """Open a vault as the program does and compare it with the saves that were called kept.

    At most `in_flight` more may be there; each must be whole, and every check of the database must find nothing.
    """
    wanted = set(kept)
    try:
        store = made.open(folder)
    except KnownError:
        return Left(len(wanted), True)
    try:
        found = {one.id: one for one in store.clients.all()}
        whole = all(_is_whole(store, id) for id in found)
        last = store.settings.get("last") or 0
        in_order = last == max(found, default=0) and len(set(found) - wanted) <= in_flight and is_as_counted(store)
    except (KnownError, KeyError):
        return Left(len(wanted), True)
    finally:
        store.close()
    return Left(len(wanted - set(found)), not (whole and in_order) or bool(faults_of_checks(folder, made.secrets)))


def _is_whole(store: Store, id: int) -> bool:
    there = store.entries.get(id)
    return there.answers == told(id).answers and there.client == id


def faults_of_checks(folder: Path, secrets: Secrets) -> list[str]:
    """Return what SQLCipher's check of every page and SQLite's own check find in a closed vault."""
    connection = raw(folder, secrets)
    try:
        cipher = connection.execute("PRAGMA cipher_integrity_check").fetchall()
        rows = connection.execute("PRAGMA integrity_check").fetchall()
        strangers = connection.execute("PRAGMA foreign_key_check").fetchall()
    except DatabaseError as fault:
        return [type(fault).__name__]
    finally:
        connection.close()
    return [str(one) for one in [*cipher, *strangers, *(row for row in rows if row != ("ok",))]]
