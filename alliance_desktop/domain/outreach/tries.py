"""The tries to reach somebody: by which avenue, with which answer; and which avenues lead straight to them."""

import datetime
from collections.abc import Mapping

import msgspec

from alliance_desktop.domain.answers import ids_of
from alliance_desktop.domain.entry import Entry, EntryId
from alliance_desktop.domain.story import ClientStory, day, first_id, words

FORM = "outreach"

AVENUE_WORDS: Mapping[str, str] = {
    "in_passing": "in passing",
    "note": "a note",
    "text": "a text",
    "email": "an e-mail",
    "call": "a call",
    "drop_in": "a drop-in time",
    "trusted_adult": "through a trusted adult",
    "peer": "through a peer or a group",
    "other_professional": "through another professional",
    "family": "through the family",
    "other": "another way",
}
AVENUES = tuple(one for one in AVENUE_WORDS if one != "other")
DIRECT = frozenset({"in_passing", "note", "text", "email", "call", "drop_in"})
"""Avenues that lead to the person: none of them is ever suggested after "please stop"."""
INDIRECT = frozenset(AVENUES) - DIRECT
"""Avenues through somebody else. What "another way" is nobody knows, so it is on neither list."""

RESPONSE_WORDS: Mapping[str, str] = {
    "no_answer": "no answer",
    "not_now": "not now",
    "not_about_this": "not about this",
    "not_with_me": "not with me",
    "wants_space": "wants space",
    "please_stop": "please stop contacting me",
    "yes": "yes",
}


class Try(msgspec.Struct, frozen=True, kw_only=True):
    """One try to reach somebody and what came back; `response` is empty while nothing is noted."""

    entry: EntryId
    on: datetime.date
    avenue: str = ""
    response: str = ""
    next_on: datetime.date | None = None
    space_until: datetime.date | None = None
    offered: str = ""
    their_words: str = ""
    touched_at: datetime.datetime

    @property
    def indirect(self) -> bool:
        """Whether it surely went through somebody else, and not straight to the person."""
        return self.avenue in INDIRECT


def try_of(entry: Entry) -> Try:
    """Return what a try says."""
    return Try(
        entry=entry.id,
        on=entry.happened_on,
        avenue=first_id(entry, "avenue"),
        response=first_id(entry, "response"),
        next_on=day(entry, "next_on"),
        space_until=day(entry, "space_until"),
        offered=words(entry, "offered"),
        their_words=words(entry, "their_words"),
        touched_at=entry.touched_at,
    )


def tries(story: ClientStory) -> list[Try]:
    """Return the tries by date."""
    return [try_of(one) for one in story.of(FORM, "try")]


def answers(story: ClientStory) -> list[Try]:
    """Return what they answered, by date: to tries, and where a conversation about a strain was offered."""
    talks = [one for one in story.of("rupture", "dialogue") if ids_of(one.answers.get("preferred_not"))]
    made = story.of(FORM, "try")
    if not made and not talks:
        return []
    entries = sorted([*made, *talks], key=lambda one: (one.happened_on, one.sequence, one.created_at, one.id))
    return [_answer_of(one) for one in entries]


def plan_of(story: ClientStory) -> Entry | None:
    """Return the outreach plan, the one begun last where an earlier one came back from the bin."""
    return max(story.of(FORM, "plan"), key=lambda one: one.id, default=None)


def earlier_plans(story: ClientStory) -> list[Entry]:
    """Return the plans that a newer one stands in front of, the newest of them first."""
    return sorted(story.of(FORM, "plan"), key=lambda one: one.id, reverse=True)[1:]


def _answer_of(entry: Entry) -> Try:
    if entry.card == "try":
        return try_of(entry)
    named = day(entry, "next_try_on")
    response = first_id(entry, "preferred_not")
    return Try(
        entry=entry.id,
        on=entry.happened_on,
        response=response,
        next_on=named,
        space_until=named,
        touched_at=entry.touched_at,
    )
