"""The key file: the recovery key, wrapped under the passphrase.

    MAGIC | u16 version | u32 length | canonical JSON | SHA-256 of all before, first 16 bytes

This frame never changes, so that any later format is known as "newer" and not taken for damage.
"""

import hashlib
import struct
from collections.abc import Callable

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from alliance_desktop.domain.errors import KeyFileDamagedError, NewerVersionError, WrongPassphraseError
from alliance_desktop.keys.derivation import (
    LEAST_MEMORY_KIB,
    VAULT_ID_BYTES,
    Kdf,
    data_key,
    passphrase_key,
)
from alliance_desktop.keys.memory import wipe
from alliance_desktop.keys.recovery import RECOVERY_BYTES

VERSION = 1
FROM_RECOVERY = 0
"""The generation of secrets that came from the recovery key and not from a key file."""
LARGEST = 4096
"""No key file is longer, in bytes; a longer one is not read."""

_MAGIC = b"RRKEYS\r\n"
_FRAME = struct.Struct(">HI")
_HEAD = len(_MAGIC) + _FRAME.size
_SUM = 16
_NONCE = 12
_WRAPPED = _NONCE + RECOVERY_BYTES + 16
_GENERATIONS = range(1, 1 << 53)


class KeyFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A whole and well-formed key file; whether the passphrase fits is seen by `unwrap`."""

    vault: bytes
    generation: int = msgspec.field(name="gen")
    kdf: Kdf
    wrapped: bytes = msgspec.field(name="pass")
    min_reader: int = VERSION

    def __post_init__(self) -> None:
        if len(self.vault) != VAULT_ID_BYTES or len(self.wrapped) != _WRAPPED:
            raise ValueError("a field of another length")
        if self.generation not in _GENERATIONS or self.min_reader < 1:
            raise ValueError("a number out of range")


class Secrets(msgspec.Struct, frozen=True):
    """What opens one vault. `generation` is that of the key file it came from, 0 from the recovery key."""

    recovery: bytes
    vault_id: bytes
    data_key: bytes
    generation: int

    def __repr__(self) -> str:
        return f"Secrets(generation={self.generation})"

    def forget(self) -> None:
        """Overwrite the keys in memory; they open nothing afterwards."""
        wipe(self.recovery)
        wipe(self.data_key)


def secrets_of(recovery: bytes, vault_id: bytes, generation: int = FROM_RECOVERY) -> Secrets:
    """Return the secrets that a recovery key stands for in the vault of this id."""
    own = bytes(bytearray(recovery))
    return Secrets(recovery=own, vault_id=vault_id, data_key=data_key(own, vault_id), generation=generation)


def seal(
    passphrase: str, recovery: bytes, vault_id: bytes, generation: int, kdf: Kdf, random: Callable[[int], bytes]
) -> bytes:
    """Return the bytes of a key file; takes the time and memory of one derivation.

    `random` must give fresh bytes at every call: they are the nonce. ValueError for a cost under 64 MiB.
    """
    if kdf.memory_kib < LEAST_MEMORY_KIB:
        raise ValueError("a key file is never made with less than 64 MiB")
    nonce = random(_NONCE)
    draft = KeyFile(vault=vault_id, generation=generation, kdf=kdf, wrapped=bytes(_WRAPPED))
    key = passphrase_key(passphrase, kdf)
    wrapped = nonce + AESGCM(key).encrypt(nonce, recovery, _bound(draft))
    wipe(key)
    return _framed(msgspec.json.encode(msgspec.structs.replace(draft, wrapped=wrapped), order="sorted"))


def read(data: bytes) -> KeyFile:
    """Return what a key file says.

    KeyFileDamagedError for anything that is not a whole key file, NewerVersionError for a later format.
    """
    payload, version = _payload(data)
    if version > VERSION:
        raise NewerVersionError
    try:
        keyfile = msgspec.json.decode(payload, type=KeyFile)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise KeyFileDamagedError from None
    if version != VERSION or msgspec.json.encode(keyfile, order="sorted") != payload:
        raise KeyFileDamagedError
    if keyfile.min_reader > VERSION:
        raise NewerVersionError
    return keyfile


def unwrap(keyfile: KeyFile, passphrase: str) -> Secrets:
    """Return the secrets of a vault; WrongPassphraseError, NotEnoughMemoryError.

    Takes the time and memory that the key file asks for.
    """
    key = passphrase_key(passphrase, keyfile.kdf)
    nonce, sealed = keyfile.wrapped[:_NONCE], keyfile.wrapped[_NONCE:]
    try:
        recovery = AESGCM(key).decrypt(nonce, sealed, _bound(keyfile))
    except InvalidTag:
        raise WrongPassphraseError from None
    finally:
        wipe(key)
    secrets = secrets_of(recovery, keyfile.vault, keyfile.generation)
    wipe(recovery)
    return secrets


def _bound(keyfile: KeyFile) -> bytes:
    """Return what the passphrase vouches for besides the key: version, vault, generation, cost and slot."""
    return msgspec.json.encode(
        {
            "version": VERSION,
            "vault": keyfile.vault,
            "gen": keyfile.generation,
            "min_reader": keyfile.min_reader,
            "kdf": keyfile.kdf,
            "slot": "pass",
        },
        order="sorted",
    )


def _framed(payload: bytes) -> bytes:
    whole = _MAGIC + _FRAME.pack(VERSION, len(payload)) + payload
    return whole + hashlib.sha256(whole).digest()[:_SUM]


def _payload(data: bytes) -> tuple[bytes, int]:
    if not _HEAD + _SUM <= len(data) <= LARGEST or not data.startswith(_MAGIC):
        raise KeyFileDamagedError
    version, length = _FRAME.unpack_from(data, len(_MAGIC))
    whole, check = data[:-_SUM], data[-_SUM:]
    if _HEAD + length != len(whole) or hashlib.sha256(whole).digest()[:_SUM] != check:
        raise KeyFileDamagedError
    return whole[_HEAD:], version
