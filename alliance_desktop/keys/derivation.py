"""How keys are derived: Argon2id from a passphrase, HKDF from the recovery key."""

import hashlib
import unicodedata
from collections.abc import Callable

import msgspec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from alliance_desktop.domain.errors import NotEnoughMemoryError
from alliance_desktop.keys.memory import wipe

KEY_BYTES = 32
SALT_BYTES = 16
VAULT_ID_BYTES = 16

START_MEMORY_KIB = 256 * 1024
LEAST_MEMORY_KIB = 64 * 1024
"""The least that this program ever chooses; it reads a little less, see `Kdf`."""
PASSES = 3
LANES = 4
LONGEST_SECONDS = 1.0

_READ_MEMORY_KIB = range(19 * 1024, 1024 * 1024 + 1)
_READ_PASSES = range(1, 11)
_READ_LANES = range(1, 17)


class Kdf(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The cost of one guess at a passphrase: memory in KiB, passes over it, lanes.

    A cost outside 19 MiB to 1 GiB, 1 to 10 passes, 1 to 16 lanes raises ValueError before any work is done,
    so that a forged key file can neither freeze the computer nor make guessing cheap.
    """

    salt: bytes
    memory_kib: int = msgspec.field(name="m", default=START_MEMORY_KIB)
    passes: int = msgspec.field(name="t", default=PASSES)
    lanes: int = msgspec.field(name="p", default=LANES)

    def __post_init__(self) -> None:
        if len(self.salt) != SALT_BYTES:
            raise ValueError("a salt has 16 bytes")
        if self.memory_kib not in _READ_MEMORY_KIB:
            raise ValueError("memory outside 19 MiB to 1 GiB")
        if self.passes not in _READ_PASSES or self.lanes not in _READ_LANES:
            raise ValueError("passes outside 1 to 10, or lanes outside 1 to 16")


def data_key(recovery: bytes, vault_id: bytes) -> bytes:
    """Return the 32 bytes that encrypt the notes of one vault."""
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=vault_id, info=b"vault data key v1").derive(recovery)


def passphrase_key(passphrase: str, kdf: Kdf) -> bytes:
    """Return the 32 bytes that a passphrase stands for; takes the memory and time that `kdf` asks for.

    Passphrases that are equal under NFKC give the same key. NotEnoughMemoryError where memory does not suffice.
    """
    # The passphrase is hashed first because Argon2 leaves a copy of its input in memory.
    encoded = unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogatepass")
    hashed = hashlib.blake2b(encoded, digest_size=64).digest()
    wipe(encoded)
    argon = Argon2id(
        salt=kdf.salt, length=KEY_BYTES, iterations=kdf.passes, lanes=kdf.lanes, memory_cost=kdf.memory_kib
    )
    try:
        return argon.derive(hashed)
    except MemoryError:
        raise NotEnoughMemoryError from None
    finally:
        wipe(hashed)


def tuned_memory_kib(seconds: Callable[[], float], derive: Callable[[Kdf], object] | None = None) -> int:
    """Return the memory in KiB at which one derivation stays within a second here: 256 MiB, or less down to 64 MiB.

    `seconds` is a clock. At the least nothing is tried: it is taken however long it lasts.
    """
    attempt = derive or (lambda kdf: passphrase_key("a trial of the cost", kdf))
    memory = START_MEMORY_KIB
    while memory > LEAST_MEMORY_KIB:
        began = seconds()
        try:
            attempt(Kdf(salt=bytes(SALT_BYTES), memory_kib=memory))
        except NotEnoughMemoryError:
            memory //= 2
            continue
        if seconds() - began <= LONGEST_SECONDS:
            break
        memory //= 2
    return memory
