"""What one line of a client's story is made of: its lane, its mark, its words, and where an arc stands there."""

import datetime
from collections.abc import Mapping
from enum import StrEnum

import msgspec

from alliance_desktop.domain.entry import ArcId, Entry, EntryId, Outline

LEVEL = 0
DEEPEST = 4


class Lane(StrEnum):
    """The lanes of a timeline, in the order they stand."""

    SESSIONS = "sessions"
    BETWEEN = "between"
    OUTREACH = "outreach"
    OTHERS = "others"
    GOALS = "goals"


LANE_WORDS: Mapping[Lane, str] = {
    Lane.SESSIONS: "Sessions",
    Lane.BETWEEN: "Between us",
    Lane.OUTREACH: "Outreach",
    Lane.OTHERS: "Others",
    Lane.GOALS: "Goals",
}

_LANES: Mapping[str, Lane] = {
    "Sessions": Lane.SESSIONS,
    "Between us": Lane.BETWEEN,
    "Outreach": Lane.OUTREACH,
    "Goals and feedback": Lane.GOALS,
}


def lane_of(section: str) -> Lane:
    """Return the lane of a form, by the heading it is offered under; what has no lane of its own is among others."""
    return _LANES.get(section, Lane.OTHERS)


class Symbol(StrEnum):
    """The mark of a row; shape and words carry the meaning, never colour."""

    ATTENDED = "attended"
    MISSED = "missed"
    OFF = "off"
    """Called off by the counsellor, or excused."""
    PARTLY = "partly"
    STAGE = "stage"
    ENDED = "ended"
    LEFT = "left"
    """Ended without repair."""
    REOPENED = "reopened"
    OPEN = "open"
    YES = "yes"
    TRIED = "tried"
    GOAL = "goal"
    ADDENDUM = "addendum"
    LOCKED = "locked"
    OTHER = "other"


class ArcPoint(msgspec.Struct, frozen=True, kw_only=True):
    """Where an arc stands at a row: depth 0 is level, 4 deepest, -1 higher than before."""

    arc: ArcId
    depth: int
    starts: bool = False
    ends: bool = False


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the timeline.

    `title` is the kind in words, `text` the head of what was written, `spoken` the whole sentence.
    Opening the row leads to `entry`, or to the strain `arc` where the row is no entry.
    """

    on: datetime.date
    said_on: str
    symbol: Symbol
    title: str
    text: str
    spoken: str
    lane: Lane = Lane.OTHERS
    entry: EntryId | None = None
    arc: ArcId | None = None
    point: ArcPoint | None = None
    draft: bool = False
    climbs: bool = False
    """Whether the arc climbs here: the stage is done, and not only begun."""


class Spot(msgspec.Struct, frozen=True, gc=False):
    """Where one row of the story stands; `row` tells it, or is None while its words are to be read from `known`.

    `kind` is the shipped form it is of, empty where that is not known; `words` are all that an addendum says.
    """

    on: datetime.date
    lane: Lane
    kind: str = ""
    known: Outline | Entry | None = None
    row: Row | None = None
    words: str = ""

    @property
    def arc(self) -> ArcId | None:
        """The strain it belongs to."""
        return self.row.arc if self.row is not None else None

    @property
    def key(self) -> tuple[object, ...]:
        """What is the same for this row when the story is read again."""
        if self.row is None:
            return (self.known.id if self.known is not None else None, None, "", self.on)
        return (self.row.entry, self.row.arc, self.row.symbol if self.row.arc else "", self.on)
