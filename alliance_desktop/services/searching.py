"""Looking for a counsellor's own words in files, byte by byte."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

PIECE = 12
"""How many bytes of text are looked for at a time: a word or two, and long enough never to be met by chance."""

MOST_PIECES = 5000

_WORD = re.compile(r"\w+")
_NOT_WORDS = frozenset({"ids", "on", "about", "role"})


def texts(answer: Any) -> Iterator[str]:
    """Yield the texts that somebody typed, out of an answer of any shape; ids and days are none."""
    if isinstance(answer, str):
        yield answer
    elif isinstance(answer, dict):
        for key, one in answer.items():
            if key not in _NOT_WORDS:
                yield from texts(one)
    elif isinstance(answer, list):
        for one in answer:
            yield from texts(one)


def pieces(typed: Iterable[str], most: int = MOST_PIECES) -> frozenset[str]:
    """Return the beginnings of so many words of texts, each with what follows; short texts give none, same ones one."""
    found: dict[bytes, str] = {}
    for text in typed:
        for word in _WORD.finditer(text):
            piece = text[word.start() : word.start() + PIECE]
            if len(piece.encode()) >= PIECE:
                found.setdefault(piece.encode()[:PIECE], piece)
            if len(found) >= most:
                return frozenset(found.values())
    return frozenset(found.values())


class Search:
    """Finds pieces of text in files; each is looked for as UTF-8 and as UTF-16, which some programs write."""

    def __init__(self, wanted: Iterable[str]) -> None:
        self._of: dict[bytes, str] = {}
        for piece in wanted:
            for encoded in (piece.encode("utf-16-le")[:PIECE], piece.encode()[:PIECE]):
                if len(encoded) == PIECE:
                    self._of[encoded] = piece
        used = bytes(sorted({one for piece in self._of for one in piece})) or b"x"
        # Only where enough bytes in a row could be text is each place compared; in encrypted files that is rare.
        self._runs = re.compile(b"[" + re.escape(used) + b"]{%d,}" % PIECE)

    def found(self, chunks: Iterable[bytes]) -> frozenset[str]:
        """Return the pieces that are in a file, given as bytes piece by piece."""
        found: set[str] = set()
        carried = b""
        for chunk in chunks:
            data = carried + chunk
            for run in self._runs.finditer(data):
                text = run[0]
                windows = (text[at : at + PIECE] for at in range(len(text) - PIECE + 1))
                found.update(self._of[one] for one in windows if one in self._of)
            carried = data[-PIECE + 1 :]
        return frozenset(found)
