"""Whether the side file of an unclean stop belongs to the notes: both ways are tried, and the truer one is taken."""

from enum import StrEnum
from typing import NamedTuple

from alliance_desktop.domain.watch import Watch
from alliance_desktop.keys.keyfile import Secrets
from alliance_desktop.storage import digest
from alliance_desktop.storage.salvage.finding import Found, find
from alliance_desktop.storage.salvage.pages import Pages
from alliance_desktop.storage.salvage.shapes import (
    EARLIER_ROOTS,
    REWRITTEN_ROOTS,
    REWRITTEN_ROOTS_3,
    ROOTS_3,
    USUAL_ROOTS,
)
from alliance_desktop.storage.salvage.source import Source

SUPPOSED = (USUAL_ROOTS, REWRITTEN_ROOTS, ROOTS_3, REWRITTEN_ROOTS_3, EARLIER_ROOTS)
"""Where the trees may begin that the file's own schema does not tell of."""

_ROUND = 1 << 256


class SideFile(StrEnum):
    """What became of the side file (notes.db-wal)."""

    NONE = "none"
    USED = "used"
    LEFT_OUT = "left_out"


class Chosen(NamedTuple):
    """What was found, with or without the side file. `agrees` is None where no digest was found to compare with."""

    found: Found
    pages: int
    side: SideFile
    agrees: bool | None


def choose(source: Source, secrets: Secrets, least_saves: int, watch: Watch) -> Chosen:
    """Return what is found in a source; where its schema is lost, the usual one is tried and must prove right.

    A side file that is older than the notes, or than the `least_saves` that somebody saw, is never used: it would put
    old pages among new ones. Of what is left, the way is taken whose rows agree with the digest kept with them.
    """
    ways = [(SideFile.LEFT_OUT if source.side else SideFile.NONE, source.pages(secrets, with_side=False))]
    if source.side:
        ways.append((SideFile.USED, source.pages(secrets, with_side=True)))
    share = 1 / len(ways)
    tried = [_tried(side, pages, watch.part(at * share, (at + 1) * share)) for at, (side, pages) in enumerate(ways)]
    return max(tried, key=lambda one: _rank(one, tried[0], least_saves))


def saves_of(found: Found) -> int | None:
    """Return how many saves the rows found tell of; None where that row is lost."""
    return whole_in_meta(found, "saves")


def whole_in_meta(found: Found, name: str) -> int | None:
    """Return a number kept in `meta`, or None."""
    row = found.tables["meta"].rows.get(name)
    return row[1] if row is not None and isinstance(row[1], int) else None


def _tried(side: SideFile, pages: Pages, watch: Watch) -> Chosen:
    found = find(pages, watch)
    agrees = _agrees(found)
    if agrees is False and not found.knows_roots:
        for roots in SUPPOSED:
            supposed = find(pages, watch.silent(), {**roots, **found.roots})
            if _agrees(supposed):
                return Chosen(supposed, pages.count, side, True)
    return Chosen(found, pages.count, side, agrees)


def _rank(one: Chosen, alone: Chosen, least_saves: int) -> tuple[bool, bool, int, int]:
    """Return what puts one way above another; of equals the first, without the side file, is taken."""
    usable = one is alone or _is_newer(one, alone, least_saves)
    return usable, one.agrees is True, saves_of(one.found) or 0, -one.found.bad_pages


def _is_newer(one: Chosen, alone: Chosen, least_saves: int) -> bool:
    """Say whether nothing speaks against the side file being the last save of these very notes."""
    saves, before = saves_of(one.found), saves_of(alone.found)
    if saves is None or saves < max(before or 0, least_saves):
        return False
    if before is not None:
        return True
    known = least_saves > 0 or one.agrees is True
    return known and _newest(one.found) >= _newest(alone.found)


def _newest(found: Found) -> int:
    """Return the largest id, which tells how late something was written."""
    return max((key for table in found.tables.values() for key in table.rows if isinstance(key, int)), default=0)


def _agrees(found: Found) -> bool | None:
    kept = found.tables["meta"].rows.get("digest")
    if kept is None or not isinstance(kept[1], bytes):
        return None
    total = sum(
        int.from_bytes(digest.row_digest(name, values), "big")
        for name, table in found.tables.items()
        for key, values in table.rows.items()
        if name != "meta" or key not in digest.UNCOUNTED
    )
    return (total % _ROUND).to_bytes(32, "big") == kept[1]
