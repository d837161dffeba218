"""A text without the names it holds: what stood there, what is said instead, and why."""

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

import msgspec

from alliance_desktop.domain.unnamed.ages import ages
from alliance_desktop.domain.unnamed.by_hand import Hand
from alliance_desktop.domain.unnamed.matching import Known, Match, Names
from alliance_desktop.domain.unnamed.reach import ROLES, Way, ways
from alliance_desktop.domain.unnamed.weeks import Weeks, dates
from alliance_desktop.domain.unnamed.words import is_capitalised

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
        by_hand = Names([_as_known(one) for one in hands])
        found = [self._spans(one, by_hand) for one in passages]
        told = _numbered(span.known for spans in found for span in spans if span.why is Why.NAME)
        return [tuple(_pieces(one.text, spans, told)) for one, spans in zip(passages, found, strict=True)]

    def _spans(self, passage: Passage, by_hand: Names) -> list[_Span]:
        text, taken = passage.text, bytearray(len(passage.text))
        found: list[_Span] = []
        if passage.ours:
            found.append(_Span(0, passage.ours, Why.OURS, ""))
            taken[: passage.ours] = b"\1" * passage.ours
        names = self.names.found(text, passage.about)
        for spans in (
            (_of_hand(one) for one in by_hand.found(text) if _as_typed(text, one)),
            self._of_dates(passage),
            self._of_reach(text, names),
            (_Span(one.start, one.end, Why.NAME, one.known.role, one.known, one.sure) for one in _joined(text, names)),
            (_Span(one.start, one.end, Why.AGE, one.band) for one in ages(text)),
        ):
            for span in spans:
                if taken.find(1, span.start, span.end) < 0:
                    taken[span.start : span.end] = b"\1" * (span.end - span.start)
                    found.append(span)
        return sorted(found)

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


def _numbered(found: Iterable[Known | None]) -> Callable[[Known], str]:
    """Return how each person is told: the role, numbered where several have it."""
    whose: dict[str, dict[str, int]] = {}
    for one in found:
        if one is not None:
            mine = whose.setdefault(one.role, {})
            mine.setdefault(one.whose, len(mine) + 1)
    return lambda one: (
        f"{one.role} {whose[one.role][one.whose]}" if one.person and len(whose[one.role]) > 1 else one.role
    )


def _pieces(text: str, spans: Sequence[_Span], told: Callable[[Known], str]) -> Iterator[Piece]:
    at = 0
    for span in spans:
        if span.start > at:
            yield Piece(text[at : span.start])
        said = told(span.known) if span.known is not None else span.said
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
