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
from collections.abc import Callable, Generator, Iterable, Iterator

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
_LOW = (1 << 32) - 1
_A_STEP, AT_ONCE = 1_000, 50_000
"""So many rows are looked at in a few milliseconds, and where nobody waits for a step."""
_PLACES = f"""
    SELECT max(place), count(*), count(size.id), sum(subject & {_LOW}), sum(subject >> 32), sum((
        (subject > 0 AND NOT EXISTS (SELECT 1 FROM entry WHERE entry.id = subject))
        OR (subject < 0 AND NOT EXISTS (SELECT 1 FROM client WHERE client.id = -subject))
        OR EXISTS (SELECT 1 FROM binned WHERE binned.entry = subject)
    ) AND NOT EXISTS (SELECT 1 FROM search_due WHERE search_due.subject = part.subject))
    FROM (SELECT place, subject FROM search_place NOT INDEXED WHERE place > ? ORDER BY place LIMIT ?) AS part
    LEFT JOIN search_index_docsize AS size ON size.id = place
"""
_SUBJECTS = f"""
    SELECT max(subject), count(*), sum(subject & {_LOW}), sum(subject >> 32) FROM (
        SELECT subject FROM search_place INDEXED BY search_place_of WHERE subject > ? ORDER BY subject LIMIT ?
    )
"""
_SIZES = """
    SELECT max(id), count(*) FROM (SELECT id FROM search_index_docsize WHERE id > ? ORDER BY id LIMIT ?)
"""
_PLACES_PART = """
    SELECT max(place), count(*) FROM (
        SELECT place FROM search_place NOT INDEXED WHERE place > ? ORDER BY place LIMIT ?
    )
"""
_OF_KINDS = "SELECT count(*) FROM search_index WHERE search_index MATCH ? AND rowid > ? AND rowid <= ?"
_NEXT_FORM = "SELECT min(form) FROM entry WHERE form > ?"
_LEAST, _MOST = -(1 << 63), (1 << 63) - 1

Steps = Generator[None, None, bool]
"""Looks in steps, and says at its end whether all is in order."""
Look = Callable[[Database, int], Steps]


def looks(database: Database, rows: int = _A_STEP) -> Iterator[bool]:
    """Look at one thing after the other in steps of so many rows, and say of each step whether all is in order so far.

    A look begins again where something was written between two of its steps.
    """
    for look in _LOOKS:
        yield from in_steps(look, database, rows)


def in_steps(look: Look, database: Database, rows: int = _A_STEP) -> Iterator[bool]:
    """Take one look, which begins again where something was written between two steps; say of each if all is well.

    An index that cannot be read is not.
    """
    while True:
        began, steps = database.writes, look(database, rows)
        while database.writes == began:
            try:
                next(steps)
            except StopIteration as done:
                yield done.value
                return
            except (VaultDamagedError, StatementError, ValueError, TypeError):
                yield False
                return
            yield True


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


def kept_sum(database: Database) -> str | None:
    """Return the sum that is kept; None where none was yet."""
    row = database.row(_KEPT)
    return str(row[0]) if row else None


def listed(database: Database) -> int:
    """Return how many words are listed, by the sum; they are counted where there is none yet."""
    kept = kept_sum(database)
    return _count(database, "search_word") if kept is None else int(kept.partition(" ")[2])


def _sum_holds(database: Database, _rows: int) -> Steps:
    kept = kept_sum(database)
    return kept is None or kept == sum_of(database, listed(database))
    yield


def _places_hold(database: Database, rows: int) -> Steps:
    """Compare the places with what has words, and with the index of whose they are; each is of something there."""
    places = yield from _added(database, _PLACES, rows)
    _, together, *subjects, strays = places[1:]
    sizes = yield from _added(database, _SIZES, rows)
    by_index = yield from _added(database, _SUBJECTS, rows)
    return not strays and places[1] == together == sizes[1] and [places[1], *subjects] == by_index[1:]


def _words_hold(database: Database, _rows: int) -> Steps:
    return listed(database) == _count(database, "search_word")
    yield


def _kinds_hold(database: Database, rows: int) -> Steps:
    kinds, form = {OF_CLIENTS}, database.row(_NEXT_FORM, ("",))
    while form and form[0] is not None:
        kinds.add(kind(form[0]))
        form = database.row(_NEXT_FORM, form)
    asked = f"kind : ({' OR '.join(quoted([one]) for one in sorted(kinds))})"
    after = _LEAST
    while after < _MOST:
        row = database.row(_PLACES_PART, (after, rows))
        last, count = (_MOST, 0) if row is None or row[0] is None else row
        found = database.rows(_OF_KINDS, (asked, after, last))
        if int(found[0][0]) != count:
            return False
        after = last
        yield
    return True


def _added(database: Database, part: str, rows: int) -> Generator[None, None, list[int]]:
    """Return the last row's place and the sums of what a question says of some rows after the other."""
    told: list[int] = []
    after = _LEAST
    while True:
        row = database.row(part, (after, rows))
        if row is None or row[0] is None:
            return told or [0] * len(row or ())
        after = int(row[0])
        told = [after, *(a + int(b or 0) for a, b in zip(told[1:] or [0] * len(row), row[1:], strict=False))]
        yield


_LOOKS = (_sum_holds, _places_hold, _words_hold, _kinds_hold)


def _count(database: Database, source: str) -> int:
    row = database.row(f"SELECT count(*) FROM {source}")
    return int(row[0]) if row else 0
