"""What makes a passphrase good enough, how strong it is in words, and six words for whoever wants them."""

import math
import unicodedata
from collections.abc import Callable
from functools import cache

import msgspec

from alliance_desktop.resources import resource

FEWEST = 15
MOST = 1024
WORDS = 6

_FEW_DISTINCT = 5
_SHORT_UNIT = 8
_ESTIMATED = 72
_STRENGTHS = (
    "Very easy to guess. Choose something longer or less usual.",
    "Easy to guess. Add a word or two.",
    "Could be guessed with some effort. Another word would help.",
    "Hard to guess.",
    "Very hard to guess.",
)
_OWN_WORDS = frozenset(
    {"alliance", "desktop", "client", "clients", "counselling", "counsellor", "counselor", "diary", "journal"}
    | {"notebook", "notes", "passphrase", "private", "recovery", "repair", "rupture", "secret", "session"}
    | {"sessions", "supervision", "supervisor", "therapist", "therapy", "vault"}
)
_RUNS = ("abcdefghijklmnopqrstuvwxyz" * 3, "0123456789" * 8, "qwertyuiopasdfghjklzxcvbnm" * 3)


class Strength(msgspec.Struct, frozen=True):
    """How hard a passphrase is to guess: from 0 (very easy) to 4 (very hard), and the same in words."""

    score: int
    words: str


def problems(passphrase: str) -> str | None:
    """Return the sentence that speaks against a passphrase, or None where nothing does."""
    plain = unicodedata.normalize("NFKC", passphrase)
    if len(plain) < FEWEST:
        return f"A passphrase needs at least {FEWEST} characters; this one has {len(plain)}."
    if len(plain) > MOST:
        return f"A passphrase can have up to {MOST} characters; this one has {len(plain)}."
    if len(set(plain.casefold())) < _FEW_DISTINCT:
        return "This passphrase repeats the same few characters. Choose several different words."
    if _is_common("".join(one for one in plain.casefold() if one.isalnum())):
        return "This passphrase is made of what people use most often, so it would be tried first. Add unrelated words."
    return None


def strength(passphrase: str) -> Strength:
    """Return how hard a passphrase is to guess; of a long one, its first 72 characters count."""
    # Loaded here because its word lists take a tenth of a second that a start does not have.
    from zxcvbn import zxcvbn

    if not passphrase:
        return Strength(0, "")
    score = int(zxcvbn(passphrase[:_ESTIMATED], user_inputs=sorted(_OWN_WORDS))["score"])
    return Strength(score, _STRENGTHS[score])


def suggest(random: Callable[[int], bytes]) -> str:
    """Return six words picked by chance, with spaces between; `suggestion_bits` says how hard they are to guess."""
    words = _words()
    return " ".join(words[_below(len(words), random)] for _ in range(WORDS))


def suggestion_bits() -> float:
    """Return how hard a suggestion is to guess even for someone who knows the list, in bits (about 70)."""
    return WORDS * math.log2(len(_words()))


@cache
def _words() -> tuple[str, ...]:
    return tuple(resource("words.txt").read_text("utf-8").split())


@cache
def _common() -> frozenset[str]:
    from zxcvbn.frequency_lists import FREQUENCY_LISTS

    return frozenset(FREQUENCY_LISTS["passwords"]) | _OWN_WORDS


def _below(limit: int, random: Callable[[int], bytes]) -> int:
    """Return a number under `limit`, each as likely as another (a draw beyond the last whole round is repeated)."""
    rounds = 65536 - 65536 % limit
    while True:
        drawn = int.from_bytes(random(2), "big")
        if drawn < rounds:
            return drawn % limit


def _is_common(bare: str) -> bool:
    unit = _repeated(bare)
    if unit != bare and len(unit) < _SHORT_UNIT:
        return True
    if any(unit in run or unit in run[::-1] for run in _RUNS):
        return bool(unit)
    return _is_usual(unit) or any(_is_usual(unit[:at]) and _is_usual(unit[at:]) for at in range(1, len(unit)))


def _is_usual(part: str) -> bool:
    return part.isdigit() or part in _common()


def _repeated(bare: str) -> str:
    """Return the shortest text that the whole is a repetition of; the whole where there is none."""
    at = (bare + bare).find(bare, 1)
    return bare[:at] if at > 0 else bare
