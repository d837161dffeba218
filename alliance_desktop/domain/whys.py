"""Reasons that were typed about an entry or its strain, which may name somebody as any text may."""

import datetime
from enum import StrEnum
from typing import NamedTuple


class About(StrEnum):
    """What a reason was given for."""

    STATUS = "status"
    REMINDER = "reminder"
    REMOVAL = "removal"


class Why(NamedTuple):
    """One reason: what for, the id of the row it stands in, when it was given, and its words."""

    about: About
    id: int
    at: datetime.datetime
    words: str
