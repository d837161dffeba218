"""The recovery key as it stands on paper: nine groups of four characters that tell where a mistake is.

The 32 characters of the key lie in two interleaved codewords (even and odd places). Each carries two
Reed-Solomon check symbols over GF(32) in the ninth group, so that one wrong character in each, or two
neighbours changed about, are found and their groups named. Nothing is ever corrected by itself.
"""

import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from alliance_desktop.domain.errors import MistypedRecoveryKeyError

RECOVERY_BYTES = 20
GROUP = 4
CHARACTERS = 36

MARK = "EXEC"
"""The first group of an executor's key, which is no recovery key; see `executor.py`."""

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUES = {one: at for at, one in enumerate(_ALPHABET)} | {"O": 0, "I": 1, "L": 1}
_LIKE_DASHES = "_\u2212\u30fc\u2500\u00af"
_DATA = 32


class Sheet(NamedTuple):
    """How a kind of sheet is written: what its key is called, how long it is, and how many groups stand before.

    `masks` change each character, so that the groups of one kind of sheet are never taken for those of another.
    """

    name: str
    whole: str
    before: int = 0
    masks: tuple[int, ...] = (0,) * CHARACTERS


RECOVERY = Sheet("recovery key", f"A recovery key has {CHARACTERS} characters in nine groups of four")

_NEXT_STEP = "Compare it with the sheet and correct it; the other groups can stay."


def _powers() -> list[int]:
    """Return the powers of x in GF(32) modulo x^5 + x^2 + 1, twice over so that exponents may be added."""
    powers, value = [], 1
    for _ in range(31):
        powers.append(value)
        value <<= 1
        if value & 32:
            value ^= 0b100101
    return powers * 2


_POWER = _powers()
_LOG = {value: at for at, value in enumerate(_POWER[:31])}


def recovery_text(key: bytes) -> str:
    """Return a recovery key of 20 bytes as nine groups of four characters; ValueError for another length."""
    return "-".join(_cut(written(key, RECOVERY)))


def written(key: bytes, sheet: "Sheet") -> str:
    """Return a key of 20 bytes as the characters of a sheet; ValueError for another length."""
    if len(key) != RECOVERY_BYTES:
        raise ValueError("a recovery key has 20 bytes")
    number = int.from_bytes(key, "big")
    symbols = [(number >> (5 * (_DATA - 1 - at))) & 31 for at in range(_DATA)]
    even, odd = _checks(symbols[0::2]), _checks(symbols[1::2])
    symbols += [even[0], odd[0], even[1], odd[1]]
    return "".join(_ALPHABET[one ^ mask] for one, mask in zip(symbols, sheet.masks, strict=True))


def groups(text: str) -> list[str]:
    """Return the groups of four that a recovery key is written and typed in; the last may be shorter."""
    return _cut(bare(text))


def is_recovery(typed: str) -> bool:
    """Say whether what was typed is a recovery key without a mistake, of whichever vault."""
    try:
        return bool(read_recovery(typed))
    except MistypedRecoveryKeyError:
        return False


def read_recovery(typed: str) -> bytes:
    """Return the 20 bytes of a typed recovery key.

    Case, spaces and dashes of any kind do not matter, O is read as 0, I and L as 1; digits of other scripts count.
    MistypedRecoveryKeyError says how many characters are missing or too many, or names the groups to look at.
    """
    plain = bare(typed)
    if plain.startswith(MARK) and len(plain) == len(MARK) + CHARACTERS:
        raise MistypedRecoveryKeyError(
            "This is an executor's key. It opens the executor's view only, from the page of the locked notebook.",
            "Use the recovery sheet here.",
        )
    return read_groups(plain, RECOVERY)


def read_groups(typed: str, sheet: "Sheet") -> bytes:
    """Return the 20 bytes of the groups of a sheet, without what may stand before them; see `read_recovery`."""
    _must_be_whole(typed, sheet)
    unknown = [at for at, one in enumerate(typed) if one not in _VALUES]
    if unknown:
        raise mistyped(unknown, sheet)
    symbols = [_VALUES[one] ^ mask for one, mask in zip(typed, sheet.masks, strict=True)]
    wrong = [_wrong_places(symbols, start) for start in (0, 1)]
    if None in wrong:
        raise MistypedRecoveryKeyError(
            f"Some characters of the {sheet.name} are mistyped.", "Compare every group with the sheet and correct it."
        )
    found = sorted(at for places in wrong for at in places or ())
    if found:
        raise mistyped(found, sheet)
    number = 0
    for one in symbols[:_DATA]:
        number = number << 5 | one
    return number.to_bytes(RECOVERY_BYTES, "big")


def bare(text: str) -> str:
    """Return what was typed without spaces and dashes, in capitals; digits of other scripts as those they stand for."""
    plain = unicodedata.normalize("NFKC", text).upper()
    return "".join(_digit(one) for one in plain if not _is_between(one))


def _is_between(one: str) -> bool:
    """Say whether a sign stands between the groups: a space, or anything that a keyboard has for a dash."""
    return one.isspace() or one in _LIKE_DASHES or unicodedata.category(one) in {"Pd", "Cf"}


def _digit(one: str) -> str:
    """Return a digit of another script as the one it stands for."""
    return str(unicodedata.decimal(one, one))


def _cut(text: str) -> list[str]:
    return [text[at : at + GROUP] for at in range(0, len(text), GROUP)]


def _must_be_whole(typed: str, sheet: "Sheet") -> None:
    missing = CHARACTERS - len(typed)
    if missing:
        many = abs(missing)
        what = "1 character is" if many == 1 else f"{many} characters are"
        how = "missing" if missing > 0 else "too many"
        raise MistypedRecoveryKeyError(
            f"{sheet.whole}; here {what} {how}.",
            "Compare it with the sheet, group by group.",
        )


def mistyped(places: Sequence[int], sheet: "Sheet") -> MistypedRecoveryKeyError:
    """Return what names the groups of a sheet to look at, from the places of their characters."""
    numbers = sorted({at // GROUP + 1 + sheet.before for at in places})
    if len(numbers) == 1:
        return MistypedRecoveryKeyError(f"Group {numbers[0]} of the {sheet.name} looks mistyped.", _NEXT_STEP)
    named = ", ".join(str(one) for one in numbers[:-1]) + f" and {numbers[-1]}"
    next_step = _NEXT_STEP.replace("it with the sheet and correct it", "them with the sheet and correct them")
    return MistypedRecoveryKeyError(f"Groups {named} of the {sheet.name} look mistyped.", next_step)


def _times(a: int, b: int) -> int:
    return _POWER[_LOG[a] + _LOG[b]] if a and b else 0


def _over(a: int, b: int) -> int:
    return _POWER[_LOG[a] - _LOG[b] + 31] if a else 0


def _syndromes(word: Sequence[int]) -> tuple[int, int]:
    first = second = 0
    for at, symbol in enumerate(word):
        first ^= _times(symbol, _POWER[at])
        second ^= _times(symbol, _POWER[2 * at % 31])
    return first, second


def _checks(data: Sequence[int]) -> tuple[int, int]:
    """Return the two check symbols that make both syndromes of data and checks zero (a 2 by 2 system)."""
    one, two = _syndromes(data)
    at = len(data)
    a, b = _POWER[at], _POWER[at + 1]
    a2, b2 = _POWER[2 * at % 31], _POWER[2 * (at + 1) % 31]
    determinant = _times(a, b2) ^ _times(b, a2)
    return _over(_times(one, b2) ^ _times(b, two), determinant), _over(_times(a, two) ^ _times(one, a2), determinant)


def _wrong_places(symbols: Sequence[int], start: int) -> list[int] | None:
    """Return the wrong places of one codeword: none, one, or None where they cannot be located."""
    word = symbols[start::2]
    first, second = _syndromes(word)
    if not first and not second:
        return []
    if not first or not second:
        return None
    at = _LOG[_over(second, first)]
    return [2 * at + start] if at < len(word) else None
