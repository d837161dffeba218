"""What was typed into a search, as terms that all have to be found."""

import re
from typing import NamedTuple

from alliance_desktop.domain.search import cutting

MOST = 32
"""So many words are looked for; somebody who pastes a page more is told so."""
LEAST = 2
"""Letters that are enough for the beginning or a part of a word."""

_PIECES = re.compile(r'["“”„«»]([^"“”„«»]*)["“”„«»]?|[^\s"“”„«»]+')


class Term(NamedTuple):
    """Words that stand together. `open` where the last may go on, `inside` where letters may stand around it as well.

    Words are cut and folded, see `cutting`.
    """

    words: tuple[str, ...]
    open: bool = False
    inside: bool = False


class Asked(NamedTuple):
    """Terms, all of which are to be found in one note; none where nothing, or too little, was typed.

    `left_out` where more words were typed than are looked for.
    """

    terms: tuple[Term, ...] = ()
    too_short: bool = False
    left_out: bool = False


def asked(typed: str, *, inside: bool = False) -> Asked:
    """Return what is asked. Every word also finds words that begin with it; what stands in quotation marks does not.

    With `inside` a word also finds those that hold it anywhere. One letter by itself is too short, unless it is a
    word of a script without spaces; beside other words it is found as it stands.
    """
    terms: dict[Term, None] = {}
    room = MOST
    for found in _PIECES.finditer(typed):
        words = tuple(cutting.words(found.group(1) if found.group(1) is not None else found.group()))
        term = _term(words, quoted=found.group(1) is not None, inside=inside) if words else None
        if term is None or term in terms:
            continue
        if len(words) > room:
            # Of a long row of words at the very beginning, at least its own beginning is looked for.
            return Asked(tuple(terms) or (Term(words[:MOST]),), left_out=True)
        terms[term] = None
        room -= len(words)
    alone = len(terms) == 1 and _is_letter(next(iter(terms)))
    return Asked((), too_short=True) if alone else Asked(tuple(terms))


def _term(words: tuple[str, ...], *, quoted: bool, inside: bool) -> Term:
    last = words[-1]
    is_open = not quoted and len(last) >= LEAST and not cutting.is_single(last)
    return Term(words, open=is_open, inside=is_open and inside and len(words) == 1)


def _is_letter(term: Term) -> bool:
    return len(term.words) == 1 and len(term.words[0]) == 1 and not cutting.is_single(term.words[0])
