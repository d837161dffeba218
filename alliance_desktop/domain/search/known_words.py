"""All the words there are, in memory: those that begin with some letters, and those that hold them."""

from bisect import bisect_left, insort
from collections.abc import Iterable


class KnownWords:
    """Words in their order, each once."""

    def __init__(self, words: Iterable[str]) -> None:
        self._all = set(words)
        self._sorted = sorted(self._all)
        self._joined = ""

    def __contains__(self, word: str) -> bool:
        return word in self._all

    def __len__(self) -> int:
        return len(self._sorted)

    def add(self, words: Iterable[str]) -> None:
        """Take in words, those that are known already as well."""
        for word in set(words) - self._all:
            self._all.add(word)
            insort(self._sorted, word)
            self._joined = ""

    def beginning(self, start: str) -> list[str]:
        """Return the words that begin so, in their order."""
        return self._sorted[bisect_left(self._sorted, start) : bisect_left(self._sorted, f"{start}\U0010ffff")]

    def holding(self, part: str) -> list[str]:
        """Return the words that hold some letters anywhere, in their order."""
        if not self._joined:
            self._joined = "\n".join(["", *self._sorted, ""])
        found = []
        at = self._joined.find(part)
        while at >= 0:
            end = self._joined.index("\n", at)
            found.append(self._joined[self._joined.rindex("\n", 0, at) + 1 : end])
            at = self._joined.find(part, end)
        return found


def nearest(words: list[str], most: int) -> list[str]:
    """Return no more than so many words: the shortest, which are nearest to what was typed."""
    return words if len(words) <= most else sorted(words, key=lambda one: (len(one), one))[:most]
