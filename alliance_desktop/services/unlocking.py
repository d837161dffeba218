"""What opens a vault, found from what was typed; slow, for any thread, and without all that an open vault needs."""

from pathlib import Path

from alliance_desktop.domain.errors import WrongPassphraseError
from alliance_desktop.domain.key_errors import SheetAsPassphraseError
from alliance_desktop.keys.keyfile import Secrets
from alliance_desktop.keys.recovery import is_recovery
from alliance_desktop.storage import opening


def unlock(folder: Path, passphrase: str) -> Secrets:
    """Return what a passphrase opens. WrongPassphraseError and faults of the files."""
    try:
        return opening.find_secrets(folder, passphrase)
    except WrongPassphraseError:
        if is_recovery(passphrase):
            raise SheetAsPassphraseError from None
        raise


def recover(folder: Path, typed: str) -> Secrets:
    """Return what a recovery key opens; MistypedRecoveryKeyError names the group."""
    return opening.secrets_from_recovery(folder, typed)
