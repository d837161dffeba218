"""What a vault holds, in ids, days and numbers: enough to compare it with a backup, and no word of it."""

import datetime
import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from alliance_desktop.storage import digest
from alliance_desktop.storage.database import Database

_NOTES = "SELECT id, touched_at, state, mark, finished_at FROM entry"
_ADDENDA = "SELECT entry, count(*) FROM {} GROUP BY entry"
_BINNED = "SELECT entry, at FROM binned"


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


def contents_of(database: Database, counted: Mapping[str, int] | None = None) -> Contents:
    """Return what an open database holds; every table is looked at, those that were `counted` not again."""
    meta: dict[str, Any] = dict(database.rows("SELECT name, value FROM meta"))
    newest = database.row("SELECT max(happened_on) FROM entry")
    kept = meta.get("digest")
    return Contents(
        saves=int(meta.get("saves", 0)),
        key_generation=int(meta.get("key_gen", 0)),
        digest=kept if isinstance(kept, bytes) else b"",
        clients={id: _print_of(answers) for id, answers in database.rows("SELECT id, answers FROM client")},
        notes=dict(_notes(database)),
        newest_on=datetime.date.fromisoformat(newest[0]) if newest and newest[0] else None,
        rows=dict(_counted(database, counted or {})),
    )


def _notes(database: Database) -> Iterator[tuple[int, str]]:
    # Put together here: with its memory wiped, the database takes 40 times as long to join texts.
    record, private = _addenda(database, "record"), _addenda(database, "private")
    binned: dict[int, str] = dict(database.rows(_BINNED))
    for id, touched, state, mark, finished in database.rows(_NOTES):
        after = f"{record.get(id, 0)}{private.get(id, 0)}{binned.get(id, '')}"
        yield id, f"{touched}{state}{mark}{finished or ''}{after}"


def _addenda(database: Database, side: str) -> dict[int, int]:
    return dict(database.rows(_ADDENDA.format(f"{side}_addendum")))


def _counted(database: Database, counted: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    for name in digest.tables(database):
        row = None if name in counted else database.row(f'SELECT count(*) FROM "{name}"')
        yield name, int(row[0]) if row else counted.get(name, 0)


def _print_of(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()
