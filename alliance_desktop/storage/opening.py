"""Opening a vault: finding its secrets, telling what is amiss, and the open store.

The slow part (deriving a key) is apart from the opening, so that it can run beside the window.
"""

import hmac
from contextlib import suppress
from pathlib import Path

from alliance_desktop.domain.errors import (
    DiskFullError,
    KeysOfAnotherVaultError,
    NewerVersionError,
    NotEncryptedError,
    OldKeyFileError,
    SaveFailedError,
    VaultDamagedError,
    VaultInUseError,
    WrongPassphraseError,
    WrongRecoveryKeyError,
)
from alliance_desktop.domain.key_errors import OldSheetError, ReplacedKeysError
from alliance_desktop.keys import keyfile
from alliance_desktop.keys.derivation import VAULT_ID_BYTES
from alliance_desktop.keys.keyfile import FROM_RECOVERY, Secrets
from alliance_desktop.keys.recovery import read_recovery
from alliance_desktop.storage import disk, keychoice, keyfiles, pages, schema, sheets
from alliance_desktop.storage.database import Database, is_open_here, open_database, salt_of
from alliance_desktop.storage.place import must_be_vault, must_be_writable
from alliance_desktop.storage.store import Store

_RIGHT_SHEET = "The recovery key is right, but the file that holds the notes is damaged."
_PLAIN_HEAD = b"SQLite format 3\0"


def find_secrets(folder: Path, passphrase: str, data_key: bytes | None = None) -> Secrets:
    """Return what a passphrase opens; takes the time and memory of one derivation, and may run beside the window.

    `data_key` is that of the vault where it is open here: only the key file that leads to it will do then.
    Says by a KnownError what is amiss: no vault here, no notes, damaged or newer key files, WrongPassphraseError,
    NotEnoughMemoryError. Nothing is changed.
    """
    notes = must_be_vault(folder)
    copies = keyfiles.whole_copies(folder)
    vault_id = salt_of(notes)
    mine = [one for one in copies if one.keyfile.vault == vault_id]
    if data_key is not None or is_open_here(notes):
        return keychoice.choose(mine or copies, passphrase, lambda one: _is_known(one, data_key))
    return keychoice.choose(mine or copies, passphrase, lambda one: _fit(notes, one))


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


def _must_fit(notes: Path, header: bytes, secrets: Secrets) -> None:
    """Tell a damaged file from a wrong key: a key is right if any page of the file was sealed with it."""
    fit = _fit(notes, secrets)
    if fit is pages.Fit.OPENS:
        return
    if header == _PLAIN_HEAD:
        raise NotEncryptedError
    by_sheet = secrets.generation == FROM_RECOVERY
    if fit is pages.Fit.NONE and sheets.was_replaced(notes.parent, secrets.recovery, secrets.vault_id):
        raise OldSheetError if by_sheet else ReplacedKeysError
    if by_sheet:
        raise VaultDamagedError(_RIGHT_SHEET) if fit is pages.Fit.DAMAGED else WrongRecoveryKeyError
    if fit is pages.Fit.DAMAGED or header == secrets.vault_id:
        raise VaultDamagedError
    raise KeysOfAnotherVaultError


def _is_known(secrets: Secrets, data_key: bytes | None) -> pages.Fit:
    """Judge by the key of the open vault: its file must not be opened a second time by this process."""
    same = data_key is None or hmac.compare_digest(secrets.data_key, data_key)
    return pages.Fit.OPENS if same else pages.Fit.NONE


def _fit(notes: Path, secrets: Secrets) -> pages.Fit:
    return pages.fit(notes, secrets.data_key, secrets.vault_id)


def _checked(folder: Path, database: Database, secrets: Secrets) -> Store:
    """Return the store when its version and keys are in order, migrated and with its key files healed."""
    format = database.row("SELECT value FROM meta WHERE name = 'format'")
    if format is None:
        raise VaultDamagedError
    if format[0] > schema.FORMAT:
        raise NewerVersionError
    store = Store(folder, database, secrets)
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
    if secrets.generation == current:
        keyfiles.drop_pending(folder, current)
    return store


def _mend_header(database: Database, header: bytes, secrets: Secrets) -> None:
    """Write the first page anew where the vault's id at its head is damaged: the notes open, but the paper needs it."""
    if header == secrets.vault_id:
        return
    version = database.row("PRAGMA user_version")
    with suppress(DiskFullError, SaveFailedError), database.transaction():
        database.run(f"PRAGMA user_version={int(version[0]) if version else 0}")
