"""The rows of arcs (strains) and of their status history."""

from alliance_desktop.domain.entry import Arc, ArcId, ClientId, StatusEvent
from alliance_desktop.storage.bin import ARC_LIVES, follow
from alliance_desktop.storage.database import Database, Row
from alliance_desktop.storage.plain import day_of, time_of, time_text, whole_text

SELECT = "SELECT id, client, form, created_at, status, turn, offered FROM arc"
EVENTS = "SELECT id, arc, turn, was, became, true_on, entered_at, why, undoes FROM status_event"


class Arcs:
    """Reads and writes arcs; each write keeps the client's number of open strains right."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[Arc]:
        """Return every arc, oldest first."""
        return [arc_of(row) for row in self._database.rows(f"{SELECT} WHERE {ARC_LIVES} ORDER BY created_at, id")]

    def of_client(self, id: ClientId) -> list[Arc]:
        """Return a client's arcs, oldest first."""
        rows = self._database.rows(f"{SELECT} WHERE client = ? AND {ARC_LIVES} ORDER BY created_at, id", (id,))
        return [arc_of(row) for row in rows]

    def get(self, id: ArcId) -> Arc:
        """Return one arc; KeyError where there is none."""
        row = self._database.row(f"{SELECT} WHERE id = ?", (id,))
        if row is None:
            raise KeyError(id)
        return arc_of(row)

    def put(self, arc: Arc) -> None:
        """Add an arc or write it anew; the client stays the one it was begun for."""
        self._database.run(
            """
            INSERT INTO arc (id, client, form, created_at, status, turn, offered) VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET status = excluded.status, turn = excluded.turn, offered = excluded.offered
            """,
            (arc.id, arc.client, arc.form, time_text(arc.created_at), str(arc.status), arc.turn, int(arc.offered)),
        )
        follow(self._database, arc.client)

    def events(self, id: ArcId) -> list[StatusEvent]:
        """Return an arc's status history in the order it was entered."""
        return [event_of(row) for row in self._database.rows(f"{EVENTS} WHERE arc = ? ORDER BY id", (id,))]

    def add_event(self, event: StatusEvent) -> None:
        """Add one change of status; history is only ever added to."""
        self._database.run(
            "INSERT INTO status_event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                event.id,
                event.arc,
                event.turn,
                str(event.was),
                str(event.became),
                event.true_on.isoformat(),
                time_text(event.entered_at),
                whole_text(event.why),
                event.undoes,
            ),
        )


def arc_of(row: Row) -> Arc:
    """Return the strain of a row of `SELECT`."""
    id, client, form, created_at, status, turn, offered = row
    return Arc(
        id=ArcId(id),
        client=ClientId(client),
        form=form,
        created_at=time_of(created_at),
        status=status,
        turn=turn,
        offered=bool(offered),
    )


def event_of(row: Row) -> StatusEvent:
    """Return the change of status of a row of `EVENTS`."""
    id, arc, turn, was, became, true_on, entered_at, why, undoes = row
    return StatusEvent(
        id=id,
        arc=ArcId(arc),
        turn=turn,
        was=was,
        became=became,
        true_on=day_of(true_on),
        entered_at=time_of(entered_at),
        why=why,
        undoes=undoes,
    )
