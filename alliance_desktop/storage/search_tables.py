"""The tables that search rests on. All they say follows from the entries and clients, so that they may be lost.

| table | what it holds |
|---|---|
| `search_index` | the words of each place, cut and folded: of the record, of the private reflection, and the kind |
| `search_place` | whose words stand at which place; a place begins with its day, so that newest first is by place |
| `search_word` | the words of the record and of the private side, to look for the beginning or a part of one |
| `search_due` | whose words are to be put in anew: each write notes it, and costs no more than that |

They stand outside the content digest and outside salvage, and a vault without them is looked through all the same.
A subject is the id of an entry, or the id of a client as a negative number.
"""

from contextlib import suppress

from alliance_desktop.domain.errors import KnownError
from alliance_desktop.storage.database import Database

_TABLES = (
    # Everything beyond ASCII is part of a word: cutting and folding is done before.
    "CREATE VIRTUAL TABLE {where}search_index "
    "USING fts5(record, private, kind, content='', contentless_delete=1, tokenize='ascii')",
    "CREATE TABLE {where}search_place (place INTEGER PRIMARY KEY, subject INTEGER NOT NULL) STRICT",
    "CREATE UNIQUE INDEX {where}search_place_of ON search_place (subject)",
    "CREATE TABLE {where}search_word (private INTEGER NOT NULL, word TEXT NOT NULL, PRIMARY KEY (private, word)) "
    "STRICT, WITHOUT ROWID",
    "CREATE TABLE {where}search_due (subject INTEGER PRIMARY KEY) STRICT",
)
BLOCK = 3960
"""Bytes in which the index lays down words. A page of SQLCipher has room for one such block; of a longer one, the most
would lie in a second page."""

FIT = f"INSERT INTO search_index (search_index, rank) VALUES ('pgsz', {BLOCK})"
"""Lets every block that is written from now on fit into one page."""

TABLES = (*(one.format(where="") for one in _TABLES), FIT)
"""The statements that make them."""

MARK_ALL = "INSERT OR IGNORE INTO search_due SELECT -id FROM main.client UNION ALL SELECT id FROM main.entry"
"""Lets everything be put in anew."""

ANEW = ("DROP TABLE search_index", TABLES[0], FIT, *(f"DELETE FROM {one}" for one in ("search_place", "search_word")))
"""Empties the index, also one that is damaged."""

_SUBJECTS = {
    "client": "-{row}.id",
    "entry": "{row}.id",
    "record_answer": "{row}.entry",
    "private_answer": "{row}.entry",
    "record_addendum": "{row}.entry",
    "private_addendum": "{row}.entry",
    "binned": "{row}.entry",
}


def keep_marking(database: Database) -> None:
    """Let every later write of this connection note whose words are to be put in anew."""
    verbs = ("INSERT", "UPDATE", "DELETE")
    database.first_write.add(
        lambda: [_marking(table, verb, subject) for table, subject in _SUBJECTS.items() for verb in verbs]
    )


def _marking(table: str, verb: str, subject: str) -> str:
    name = f"search_{verb.lower()}_{table}"
    whose = subject.format(row="OLD" if verb == "DELETE" else "NEW")
    # What a list asks for again and again changes no word of a client.
    of = " OF created_at, form_version, answers" if (table, verb) == ("client", "UPDATE") else ""
    # Without OR IGNORE: the statement that fires a trigger says what happens to what is there already.
    return (
        f"CREATE TEMP TRIGGER IF NOT EXISTS {name} AFTER {verb}{of} ON main.{table} BEGIN "
        f"INSERT INTO search_due SELECT {whose} WHERE {whose} NOT IN (SELECT subject FROM search_due); END"
    )


def stand_in(database: Database) -> None:
    """Give a database that is open for reading only an index of its own in memory."""
    for statement in _TABLES:
        database.prepare(statement.format(where="temp."))
    database.prepare(MARK_ALL.replace("INTO ", "INTO temp."))


def fit(database: Database) -> None:
    """Let the index of a vault from before there was `BLOCK` follow it; a damaged one does once it is begun anew.

    It is tried again at the next opening where the disk refuses: that keeps nobody from their notes.
    """
    with suppress(KnownError):
        if database.row("SELECT 1 FROM main.search_index_config WHERE k = 'pgsz'") is None:
            with database.transaction(counted=False):
                database.run(FIT)


def begin_anew(database: Database) -> None:
    """Empty the index, also one that is damaged, and let everything be put in anew."""
    with database.transaction(counted=False):
        for statement in (*ANEW, MARK_ALL):
            database.run(statement)


def is_up_to_date(database: Database) -> bool:
    """Say whether a database has an index in its file, with nothing still to be put in."""
    found = database.row("SELECT 1 FROM main.sqlite_schema WHERE name = 'search_due'")
    return found is not None and database.row("SELECT 1 FROM main.search_due LIMIT 1") is None
