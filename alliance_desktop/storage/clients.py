"""The clients' rows."""

from alliance_desktop.domain.client import Client
from alliance_desktop.domain.entry import ClientId
from alliance_desktop.storage.database import Database, Row
from alliance_desktop.storage.plain import day_of, decoded, encoded, time_of, time_text

_SELECT = "SELECT id, created_at, form_version, answers, last_on, open_strains FROM client"


class Clients:
    """Reads and writes clients; `last_on` and `open_strains` follow from entries and strains."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[Client]:
        """Return every client, in the order they were added."""
        return [_client(row) for row in self._database.rows(f"{_SELECT} ORDER BY created_at, id")]

    def get(self, id: ClientId) -> Client:
        """Return one client; KeyError where there is none."""
        row = self._database.row(f"{_SELECT} WHERE id = ?", (id,))
        if row is None:
            raise KeyError(id)
        return _client(row)

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


def _client(row: Row) -> Client:
    id, created_at, form_version, answers, last_on, open_strains = row
    return Client(
        id=ClientId(id),
        created_at=time_of(created_at),
        form_version=form_version,
        answers=decoded(answers),
        last_on=day_of(last_on) if last_on else None,
        open_strains=open_strains,
    )
