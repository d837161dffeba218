"""Whether a database is in order: one list of looks, the same for a vault, after a stop, and for a backup.

| look | what it finds |
|---|---|
| the seal of every page | pages that were changed or torn, also those that hold no row at present |
| the database's own structure | trees, rows and indexes that contradict each other |
| what rests on other rows | rows whose client, note or strain is not there |
| the digest over every row | old pages put back, each sealed rightly |

Two things are not looked at every time. Before a side file is merged, pages that a power cut tore are no damage, so
the seals wait until after it; and a vault from before there was a digest has none to compare with.

The structure takes as long as all the rest together, so it is looked at meanwhile, in a thread and by a connection of
its own. What is found is told in the order of this list all the same.
"""

import gc
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import Enum, auto
from typing import Generic, TypeVar

from alliance_desktop.domain.errors import KnownError
from alliance_desktop.domain.watch import Watch
from alliance_desktop.storage import digest
from alliance_desktop.storage.database import Database
from alliance_desktop.storage.faults import StatementError
from alliance_desktop.storage.sealed_page import PAGE

T = TypeVar("T")

_OFTEN = 0.1
"""Seconds between two looks at whether work is to stop."""
_SPARE = 16_384
"""Pages beyond the end of the database that are still looked at one by one."""


class Amiss(Enum):
    """Which look found something."""

    SEALS = auto()
    STRUCTURE = auto()
    REFERENCES = auto()
    DIGEST = auto()


def seals_hold(database: Database) -> bool:
    """Say whether every page of the file, without its side file, is as it was written."""
    return _is_as_long_as_told(database) and not database.rows("PRAGMA cipher_integrity_check")


def first_amiss(
    database: Database, again: Callable[[], Database], watch: Watch | None = None, *, seals: bool = True
) -> Amiss | None:
    """Return what is found first, or None where all is in order; slow, and nothing is changed.

    `again` opens the same file to read once more, and is called in another thread. VaultDamagedError and
    StatementError where it cannot be asked at all: a page or a table is missing.
    """
    watch = watch or Watch()
    if not _is_as_long_as_told(database):
        return Amiss.SEALS
    with _nothing_collected():
        structure = _Structure(again)
        try:
            if seals and not seals_hold(database):
                return Amiss.SEALS
            watch.at(0.2)
            beside = _Asked(lambda: _first_of_the_rest(database, watch))
            if not structure.holds(watch):
                return Amiss.STRUCTURE
            amiss = beside.answer()
        finally:
            structure.leave()
    watch.at(1.0)
    return amiss


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Let Python take no unused objects away meanwhile: it would do so in the thread of the structure.

    A widget among them must not end in any thread but the window's.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def _first_of_the_rest(database: Database, watch: Watch) -> Amiss | None:
    if not _references_hold(database):
        return Amiss.REFERENCES
    watch.at(0.3)
    return None if digest.agrees(database) else Amiss.DIGEST


def _is_as_long_as_told(database: Database) -> bool:
    """Say whether the file ends where its head says; a stretched one would be read for minutes."""
    told = database.row("PRAGMA page_count")
    return told is None or os.fstat(database.reader).st_size <= (int(told[0]) + _SPARE) * PAGE


def _structure_holds(database: Database) -> bool:
    return database.rows("PRAGMA integrity_check") == [("ok",)]


def _references_hold(database: Database) -> bool:
    return not database.rows("PRAGMA foreign_key_check")


class _Asked(Generic[T]):
    """The answer to a question that was asked, or the fault it ended in, kept until it is wanted."""

    def __init__(self, ask: Callable[[], T]) -> None:
        self._fault: KnownError | StatementError | None = None
        try:
            self._answer = ask()
        except (KnownError, StatementError) as fault:
            self._fault = fault

    def answer(self) -> T:
        if self._fault is not None:
            raise self._fault
        return self._answer


class _Structure:
    """The database's own structure, looked at in a thread of its own from the beginning."""

    def __init__(self, again: Callable[[], Database]) -> None:
        self._again = again
        self._asked: _Asked[bool] | None = None
        self._database: Database | None = None
        self._left = False
        # A connection that is just being closed must not be told to stop: the database would read freed memory.
        self._held = threading.Lock()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def holds(self, watch: Watch) -> bool:
        """Wait for the end, and say whether it holds; raises what the look ended in."""
        while self._thread.is_alive():
            self._thread.join(_OFTEN)
            watch.at(0.9)
        if self._asked is None:
            raise RuntimeError("the look at the structure ended in a bug")
        return self._asked.answer()

    def leave(self) -> None:
        """Break it off where it is not at its end, and wait until the file is let go."""
        self._left = True
        while self._thread.is_alive():
            with self._held:
                if self._database is not None:
                    self._database.break_off()
            self._thread.join(_OFTEN)

    def _look(self) -> None:
        self._asked = _Asked(self._looked)

    def _looked(self) -> bool:
        database = self._again()
        with self._held:
            self._database = database
        try:
            return self._left or _structure_holds(database)
        finally:
            with self._held:
                self._database = None
            database.close()
