"""What "Prove it" looks at: each promise of the program looked at anew, on this computer, with this vault."""

import datetime
from collections.abc import Callable, Iterator
from contextlib import suppress
from enum import StrEnum
from typing import Any, NamedTuple

from alliance_desktop.domain.backup_errors import BackupNoRoomError, BackupPlaceError, BackupStoppedError
from alliance_desktop.domain.backup_words import said_time, told_trial
from alliance_desktop.domain.errors import KnownError
from alliance_desktop.domain.watch import Watch
from alliance_desktop.services import hardening, searching, surroundings
from alliance_desktop.services.backup_work import Tried, holding_of
from alliance_desktop.services.backups import Backups
from alliance_desktop.services.hardening import Hardness
from alliance_desktop.services.proof_words import Searched, said_hardness, said_search, said_sockets
from alliance_desktop.services.searching import Search, pieces, texts
from alliance_desktop.services.surroundings import Sockets
from alliance_desktop.storage.backup_file import Listed
from alliance_desktop.storage.raw_files import RawFiles
from alliance_desktop.storage.sealed_page import PLAIN_HEAD
from alliance_desktop.storage.store import Store

CANNOT_BE_USED = "is not whole and cannot be used"
OLD_KEYS_ONLY = (
    "The backups in the vault's own folder were made before the recovery sheet was replaced. They open only with the "
    "passphrase or the sheet of their day, so none was tried."
)
_RECENTLY = datetime.timedelta(days=8)

Work = Callable[[Watch], Any]


class State(StrEnum):
    """What a look came to: the promise holds, it does not, or that cannot be said here."""

    HOLDS = "holds"
    FAILS = "fails"
    UNKNOWN = "unknown"


class Finding(NamedTuple):
    """What was found: in a sentence or two, and as technical details without a word of the notes."""

    state: State
    words: str
    details: str


class Look(NamedTuple):
    """One promise, and how it is looked at.

    `begin` is called in the vault's thread and returns the work for any thread, whose answer `tell` takes, in the
    vault's thread again. All may raise a KnownError, which `fault` makes a finding of.
    """

    id: str
    promise: str
    doing: str
    begin: Callable[[], Work]
    tell: Callable[[Any], Finding]


class Proof:
    """The looks at one open vault, for its own thread."""

    def __init__(
        self,
        store: Store,
        backups: Backups,
        now: Callable[[], datetime.datetime],
        sockets: Callable[[], Sockets | None] = surroundings.open_sockets,
        harden: Callable[[], Hardness] = hardening.harden,
    ) -> None:
        self._store, self._backups, self._now = store, backups, now
        self._sockets, self._harden = sockets, harden
        self._listed: list[Listed] = []
        self._tried: Listed | None = None

    def looks(self) -> list[Look]:
        """Return what there is to look at, in the order in which it is told."""
        return [
            Look(
                "words",
                "Nobody can read your notes in the files of the vault",
                "Looking for your own words in every file of the vault…",
                self._begin_search,
                self._tell_search,
            ),
            Look(
                "restore",
                "The newest backup can be restored",
                "Restoring the newest backup on trial…",
                self._begin_trial,
                self._tell_trial,
            ),
            Look(
                "checked",
                "All notes are as they were saved",
                "Asking when the notes were last checked…",
                lambda: _nothing_to_do,
                lambda _: self._tell_checked(),
            ),
            Look(
                "network",
                "No connection to another computer is open",
                "Asking the system for open connections…",
                lambda: lambda _watch: self._sockets(),
                self._tell_sockets,
            ),
            Look(
                "process",
                "Other programs cannot look into this one",
                "Asking the system what it refuses to other programs…",
                lambda: _nothing_to_do,
                lambda _: self._tell_hardness(),
            ),
        ]

    def _begin_search(self) -> Work:
        wanted = pieces(self._typed())
        return _Searching(RawFiles(self._store), wanted)

    def _tell_search(self, found: Searched) -> Finding:
        details = (
            f"pieces={found.pieces} of {searching.PIECE} bytes, UTF-8 and UTF-16; files={found.files}; "
            f"bytes={found.size}; found={sum(found.where.values())}; control={found.control}; "
            f"plain database={found.is_plain}"
        )
        if not found.pieces or found.control != found.pieces:
            state = State.UNKNOWN
        else:
            state = State.FAILS if found.where or found.is_plain else State.HOLDS
        return Finding(state, said_search(found), details)

    def _typed(self) -> Iterator[str]:
        """Yield what the counsellor wrote, of the clients last seen first."""
        clients = sorted(self._store.clients.all(), key=lambda one: str(one.last_on), reverse=True)
        for client in clients:
            yield from texts(client.answers)
            for entry in self._store.entries.of_client(client.id):
                yield from texts(entry.answers)
            for addendum in self._store.entries.addenda_of_client(client.id):
                yield addendum.text

    def _begin_trial(self) -> Work:
        self._listed = self._backups.listed()
        self._tried = next((one for one in self._listed if one.good and self._fits(one)), None)
        return _nothing_to_do if self._tried is None else self._backups.trying(self._tried.path)

    def _tell_trial(self, tried: Tried | None) -> Finding:
        if tried is None or self._tried is None:
            return self._tell_untried()
        as_now = self._backups.note_tried(tried)
        tally = holding_of(tried.contents).tally
        details = f"made={self._tried.made_at.isoformat()}; saves={tried.contents.saves}; same as now={as_now}"
        words = f"{told_trial(tally, self._tried.made_at, as_now)} The trial was taken away again."
        newer = self._listed[: self._listed.index(self._tried)]
        if any(not one.good for one in newer):
            return Finding(State.FAILS, f"{words} A newer backup there {CANNOT_BE_USED}.", details)
        return Finding(State.HOLDS, words, details)

    def _tell_untried(self) -> Finding:
        """Tell why there was nothing to try: no backup at all, none that is whole, or none of the present keys."""
        good = sum(one.good for one in self._listed)
        details = f"backups={len(self._listed)}; whole={good}; of the present keys=0"
        when = "One makes itself when you lock or close." if self._backups.come_by_themselves else ""
        if not self._listed:
            return Finding(State.UNKNOWN, f"There is no backup in the vault's own folder yet. {when}".strip(), details)
        if not good:
            return Finding(State.FAILS, f"No backup in the vault's own folder is whole. {when}".strip(), details)
        words = f"{OLD_KEYS_ONLY} {when.replace('One', 'A new one')}".strip()
        return Finding(State.UNKNOWN, words, details)

    def _fits(self, one: Listed) -> bool:
        with suppress(KnownError):
            return self._backups.fits(one.path)
        return False

    def _tell_checked(self) -> Finding:
        at = self._backups.seen.checked_at
        details = f"checked={at.isoformat() if at else 'never'}; saves={self._store.saves}"
        if at is None:
            words = "This computer has not looked all notes through yet. It does so a moment after each unlocking."
            if self._store.sample:
                words = "The sample is made anew each time, and the computer remembers nothing of it."
            return Finding(State.UNKNOWN, words, details)
        recent = self._now() - at < _RECENTLY
        words = f"All of them were last looked through, and found in order, on {said_time(at)}."
        return Finding(State.HOLDS if recent else State.UNKNOWN, words, details)

    def _tell_sockets(self, found: Sockets | None) -> Finding:
        if found is None:
            return Finding(State.UNKNOWN, said_sockets(None), "not told by this system")
        state = State.FAILS if found.abroad else State.UNKNOWN if found.unknown else State.HOLDS
        details = f"other computers={found.abroad}; this computer={found.here}; unknown={found.unknown}"
        return Finding(state, said_sockets(found), details)

    def _tell_hardness(self) -> Finding:
        found = self._harden()
        details = "; ".join(f"{name}={held}" for name, held in found._asdict().items())
        return Finding(State.HOLDS if all(found) else State.UNKNOWN, said_hardness(found), details)


def fault(error: KnownError) -> Finding:
    """Return what to tell of a look that did not come about."""
    unlooked = isinstance(error, BackupStoppedError | BackupNoRoomError | BackupPlaceError)
    return Finding(State.UNKNOWN if unlooked else State.FAILS, str(error), type(error).__name__)


def _nothing_to_do(_watch: Watch) -> None:
    return None


class _Searching:
    """Looks through every file when called, and lets the files go."""

    def __init__(self, files: RawFiles, wanted: frozenset[str]) -> None:
        self._files, self._wanted = files, wanted

    def __call__(self, watch: Watch) -> Searched:
        try:
            return self._searched(watch)
        finally:
            self._files.release()

    def _searched(self, watch: Watch) -> Searched:
        search = Search(self._wanted)
        names = self._files.names()
        size = 0
        heads: list[bytes] = []

        def followed(name: str) -> Iterator[bytes]:
            nonlocal size
            for at, chunk in enumerate(self._files.chunks(name)):
                watch.silent().at(0.0)
                heads.extend([chunk[:16]] if not at else [])
                size += len(chunk)
                yield chunk

        where: dict[str, int] = {}
        for done, name in enumerate(names):
            watch.at(done / max(1, len(names)))
            hits = len(search.found(followed(name)))
            where |= {name: hits} if hits else {}
        # What is looked for is in it, so a search that finds nothing here finds nothing anywhere.
        plain = "\0".join(sorted(self._wanted)).encode()
        is_plain = any(head == PLAIN_HEAD for head in heads)
        return Searched(len(self._wanted), len(names), size, where, len(search.found([plain])), is_plain)
