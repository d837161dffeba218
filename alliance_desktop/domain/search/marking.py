"""Where the words that were asked for stand in a text, and a short piece of the text around them."""

import re
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice, takewhile
from typing import NamedTuple

from alliance_desktop.domain.search.asking import Asked, Term
from alliance_desktop.domain.search.cutting import INSIDE_WORD, ONE_WORD, SINGLE, Folded, fits, is_single

Span = tuple[int, int]
"""From where to where, in characters of the text as it was written."""

AROUND = 160
"""About so many characters of a text are shown around what was found."""
_BEFORE = 50
_MARKED = 400
_LETTER = re.compile(INSIDE_WORD)
_NEXT_WORD = re.compile(rf"(?:(?!{INSIDE_WORD})[^{SINGLE}])*({ONE_WORD})")
_SPACE = re.compile(r"\s+")


class Snippet(NamedTuple):
    """A piece of a text on one line, and where the words that were asked for stand in it."""

    text: str
    marks: tuple[Span, ...] = ()


class Match(NamedTuple):
    """Where one of several terms stands in a text."""

    span: Span
    term: int


class Marker:
    """Finds what was asked for in one text after another."""

    def __init__(self, asked: Asked) -> None:
        self._terms = sorted(asked.terms, key=_width)
        self._heads = _heads(self._terms)

    def spans(self, text: str) -> list[Span]:
        """Return where the words stand in a text, from the stretch on in which most of what was asked stands close."""
        return [one.span for one in self._matches(text)[1]]

    def snippet(self, text: str) -> tuple[int, Snippet] | None:
        """Return how much of what was asked stands close in a text, and the piece of it; None where nothing does."""
        most, matches = self._matches(text)
        return (most, piece(text, [one.span for one in matches])) if matches else None

    def _matches(self, text: str) -> tuple[int, list[Match]]:
        """Return how many terms stand close somewhere, and the matches from there on."""
        if not self._terms:
            return 0, []
        told = Folded(text)
        found = [Match(told.written(*span), term) for span, term in islice(self._standing(told.text), _MARKED)]
        most, begin = 0, 0
        for at, one in enumerate(found):
            close = {each.term for each in takewhile(partial(_is_close, one), found[at:])}
            if len(close) > most:
                most, begin = len(close), at
            if most == len(self._terms):
                break
        return most, found[begin:]

    def _standing(self, text: str) -> Iterator[tuple[Span, int]]:
        """Yield where a term stands in a folded text, and which one: of several at one place that of most words."""
        at = 0
        while head := self._heads.search(text, at):
            start = head.start()
            at = start + 1
            for number, term in enumerate(self._terms):
                end = _end_of(term, text, start)
                if end is not None:
                    yield (start, end), number
                    at = end
                    break


def _is_close(one: Match, other: Match) -> bool:
    return other.span[0] < one.span[0] + AROUND - _BEFORE


def piece(text: str, spans: Sequence[Span] = ()) -> Snippet:
    """Return about 160 characters of a text around the first of some spans, with the marks of those in it."""
    first = spans[0] if spans else (0, 0)
    start = _start(text, first[0])
    end = _end(text, max(start + AROUND, first[1]))
    line, at = _on_one_line(text[start:end])
    before, after = "…" * (start > 0), "…" * (end < len(text.rstrip()))
    shift = len(before)
    marks = tuple(
        (at[low - start] + shift, at[min(high, end) - start] + shift) for low, high in spans if start <= low < end
    )
    return Snippet(f"{before}{line}{after}", marks)


def _start(text: str, first: int) -> int:
    """Return where to begin, a little before a word and at the beginning of one."""
    if first <= _BEFORE:
        return 0
    rough = first - _BEFORE
    space = _SPACE.search(text, rough, first)
    return space.end() if space is not None else rough


def _end(text: str, rough: int) -> int:
    if rough >= len(text):
        return len(text.rstrip())
    space = text.rfind(" ", rough - 20, rough)
    return space if space > 0 else rough


def _on_one_line(text: str) -> tuple[str, list[int]]:
    """Return a text with single spaces for all space, and for each place in it the place in that."""
    parts: list[str] = []
    at: list[int] = []
    in_space = False
    for one in text:
        at.append(len(parts))
        if one.isspace():
            if not in_space:
                parts.append(" ")
            else:
                at[-1] = max(len(parts) - 1, 0)
            in_space = True
        else:
            parts.append(one)
            in_space = False
    at.append(len(parts))
    return "".join(parts), at


def _width(term: Term) -> int:
    return -len(term.words)


def _heads(terms: Sequence[Term]) -> re.Pattern[str]:
    """Return what finds where a term may begin: plain letters and nothing else, so that many terms cost little."""
    free = {one.words[0] for one in terms if one.inside or is_single(one.words[0])}
    begun = {one.words[0] for one in terms} - free
    parts = [rf"(?<![a-z0-9])(?:{_either(begun)})"] * bool(begun) + [_either(free)] * bool(free)
    return re.compile("|".join(parts))


def _either(words: set[str]) -> str:
    return "|".join(map(re.escape, sorted(words)))


def _end_of(term: Term, text: str, at: int) -> int | None:
    """Return where a term ends that stands at some place of a folded text; None where it does not stand there."""
    words = term.words
    if not text.startswith(words[0], at):
        return None
    if term.inside:
        return at + len(words[0])
    if at and not is_single(words[0]) and _LETTER.match(text, at - 1):
        return None
    for left, word in zip(range(len(words) - 1, -1, -1), words, strict=True):
        found = _NEXT_WORD.match(text, at)
        if found is None or not fits(found[1], word, begins=term.open and not left):
            return None
        at = found.end()
    return at
