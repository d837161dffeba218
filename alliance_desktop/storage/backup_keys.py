"""What opens a backup: the passphrase or the recovery key of its day, or the key of a vault that is open."""

from alliance_desktop.domain.backup_errors import (
    BackupDamagedError,
    BackupPassphraseError,
    BackupRecoveryKeyError,
)
from alliance_desktop.domain.errors import WrongPassphraseError
from alliance_desktop.keys import keyfile
from alliance_desktop.keys.keyfile import FROM_RECOVERY, Secrets
from alliance_desktop.keys.recovery import read_recovery
from alliance_desktop.storage import pages
from alliance_desktop.storage.backup_file import BackupFile


def by_passphrase(backup: BackupFile, passphrase: str) -> Secrets:
    """Return what a passphrase opens; takes the time and memory of one derivation, for any thread.

    BackupPassphraseError, BackupKeysDamagedError, BackupDamagedError, NotEnoughMemoryError.
    """
    try:
        secrets = keyfile.unwrap(backup.keyfile, passphrase)
    except WrongPassphraseError:
        raise BackupPassphraseError from None
    if not fits(backup, secrets.data_key):
        secrets.forget()
        raise BackupDamagedError
    return secrets


def by_recovery(backup: BackupFile, typed: str) -> Secrets:
    """Return what a recovery key opens, at once; MistypedRecoveryKeyError, BackupRecoveryKeyError."""
    secrets = keyfile.secrets_of(read_recovery(typed), backup.vault_id, FROM_RECOVERY)
    if not fits(backup, secrets.data_key):
        secrets.forget()
        raise BackupRecoveryKeyError
    return secrets


def fits(backup: BackupFile, data_key: bytes) -> bool:
    """Say whether a key is that of the notes in a backup, also of a backup of which some pages are damaged."""
    return pages.fit(backup.path, data_key, backup.vault_id) is not pages.Fit.NONE
