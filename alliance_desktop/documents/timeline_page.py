"""The data of a client's timeline on paper, its fixed words and its plain-text twin."""

from collections.abc import Iterator, Mapping

import msgspec

from alliance_desktop.documents.pages import Page
from alliance_desktop.documents.twin import headed, lines_of, rows, section
from alliance_desktop.domain.temperature import Level
from alliance_desktop.domain.timeline import DEEPEST, LEVEL, Symbol, Track

WORDS = {
    "title": "Timeline",
    "foot": "Confidential",
    "foot_private": "Confidential · private reflection inside",
    "page": "Page {n} of {count}",
    "sample": "SAMPLE",
    "date": "Date",
    "between": "Between us",
    "kind": "What it was",
    "told": "What was noted",
    "key": "How to read it",
    "nothing": "Nothing is noted here.",
    "felt": "How it felt after each session",
    "theirs": "Theirs",
    "mine": "Mine",
    "theirs_line": "How it felt for them",
    "mine_line": "How it was for me",
    "warm": "5 warm",
    "cold": "1 cold",
    "missed": "Missed",
    "missed_line": "Missed or called off",
    "off": "Called off",
    "strain": "Strain",
    "strain_line": "A strain, or work on it",
    "besides": "What else there was",
    "numbers": "The numbers",
    "alt": "How it felt after each session from {first} to {last}, as step lines from 1, cold, to 5, warm. "
    "Every number stands in the table that follows.",
}
"""What is printed whoever the client is."""

MARK_WORDS: Mapping[Symbol, str] = {
    Symbol.ATTENDED: "Session",
    Symbol.MISSED: "Session missed, or cancelled late",
    Symbol.OFF: "Session called off or excused",
    Symbol.PARTLY: "Session begun late or cut short",
    Symbol.TRIED: "Outreach",
    Symbol.YES: "Outreach, answered with yes",
    Symbol.GOAL: "Goals and feedback",
    Symbol.OTHER: "Anything else",
    Symbol.ADDENDUM: "Added later",
    Symbol.LOCKED: "Safeguarding, in a drawer of its own",
}
"""What each mark means; the marks of strains are told by their arcs."""

ARC_WORDS: Mapping[str, tuple[Track, str]] = {
    "dips": (
        Track(lane=0, before=LEVEL, dip=DEEPEST, here=DEEPEST, starts=True, mine=True),
        "A strain is noticed or opened again: its line dips, as deep for every strain",
    ),
    "climbs": (Track(lane=0, before=DEEPEST, dip=2, here=2, mine=True), "A step further: it climbs"),
    "ends": (Track(lane=0, before=1, dip=LEVEL, here=LEVEL, ends=True, mine=True), "Ended: it is level again"),
    "higher": (Track(lane=0, before=1, dip=-1, here=-1, ends=True, mine=True), "Ended, stronger than before"),
    "stays": (
        Track(lane=0, before=2, dip=2, here=2, ends=True, mine=True, stays=True),
        "Ended without repair: it stays where it was",
    ),
    "waits": (Track(lane=0, before=2, dip=2, here=2, mine=True, waits=True), "Still open"),
}
"""What each shape of an arc means, with a piece of an arc of that shape."""


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One line: its day, its mark, what it was and of which strain, what was noted, and the arcs beside it."""

    on: str
    mark: str
    kind: str
    about: str = ""
    text: str = ""
    arcs: tuple[Track, ...] = ()


class Point(msgspec.Struct, frozen=True, kw_only=True):
    """One session, or a day with something of a strain: where the two lines stand, and what else there was."""

    on: str
    theirs: Level = Level()
    mine: Level = Level()
    session: bool = True
    missed: bool = False
    off: bool = False
    strain: str = ""


class KeyMark(msgspec.Struct, frozen=True, kw_only=True):
    """One mark and what it means."""

    mark: str
    words: str


class KeyArc(msgspec.Struct, frozen=True, kw_only=True):
    """One shape of an arc and what it means."""

    piece: Track
    words: str


class TimelineReport(Page, frozen=True, kw_only=True):
    """A client's story, oldest first: who it is about and from when to when run along the top of each sheet."""

    template = "timeline.typ"
    title = "Record"

    head: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    lanes: int = 0
    marks: tuple[KeyMark, ...] = ()
    arcs: tuple[KeyArc, ...] = ()
    lines: tuple[Line, ...] = ()
    points: tuple[Point, ...] = ()
    with_mine: bool = False
    left_out: str = ""


@lines_of.register
def _told(page: TimelineReport) -> Iterator[str]:
    words = page.words
    yield from headed(words["title"], " · ".join(page.head), " · ".join(page.facts), words["foot"])
    yield ""
    for line in page.lines:
        kind = f"{line.kind}, {line.about}" if line.about else line.kind
        yield f"- {line.on}: {kind}{f': {line.text}' if line.text else ''}"
    if not page.lines:
        yield words["nothing"]
    yield from ("", page.left_out, "")
    if page.points:
        heads = [words["date"], words["theirs"], *([words["mine"]] if page.with_mine else []), words["besides"]]
        yield from section(words["felt"], *rows(heads, [_cells(one, page) for one in page.points]))


def _cells(point: Point, page: TimelineReport) -> list[str]:
    numbers = [point.theirs.value, *([point.mine.value] if page.with_mine else [])]
    came = page.words["missed"] if point.missed else page.words["off"] if point.off else ""
    return [point.on, *(str(one) if one else "" for one in numbers), "; ".join(filter(None, (came, point.strain)))]
