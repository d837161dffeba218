"""A text without the names it holds: what stood there, what is said instead, and why."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

import msgspec

from alliance_desktop.domain.unnamed.ages import ages
from alliance_desktop.domain.unnamed.by_hand import Hand
from alliance_desktop.domain.unnamed.matching import Known, Match, Names
from alliance_desktop.domain.unnamed.reach import ROLES, Way, ways
from alliance_desktop.domain.unnamed.weeks import Weeks, dates
from alliance_desktop.domain.unnamed.words import is_capitalised, same

_ENDS = frozenset(".!?…\n")
_JOINS = frozenset({" ", "-", "\u00a0", ", "})


class Why(StrEnum):
    """Why a piece of a text is another now."""

    STAYS = ""
    NAME = "name"
    REACH = "reach"
    DATE = "date"
    AGE = "age"
    HAND = "hand"
    KEPT = "kept"
    OURS = "ours"


class Piece(msgspec.Struct, frozen=True, gc=False):
    """Some letters of a text, and what is said in their place; `sure` is False where it may mean something else."""

    text: str
    instead: str = ""
    why: Why = Why.STAYS
    sure: bool = True

    @property
    def said(self) -> str:
        """What stands there in the result."""
        return self.instead if self.is_replaced else self.text

    @property
    def is_replaced(self) -> bool:
        """Whether other words stand in its place."""
        return self.why not in {Why.STAYS, Why.KEPT, Why.OURS}


class Passage(msgspec.Struct, frozen=True, kw_only=True):
    """A text that somebody wrote: about whom, on which day, and from when its weeks are counted.

    `ours` is how many letters at its front are the program's own words, such as what was chosen: they stay.
    """

    text: str
    about: str = ""
    near: datetime.date
    weeks: Weeks
    ours: int = 0


class _Span(NamedTuple):
    start: int
    end: int
    why: Why
    said: str
    known: Known | None = None
    sure: bool = True


class Unnaming:
    """Replaces what is known in texts; `ordinary` are words that are names only with a capital."""

    def __init__(
        self, known: Sequence[Known], ordinary: frozenset[str] = frozenset(), *, month_first: bool = False
    ) -> None:
        self.names = Names(known, ordinary)
        self._reached = frozenset(one.whose for one in known)
        self._month_first = month_first

    def unnamed(self, passages: Sequence[Passage], hands: Iterable[Hand] = ()) -> list[tuple[Piece, ...]]:
        """Return each text in pieces; several people in one role are numbered in the order in which they come."""
        return Reading(self, passages).pieces(hands)

    def spans(self, passage: Passage) -> Iterator[_Span]:
        """Yield what is known in a text, what goes before first; they may lie over one another."""
        text = passage.text
        names = self.names.found(text, passage.about)
        yield from self._of_dates(passage)
        yield from self._of_reach(text, names)
        for one in _joined(text, names):
            yield _Span(one.start, one.end, Why.NAME, one.known.role, one.known, one.sure)
        yield from (_Span(one.start, one.end, Why.AGE, one.band) for one in ages(text))

    def _of_dates(self, passage: Passage) -> Iterator[_Span]:
        for one in dates(passage.text, passage.near, month_first=self._month_first):
            yield _Span(one.start, one.end, Why.DATE, passage.weeks.between(one.first, one.last))

    def _of_reach(self, text: str, names: Sequence[Match]) -> Iterator[_Span]:
        """Yield the ways to reach somebody that are known, or have a known name in them."""
        starts = sorted(names)
        at = 0
        for one in sorted(ways(text)):
            while at < len(starts) and starts[at].start < one.start:
                at += 1
            named = one.way is not Way.PHONE and at < len(starts) and starts[at].end <= one.end
            if named or f"{one.way} {one.same}" in self._reached:
                yield _Span(one.start, one.end, Why.REACH, ROLES[one.way])


class Reading:
    """Texts that are read again after each decision by hand: what is known is looked for in them once."""

    def __init__(self, unnaming: Unnaming, passages: Sequence[Passage]) -> None:
        self._passages = passages
        self._found = [list(unnaming.spans(one)) for one in passages]
        self._bare = [_settled(one, found) for one, found in zip(passages, self._found, strict=True)]
        self._squeezed = [_squeezed(one.text) for one in passages]
        self._numbers: dict[str, dict[str, int]] = {}
        self._pieces: dict[int, tuple[Piece, ...]] = {}

    def pieces(self, hands: Iterable[Hand] = ()) -> list[tuple[Piece, ...]]:
        """Return each text in pieces; several people in one role are numbered in the order in which they come."""
        known = [_as_known(one) for one in hands]
        by_hand, wanted = Names(known), [_squeezed(one.words) for one in known]
        spans = [
            self._with_hands(at, by_hand) if any(one in text for one in wanted) else self._bare[at]
            for at, text in enumerate(self._squeezed)
        ]
        numbers = _numbered(span.known for found in spans for span in found if span.why is Why.NAME)
        if numbers != self._numbers:
            self._numbers, self._pieces = numbers, {}
        return [self._in_pieces(at, found) for at, found in enumerate(spans)]

    def _with_hands(self, at: int, by_hand: Names) -> list[_Span]:
        passage = self._passages[at]
        mine = [_of_hand(one) for one in by_hand.found(passage.text) if _as_typed(passage.text, one)]
        return _settled(passage, [*mine, *self._found[at]]) if mine else self._bare[at]

    def _in_pieces(self, at: int, spans: Sequence[_Span]) -> tuple[Piece, ...]:
        """Return a text in pieces; those of one that no hand has touched are kept."""
        text = self._passages[at].text
        if spans is not self._bare[at]:
            return tuple(_pieces(text, spans, self._numbers))
        if at not in self._pieces:
            self._pieces[at] = tuple(_pieces(text, spans, self._numbers))
        return self._pieces[at]


def _settled(passage: Passage, spans: Iterable[_Span]) -> list[_Span]:
    """Return the spans that stand in a text: of several that lie over one another the first."""
    taken = bytearray(len(passage.text))
    found: list[_Span] = []
    for span in [*([_Span(0, passage.ours, Why.OURS, "")] if passage.ours else []), *spans]:
        if taken.find(1, span.start, span.end) < 0:
            taken[span.start : span.end] = b"\1" * (span.end - span.start)
            found.append(span)
    return sorted(found)


def _squeezed(text: str) -> str:
    """Return the letters and digits of a text as they are compared; without them, words cannot be in it."""
    return "".join([one for one in same(text) if one.isalnum()])


def _as_known(hand: Hand) -> Known:
    return Known(words=hand.words, role=hand.instead, whose=f"hand {hand.words}", rank=0)


def _of_hand(one: Match) -> _Span:
    return _Span(one.start, one.end, Why.HAND if one.known.role else Why.KEPT, one.known.role)


def _as_typed(text: str, one: Match) -> bool:
    """Say whether a word is the one that was named by hand: "Grace" is not "grace"."""
    return is_capitalised(text[one.start : one.end]) == is_capitalised(one.known.words)


def _joined(text: str, names: Iterable[Match]) -> list[Match]:
    """Return names, the longest first; parts of one name that stand side by side are one."""
    found: list[Match] = []
    for one in sorted(names, key=lambda one: (one.start, -one.end)):
        last = found[-1] if found else None
        if last is not None and last.known.whose == one.known.whose and _is_one(text, last, one):
            found[-1] = Match(last.start, max(last.end, one.end), last.known, last.sure or one.sure)
        else:
            found.append(one)
    return sorted(found, key=lambda one: (one.start - one.end, one.start))


def _is_one(text: str, last: Match, one: Match) -> bool:
    """Say whether two parts of a name make one, and are not the same name said twice."""
    before, after = text[last.start : last.end].casefold(), text[one.start : one.end].casefold()
    return text[last.end : one.start] in _JOINS and after not in before and before not in after


def _numbered(found: Iterable[Known | None]) -> dict[str, dict[str, int]]:
    """Return by role who has it, numbered in the order in which they come."""
    whose: dict[str, dict[str, int]] = {}
    for one in found:
        if one is not None:
            mine = whose.setdefault(one.role, {})
            mine.setdefault(one.whose, len(mine) + 1)
    return whose


def _told(one: Known, numbers: dict[str, dict[str, int]]) -> str:
    """Return how a person is told: the role, numbered where several have it."""
    return f"{one.role} {numbers[one.role][one.whose]}" if one.person and len(numbers[one.role]) > 1 else one.role


def _pieces(text: str, spans: Sequence[_Span], numbers: dict[str, dict[str, int]]) -> Iterator[Piece]:
    at = 0
    for span in spans:
        if span.start > at:
            yield Piece(text[at : span.start])
        said = _told(span.known, numbers) if span.known is not None else span.said
        if begins_sentence(text, span.start) and span.why is not Why.HAND:
            said = said[:1].upper() + said[1:]
        yield Piece(text[span.start : span.end], said, span.why, span.sure)
        at = span.end
    if at < len(text):
        yield Piece(text[at:])


def begins_sentence(text: str, at: int) -> bool:
    """Say whether a place in a text is where a sentence begins."""
    before = text[max(0, at - 40) : at].rstrip(" \t\u00a0\"'“”‘’(«»-–•*")
    return (not before and at <= 40) or (bool(before) and before[-1] in _ENDS)
