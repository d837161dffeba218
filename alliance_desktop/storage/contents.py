"""What a vault holds, in ids, days and numbers: enough to compare it with a backup, and no word of it."""

import datetime
import hashlib
from collections import Counter
from collections.abc import Iterator
from typing import Any

import msgspec

from alliance_desktop.storage import digest
from alliance_desktop.storage.database import Database

_READ = {
    "client": ("id", "answers"),
    "entry": ("id", "touched_at", "state", "mark", "finished_at", "happened_on"),
    "record_addendum": ("entry",),
    "private_addendum": ("entry",),
    "binned": ("entry", "at"),
}
"""The columns from which it is told."""


class Contents(msgspec.Struct, frozen=True):
    """What a vault holds, in ids, days and numbers; no word of it.

    `clients` and `notes` say of each, by its id, what changes when it is written; `rows` counts each table.
    """

    saves: int
    key_generation: int
    digest: bytes
    clients: dict[int, str]
    notes: dict[int, str]
    newest_on: datetime.date | None
    rows: dict[str, int]


class Gathering:
    """What a vault holds, put together while somebody goes along all rows of all tables."""

    def __init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        """Forget what was seen: it is read from the beginning."""
        self._rows: Counter[str] = Counter()
        self._clients: dict[int, str] = {}
        self._notes: list[tuple[Any, ...]] = []
        self._addenda = {"record_addendum": Counter[int](), "private_addendum": Counter[int]()}
        self._binned: dict[int, str] = {}
        self._newest = ""

    def saw(self, table: str, columns: digest.Columns) -> None:
        """Take note of some rows of a table."""
        self._rows[table] += len(next(iter(columns.values())))
        if table not in _READ:
            return
        read: list[Any] = [columns[one] for one in _READ[table]]
        if table == "client":
            self._clients.update(zip(read[0], map(_print_of, read[1]), strict=True))
        elif table == "entry":
            self._notes += zip(*read[:-1], strict=True)
            self._newest = max(self._newest, *read[-1])
        elif table == "binned":
            self._binned.update(zip(*read, strict=True))
        else:
            self._addenda[table].update(read[0])

    def contents(self, database: Database) -> Contents:
        """Return what the database holds, once all its rows were seen."""
        meta: dict[str, Any] = dict(database.rows("SELECT name, value FROM meta"))
        kept = meta.get("digest")
        return Contents(
            saves=int(meta.get("saves", 0)),
            key_generation=int(meta.get("key_gen", 0)),
            digest=kept if isinstance(kept, bytes) else b"",
            clients=self._clients,
            notes=dict(self._told()),
            newest_on=datetime.date.fromisoformat(self._newest) if self._newest else None,
            rows={name: self._rows[name] for name in digest.tables(database)},
        )

    def _told(self) -> Iterator[tuple[int, str]]:
        # Put together here: with its memory wiped, the database takes 40 times as long to join texts.
        record, private = (self._addenda[f"{side}_addendum"] for side in ("record", "private"))
        binned = self._binned
        for id, touched, state, mark, finished in self._notes:
            after = f"{record.get(id, 0)}{private.get(id, 0)}{binned.get(id, '')}"
            yield id, f"{touched}{state}{mark}{finished or ''}{after}"


def contents_of(database: Database) -> Contents:
    """Return what an open database holds; only the columns that tell it are read, and every table is counted."""
    gathering = Gathering()
    for table, names in _READ.items():
        rows = database.rows(f"SELECT {', '.join(names)} FROM {table}")
        if rows:
            gathering.saw(table, dict(zip(names, zip(*rows, strict=True), strict=True)))
    found = gathering.contents(database)
    return msgspec.structs.replace(found, rows=dict(_counted(database, found.rows)))


def _counted(database: Database, counted: dict[str, int]) -> Iterator[tuple[str, int]]:
    for name in digest.tables(database):
        row = None if name in _READ else database.row(f'SELECT count(*) FROM "{name}"')
        yield name, int(row[0]) if row else counted[name]


def _print_of(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()
