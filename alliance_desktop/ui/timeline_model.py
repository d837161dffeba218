"""The lines of a timeline for a list view; what a line says is asked of the timeline when it is looked at."""

import datetime
from bisect import bisect_right
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QStringListModel, Qt

from alliance_desktop.domain import timeline
from alliance_desktop.domain.timeline import Line, MonthRow, Row, Spot, Track, Tracks, Zoom
from alliance_desktop.services.timeline import Timeline

_Index = QModelIndex | QPersistentModelIndex
_NEAR = 12
"""So many lines on either side are read along with one."""


class TimelineModel(QStringListModel):
    """The lines of one client's story; the spoken sentence of a line is its accessible text, and all it displays.

    Qt asks how many lines there are twice for each of them whenever it lays the list out, so that Qt itself counts them
    here, as empty texts; what they say is asked for where it is seen.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timeline: Timeline | None = None
        self._places: Sequence[int] = ()
        self._shown: list[Spot] = []
        self._instead: Mapping[int, Row] = {}
        self._lines: list[Line] = []
        self._firsts: list[int] = []
        self._tracks = Tracks(())
        self._months: dict[int, MonthRow] = {}
        self.zoom = Zoom.WEEK

    def show(
        self, story: Timeline, places: Sequence[int], zoom: Zoom, instead: Mapping[int, Row] | None = None
    ) -> None:
        """Show these places of a story; `instead` are rows that are told otherwise than they stand there."""
        self._timeline, self._places, self.zoom, self._instead = story, places, zoom, instead or {}
        self._shown = [story.spots[at] for at in places]
        self._lines = timeline.lines(self._shown, zoom)
        self._firsts = [one.first for one in self._lines]
        self._months = {}
        pointed = ((at, one.row) for at, one in enumerate(self._shown) if one.row is not None)
        self._tracks = Tracks((self._line_of(at), row) for at, row in pointed if row.point is not None)
        self.setStringList([""] * len(self._lines))

    def is_part_of(self, story: Timeline) -> bool:
        """Say whether what is shown is this story, with something left out."""
        return story is self._timeline and len(self._places) < len(story.spots)

    @property
    def strains(self) -> int:
        """How many strains run side by side at the most."""
        return self._tracks.lanes

    def line(self, at: int) -> Line:
        """Return what a line stands for."""
        return self._lines[at]

    def spot(self, at: int) -> Spot:
        """Return where the first row of a line stands in the story; that of a heading is the one beneath it."""
        return self._shown[self._lines[at].first]

    def days(self, at: int) -> tuple[datetime.date, datetime.date]:
        """Return the days of the first and of the last row of a line."""
        line = self._lines[at]
        return self._shown[line.first].on, self._shown[max(line.first, line.last - 1)].on

    def row(self, at: int) -> Row:
        """Return the row of a line that stands for one."""
        first = self._lines[at].first
        place = self._places[first]
        if place in self._instead or self._timeline is None:
            return self._instead[place]
        if not self._timeline.is_told(place):
            self._timeline.tell(self._places[max(0, first - _NEAR) : first + _NEAR])
        return self._timeline[place]

    def month(self, at: int) -> MonthRow:
        """Return what a line that stands for a month tells."""
        if at not in self._months:
            line = self._lines[at]
            self._months[at] = timeline.month_row(self._rows(self._places[line.first : line.last]))
        return self._months[at]

    def rows(self) -> list[Row]:
        """Return every row that is shown, whether it has a line of its own or not."""
        return self._rows(self._places)

    def tracks(self, at: int) -> tuple[Track, ...]:
        """Return the pieces of the arcs beside a line."""
        return self._tracks.at(at)

    def is_heading(self, at: int) -> bool:
        """Say whether a line is only a heading, which the cursor passes by."""
        return self._lines[at].first == self._lines[at].last

    def at_key(self, key: tuple[object, ...]) -> int:
        """Return the line of a spot, or -1 where it is not shown."""
        return next((self._line_of(at) for at, one in enumerate(self._shown) if one.key == key), -1)

    def at_place(self, place: int) -> int:
        """Return the line of a place in the story, or -1 where it is not shown."""
        return next((self._line_of(at) for at, one in enumerate(self._places) if one == place), -1)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Let the cursor pass headings by."""
        if index.isValid() and index.row() < len(self._lines) and self.is_heading(index.row()):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        """Return what a line says."""
        said = role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}
        if not said or not index.isValid() or index.row() >= len(self._lines):
            return None
        at = index.row()
        if self.is_heading(at):
            return self._lines[at].heading
        return self.month(at).spoken if self._lines[at].month else self.row(at).spoken

    def _rows(self, places: Sequence[int]) -> list[Row]:
        if self._timeline is None:
            return []
        told = iter(self._timeline.rows([at for at in places if at not in self._instead]))
        return [self._instead[at] if at in self._instead else next(told) for at in places]

    def _line_of(self, at: int) -> int:
        return bisect_right(self._firsts, at) - 1
