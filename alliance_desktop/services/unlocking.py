"""What opens a vault, found from what was typed; slow, for any thread, and without all that an open vault needs."""

from pathlib import Path

from alliance_desktop.domain.errors import WrongPassphraseError
from alliance_desktop.domain.key_errors import ExecutorKeyAsPassphraseError, SheetAsPassphraseError
from alliance_desktop.keys.executor import is_executor, is_whole_executor
from alliance_desktop.keys.keyfile import Secrets
from alliance_desktop.keys.recovery import is_recovery
from alliance_desktop.services.executor_key import ExecutorKey
from alliance_desktop.storage import opening


def unlock(folder: Path, passphrase: str) -> Secrets:
    """Return what a passphrase opens. WrongPassphraseError and faults of the files."""
    try:
        return opening.find_secrets(folder, passphrase)
    except WrongPassphraseError:
        if is_recovery(passphrase):
            raise SheetAsPassphraseError from None
        if is_whole_executor(passphrase):
            raise ExecutorKeyAsPassphraseError from None
        raise


def recover(folder: Path, typed: str) -> Secrets:
    """Return what a recovery key opens; MistypedRecoveryKeyError names the group."""
    return opening.secrets_from_recovery(folder, typed)


def by_paper(folder: Path, typed: str) -> Secrets | ExecutorKey:
    """Return what was typed from a sheet: a recovery key's secrets, or the key of an executor, which opens their view.

    MistypedRecoveryKeyError names the group.
    """
    if is_executor(typed):
        return ExecutorKey(opening.secrets_from_executor(folder, typed))
    return recover(folder, typed)
