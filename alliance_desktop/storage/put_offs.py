"""What the counsellor answered to a reminder: later, or not needed and why."""

import datetime

from alliance_desktop.domain.entry import ClientId, PutOff
from alliance_desktop.storage.database import Database
from alliance_desktop.storage.plain import day_of, time_of, time_text, whole_text


class PutOffs:
    """Reads and writes answers to reminders; the newest one of a rule and subject counts."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[PutOff]:
        """Return every answer, oldest first."""
        rows = self._database.rows("SELECT id, client, rule, subject, at, until, why FROM put_off ORDER BY id")
        return [
            PutOff(
                id=id,
                client=None if client is None else ClientId(client),
                rule=rule,
                subject=subject,
                at=time_of(at),
                until=day_of(until) if until else None,
                why=why,
            )
            for id, client, rule, subject, at, until, why in rows
        ]

    def add(self, one: PutOff) -> None:
        """Keep an answer."""
        until: datetime.date | None = one.until
        self._database.run(
            "INSERT INTO put_off (id, client, rule, subject, at, until, why) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                one.id,
                one.client,
                one.rule,
                one.subject,
                time_text(one.at),
                until.isoformat() if until else None,
                whole_text(one.why),
            ),
        )

    def remove(self, id: int) -> None:
        """Take an answer back, as when "Undo" is pressed."""
        self._database.run("DELETE FROM put_off WHERE id = ?", (id,))
