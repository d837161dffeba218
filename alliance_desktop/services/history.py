"""What an entry said before, the bin, taking text out for good, and removing a client for good."""

import datetime
import hmac
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

import msgspec

from alliance_desktop.domain.answers import date_of
from alliance_desktop.domain.audience import without
from alliance_desktop.domain.changes import Changed, Touched
from alliance_desktop.domain.clock import local
from alliance_desktop.domain.days import day_within
from alliance_desktop.domain.entry import ArcId, ClientId, Entry, EntryEvent, EntryId, Event, Version
from alliance_desktop.domain.errors import (
    BinnedError,
    DiskFullError,
    NotDoneError,
    SaveFailedError,
    SaveWaitingError,
    WrongPassphraseError,
)
from alliance_desktop.domain.watch import Watch
from alliance_desktop.domain.whys import Why
from alliance_desktop.keys.keyfile import Secrets
from alliance_desktop.services.backups import Backups
from alliance_desktop.services.copies import standing_elsewhere
from alliance_desktop.services.forms import Forms, unrecorded
from alliance_desktop.services.notebook import Notebook
from alliance_desktop.services.owed import OwedPages
from alliance_desktop.services.preferences import PLACE, unsent_key
from alliance_desktop.services.stamps import Stamps
from alliance_desktop.storage.backup_file import Listed
from alliance_desktop.storage.store import Store

Check = Callable[[], Secrets]
One = TypeVar("One")
NEWER_VERSION_GONE = (
    "(An earlier version, written with a newer program, was removed as a whole: it cannot be read here.)"
)


class Binned(msgspec.Struct, frozen=True, kw_only=True):
    """An entry in the bin: how it is called, whose it is, the day it was put there, and the day it goes for good."""

    entry: Entry
    title: str
    who: str
    put_on: datetime.date
    goes_on: datetime.date


class Weight(msgspec.Struct, frozen=True, kw_only=True):
    """How much there is about one client: notes, those of them in the bin, strains, and additions to notes."""

    notes: int
    in_bin: int
    strains: int
    addenda: int


SAID_IN_BIN = "said to be in the bin until "
"""How the names begin under which such days are kept; the entry's id follows."""


class History:
    """What is done with an entry that was written, beside writing on; each act is one transaction.

    `bin_days` answers how long the bin keeps things.
    """

    def __init__(
        self,
        store: Store,
        forms: Forms,
        stamps: Stamps,
        notebook: Notebook,
        backups: Backups,
        bin_days: Callable[[], int] = lambda: 30,
    ) -> None:
        self._store, self._forms, self._stamps = store, forms, stamps
        self._notebook, self._backups, self._bin_days = notebook, backups, bin_days
        self._pages = OwedPages(store)

    # -- what an entry said ---------------------------------------------------------------------------------------

    def versions(self, entry: EntryId) -> list[Version]:
        """Return what an entry said before, oldest first."""
        return self._store.histories.versions(entry)

    def events(self, entry: EntryId) -> list[EntryEvent]:
        """Return what happened to an entry beside being written, oldest first."""
        return self._store.histories.events(entry)

    def restore(self, entry: EntryId, version: int) -> Changed:
        """Let an entry say again what an earlier version said; what it says now is kept as a version.

        The version's answers are read with the form of their day. KeyError where there is no such version;
        FinishedError for an entry that is frozen, EarlierTurnError for one of an earlier turn of its strain.
        """
        old = self._notebook.entry(entry)
        self._notebook.must_be_open(old)
        versions = self.versions(entry)
        wanted = next((one for one in versions if one.id == version), None)
        if wanted is None:
            raise KeyError(version)
        back = msgspec.structs.replace(old, answers=wanted.answers, form_version=wanted.form_version)
        self._forms.of(back)
        with self._writing():
            if all(one.answers != old.answers for one in versions):
                self._notebook.keep_version(old)
            changed = self._notebook.put_changed(back, old)
            self._note(entry, Event.RESTORED)
        return changed

    # -- the bin --------------------------------------------------------------------------------------------------

    def bin(self, *entries: EntryId) -> Changed:
        """Put entries into the bin, from where they can be put back until they go for good."""
        found = [one for one in map(self._notebook.entry, entries) if one.binned_at is None]
        at = self._bin_time()
        with self._writing():
            for one in found:
                self._store.bin.put(one.id, at)
                self._store.settings.put(_said_key(one.id), self._bin_days_on(local(at).date()).isoformat())
                self._note(one.id, Event.BINNED)
            return self._followed(found)

    def put_back(self, *entries: EntryId) -> Changed:
        """Put entries back where they were."""
        found = [one for one in map(self._notebook.entry, entries) if one.binned_at is not None]
        with self._writing():
            for one in found:
                self._store.bin.take(one.id)
                self._store.settings.drop(_said_key(one.id))
                self._note(one.id, Event.PUT_BACK)
            return self._followed(found)

    def bin_strain(self, arc: ArcId) -> Changed:
        """Put all cards of a strain into the bin at once; the strain itself is then in no list."""
        return self.bin(*(one.id for one in self._notebook.arc_entries(arc)))

    def binned(self) -> list[Binned]:
        """Return what is in the bin, the last put there first."""
        return [
            Binned(
                entry=one,
                title=self._notebook.title(one),
                who=self._notebook.who(one),
                put_on=_day(one),
                goes_on=self._goes_on(one),
            )
            for one in self._store.entries.in_bin()
        ]

    def goes_on(self, entry: EntryId) -> datetime.date | None:
        """Return the day on which an entry goes for good; None for one that is not in the bin."""
        found = self._notebook.entry(entry)
        return self._goes_on(found) if found.binned_at is not None else None

    def purge(self) -> int:
        """Remove for good what was in the bin for its days; return how many entries that were.

        Nothing goes while the computer's day is in doubt, nor in a vault that is open for reading only. The pages are
        written anew while the vault is left.
        """
        away = [] if self._store.read_only else self._store.entries.in_bin()
        if not away or self._notebook.clock_doubt() is not None:
            return 0
        with self._writing():
            self._notebook.calendar.keep()
        today, now = self._notebook.today(), self._stamps.now()
        due = [
            one for one in away if one.binned_at is not None and one.binned_at <= now and self._goes_on(one) <= today
        ]
        if due:
            self._remove(due, at_once=False)
        return len(due)

    def write_owed_pages(self) -> None:
        """Let no copy of what was removed stay in any page, before the vault is left; it takes a second for 20 MB.

        Where it cannot be done it is tried again the next time; nothing is raised.
        """
        self._pages.write()

    def remove(self, *entries: EntryId) -> Changed:
        """Remove entries in the bin for good, before their day; an entry that is not in the bin stays."""
        wanted = frozenset(entries)
        return self._remove([one for one in self._store.entries.in_bin() if one.id in wanted])

    # -- taking text out ------------------------------------------------------------------------------------------

    def redact(
        self,
        entry: EntryId,
        keys: Iterable[str],
        addenda: Iterable[int],
        why: str,
        *,
        unsent: bool = False,
        whys: Collection[Why] = (),
    ) -> Changed:
        """Take answers out of an entry and out of every version of it, and additions; finished entries as well.

        `keys` are those of the answers, `addenda` the ids of additions, `unsent` says that an addition which is being
        typed goes too, `whys` are reasons to be emptied. That it was done, when and `why` stays in the history.
        BinnedError for an entry in the bin.
        """
        gone = frozenset(keys)
        old = self._notebook.entry(entry)
        if old.binned_at is not None:
            raise BinnedError
        kept = msgspec.structs.replace(old, answers=without(old.answers, gone))
        readable = [one for one in self.versions(entry) if self._forms.known(_as_of(old, one)) is not None]
        # What a newer program wrote cannot be sorted into the two layers here: it goes as a whole.
        unread = NEWER_VERSION_GONE if len(readable) < len(self.versions(entry)) else ""
        versions = [msgspec.structs.replace(one, answers=without(one.answers, gone)) for one in readable]
        sides = [self._unrecorded(old, one) for one in versions]
        with self._writing():
            self._store.histories.drop(entry)
            for version, private in zip(versions, sides, strict=True):
                self._store.histories.add(version, private)
            self._store.entries.drop_addenda(entry, addenda)
            self._store.whys.empty(whys)
            if unsent:
                self._store.settings.drop(unsent_key(entry))
            changed = self._notebook.put_changed(kept, old)
            self._note(entry, Event.REDACTED, f"{why.strip()} {unread}")
            self._pages.owe()
        self._pages.write_if_small()
        return changed

    def whys(self, entry: EntryId) -> list[Why]:
        """Return the reasons given about an entry and its strain, which `redact` can empty."""
        return self._store.whys.of(entry, self._notebook.entry(entry).arc)

    def copies(self, entry: EntryId, taken: Iterable[str]) -> list[EntryId]:
        """Return the other entries of the same client in which any of some texts stands as well."""
        of = self._notebook.entry(entry)
        return [one.id for one in standing_elsewhere(self._store, self._notebook, of, taken)]

    def removals(self, entry: EntryId) -> list[EntryEvent]:
        """Return when text was taken out of an entry, and why."""
        return [one for one in self.events(entry) if one.what is Event.REDACTED]

    # -- removing a client ----------------------------------------------------------------------------------------

    def weight(self, client: ClientId) -> Weight:
        """Return how much there is about a client."""
        away = [one for one in self._store.entries.in_bin() if one.client == client]
        living = self._notebook.entries(client)
        return Weight(
            notes=len(living) + len(away),
            in_bin=len(away),
            strains=len({one.arc for one in (*living, *away) if one.arc is not None}),
            addenda=sum(len(self._store.entries.addenda(one.id)) for one in (*living, *away)),
        )

    def deleting(self, check: Check) -> Callable[[Watch], Secrets]:
        """Return the slow work before a client is deleted, for any thread: the passphrase checked, then a backup made.

        It answers the proof that `delete_client` asks for. `check` gives what the passphrase opens; what is wrong with
        it, or with the backup, is raised, and then nothing is to be deleted.
        """
        backup = self._backups.before_risk()

        def work(watch: Watch) -> Secrets:
            done = False
            try:
                proof = check()
                done = True
            finally:
                if backup is not None and not done:
                    backup.drop()
            if backup is not None:
                backup(watch)
            return proof

        return work

    def delete_client(self, client: ClientId, proof: Secrets) -> Changed:
        """Remove a client and everything about them for good; `proof` is what the passphrase of this vault opens.

        Links to their entries stay where they are and lead nowhere. WrongPassphraseError for any other proof.
        """
        fits = hmac.compare_digest(proof.data_key, self._store.data_key)
        proof.forget()
        if not fits:
            raise WrongPassphraseError
        away = [one for one in self._store.entries.in_bin() if one.client == client]
        entries = [*self._notebook.entries(client), *away]
        subjects = {one.id for one in entries} | {one.arc for one in entries}
        with self._writing():
            self._drop_kept(entries, subjects)
            self._store.settings.drop(PLACE)
            self._store.remove_client(client)
            self._pages.owe()
        self._pages.write_if_small()
        return Changed(
            kinds=frozenset({Touched.CLIENT, Touched.ENTRY, Touched.STATUS, Touched.BIN, Touched.REMINDER}),
            client=client,
        )

    def held_since(self, at: datetime.datetime) -> list[Listed]:
        """Return the vault's own backups made since a moment, which may hold what was there then, newest first."""
        # The name of a backup tells its time to the minute.
        minute = at.replace(second=0, microsecond=0)
        return [one for one in self._backups.listed() if one.made_at >= minute]

    # -- small parts ----------------------------------------------------------------------------------------------

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Write all of a block or nothing; NotDoneError where the disk took none of it."""
        try:
            with self._store.transaction():
                yield
        except SaveWaitingError:
            raise
        except (DiskFullError, SaveFailedError):
            # What those say is meant for words that are still on screen and are tried again.
            raise NotDoneError from None

    def _bin_time(self) -> datetime.datetime:
        """Return now; with a clock that is behind, the time of the newest entry, or the bin would forget too soon."""
        last = self._store.entries.last_begun()
        now = self._stamps.now()
        return max(now, last) if last is not None else now

    def _goes_on(self, entry: Entry) -> datetime.date:
        """Return the day an entry goes: what the settings say, no day sooner than was said, nor while the bin waits."""
        said = self._store.settings.get(_said_key(entry.id))
        waits = self._notebook.calendar.bin_waits_until()
        days = [self._bin_days_on(_day(entry)), date_of({"on": said}), waits]
        return max(one for one in days if one is not None)

    def _bin_days_on(self, day: datetime.date) -> datetime.date:
        return day_within(day, self._bin_days())

    def _followed(self, entries: Sequence[Entry]) -> Changed:
        """Bring the strains of entries along that went into the bin or came out of it."""
        told = [self._notebook.follow(one, Touched.ENTRY, Touched.BIN) for one in entries]
        if len(told) == 1:
            return told[0]
        kinds = frozenset(kind for one in told for kind in one.kinds)
        return Changed(kinds=kinds, client=_same({one.client for one in told}), arc=_same({one.arc for one in told}))

    def _remove(self, entries: Sequence[Entry], *, at_once: bool = True) -> Changed:
        with self._writing():
            self._drop_kept(entries, {one.id for one in entries})
            for one in entries:
                self._store.entries.remove(one.id)
            if entries:
                self._pages.owe()
        if at_once:
            self._pages.write_if_small()
        return Changed(kinds=frozenset({Touched.BIN}), client=_same({one.client for one in entries}))

    def _drop_kept(self, entries: Iterable[Entry], subjects: Collection[int | None]) -> None:
        """Let go of what is kept beside entries: additions being typed, and answers to reminders of `subjects`."""
        for one in entries:
            self._store.settings.drop(unsent_key(one.id))
            self._store.settings.drop(_said_key(one.id))
        for put_off in self._store.put_offs.all():
            if put_off.subject in subjects:
                self._store.put_offs.remove(put_off.id)

    def _note(self, entry: EntryId, what: Event, why: str = "") -> None:
        at = self._stamps.now()
        self._store.histories.add_event(
            EntryEvent(id=self._stamps.new_id(), entry=entry, at=at, what=what, why=why.strip())
        )

    def _unrecorded(self, entry: Entry, version: Version) -> frozenset[str]:
        return unrecorded(self._forms.of(_as_of(entry, version)).card(entry.card), version.answers)


def _as_of(entry: Entry, version: Version) -> Entry:
    """Return an entry as it was written in the form of one of its versions."""
    return msgspec.structs.replace(entry, form_version=version.form_version)


def _said_key(entry: EntryId) -> str:
    """Return the name under which the day is kept until which an entry was said to be in the bin."""
    return f"{SAID_IN_BIN}{entry}"


def _day(entry: Entry) -> datetime.date:
    return local(entry.binned_at or entry.touched_at).date()


def _same(found: set[One | None]) -> One | None:
    """Return the one thing that all have in common, or None."""
    return found.pop() if len(found) == 1 else None
