"""The tables, one function per schema version; a fresh vault walks the same steps as an old one."""

import re
from collections.abc import Callable
from datetime import datetime

from alliance_desktop.storage import digest, following, kept_stories, search_tables, touched
from alliance_desktop.storage.database import Database
from alliance_desktop.storage.links import links_of
from alliance_desktop.storage.plain import decoded, time_text

FORMAT = 1
"""The format of the vault's folder as a whole; a larger one is a newer program's."""


def _version_1(database: Database) -> None:
    for statement in _TABLES_1:
        database.run(statement)
    database.run("INSERT INTO meta (name, value) VALUES ('format', ?), ('saves', 0), ('key_gen', 1)", (FORMAT,))


def _version_2(database: Database) -> None:
    """The content digest: counted once from what is there, and brought along by every write from then on."""
    digest.renew(database)


def _version_3(database: Database) -> None:
    """Entries without a client, the bin, earlier versions of answers, what happened to an entry, links, put-offs."""
    # SQLite has no statement that lets a column be empty; by its documentation the table's text may be changed so.
    database.run("PRAGMA writable_schema=1")
    database.run(
        "UPDATE sqlite_schema SET sql = replace(sql, 'client INTEGER NOT NULL', 'client INTEGER') "
        "WHERE type = 'table' AND name = 'entry'"
    )
    version = database.row("PRAGMA schema_version")
    database.run(f"PRAGMA schema_version={int(version[0]) + 1 if version else 1}")
    database.run("PRAGMA writable_schema=0")
    for statement in _TABLES_3:
        database.run(statement)
    for id, record, private in database.rows(_ANSWERS):
        for key, target in links_of((decoded(record) or {}) | (decoded(private) or {})):
            database.run("INSERT INTO link (source, key, target) VALUES (?, ?, ?)", (id, key, target))


_ANSWERS = (
    "SELECT entry.id, record_answer.answers, private_answer.answers FROM entry "
    "LEFT JOIN record_answer ON record_answer.entry = entry.id "
    "LEFT JOIN private_answer ON private_answer.entry = entry.id"
)


def _version_4(database: Database) -> None:
    """The index of the search, and what is kept for the rules; both are filled little by little, beside the work."""
    for statement in _TABLES_4:
        database.run(statement)
    database.run(search_tables.MARK_ALL)


Step = Callable[[Database], None]

STEPS: tuple[Step, ...] = (_version_1, _version_2, _version_3, _version_4)
SCHEMA_VERSION = len(STEPS)
WITH_SEARCH = 4
"""The version of the schema that began to have an index of the search."""


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
    _add_missing(database)
    # A step that stops may leave an earlier version.
    newest = at_least(database, WITH_SEARCH)
    following.keep(database, (touched.Whose(database), search_tables.Due(database)) if newest else ())


def _add_missing(database: Database) -> None:
    """Make what a vault of version 4 lacks that was made before all of that version was there."""
    if not at_least(database, WITH_SEARCH):
        return
    known = {str(one[0]) for one in database.rows("SELECT name FROM main.sqlite_schema")}
    missing = [one for one in kept_stories.TABLES if one.split()[2] not in known]
    if missing:
        with database.transaction(counted=False):
            for statement in missing:
                database.run(statement)
    search_tables.fit(database)


def at_least(database: Database, version: int) -> bool:
    """Say whether a database has the tables of a version."""
    found = database.row("PRAGMA user_version")
    return found is not None and int(found[0]) >= version


def is_older(database: Database) -> bool:
    """Say whether the tables of a vault are those of an earlier version, which `migrate` changes."""
    found = database.row("PRAGMA user_version")
    return found is not None and 0 < int(found[0]) < SCHEMA_VERSION


def stand_in(database: Database) -> None:
    """Give a database of an earlier version, open for reading only, the later tables as empty ones of its connection.

    It is read as it will be once it is brought up; nothing of the file is changed.
    """
    known = {str(one[0]) for one in database.rows("SELECT name FROM main.sqlite_schema WHERE type = 'table'")}
    for statement in (*_TABLES_3, *kept_stories.TABLES):
        table = _MADE.match(statement)
        if table is not None and table["name"] not in known:
            database.prepare(f"CREATE TEMP TABLE{statement.strip().removeprefix('CREATE TABLE')}")


_MADE = re.compile(r"\s*CREATE TABLE (?P<name>\w+)")


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

_TABLES_3 = (
    # A client that is empty has no place in the order of a client's entries.
    "DROP INDEX entry_of_client",
    "CREATE INDEX entry_of_client ON entry (client, happened_on, sequence, id) WHERE client IS NOT NULL",
    "CREATE INDEX entry_of_form ON entry (form, happened_on, sequence, id)",
    "CREATE TABLE binned (entry INTEGER PRIMARY KEY REFERENCES entry (id), at TEXT NOT NULL) STRICT",
    """
    CREATE TABLE record_version (
        id INTEGER PRIMARY KEY,
        entry INTEGER NOT NULL REFERENCES entry (id),
        written_at TEXT NOT NULL,
        form_version INTEGER NOT NULL,
        answers TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX record_version_of_entry ON record_version (entry)",
    """
    CREATE TABLE private_version (
        id INTEGER PRIMARY KEY,
        entry INTEGER NOT NULL REFERENCES entry (id),
        written_at TEXT NOT NULL,
        form_version INTEGER NOT NULL,
        answers TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX private_version_of_entry ON private_version (entry)",
    """
    CREATE TABLE entry_event (
        id INTEGER PRIMARY KEY,
        entry INTEGER NOT NULL REFERENCES entry (id),
        at TEXT NOT NULL,
        what TEXT NOT NULL,
        why TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX event_of_entry ON entry_event (entry)",
    """
    CREATE TABLE link (
        id INTEGER PRIMARY KEY,
        source INTEGER NOT NULL REFERENCES entry (id),
        key TEXT NOT NULL,
        target INTEGER NOT NULL
    ) STRICT
    """,
    "CREATE INDEX link_of_source ON link (source)",
    "CREATE INDEX link_of_target ON link (target)",
    """
    CREATE TABLE put_off (
        id INTEGER PRIMARY KEY,
        client INTEGER REFERENCES client (id),
        rule TEXT NOT NULL,
        subject INTEGER NOT NULL,
        at TEXT NOT NULL,
        until TEXT,
        why TEXT NOT NULL
    ) STRICT
    """,
)

_TABLES_4 = (*search_tables.TABLES, *kept_stories.TABLES)
