"""The pages of SQLite's trees: cells, rows that go on in other pages, the links between them.

Everything is checked before it is used: places, lengths, order and overlap. What is not as SQLite writes it raises
BrokenPageError, so that a page is used as it was written or not at all.
"""

from typing import NamedTuple

from alliance_desktop.storage.salvage.pages import Pages
from alliance_desktop.storage.salvage.records import BrokenPageError, varint
from alliance_desktop.storage.sealed_page import USABLE

INDEX_INNER, TABLE_INNER, INDEX_LEAF, TABLE_LEAF = 2, 5, 10, 13

_FILE_HEAD = 100
_LEAST_LOCAL = (USABLE - 12) * 32 // 255 - 23
_MOST_LOCAL = {TABLE_LEAF: USABLE - 35}
_MOST_LOCAL_INDEX = (USABLE - 12) * 64 // 255 - 23
_LINK = 4
_PER_LINK = USABLE - _LINK


class Payload(NamedTuple):
    """A row's bytes as far as they lie in its page: the whole length, what is here, and where it goes on (or 0)."""

    size: int
    here: bytes
    next: int


class Cell(NamedTuple):
    """One cell of a page: the page beneath it (inner pages), its key (tables) and its row (all but inner tables)."""

    child: int
    key: int
    payload: Payload | None


class Node(NamedTuple):
    """One page of a tree; `right` is the last page beneath it, 0 in a leaf."""

    kind: int
    cells: tuple[Cell, ...]
    right: int

    @property
    def is_leaf(self) -> bool:
        """Whether nothing is beneath it."""
        return self.kind in {TABLE_LEAF, INDEX_LEAF}

    @property
    def is_table(self) -> bool:
        """Whether its rows have whole numbers as keys."""
        return self.kind in {TABLE_LEAF, TABLE_INNER}


def node_of(page: bytes, number: int) -> Node:
    """Return a page of a tree; BrokenPageError for any other page."""
    start = _FILE_HEAD if number == 1 else 0
    if len(page) != USABLE:
        raise BrokenPageError("a page of another length")
    kind = page[start]
    if kind not in {INDEX_INNER, TABLE_INNER, INDEX_LEAF, TABLE_LEAF}:
        raise BrokenPageError("not a page of a tree")
    inner = kind in {INDEX_INNER, TABLE_INNER}
    count = int.from_bytes(page[start + 3 : start + 5], "big")
    pointers = start + (12 if inner else 8)
    free_from = pointers + 2 * count
    if free_from > USABLE:
        raise BrokenPageError("more cells than a page holds")
    places = [int.from_bytes(page[at : at + 2], "big") for at in range(pointers, free_from, 2)]
    found = [_cell(page, kind, place) for place in places]
    _must_not_overlap([(place, end) for place, (_, end) in zip(places, found, strict=True)], free_from)
    right = int.from_bytes(page[start + 8 : start + 12], "big") if inner else 0
    return Node(kind, tuple(cell for cell, _ in found), right)


def _cell(page: bytes, kind: int, at: int) -> tuple[Cell, int]:
    child = 0
    if kind in {INDEX_INNER, TABLE_INNER}:
        child, at = int.from_bytes(page[at : at + _LINK], "big"), at + _LINK
    if kind == TABLE_INNER:
        key, at = varint(page, at)
        return Cell(child, key, None), at
    size, at = varint(page, at)
    key = 0
    if kind == TABLE_LEAF:
        key, at = varint(page, at)
    payload, at = _payload(page, kind, size, at)
    return Cell(child, key, payload), at


def _payload(page: bytes, kind: int, size: int, at: int) -> tuple[Payload, int]:
    if size < 0:
        raise BrokenPageError("a row of less than nothing")
    most = _MOST_LOCAL.get(kind, _MOST_LOCAL_INDEX)
    if size <= most:
        return Payload(size, page[at : at + size], 0), at + size
    here = _LEAST_LOCAL + (size - _LEAST_LOCAL) % _PER_LINK
    here = here if here <= most else _LEAST_LOCAL
    end = at + here + _LINK
    return Payload(size, page[at : at + here], int.from_bytes(page[at + here : end], "big")), end


def _must_not_overlap(spans: list[tuple[int, int]], free_from: int) -> None:
    before = free_from
    for start, end in sorted(spans):
        if start < before or end > USABLE:
            raise BrokenPageError("cells that overlap or leave the page")
        before = end


class Chains:
    """Gathers rows that go on in other pages; altogether no more than twice the pages of the file are looked at."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages
        self._left = 2 * pages.count

    def whole(self, payload: Payload) -> tuple[bytes, tuple[int, ...]]:
        """Return all bytes of a row and the pages it goes on in; BrokenPageError where any of them is missing."""
        missing = payload.size - len(payload.here)
        if missing > self._pages.count * USABLE:
            raise BrokenPageError("a row longer than the file")
        parts, number = [payload.here], payload.next
        used: dict[int, None] = {}
        while missing > 0:
            self._left -= 1
            page = self._pages.plain(number) if self._left >= 0 and number not in used else None
            if page is None:
                raise BrokenPageError("a row that goes on in a page that cannot be read")
            used[number] = None
            parts.append(page[_LINK : _LINK + missing])
            missing -= _PER_LINK
            number = int.from_bytes(page[:_LINK], "big")
        if number:
            raise BrokenPageError("a row that goes on after its end")
        return b"".join(parts), tuple(used)
