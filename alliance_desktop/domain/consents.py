"""Which consent to share holds, for one client and one other person: said on a page, not past, not taken back."""

import datetime
from collections.abc import Iterable

import msgspec

from alliance_desktop.domain.answers import Answer, Answers
from alliance_desktop.domain.client import folded
from alliance_desktop.domain.entry import Entry
from alliance_desktop.domain.story import by_date, day, first_id, words

FORM = "consent"
HOLDS = frozenset({"given", "partly"})


class Consent(msgspec.Struct, frozen=True, kw_only=True):
    """What the pages of one person say: those that hold, newest first, and the newest answer of all, if any."""

    live: tuple[Entry, ...] = ()
    latest: Entry | None = None


def people(answer: Answer) -> list[Answers]:
    """Return the people of an answer that have a name."""
    rows = answer if isinstance(answer, list) else []
    return [one for one in rows if isinstance(one, dict) and str(one.get("name", "")).strip()]


def is_same(one: Answers, other: Answers) -> bool:
    """Say whether two people are the same: the same contact of the directory, else the same name however typed."""
    if one.get("contact") and other.get("contact"):
        return bool(one["contact"] == other["contact"])
    return folded(str(one.get("name", ""))).split() == folded(str(other.get("name", ""))).split()


def of_person(pages: Iterable[Entry], person: Answers, today: datetime.date) -> Consent:
    """Return what holds for a person, given a client's pages of consent.

    What was withdrawn ends everything before it; a no ends what was for the same purpose, or where either names none.
    A day "until" is the last one on which it holds.
    """
    mine = [one for one in by_date(pages) if any(is_same(person, each) for each in people(one.answers.get("contact")))]
    mine = [one for one in mine if first_id(one, "given")]
    live: list[Entry] = []
    for one in mine:
        if one.happened_on > today:
            continue
        given = first_id(one, "given")
        if given in HOLDS:
            live.append(one)
        else:
            live = [] if given == "withdrawn" else [each for each in live if not _is_about_the_same(each, one)]
    holding = [one for one in reversed(live) if not _is_past(one, today)]
    return Consent(live=tuple(holding), latest=mine[-1] if mine else None)


def _is_past(page: Entry, today: datetime.date) -> bool:
    until = day(page, "until")
    return until is not None and until < today


def _is_about_the_same(one: Entry, other: Entry) -> bool:
    purposes = [folded(words(each, "for_what")) for each in (one, other)]
    return not all(purposes) or purposes[0] == purposes[1]
