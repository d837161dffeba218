"""What makes tests quick without making them less: no disk waited for, no memory locked, no key derived twice."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec

from alliance_desktop.keys import keyfile
from alliance_desktop.keys.derivation import Kdf
from alliance_desktop.storage import connecting, pins

Put = Callable[[object, str, object], None]
"""Puts something in the place of a name, as `setattr` does."""


def quick_place(memory: Path = Path("/dev/shm"), least: int = 2**30) -> Path | None:
    """Return where the folders of tests wait for no disk, if there is such a place with room: a save syncs four times.

    What a disk does to a vault is tried by the trials of reliability, which stay on one.
    """
    there = os.access(memory, os.W_OK | os.X_OK)
    return memory if there and shutil.disk_usage(memory).free >= least else None


def lock_no_memory(put: Put = setattr) -> None:
    """Let SQLCipher lock none of the memory of this process, and hold that it does not.

    An opening and a save lock and unlock 15,000 pieces, each by a call of the system: nine tenths of their time. That
    the program has its memory locked is tested in processes of their own, in tests/storage/test_pins.py and by S2.
    """
    said = tuple(one.replace("memory_security=ON", "memory_security=OFF") for one in connecting.BEFORE_KEY)
    put(connecting, "BEFORE_KEY", said)
    put(pins, "PINS", tuple(_not_locked(one) for one in pins.PINS))


def _not_locked(pin: pins.Pin) -> pins.Pin:
    if pin.name != "cipher_memory_security":
        return pin
    return msgspec.structs.replace(pin, holds=lambda answer: str(answer) == "0")


def derive_once(put: Put = setattr) -> None:
    """Derive what a passphrase stands for once with each salt: most vaults of the tests are copies of one.

    The tests of the derivation itself, in tests/keys, ask it directly.
    """
    derive, known = keyfile.passphrase_key, {}

    def derived(passphrase: str, kdf: Kdf) -> bytes:
        asked = passphrase, kdf
        if asked not in known:
            known[asked] = bytearray(derive(passphrase, kdf))
        # A copy, because whoever asks wipes what they are given.
        return bytes(known[asked])

    put(keyfile, "passphrase_key", derived)
