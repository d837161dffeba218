"""Where the words that were asked for stand in a text, and a short piece of the text around them."""

import re
from collections.abc import Sequence
from functools import partial
from itertools import islice, pairwise, takewhile
from typing import NamedTuple

from alliance_desktop.domain.search.asking import Asked, Term
from alliance_desktop.domain.search.cutting import INSIDE_WORD, SINGLE, Folded, is_single

Span = tuple[int, int]
"""From where to where, in characters of the text as it was written."""

AROUND = 160
"""About so many characters of a text are shown around what was found."""
_BEFORE = 50
_MARKED = 400
_APART = rf"(?:(?!{INSIDE_WORD})[^{SINGLE}])"
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
        terms = sorted(asked.terms, key=_width)
        self._pattern = re.compile("|".join(f"({_pattern(one)})" for one in terms)) if terms else None

    def spans(self, text: str) -> list[Span]:
        """Return where the words stand in a text, from the stretch on in which most of what was asked stands close."""
        return [one.span for one in self._matches(text)[1]]

    def snippet(self, text: str) -> tuple[int, Snippet] | None:
        """Return how much of what was asked stands close in a text, and the piece of it; None where nothing does."""
        most, matches = self._matches(text)
        return (most, piece(text, [one.span for one in matches])) if matches else None

    def _matches(self, text: str) -> tuple[int, list[Match]]:
        """Return how many terms stand close somewhere, and the matches from there on."""
        if self._pattern is None:
            return 0, []
        told = Folded(text)
        found = [
            Match(told.written(*one.span()), one.lastindex or 0)
            for one in islice(self._pattern.finditer(told.text), _MARKED)
        ]
        most, begin = 0, 0
        for at, one in enumerate(found):
            close = {each.term for each in takewhile(partial(_is_close, one), found[at:])}
            if len(close) > most:
                most, begin = len(close), at
            if most == self._pattern.groups:
                break
        return most, found[begin:]


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


def _pattern(term: Term) -> str:
    """Return the pattern of a term in a folded text."""
    words = term.words
    said = re.escape(words[0])
    for before, word in pairwise(words):
        # Characters of scripts without spaces may stand side by side; words between spaces may not.
        said += f"{_APART}{'*' if is_single(before) or is_single(word) else '+'}{re.escape(word)}"
    first, last = words[0], words[-1]
    if term.inside:
        return said
    ahead = "" if is_single(first) else f"(?<!{_LETTER})"
    behind = "" if is_single(last) else f"{INSIDE_WORD}*" if term.open else f"(?!{INSIDE_WORD})"
    return f"{ahead}{said}{behind}"


_LETTER = INSIDE_WORD.removeprefix("(?:").removesuffix(")")
