"""What a card needs to know of the world to ask its questions: days, times, names, entries to link to, own words."""

import datetime
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from alliance_desktop.domain.form import Question


class Linkable(NamedTuple):
    """One entry that a question may be linked to, with the words it is shown by; `binned` while it is in the bin."""

    id: int
    title: str
    binned: bool = False


class Person(NamedTuple):
    """One person of the counsellor's contacts: the entry that says so, the name, and the id of a role or ""."""

    id: int
    name: str
    role: str = ""


def no_day() -> datetime.date | None:
    """Return no day: nothing is suggested."""
    return None


def no_links(question: Question) -> Sequence[Linkable]:
    """Return no entries: there is nothing to link to."""
    return ()


def no_entry(id: int) -> Linkable | None:
    """Return nothing: the entry is no longer there."""
    return None


def no_people() -> Sequence[Person]:
    """Return nobody: no contacts are kept."""
    return ()


def no_snippets() -> Mapping[str, str]:
    """Return none: no words are kept for typing them shortly."""
    return {}


class Context(NamedTuple):
    """The world around one card.

    `today` and `now` are the counsellor's local day and time, `review` the day to look again (or none),
    `person` the name of the client and `born` the day of birth, where it is known exactly.
    `links` gives the entries a question may be linked to, newest first; `linked` any entry by its id, None where
    it is gone. `contacts` gives the people who are kept, `keep_contact` keeps a name and a role id and returns the
    new id, None where that could not be done; without it nothing is offered.
    `snippets` gives the counsellor's own short words (without the ";") with what they stand for.
    `day_first` says how 5/3/2026 is read: 5 March, or May 3.
    """

    today: Callable[[], datetime.date]
    now: Callable[[], datetime.time]
    review: Callable[[], datetime.date | None] = no_day
    person: str = ""
    links: Callable[[Question], Sequence[Linkable]] = no_links
    day_first: bool = True
    linked: Callable[[int], Linkable | None] = no_entry
    contacts: Callable[[], Sequence[Person]] = no_people
    keep_contact: Callable[[str, str], int | None] | None = None
    born: datetime.date | None = None
    snippets: Callable[[], Mapping[str, str]] = no_snippets
