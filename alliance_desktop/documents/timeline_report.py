"""A client's story on paper: a table from the oldest to the newest, the arc of each strain beside it, how it felt."""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec

from alliance_desktop.documents.timeline_page import (
    ARC_WORDS,
    MARK_WORDS,
    WORDS,
    KeyArc,
    KeyMark,
    Line,
    Point,
    TimelineReport,
)
from alliance_desktop.domain.answers import long_day, short_day
from alliance_desktop.domain.audience import Document, Part, allowed, seen_keys
from alliance_desktop.domain.entry import ArcId, Entry, EntryId
from alliance_desktop.domain.form import Card, Form, Kind, Question
from alliance_desktop.domain.temperature import Level, Met, Moment
from alliance_desktop.domain.timeline import LEVEL, UNREADABLE, Row, Symbol, Track, head, kind_of, strain_words

OTHERS, MINE = "Other people", "Mine"
"""Rows of the forms of these sections: on the page only where others are ticked; never."""
SESSION_WORDS = {
    Symbol.MISSED: "Missed, or cancelled late",
    Symbol.OFF: "Called off or excused",
    Symbol.PARTLY: "Late or cut short",
}
"""All that is said of a session, and told from its mark alone."""
_SESSION = "session"
_OUT_OF_ORDER = {Kind.DATE, Kind.TICK}
"""Answers that say nothing without their question."""


class Told(NamedTuple):
    """One row of the story, the entry it tells with its form, and the pieces of the arcs beside it.

    `entry` and `form` are None where the row is no entry, or where this program does not know them. With `seen` it
    tells only what the client has seen.
    """

    row: Row
    entry: Entry | None = None
    form: Form | None = None
    arcs: tuple[Track, ...] = ()
    seen: bool = False


class Span(NamedTuple):
    """From which day to which day the page tells, and in words what else was left out; None is no bound."""

    first: datetime.date | None = None
    last: datetime.date | None = None
    narrowed: tuple[str, ...] = ()


EVER = Span()


def timeline_report(
    story: Iterable[Told],
    moments: Sequence[Moment],
    span: Span = EVER,
    *,
    code: str,
    name: str | None = None,
    parts: frozenset[Part] = frozenset(),
    sample: bool = False,
) -> TimelineReport:
    """Return the page of a client's story, oldest first, with how it felt after each session.

    `name` prints only where `Part.NAME` was ticked, how it was for the counsellor only with `Part.MY_TEMPERATURE`.
    """
    told, left_out = _kept(story, parts)
    writer = _Writer(parts, [one.row for one in told])
    lanes = _lanes(told)
    lines = tuple(writer.line(one, lanes) for one in told)
    points = tuple(_points(moments, writer.strains, parts))
    period = _period(span, [one.row.on for one in told] + [one.on for one in moments if one.session])
    with_mine = Part.MY_TEMPERATURE in parts
    return TimelineReport(
        words=WORDS | {"foot": WORDS["foot_private" if with_mine else "foot"]},
        sample=sample,
        head=tuple(filter(None, (code, name if Part.NAME in parts else "", period))),
        facts=span.narrowed,
        lanes=len(lanes),
        marks=tuple(KeyMark(mark=mark, words=words) for mark, words in _marks(told)),
        arcs=tuple(_key(piece for one in lines for piece in one.arcs)),
        lines=lines,
        points=points if any(one.theirs.value or one.mine.value for one in points) else (),
        with_mine=with_mine,
        left_out=_left_out(left_out),
    )


def private_entries(moments: Iterable[Moment]) -> list[EntryId]:
    """Return the entries that tell how it was for the counsellor; nothing else of a private reflection is on it."""
    return list(dict.fromkeys(one.entry for one in moments if one.entry is not None and one.mine.value))


def _kept(story: Iterable[Told], parts: frozenset[Part]) -> tuple[list[Told], int]:
    """Return the rows that are on the page, and of how many this program does not know the form."""
    kept, unknown = [], 0
    for one in story:
        if one.form is None and one.row.arc is None:
            unknown += 1
        elif one.form is None or _is_on(one.row, one.form, parts):
            kept.append(one)
    return kept, unknown


def _is_on(row: Row, form: Form, parts: frozenset[Part]) -> bool:
    if form.drawer or row.symbol is Symbol.LOCKED:
        return Part.SAFEGUARDING in parts
    return form.section != MINE and (form.section != OTHERS or Part.CONTACTS in parts)


class _Writer:
    """Writes the lines of one page: what may be on it of each card is found once."""

    def __init__(self, parts: frozenset[Part], rows: Sequence[Row]) -> None:
        self._parts = parts
        self._asked: dict[tuple[str, int, str], list[Question]] = {}
        arcs = dict.fromkeys(row.arc for row in rows if row.arc is not None)
        self._numbers: dict[ArcId, int] = {arc: number for number, arc in enumerate(arcs, 1)}
        self.strains: dict[datetime.date, list[str]] = {}
        for row in rows:
            if row.arc is not None and row.symbol is not Symbol.OPEN:
                kind, about = self._strain(row)
                self.strains.setdefault(row.on, []).append(f"{kind}, {about}")

    def line(self, told: Told, lanes: Mapping[int, int]) -> Line:
        """Return one line of the table."""
        row = told.row
        kind, about = self._strain(row) if row.arc is not None else (row.title, "")
        arcs = tuple(msgspec.structs.replace(one, lane=lanes[one.lane]) for one in told.arcs)
        return Line(
            on=short_day(row.on) if row.said_on == long_day(row.on) else row.said_on,
            mark="" if row.arc is not None else str(row.symbol),
            kind=f"{kind} (draft)" if row.draft else kind,
            about=about,
            text=self._text(told),
            arcs=arcs,
        )

    def _strain(self, row: Row) -> tuple[str, str]:
        word, _ = strain_words(row, kept=Part.RECORD in self._parts)
        number = self._numbers[row.arc] if row.arc is not None else 0
        return f"{word[:1].upper()}{word[1:]}", f"strain {number}"

    def _is_session(self, told: Told) -> bool:
        return told.entry is not None and told.form is not None and kind_of(told.form) == _SESSION

    def _text(self, told: Told) -> str:
        row = told.row
        if row.symbol is Symbol.OPEN or row.text == UNREADABLE:
            return row.text
        if told.entry is None or told.form is None or row.symbol is Symbol.ADDENDUM or told.form.drawer:
            return ""
        if self._is_session(told):
            return SESSION_WORDS.get(row.symbol, "")
        return head(told.form, self._questions(told, told.form, told.entry), told.entry.answers)

    def _questions(self, told: Told, form: Form, entry: Entry) -> list[Question]:
        """Return what may be told of an entry: what the screen tells of it first, else whatever was agreed."""
        what = (form.id, form.version, entry.card)
        card = form.card(entry.card)
        if what not in self._asked:
            self._asked[what] = [one for one in _in_order(card) if self._allowed(form, one)]
        asked = self._asked[what]
        if told.row.symbol in {Symbol.ADDENDUM, Symbol.LOCKED}:
            return []
        if told.seen:
            seen = seen_keys(card, entry.answers)
            return [one for one in asked if one.key in seen]
        return asked

    def _allowed(self, form: Form, question: Question) -> bool:
        return allowed(Document.TIMELINE_REPORT, form, question, self._parts)


def _in_order(card: Card) -> list[Question]:
    first = [card.question(key) for key in card.summary]
    rest = [one for one in card.questions if one.key not in card.summary and one.kind not in _OUT_OF_ORDER]
    return [*first, *rest]


def _lanes(told: Iterable[Told]) -> dict[int, int]:
    """Return where the strains that run beside these rows stand, without room for those that do not."""
    used = sorted({piece.lane for one in told for piece in one.arcs})
    return {lane: place for place, lane in enumerate(used)}


def _marks(told: Iterable[Told]) -> Iterator[tuple[str, str]]:
    used = {one.row.symbol for one in told if one.row.arc is None}
    yield from ((str(symbol), words) for symbol, words in MARK_WORDS.items() if symbol in used)


def _key(pieces: Iterable[Track]) -> Iterator[KeyArc]:
    used = {shape for piece in pieces if piece.mine for shape in _shapes(piece)}
    yield from (KeyArc(piece=piece, words=words) for shape, (piece, words) in ARC_WORDS.items() if shape in used)


def _shapes(piece: Track) -> Iterator[str]:
    if piece.waits:
        yield "waits"
    if piece.dip > piece.before:
        yield "dips"
    if piece.stays:
        yield "stays"
    elif piece.ends and piece.here <= LEVEL:
        yield "higher" if piece.here < LEVEL else "ends"
    elif piece.dip < piece.before:
        yield "climbs"


def _points(
    moments: Iterable[Moment], strains: Mapping[datetime.date, Sequence[str]], parts: frozenset[Part]
) -> Iterator[Point]:
    with_mine = Part.MY_TEMPERATURE in parts
    for one in moments:
        strain = "; ".join(dict.fromkeys(strains.get(one.on, ["A strain"]))) if one.strain else ""
        yield Point(
            on=short_day(one.on),
            theirs=one.theirs,
            mine=one.mine if with_mine else Level(),
            session=one.session,
            missed=one.met is Met.MISSED,
            off=one.met is Met.OFF,
            strain=strain,
        )


def _period(span: Span, days: Sequence[datetime.date]) -> str:
    first, last = span.first or min(days, default=None), span.last or max(days, default=None)
    if first is None or last is None:
        only = first or last
        return short_day(only) if only is not None else ""
    return short_day(first) if first == last else f"{short_day(first)} to {short_day(last)}"


def _left_out(unknown: int) -> str:
    if not unknown:
        return ""
    many = "1 entry was" if unknown == 1 else f"{unknown} entries were"
    return f"{many} written by a newer version of this program and cannot be told here."
