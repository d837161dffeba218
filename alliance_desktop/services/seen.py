"""What this computer remembers of one vault, as it lies in a small file."""

import datetime
from typing import Annotated, Any

import msgspec

# No counter and no file is larger; what says otherwise was not written here.
Count = Annotated[int, msgspec.Meta(ge=0, le=2**62)]
Moment = Annotated[datetime.datetime, msgspec.Meta(tz=True)] | None


class SeenBackup(msgspec.Struct, frozen=True):
    """The newest backup that was found good in the vault's own folder: its file as it was then, and what it holds.

    `changed` is in nanoseconds; `state` is a print of notes and keys that says nothing about either.
    """

    name: str
    size: Count
    changed: int
    state: str


class Seen(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What this computer remembers of one vault, without a name and without a word of it.

    `saves` is the highest save counter ever seen, `saved_at` when that was; `outside_at` is when a good backup was
    last put outside the computer, `tried_at` when one was last restored on trial, `checked_at` when the whole vault
    was last found in order; `opens_by_sheet` that it opens by its recovery sheet only, `older_keys` that a restored
    backup brought back a passphrase or a sheet that had been replaced; `backup` is the newest good one
    in the vault's own folder.
    """

    saves: Count = 0
    saved_at: Moment = None
    closed_well: bool = True
    outside_at: Moment = None
    tried_at: Moment = None
    checked_at: Moment = None
    opens_by_sheet: bool = False
    older_keys: bool = False
    backup: SeenBackup | None = None

    def __post_init__(self) -> None:
        """Refuse a moment at the ends of the calendar, which no clock of the counsellor's can show."""
        for at in (self.saved_at, self.outside_at, self.tried_at, self.checked_at):
            if at is not None and not datetime.MINYEAR < at.year < datetime.MAXYEAR:
                raise ValueError


def read_seen(text: str) -> Seen:
    """Return what a file says; nothing where it cannot be read."""
    try:
        return msgspec.json.decode(text, type=Seen)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return Seen()


def written(seen: Seen) -> str:
    """Return the text of such a file."""
    return msgspec.json.encode(seen).decode()


def changed(seen: Seen, values: dict[str, Any]) -> Seen:
    """Return the same with these values."""
    return msgspec.structs.replace(seen, **values)
