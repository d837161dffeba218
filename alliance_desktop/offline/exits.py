"""What each exit code means."""

from enum import IntEnum

from alliance_desktop.domain.backup_errors import (
    BackupCutError,
    BackupDamagedError,
    BackupEmptyError,
    BackupKeysDamagedError,
    BackupMixedError,
    BackupOfAnotherVaultError,
    BackupPassphraseError,
    BackupPlainError,
    BackupRecoveryKeyError,
    BackupStoppedError,
)
from alliance_desktop.domain.errors import (
    KeyFileDamagedError,
    KeysOfAnotherVaultError,
    KnownError,
    MistypedRecoveryKeyError,
    OldKeyFileError,
    ReadFailedError,
    VaultDamagedError,
    WrongPassphraseError,
    WrongRecoveryKeyError,
)
from alliance_desktop.domain.exchange.errors import BadLineError
from alliance_desktop.domain.opening_errors import AlteredNotesError, OlderCopyError, WrongIndexError


class Exit(IntEnum):
    """The exit codes; `MEANINGS` says them in words."""

    WELL = 0
    FAULT = 1
    WRONG_ARGUMENTS = 2
    WRONG_KEY = 3
    DAMAGED = 4
    ALARM = 5
    NOT_HERE = 6
    NOT_TAKEN = 7
    WRONG_INDEX = 8
    STOPPED = 130


MEANINGS = {
    Exit.WELL: "all is well",
    Exit.FAULT: "a fault of the program itself",
    Exit.WRONG_ARGUMENTS: "the command was not understood, or there was nowhere to ask for the passphrase",
    Exit.WRONG_KEY: "wrong passphrase, or a recovery key that is mistyped, replaced or another vault's",
    Exit.DAMAGED: "the vault or backup is damaged; after salvage: something could not be saved",
    Exit.ALARM: "whole, but older than this computer has seen it, or put together from different parts",
    Exit.NOT_HERE: "not possible here: not there, open in a window, not readable or writable, no room, exists already",
    Exit.NOT_TAKEN: "a line of the file to import cannot be taken: which and why is said, and the vault is as it was",
    Exit.WRONG_INDEX: "every note is in order, and the index of the search is wrong",
    Exit.STOPPED: "stopped by Ctrl+C; nothing half is left behind",
}

_CODES: tuple[tuple[tuple[type[KnownError], ...], Exit], ...] = (
    ((BackupStoppedError,), Exit.STOPPED),
    ((BadLineError,), Exit.NOT_TAKEN),
    ((WrongIndexError,), Exit.WRONG_INDEX),
    (
        (
            WrongPassphraseError,
            WrongRecoveryKeyError,
            MistypedRecoveryKeyError,
            BackupPassphraseError,
            BackupRecoveryKeyError,
        ),
        Exit.WRONG_KEY,
    ),
    (
        (
            OlderCopyError,
            AlteredNotesError,
            OldKeyFileError,
            KeysOfAnotherVaultError,
            BackupMixedError,
            BackupOfAnotherVaultError,
        ),
        Exit.ALARM,
    ),
    (
        (
            VaultDamagedError,
            KeyFileDamagedError,
            ReadFailedError,
            BackupEmptyError,
            BackupCutError,
            BackupDamagedError,
            BackupKeysDamagedError,
            BackupPlainError,
        ),
        Exit.DAMAGED,
    ),
)


def exit_of(fault: KnownError) -> Exit:
    """Return the exit code that a fault of the world ends in."""
    return next((code for kinds, code in _CODES if isinstance(fault, kinds)), Exit.NOT_HERE)
