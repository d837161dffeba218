"""A vault as a folder: making one, finding its secrets, opening it, changing its passphrase.

The slow part (deriving a key) is apart from the opening, so that it can run beside the window.
"""

import datetime
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from alliance_desktop.domain.errors import (
    DiskFullError,
    KeysOfAnotherVaultError,
    KnownError,
    NewerVersionError,
    NotEncryptedError,
    OldKeyFileError,
    SaveFailedError,
    VaultDamagedError,
    VaultExistsError,
    VaultInUseError,
    WrongPassphraseError,
    WrongRecoveryKeyError,
)
from alliance_desktop.keys import keyfile
from alliance_desktop.keys.derivation import LEAST_MEMORY_KIB, SALT_BYTES, VAULT_ID_BYTES, Kdf, tuned_memory_kib
from alliance_desktop.keys.keyfile import FROM_RECOVERY, Secrets
from alliance_desktop.keys.recovery import RECOVERY_BYTES, read_recovery
from alliance_desktop.storage import disk, keyfiles, pages, schema
from alliance_desktop.storage.database import Database, is_open_here, open_database, salt_of
from alliance_desktop.storage.place import NOTES, must_be_nameable, must_be_vault, must_be_writable
from alliance_desktop.storage.store import Store

Random = Callable[[int], bytes]
Now = Callable[[], datetime.datetime]

_RIGHT_SHEET = "The recovery key is right, but the file that holds the notes is damaged."
_PLAIN_HEAD = b"SQLite format 3\0"


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
    making = folder.with_name(f".{folder.name}.{random(4).hex()}.making")
    done = False
    try:
        disk.make_folder(making)
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


def find_secrets(folder: Path, passphrase: str) -> Secrets:
    """Return what a passphrase opens; takes the time and memory of one derivation, and may run beside the window.

    Says by a KnownError what is amiss: no vault here, no notes, damaged or newer key files, WrongPassphraseError,
    NotEnoughMemoryError. Nothing is changed.
    """
    notes = must_be_vault(folder)
    copies = keyfiles.whole_copies(folder)
    vault_id = salt_of(notes)
    mine = [one for one in copies if one.keyfile.vault == vault_id]
    for copy in mine or copies:
        try:
            return keyfile.unwrap(copy.keyfile, passphrase)
        except WrongPassphraseError:
            continue
    raise WrongPassphraseError


def secrets_from_recovery(folder: Path, typed: str) -> Secrets:
    """Return what a recovery key stands for in this vault; the notes and the paper suffice, and no time is taken.

    MistypedRecoveryKeyError for a mistyped one. Whether it is this vault's is seen by `open_store`.
    """
    notes = must_be_vault(folder)
    recovery = read_recovery(typed)
    header = salt_of(notes).ljust(VAULT_ID_BYTES, b"\0")
    secrets = keyfile.secrets_of(recovery, header, FROM_RECOVERY)
    if is_open_here(notes) or _fit(notes, secrets) is not pages.Fit.NONE:
        return secrets
    # The head of the file may be damaged; the key files know the vault's id as well.
    for vault_id in keyfiles.vault_ids(folder):
        other = keyfile.secrets_of(recovery, vault_id, FROM_RECOVERY)
        if _fit(notes, other) is not pages.Fit.NONE:
            return other
    return secrets


def open_store(folder: Path, secrets: Secrets) -> Store:
    """Open a vault; for the thread that will use it.

    Says by a KnownError what is amiss: VaultDamagedError and its kinds, WrongRecoveryKeyError,
    KeysOfAnotherVaultError, OldKeyFileError, VaultInUseError, ReadOnlyError, NewerVersionError. Then nothing was
    changed. A missing or damaged copy of the key file is made anew.
    """
    notes = must_be_vault(folder)
    must_be_writable(notes)
    if is_open_here(notes):
        raise VaultInUseError
    header = salt_of(notes)
    _must_fit(notes, header, secrets)
    opened = open_database(notes, secrets.data_key, secrets.vault_id, schema.SCHEMA_VERSION)
    done = False
    try:
        store = _checked(folder, opened, secrets)
        _mend_header(opened, header, secrets)
        done = True
    finally:
        if not done:
            opened.close()
    for path in (folder, notes, *(folder / name for name in keyfiles.NAMES)):
        disk.make_private(path)
    return store


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
    refuses; then the old one is still valid, and perhaps the new one as well.
    """
    generation = keyfile.read(sealed).generation
    keyfiles.put_both(store.folder, sealed)
    store.keep_key_generation(generation)
    return keyfile.secrets_of(secrets.recovery, secrets.vault_id, generation)


def change_passphrase(
    store: Store, secrets: Secrets, passphrase: str, random: Random, kdf: Kdf | None = None
) -> Secrets:
    """Change the passphrase of an open vault in one go (two derivations); see `seal_passphrase` and `install`."""
    sealed = seal_passphrase(store.folder, store.key_generation, secrets, passphrase, random, kdf)
    return install(store, secrets, sealed)


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


def _must_fit(notes: Path, header: bytes, secrets: Secrets) -> None:
    """Tell a damaged file from a wrong key: a key is right if any page of the file was sealed with it."""
    fit = _fit(notes, secrets)
    if fit is pages.Fit.OPENS:
        return
    if header == _PLAIN_HEAD:
        raise NotEncryptedError
    if secrets.generation == FROM_RECOVERY:
        raise VaultDamagedError(_RIGHT_SHEET) if fit is pages.Fit.DAMAGED else WrongRecoveryKeyError
    if fit is pages.Fit.DAMAGED or header == secrets.vault_id:
        raise VaultDamagedError
    raise KeysOfAnotherVaultError


def _fit(notes: Path, secrets: Secrets) -> pages.Fit:
    return pages.fit(notes, secrets.data_key, secrets.vault_id)


def _checked(folder: Path, database: Database, secrets: Secrets) -> Store:
    """Return the store when its version and keys are in order, migrated and with its key files healed."""
    format = database.row("SELECT value FROM meta WHERE name = 'format'")
    if format is None:
        raise VaultDamagedError
    if format[0] > schema.FORMAT:
        raise NewerVersionError
    store = Store(folder, database)
    generation = store.key_generation
    if secrets.generation != FROM_RECOVERY and secrets.generation < generation:
        newer = keyfiles.newest_generation(folder) >= generation
        raise WrongPassphraseError if newer else OldKeyFileError
    schema.migrate(database)
    # A change of passphrase that stopped before its last step is completed: its passphrase has just been used.
    current = max(generation, secrets.generation)
    keyfiles.heal(folder, secrets.vault_id, current)
    if current > generation:
        # On a full disk the notes can still be read; the next opening completes it.
        with suppress(DiskFullError, SaveFailedError):
            store.keep_key_generation(current)
    return store


def _mend_header(database: Database, header: bytes, secrets: Secrets) -> None:
    """Write the first page anew where the vault's id at its head is damaged: the notes open, but the paper needs it."""
    if header == secrets.vault_id:
        return
    version = database.row("PRAGMA user_version")
    with suppress(DiskFullError, SaveFailedError), database.transaction():
        database.run(f"PRAGMA user_version={int(version[0]) if version else 0}")


def _present_cost(folder: Path) -> Kdf:
    """Return the usual cost with this vault's memory, of which a forged key file leaves 64 MiB at least."""
    try:
        memory = keyfiles.whole_copies(folder)[0].keyfile.kdf.memory_kib
    except KnownError:
        return Kdf(salt=bytes(SALT_BYTES))
    return Kdf(salt=bytes(SALT_BYTES), memory_kib=max(memory, LEAST_MEMORY_KIB))


def _salted(cost: Kdf, random: Random) -> Kdf:
    return Kdf(salt=random(SALT_BYTES), memory_kib=cost.memory_kib, passes=cost.passes, lanes=cost.lanes)
