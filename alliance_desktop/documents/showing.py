"""Which characters of a page can be shown, asked of the fonts first and of Typst itself last."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from alliance_desktop.documents.compiling import compiled
from alliance_desktop.documents.fonts import Shelf, covers
from alliance_desktop.documents.text import clusters


def unshown(texts: Iterable[str]) -> frozenset[str]:
    """Return the characters, as people see them, that neither the bundled nor the system's fonts can show."""
    doubtful = frozenset(_doubtful(texts))
    known = sorted(one for one in doubtful if not _is_broken(one) and covers(Shelf.SYSTEM, one))
    return (doubtful - frozenset(known)) | frozenset(_refused(known))


def shelf_for(texts: Iterable[str], faults: frozenset[str]) -> Shelf:
    """Return the fonts that a page needs: the bundled ones, where they show all that can be shown."""
    return Shelf.SYSTEM if frozenset(_doubtful(texts)) - faults else Shelf.BUNDLED


def _doubtful(texts: Iterable[str]) -> Iterator[str]:
    known = list(texts)
    letters = frozenset(one for one in set().union(*known) if one != "\n" and _is_doubtful(one))
    for text in known:
        if not letters.isdisjoint(text):
            found = (one for one in set(clusters(text)) if not letters.isdisjoint(one))
            yield from (one for one in found if _is_doubtful(one))


def _is_doubtful(cluster: str) -> bool:
    return _is_broken(cluster) or not covers(Shelf.BUNDLED, cluster)


def _is_broken(cluster: str) -> bool:
    """Say whether a character is none: a control sign or half a pair, which paper cannot carry."""
    return any(unicodedata.category(one) in {"Cc", "Cs"} or ord(one) & 0xFFFE == 0xFFFE for one in cluster)


def _refused(known: Sequence[str]) -> Iterator[str]:
    """Yield what Typst refuses all the same, because a font lists a character and has no drawing of it."""
    if not known or _draws(known):
        return
    if len(known) == 1:
        yield known[0]
        return
    half = len(known) // 2
    yield from _refused(known[:half])
    yield from _refused(known[half:])


def _draws(known: Sequence[str]) -> bool:
    try:
        compiled("probe.typ", msgspec.json.encode(known).decode(), "pdf", Shelf.SYSTEM)
    except RuntimeError:
        return False
    return True
