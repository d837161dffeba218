"""The tables, one function per schema version; a fresh vault walks the same steps as an old one."""

from collections.abc import Callable
from datetime import datetime

from alliance_desktop.storage import digest
from alliance_desktop.storage.database import Database
from alliance_desktop.storage.plain import time_text

FORMAT = 1
"""The format of the vault's folder as a whole; a larger one is a newer program's."""


def _version_1(database: Database) -> None:
    for statement in _TABLES_1:
        database.run(statement)
    database.run("INSERT INTO meta (name, value) VALUES ('format', ?), ('saves', 0), ('key_gen', 1)", (FORMAT,))


def _version_2(database: Database) -> None:
    """The content digest: counted once from what is there, and brought along by every write from then on."""
    digest.renew(database)


Step = Callable[[Database], None]

STEPS: tuple[Step, ...] = (_version_1, _version_2)
SCHEMA_VERSION = len(STEPS)


def migrate(database: Database, steps: tuple[Step, ...] = STEPS) -> None:
    """Bring a database to the newest schema, each version in one transaction of its own, and keep its digest along.

    To be called once for a connection, before it is used.
    """
    found = database.row("PRAGMA user_version")
    at = int(found[0]) if found else 0
    for version, step in enumerate(steps[at:], at + 1):
        with database.transaction():
            step(database)
            if version > digest.FIRST_WITH_DIGEST:
                digest.renew(database)
            database.run(f"PRAGMA user_version={version}")
    digest.keep(database)


def is_older(database: Database) -> bool:
    """Say whether the tables of a vault are those of an earlier version, which `migrate` changes."""
    found = database.row("PRAGMA user_version")
    return found is not None and 0 < int(found[0]) < SCHEMA_VERSION


def describe(database: Database, *, sample: bool, now: datetime) -> None:
    """Note in a fresh database what it is: whether it holds invented people, and when it was made."""
    with database.transaction():
        database.run(
            "INSERT INTO meta (name, value) VALUES ('sample', ?), ('created_at', ?)", (int(sample), time_text(now))
        )


_TABLES_1 = (
    "CREATE TABLE meta (name TEXT PRIMARY KEY, value ANY NOT NULL) STRICT, WITHOUT ROWID",
    """
    CREATE TABLE client (
        id INTEGER PRIMARY KEY,
        created_at TEXT NOT NULL,
        form_version INTEGER NOT NULL,
        answers TEXT NOT NULL,
        last_on TEXT,
        open_strains INTEGER NOT NULL DEFAULT 0
    ) STRICT
    """,
    """
    CREATE TABLE arc (
        id INTEGER PRIMARY KEY,
        client INTEGER NOT NULL REFERENCES client (id),
        form TEXT NOT NULL,
        created_at TEXT NOT NULL,
        status TEXT NOT NULL,
        turn INTEGER NOT NULL,
        offered INTEGER NOT NULL
    ) STRICT
    """,
    "CREATE INDEX arc_of_client ON arc (client)",
    """
    CREATE TABLE status_event (
        id INTEGER PRIMARY KEY,
        arc INTEGER NOT NULL REFERENCES arc (id),
        turn INTEGER NOT NULL,
        was TEXT NOT NULL,
        became TEXT NOT NULL,
        true_on TEXT NOT NULL,
        entered_at TEXT NOT NULL,
        why TEXT NOT NULL,
        undoes INTEGER REFERENCES status_event (id)
    ) STRICT
    """,
    "CREATE INDEX event_of_arc ON status_event (arc, entered_at, id)",
    """
    CREATE TABLE entry (
        id INTEGER PRIMARY KEY,
        client INTEGER NOT NULL REFERENCES client (id),
        arc INTEGER REFERENCES arc (id),
        form TEXT NOT NULL,
        form_version INTEGER NOT NULL,
        card TEXT NOT NULL,
        happened_on TEXT NOT NULL,
        about TEXT NOT NULL,
        created_at TEXT NOT NULL,
        touched_at TEXT NOT NULL,
        turn INTEGER NOT NULL,
        sequence INTEGER NOT NULL,
        state TEXT NOT NULL,
        mark TEXT NOT NULL,
        finished_at TEXT
    ) STRICT
    """,
    "CREATE INDEX entry_of_client ON entry (client, happened_on, sequence, id)",
    "CREATE INDEX entry_of_arc ON entry (arc, happened_on, sequence, id) WHERE arc IS NOT NULL",
    "CREATE INDEX entry_in_draft ON entry (touched_at) WHERE state = 'draft'",
    "CREATE TABLE record_answer (entry INTEGER PRIMARY KEY REFERENCES entry (id), answers TEXT NOT NULL) STRICT",
    "CREATE TABLE private_answer (entry INTEGER PRIMARY KEY REFERENCES entry (id), answers TEXT NOT NULL) STRICT",
    """
    CREATE TABLE record_addendum (
        id INTEGER PRIMARY KEY,
        entry INTEGER NOT NULL REFERENCES entry (id),
        written_at TEXT NOT NULL,
        text TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX record_addendum_of_entry ON record_addendum (entry)",
    """
    CREATE TABLE private_addendum (
        id INTEGER PRIMARY KEY,
        entry INTEGER NOT NULL REFERENCES entry (id),
        written_at TEXT NOT NULL,
        text TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX private_addendum_of_entry ON private_addendum (entry)",
    "CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
)
