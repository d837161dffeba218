"""Pages that no tree leads to any more: which rows lie in them, and which table these can be of."""

from alliance_desktop.domain.watch import Watch
from alliance_desktop.storage.salvage.btree import TABLE_INNER, Chains, Node, node_of
from alliance_desktop.storage.salvage.pages import Pages
from alliance_desktop.storage.salvage.records import BrokenPageError
from alliance_desktop.storage.salvage.shapes import INDEXES, TABLES, fitted
from alliance_desktop.storage.salvage.walking import Row, rows_of
from alliance_desktop.storage.sealed_page import USABLE

SIDED = frozenset(f"{side}_{kind}" for side in ("record", "private") for kind in ("answer", "addendum", "version"))
"""Tables of which there are two of one shape, the record's and the private one."""

_SCHEMA_COLUMNS = 5
_META = frozenset({"format", "saves", "key_gen", "sample", "created_at", "digest", "kept"})


def free_pages(pages: Pages, first: bytes | None) -> set[int]:
    """Return the pages that the database has put aside as free, as far as its list can be followed."""
    if first is None:
        return set()
    found: set[int] = set()
    trunk = int.from_bytes(first[32:36], "big")
    while trunk and trunk not in found:
        page = pages.plain(trunk)
        if page is None:
            return found
        found.add(trunk)
        count = min(int.from_bytes(page[4:8], "big"), USABLE // 4 - 2)
        found.update(int.from_bytes(page[at : at + 4], "big") for at in range(8, 8 + 4 * count, 4))
        trunk = int.from_bytes(page[:4], "big")
    return found


def leaves(pages: Pages, chains: Chains, claimed: set[int], watch: Watch) -> tuple[list[Row], int]:
    """Return the rows of all pages that are not claimed, and how many pages of the file have no good seal."""
    rows: list[Row] = []
    bad = 0
    for number in range(1, pages.count + 1):
        watch.at(number / pages.count)
        if number in claimed:
            continue
        page = pages.plain(number)
        if page is None:
            bad += 1
            continue
        node = _node(page, number)
        if node is not None and node.kind != TABLE_INNER:
            rows += rows_of(node, chains)[0]
    return rows, bad


def schema_rows(pages: Pages, chains: Chains, claimed: set[int]) -> list[Row]:
    """Return the rows of the schema in pages that nothing leads to, as when page 1 is damaged."""
    found: list[Row] = []
    for number in range(2, pages.count + 1):
        page = None if number in claimed else pages.plain(number)
        node = _node(page, number) if page is not None else None
        if page is None or node is None or not (node.is_leaf and node.is_table):
            continue
        rows, broken = rows_of(node, chains)
        if rows and not broken and all(root_told(row, known=False) for row in rows):
            claimed.add(number)
            found += rows
    return found


def root_told(row: Row, *, known: bool = True) -> tuple[str, int] | None:
    """Return the name and root page that a row of the schema tells; None for any other row.

    With `known` only those of the tables and indexes that are looked for.
    """
    if len(row.values) != _SCHEMA_COLUMNS:
        return None
    kind, name, _, root, _ = row.values
    # What has no pages of its own, as the table of a search has not, begins nowhere.
    if kind not in {"table", "index"} or not isinstance(name, str) or not isinstance(root, int) or root < 0:
        return None
    return None if known and (root == 0 or (name not in TABLES and name not in INDEXES)) else (name, root)


def table_of(row: Row) -> str:
    """Return the table that a row has the shape of; of two with one shape the first; empty for no table."""
    if len(row.values) == 2 and isinstance(row.values[0], str):
        return _named(row)
    return next((name for name, shape in TABLES.items() if shape.keyed and fitted(name, row) is not None), "")


def _named(row: Row) -> str:
    """Tell a row of `meta` from one of `setting`, whose values are always JSON text."""
    if row.values[0] in _META:
        return "meta"
    return "setting" if fitted("setting", row) is not None else ""


def _node(page: bytes, number: int) -> Node | None:
    try:
        return node_of(page, number)
    except BrokenPageError:
        return None
