"""What a card needs to know of the world to ask its questions: days, times, a name, entries to link to."""

import datetime
from collections.abc import Callable, Sequence
from typing import NamedTuple

from alliance_desktop.domain.form import Question


class Linkable(NamedTuple):
    """One entry that a question may be linked to, with the words it is shown by."""

    id: int
    title: str


def no_day() -> datetime.date | None:
    """Return no day: nothing is suggested."""
    return None


def no_links(question: Question) -> Sequence[Linkable]:
    """Return no entries: there is nothing to link to."""
    return ()


class Context(NamedTuple):
    """The world around one card.

    `today` and `now` are the counsellor's local day and time, `review` the day to look again (or none),
    `person` the name of the client, `links` the entries a question may be linked to, newest first.
    `day_first` says how 5/3/2026 is read: 5 March, or May 3.
    """

    today: Callable[[], datetime.date]
    now: Callable[[], datetime.time]
    review: Callable[[], datetime.date | None] = no_day
    person: str = ""
    links: Callable[[Question], Sequence[Linkable]] = no_links
    day_first: bool = True
