"""All rows that the sealed pages of a vault hold: by the trees where these are whole, by their shape where not."""

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from alliance_desktop.domain.watch import Watch
from alliance_desktop.storage.salvage import orphans
from alliance_desktop.storage.salvage.btree import Chains
from alliance_desktop.storage.salvage.pages import Pages
from alliance_desktop.storage.salvage.records import Value
from alliance_desktop.storage.salvage.shapes import INDEXES, TABLES, fitted, tables_of
from alliance_desktop.storage.salvage.walking import LEAST, MOST, Gap, Row, Walked, walk

_WALKED = 0.7
_NOTHING = Walked([], [], [], set(), 0)
"""What there is of a table that a vault of an earlier version never had."""

Key = Value
Values = tuple[Value, ...]


class Table(NamedTuple):
    """What was found of one table: rows by key, stretches of keys where some may be missing, keys of broken rows."""

    rows: dict[Key, Values]
    gaps: list[Gap]
    broken: set[int]


class Found(NamedTuple):
    """All that was found.

    `loose` are rows of answers, addenda and earlier versions that no tree led to, told apart by the number of their
    values: which side they are of is not told by their place. `indexed` are the rows of the indexes that were reached
    from their roots, `whole` the indexes of which nothing is missing. `refused` counts rows that were read and not
    used, because they contradict others or are not what their table holds. `roots` are where the file's own schema
    says that the trees begin; `knows_roots` that it does so of all tables its version has.
    """

    tables: dict[str, Table]
    loose: list[Values]
    indexed: dict[str, list[Values]]
    whole: frozenset[str]
    bad_pages: int
    refused: int
    version: int
    roots: Mapping[str, int]
    knows_roots: bool


def find(pages: Pages, watch: Watch, roots: Mapping[str, int] | None = None) -> Found:
    """Return what is found; takes about 0.5 ms a page.

    `roots` are where the trees are supposed to begin; without, the file's own schema is asked.
    """
    return _Search(pages, watch).found(roots)


class _Search:
    """One look through a file."""

    def __init__(self, pages: Pages, watch: Watch) -> None:
        self._pages, self._watch = pages, watch
        self._chains = Chains(pages)
        self._claimed: set[int] = set()
        self._linked: Counter[int] = Counter()
        self._refused = 0
        self._looked = 0

    def found(self, supposed: Mapping[str, int] | None) -> Found:
        """Walk the trees, then take what lies beside them."""
        first = self._pages.plain(1)
        roots = self._roots() if supposed is None else supposed
        version = int.from_bytes(first[60:64], "big") if first else 0
        expected = tables_of(version)
        trees = {
            name: self._walk(roots.get(name), is_table=shape.keyed) if name in roots.keys() | expected else _NOTHING
            for name, shape in TABLES.items()
        }
        indexed = {name: self._walk(roots.get(name), is_table=False) for name in INDEXES}
        self._claimed |= orphans.free_pages(self._pages, first)
        left, bad = orphans.leaves(
            self._pages, self._chains, self._claimed | set(self._linked), self._watch.part(_WALKED, 1.0)
        )
        for one in left:
            self._linked.update(one.chain)
        tables = {name: self._table(name, walked) for name, walked in trees.items()}
        loose = self._sorted_in(tables, left)
        return Found(
            tables,
            loose,
            {name: [row.values for row in walked.rows] for name, walked in indexed.items()},
            frozenset(name for name, walked in indexed.items() if not walked.gaps and not walked.broken),
            bad,
            self._refused,
            version,
            roots,
            roots.keys() >= expected,
        )

    def _roots(self) -> dict[str, int]:
        """Return where the trees begin: from page 1, and from pages of the schema that it no longer leads to."""
        walked = self._walk(1, is_table=True)
        rows = walked.rows
        if walked.gaps:
            rows = [*rows, *orphans.schema_rows(self._pages, self._chains, self._claimed)]
        found: dict[str, int] = {}
        for row in rows:
            told = orphans.root_told(row)
            if told is not None and told[1] <= self._pages.count:
                found.setdefault(*told)
        return found

    def _walk(self, root: int | None, *, is_table: bool) -> Walked:
        if root is None:
            return Walked([], [Gap(LEAST, MOST)], [], set(), 0)
        walked = walk(self._pages, self._chains, root, is_table=is_table, look=self._look)
        self._claimed |= walked.pages
        self._refused += walked.strays
        for row in walked.rows:
            self._linked.update(row.chain)
        return walked

    def _look(self) -> None:
        self._looked += 1
        self._watch.at(_WALKED * self._looked / max(self._looked, self._pages.count))

    def _table(self, name: str, walked: Walked) -> Table:
        table = Table({}, walked.gaps, set(walked.broken))
        for row in walked.rows:
            values = self._used(name, row)
            if values is not None:
                table.rows[values[0]] = values
            elif TABLES[name].keyed:
                table.broken.add(row.key)
        return table

    def _used(self, name: str, row: Row) -> Values | None:
        """Return a row that may be used: one of its table, and whose pages belong to no other row and no tree."""
        values = fitted(name, row)
        if values is None or any(self._linked[one] > 1 or one in self._claimed for one in row.chain):
            self._refused += 1
            return None
        return values

    def _sorted_in(self, tables: dict[str, Table], left: list[Row]) -> list[Values]:
        """Put rows that no tree led to into the tables that only they can be of, and return the others."""
        loose: list[Values] = []
        seen: dict[tuple[str, Key], Values | None] = {}
        for row in left:
            name = orphans.table_of(row)
            values = self._used(name, row) if name else None
            if not name or values is None:
                continue
            if name in orphans.SIDED:
                loose.append(values)
            elif values[0] not in tables[name].rows:
                # Two rows of one key that say different things: one of them is old, and nobody can tell which.
                place = (name, values[0])
                seen[place] = values if seen.get(place, values) == values else None
        for (name, key), kept in seen.items():
            if kept is None:
                self._refused += 2
            else:
                tables[name].rows[key] = kept
        return loose
