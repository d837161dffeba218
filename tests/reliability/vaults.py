"""A vault for a trial, saves whose every word follows from their number, and the judge of what is left of them."""

import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from vault_cases import BEGAN, PASSPHRASE, cheap, client, entry, raw

from alliance_desktop.domain.errors import KnownError
from alliance_desktop.keys.keyfile import Secrets
from alliance_desktop.storage import opening, vault
from alliance_desktop.storage.store import Store

PRIVATE = frozenset({"own"})


class Made(NamedTuple):
    """A closed vault and what opens it, for as many copies as a trial wants."""

    folder: Path
    secrets: Secrets

    def own_secrets(self) -> Secrets:
        """Return the secrets as an object of their own, which a store may wipe."""
        was = self.secrets
        return Secrets(bytes(was.recovery), bytes(was.vault_id), bytes(was.data_key), was.generation)

    def open(self, folder: Path | None = None, **more) -> Store:
        """Open this vault, or a copy of it."""
        return opening.open_store(folder or self.folder, self.own_secrets(), **more)

    def copy(self, to: Path) -> Path:
        """Put a copy in place of whatever is there."""
        shutil.rmtree(to, ignore_errors=True)
        return shutil.copytree(self.folder, to)


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


def save(store: Store, id: int) -> None:
    """Write four rows in one transaction: a client, an entry, its private answers, a setting."""
    with store.transaction():
        store.clients.put(client(id))
        store.entries.put(told(id), PRIVATE)
        store.settings.put("last", id)


def told(id: int):
    """Return the entry that a save of this number writes."""
    return entry(id, client=id, answers={"facts": f"word{id} " * (id % 7 * 150 + 1), "own": f"own{id}"})


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
        in_order = last == max(found, default=0) and len(set(found) - wanted) <= in_flight
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
    finally:
        connection.close()
    return [str(one) for one in [*cipher, *strangers, *(row for row in rows if row != ("ok",))]]
