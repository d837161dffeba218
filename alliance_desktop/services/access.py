"""Making, opening and locking a vault; the slow parts may run beside the window."""

from pathlib import Path
from typing import NamedTuple

from alliance_desktop.domain.entry import Entry
from alliance_desktop.keys.derivation import Kdf
from alliance_desktop.keys.keyfile import Secrets
from alliance_desktop.keys.recovery import groups, recovery_text
from alliance_desktop.services import sample
from alliance_desktop.services.backups import Backups
from alliance_desktop.services.forms import Forms
from alliance_desktop.services.key_life import KeyLife
from alliance_desktop.services.key_work import Sealed
from alliance_desktop.services.machine import Machine
from alliance_desktop.services.notebook import Notebook
from alliance_desktop.services.preferences import Settings
from alliance_desktop.services.stamps import Now, Random, Stamps
from alliance_desktop.services.strains import Strains
from alliance_desktop.storage import opening, vault
from alliance_desktop.storage.store import Store


class Sheet(NamedTuple):
    """What the recovery sheet says: the groups of the recovery key and the vault's own id."""

    groups: tuple[str, ...]
    vault_id: str


class OpenVault:
    """One vault while it is open: its notebook, strains and settings."""

    def __init__(
        self,
        store: Store,
        forms: Forms,
        now: Now,
        random: Random,
        machine: Machine | None = None,
        kdf: Kdf | None = None,
    ) -> None:
        self._store = store
        stamps = Stamps(now, random, store.newest_id)
        self.folder = store.folder
        self.sample = store.sample
        self.forms = forms
        self.notebook = Notebook(store, forms, stamps)
        self.strains = Strains(store, forms, stamps)
        self.settings = Settings(store)
        self.backups = Backups(store, now, machine)
        self.keys = KeyLife(store, now, random, kdf, machine, self.backups.before_risk)

    @property
    def key_generation(self) -> int:
        """The generation of the passphrase in force."""
        return self._store.key_generation

    def install(self, sealed: Sealed) -> None:
        """Put a sealed passphrase in place; the one before opens nothing any more."""
        self.keys.install(sealed)

    def drafts(self) -> list[Entry]:
        """Return the entries that are not finished."""
        return self._store.entries.drafts()

    def close(self) -> None:
        """Lock: let the vault go, so that only its encrypted files remain."""
        self._store.close()


class Access:
    """Ways into a vault. `kdf` fixes the cost of a passphrase; without it, it is tuned to the machine.

    `machine` is where the little is kept that lies outside a vault.
    """

    def __init__(
        self, forms: Forms, now: Now, random: Random, kdf: Kdf | None = None, machine: Machine | None = None
    ) -> None:
        self._forms = forms
        self._now = now
        self._random = random
        self._kdf = kdf
        self._machine = machine

    def create(self, folder: Path, passphrase: str, *, sample: bool = False) -> Secrets:
        """Make a new vault and return what opens it; slow, for any thread. VaultExistsError and faults of the disk."""
        return vault.create(folder, passphrase, random=self._random, now=self._now, kdf=self._kdf, sample=sample)

    def unlock(self, folder: Path, passphrase: str) -> Secrets:
        """Return what a passphrase opens; slow, for any thread. WrongPassphraseError and faults of the files."""
        return opening.find_secrets(folder, passphrase)

    def recover(self, folder: Path, typed: str) -> Secrets:
        """Return what a recovery key opens; MistypedRecoveryKeyError names the group."""
        return opening.secrets_from_recovery(folder, typed)

    def open(self, folder: Path, secrets: Secrets) -> OpenVault:
        """Open a vault for the thread that will use it; a KnownError says what is amiss, and nothing was changed."""
        store = opening.open_store(folder, secrets)
        return OpenVault(store, self._forms, self._now, self._random, self._machine, self._kdf)

    def make_sample(self, folder: Path, text: str) -> OpenVault:
        """Make a vault of invented people from the sample file `text`, and open it; its passphrase is no secret."""
        secrets = self.create(folder, sample.PASSPHRASE, sample=True)
        store = opening.open_store(folder, secrets)
        sample.fill(store, self._forms, text, self._now, self._random)
        return OpenVault(store, self._forms, self._now, self._random)

    def seal_change(self, folder: Path, present: str, new: str) -> Sealed:
        """Check the present passphrase and seal a new one; slow, for any thread, and nothing is changed yet."""
        secrets = opening.find_secrets(folder, present)
        return self.seal_new(folder, secrets.generation, secrets, new)

    def seal_new(self, folder: Path, generation: int, secrets: Secrets, new: str) -> Sealed:
        """Seal a new passphrase for secrets that are known already; slow, for any thread."""
        data = vault.seal_passphrase(folder, generation, secrets, new, self._random, self._kdf)
        return Sealed(secrets, data)


def sheet_of(secrets: Secrets) -> Sheet:
    """Return what the recovery sheet of a vault says."""
    return Sheet(tuple(groups(recovery_text(secrets.recovery))), secrets.vault_id.hex())
