"""The life of an open vault's keys: what opens it and since when, a new passphrase, a new sheet, the sheet alone."""

import datetime
from collections.abc import Callable
from contextlib import suppress

import msgspec

from alliance_desktop.domain.errors import KnownError, ReadOnlyError, SaveWaitingError
from alliance_desktop.keys.derivation import Kdf
from alliance_desktop.services.key_work import KeyWork, Replacement, Sealed
from alliance_desktop.services.machine import Machine
from alliance_desktop.services.stamps import Now, Random
from alliance_desktop.storage import rekeying, vault
from alliance_desktop.storage.store import Store

_KEPT = "key_life"

Backup = Callable[[], object]


class Standing(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What opens the vault. A time that was not noted, by an earlier program, is None.

    `sheet_was_used` says that the recovery sheet opened the vault and is still to be replaced; `sheet_can_wait`
    that this was put off. `executor_at` is when a sheet for an executor was made last, `executor_shown_at` when a key
    for one was shown since that was not checked: it may stand on a sheet all the same.
    """

    passphrase_at: datetime.datetime | None = None
    sheet_at: datetime.datetime | None = None
    opens_by_sheet: bool = False
    sheet_was_used: bool = False
    sheet_can_wait: bool = False
    executor_at: datetime.datetime | None = None
    executor_shown_at: datetime.datetime | None = None

    @property
    def executor_since(self) -> datetime.datetime | None:
        """Since when somebody may have a sheet for an executor, checked or not; None where nobody can."""
        return max((one for one in (self.executor_at, self.executor_shown_at) if one is not None), default=None)

    @property
    def executor_is_void(self) -> bool:
        """Whether the sheet for an executor is older than the recovery key, so that it opens nothing any more."""
        made, since = self.executor_since, self.sheet_at
        return made is not None and since is not None and made < since


class KeyLife:
    """The keys of one open vault, for its own thread.

    `before_risk` answers the backup to make before the notes are encrypted anew, as work for any thread, or None;
    `after_change` the one to make afterwards, which is the first that opens with the new keys.
    """

    def __init__(
        self,
        store: Store,
        now: Now,
        random: Random,
        kdf: Kdf | None = None,
        machine: Machine | None = None,
        before_risk: Callable[[], Backup | None] = lambda: None,
        after_change: Callable[[], Backup | None] = lambda: None,
    ) -> None:
        self._store = store
        self._now, self._random, self._kdf = now, random, kdf
        self._machine = machine
        self.before_risk = before_risk
        self.after_change = after_change
        self._not_kept: dict[str, object] = {}
        self._work = self._renewed()

    def standing(self) -> Standing:
        """Return what opens the vault, and since when."""
        kept = self._kept()
        made = self._store.created_at
        first = self._store.key_generation == 1
        return msgspec.structs.replace(
            kept,
            passphrase_at=kept.passphrase_at or (made if first else None),
            sheet_at=kept.sheet_at or made,
        )

    def work(self) -> KeyWork:
        """Return the slow part of any change, for a thread; may be asked for in any thread."""
        return self._work

    def install(self, sealed: Sealed) -> None:
        """Put a new passphrase in place; the one before opens nothing any more. KnownError: then that still opens."""
        vault.install(self._store, sealed.secrets, sealed.data)
        sealed.secrets.forget()
        self._keep(passphrase_at=self._now(), opens_by_sheet=False)

    def install_none(self, sealed: Sealed) -> None:
        """Let only the recovery sheet open the vault, with a passphrase in place that nobody knows."""
        vault.install(self._store, sealed.secrets, sealed.data)
        sealed.secrets.forget()
        self._keep(passphrase_at=None, opens_by_sheet=True)

    def must_be_ready(self, *, to_encrypt: bool) -> None:
        """Say what stands in the way of a change before any of it: ReadOnlyError, or with `to_encrypt` too little room.

        NoRoomToReencryptError where the notes cannot be backed up and encrypted anew.
        """
        if self._store.read_only:
            raise ReadOnlyError
        if to_encrypt:
            rekeying.must_have_room(self._store.folder, copies=2)

    @property
    def size(self) -> int:
        """How large the notes are in bytes, which says how long encrypting them anew takes."""
        return rekeying.size_of(self._store.folder)

    def replace(self, replacement: Replacement, *, new_passphrase: bool) -> None:
        """Encrypt the notes anew; from then on only the new sheet and its passphrase open the vault.

        The thread stands still meanwhile, about a second for each 100 MB. See `rekeying.replace_key` for what it
        raises. The backup of `before_risk` is the caller's to make first.
        """
        before = self.standing().passphrase_at
        rekeying.replace_key(self._store, replacement.present, replacement.new, replacement.data)
        replacement.forget()
        self.keep_older_keys()
        now = self._now()
        told = {"passphrase_at": before, "sheet_at": now, "sheet_was_used": False, "sheet_can_wait": False}
        if new_passphrase:
            told |= {"passphrase_at": now, "opens_by_sheet": False}
        self._keep(**told)

    def note_sheet_used(self) -> None:
        """Remember that the sheet opened the vault, and that a new one is to take its place."""
        self._keep(sheet_was_used=True, sheet_can_wait=False)

    def put_off(self) -> None:
        """Remember that the new sheet can wait; the page of the keys goes on saying so."""
        self._keep(sheet_can_wait=True)

    def note_executor_sheet(self) -> None:
        """Remember that a sheet for an executor was made just now, for the recovery key that is valid."""
        self._keep(executor_at=self._now(), executor_shown_at=None)

    def note_executor_shown(self) -> None:
        """Remember that the key for an executor is shown: from now on it may stand on a sheet, checked or not.

        To be called before it is shown. KnownError where the disk does not take it: then it is not to be shown.
        """
        before = dict(self._not_kept)
        self._not_kept |= {"executor_shown_at": self._now()}
        try:
            self._put()
        except SaveWaitingError:
            # It is kept, and only waits for room.
            return
        except KnownError:
            self._not_kept = before
            raise

    @property
    def are_older(self) -> bool:
        """Whether a restored backup brought back a passphrase or a sheet that had been replaced."""
        return self._machine is not None and self._machine.seen(self._store.vault_id).older_keys

    def keep_older_keys(self) -> None:
        """Remember that the keys are to stay as they are now, also where a restored backup brought them back."""
        if self.are_older and self._machine is not None:
            self._machine.change_seen(self._store.vault_id, older_keys=False)

    def remember_here(self) -> None:
        """Let this computer know which way to ask for first at the next unlocking."""
        if self._machine is None or self._store.sample:
            return
        self._machine.change_seen(self._store.vault_id, opens_by_sheet=self._kept().opens_by_sheet)

    def _renewed(self) -> KeyWork:
        # The store's own keys and no copies, so that closing it wipes these as well.
        store = self._store
        by_sheet = self._kept().opens_by_sheet
        return KeyWork(
            store.folder, store.vault_id, store.data_key, store.key_generation, by_sheet, self._random, self._kdf
        )

    def _kept(self) -> Standing:
        try:
            kept = msgspec.convert(self._store.settings.get(_KEPT) or {}, Standing)
        except msgspec.ValidationError:
            kept = Standing()
        return msgspec.structs.replace(kept, **self._not_kept)

    def _keep(self, **values: object) -> None:
        # The change itself is made by now; a disk too full for a remark about it does not undo it.
        self._not_kept |= values
        with suppress(KnownError):
            self._put()
        self._work = self._renewed()
        self.remember_here()

    def _put(self) -> None:
        with self._store.transaction():
            self._store.settings.put(_KEPT, msgspec.to_builtins(self._kept()))
        self._not_kept = {}
