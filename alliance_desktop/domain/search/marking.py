"""Where the words that were asked for stand in a text, and a short piece of the text around them."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from alliance_desktop.domain.search.asking import Asked, Term
from alliance_desktop.domain.search.cutting import INSIDE_WORD, SINGLE, Folded, is_single

Span = tuple[int, int]
"""From where to where, in characters of the text as it was written."""

AROUND = 160
"""About so many characters of a text are shown around what was found."""
_BEFORE = 50
_MARKED = 40
_APART = rf"(?:(?!{INSIDE_WORD})[^{SINGLE}])"
_SPACE = re.compile(r"\s+")


class Snippet(NamedTuple):
    """A piece of a text on one line, and where the words that were asked for stand in it."""

    text: str
    marks: tuple[Span, ...] = ()


class Marker:
    """Finds what was asked for in one text after another."""

    def __init__(self, asked: Asked) -> None:
        self._pattern = re.compile("|".join(map(_pattern, sorted(asked.terms, key=_width)))) if asked.terms else None

    def spans(self, text: str, most: int = _MARKED) -> list[Span]:
        """Return where the words stand in a text, in its order, and no more than so many."""
        if self._pattern is None:
            return []
        told = Folded(text)
        found = []
        for one in self._pattern.finditer(told.text):
            found.append(told.written(*one.span()))
            if len(found) == most:
                break
        return found

    def snippet(self, text: str) -> Snippet | None:
        """Return the piece of a text around the first word that was asked for; None where none stands in it."""
        spans = self.spans(text)
        return piece(text, spans) if spans else None


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
