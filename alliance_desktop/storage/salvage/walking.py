"""Walking a tree down from its root: the rows found, and the stretches of keys whose pages cannot be read."""

from collections.abc import Callable
from typing import NamedTuple

from alliance_desktop.storage.salvage.btree import Cell, Chains, Node, node_of
from alliance_desktop.storage.salvage.pages import Pages
from alliance_desktop.storage.salvage.records import BrokenPageError, Value, values_of

LEAST, MOST = -(1 << 63), (1 << 63) - 1


class Row(NamedTuple):
    """One row as it was written; `key` is 0 in trees that have none. `chain` are the pages it goes on in."""

    key: int
    values: tuple[Value, ...]
    chain: tuple[int, ...]


class Gap(NamedTuple):
    """A stretch of keys, both ends included, in which rows may be missing."""

    low: int
    high: int


class Walked(NamedTuple):
    """What one tree gave. `broken` are the keys of rows that are known to be there and cannot be read whole.

    `strays` counts rows that stand outside the stretch their page belongs to, such as an old copy of a page that was
    put back has; they are not used.
    """

    rows: list[Row]
    gaps: list[Gap]
    broken: list[int]
    pages: set[int]
    strays: int


def walk(pages: Pages, chains: Chains, root: int, *, is_table: bool, look: Callable[[], None] = lambda: None) -> Walked:
    """Return what a tree holds as far as its pages can be reached; every page is looked at once at most.

    `look` is called before each page.
    """
    found = Walked([], [], [], set(), 0)
    strays = 0
    ahead = [(root, Gap(LEAST, MOST))]
    while ahead:
        number, span = ahead.pop()
        look()
        node = _node(pages, number, is_table) if number not in found.pages else None
        beneath = None if node is None else _beneath(node, span)
        if node is None or beneath is None:
            found.gaps.append(span)
            continue
        found.pages.add(number)
        ahead += beneath
        if not (node.is_table and not node.is_leaf):
            strays += _take(node, chains, span, found)
    return found._replace(strays=strays)


def rows_of(node: Node, chains: Chains) -> tuple[list[Row], list[int]]:
    """Return the rows of one page, and the keys of those that cannot be read whole."""
    rows: list[Row] = []
    broken: list[int] = []
    for cell in node.cells:
        try:
            rows.append(_row(cell, chains))
        except BrokenPageError:
            broken.append(cell.key)
    return rows, broken


def _node(pages: Pages, number: int, is_table: bool) -> Node | None:
    page = pages.plain(number)
    if page is None:
        return None
    try:
        node = node_of(page, number)
    except BrokenPageError:
        return None
    return node if node.is_table == is_table else None


def _beneath(node: Node, span: Gap) -> list[tuple[int, Gap]] | None:
    """Return the pages beneath one with their stretches of keys; None where its keys contradict each other."""
    if node.is_leaf:
        return []
    if not node.is_table:
        return [(cell.child, span) for cell in node.cells] + [(node.right, span)]
    found, low = [], span.low
    for cell in node.cells:
        if not low <= cell.key <= span.high:
            return None
        found.append((cell.child, Gap(low, cell.key)))
        low = min(cell.key + 1, MOST)
    return [*found, (node.right, Gap(low, span.high))]


def _take(node: Node, chains: Chains, span: Gap, found: Walked) -> int:
    """Take the rows of one page and return how many stand where they do not belong."""
    rows, broken = rows_of(node, chains)
    fitting = [row for row in rows if span.low <= row.key <= span.high]
    found.rows.extend(fitting)
    found.broken.extend(key for key in broken if span.low <= key <= span.high)
    return len(rows) - len(fitting)


def _row(cell: Cell, chains: Chains) -> Row:
    if cell.payload is None:
        raise BrokenPageError("a cell without a row")
    data, used = chains.whole(cell.payload)
    return Row(cell.key, values_of(data), used)
