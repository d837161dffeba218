"""The closing guard: what is still open when a case is to be closed. It is shown once more, and never blocks."""

import datetime
from collections.abc import Iterator
from enum import StrEnum

import msgspec

from alliance_desktop.domain import strains
from alliance_desktop.domain.answers import long_day
from alliance_desktop.domain.attention.safety import due_days
from alliance_desktop.domain.drafts import finishable
from alliance_desktop.domain.entry import ArcId, EntryId, State
from alliance_desktop.domain.numbers import Numbers
from alliance_desktop.domain.outreach import AVENUE_WORDS, RESPONSE_WORDS, Try, stop_of, tries, unanswered
from alliance_desktop.domain.promises import outstanding, referrals
from alliance_desktop.domain.rupture import STATUS_WORDS, Status
from alliance_desktop.domain.story import ClientStory, day

REASONS = ("planned", "drifted", "moved", "referred_on", "client_chose", "service_limit")
"""Why a case may end. A declined answer is none of them."""


class OpenKind(StrEnum):
    """What can be open at the end, in the order it is shown."""

    SAFEGUARDING = "safeguarding"
    STRAIN = "strain"
    CONCERN = "concern"
    PROMISE = "promise"
    REFERRAL = "referral"
    DRAFT = "draft"
    TRIES = "tries"


class Open(msgspec.Struct, frozen=True, kw_only=True):
    """One thing still open, in words, with where it leads."""

    kind: OpenKind
    words: str
    since: datetime.date
    entry: EntryId | None = None
    arc: ArcId | None = None


def is_reason(id: str) -> bool:
    """Say whether something is a reason to close a case."""
    return id in REASONS


def guard(story: ClientStory, today: datetime.date, numbers: Numbers) -> list[Open]:
    """Return what is still open with a client, and the tries that were made; an empty list where nothing is."""
    return [
        *_safety(story),
        *_strains(story),
        *_concerns(story),
        *_promises(story),
        *_referrals(story, numbers),
        *_drafts(story),
        *_tries(story, today),
    ]


def _safety(story: ClientStory) -> Iterator[Open]:
    for one in story.of("safeguarding"):
        if one.state is State.DRAFT:
            told = f"A safeguarding note of {long_day(one.happened_on)} is not finished."
            yield Open(kind=OpenKind.SAFEGUARDING, words=told, since=one.happened_on, entry=one.id)
    for id, on in due_days(story):
        told = f"A safeguarding follow-up is noted for {long_day(on)}."
        yield Open(kind=OpenKind.SAFEGUARDING, words=told, since=on, entry=id)


def _strains(story: ClientStory) -> Iterator[Open]:
    for arc in story.open_arcs:
        since = strains.since(story, arc)
        state = STATUS_WORDS[Status(arc.status)].lower()
        told = f"“{strains.name(story, arc)}”: open since {long_day(since)} ({state})."
        yield Open(kind=OpenKind.STRAIN, words=told, since=since, arc=arc.id)


def _concerns(story: ClientStory) -> Iterator[Open]:
    for one in unanswered(story):
        told = f"Somebody's concern of {long_day(one.happened_on)} has no answer yet."
        yield Open(kind=OpenKind.CONCERN, words=told, since=one.happened_on, entry=one.id)


def _promises(story: ClientStory) -> Iterator[Open]:
    for one in outstanding(story):
        by = f", by {long_day(one.due)}" if one.due is not None else ""
        told = f"Agreed and not noted as done: {one.what or 'a next step'}{by}."
        yield Open(kind=OpenKind.PROMISE, words=told, since=one.made, entry=one.entry, arc=one.arc)


def _referrals(story: ClientStory, numbers: Numbers) -> Iterator[Open]:
    for one in referrals(story):
        sent = day(one, "sent_on") or one.happened_on
        told = f"The referral of {long_day(sent)} has no answer yet."
        yield Open(kind=OpenKind.REFERRAL, words=told, since=sent, entry=one.id)


def _drafts(story: ClientStory) -> Iterator[Open]:
    for one in finishable(story.entries):
        told = f"A note of {long_day(one.happened_on)} is begun and not finished."
        yield Open(kind=OpenKind.DRAFT, words=told, since=one.happened_on, entry=one.id)


def _tries(story: ClientStory, today: datetime.date) -> Iterator[Open]:
    made = [one for one in tries(story) if one.on <= today]
    stop = stop_of(story, today)
    if not made and stop is None:
        return
    stands = stop is not None and stop.stands
    count = "1 try was made" if len(made) == 1 else f"{len(made)} tries were made"
    listed = "; ".join(_try_words(one) for one in made)
    tail = "They asked for no more contact." if stands else "A declined answer is no reason to close."
    first = made[0] if made else None
    since = first.on if first is not None else (stop.on if stop is not None else today)
    entry = made[-1].entry if made else (stop.entry if stop is not None else None)
    said = f"{count}: {listed}. {tail}" if made else tail
    yield Open(kind=OpenKind.TRIES, words=said, since=since, entry=entry)


def _try_words(one: Try) -> str:
    way, answer = AVENUE_WORDS.get(one.avenue, ""), RESPONSE_WORDS.get(one.response, "")
    told = ", ".join(part for part in (way, answer) if part)
    return f"{long_day(one.on)} ({told})" if told else long_day(one.on)
