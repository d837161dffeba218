"""Words that were blacked out in one place and still stand in another, however they are typed there."""

import re
from collections.abc import Callable, Iterable, Iterator

import msgspec

from alliance_desktop.domain.records.blackout import MARK, Span, merged
from alliance_desktop.domain.records.deciding import Decided, Verdict, printed
from alliance_desktop.domain.records.items import Item
from alliance_desktop.domain.unnamed.known import bare, is_common, name_parts
from alliance_desktop.domain.unnamed.matching import Known, Names
from alliance_desktop.domain.unnamed.reach import ways
from alliance_desktop.domain.unnamed.remaining import capitals
from alliance_desktop.domain.unnamed.words import is_capitalised, is_cased, is_unspaced, same, words

_MOST_OF_NAME = 5
"""Of so many words at most each part is looked for by itself; a longer run is a sentence."""
_LEAST_BEGUN = 4
"""A word that begins with one of so many letters says it as well: "abused" after "abuse"."""
_TAKEN_OUT = "|"
"""Stands in place of each letter that is blacked out: it is part of no word, and joins none."""
_REACHING = re.compile(r"[@\d]|www\.|https?:", re.IGNORECASE)
"""What no number, address or name on the net is without."""
_KEPT_READY = 4


class Still(msgspec.Struct, frozen=True, kw_only=True):
    """Where words that are blacked out in a piece still stand: `here` in the piece itself, and in `others`."""

    here: tuple[Span, ...] = ()
    others: tuple[Item, ...] = ()


class Gone:
    """Words that are blacked out, ready to be looked for: the whole of each run, and each part of a name by itself.

    Case, accents, spaces, hyphens, other signs between words and a possessive do not count, and a word may go on. A
    name that is a word as well needs its capital. Parts of `own`, the names of the person whose copy it is, are not
    looked for by themselves.
    """

    def __init__(self, runs: Iterable[str], own: Iterable[str] = ()) -> None:
        mine = {same(part) for name in own for part in (name, *name_parts(name))}
        told = list(dict.fromkeys(bare(run.strip()) for run in runs))
        names = [one for run in told for one in _parts(run) if same(one) not in mine]
        small = [run for run in told if not _is_name(run)]
        large = [run for run in told if _is_name(run)]
        self._names = Names(_known([*large, *names]))
        self._any_case = Names(_known(small), also=frozenset())
        self._sentences = _by_first_word(run for run in told if not is_unspaced(run))
        self._reached = {(one.way, one.same) for run in told for one in ways(run)}
        self._begins = _shortest({*self._names.begins, *self._any_case.begins, *self._sentences})
        self.is_nothing = not told

    def may_stand(self, text: str, fold: str) -> bool:
        """Say whether such words can stand in a text, told from its fold at little cost; True is no promise."""
        for one in self._begins:
            if one in fold:
                return True
        if self._names.has_runs(text) or self._any_case.has_runs(text):
            return True
        return bool(self._reached) and _REACHING.search(text) is not None

    def standing(self, text: str, taken: Iterable[Span] = ()) -> tuple[Span, ...]:
        """Return where such words stand in a text, but for what is `taken` out of it already."""
        if self.is_nothing:
            return ()
        left = list(text)
        for first, last in taken:
            left[first:last] = _TAKEN_OUT * (last - first)
        shown = "".join(left)
        found = (*self._names.found(shown), *self._any_case.found(shown))
        reached = (one for one in ways(shown) if (one.way, one.same) in self._reached) if self._reached else ()
        spans = ((one.start, one.end) for one in (*found, *reached))
        return merged(text, (*spans, *self._word_for_word(shown)))

    def _word_for_word(self, text: str) -> Iterator[Span]:
        """Yield where the words of a whole run stand one after the other, whatever signs are between them."""
        said = words(text)
        for at, one in enumerate(said):
            for begin in range(_LEAST_BEGUN, len(one.same) + 1):
                for run, capital in self._sentences.get(one.same[:begin], ()):
                    if len(run) == 1 and (is_capitalised(text[one.start : one.end]) or not capital):
                        yield one.start, one.end
            for run, _ in self._sentences.get(one.same, ()):
                last = at + len(run) - 1
                if len(run) > 1 and last < len(said) and _is_said(run, [two.same for two in said[at : last + 1]]):
                    yield one.start, said[last].end


class Folds:
    """Texts as words are compared in them, each made once, and what was found in them last.

    What is not in one as letters stands nowhere as a word.
    """

    def __init__(self) -> None:
        self._known: dict[str, str] = {}
        self._gone: dict[tuple[tuple[str, ...], tuple[str, ...]], tuple[Gone, dict[str, bool]]] = {}

    def of(self, text: str) -> str:
        """Return a text as it is compared."""
        if text not in self._known:
            self._known[text] = same(text)
        return self._known[text]

    def gone(self, runs: tuple[str, ...], own: tuple[str, ...]) -> tuple[Gone, dict[str, bool]]:
        """Return words that are blacked out, ready to be looked for, with where they were found to stand or not."""
        key = (runs, own)
        if key not in self._gone:
            if len(self._gone) >= _KEPT_READY:
                del self._gone[next(iter(self._gone))]
            self._gone[key] = Gone(runs, own), {}
        return self._gone[key]


def still(
    decided: Iterable[Decided],
    item: Item,
    spans: Iterable[Span],
    own: Iterable[str] = (),
    folds: Folds | None = None,
) -> Still:
    """Return where words that are to be blacked out in a piece stand besides, in what is printed or may yet be.

    `folds` is what is kept between two times that the same pieces are looked through.
    """
    held = merged(item.text, spans)
    looking = _Looking((item.text[first:last] for first, last in held), own, folds)
    if looking.gone.is_nothing:
        return Still()
    found = tuple(one.item for one in decided if one.item.key != item.key and looking.finds(one))
    return Still(here=looking.gone.standing(item.text, held), others=found)


def still_standing(decided: Iterable[Decided], own: Iterable[str] = (), folds: Folds | None = None) -> list[Item]:
    """Return the pieces, printed or not decided yet, with words in them that are blacked out in this or another one.

    And those whose reason holds such words: every reason stands on the cover.
    """
    all_of_them = list(decided)
    looking = _Looking((run for one in all_of_them for run in _runs(one)), own, folds)
    if looking.gone.is_nothing:
        return []
    return [one.item for one in all_of_them if looking.finds(one)]


class _Looking:
    """Looks for words that are blacked out in one piece after the other."""

    def __init__(self, runs: Iterable[str], own: Iterable[str], folds: Folds | None) -> None:
        self._folds = folds or Folds()
        self.gone, self._found = self._folds.gone(tuple(runs), tuple(own))

    def finds(self, one: Decided) -> bool:
        """Say whether such words stand in what is to be read of a piece, or in the reason that is printed with it."""
        reason = one.decision.reason if one.decision is not None else ""
        return self._stand(one.item.text, lambda: _to_be_read(one)) or self._stand(reason, lambda: reason)

    def _stand(self, text: str, read: Callable[[], str]) -> bool:
        """Say whether such words stand in what is read of a text; that is asked for only where they can."""
        if not self.gone.may_stand(text, self._folds.of(text)):
            return False
        left = read()
        if left not in self._found:
            self._found[left] = bool(self.gone.standing(left))
        return self._found[left]


def _runs(one: Decided) -> Iterator[str]:
    if one.decision is not None and one.decision.verdict is Verdict.BLACK_OUT:
        yield from (one.item.text[first:last] for first, last in merged(one.item.text, one.decision.spans))


def _to_be_read(one: Decided) -> str:
    left = one.item if one.waits else printed(one)
    return left.text.replace(MARK, _TAKEN_OUT) if left is not None else ""


def _is_name(run: str) -> bool:
    return not is_cased(run) or is_capitalised(run)


def _parts(run: str) -> Iterator[str]:
    """Yield the names in a run by themselves; of a sentence those with a capital behind its first word."""
    if len(words(run)) <= _MOST_OF_NAME:
        yield from (one for one in name_parts(run) if not is_common(one))
        return
    for start, end, opening in capitals(run, run, 0):
        if not opening:
            yield run[start:end]
            yield from (one for one in name_parts(run[start:end]) if not is_common(one))


def _by_first_word(runs: Iterable[str]) -> dict[str, list[tuple[tuple[str, ...], bool]]]:
    """Return the words of each run by the first, and whether one that stands alone is meant with its capital only."""
    found: dict[str, list[tuple[tuple[str, ...], bool]]] = {}
    for run in runs:
        said = tuple(one.same for one in words(run))
        if said:
            found.setdefault(said[0], []).append((said, is_capitalised(run) and is_common(run)))
    return found


def _shortest(begins: Iterable[str]) -> tuple[str, ...]:
    """Return how words begin, without those in which another one stands."""
    kept: list[str] = []
    for one in sorted(begins, key=len):
        if not any(other in one for other in kept):
            kept.append(one)
    return tuple(kept)


def _is_said(run: tuple[str, ...], said: list[str]) -> bool:
    goes_on = said[-1].startswith(run[-1]) if len(run[-1]) >= _LEAST_BEGUN else said[-1] == run[-1]
    return goes_on and said[:-1] == list(run[:-1])


def _known(runs: Iterable[str]) -> list[Known]:
    """Return words as they are looked for: written in one as well, and with an "s" for whose something is."""
    found: dict[str, None] = {}
    for run in runs:
        said = [run[one.start : one.end] for one in words(run)]
        found[run] = None
        if 0 < len(said) <= _MOST_OF_NAME and not is_unspaced(run):
            found |= dict.fromkeys(("".join(said), f"{''.join(said)}s", f"{run}s"))
    return [Known(words=one, role="", whose="") for one in found if one.strip()]
