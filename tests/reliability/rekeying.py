"""R4: killed at any moment of a re-encryption, exactly one key opens the vault, and the passphrase always does."""

import os
import random
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from vault_cases import PASSPHRASE, cheap, clock

from alliance_desktop.domain.errors import KnownError
from alliance_desktop.keys import keyfile
from alliance_desktop.keys.keyfile import Secrets
from alliance_desktop.keys.recovery import recovery_text
from alliance_desktop.storage import keyfiles, opening, rekeying, vault
from alliance_desktop.storage.store import Store
from tests.reliability.frame import Control, Figures, Trial, most, tries
from tests.reliability.killing import Say, forked, killed

MEGABYTES = 6


class Made(NamedTuple):
    """A vault, its present and its next keys, and the digest of what lies in it."""

    folder: Path
    present: Secrets
    new: Secrets
    sealed: bytes
    digest: bytes


def make(folder: Path) -> Made:
    """Make a vault of a few megabytes, and a new key for it."""
    place = folder / "Made.vault"
    present = vault.create(place, PASSPHRASE, random=os.urandom, now=clock(), kdf=cheap())
    store = opening.open_store(place, present)
    for at in range(MEGABYTES * 2):
        with store.transaction():
            store.settings.put(f"filler {at}", os.urandom(250_000).hex())
    new = keyfile.secrets_of(os.urandom(20), present.vault_id)
    sealed = vault.seal_passphrase(place, 1, new, PASSPHRASE, os.urandom, cheap())
    digest = store.digest
    store.close()
    return Made(place, present, new, sealed, digest)


Replace = Callable[[Made, Store], object]


def in_order(made: Made, store: Store) -> None:
    """Replace the key as the program does."""
    rekeying.replace_key(store, made.present, made.new, made.sealed)


def key_files_first(made: Made, store: Store) -> None:
    """Replace the key files, and then encrypt: what the order guards against."""
    keyfiles.put_both(store.folder, made.sealed)
    store.encrypt_anew(made.new.data_key)


def opens(folder: Path, find: Callable[[], Secrets], digest: bytes) -> bool:
    """Say whether secrets open a vault with just these rows in it, every page and row checked."""
    try:
        store = opening.open_store(folder, find())
    except KnownError:
        return False
    # What the side file holds is no part of the pages yet that the check of every page reads.
    store.settle()
    rows = store._database.rows
    whole = rows("PRAGMA integrity_check") == [("ok",)] and rows("PRAGMA cipher_integrity_check") == []
    recounting = store.recounting()
    try:
        while True:
            next(recounting)
    except StopIteration as end:
        same = bool(end.value)
    whole = whole and same
    # The generation of the keys is a row as well, and the only one that may differ.
    if store.key_generation == 1:
        whole = whole and store.digest == digest
    store.close()
    return whole


def _kills(count: int, folder: Path, replace: Replace) -> Figures:
    chance = random.Random(4)
    made = make(folder)
    lasts = _duration(made, folder, replace)
    figures = dict.fromkeys(("old key", "new key", "both or none", "passphrase refused"), 0)
    for _ in range(count):
        place = shutil.copytree(made.folder, folder / "Tried.vault")

        def work(say: Say, place: Path = place) -> None:
            store = opening.open_store(place, made.present)
            say(1)
            replace(made, store)
            say(2)
            signal.pause()

        killed(*forked(work), 1, chance.random() * lasts * 1.1)
        copy = shutil.copytree(place, folder / "By sheet.vault")
        by_passphrase = opens(place, lambda place=place: opening.find_secrets(place, PASSPHRASE), made.digest)
        figures["passphrase refused"] += not by_passphrase
        both = (made.present, made.new)
        by = [opens(copy, lambda one=one, copy=copy: _by_sheet(copy, one), made.digest) for one in both]
        figures["both or none" if by[0] == by[1] else "old key" if by[0] else "new key"] += 1
        for one in (place, copy):
            shutil.rmtree(one)
    return {"kills": count, **figures}


def _by_sheet(folder: Path, secrets: Secrets) -> Secrets:
    return opening.secrets_from_recovery(folder, recovery_text(secrets.recovery))


def _duration(made: Made, folder: Path, replace: Replace) -> float:
    place = shutil.copytree(made.folder, folder / "Timed.vault")
    store = opening.open_store(place, made.present)
    began = time.perf_counter()
    replace(made, store)
    lasts = time.perf_counter() - began
    store.close()
    shutil.rmtree(place)
    return lasts


TRIALS = (
    Trial(
        "R4",
        "kill -9 during a re-encryption",
        (tries("kills", 160), most("both or none", 0), most("passphrase refused", 0)),
        lambda count, folder: _kills(count, folder, in_order),
        fast=6,
        full=160,
        controls=(
            Control(
                "the key files are replaced before the pages",
                lambda count, folder: _kills(count, folder, key_files_first),
                fast=6,
                full=30,
            ),
        ),
    ),
)
