"""Which places say best what is asked, in the order of the words that were looked through and of no others.

SQLite's own rank (BM25) weighs how often a word stands somewhere by how long the whole row is, the private side along
with the record: where only the record is asked, the order would tell how much is written on the private side.
"""

from alliance_desktop.storage.database import Database
from alliance_desktop.storage.search_parts import numbers

_RANGE = "MATCH ? AND search_index.rowid BETWEEN ? AND ?"
_BOTH = f"SELECT rowid FROM search_index WHERE search_index {_RANGE} ORDER BY rank, rowid DESC"
_WEIGHT = 1e-12
"""With weights as small as this the rank is how often the words stand there, divided by what the row's length makes."""
_RECORD = (
    f"SELECT search_index.rowid, bm25(search_index, {_WEIGHT}, {_WEIGHT}, {_WEIGHT}), size.sz FROM search_index "
    f"JOIN search_index_docsize AS size ON size.id = search_index.rowid WHERE search_index {_RANGE}"
)
_TOTALS = "SELECT block FROM search_index_data WHERE id = 1"
_LENGTH_COUNTS = 0.75
"""FTS5's own: how much of a place's weight its length decides."""
_DIGITS = 9
"""What is left of the small weights stands behind these."""


def ranked(database: Database, expression: str, low: int, high: int, *, private: bool) -> list[int]:
    """Return the places from `low` to `high` where an expression is found, the best first, the newest of equals.

    `private` where the private side is looked through as well.
    """
    if private:
        return [int(place) for (place,) in database.rows(_BOTH, (expression, low, high))]
    [(block,)] = database.rows(_TOTALS)
    rows, *totals = _first_four(bytes(block))
    told = database.rows(_RECORD, (expression, low, high))
    if not (told and rows):
        return []
    usual, found = sum(totals) / rows, []
    for place, rank, sizes in told:
        record, private_side, kind, _ = _first_four(bytes(sizes))
        often = -rank * _by_length((record + private_side + kind) / usual)
        found.append((often, record + kind, int(place)))
    # The totals count what was rewritten again and again, so that what is usual for a record is told by what was found.
    usual = sum(length for _, length, _ in found) / len(found)
    scored = [(_rounded(often / _by_length(length / usual)), place) for often, length, place in found]
    return [place for _, place in sorted(scored, reverse=True)]


def _by_length(times_the_usual: float) -> float:
    return 1 - _LENGTH_COUNTS + _LENGTH_COUNTS * times_the_usual


def _rounded(number: float) -> float:
    return float(f"{number:.{_DIGITS}g}")


def _first_four(block: bytes) -> tuple[int, int, int, int]:
    """Return four numbers as FTS5 lays them down one after the other, 0 for those that are not there."""
    first, second, third, fourth, *_ = (*numbers(block, 0), 0, 0, 0, 0)
    return first, second, third, fourth
