"""What is left in a text for the eye: capitals, numbers, e-mail addresses, and known names written another way."""

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from alliance_desktop.domain.unnamed.by_hand import Hand
from alliance_desktop.domain.unnamed.matching import Names
from alliance_desktop.domain.unnamed.ordinary import BEGIN_SENTENCES, NUMBER_WORDS, PRONOUNS, WEEKDAYS
from alliance_desktop.domain.unnamed.reach import Way, ways
from alliance_desktop.domain.unnamed.replacing import Piece, Why
from alliance_desktop.domain.unnamed.words import Word, is_capitalised, is_cased, same, words

_NUMBER = re.compile(r"\d(?:[\d.,:/]{0,20}\d)?")
_ONES = "one|two|three|four|five|six|seven|eight|nine"
_NUMBER_WORD = re.compile(
    rf"\b(?:{'|'.join(sorted(NUMBER_WORDS, key=len, reverse=True))})(?:[\s-](?:{_ONES}))?\b", re.IGNORECASE
)
_MOST_WORDS = 6
_OPENS = frozenset(".!?…\n·:;–—-“‘\"'«„(•*")
_JOINS = frozenset({" ", "-", "’", "'", "\u00a0", "‑"})
_UNCASED = re.compile(r"[\u0590-\u08ff\u0900-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\ua4cf\uac00-\ud7af]")
_PLAIN_STARTS = frozenset(same(one) for one in BEGIN_SENTENCES | WEEKDAYS)
_NOBODY = frozenset(same(one) for one in WEEKDAYS | PRONOUNS)


class Left(StrEnum):
    """What kind of thing is left to look at, the most telling first."""

    PART = "part"
    UNSURE = "unsure"
    SMALL = "small"
    ALIKE = "alike"
    OTHER_CASE = "other_case"
    CAPITAL = "capital"
    EMAIL = "email"
    PHONE = "phone"
    LINK = "link"
    NUMBER = "number"
    OPENING = "opening"


_OF_WAY = {Way.EMAIL: Left.EMAIL, Way.PHONE: Left.PHONE, Way.LINK: Left.LINK}


class Remaining(NamedTuple):
    """Something left to look at: its words, how often they stand there, and in which text, at which letter, first."""

    kind: Left
    words: str
    times: int
    passage: int
    at: int


_Found = tuple[Left, str, int]


class Looking:
    """What is left to look at, time and again: only the texts that have changed are gone through anew."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._before: dict[tuple[Piece, ...], list[_Found]] = {}

    def remaining(self, texts: Sequence[tuple[Piece, ...]], hands: Sequence[Hand] = ()) -> list[Remaining]:
        """Return what is left in texts whose names were replaced, by kind and in the order it comes."""
        found: dict[tuple[Left, str], Remaining] = {}
        now: dict[tuple[Piece, ...], list[_Found]] = {}
        for number, pieces in enumerate(texts):
            if pieces not in now:
                before = self._before.get(pieces)
                now[pieces] = before if before is not None else list(_of_text(pieces, self._names))
            for kind, said, at in _with_other_case(now[pieces], pieces, hands):
                known = found.get((kind, said))
                found[(kind, said)] = (
                    known._replace(times=known.times + 1) if known else Remaining(kind, said, 1, number, at)
                )
        self._before = now
        order = list(Left)
        return sorted(found.values(), key=lambda one: (order.index(one.kind), one.passage, one.at))


def remaining(texts: Sequence[tuple[Piece, ...]], names: Names, hands: Sequence[Hand] = ()) -> list[Remaining]:
    """Return what is left to look at in texts whose names were replaced, by kind and in the order it comes."""
    return Looking(names).remaining(texts, hands)


def _with_other_case(found: Sequence[_Found], pieces: Sequence[Piece], hands: Sequence[Hand]) -> Iterator[_Found]:
    """Yield what is left in a text, with words replaced by hand that stand there with another first letter."""
    others = set(_in_other_case(pieces, [one.words for one in hands if one.instead]))
    listed = {at for _, _, at in found}
    yield from found
    yield from sorted((one for one in others if one[2] not in listed), key=lambda one: one[2])


def _in_other_case(pieces: Sequence[Piece], replaced: Sequence[str]) -> Iterator[_Found]:
    at = 0
    for one in pieces:
        low = one.text.casefold() if replaced and not one.why else ""
        for said in replaced:
            wanted = said.casefold()
            if low and wanted in low:
                yield from (
                    (Left.OTHER_CASE, one.text[word.start : word.end], at + word.start)
                    for word in _runs(one.text, tuple(part.same for part in words(said)))
                )
        at += len(one.text)


def _runs(text: str, wanted: tuple[str, ...]) -> Iterator[Word]:
    """Yield where some words stand one behind the other."""
    told = words(text)
    for at in range(len(told) - len(wanted) + 1 if wanted else 0):
        run = told[at : at + len(wanted)]
        if tuple(one.same for one in run) == wanted:
            yield Word(run[0].start, run[-1].end, run[0].same)


def has_no_capitals(text: str) -> bool:
    """Say whether a text has letters of a script without capitals, in which an unknown name cannot be told."""
    return _UNCASED.search(text) is not None


def _of_text(pieces: Sequence[Piece], names: Names) -> Iterator[tuple[Left, str, int]]:
    ours = sum(len(one.text) for one in pieces if one.why is Why.OURS)
    whole, at = "".join(one.text for one in pieces), 0
    for one in pieces:
        if one.is_replaced and not one.sure:
            yield Left.UNSURE, one.text, at
        elif not one.why:
            for kind, said, place in _of_piece(one.text, whole[ours:], at - ours, names):
                yield kind, said, at + place
        at += len(one.text)


def _of_piece(text: str, whole: str, begins: int, names: Names) -> Iterator[tuple[Left, str, int]]:
    taken = bytearray(len(text))
    for one in sorted(ways(text), key=lambda one: (one.start - one.end, one.start)):
        if taken.find(1, one.start, one.end) < 0:
            taken[one.start : one.end] = b"\1" * (one.end - one.start)
            yield _OF_WAY[one.way], text[one.start : one.end], one.start
    for kind, start, end in _of_names(text, names):
        if not taken[start]:
            taken[start:end] = b"\1" * (end - start)
            yield kind, text[start:end], start
    for pattern in (_NUMBER, _NUMBER_WORD):
        for number in pattern.finditer(text):
            if not taken[number.start()]:
                taken[number.start() : number.end()] = b"\1" * (number.end() - number.start())
                yield Left.NUMBER, number[0], number.start()
    for start, end, opening in capitals(text, whole, begins):
        if not taken[start]:
            yield Left.OPENING if opening else Left.CAPITAL, text[start:end], start


def _of_names(text: str, names: Names) -> Iterator[tuple[Left, int, int]]:
    """Yield what may be a known name, or part of one, and what kind it is."""
    yield from ((Left.PART, one.start, one.end) for one in names.parts(text))
    yield from ((Left.SMALL, one.start, one.end) for one in names.small(text))
    yield from ((Left.ALIKE, one.start, one.end) for one in names.alike(text))


def capitals(text: str, whole: str, begins: int) -> Iterator[tuple[int, int, bool]]:
    """Yield runs of words with a capital, and whether a sentence begins with one."""
    run: list[Word] = []
    for word in words(text):
        joins = run and text[run[-1].end : word.start] in _JOINS and len(run) < _MOST_WORDS
        if run and not joins:
            yield from _told(run, whole, begins)
            run = []
        if _is_telling(text, word) or (joins and _is_ending(text, run[-1], word)):
            run.append(word)
        elif run:
            yield from _told(run, whole, begins)
            run = []
    if run:
        yield from _told(run, whole, begins)


def _told(run: list[Word], whole: str, begins: int) -> Iterator[tuple[int, int, bool]]:
    opening = _opens(whole, begins + run[0].start)
    while run and (run[0].same in (_PLAIN_STARTS if opening else _NOBODY) or _is_small(whole, begins, run[0])):
        run, opening = run[1:], False
    while run and run[-1].same in _NOBODY:
        run = run[:-1]
    if run:
        yield run[0].start, run[-1].end, opening and len(run) == 1


def _opens(text: str, at: int) -> bool:
    """Say whether something begins at a place: a sentence, words in quotes, what follows a colon or a dash, a cell."""
    before = text[max(0, at - 40) : at].rstrip(" \t\u00a0")
    return (not before and at <= 40) or (bool(before) and before[-1] in _OPENS)


def _is_small(whole: str, begins: int, word: Word) -> bool:
    return not is_capitalised(whole[begins + word.start : begins + word.end])


def _is_telling(text: str, word: Word) -> bool:
    said = text[word.start : word.end]
    return is_cased(said) and is_capitalised(said) and said != "I"


def _is_ending(text: str, before: Word, word: Word) -> bool:
    """Say whether a word is an "s" behind an apostrophe."""
    return text[before.end : word.start] in {"'", "’"} and word.end - word.start == 1
