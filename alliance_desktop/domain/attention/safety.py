"""Safeguarding first: a concern not finished yet, and a day of looking again that is there."""

import datetime

from alliance_desktop.domain.answers import date_of
from alliance_desktop.domain.attention.reason import Facts, Reason, Rule
from alliance_desktop.domain.entry import Entry, EntryId, State
from alliance_desktop.domain.offer import Offer
from alliance_desktop.domain.story import ClientStory, day, links, rows, waiting_since

_FORM = "safeguarding"
_DRAFT_WHY = "Shown while a safeguarding note is begun and not finished."
_DUE_WHY = "Shown from the day of a safeguarding follow-up until a follow-up of that day or later is noted."


def safeguarding(facts: Facts) -> list[Reason]:
    """Return a reason for each safeguarding note that is a draft, and for each record whose next day is there."""
    drafts = [_draft(facts, one) for one in facts.story.of(_FORM) if one.state is State.DRAFT]
    due = [_due(facts, id, on) for id, on in due_days(facts.story) if on <= facts.today]
    return drafts + due


def due_days(story: ClientStory) -> list[tuple[EntryId, datetime.date]]:
    """Return, of each record, the first day of looking again that no follow-up of that day or later has met."""
    found: list[tuple[EntryId, datetime.date]] = []
    for id, follow_ups in _records(story):
        concern = next((one for one in story.of(_FORM, "concern") if one.id == id), None)
        steps = rows(concern, "next_steps") if concern is not None else []
        days = [date_of(one.get("on")) for one in steps] + [day(one, "next_on") for one in follow_ups]
        met = max((one.happened_on for one in follow_ups), default=datetime.date.min)
        waiting = [one for one in days if one is not None and one > met]
        if waiting:
            found.append((id, min(waiting)))
    return found


def _records(story: ClientStory) -> list[tuple[EntryId, list[Entry]]]:
    """Return each concern with its follow-ups; one without a link goes to the newest concern before it."""
    concerns = {one.id: one for one in story.of(_FORM, "concern")}
    found: dict[EntryId, list[Entry]] = {id: [] for id in concerns}
    for one in story.of(_FORM, "follow_up"):
        linked = [id for id in links(one, "concern") if id in concerns]
        before = [id for id, concern in concerns.items() if concern.happened_on <= one.happened_on]
        for id in linked or before[-1:] or [one.id]:
            found.setdefault(id, []).append(one)
    return list(found.items())


def _draft(facts: Facts, entry: Entry) -> Reason:
    return Reason(
        rule=Rule.SAFEGUARDING,
        client=facts.client,
        subject=entry.id,
        since=entry.happened_on,
        words="a safeguarding note is begun and not finished.",
        why=_DRAFT_WHY,
        entry=entry.id,
        offers=(Offer.OPEN,),
    )


def _due(facts: Facts, id: EntryId, on: datetime.date) -> Reason:
    return Reason(
        rule=Rule.SAFEGUARDING,
        client=facts.client,
        subject=id,
        since=on,
        words=f"a safeguarding follow-up {waiting_since(on, facts.today)}.",
        why=_DUE_WHY,
        entry=id,
        offers=(Offer.FOLLOW_UP, Offer.OPEN),
    )
