"""The slow part of a change of keys, as data that any thread may work with: nothing is changed by it."""

import base64
import hmac
from pathlib import Path
from typing import NamedTuple

from alliance_desktop.domain.errors import WrongRecoveryKeyError
from alliance_desktop.keys import keyfile
from alliance_desktop.keys.derivation import Kdf
from alliance_desktop.keys.keyfile import FROM_RECOVERY, Secrets
from alliance_desktop.keys.memory import wipe
from alliance_desktop.keys.recovery import RECOVERY_BYTES, read_recovery
from alliance_desktop.services.stamps import Random
from alliance_desktop.storage import opening, vault

_UNKNOWN_BYTES = 32


class Sealed(NamedTuple):
    """A new passphrase, sealed and ready to be put in place by the window's thread."""

    secrets: Secrets
    data: bytes


class Replacement(NamedTuple):
    """A new recovery key and its key file, ready to be put in place by the window's thread; what holds till then."""

    present: Secrets
    new: Secrets
    data: bytes

    def forget(self) -> None:
        """Overwrite the keys in memory."""
        self.present.forget()
        self.new.forget()


class KeyWork(NamedTuple):
    """What an open vault's keys are, for a thread of its own. `by_sheet` says that it opens by its sheet only.

    Where it does, the recovery key as typed stands for the passphrase in all that is asked for here.
    """

    folder: Path
    vault_id: bytes
    data_key: bytes
    generation: int
    by_sheet: bool
    random: Random
    kdf: Kdf | None

    def check(self, present: str) -> Secrets:
        """Return what the present passphrase opens; WrongPassphraseError, and faults of the key files.

        With `by_sheet`: MistypedRecoveryKeyError, WrongRecoveryKeyError.
        """
        if not self.by_sheet:
            return opening.find_secrets(self.folder, present, self.data_key)
        secrets = keyfile.secrets_of(read_recovery(present), self.vault_id, FROM_RECOVERY)
        if not hmac.compare_digest(secrets.data_key, self.data_key):
            raise WrongRecoveryKeyError
        return secrets

    def passphrase(self, present: str, new: str) -> Sealed:
        """Check the present passphrase and seal a new one."""
        return self.passphrase_for(self.check(present), new)

    def passphrase_for(self, secrets: Secrets, new: str) -> Sealed:
        """Seal a new passphrase for secrets that are known already."""
        return Sealed(secrets, self._sealed(secrets, new, self.generation))

    def no_passphrase(self, present: str) -> Sealed:
        """Check the present passphrase and seal one that nobody knows, so that only the sheet opens the vault."""
        secrets = self.check(present)
        unknown = self._unknown()
        data = self._sealed(secrets, unknown, self.generation)
        wipe(unknown)
        return Sealed(secrets, data)

    def replacement(self, present: str, new: str = "") -> Replacement:
        """Check the present passphrase and make a new recovery key for it, or for a new passphrase."""
        secrets = self.check(present)
        unknown = self._unknown() if self.by_sheet and not new else ""
        made = self.replacement_for(secrets, new or unknown or present, self.generation)
        wipe(unknown)
        return made

    def after_sheet(self, secrets: Secrets, new: str) -> tuple[Sealed, Replacement]:
        """Seal a new passphrase for the sheet that opened the vault, and make the new sheet that follows it."""
        sealed = self.passphrase_for(secrets, new)
        return sealed, self.replacement_for(secrets, new, keyfile.read(sealed.data).generation)

    def replacement_for(self, present: Secrets, passphrase: str, generation: int) -> Replacement:
        """Make a new recovery key for a passphrase; its key file comes after that of `generation`."""
        own = keyfile.secrets_of(present.recovery, self.vault_id, present.generation)
        new = keyfile.secrets_of(self.random(RECOVERY_BYTES), self.vault_id)
        return Replacement(own, new, self._sealed(new, passphrase, generation))

    def _sealed(self, secrets: Secrets, passphrase: str, generation: int) -> bytes:
        return vault.seal_passphrase(self.folder, generation, secrets, passphrase, self.random, self.kdf)

    def _unknown(self) -> str:
        drawn = self.random(_UNKNOWN_BYTES)
        made = base64.b64encode(drawn).decode("ascii")
        wipe(drawn)
        return made
