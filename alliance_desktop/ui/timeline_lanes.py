"""Where the parts of a line of the timeline stand: the day, the lanes, the arcs and the words."""

from collections.abc import Mapping

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QFont, QFontMetrics

from alliance_desktop.domain.timeline import DEEPEST, Lane, Zoom

STEPS = DEEPEST + 2
"""Steps an arc is wide: one above level, level, and four down."""
_MARK = 5.0
_COUNTS = {Lane.SESSIONS: 12.5, Lane.OUTREACH: 7.0, Lane.OTHERS: 6.0, Lane.GOALS: 5.5}
"""How wide a lane is for one mark, and for those of a month with their numbers, in widths of a letter."""
_ARC, _ARCS_LEAST, _ARCS_MOST = 6.0, 10.0, 26.0
_WORDS = {Zoom.WEEK: 32.0, Zoom.MONTH: 32.0, Zoom.ALL: 24.0}
_LEAST_WORDS = 14.0
_FOLDED_MARK, _ARCS_FROM, _ARCS_SHARE = 3.0, 60.0, 0.2
_LONGEST_DAY, _LONGEST_MONTH = "~ 28 Mmm 2028", "September 2028"


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
        longest = _LONGEST_MONTH if zoom is Zoom.ALL else _LONGEST_DAY
        begins = float(unit)
        day = self.strong_metrics.horizontalAdvance(longest) + unit * 1.5
        arcs = min(max(strains * _ARC, _ARCS_LEAST), _ARCS_MOST) * unit

        def room(lane: Lane) -> float:
            return _COUNTS.get(lane, _MARK) if zoom is Zoom.ALL else _MARK

        lanes = {lane: arcs if lane is Lane.BETWEEN else room(lane) * unit for lane in Lane}
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

    def names(self) -> Mapping[Lane, tuple[float, float]]:
        """Return where each lane begins and how wide it is, from the near side; none where they are folded."""
        return {} if self.folded else self._lanes

    def mirrored(self, rect: QRectF) -> QRectF:
        """Return a rectangle that is counted from the near side, where it stands on screen."""
        if not self._mirrored:
            return rect
        return QRectF(self._width - rect.right(), rect.top(), rect.width(), rect.height())

    def _placed(self, line: QRect, begins: float, wide: float) -> QRectF:
        placed = self.mirrored(QRectF(begins, line.top(), wide, line.height()))
        return placed.translated(line.left(), 0)
