"""What a counsellor chose for one summary: what is on it, and the words they replaced themselves."""

import msgspec

from alliance_desktop.domain.audience import Part


class Hand(msgspec.Struct, frozen=True):
    """A word that the counsellor replaced, or with nothing in `instead` left as it is; for one page only."""

    words: str
    instead: str = ""


class Checked(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What goes on a summary: the keys of the items, the parts that were ticked, and the words replaced by hand.

    `read` is the digest of the texts that were read beside their originals, empty before.
    """

    items: tuple[str, ...] = ()
    parts: frozenset[Part] = frozenset()
    hands: tuple[Hand, ...] = ()
    read: str = ""
