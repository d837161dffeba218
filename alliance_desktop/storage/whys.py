"""The reasons that stand beside an entry: of changes of its strain, of reminders not needed, of text taken out."""

from collections.abc import Iterable

from alliance_desktop.domain.entry import ArcId, EntryId, Event
from alliance_desktop.domain.whys import About, Why
from alliance_desktop.storage.database import Database
from alliance_desktop.storage.plain import time_of

_TABLES = {About.STATUS: "status_event", About.REMINDER: "put_off", About.REMOVAL: "entry_event"}
_FOUND = {
    About.STATUS: "SELECT id, entered_at, why FROM status_event WHERE arc = ?2 AND why <> ''",
    About.REMINDER: "SELECT id, at, why FROM put_off WHERE subject IN (?1, ?2) AND why <> ''",
    About.REMOVAL: (
        f"SELECT id, at, why FROM entry_event WHERE entry = ?1 AND what = '{Event.REDACTED}' AND why <> '' AND ?2 IS ?2"
    ),
}


class Whys:
    """Reads reasons and empties them; what they were given for stays."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, entry: EntryId, arc: ArcId | None) -> list[Why]:
        """Return the reasons given about an entry and its strain, by what for, oldest first."""
        return [
            Why(about, id, time_of(at), words)
            for about, sql in _FOUND.items()
            for id, at, words in self._database.rows(f"{sql} ORDER BY id", (entry, arc))
        ]

    def empty(self, whys: Iterable[Why]) -> None:
        """Take the words of reasons out."""
        for one in whys:
            self._database.run(f"UPDATE {_TABLES[one.about]} SET why = '' WHERE id = ?", (one.id,))
