"""E-mail addresses, telephone numbers and addresses on the net, found in any text in one walk through it."""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from alliance_desktop.domain.unnamed.words import UNSEEN

_LOCAL = re.compile(r"[\w.+%-]{1,64}$")
_HOST = re.compile(r"[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_PHONE = re.compile(rf"(?<![\w.])(?:\+|\(\+?(?=\d{{1,5}}\)))?\d(?:[\s().\-/‐‑–{UNSEEN}]{{0,3}}\d){{6,15}}(?!\w)")
_LINK = re.compile(r"\b(?:https?://|www\.)[^\s<>\"“”]{1,2000}", re.IGNORECASE)
_HANDLE = re.compile(r"(?<![\w@.])@\w{2,40}")
_LONGEST_LOCAL = 64
_LEAST_DIGITS = 6
"""So many last digits tell one number from another, with or without the code of its country."""


class Way(StrEnum):
    """How somebody can be reached."""

    EMAIL = "email"
    PHONE = "phone"
    LINK = "link"


ROLES = {Way.EMAIL: "an e-mail address", Way.PHONE: "a phone number", Way.LINK: "an address on the net"}


class Reached(NamedTuple):
    """A way to reach somebody in a text: where it stands, what it is, and how it is compared."""

    start: int
    end: int
    way: Way
    same: str


def ways(text: str) -> Iterator[Reached]:
    """Yield e-mail addresses, links, names on the net and telephone numbers; they may lie over one another."""
    yield from _emails(text)
    for pattern in (_LINK, _HANDLE):
        for one in pattern.finditer(text):
            said = one[0].rstrip(".,;:!?)’'")
            yield Reached(one.start(), one.start() + len(said), Way.LINK, said.casefold())
    for one in _PHONE.finditer(text):
        yield Reached(one.start(), one.end(), Way.PHONE, digits(one[0])[-_LEAST_DIGITS:])


def digits(text: str) -> str:
    """Return the digits of a text, whatever script they are of."""
    return "".join(str(int(one)) for one in text if one.isdecimal())


def _emails(text: str) -> Iterator[Reached]:
    """Look around each @: looking for what stands before one from every letter would take a long text's square."""
    at = text.find("@")
    while at >= 0:
        before = _LOCAL.search(text[max(0, at - _LONGEST_LOCAL) : at])
        after = _HOST.match(text, at + 1)
        if before is not None and after is not None:
            start, end = at - len(before[0]), after.end()
            yield Reached(start, end, Way.EMAIL, text[start:end].casefold())
        at = text.find("@", at + 1)
