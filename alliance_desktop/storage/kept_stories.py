"""What the rules read of each client, kept in one row each, so that the first look needs no entries.

It all follows from other rows: it lies outside the content digest, is not salvaged, and is made anew where it is
missing. Triggers of the connection take a client's row away with whatever is written about them, in the same
transaction; so nothing that was changed or removed goes on being told, and nothing that was removed stays here.
"""

import datetime
from collections.abc import Mapping, Sequence

import msgspec

from alliance_desktop.domain.entry import Arc, ArcId, ClientId, Entry
from alliance_desktop.storage.database import Database
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


class _Entry(Entry, array_like=True, frozen=True, kw_only=True):
    """An entry written as a list of its values: half as long, and read in half the time."""


class _Arc(Arc, array_like=True, frozen=True, kw_only=True):
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


class _Said(msgspec.Struct, array_like=True, frozen=True):
    entries: tuple[_Entry, ...]
    promised: tuple[_Entry, ...]
    arcs: tuple[_Arc, ...]
    turned: dict[ArcId, datetime.date]


_KEEP = "INSERT OR REPLACE INTO kept_story (client, made_by, until, said) VALUES (?, ?, ?, ?)"
_DECODER = msgspec.json.Decoder(_Said)


class KeptStories:
    """Reads and writes what is kept. `made_by` says by which rules and forms: what others kept is not read."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def known(self, made_by: str) -> set[ClientId]:
        """Return of whom something is kept; nobody in a vault of an earlier version that is open to read."""
        rows = self._database.rows("SELECT client FROM kept_story WHERE made_by = ?", (made_by,))
        return {ClientId(id) for (id,) in rows}

    def on(self, today: datetime.date, made_by: str) -> dict[ClientId, Kept]:
        """Return what is kept of those about whom the rules ask on a day; VaultDamagedError where it cannot be read."""
        asked = "SELECT client, until, said FROM kept_story WHERE made_by = ? AND until >= ?"
        found = self._database.rows(asked, (made_by, today.isoformat()))
        return {ClientId(client): _kept(until, read_as(_DECODER, said)) for client, until, said in found}

    def keep(self, kept: Mapping[ClientId, Kept], made_by: str) -> None:
        """Keep this of some clients, on disk; no save of anybody's. Raises what a transaction raises."""
        with self._database.transaction(counted=False):
            for client, one in kept.items():
                self._database.run(_KEEP, (client, made_by, one.until, encoded(_said(one))))


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
