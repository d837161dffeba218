"""What the counsellor meant to do for their own work: to bring to supervision, to do after it, to look at again."""

import datetime
from collections.abc import Sequence

from alliance_desktop.domain import agenda
from alliance_desktop.domain.attention.reason import Reason, Rule
from alliance_desktop.domain.attention.upkeep import decisions_to_review, old_drafts
from alliance_desktop.domain.entry import Entry
from alliance_desktop.domain.numbers import Numbers
from alliance_desktop.domain.offer import Offer
from alliance_desktop.domain.story import day, days_words, ticked, waiting_since


def own_reasons(
    own: Sequence[Entry], today: datetime.date, numbers: Numbers, waiting: Sequence[agenda.Item] = ()
) -> list[Reason]:
    """Return the reasons that belong to no client, the most pressing first; `waiting` is the agenda."""
    return [
        *old_drafts(own, None, today, numbers),
        *decisions_to_review(own, None, today, numbers),
        *_to_do(own, today),
        *_to_bring(waiting, today, numbers),
    ]


def _to_do(own: Sequence[Entry], today: datetime.date) -> list[Reason]:
    sessions = [one for one in own if one.form == "supervision" and one.card == "session" and not ticked(one, "done")]
    due = [(one, on) for one in sessions if (on := day(one, "do_by")) is not None and on <= today]
    return [
        Reason(
            rule=Rule.SUPERVISION,
            client=None,
            subject=one.id,
            since=on,
            words=f"what you meant to do after supervision {waiting_since(on, today)}.",
            why="Shown from the day you chose after supervision until it is ticked as done.",
            entry=one.id,
            offers=(Offer.OPEN,),
        )
        for one, on in sorted(due, key=lambda pair: (pair[1], pair[0].id))
    ]


def _to_bring(waiting: Sequence[agenda.Item], today: datetime.date, numbers: Numbers) -> list[Reason]:
    asked = agenda.waiting(waiting)
    due = [one for one in asked if numbers.waited(one.since, today) >= numbers.agenda_days]
    if not due:
        return []
    oldest = min(due, key=lambda one: (one.since, one.client))
    count = "1 thing waits" if len(due) == 1 else f"{len(due)} things wait"
    return [
        Reason(
            rule=Rule.SUPERVISION,
            client=None,
            subject=oldest.arc or oldest.entry or 0,
            since=oldest.since,
            words=f"{count} for supervision.",
            why=f"Shown when something to bring to supervision has not been brought for "
            f"{days_words(numbers.agenda_days)}.",
            offers=(Offer.SUPERVISION,),
        )
    ]
