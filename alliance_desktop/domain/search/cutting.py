"""A text cut into words as a search compares them, in any script, and the way back to the text as it was written.

Words are without case, accents, ß and apostrophes, as names are in type-to-find. Scripts that put no space between
words (Chinese, Japanese, Thai, Lao, Khmer, Burmese) are cut into their single characters, and so are emoji: a word of
them is then a row of characters that stand together.
"""

import re
from bisect import bisect_right
from functools import lru_cache

from alliance_desktop.domain.client import folded

SINGLE = (
    "\u0e00-\u0eff"  # Thai, Lao
    "\u1000-\u109f\u1780-\u17ff"  # Burmese, Khmer
    "\u2190-\u2bff\U0001f000-\U0001faff"  # signs and emoji
    "\u3005-\u3007\u3040-\u312f\u31f0-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Chinese, Japanese
)
"""What is a word by itself, as a part of a character class."""
_VOWELS = "\u0900-\u0963\u0966-\u0dff\u0f40-\u0fbc\u1b00-\u1b44\ua880-\ua8c5"
"""Scripts of India and Tibet, whose vowels are signs beside the letters."""
INSIDE_WORD = rf"(?:(?![{SINGLE}_])[\w{_VOWELS}])"
"""One letter or digit of a word that is written between spaces."""
ONE_WORD = rf"(?:[{SINGLE}]|{INSIDE_WORD}+)"

_WORD = re.compile(ONE_WORD)
_PLAIN_WORD = re.compile("[a-z0-9]+")
_SINGLE = re.compile(f"[{SINGLE}]")
_FOLDED_APART = re.compile("[^\x00-\x26\x28-\x7f]")
_LONGEST = 64


class Folded:
    """A text as it is compared; `text` is searched, `written` leads back to the text as it was written."""

    def __init__(self, text: str) -> None:
        self._length = len(text)
        self._at: list[int] = []
        self._from: list[int] = []
        self._to: list[int] = []
        parts: list[str] = []
        length = last = 0
        for found in _FOLDED_APART.finditer(text):
            start, end = found.span()
            if start > last:
                length = self._add(parts, length, text[last:start].lower(), (last, -1))
            length = self._add(parts, length, _one_folded(found.group()), (start, end))
            last = end
        self._add(parts, length, text[last:].lower(), (last, -1))
        self.text = "".join(parts)

    def _add(self, parts: list[str], length: int, part: str, span: tuple[int, int]) -> int:
        """Note where a part begins in both texts; the end is -1 for one whose letters stand for themselves."""
        if not part:
            return length
        parts.append(part)
        self._at.append(length)
        self._from.append(span[0])
        self._to.append(span[1])
        return length + len(part)

    def written(self, start: int, end: int) -> tuple[int, int]:
        """Return from where to where a stretch of the folded text stands in the text as it was written."""
        return self._origin(start)[0], self._origin(end - 1)[1]

    def _origin(self, at: int) -> tuple[int, int]:
        part = bisect_right(self._at, at) - 1
        if self._to[part] >= 0:
            return self._from[part], self._to[part]
        found = self._from[part] + at - self._at[part]
        return found, found + 1


def words(text: str) -> list[str]:
    """Return the words of a text as they are compared, in their order."""
    told = fold(text)
    return [one[:_LONGEST] for one in (_PLAIN_WORD if told.isascii() else _WORD).findall(told)]


def fold(text: str) -> str:
    """Return a text as it is compared."""
    return _FOLDED_APART.sub(lambda one: _one_folded(one.group()), text).lower()


def fits(written: str, word: str, *, begins: bool) -> bool:
    """Say whether a word of a folded text is that word as it is compared, or begins with it."""
    return written.startswith(word) if begins else written[:_LONGEST] == word


def is_single(word: str) -> bool:
    """Say whether a word is one character of a script without spaces, or an emoji."""
    return _SINGLE.fullmatch(word) is not None


@lru_cache(maxsize=4096)
def _one_folded(one: str) -> str:
    """Return one character that is no plain letter as it is compared; it may become several, or none."""
    return folded(one).replace("'", "")
