"""Whether a database is in order: one list of looks, the same for a vault, after a stop, and for a backup.

| look | what it finds |
|---|---|
| the seal of every page | pages that were changed or torn, also those that hold no row at present |
| the database's own structure | trees, rows and indexes that contradict each other |
| what rests on other rows | rows whose client, note or strain is not there |
| the digest over every row | old pages put back, each sealed rightly |
| the index of the search | words that are not those that were put in; no note is concerned |

Every page that a look at the structure read without a word is sealed rightly, because SQLCipher proves it on the way;
then only the others are looked at for their seals. Where anything at all is told, each of them is. In the same way the
one walk over all rows for the digest collects what rests on what, and what the vault holds.

Two things are not looked at every time. Before a side file is merged, pages that a power cut tore are no damage, so
the seals wait until after it; and a vault from before there was a digest has none to compare with.

Nor is the index of the search looked at where that is not asked for: it follows from the notes, and one that
is wrong is begun anew. A backup of notes that are in order is a good one, whatever their index says; and where it is
looked at, it is told last and by itself.

The looks are shared out between two threads with a connection each, so that both take about as long. What is found is
told in the order of this list all the same.
"""

import re
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from enum import Enum, auto
from functools import partial
from itertools import chain
from typing import Generic, NamedTuple, TypeVar

from alliance_desktop.domain import collecting
from alliance_desktop.domain.errors import KnownError, VaultDamagedError
from alliance_desktop.domain.watch import Watch
from alliance_desktop.storage import digest, references, schema, search_parts, search_whole
from alliance_desktop.storage.contents import Contents, Gathering
from alliance_desktop.storage.database import Database
from alliance_desktop.storage.faults import StatementError
from alliance_desktop.storage.seals import Seals, all_hold, is_as_long_as_told

T = TypeVar("T")

_OFTEN = 0.1
"""Seconds between two looks at whether work is to stop."""


class Amiss(Enum):
    """Which look found something."""

    SEALS = auto()
    STRUCTURE = auto()
    REFERENCES = auto()
    DIGEST = auto()
    WORDS = auto()


def first_amiss(
    database: Database,
    again: Callable[[], Database],
    watch: Watch | None = None,
    *,
    seals: Seals | None,
    words: bool = True,
) -> Amiss | None:
    """Return what is found first, or None where all is in order; see `contents_in_order`."""
    return _looked(database, again, watch, lambda _gathered: None, seals=seals, words=words)


def contents_in_order(
    database: Database,
    again: Callable[[], Database],
    watch: Watch | None = None,
    *,
    seals: Seals | None,
    words: bool = True,
) -> Contents | Amiss:
    """Return what a database holds that is in order, or what is found first; slow, and nothing is changed.

    `again` opens the same file to read once more, and is called in another thread. With `seals`, those of its pages
    are looked at; not where a side file is read. `words` asks for the index of the search as well. VaultDamagedError
    and StatementError where it cannot be asked at all: a page or a table is missing.
    """
    return _looked(database, again, watch, lambda gathered: gathered.contents(database), seals=seals, words=words)


def _looked(
    database: Database,
    again: Callable[[], Database],
    watch: Watch | None,
    then: Callable[[Gathering], T],
    *,
    seals: Seals | None,
    words: bool,
) -> T | Amiss:
    watch = watch or Watch()
    if not is_as_long_as_told(database):
        return Amiss.SEALS
    looks = _Looks(seals)
    asked_for = looks.shared_out(words=words)
    with _nothing_collected():
        beside = _Beside(again, chain(asked_for.there, asked_for.left()))
        try:
            here: list[_Answer] = []
            for number, (amiss, look) in enumerate(chain(asked_for.here, asked_for.left())):
                here.append((amiss, _Asked(partial(look, database))))
                watch.at(min(0.2 + 0.2 * number, 0.8))
                if amiss is Amiss.SEALS and not here[-1][1].answer():
                    return Amiss.SEALS
            told = _Asked(lambda: then(looks.gathered))
            answers = sorted(here + beside.answers(watch), key=lambda one: one[0].value)
        finally:
            beside.leave()
    if not looks.all_sealed(again):
        return Amiss.SEALS
    for amiss, asked in answers:
        if not asked.answer():
            return amiss
    watch.at(1.0)
    return told.answer()


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Let Python take no unused objects away meanwhile: it would do so in the thread of the structure."""
    collecting.hold()
    try:
        yield
    finally:
        collecting.let_go()


_OF_THE_SEARCH = re.compile(
    r'^fts5: .* table "search_index"$| FTS5 table main\.search_index\b|\b(?:index|for) search_\w+$'
)
"""What SQLite says where only the index of the search contradicts itself; trees that meet are told otherwise."""


def _trees_hold(database: Database) -> bool:
    asked = (database.rows(f"PRAGMA integrity_check({one})") for one in ("search_place", "search_word"))
    return all(told == [("ok",)] for told in asked)


def _parts_hold(database: Database) -> bool:
    holds = search_parts.hold(database)
    # From before there were prints, or in the middle of a merge: read word by word for what contradicts itself.
    return database.rows("PRAGMA integrity_check(search_index)") == [("ok",)] if holds is None else holds


def _counts_hold(database: Database) -> bool:
    return all(search_whole.looks(database, search_whole.AT_ONCE))


def _of_words(look: "_Look", database: Database) -> bool:
    if not schema.at_least(database, schema.WITH_SEARCH):
        return True
    with suppress(VaultDamagedError, StatementError, ValueError, TypeError):
        return look(database)
    return False


_Look = Callable[[Database], bool]
_Asking = tuple[Amiss, _Look]
_WORDS: tuple[_Look, ...] = (_parts_hold, _counts_hold, _trees_hold)
"""What is looked at of the index of the search, the longest first."""


class _Looks:
    """The looks at one file, and what one leaves to the others: `gathered` is what the rows tell of the vault."""

    def __init__(self, seals: Seals | None) -> None:
        self.gathered = Gathering()
        self._seals = seals
        self._all_read = False
        self._all_found = False

    def shared_out(self, *, words: bool) -> "_SharedOut":
        """Return which looks are taken in this thread, which in the other one, and which in that which is free first.

        What the structure takes is about as long as what the rows take.
        """
        here: list[_Asking] = [(Amiss.DIGEST, self._digest_agrees), (Amiss.REFERENCES, self._references_hold)]
        if self._seals:
            here.insert(0, (Amiss.SEALS, self._seals_hold))
        either = [(Amiss.WORDS, partial(_of_words, one)) for one in _WORDS if words]
        return _SharedOut(here, [(Amiss.STRUCTURE, self._structure_holds)], deque(either))

    def all_sealed(self, again: Callable[[], Database]) -> bool:
        """Say, once all looks are taken, whether every page is sealed where that was asked for."""
        if self._seals is None or self._all_read:
            return True
        # A connection that met a page without its seal may answer nothing any more.
        database = again()
        try:
            return all_hold(database)
        finally:
            database.close()

    def _seals_hold(self, database: Database) -> bool:
        return self._seals is None or self._seals.left_hold(database) or all_hold(database)

    def _structure_holds(self, database: Database) -> bool:
        asked = "PRAGMA integrity_check"
        # SQLite looks at its tables first, and at the words of the index last, which it begins to read at this table.
        if database.is_silent_until("search_index_idx", asked):
            self._all_read = True
            return True
        return all(told == "ok" or _OF_THE_SEARCH.search(str(told)) for (told,) in database.rows(asked))

    def _digest_agrees(self, database: Database) -> bool:
        found = references.References(database)
        agrees = digest.agrees(database, self.gathered, found)
        self._all_found = found.all_found()
        return agrees

    def _references_hold(self, database: Database) -> bool:
        return self._all_found or references.hold(database)


class _SharedOut(NamedTuple):
    """The looks that are taken in this thread, those in the other one, and those in either."""

    here: list[_Asking]
    there: list[_Asking]
    either: deque[_Asking]

    def left(self) -> Iterator[_Asking]:
        """Take one look after the other that nobody has taken."""
        with suppress(IndexError):
            while True:
                yield self.either.popleft()


class _Asked(Generic[T]):
    """The answer to a question that was asked, or the fault it ended in, kept until it is wanted."""

    def __init__(self, ask: Callable[[], T]) -> None:
        self._fault: Exception | None = None
        try:
            self._answer = ask()
        # Values that are none of ours come from rows that were changed; another look may say so first.
        except (KnownError, StatementError, ValueError, TypeError) as fault:
            self._fault = fault

    def answer(self) -> T:
        if self._fault is not None:
            raise self._fault
        return self._answer


_Answer = tuple[Amiss, _Asked[bool]]


class _Beside:
    """Some looks, taken one after the other in a thread of its own from the beginning."""

    def __init__(self, again: Callable[[], Database], looks: Iterable[_Asking]) -> None:
        self._again, self._looks = again, looks
        self._answers: list[_Answer] = []
        self._database: Database | None = None
        self._left = self._ended = False
        # A connection that is just being closed must not be told to stop: the database would read freed memory.
        self._held = threading.Lock()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def answers(self, watch: Watch) -> list[_Answer]:
        """Wait for the end, and return what each look says."""
        while self._thread.is_alive():
            self._thread.join(_OFTEN)
            watch.at(0.9)
        if not self._ended:
            raise RuntimeError("a look beside the others ended in a bug")
        return self._answers

    def leave(self) -> None:
        """Break it off where it is not at its end, and wait until the file is let go."""
        self._left = True
        while self._thread.is_alive():
            with self._held:
                if self._database is not None:
                    self._database.break_off()
            self._thread.join(_OFTEN)

    def _look(self) -> None:
        opened = _Asked(self._opened)
        try:
            for amiss, look in self._looks:
                self._answers.append((amiss, _Asked(partial(self._taken, look, opened))))
            self._ended = True
        finally:
            with self._held:
                database, self._database = self._database, None
            if database is not None:
                database.close()

    def _taken(self, look: _Look, opened: _Asked[Database]) -> bool:
        return self._left or look(opened.answer())

    def _opened(self) -> Database:
        database = self._again()
        with self._held:
            self._database = database
        return database
