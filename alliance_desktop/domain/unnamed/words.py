"""The words of a text in any script, each with its place, and folded so that case, accents and joiners do not count."""

import re
import unicodedata
from functools import cache
from typing import NamedTuple

from alliance_desktop.domain.client import folded

UNSPACED = (
    "\u0e00-\u0fff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3040-\u312f\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\ua4cf\ua960-\ua97f\uaa60-\uaa7f\uac00-\ud7ff\uf900-\ufaff\uff66-\uffdc\U00020000-\U0003ffff"
)
"""Scripts written without spaces, or with endings that cling to a name, as a class of characters; Korean is one."""

UNSEEN = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe0f\ufeff"
"""Signs that nobody sees, as a class of characters: within a word they do not count."""

_JOINERS = f"{UNSEEN}\u0640"
_SAME_LETTER = str.maketrans({"ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ۀ": "ه", "٬": "'"})
_UNSPACED = re.compile(f"[{UNSPACED}]")


class Word(NamedTuple):
    """One word of a text: where it stands, and how it is compared."""

    start: int
    end: int
    same: str


def words(text: str) -> list[Word]:
    """Return the words of the scripts that put spaces between them; apostrophes and hyphens part words."""
    known: dict[str, str] = {}
    found = []
    for one in _pattern().finditer(text):
        said = one[0]
        if said not in known:
            known[said] = same(said)
        found.append(Word(one.start(), one.end(), known[said]))
    return found


def same(said: str) -> str:
    """Return a word as it is compared."""
    return folded(said) if said.isascii() else folded(said).translate(_SAME_LETTER)


def is_unspaced(text: str) -> bool:
    """Say whether a text has a letter of a script without spaces between words."""
    return _UNSPACED.search(text) is not None


def is_cased(said: str) -> bool:
    """Say whether a word has letters that can be large or small."""
    return said.lower() != said.upper()


def is_capitalised(said: str) -> bool:
    """Say whether the first letter that can be large is."""
    first = next((one for one in said if is_cased(one)), "")
    return bool(first) and first != first.lower()


@cache
def letters(one: str) -> str:
    """Return one character of a script without spaces as it is compared: taken apart, its marks kept."""
    if one in _PASSED_OVER:
        return ""
    return unicodedata.normalize("NFKD", one) if is_unspaced(one) else same(one)


_PASSED_OVER = frozenset(" \u00a0\u3000\u00b7\u30fb\u2027\uff0e\u200b\u00ad\u200c\u200d\u2060\ufeff-‐‑'’")
"""What may stand within a name of such a script, or not: a space, a middle dot, a hyphen."""


@cache
def _pattern() -> re.Pattern[str]:
    # Not with possessive repeats: up to Python 3.11.4 they leave what they gave up within a word.
    one = f"(?:[^\\W_{UNSPACED}]|[{_marks()}])+"
    return re.compile(f"{one}(?:[{_JOINERS}]+{one})*")


def _marks() -> str:
    """Return the accents and vowel signs that stand behind their letter, as a class of characters."""
    found = (chr(code) for code in range(0x300, 0x1200) if unicodedata.category(chr(code)).startswith("M"))
    return (
        "".join(one for one in found if not is_unspaced(one)) + "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
    )
