"""What the words of the index are made of, part by part, each with a print of what lies in it.

FTS5 lays words down in segments. What was once written in one stays as it is until the segment is merged into another;
only the list of what was taken out of it is written anew. So a print is counted once for each part, a few of them with
each write and large ones beside the work, and one look tells whether every part is still what it was. While a merge is
half done, the segments it takes from change; of them no print is kept.

A name may come again for other words: a segment that is optimised keeps its births, and its number goes from 1 to 2 and
back. So every write drops the prints of what is not there any more, and what is counted beside the work begins again
after a write. And before the prints stands the sum under which they were kept, which every program renews that writes:
where it is another, one that keeps no prints wrote since, and none of them is known.

| part | its name in `search_index_config` under `parts` |
|---|---|
| the words of a segment, and where each page of it begins | number, first and last page, and the range of its births |
| what was taken out of it | number, `x`, how many pages and entries, and the same range |
"""

import hashlib
from collections.abc import Generator, Iterator
from itertools import chain
from typing import NamedTuple

from alliance_desktop.domain.errors import VaultDamagedError
from alliance_desktop.storage.database import Database

KEEP = "INSERT OR REPLACE INTO search_index_config (k, v) VALUES ('parts', ?)"
"""The statement that keeps prints."""

_KEPT = "SELECT k, v FROM search_index_config WHERE k IN ('kept', 'parts')"
_STRUCTURE = "SELECT block FROM search_index_data WHERE id = 10"
_BLOCKS = "SELECT id, block FROM search_index_data WHERE id BETWEEN ? AND ? ORDER BY id LIMIT ?"
_TERMS = "SELECT term, pgno FROM search_index_idx WHERE segid = ? {after} ORDER BY term LIMIT 1000"
_AT_ONCE, _A_STEP = 512, 64
"""Blocks that are read at once where nobody waits for a step, and those of a step; no more are counted with a write."""
_WITH_BIRTHS = b"\xff\x00\x00\x01"
_BITS, _TAKEN_OUT = 37, 1 << 16

Prints = dict[str, str]


class _Part(NamedTuple):
    name: str
    segment: int
    blocks: int
    words: bool


class Parts(NamedTuple):
    """The parts of which a print can be kept, and whether these are all there are."""

    found: tuple[_Part, ...]
    all_there: bool


def read(database: Database) -> Parts:
    """Return the parts an index has; none where it cannot be told."""
    row = database.row(_STRUCTURE)
    try:
        segments, all_there = _segments(bytes(row[0])) if row else ([], False)
    except (IndexError, TypeError):
        segments, all_there = [], False
    return Parts(tuple(part for one in segments for part in _parts_of(one)), all_there)


def kept(database: Database) -> Prints:
    """Return the prints that are kept under the present sum, by the names of their parts."""
    told = {str(name): str(value).split() for name, value in database.rows(_KEPT)}
    said, parts = told.get("kept", []), told.get("parts", [])
    if not said or parts[: len(said)] != said:
        return {}
    return dict(one.partition("=")[::2] for one in parts[len(said) :])


def laid_down(database: Database, known: Prints, said: str) -> str:
    """Return what to keep under a sum; `known` was kept until now, and may hold what was counted since."""
    parts = read(database)
    prints = {one.name: known[one.name] for one in parts.found if one.name in known}
    left = _A_STEP if parts.all_there else 0
    for one in parts.found:
        if one.name not in prints and one.blocks <= left:
            prints[one.name] = _whole(database, one)
            left -= one.blocks
    return " ".join((said, *(f"{name}={mark}" for name, mark in prints.items())))


def counting(database: Database) -> Generator[None, None, Prints]:
    """Count the prints that are missing, in steps of a few milliseconds; to begin again after a write between two."""
    known, found = kept(database), Prints()
    for part in read(database).found:
        if part.name not in known:
            found[part.name] = yield from _counting(database, part)
    return found


def comparing(database: Database, _rows: int) -> Generator[None, None, bool]:
    """Say in steps of a few milliseconds whether every part of which there is a print is what it was."""
    known = kept(database)
    for part in read(database).found:
        if part.name in known and known[part.name] != (yield from _counting(database, part)):
            return False
    return True


def hold(database: Database) -> bool | None:
    """Say whether every part is what it was; None where not all have a print."""
    known, parts = kept(database), read(database)
    if any(_whole(database, one) != known[one.name] for one in parts.found if one.name in known):
        return False
    return True if parts.all_there and all(one.name in known for one in parts.found) else None


def _whole(database: Database, part: _Part) -> str:
    steps = _counting(database, part, _AT_ONCE)
    while True:
        try:
            next(steps)
        except StopIteration as done:
            return str(done.value)


def _counting(database: Database, part: _Part, step: int = _A_STEP) -> Generator[None, None, str]:
    """Count a print in steps; VaultDamagedError where what lies there is of another kind."""
    mark = hashlib.blake2b(digest_size=16)
    try:
        for said in chain(_blocks(database, part, step), _terms(database, part)):
            mark.update(said)
            yield
    except TypeError:
        raise VaultDamagedError from None
    return mark.hexdigest()


def _blocks(database: Database, part: _Part, step: int) -> Iterator[bytes]:
    low = (part.segment if part.words else part.segment + _TAKEN_OUT) << _BITS
    high = low + (1 << _BITS) - 1
    while blocks := database.rows(_BLOCKS, (low, high, step)):
        yield b"".join(one for id, block in blocks for one in (b"%d %d " % (id, len(block)), block))
        low = blocks[-1][0] + 1


def _terms(database: Database, part: _Part) -> Iterator[bytes]:
    terms = database.rows(_TERMS.format(after=""), (part.segment,)) if part.words else []
    while terms:
        yield b"".join(one for term, page in terms for one in (b"%d %d " % (page, len(term)), term))
        terms = database.rows(_TERMS.format(after="AND term > ?"), (part.segment, terms[-1][0]))


class _Segment(NamedTuple):
    number: int
    first: int
    last: int
    born: int
    youngest: int
    pages_out: int
    entries_out: int


def _segments(structure: bytes) -> tuple[list[_Segment], bool]:
    """Return the segments that are not being merged, and whether there are no others; IndexError for another layout."""
    if structure[4:8] != _WITH_BIRTHS:
        return [], False
    told = numbers(structure, 8)
    found, all_there = list[_Segment](), True
    try:
        levels, _, _ = (next(told) for _ in range(3))
        for _ in range(levels):
            merging, count = next(told), next(told)
            all_there = all_there and not merging
            for at in range(count):
                segment = _Segment(*(next(told) for _ in range(7)))
                next(told)
                found += [segment] if at >= merging else []
    except (StopIteration, RuntimeError):
        raise IndexError from None
    return found, all_there


def numbers(data: bytes, at: int) -> Iterator[int]:
    """Yield whole numbers of seven bits a byte, the highest first; a ninth byte would have eight."""
    number = 0
    for byte in data[at:]:
        number = number << 7 | byte & 0x7F
        if byte < 0x80:
            yield number
            number = 0


def _parts_of(one: _Segment) -> Iterator[_Part]:
    births = f"{one.born}.{one.youngest}"
    yield _Part(f"{one.number}.{one.first}.{one.last}.{births}", one.number, one.last - one.first + 1, words=True)
    if one.pages_out:
        yield _Part(f"{one.number}x{one.pages_out}.{one.entries_out}.{births}", one.number, one.pages_out, words=False)
