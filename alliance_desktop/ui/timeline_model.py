"""The rows of a timeline for a list view, with the tracks that the delegate draws beside them."""

import msgspec
from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from alliance_desktop.domain.entry import ArcId
from alliance_desktop.domain.timeline import LEVEL, Row, Symbol

ROW_ROLE = int(Qt.ItemDataRole.UserRole)
TRACKS_ROLE = ROW_ROLE + 1
LANES_ROLE = ROW_ROLE + 2

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class Track(msgspec.Struct, frozen=True, kw_only=True):
    """The piece of one arc beside one row: where it comes from and goes to, and whether it starts or ends here."""

    lane: int
    before: int
    here: int
    starts: bool = False
    ends: bool = False
    mine: bool = False
    waits: bool = False
    """Drawn dotted: the strain is open and this row only says so."""


def tracks_of(rows: list[Row]) -> tuple[list[tuple[Track, ...]], int]:
    """Return the pieces of every arc beside every row, and how many lanes they need."""
    first: dict[ArcId, int] = {}
    last: dict[ArcId, int] = {}
    for place, row in enumerate(rows):
        if row.point is not None:
            first.setdefault(row.point.arc, place)
            last[row.point.arc] = place
    lanes = _lanes(first, last)
    depth: dict[ArcId, int] = {}
    beside: list[tuple[Track, ...]] = []
    for place, row in enumerate(rows):
        pieces: list[Track] = []
        for arc, lane in lanes.items():
            if not first[arc] <= place <= last[arc]:
                continue
            point = row.point if row.point is not None and row.point.arc == arc else None
            before = depth.get(arc, LEVEL)
            here = point.depth if point is not None else before
            depth[arc] = here
            pieces.append(
                Track(
                    lane=lane,
                    before=before,
                    here=here,
                    starts=place == first[arc],
                    ends=place == last[arc] and row.symbol is not Symbol.OPEN,
                    mine=point is not None,
                    waits=point is not None and row.symbol is Symbol.OPEN,
                )
            )
        beside.append(tuple(pieces))
    return beside, max(lanes.values(), default=-1) + 1


def _lanes(first: dict[ArcId, int], last: dict[ArcId, int]) -> dict[ArcId, int]:
    """Give each arc the first lane that is free while it runs."""
    taken: list[int] = []
    lanes: dict[ArcId, int] = {}
    for arc in sorted(first, key=lambda one: first[one]):
        free = next((lane for lane, until in enumerate(taken) if until < first[arc]), len(taken))
        if free == len(taken):
            taken.append(last[arc])
        else:
            taken[free] = last[arc]
        lanes[arc] = free
    return lanes


class TimelineModel(QAbstractListModel):
    """The rows of one client; the spoken sentence of a row is its accessible text."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []
        self._tracks: list[tuple[Track, ...]] = []
        self._lanes = 0

    def show_rows(self, rows: list[Row]) -> None:
        """Show other rows in place of the ones before."""
        self.beginResetModel()
        self._rows = rows
        self._tracks, self._lanes = tracks_of(rows)
        self.endResetModel()

    def row(self, place: int) -> Row:
        """Return the row at a place of the list."""
        return self._rows[place]

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        """Return what a role shows of a row."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return row.spoken
            case int() if role == ROW_ROLE:
                return row
            case int() if role == TRACKS_ROLE:
                return self._tracks[index.row()]
            case int() if role == LANES_ROLE:
                return self._lanes
        return None
