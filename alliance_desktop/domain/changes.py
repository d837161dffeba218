"""What a write touched, so that each view can decide whether it concerns it."""

from enum import StrEnum

import msgspec

from alliance_desktop.domain.entry import ArcId, ClientId, EntryId


class Touched(StrEnum):
    """The kinds of things a write can touch."""

    CLIENT = "client"
    ENTRY = "entry"
    STATUS = "status"
    SETTING = "setting"
    BIN = "bin"
    REMINDER = "reminder"


class Changed(msgspec.Struct, frozen=True, kw_only=True):
    """One write: which kinds of things it touched and whose they are."""

    kinds: frozenset[Touched]
    client: ClientId | None = None
    entry: EntryId | None = None
    arc: ArcId | None = None
