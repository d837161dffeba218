"""Those reached out to: a gentle try, a day that may hurt, a concern of somebody else, a pause to look at again."""

from alliance_desktop.domain import dates, strains
from alliance_desktop.domain.answers import long_day
from alliance_desktop.domain.attention.reason import Facts, Reason, Rule
from alliance_desktop.domain.client import ClientState
from alliance_desktop.domain.entry import Entry
from alliance_desktop.domain.numbers import Numbers
from alliance_desktop.domain.offer import Offer
from alliance_desktop.domain.outreach import AVENUE_WORDS, Outreach, Stage, unanswered
from alliance_desktop.domain.story import day, days_words, waiting_since

_ENDED = "direct contact has ended, as they asked"


def try_due(facts: Facts) -> list[Reason]:
    """Return a reason when the next gentle try is there; after "please stop" only for a door that is not direct."""
    told = facts.outreach
    if told is None or told.due_on is None or told.due_on > facts.today or facts.pause is not None:
        return []
    latest = told.tries[-1].entry if told.tries else told.plan
    return [
        Reason(
            rule=Rule.TRY_DUE,
            client=facts.client,
            subject=latest or facts.client,
            since=told.due_on,
            words=_try_words(told, facts),
            why="Shown from the day you chose for the next gentle try; where none was chosen, "
            f"{_waits(facts)}. A declined answer closes nothing.",
            entry=latest,
            arc=next(iter(told.old_strains), None),
            offers=(Offer.LOG_TRY, *((Offer.REFLECT,) if told.old_strains else ()), Offer.OPEN),
        )
    ]


def hurting_dates(facts: Facts) -> list[Reason]:
    """Return a reason for each day that may hurt and is near."""
    return [
        Reason(
            rule=Rule.HURTING_DATE,
            client=facts.client,
            subject=one.entry,
            since=one.on,
            words=_date_words(one, facts),
            why=f"Shown from {days_words(facts.numbers.hurting_days)} before a day that may hurt, until it is past.",
            entry=one.entry,
            offers=(Offer.REACH_OUT, Offer.OPEN),
        )
        for one in dates.hurting(facts.story, facts.today, facts.numbers.hurting_days)
    ]


def concerns_waiting(facts: Facts) -> list[Reason]:
    """Return a reason for each concern of somebody else that has no answer; an older open strain is named with it."""
    return [_concern(facts, one) for one in unanswered(facts.story)]


def pause_review(facts: Facts) -> list[Reason]:
    """Return a reason when the day to look again at a pause is there, or a pause has no such day."""
    if facts.pause is not None:
        on = day(facts.pause, "review_on")
        if on is not None and on > facts.today:
            return []
        told = f"looking again at the pause {waiting_since(on, facts.today)}." if on else _NO_DAY
        return [_pause(facts, facts.pause, told)]
    if facts.story.client.state is ClientState.PAUSED and not facts.stopped:
        return [_pause(facts, None, _NO_DAY)]
    return []


_NO_DAY = "paused, with no day noted to look again."


def _pause(facts: Facts, pause: Entry | None, told: str) -> Reason:
    return Reason(
        rule=Rule.PAUSE_REVIEW,
        client=facts.client,
        subject=pause.id if pause is not None else facts.client,
        since=(day(pause, "review_on") or pause.happened_on) if pause is not None else None,
        words=f"{told}{_other_door(facts)}",
        why="Shown from the review day of a pause, and while a pause has none.",
        entry=pause.id if pause is not None else None,
        offers=(Offer.OPEN, Offer.OTHER_PERSON if facts.hushed else Offer.LOG_TRY),
    )


def _other_door(facts: Facts) -> str:
    """Return what is to be remembered where nothing may lead straight to them now."""
    if facts.stopped:
        return f" Only another door is open: {_ENDED}."
    return f" Only another door is open: they asked for space until {long_day(facts.quiet)}." if facts.quiet else ""


def _concern(facts: Facts, entry: Entry) -> Reason:
    due = day(entry, "answer_due")
    asked = f"; an answer was asked for by {long_day(due)}" if due is not None else "; no answer noted yet"
    older = [one for one in facts.story.open_arcs if strains.since(facts.story, one) < entry.happened_on]
    strain = " An older strain between you is still open." if older else ""
    return Reason(
        rule=Rule.CONCERN_WAITING,
        client=facts.client,
        subject=entry.id,
        since=entry.happened_on,
        words=f"somebody's concern of {long_day(entry.happened_on)} waits{asked}.{strain}",
        why="Shown from the day a concern is received until the day of your answer is noted.",
        entry=entry.id,
        arc=older[0].id if older else None,
        offers=(Offer.ANSWER, Offer.REACH_OUT, Offer.OPEN),
    )


def _try_words(told: Outreach, facts: Facts) -> str:
    due = told.due_on or facts.today
    when = "from today" if due >= facts.today else f"waiting since {long_day(due)}"
    way = f"; not used yet: {AVENUE_WORDS[told.avenue]}" if told.avenue in told.unused else ""
    if told.stopped:
        return f"another door, {when}{way}; {_ENDED}."
    strain = " An older strain between you is still open." if told.old_strains else ""
    if told.stage is Stage.REACHED or (told.next_on is None and not told.tries):
        return f"reaching out, with no day noted for the next gentle try{way}.{strain}"
    return f"a gentle try, {when}{way}.{strain}"


def _date_words(one: dates.Day, facts: Facts) -> str:
    days = (one.on - facts.today).days
    when = "today" if days == 0 else "tomorrow" if days == 1 else f"in {days_words(days)}"
    what = f": {one.what}" if one.what else ""
    hush = f" Remember: {_ENDED}." if facts.stopped else ""
    space = f" They asked for space until {long_day(facts.quiet)}." if facts.quiet and not facts.stopped else ""
    return f"a day that may hurt is {when}, {one.said}{what}.{hush}{space}"


def _waits(facts: Facts) -> str:
    *first, last = facts.numbers.not_now_days or Numbers().not_now_days
    series = ", ".join([*(str(one) for one in first), days_words(last)])
    return f"{days_words(facts.numbers.no_answer_days)} after no answer, and {series} after “not now”"
