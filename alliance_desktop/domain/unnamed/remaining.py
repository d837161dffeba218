"""What is left in a text for the eye: capitals, numbers, e-mail addresses, and known names written another way."""

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from alliance_desktop.domain.unnamed.matching import Names
from alliance_desktop.domain.unnamed.ordinary import BEGIN_SENTENCES, PRONOUNS, WEEKDAYS
from alliance_desktop.domain.unnamed.reach import Way, ways
from alliance_desktop.domain.unnamed.replacing import Piece, Why
from alliance_desktop.domain.unnamed.words import Word, is_capitalised, is_cased, same, words

_NUMBER = re.compile(r"\d(?:[\d.,:/]{0,20}\d)?")
_MOST_WORDS = 6
_OPENS = frozenset(".!?…\n·:;–—-“‘\"'«„(•*")
_JOINS = frozenset({" ", "-", "’", "'", "\u00a0", "‑"})
_UNCASED = re.compile(r"[\u0590-\u08ff\u0900-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\ua4cf\uac00-\ud7af]")
_PLAIN_STARTS = frozenset(same(one) for one in BEGIN_SENTENCES | WEEKDAYS)
_NOBODY = frozenset(same(one) for one in WEEKDAYS | PRONOUNS)


class Left(StrEnum):
    """What kind of thing is left to look at, the most telling first."""

    EMAIL = "email"
    PHONE = "phone"
    LINK = "link"
    UNSURE = "unsure"
    SMALL = "small"
    CAPITAL = "capital"
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


def remaining(texts: Sequence[Sequence[Piece]], names: Names) -> list[Remaining]:
    """Return what is left to look at in texts whose names were replaced, by kind and in the order it comes."""
    found: dict[tuple[Left, str], Remaining] = {}
    for number, pieces in enumerate(texts):
        for kind, said, at in _of_text(pieces, names):
            before = found.get((kind, said))
            found[(kind, said)] = (
                before._replace(times=before.times + 1) if before else Remaining(kind, said, 1, number, at)
            )
    order = list(Left)
    return sorted(found.values(), key=lambda one: (order.index(one.kind), one.passage, one.at))


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
    for number in _NUMBER.finditer(text):
        if not taken[number.start()]:
            yield Left.NUMBER, number[0], number.start()
    for word in names.small(text):
        if not taken[word.start]:
            yield Left.SMALL, text[word.start : word.end], word.start
    for start, end, opening in capitals(text, whole, begins):
        if not taken[start]:
            yield Left.OPENING if opening else Left.CAPITAL, text[start:end], start


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
