"""The clients' rows."""

import datetime
from collections.abc import Iterable

import msgspec

from alliance_desktop.domain.client import Client
from alliance_desktop.domain.entry import ClientId
from alliance_desktop.storage.database import Database, Row
from alliance_desktop.storage.plain import encoded, sound, time_text
from alliance_desktop.storage.touched import Touched

_SELECT = "SELECT id, created_at, form_version, answers, last_on, open_strains FROM client"

_TIME, _DAY = datetime.datetime.fromisoformat, datetime.date.fromisoformat
_ANSWERS = msgspec.json.Decoder().decode


class Clients:
    """Reads and writes clients; `last_on` and `open_strains` follow from entries and strains.

    The list of all is kept, and of it only those are read again who were written about since.
    """

    def __init__(self, database: Database, touched: Touched) -> None:
        self._database, self._touched = database, touched
        self._mark = 0
        self._kept: dict[ClientId, Client] | None = None

    def all(self) -> list[Client]:
        """Return every client, in the order they were added."""
        since = self._touched.since(self._mark)
        if since is None:
            return self._read("")
        mark, whose = since
        if self._kept is None:
            self._kept = {one.id: one for one in self._read("")}
        elif whose:
            anew = {one.id: one for one in self._read("WHERE id IN (SELECT value FROM json_each(?))", list(whose))}
            kept = {id: anew.get(id, one) for id, one in self._kept.items() if id in anew or id not in whose}
            added = anew.keys() - kept.keys()
            kept |= {id: anew[id] for id in added}
            every = sorted(kept.values(), key=lambda one: (one.created_at, one.id)) if added else kept.values()
            self._kept = {one.id: one for one in every}
        # Last: what could not be read is asked for again.
        self._mark = mark
        return list(self._kept.values())

    def get(self, id: ClientId) -> Client:
        """Return one client; KeyError where there is none."""
        row = self._database.row(f"{_SELECT} WHERE id = ?", (id,))
        if row is None:
            raise KeyError(id)
        return _clients([row])[0]

    def put(self, client: Client) -> None:
        """Add a client or write its details anew; its `last_on` and `open_strains` are not taken from here."""
        self._database.run(
            """
            INSERT INTO client (id, created_at, form_version, answers) VALUES (?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET
                created_at = excluded.created_at, form_version = excluded.form_version, answers = excluded.answers
            """,
            (client.id, time_text(client.created_at), client.form_version, encoded(client.answers)),
        )

    def _read(self, which: str, *values: list[ClientId]) -> list[Client]:
        # Put in order here: the database would do it in memory that it wipes, which takes four times as long.
        rows = self._database.rows(f"{_SELECT} {which}", [encoded(one) for one in values])
        return _clients(sorted(rows, key=lambda row: (row[1], row[0])))


def _clients(rows: Iterable[Row]) -> list[Client]:
    """Return the clients of some rows; VaultDamagedError where one says nonsense."""
    # All of them are read before the first page is shown, so they share one guard.
    return sound(
        lambda: [
            Client(
                id=ClientId(id),
                created_at=_TIME(created_at),
                form_version=form_version,
                answers=_ANSWERS(answers),
                last_on=_DAY(last_on) if last_on else None,
                open_strains=open_strains,
            )
            for id, created_at, form_version, answers, last_on, open_strains in rows
        ]
    )
