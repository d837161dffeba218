"""What the rules read of each client, kept in one row each, so that the first look needs no entries.

It all follows from other rows: it lies outside the content digest, is not salvaged, and is made anew where it is
missing. A client's row is taken away with whatever is written about them, in the same transaction; so nothing that
was changed or removed goes on being told, and nothing that was removed stays here.

An old page put back would tell what was so once. So the sum of the rows' marks is kept in `meta`, which the digest
guards against that: where the rows are not those that were written last, none of them is believed.
"""

import datetime
import hashlib
from collections.abc import Generator, Iterable, Mapping, Sequence

import msgspec

from alliance_desktop.domain.entry import Arc, ArcId, ClientId, Entry
from alliance_desktop.domain.errors import VaultDamagedError
from alliance_desktop.storage.database import Database, Row
from alliance_desktop.storage.plain import encoded, read_as

TABLES = (
    "CREATE INDEX entry_of_kind ON entry (client, form, happened_on, sequence, id) WHERE client IS NOT NULL",
    "CREATE INDEX draft_of_client ON entry (client, touched_at) WHERE state = 'draft' AND client IS NOT NULL",
    """
    CREATE TABLE kept_story (
        client INTEGER PRIMARY KEY,
        made_by TEXT NOT NULL,
        until TEXT NOT NULL,
        said TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX kept_story_until ON kept_story (made_by, until)",
)


class _Entry(Entry, array_like=True, frozen=True, kw_only=True, gc=False):
    """An entry written as a list of its values: half as long, and read in half the time."""


class _Arc(Arc, array_like=True, frozen=True, kw_only=True, gc=False):
    """A strain written in the same way."""


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """What is kept of one client; `until` is the last day on which the rules ask about them, empty for never more.

    `promised` are talks with others in which something was promised: they count for a while only.
    """

    until: str = ""
    entries: Sequence[Entry] = ()
    promised: Sequence[Entry] = ()
    arcs: Sequence[Arc] = ()
    turned: Mapping[ArcId, datetime.date] = {}


class _Said(msgspec.Struct, array_like=True, frozen=True, gc=False):
    entries: tuple[_Entry, ...]
    promised: tuple[_Entry, ...]
    arcs: tuple[_Arc, ...]
    turned: dict[ArcId, datetime.date]


Found = tuple[set[ClientId], dict[ClientId, Kept]]
"""Of whom something is kept, and what is of those about whom the rules ask on a day."""

_READ = "SELECT client, made_by, until, said FROM kept_story NOT INDEXED WHERE client > ? ORDER BY client LIMIT ?"
_A_STEP, _AT_ONCE, _BEFORE_ALL = 40, 1_000, -(1 << 63)
"""So many rows in one step of a few milliseconds, and where nobody waits for a step; less than any client's id."""

_KEEP = "INSERT INTO kept_story (client, made_by, until, said) VALUES (?, ?, ?, ?)"
_SUM = "SELECT value FROM meta WHERE name = 'kept'"
_DECODER = msgspec.json.Decoder(_Said)
_MARK_BYTES = 5

_OF_ONE = "SELECT client, made_by, until, said FROM kept_story WHERE client = ?"
_ADD = "UPDATE meta SET value = value + ? WHERE name = 'kept'"


def take_away(database: Database, clients: Iterable[int]) -> None:
    """Take away what is kept of some clients, within a transaction, and its marks from the sum."""
    gone = 0
    for client in clients:
        row = database.row(_OF_ONE, (client,))
        if row is not None:
            database.run("DELETE FROM kept_story WHERE client = ?", (client,))
            gone += _mark(*row)
    if gone:
        database.run(_ADD, (-gone,))


def take_all_away(database: Database) -> None:
    """Take away what is kept of everybody, within a transaction."""
    database.run("DELETE FROM kept_story")
    database.run("INSERT OR REPLACE INTO meta (name, value) VALUES ('kept', 0)")


def _mark(client: int, made_by: str, until: str, said: str) -> int:
    """Return a number for a row that another row does not have; small enough for the sum of very many."""
    told = hashlib.blake2b(f"{client} {made_by} {until} {said}".encode(), digest_size=_MARK_BYTES)
    return int.from_bytes(told.digest(), "big")


class KeptStories:
    """Reads and writes what is kept. `made_by` says by which rules and forms: what others kept is not believed."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._is_sound = False

    def read(self, today: datetime.date, made_by: str) -> Found:
        """Do all of `reading` at once."""
        steps = self.reading(today, made_by, _AT_ONCE)
        while True:
            try:
                next(steps)
            except StopIteration as done:
                found: Found = done.value
                return found

    def reading(self, today: datetime.date, made_by: str, step: int = _A_STEP) -> Generator[None, None, Found]:
        """Read in steps of a few milliseconds; return of whom something is kept, and what is for a day.

        It begins again where a write came between two steps. Nobody and nothing where the rows are not those that were
        written last, or cannot be read; `keep` then begins anew. Nobody in a vault of an earlier version that is open
        to read.
        """
        while True:
            began, self._is_sound = self._database.writes, False
            known: set[ClientId] = set()
            found: dict[ClientId, Kept] = {}
            on, after, total = today.isoformat(), _BEFORE_ALL, 0
            # By the table itself: an index that is older than its table would leave somebody out.
            while rows := self._database.rows(_READ, (after, step)):
                total += sum(_mark(*row) for row in rows)
                mine = [row for row in rows if row[1] == made_by]
                known.update(ClientId(row[0]) for row in mine)
                asked = _asked_about(mine, on)
                if asked is None:
                    return set(), {}
                found |= asked
                yield
                if self._database.writes != began or rows[-1][0] <= after:
                    break
                after = rows[-1][0]
            if self._database.writes == began:
                kept = self._database.row(_SUM)
                self._is_sound = not rows and kept is not None and kept[0] == total
                return (known, found) if self._is_sound else (set(), {})

    def keep(self, kept: Mapping[ClientId, Kept], made_by: str) -> None:
        """Keep this of some clients, on disk; no save of anybody's. Raises what a transaction raises."""
        rows = [(client, made_by, one.until, encoded(_said(one))) for client, one in kept.items()]
        with self._database.transaction(counted=False):
            if not self._is_sound:
                take_all_away(self._database)
            take_away(self._database, kept)
            for row in rows:
                self._database.run(_KEEP, row)
            self._database.run(_ADD, (sum(_mark(*row) for row in rows),))
        self._is_sound = True


def _asked_about(rows: list[Row], on: str) -> dict[ClientId, Kept] | None:
    """Return what is kept of those about whom the rules ask on a day; None where one row cannot be read."""
    try:
        return {ClientId(id): _kept(until, read_as(_DECODER, said)) for id, _, until, said in rows if until >= on}
    except VaultDamagedError:
        return None


def _kept(until: str, said: _Said) -> Kept:
    return Kept(until=until, entries=said.entries, promised=said.promised, arcs=said.arcs, turned=said.turned)


def _said(kept: Kept) -> _Said:
    return _Said(
        entries=tuple(_as_list(one) for one in kept.entries),
        promised=tuple(_as_list(one) for one in kept.promised),
        arcs=tuple(_Arc(**msgspec.structs.asdict(one)) for one in kept.arcs),
        turned=dict(kept.turned),
    )


def _as_list(entry: Entry) -> _Entry:
    return _Entry(**msgspec.structs.asdict(entry))
