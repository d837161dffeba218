"""Known names found in a text, however they are typed, in any script; names inside longer words are left alone."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import msgspec

from alliance_desktop.domain.unnamed.ordinary import ALSO_NAMES, GENERIC, TITLES
from alliance_desktop.domain.unnamed.words import (
    UNSPACED,
    Word,
    is_capitalised,
    is_cased,
    is_unspaced,
    letters,
    same,
    words,
)

_BETWEEN = re.compile(r"[\s'’‘ʼ`´‐‑‒–\-·._/@+()&:#]{1,5}")
_SENTENCE_END = re.compile(r"\.\s")
_INITIAL = 3
"""A word of so many letters before a full stop is an initial or a title, and no end of a sentence."""
_PREFIXES = {"\u0600": frozenset("وفبلك"), "\u0590": frozenset("והבלמשכ")}
"""What clings to the front of a name in Arabic and Hebrew: "and", "to", "from"."""
_FIRST_CLINGING, _LAST_CLINGING = "\u0590", "\u06ff"
_MOST_PREFIXES = 2
_LEAST_CLUNG_TO, _MOST_ENDING, _LEAST_JOINED = 4, 2, 6
"""How many letters a name has at least behind which so many more are an ending, and two names in one word."""
_LEAST_LONG, _LONG_ENDING = 5, 3
"""A name of so many letters may have a longer ending."""
_LETTER = re.compile(rf"[^\W\d_{UNSPACED}]")


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """Something that the vault knows by name, and the role that is said in its place.

    `whose` tells one person or place from another; of several with the same name the one that a text is about comes
    first, then the lowest `rank`. `sure` is False for what may mean something else, and what has `capital` is only
    meant where it begins with one. A title goes with a `person`, and with a `place` the words behind it that say which
    kind of place it is. What is for the `eye` is part of a name that says too little to be replaced: it is only listed.
    """

    words: str
    role: str
    whose: str
    rank: int = 5
    sure: bool = True
    capital: bool = False
    person: bool = False
    place: bool = False
    eye: bool = False


class Match(NamedTuple):
    """A known name in a text: where it stands, and what it is."""

    start: int
    end: int
    known: Known
    sure: bool


class Names:
    """All known names, ready to be looked for: each text is gone through once, however many names there are.

    Those among `ordinary` and `also` are words as well, and need their capital.
    """

    def __init__(
        self, known: Sequence[Known], ordinary: frozenset[str] = frozenset(), also: frozenset[str] = ALSO_NAMES
    ) -> None:
        self._ordinary = also | ordinary
        self._parts: set[str] = set()
        self._letters: set[str] = set()
        self._signs: set[str] = set()
        """What is only listed: parts of names, whole names of one letter, and signs of scripts without spaces."""
        self._spaced: dict[tuple[str, ...], list[Known]] = defaultdict(list)
        self._runs: dict[str, list[Known]] = defaultdict(list)
        self._has_signs = False
        """Whether a name has no letter at all, such as an emoji."""
        self._lengths: dict[str, list[int]] = {}
        self._run_lengths: dict[str, list[int]] = {}
        for one in known:
            self._add(one)
        self._lengths = _by_first(self._spaced)
        self._run_lengths = _by_first(self._runs)

    @property
    def begins(self) -> Iterable[str]:
        """With which words the names of scripts with spaces begin, as they are compared."""
        return self._lengths

    def has_runs(self, text: str) -> bool:
        """Say whether a text has to be gone through letter by letter."""
        return self._has_signs or (bool(self._runs) and is_unspaced(text))

    def found(self, text: str, about: str = "") -> list[Match]:
        """Return the known names in a text, the longest first where one holds another, in no particular order."""
        runs = self._in_runs(text, about) if self.has_runs(text) else ()
        return [*(self._in_words(text, about) if self._spaced else ()), *runs]

    def parts(self, text: str) -> Iterator[Word]:
        """Yield what is part of a known name and too little to be replaced, and names of one letter left in a text."""
        for one in words(text) if self._parts or self._letters else ():
            if one.same in self._letters or (one.same in self._parts and is_capitalised(text[one.start : one.end])):
                yield one
        for at, sign in enumerate(text) if self._signs else ():
            if letters(sign) in self._signs:
                yield Word(at, at + 1, letters(sign))

    def small(self, text: str) -> Iterator[Word]:
        """Yield the words that are names as well, and stand in a text with a small letter."""
        for one in words(text):
            known = (one.same,) in self._spaced and self._is_ordinary((one.same,))
            if known and one.same not in self._letters and not is_capitalised(text[one.start : one.end]):
                yield one

    def alike(self, text: str) -> Iterator[Word]:
        """Yield the words that are a known name with an ending that clings to it, or two names in one word."""
        told: dict[str, bool] = {}
        for one in words(text):
            if one.same not in told:
                told[one.same] = self._is_alike(one.same)
            if told[one.same]:
                yield one

    def _is_alike(self, said: str) -> bool:
        if (said,) in self._spaced or len(said) <= _LEAST_CLUNG_TO:
            return False
        stems = [said[: len(said) - ending] for ending in range(_MOST_ENDING + 1)]
        longer = said[:-_LONG_ENDING]
        if any(self._is_clung_to(one) for one in stems[1:]) or (
            len(longer) >= _LEAST_LONG and self._is_clung_to(longer)
        ):
            return True
        return any(self._is_joined(one) for one in stems)

    def _is_clung_to(self, stem: str) -> bool:
        return len(stem) >= _LEAST_CLUNG_TO and (stem,) in self._spaced

    def _is_joined(self, stem: str) -> bool:
        if len(stem) < _LEAST_JOINED:
            return False
        halves = ((stem[:at], stem[at:]) for at in range(2, len(stem) - 1))
        return any((first,) in self._spaced and (second,) in self._spaced for first, second in halves)

    def _add(self, one: Known) -> None:
        parts = tuple(word.same for word in words(one.words) if word.same)
        if one.eye:
            (self._signs if is_unspaced(one.words) else self._parts).add(parts[0] if parts else letters(one.words))
            return
        if len(parts) == 1 and len(parts[0]) == 1 and is_cased(one.words):
            self._letters.add(parts[0])
        if is_unspaced(one.words) or not parts:
            run = "".join(letters(letter) for letter in one.words)
            if run.strip():
                self._runs[run].append(one)
                self._has_signs = self._has_signs or not is_unspaced(one.words)
            return
        self._spaced[parts].append(one)
        # O'Connor is also typed OConnor, and Mary-Jane as Maryjane.
        if len(parts) > 1 and not re.search(r"[\s,]", one.words.strip()):
            self._spaced[("".join(parts),)].append(one)

    def _in_words(self, text: str, about: str) -> Iterator[Match]:
        found, free = words(text), 0
        for at, one in enumerate(found):
            if at < free or not (one.same in self._lengths or _FIRST_CLINGING <= one.same[:1] <= _LAST_CLINGING):
                continue
            match, count = self._at(text, found, at, about)
            if match is not None:
                yield match
                free = at + count

    def _at(self, text: str, found: list[Word], at: int, about: str) -> tuple[Match | None, int]:
        """Return the longest name that begins with a word, and how many words it takes."""
        for start, first in _fronts(text, found[at]):
            for count in self._lengths.get(first, ()):
                taken = found[at : at + count]
                key = (first, *(one.same for one in taken[1:]))
                if len(taken) == count and key in self._spaced and _belong(text, taken):
                    span = (start, taken[-1].end)
                    if self._may_mean(text, span, key):
                        return self._match(text, span, found, at, key, about), count
        return None, 1

    def _match(
        self, text: str, span: tuple[int, int], found: list[Word], at: int, key: tuple[str, ...], about: str
    ) -> Match:
        known, clear = _best(self._spaced[key], about)
        start, end = span
        if start > found[at].start:
            clear = False
        elif known.person:
            start = _with_title(text, found, at)
        elif known.place:
            end = _with_kind(text, found, at + len(key))
        return Match(start, end, known, clear and known.sure and not self._is_ordinary(key))

    def _may_mean(self, text: str, span: tuple[int, int], key: tuple[str, ...]) -> bool:
        """Say whether the words at a place can be the name: one that is a word as well needs its capital."""
        said = text[span[0] : span[1]]
        if not self._is_ordinary(key) or not is_cased(said):
            return True
        if len(said) == 1:
            return said.isupper() and said != "I" and not _begins_sentence(text, span[0])
        return is_capitalised(said)

    def _is_ordinary(self, key: tuple[str, ...]) -> bool:
        """Say whether a name may be an ordinary word, which needs its capital."""
        if len(key) > 1:
            return False
        return key[0] in self._ordinary or all(one.capital for one in self._spaced[key])

    def _in_runs(self, text: str, about: str) -> Iterator[Match]:
        """Yield names of scripts without spaces, found letter by letter."""
        run, places = _run(text)
        free = 0
        for at, letter in enumerate(run):
            end = self._run_end(text, run, places, at) if letter in self._run_lengths and at >= free else 0
            if end:
                known, clear = _best(self._runs[run[at:end]], about)
                yield Match(places[at], places[end - 1] + 1, known, clear and known.sure and end - at > 1)
                free = end

    def _run_end(self, text: str, run: str, places: list[int], at: int) -> int:
        for count in self._run_lengths[run[at]]:
            end = at + count
            if end <= len(run) and run[at:end] in self._runs and _is_whole(text, places, at, end):
                return end
        return 0


def _by_first(known: dict[Any, list[Known]]) -> dict[str, list[int]]:
    lengths: defaultdict[str, set[int]] = defaultdict(set)
    for key in known:
        lengths[key[0]].add(len(key))
    return {first: sorted(found, reverse=True) for first, found in lengths.items()}


def _best(known: Sequence[Known], about: str) -> tuple[Known, bool]:
    """Return which of several with the same name is meant, and whether that is clear."""
    ranked = sorted(known, key=lambda one: (one.rank != 0, one.whose != about, one.rank))
    first = ranked[0]
    level = (first.rank, first.whose == about)
    return first, all(one.role == first.role or (one.rank, one.whose == about) != level for one in ranked)


def _fronts(text: str, word: Word) -> Iterator[tuple[int, str]]:
    """Yield how a word may begin a name: as it stands, and in Arabic or Hebrew without what clings to its front."""
    yield word.start, word.same
    first = word.same[:1]
    clinging = next((found for block, found in _PREFIXES.items() if block <= first < chr(ord(block) + 0x100)), None)
    if clinging is None:
        return
    start, left = word.start, word.same
    for _ in range(_MOST_PREFIXES):
        if left[:1] not in clinging or len(left) < 3:
            return
        left = left[1:]
        start += 1
        while start < word.end and same(text[start]) != left[0]:
            start += 1
        yield start, left


def _belong(text: str, taken: Sequence[Word]) -> bool:
    """Say whether words stand together as one name: nothing but a space, a hyphen or an initial's dot between them."""
    for one, after in pairwise(taken):
        between = text[one.end : after.start]
        if not _BETWEEN.fullmatch(between):
            return False
        if _SENTENCE_END.match(between) and one.end - one.start > _INITIAL:
            return False
    return True


def _with_title(text: str, found: list[Word], at: int) -> int:
    """Return where a name begins with its title: "Mrs" goes along."""
    if at and found[at - 1].same in _TITLES and text[found[at - 1].end : found[at].start].strip() in {"", "."}:
        return found[at - 1].start
    return found[at].start


def _with_kind(text: str, found: list[Word], at: int) -> int:
    """Return where a place ends with the words that say which kind it is: "Riverside" takes "School" along."""
    while at < len(found) and found[at].same in _KINDS and text[found[at - 1].end : found[at].start] == " ":
        at += 1
    return found[at - 1].end


_TITLES = frozenset(same(one) for one in TITLES)
_KINDS = frozenset(same(one) for one in GENERIC)


def _begins_sentence(text: str, at: int) -> bool:
    before = text[:at].rstrip(" \t\"'“‘(") if at < 80 else text[at - 80 : at].rstrip(" \t\"'“‘(")
    return not before or before[-1] in ".!?…\n:;"


def _run(text: str) -> tuple[str, list[int]]:
    """Return a text letter by letter as it is compared, and where each came from."""
    told = {one: letters(one) for one in set(text)}
    places = [at for at, one in enumerate(text) for _ in told[one]]
    return "".join([told[one] for one in text]), places


def _is_whole(text: str, places: list[int], at: int, end: int) -> bool:
    """Say whether a run takes whole characters, with their marks, and cuts no word of a script with spaces."""
    first, last = places[at], places[end - 1]
    if (at and places[at - 1] == first) or (end < len(places) and places[end] == last):
        return False
    after = text[last + 1 : last + 2]
    if after and unicodedata.category(after).startswith("M"):
        return False
    cut_front = _LETTER.match(text[first]) and first and _LETTER.match(text[first - 1])
    return not cut_front and not (_LETTER.match(text[last]) and after and _LETTER.match(after))
