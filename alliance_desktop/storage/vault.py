"""A vault as a folder: making one, changing its passphrase. Opening one is in `opening`."""

import datetime
import hmac
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from alliance_desktop.domain.errors import (
    DiskFullError,
    KnownError,
    ReadOnlyError,
    SaveFailedError,
    VaultExistsError,
)
from alliance_desktop.domain.key_errors import StaleChangeError
from alliance_desktop.keys import keyfile
from alliance_desktop.keys.derivation import LEAST_MEMORY_KIB, SALT_BYTES, VAULT_ID_BYTES, Kdf, tuned_memory_kib
from alliance_desktop.keys.keyfile import Secrets
from alliance_desktop.keys.recovery import RECOVERY_BYTES
from alliance_desktop.storage import disk, keyfiles, leftovers, schema
from alliance_desktop.storage.database import open_database
from alliance_desktop.storage.place import NOTES, must_be_nameable
from alliance_desktop.storage.store import Store

Random = Callable[[int], bytes]
Now = Callable[[], datetime.datetime]

_BEFORE_HOLDS = "What opened the vault before still opens it; a new passphrase may open it as well."


def create(
    folder: Path, passphrase: str, *, random: Random, now: Now, kdf: Kdf | None = None, sample: bool = False
) -> Secrets:
    """Make a new vault and return what opens it; takes one to three derivations. The salt of `kdf` is not used.

    The folder appears only when it is whole and on disk. UnusableNameError for a name no folder can have;
    VaultExistsError where something is already there; DiskFullError, ReadOnlyError or SaveFailedError where it
    cannot be made, and then nothing is left behind.
    """
    _must_be_free(folder)
    cost = kdf or Kdf(salt=bytes(SALT_BYTES), memory_kib=tuned_memory_kib(lambda: now().timestamp()))
    secrets = keyfile.secrets_of(random(RECOVERY_BYTES), random(VAULT_ID_BYTES), 1)
    sealed = keyfile.seal(passphrase, secrets.recovery, secrets.vault_id, 1, _salted(cost, random), random)
    making = leftovers.making_of(folder, "making", random(4))
    done = False
    try:
        disk.make_folder(making)
        leftovers.clean_beside(folder, making.stat().st_mtime)
        _make_notes(making / NOTES, secrets, sample=sample, now=now)
        keyfiles.put_both(making, sealed)
        _put_in_place(making, folder)
        done = True
    except OSError as fault:
        raise _not_made(disk.known(fault)) from None
    except KnownError as fault:
        raise _not_made(fault) from None
    finally:
        if not done:
            shutil.rmtree(making, ignore_errors=True)
    return secrets


def seal_passphrase(
    folder: Path, generation: int, secrets: Secrets, passphrase: str, random: Random, kdf: Kdf | None = None
) -> bytes:
    """Return a new passphrase sealed, which is what `install` takes; the slow part of a change, for any thread.

    `generation` is the one in force. Without `kdf` the memory is that of the present key file, at least 64 MiB;
    where there is none, 256 MiB. The salt is always new.
    """
    newer = max(generation, keyfiles.newest_generation(folder)) + 1
    data = keyfile.seal(
        passphrase, secrets.recovery, secrets.vault_id, newer, _salted(kdf or _present_cost(folder), random), random
    )
    # Unwrapped once before it replaces anything: a key file that does not open must never get there.
    keyfile.unwrap(keyfile.read(data), passphrase).forget()
    return data


def install(store: Store, secrets: Secrets, sealed: bytes) -> Secrets:
    """Put a sealed passphrase in place and return the secrets of its generation; the old one opens nothing any more.

    At every moment, also in a power cut, the old or the new passphrase opens the vault. KnownError where the disk
    refuses; then the old one is still valid, and perhaps the new one as well, and the words say so. StaleChangeError
    where the keys were changed since it was sealed: a key file that does not lead to the notes must never get there.
    """
    if store.read_only:
        raise ReadOnlyError
    generation = keyfile.read(sealed).generation
    if not hmac.compare_digest(secrets.data_key, store.data_key) or generation <= store.key_generation:
        raise StaleChangeError
    try:
        keyfiles.put_both(store.folder, sealed)
    except KnownError as fault:
        if not keyfiles.are_both(store.folder, sealed):
            raise keyfiles.not_put(fault, _BEFORE_HOLDS) from None
    # The old one opens nothing by now; what the notes cannot note of it, the next opening notes.
    with suppress(KnownError):
        store.keep_key_generation(generation)
    return keyfile.secrets_of(secrets.recovery, secrets.vault_id, generation)


def _must_be_free(folder: Path) -> None:
    must_be_nameable(folder)
    try:
        free = not os.path.lexists(folder) or (folder.is_dir() and not any(folder.iterdir()))
    except OSError as fault:
        raise disk.known(fault) from None
    if not free:
        raise VaultExistsError


def _make_notes(notes: Path, secrets: Secrets, *, sample: bool, now: Now) -> None:
    disk.make_file(notes)
    database = open_database(notes, secrets.data_key, secrets.vault_id, schema.SCHEMA_VERSION)
    try:
        schema.migrate(database)
        schema.describe(database, sample=sample, now=now())
    finally:
        database.close()
    if disk.read_small(notes, VAULT_ID_BYTES - 1) != secrets.vault_id:
        raise SaveFailedError


def _put_in_place(making: Path, folder: Path) -> None:
    disk.sync_folder(making)
    if folder.exists():
        folder.rmdir()
    making.rename(folder)
    disk.sync_folder(folder.parent)


def _not_made(fault: KnownError) -> KnownError:
    if isinstance(fault, DiskFullError):
        return DiskFullError("There is no room for a new vault here.", "Free some space, or choose another place.")
    if isinstance(fault, SaveFailedError):
        return SaveFailedError("The vault could not be made here.", "Check the disk, or choose another place.")
    return fault


def _present_cost(folder: Path) -> Kdf:
    """Return the usual cost with this vault's memory, of which a forged key file leaves 64 MiB at least."""
    try:
        memory = keyfiles.whole_copies(folder)[0].keyfile.kdf.memory_kib
    except KnownError:
        return Kdf(salt=bytes(SALT_BYTES))
    return Kdf(salt=bytes(SALT_BYTES), memory_kib=max(memory, LEAST_MEMORY_KIB))


def _salted(cost: Kdf, random: Random) -> Kdf:
    return Kdf(salt=random(SALT_BYTES), memory_kib=cost.memory_kib, passes=cost.passes, lanes=cost.lanes)
