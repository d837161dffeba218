"""Whether the index of the search holds what it must: looks of a few milliseconds each, and the sum they rest on.

| look | what it finds |
|---|---|
| the sum | an older copy of what the index is made of, put back by itself |
| the places | words without a place, and places without words |
| the subjects | places of what is not there, and an index of theirs that says something else |
| the words | words that are listed no longer, so that nothing is found by their beginning |
| the kinds | notes that the index says it has, and does not find |

The sum lies beside the settings of the index: the mark of its own two records, and how many words are listed.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator

from alliance_desktop.domain.errors import VaultDamagedError
from alliance_desktop.storage.database import Database
from alliance_desktop.storage.faults import StatementError

OF_CLIENTS = "client"
KEEP = (
    # What was written in a transaction is laid down at its end only, unless it is asked for.
    "INSERT INTO search_index (search_index) VALUES ('flush')",
    "INSERT OR REPLACE INTO search_index_config (k, v) VALUES ('kept', ?)",
)
"""The statements that keep a sum."""

_RECORDS = "SELECT id, block FROM search_index_data WHERE id IN (1, 10) ORDER BY id"
_KEPT = "SELECT v FROM search_index_config WHERE k = 'kept'"
_PLACES = "search_place NOT INDEXED"
_TOGETHER = f"{_PLACES} JOIN search_index_docsize ON search_index_docsize.id = place"
_SUBJECTS = "SELECT count(*), total(subject) FROM search_place {by}"
_STRAY = """
    SELECT 1 FROM search_place WHERE (
        (subject > 0 AND subject NOT IN (SELECT id FROM entry)) OR subject IN (SELECT entry FROM binned)
        OR (subject < 0 AND -subject NOT IN (SELECT id FROM client))
    ) AND subject NOT IN (SELECT subject FROM search_due) LIMIT 1
"""


def looks(database: Database) -> Iterator[bool]:
    """Say of one look after the other whether it finds all in order; an index that cannot be read is not."""
    for look in _LOOKS:
        yield _holds(look, database)


def kind(form: str) -> str:
    """Return the id of a kind as one word of the index."""
    return "".join(one if one.isalnum() else "·" for one in form)


def quoted(words: Iterable[str]) -> str:
    """Return words as one phrase of a question."""
    return f'"{" ".join(words)}"'


def sum_of(database: Database, listed: int) -> str:
    """Return the sum of an index whose words are laid down; so many are listed."""
    mark = hashlib.blake2b(digest_size=16)
    for id, block in database.rows(_RECORDS):
        mark.update(b"%d %d " % (id, len(block)) + block)
    return f"{mark.hexdigest()} {listed}"


def listed(database: Database) -> int:
    """Return how many words are listed, by the sum; they are counted where there is none yet."""
    kept = _kept(database)
    return _count(database, "search_word") if kept is None else int(kept.partition(" ")[2])


def _holds(look: Callable[[Database], bool], database: Database) -> bool:
    try:
        return look(database)
    except (VaultDamagedError, StatementError, ValueError, TypeError):
        return False


def _sum_holds(database: Database) -> bool:
    kept = _kept(database)
    return kept is None or kept == sum_of(database, listed(database))


def _places_hold(database: Database) -> bool:
    counted = {_count(database, one) for one in (_PLACES, "search_index_docsize", _TOGETHER)}
    return len(counted) == 1


def _subjects_hold(database: Database) -> bool:
    if database.rows(_STRAY):
        return False
    by_table, by_index = (database.row(_SUBJECTS.format(by=by)) for by in ("NOT INDEXED", "INDEXED BY search_place_of"))
    return by_table == by_index


def _words_hold(database: Database) -> bool:
    return listed(database) == _count(database, "search_word")


def _kinds_hold(database: Database) -> bool:
    kinds = {OF_CLIENTS, *(kind(form) for (form,) in database.rows("SELECT DISTINCT form FROM entry"))}
    asked = f"kind : ({' OR '.join(quoted([one]) for one in sorted(kinds))})"
    found = database.rows("SELECT count(*) FROM search_index WHERE search_index MATCH ?", (asked,))
    return int(found[0][0]) == _count(database, _PLACES)


_LOOKS = (_sum_holds, _places_hold, _subjects_hold, _words_hold, _kinds_hold)


def _kept(database: Database) -> str | None:
    row = database.row(_KEPT)
    return str(row[0]) if row else None


def _count(database: Database, source: str) -> int:
    row = database.row(f"SELECT count(*) FROM {source}")
    return int(row[0]) if row else 0
