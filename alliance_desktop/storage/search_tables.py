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

from collections.abc import Sequence
from contextlib import suppress

from alliance_desktop.domain.errors import KnownError
from alliance_desktop.storage.database import Database
from alliance_desktop.storage.following import Heed, Told

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
    "client": "id",
    "entry": "id",
    "record_answer": "entry",
    "private_answer": "entry",
    "record_addendum": "entry",
    "private_addendum": "entry",
    "binned": "entry",
}
_DETAILS = ("id", "created_at", "form_version", "answers")
"""Of a client; what a list asks for again and again changes no word of theirs."""
_MARK = "INSERT OR IGNORE INTO search_due (subject) VALUES (?)"


class Due:
    """Collects whose words a transaction writes, and notes at its end that they are to be put in anew."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._subjects: set[int] = set()

    def begin(self) -> None:
        """Forget what was told and not kept."""
        self._subjects.clear()

    def heed(self, table: str, columns: Sequence[str]) -> Heed | None:
        """Return what is to be told the rows of a table; None where they have no words that are found."""
        if table not in _SUBJECTS:
            return None
        found, at, sign = self._subjects, columns.index(_SUBJECTS[table]), -1 if table == "client" else 1
        details = [columns.index(one) for one in _DETAILS] if table == "client" else ()

        def heed(old: Told | None, new: Told | None) -> None:
            if details and old is not None and new is not None and all(old[one] == new[one] for one in details):
                return
            found.update(sign * int(row[at] or 0) for row in (old, new) if row is not None)

        return heed

    def keep(self) -> None:
        """Note whose words are to be put in; one too many costs no more than that."""
        for subject in sorted(self._subjects):
            self._database.run(_MARK, (subject,))


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
