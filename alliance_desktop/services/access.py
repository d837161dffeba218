"""Making, opening and locking a vault; the slow parts may run beside the window."""

import datetime
from collections.abc import Callable, Generator
from contextlib import suppress
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from alliance_desktop.domain.entry import Entry
from alliance_desktop.domain.errors import KnownError, VaultDamagedError
from alliance_desktop.domain.records.beside import REQUEST
from alliance_desktop.domain.salvage_errors import PartUnreadableError
from alliance_desktop.keys.derivation import Kdf
from alliance_desktop.keys.keyfile import Secrets
from alliance_desktop.keys.recovery import groups, recovery_text
from alliance_desktop.services import sample, unlocking
from alliance_desktop.services.attention import Attention
from alliance_desktop.services.backups import Backups
from alliance_desktop.services.closing import Closing
from alliance_desktop.services.contacts import Contacts
from alliance_desktop.services.figures import Figures
from alliance_desktop.services.forms import Forms
from alliance_desktop.services.history import History
from alliance_desktop.services.key_life import KeyLife
from alliance_desktop.services.key_work import Sealed
from alliance_desktop.services.ledger import Ledger
from alliance_desktop.services.machine import Machine
from alliance_desktop.services.notebook import Notebook
from alliance_desktop.services.outreach import Outreaches
from alliance_desktop.services.own_forms import OwnForms
from alliance_desktop.services.preferences import Settings
from alliance_desktop.services.proving import Proof
from alliance_desktop.services.rescue import Report, kept_report
from alliance_desktop.services.search import Search
from alliance_desktop.services.seen import Seen
from alliance_desktop.services.snippets import Snippets
from alliance_desktop.services.stamps import Now, Random, Stamps
from alliance_desktop.services.stories import Stories
from alliance_desktop.services.strains import Strains
from alliance_desktop.services.supervision import Supervision
from alliance_desktop.storage import copying, opening, presence, reserve, vault
from alliance_desktop.storage.connecting import salt_of
from alliance_desktop.storage.place import NOTES
from alliance_desktop.storage.store import Store

if TYPE_CHECKING:
    from alliance_desktop.services.exchange.work import Exchange
    from alliance_desktop.services.records import Records


_PREPARED_AT_ONCE = 5


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
        self._store, self._now, self._random, self._machine = store, now, random, machine
        self._is_damaged, self._shipped = False, forms
        store.saved = self.remember
        stamps = Stamps(now, random, store.newest_id)
        self.folder = store.folder
        self.sample = store.sample
        self.forms = forms = forms.copied()
        self.own_forms = OwnForms(store, forms, stamps)
        self.snippets = Snippets(store)
        self.notebook = Notebook(store, forms, stamps)
        self.notebook.short_words = self.snippets.words
        self.notebook.as_finished = self._as_finished
        self.search = Search(store, forms)
        self.strains = Strains(store, forms, stamps)
        self.settings = Settings(store)
        self.attention = Attention(store, forms, stamps, self.notebook, self.settings)
        stories, numbers = Stories(self.notebook, self.strains, store.attention), lambda: self.attention.numbers
        self.outreach = Outreaches(self.notebook, stories, self.attention.stories, numbers)
        self.closing = Closing(self.notebook, stories, numbers)
        self.backups = Backups(store, now, machine)
        self.history = History(
            store, forms, stamps, self.notebook, self.backups, lambda: self.settings.preferences().attention.bin_days
        )
        self.supervision = Supervision(store, forms, self.notebook)
        self.figures = Figures(store, forms, self.notebook, numbers)
        self.contacts = Contacts(self.notebook)
        self.ledger = Ledger(store, forms, stamps, self.notebook)
        self.proof = Proof(store, self.backups, now)
        before, after = self.backups.before_risk, self.backups.after_key_change
        self.keys = KeyLife(store, now, random, kdf, machine, before, after)

    @cached_property
    def records(self) -> "Records":
        """The requests for records."""
        # Loaded when one is looked at, and not at every start.
        from alliance_desktop.services.records import Records

        return Records(self._store, self.forms, self.notebook)

    @property
    def created_at(self) -> datetime.datetime | None:
        """When the vault was made; None where an earlier program did not note it."""
        return self._store.created_at

    @property
    def key_generation(self) -> int:
        """The generation of the passphrase in force."""
        return self._store.key_generation

    def install(self, sealed: Sealed) -> None:
        """Put a sealed passphrase in place and forget its keys; see `KeyLife.install`."""
        try:
            self.keys.install(sealed)
        finally:
            sealed.secrets.forget()

    def _as_finished(self, entry: Entry) -> Entry:
        return self.records.ended(entry) if self.forms.kind(entry) == REQUEST else entry

    def exchange(self) -> "Exchange":
        """Return the ways to take everything out, and to bring a file in."""
        # Loaded when it is asked for, and not at every start.
        from alliance_desktop.services.exchange.work import Exchange

        return Exchange(self._store, self._shipped, self._now, self._random, self.backups, self._machine)

    def salvaged(self) -> Report | None:
        """Return what was saved where this vault was made from a damaged one."""
        return kept_report(self._store, self.forms)

    def drafts(self) -> list[Entry]:
        """Return the entries that are not finished."""
        return self._store.entries.drafts()

    @property
    def read_only(self) -> bool:
        """Whether it is open for reading only; every write then raises ReadOnlyError."""
        return self._store.read_only

    @property
    def remarks(self) -> tuple[KnownError, ...]:
        """What was found at the opening and is to be said; the first says why it is open for reading only, if it is."""
        return self._store.remarks

    def remember(self, *, closed_well: bool = False, goes_back: bool = False) -> None:
        """Let this computer remember how many saves the vault has; done by itself after every save.

        `goes_back` where it has fewer than were seen, and its owner opened it knowing that.
        """
        if self._machine is None or self.read_only:
            return
        vault_id, saves = self._store.vault_id, self._store.saves
        seen = self._machine.seen(vault_id)
        when = self._now() if saves != seen.saves else seen.saved_at
        self._machine.change_seen(vault_id, goes_back=goes_back, saves=saves, saved_at=when, closed_well=closed_well)

    def prepare(self) -> bool:
        """Do what has to be done before the first write, for a few milliseconds; say whether more of it is left."""
        return all(self._store.prepare() for _ in range(_PREPARED_AT_ONCE))

    def checking(self) -> Generator[None, None, bool]:
        """Look all notes through in steps of a few milliseconds; return whether they are those that were saved.

        Writes may come between the steps. The computer remembers when all was last in order. PartUnreadableError
        where a note cannot be read.
        """
        try:
            in_order = yield from self._store.recounting()
        except VaultDamagedError:
            # At the next opening the whole file is looked through before anything is shown.
            self._is_damaged = True
            raise PartUnreadableError from None
        if in_order and self._machine is not None:
            self._machine.change_seen(self._store.vault_id, checked_at=self._now())
        return in_order

    def first_look(self) -> None:
        """Read what the first page shows; PartUnreadableError where it cannot be read."""
        try:
            self.notebook.clients()
            self.settings.preferences()
            self.settings.place()
        except VaultDamagedError:
            self._is_damaged = True
            raise PartUnreadableError from None

    @property
    def is_open(self) -> bool:
        """Whether it was not closed yet."""
        return self._store.is_open

    def reserving(self) -> Callable[[], bool]:
        """Return the work, for any thread, of taking a reserve of room for the last words on a full disk."""
        return partial(reserve.keep, self.folder, self._random)

    def free_reserve(self) -> bool:
        """Give the reserve back to a full disk, so that the last words can be written; say whether there was one."""
        return self._store.free_reserve()

    def close(self) -> None:
        """Lock: let the vault go, so that only its encrypted files remain."""
        if self._store.is_open:
            # Notes that cannot be read any more are to be closed all the more.
            with suppress(KnownError):
                self.remember(closed_well=not self._is_damaged)
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
        return unlocking.unlock(folder, passphrase)

    def opens_by_sheet(self, folder: Path) -> bool:
        """Say whether this computer remembers that a vault opens by its recovery sheet only."""
        return self._machine is not None and self._machine.seen(salt_of(folder / NOTES)).opens_by_sheet

    def recover(self, folder: Path, typed: str) -> Secrets:
        """Return what a recovery key opens; MistypedRecoveryKeyError names the group."""
        return unlocking.recover(folder, typed)

    def open(
        self,
        folder: Path,
        secrets: Secrets,
        *,
        read_only: bool = False,
        accept_older: bool = False,
        take_over: bool = False,
    ) -> OpenVault:
        """Open a vault for the thread that will use it; a KnownError says what is amiss, and nothing was changed.

        `read_only` opens it to read, `accept_older` although this computer has seen later saves, `take_over` although
        another computer says that it has it open. See `opening.open_store`.
        """
        seen = self._machine.seen(secrets.vault_id) if self._machine is not None else Seen()
        store = opening.open_store(
            folder,
            secrets,
            read_only=read_only,
            seen_saves=seen.saves,
            seen_at=seen.saved_at,
            closed_well=seen.closed_well,
            accept_older=accept_older,
            take_over=take_over,
            here=presence.here(self._now()),
        )
        opened = None
        try:
            opened = OpenVault(store, self._forms, self._now, self._random, self._machine, self._kdf)
            opened.remember(goes_back=accept_older)
            opened.first_look()
        except VaultDamagedError:
            (opened or store).close()
            raise PartUnreadableError from None
        return opened

    def copy_without_side_file(self, folder: Path) -> Path:
        """Copy a vault into a new folder beside it, without the file of an unfinished save; KnownError."""
        return copying.copy_without_side_file(folder)

    def make_sample(self, folder: Path, text: str) -> OpenVault:
        """Make a vault of invented people from the sample file `text`, and open it; its passphrase is no secret."""
        secrets = self.create(folder, sample.PASSPHRASE, sample=True)
        store = opening.open_store(folder, secrets)
        sample.fill(store, self._forms, text, self._now, self._random)
        return OpenVault(store, self._forms, self._now, self._random)


def sheet_of(secrets: Secrets) -> Sheet:
    """Return what the recovery sheet of a vault says."""
    return Sheet(tuple(groups(recovery_text(secrets.recovery))), secrets.vault_id.hex())
