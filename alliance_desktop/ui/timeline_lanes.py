"""Where the parts of a line of the timeline stand: the day, the lanes, the arcs and the words."""

from collections.abc import Mapping

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QFont, QFontMetrics

from alliance_desktop.domain.timeline import DEEPEST, LANE_WORDS, Lane, Zoom

STEPS = DEEPEST + 2
"""Steps an arc is wide: one above level, level, and four down."""
_MARK = 3.0
_COUNTS = {Lane.SESSIONS: 8.5, Lane.OUTREACH: 4.5, Lane.OTHERS: 4.5, Lane.GOALS: 3.5}
"""How wide a lane is for one mark, and for those of a month with their numbers, in widths of a letter."""
_ARC, _ARC_LEAST, _ARCS_MOST = 6.0, 3.0, 26.0
_WORDS = {Zoom.WEEK: 32.0, Zoom.MONTH: 32.0, Zoom.ALL: 24.0}
_LEAST_WORDS = 14.0
_WORDS_SHARE = 0.6
"""The part of a line that is for its words, where the marks and the arcs can do with the rest."""
_FOLDED_MARK, _ARCS_FROM, _ARCS_SHARE = 3.0, 60.0, 0.2
_LONGEST_DAYS, _LONGEST_MONTH = ("~ 28 Nov 2028", "Week of 28 Nov"), "September 2028"


class Lanes:
    """The columns of a timeline of one width, measured in the width of a letter.

    With too little room the lanes are folded: one mark for each line, and the arcs where they still fit. With less
    they are bare: the day has no column of its own and stands before the words.
    """

    def __init__(self, font: QFont, width: int, strains: int, zoom: Zoom, mirrored: bool) -> None:
        self.font, self.strong = font, QFont(font)
        self.strong.setWeight(QFont.Weight.DemiBold)
        self.metrics, self.strong_metrics = QFontMetrics(font), QFontMetrics(self.strong)
        self.unit = unit = max(1, self.metrics.averageCharWidth())
        self._width, self._mirrored, self.strains = width, mirrored, strains
        begins = float(unit)
        day = self._longest(zoom) + float(unit)

        def room(lane: Lane) -> float:
            return _COUNTS.get(lane, _MARK) if zoom is Zoom.ALL else _MARK

        lanes = {lane: 0.0 if lane is Lane.BETWEEN else room(lane) * unit for lane in Lane}
        spare = width * (1 - _WORDS_SHARE) - begins - day - sum(lanes.values()) - unit * 2
        most, least = min(max(strains, 1) * _ARC, _ARCS_MOST), min(max(strains * _ARC_LEAST, _ARC), _ARCS_MOST)
        lanes[Lane.BETWEEN] = arcs = min(max(spare, least * unit), most * unit)
        self.folded = width - begins * 2 - day - sum(lanes.values()) < _WORDS[zoom] * unit
        if self.folded:
            arcs = min(strains * _ARC * unit, width * _ARCS_SHARE) if width >= _ARCS_FROM * unit else 0.0
            mark = 0.0 if zoom is Zoom.ALL else _FOLDED_MARK * unit
            lanes = {Lane.SESSIONS: mark, Lane.BETWEEN: arcs}
        self.bare = self.folded and width - begins * 2 - day - sum(lanes.values()) < _LEAST_WORDS * unit
        if self.bare:
            day = 0.0
        self._day = (begins, day)
        self._lanes: dict[Lane, tuple[float, float]] = {}
        along = begins + day
        for lane, wide in lanes.items():
            self._lanes[lane] = (along, wide)
            along += wide
        self._words = (along + unit, max(1.0, width - along - unit * 2))

    def day(self, line: QRect) -> QRectF:
        """Return where the day stands in a line."""
        return self._placed(line, *self._day)

    def words(self, line: QRect) -> QRectF:
        """Return where the words stand in a line."""
        return self._placed(line, *self._words)

    def lane(self, lane: Lane, line: QRect) -> QRectF:
        """Return where a lane stands in a line; all share one where they are folded."""
        return self._placed(line, *self._lanes[Lane.SESSIONS if self.folded else lane])

    def arcs(self, line: QRect) -> QRectF:
        """Return where the arcs stand in a line; without any width where there is no room for them."""
        return self._placed(line, *self._lanes[Lane.BETWEEN])

    def arc(self, number: int, line: QRect) -> QRectF:
        """Return where one of the strains that run side by side stands in a line."""
        begins, wide = self._lanes[Lane.BETWEEN]
        each = wide / max(1, self.strains)
        if not self.folded:
            each = min(each, _ARC * self.unit)
        return self._placed(line, begins + each * number, each)

    def rows(self) -> Mapping[Lane, int]:
        """Return in which line of the heading each name stands: the first in which none before it is in the way."""
        ends: list[float] = []
        rows: dict[Lane, int] = {}
        for lane, (begins, _wide) in self.names().items():
            row = next((at for at, end in enumerate(ends) if end <= begins), len(ends))
            ends[row : row + 1] = [begins + self.strong_metrics.horizontalAdvance(LANE_WORDS[lane]) + self.unit * 0.8]
            rows[lane] = row
        return rows

    def names(self) -> Mapping[Lane, tuple[float, float]]:
        """Return where each lane begins and how wide it is, from the near side; none where they are folded."""
        return {} if self.folded else self._lanes

    def mirrored(self, rect: QRectF) -> QRectF:
        """Return a rectangle that is counted from the near side, where it stands on screen."""
        if not self._mirrored:
            return rect
        return QRectF(self._width - rect.right(), rect.top(), rect.width(), rect.height())

    def _longest(self, zoom: Zoom) -> int:
        """Return the width of the longest day, or of the longest month where each line is one."""
        if zoom is Zoom.ALL:
            return self.strong_metrics.horizontalAdvance(_LONGEST_MONTH)
        return max(self.metrics.horizontalAdvance(one) for one in _LONGEST_DAYS)

    def _placed(self, line: QRect, begins: float, wide: float) -> QRectF:
        placed = self.mirrored(QRectF(begins, line.top(), wide, line.height()))
        return placed.translated(line.left(), 0)
