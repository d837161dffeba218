"""What somebody was promised and is not noted as done: in a repair, after a talk with others, in a meeting."""

import datetime
from collections.abc import Iterator

import msgspec

from alliance_desktop.domain.answers import Answers, date_of, ids_of, text_of
from alliance_desktop.domain.entry import ArcId, Entry, EntryId, State
from alliance_desktop.domain.records.beside import REQUEST
from alliance_desktop.domain.rupture import Status
from alliance_desktop.domain.story import ClientStory, day, rows, ticked, words

_SETTLED = frozenset({"done", "changed", "set_aside"})


class Promise(msgspec.Struct, frozen=True, kw_only=True):
    """Something agreed and not done; `due` is None where no day was named, `made` the day it was agreed."""

    entry: EntryId
    made: datetime.date
    what: str
    due: datetime.date | None = None
    arc: ArcId | None = None


def outstanding(story: ClientStory) -> list[Promise]:
    """Return every promise that is not noted as done, the oldest first."""
    found = [*_in_repairs(story), *_in_talks(story), *_in_meetings(story)]
    return sorted(found, key=lambda one: (one.made, one.entry))


def referrals(story: ClientStory) -> list[Entry]:
    """Return the referrals that were sent and have no answer."""
    sent = [one for one in story.of("referral") if day(one, "sent_on") is not None]
    return [one for one in sent if day(one, "answered_on") is None and not words(one, "answer")]


def unanswered_requests(story: ClientStory) -> list[Entry]:
    """Return the requests for records that are neither finished nor answered."""
    return [one for one in story.of(REQUEST) if one.state is State.DRAFT and day(one, "sent_on") is None]


def _in_repairs(story: ClientStory) -> Iterator[Promise]:
    for card in story.of("rupture", "repair"):
        arc = story.arc(card.arc) if card.arc is not None else None
        if arc is None or arc.status == Status.NOT_A_STRAIN:
            continue
        left = [row for row in rows(card, "agreed") if _SETTLED.isdisjoint(ids_of(row.get("state")))]
        done = _said_done(story, card) if left else set()
        for row in left:
            what = text_of(row.get("what")).strip()
            if what and what not in done:
                yield _promise(card, row, what)


def _said_done(story: ClientStory, repair: Entry) -> set[str]:
    """Return what a later look said was done or changed."""
    looks = [one for one in story.of("rupture", "follow_up") if one.arc == repair.arc]
    told = [row for one in looks if one.happened_on >= repair.happened_on for row in rows(one, "each_agreed")]
    return {text_of(row.get("what")).strip() for row in told if _SETTLED & set(ids_of(row.get("outcome")))}


def _in_talks(story: ClientStory) -> Iterator[Promise]:
    for one in story.of("contact_log"):
        named = day(one, "next_on")
        if not ticked(one, "next_done") and (words(one, "next") or named is not None):
            yield Promise(entry=one.id, made=one.happened_on, what=words(one, "next"), due=named)


def _in_meetings(story: ClientStory) -> Iterator[Promise]:
    for one in story.of("meeting"):
        for row in rows(one, "actions"):
            what = text_of(row.get("what")).strip()
            if row.get("done") is not True and (what or date_of(row.get("by")) is not None):
                yield _promise(one, row, what)


def _promise(card: Entry, row: Answers, what: str) -> Promise:
    return Promise(entry=card.id, made=card.happened_on, what=what, due=date_of(row.get("by")), arc=card.arc)
