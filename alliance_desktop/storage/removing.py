"""Removing for good: every row of an entry or of a client, and nothing else.

SQLite overwrites what is deleted (`secure_delete`), but not what it left behind where it once moved a row to another
page; `Store.rewrite` after the transaction leaves no copy at all.
"""

from alliance_desktop.domain.entry import ClientId, EntryId
from alliance_desktop.storage import bin, newest
from alliance_desktop.storage.database import Database
from alliance_desktop.storage.settings import timeline_key

_OF_ENTRY = (
    "DELETE FROM record_answer WHERE entry = ?",
    "DELETE FROM private_answer WHERE entry = ?",
    "DELETE FROM record_addendum WHERE entry = ?",
    "DELETE FROM private_addendum WHERE entry = ?",
    "DELETE FROM record_version WHERE entry = ?",
    "DELETE FROM private_version WHERE entry = ?",
    "DELETE FROM entry_event WHERE entry = ?",
    "DELETE FROM link WHERE source = ?",
    "DELETE FROM binned WHERE entry = ?",
    "DELETE FROM put_off WHERE subject = ?",
    "DELETE FROM entry WHERE id = ?",
)
_EMPTY_ARC = "arc NOT IN (SELECT arc FROM entry WHERE arc IS NOT NULL)"


def remove_entry(database: Database, id: EntryId) -> None:
    """Remove an entry with all that rests on it; a strain whose last card this was goes with it."""
    row = database.row("SELECT client, arc FROM entry WHERE id = ?", (id,))
    if row is None:
        return
    client, arc = row
    newest.keep(database)
    for statement in _OF_ENTRY:
        database.run(statement, (id,))
    if arc is not None:
        # Events rest on each other within a strain.
        database.run("PRAGMA defer_foreign_keys=1")
        database.run(f"DELETE FROM status_event WHERE arc = ? AND {_EMPTY_ARC}", (arc,))
        database.run(f"DELETE FROM arc WHERE id = ? AND {_EMPTY_ARC.replace('arc NOT', 'id NOT')}", (arc,))
        database.run("DELETE FROM put_off WHERE subject = ? AND subject NOT IN (SELECT id FROM arc)", (arc,))
    if client is not None:
        bin.follow(database, ClientId(client))


def remove_client(database: Database, id: ClientId) -> None:
    """Remove a client and everything that was written about them under their name."""
    newest.keep(database)
    for (entry,) in database.rows("SELECT id FROM entry WHERE client = ?", (id,)):
        remove_entry(database, EntryId(entry))
    database.run("PRAGMA defer_foreign_keys=1")
    database.run("DELETE FROM status_event WHERE arc IN (SELECT id FROM arc WHERE client = ?)", (id,))
    database.run("DELETE FROM arc WHERE client = ?", (id,))
    database.run("DELETE FROM put_off WHERE client = ?", (id,))
    database.run("DELETE FROM setting WHERE name = ?", (timeline_key(id),))
    database.run("DELETE FROM client WHERE id = ?", (id,))
