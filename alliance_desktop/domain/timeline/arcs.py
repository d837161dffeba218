"""The arc of each strain, at rows and beside them.

An arc dips when a strain is noticed, climbs with each stage and ends level, higher, or open. Its depth is the same for
every strain, so that nobody reads it as a grade.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

import msgspec

from alliance_desktop.domain import rupture
from alliance_desktop.domain.answers import ids_of
from alliance_desktop.domain.entry import Arc, ArcId, Entry, EntryId, Mark
from alliance_desktop.domain.timeline.row import DEEPEST, LEVEL, ArcPoint, Row, Spot, Symbol

_STAGE_DEPTH = {"notice": DEEPEST, "acknowledge": 3, "dialogue": 2, "repair": 1, "follow_up": 1, "close": 1}


def with_arcs(plain: Iterable[Spot], cards: Iterable[Entry], still: Sequence[Arc] = ()) -> list[Spot]:
    """Give each row of a strain its point: dip at the start, climb with each stage, never back within a turn.

    The rows of strains that are `still` open stand where their status is.
    """
    now = {one.id: _depth_of(one) for one in still}
    mine = list(cards)
    stronger = {one.arc for one in mine if one.card == "close" and "stronger" in ids_of(one.answers.get("outcome"))}
    by_id = {one.id: one for one in mine}
    depth: dict[ArcId, int] = {}
    drawn = list(plain)
    for at, spot in enumerate(drawn):
        row = spot.row
        if row is None or row.arc is None:
            continue
        before = depth.get(row.arc)
        here = now[row.arc] if row.arc in now else _next_depth(row, before, by_id, row.arc in stronger)
        depth[row.arc] = here
        ends = row.symbol in {Symbol.ENDED, Symbol.LEFT}
        point = ArcPoint(arc=row.arc, depth=here, starts=before is None and row.arc not in now, ends=ends)
        drawn[at] = msgspec.structs.replace(spot, row=msgspec.structs.replace(row, point=point))
    return drawn


def _next_depth(row: Row, before: int | None, cards: dict[EntryId, Entry], stronger: bool) -> int:
    if row.symbol is Symbol.REOPENED or before is None:
        return DEEPEST
    if row.symbol is Symbol.LEFT:
        return before
    if row.symbol is Symbol.ENDED:
        return -1 if stronger else LEVEL
    entry = cards.get(row.entry) if row.entry is not None else None
    if entry is None or entry.mark is not Mark.NONE or before <= LEVEL:
        return before
    return min(before, _STAGE_DEPTH.get(entry.card, before)) if row.climbs else before


def _depth_of(arc: Arc) -> int:
    order = [rupture.Status.NOTICED, rupture.Status.ACKNOWLEDGED, rupture.Status.IN_DIALOGUE]
    status = rupture.Status(arc.status)
    return DEEPEST - order.index(status) if status in order else 1


class Track(msgspec.Struct, frozen=True, kw_only=True):
    """The piece of one arc beside one line: where it comes from, how deep it dips there, and where it goes on.

    `lane` counts the strains that run side by side. `mine` says that something of this strain is told in the line,
    `waits` that the line only says that it is open: drawn dotted.
    """

    lane: int
    before: int
    here: int
    dip: int
    starts: bool = False
    ends: bool = False
    mine: bool = False
    waits: bool = False
    stays: bool = False
    """Ended without repair: the arc stays where it was."""


class _Knot(msgspec.Struct, frozen=True):
    """What one line tells of one strain."""

    line: int
    here: int
    dip: int
    ends: bool
    waits: bool
    stays: bool


class Tracks:
    """Every arc beside every line of a list; a piece is worked out when its line is looked at."""

    def __init__(self, told: Iterable[tuple[int, Row]]) -> None:
        self._knots: dict[ArcId, list[_Knot]] = {}
        for line, row in told:
            if row.point is not None:
                self._tie(line, row, row.point)
        self._lines = {arc: [one.line for one in knots] for arc, knots in self._knots.items()}
        self._lanes = _lanes({arc: (lines[0], lines[-1]) for arc, lines in self._lines.items()})
        self._order = sorted(self._lanes, key=lambda arc: self._lines[arc][0])
        self._firsts = [self._lines[arc][0] for arc in self._order]

    @property
    def lanes(self) -> int:
        """How many strains run side by side at the most."""
        return max(self._lanes.values(), default=-1) + 1

    def at(self, line: int) -> tuple[Track, ...]:
        """Return the pieces beside a line."""
        begun = self._order[: bisect_right(self._firsts, line)]
        pieces = (self._piece(arc, line) for arc in begun if line <= self._lines[arc][-1])
        return tuple(one for one in pieces if one is not None)

    def _tie(self, line: int, row: Row, point: ArcPoint) -> None:
        knots = self._knots.setdefault(point.arc, [])
        dip = point.depth
        if knots and knots[-1].line == line:
            dip = max(dip, knots.pop().dip)
        left = row.symbol is Symbol.LEFT
        knots.append(_Knot(line, point.depth, dip, point.ends, row.symbol is Symbol.OPEN, left))

    def _piece(self, arc: ArcId, line: int) -> Track | None:
        lines, knots = self._lines[arc], self._knots[arc]
        at = bisect_left(lines, line)
        before = knots[at - 1].here if at else LEVEL
        lane = self._lanes[arc]
        if lines[at] != line:
            # Between an end and an opening again nothing runs.
            quiet = knots[at - 1].ends
            return None if quiet else Track(lane=lane, before=before, here=before, dip=before)
        knot = knots[at]
        return Track(
            lane=lane,
            before=before,
            here=knot.here,
            dip=knot.dip,
            starts=at == 0 or knots[at - 1].ends,
            ends=knot.ends or (at == len(knots) - 1 and not knot.waits),
            mine=True,
            waits=knot.waits,
            stays=knot.stays,
        )


def _lanes(spans: dict[ArcId, tuple[int, int]]) -> dict[ArcId, int]:
    """Give each arc the first lane that is free while it runs."""
    taken: list[int] = []
    lanes: dict[ArcId, int] = {}
    for arc in sorted(spans, key=lambda one: spans[one]):
        first, last = spans[arc]
        free = next((lane for lane, until in enumerate(taken) if until < first), len(taken))
        if free == len(taken):
            taken.append(last)
        else:
            taken[free] = last
        lanes[arc] = free
    return lanes
