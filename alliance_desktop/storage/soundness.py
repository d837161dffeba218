"""Whether a database is in order: one list of looks, the same for a vault, after a stop, and for a backup.

| look | what it finds |
|---|---|
| the seal of every page | pages that were changed or torn, also those that hold no row at present |
| the database's own structure | trees, rows and indexes that contradict each other |
| what rests on other rows | rows whose client, note or strain is not there |
| the digest over every row | old pages put back, each sealed rightly |

Two things are not looked at every time. Before a side file is merged, pages that a power cut tore are no damage, so
the seals wait until after it; and a vault from before there was a digest has none to compare with.
"""

import os
from collections.abc import Callable
from enum import Enum, auto

from alliance_desktop.domain.watch import Watch
from alliance_desktop.storage import digest
from alliance_desktop.storage.database import Database
from alliance_desktop.storage.sealed_page import PAGE

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


def first_amiss(database: Database, watch: Watch | None = None, *, seals: bool = True) -> Amiss | None:
    """Return what is found first, or None where all is in order; slow, and nothing is changed.

    VaultDamagedError and StatementError where it cannot be asked at all: a page or a table is missing.
    """
    watch = watch or Watch()
    for amiss, holds, done in _LOOKS:
        if (seals or amiss is not Amiss.SEALS) and not holds(database):
            return amiss
        watch.at(done)
    return None


def _is_as_long_as_told(database: Database) -> bool:
    """Say whether the file ends where its head says; a stretched one would be read for minutes."""
    told = database.row("PRAGMA page_count")
    return told is None or os.fstat(database.reader).st_size <= (int(told[0]) + _SPARE) * PAGE


def _structure_holds(database: Database) -> bool:
    return database.rows("PRAGMA integrity_check") == [("ok",)]


def _references_hold(database: Database) -> bool:
    return not database.rows("PRAGMA foreign_key_check")


_LOOKS: tuple[tuple[Amiss, Callable[[Database], bool], float], ...] = (
    (Amiss.SEALS, seals_hold, 0.35),
    (Amiss.STRUCTURE, _structure_holds, 0.6),
    (Amiss.REFERENCES, _references_hold, 0.7),
    (Amiss.DIGEST, digest.agrees, 1.0),
)
