"""R12: what is saved of a vault with bad pages, and that nothing saved is wrong."""

import os
import random
import shutil
import statistics
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from salvage_cases import MEANING, Compared, Rows, compare, fill, moment, roots, rows, spoil

from alliance_desktop.domain.salvage_errors import NothingSavedError
from alliance_desktop.storage.place import NOTES
from alliance_desktop.storage.salvage import choosing, orphans
from alliance_desktop.storage.salvage.pages import Pages
from alliance_desktop.storage.salvage.work import salvage
from alliance_desktop.storage.sealed_page import PAGE
from tests.reliability import vaults
from tests.reliability.frame import Control, Figures, Trial, least, most, tries

_CLIENTS, _NOTES = 45, 850
_TABLE_INNER, _INDEX_INNER = 5, 2
_NONE = Compared(0, 1, [])


class Case(NamedTuple):
    """A vault of about 735 pages, what is in it, and its file as it should be."""

    made: vaults.Made
    truth: Rows
    notes: bytes
    roots: dict[str, int]
    place: Path

    def page(self, number: int) -> bytes:
        """Return a page as it should be."""
        return self.notes[(number - 1) * PAGE : number * PAGE]

    @property
    def pages(self) -> int:
        return len(self.notes) // PAGE

    def after(self, *bad: int) -> Compared:
        """Return what a salvage saves with these pages bad; the new vault is opened with all its checks."""
        hurt, new = self.made.copy(self.place / "Hurt.vault"), self.place / "New.vault"
        shutil.rmtree(new, ignore_errors=True)
        (hurt / NOTES).write_bytes(self.notes)
        spoil(hurt / NOTES, *bad)
        try:
            salvage(hurt, self.made.own_secrets(), new, MEANING, now=moment, random=os.urandom)
        except NothingSavedError:
            return _NONE
        store = self.made.open(new)
        in_order = vaults.is_as_counted(store)
        store.close()
        found = compare(self.truth, rows(new, self.made.secrets))
        return found if in_order else found._replace(wrong=[*found.wrong, ("digest", 0)])


def _case(folder: Path) -> Case:
    made = vaults.make(folder)
    store = made.open()
    fill(store, _CLIENTS, _NOTES)
    store.close()
    notes = (made.folder / NOTES).read_bytes()
    return Case(made, rows(made.folder, made.secrets), notes, roots(made.folder, made.secrets), folder)


def _everywhere(count: int, folder: Path) -> Figures:
    """Damage 1, 3 and 10 pages anywhere, and inner pages of the trees: a quarter of the count for each."""
    with vaults.quick_folder(folder) as quick:
        case = _case(Path(quick))
        chance = random.Random(12)
        places = chance.sample(range(1, case.pages + 1), case.pages)
        each = -(-count // 4)
        one = [case.after(places[at % len(places)]) for at in range(each)]
        three = [case.after(*chance.sample(places, 3)) for _ in range(each)]
        ten = [case.after(*chance.sample(places, 10)) for _ in range(each)]
        inner = [case.after(*bad) for bad in islice(_inner(case, places), each)]
        return {
            "vaults": 4 * each,
            "% saved with 1 bad page": _median(one),
            "% with 3": _median(three),
            "% with 10": _median(ten),
            "% in the worst after an inner page or page 1": round(min(found.share for found in inner), 2),
            "wrong rows": sum(len(found.wrong) for found in (*one, *three, *ten, *inner)),
            "pages": case.pages,
        }


def _median(found: list[Compared]) -> float:
    return round(statistics.median(one.share for one in found), 2)


def _inner(case: Case, others: list[int]) -> Iterator[tuple[int, ...]]:
    """Yield page 1, the roots of the large tables and all other inner pages; then each again with another page."""
    found = [1, *(case.roots[one] for one in ("record_answer", "entry", "private_answer"))]
    whole = Pages(case.page, case.pages, case.made.secrets.data_key, case.made.secrets.vault_id)
    for number in range(2, case.pages + 1):
        page = whole.plain(number)
        if page is not None and page[0] in {_TABLE_INNER, _INDEX_INNER} and number not in found:
            found.append(number)
    for one in found:
        yield (one,)
    for other in others:
        yield found[other % len(found)], other


def _by_trees_alone(count: int, folder: Path) -> Figures:
    """Do the same as SQLite would: rows are found only from a root, over whole inner pages."""
    leaves, schema, supposed = orphans.leaves, orphans.schema_rows, choosing.SUPPOSED
    orphans.leaves = lambda *_: ([], 1)
    orphans.schema_rows = lambda *_: []
    choosing.SUPPOSED = ()
    try:
        return _everywhere(count, folder)
    finally:
        orphans.leaves, orphans.schema_rows, choosing.SUPPOSED = leaves, schema, supposed


TRIALS = (
    Trial(
        "R12",
        "saved of a vault with bad pages",
        (
            tries("vaults", 160),
            least("% saved with 1 bad page", 99.7),
            least("% with 3", 99.4),
            least("% with 10", 98),
            least("% in the worst after an inner page or page 1", 95),
            most("wrong rows", 0),
        ),
        _everywhere,
        fast=8,
        full=160,
        controls=(Control("no look at pages that no tree leads to", _by_trees_alone, fast=4, full=20),),
    ),
)
