"""R5: stopped at every step of a change of the passphrase or of the recovery key, with torn files: the vault opens.

A step is anything that reaches the disk: a file begun, written out, renamed, a folder written out, the pages
encrypted, the generation kept. Files that were not yet renamed are torn at a random place afterwards.
"""

import os
import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

from vault_cases import PASSPHRASE, cheap, client, clock

from alliance_desktop.domain.errors import KnownError
from alliance_desktop.keys import keyfile
from alliance_desktop.keys.keyfile import Secrets
from alliance_desktop.storage import disk, keyfiles, opening, rekeying, vault
from alliance_desktop.storage.store import Store
from tests.reliability.frame import Control, Figures, Trial, most, tries

NEW = "a lantern on the far shore"
Change = Callable[[Store, Secrets, Secrets, bytes, bytes], object]


class StoppedError(BaseException):
    """Ends the program at a step, as a power cut would."""


class Steps:
    """Lets so many steps pass, and stops at the next, before or after it is done."""

    def __init__(self, left: float) -> None:
        self.left = left

    def of(self, work: Callable[..., Any]) -> Callable[..., Any]:
        def step(*arguments: Any, **more: Any) -> Any:
            self._pass()
            answer = work(*arguments, **more)
            self._pass()
            return answer

        return step

    def _pass(self) -> None:
        if self.left == 0:
            raise StoppedError
        self.left -= 1


@contextmanager
def counted(steps: Steps) -> Iterator[None]:
    """Let every step to the disk be one of these."""
    with (
        mock.patch.object(disk, "make_private", steps.of(disk.make_private)),
        mock.patch.object(disk, "_sync", steps.of(disk._sync)),
        mock.patch.object(disk, "sync_folder", steps.of(disk.sync_folder)),
        mock.patch.object(os, "replace", steps.of(os.replace)),
        mock.patch.object(Path, "unlink", steps.of(Path.unlink)),
        mock.patch.object(Store, "encrypt_anew", steps.of(Store.encrypt_anew)),
        mock.patch.object(Store, "keep_key_generation", steps.of(Store.keep_key_generation)),
    ):
        yield


def change_passphrase(store: Store, present: Secrets, _new: Secrets, sealed: bytes, _rekeyed: bytes) -> None:
    """Put a new passphrase in place, as the program does."""
    vault.install(store, present, sealed)


def change_both(store: Store, present: Secrets, new: Secrets, _sealed: bytes, rekeyed: bytes) -> None:
    """Put a new passphrase and a new recovery key in place, as the program does."""
    rekeying.replace_key(store, present, new, rekeyed)


def move_first(store: Store, present: Secrets, _new: Secrets, sealed: bytes, _rekeyed: bytes) -> None:
    """Move the key files away before the new ones are written, as others do: what the order guards against."""
    for name in keyfiles.NAMES:
        disk.sync_folder(store.folder)
        os.replace(store.folder / name, store.folder / f"{name}.bkup")
    vault.install(store, present, sealed)


def _opens(folder: Path, passphrase: str) -> bool:
    try:
        store = opening.open_store(folder, opening.find_secrets(folder, passphrase))
    except KnownError:
        return False
    found = [one.id for one in store.clients.all()]
    store.close()
    return found == [7]


def _copy(secrets: Secrets) -> Secrets:
    return keyfile.secrets_of(secrets.recovery, secrets.vault_id, secrets.generation)


def _states(count: int, folder: Path, changes: tuple[Change, ...]) -> Figures:
    chance = random.Random(5)
    whole = folder / "Whole.vault"
    present = vault.create(whole, PASSPHRASE, random=os.urandom, now=clock(), kdf=cheap())
    store = opening.open_store(whole, present)
    with store.transaction():
        store.clients.put(client(7))
    store.close()
    new = keyfile.secrets_of(os.urandom(20), present.vault_id)
    sealed = vault.seal_passphrase(whole, 1, present, NEW, os.urandom, cheap())
    rekeyed = vault.seal_passphrase(whole, 1, new, NEW, os.urandom, cheap())
    figures = dict.fromkeys(("vaults lost", "old passphrases alive after the new one opened"), 0)
    changed = tried = at = 0
    which = 0
    while tried < count:
        case = shutil.copytree(whole, folder / "Case.vault")
        stopped = _stopped(case, changes[which], present, (new, sealed, rekeyed), at)
        for torn in case.glob("*.tmp"):
            if chance.random() < 0.7:
                os.truncate(torn, chance.randrange(torn.stat().st_size + 1))
        by_new = _opens(case, NEW)
        by_old = not by_new and _opens(case, PASSPHRASE)
        figures["vaults lost"] += not (by_new or by_old)
        figures["old passphrases alive after the new one opened"] += by_new and _opens(case, PASSPHRASE)
        changed += by_new
        tried += 1
        at += 1
        if not stopped:
            figures["vaults lost"] += not by_new
            which, at = (which + 1) % len(changes), 0
        shutil.rmtree(case)
    return {"states": tried, **figures, "states with the new passphrase": changed}


def _stopped(case: Path, change: Change, present: Secrets, new: tuple[Secrets, bytes, bytes], at: int) -> bool:
    store = opening.open_store(case, _copy(present))
    try:
        with counted(Steps(at)):
            change(store, _copy(present), _copy(new[0]), new[1], new[2])
    except StoppedError:
        return True
    finally:
        store.close()
    return False


TRIALS = (
    Trial(
        "R5",
        "stopped at every step of a change of passphrase or key, files torn",
        (tries("states", 660), most("vaults lost", 0), most("old passphrases alive after the new one opened", 0)),
        lambda count, folder: _states(count, folder, (change_both, change_passphrase)),
        fast=20,
        full=660,
        controls=(
            Control(
                "the old key files are moved away first",
                lambda count, folder: _states(count, folder, (move_first,)),
                fast=14,
                full=60,
            ),
        ),
    ),
)
