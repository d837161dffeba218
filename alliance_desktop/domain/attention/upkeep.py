"""What is easily lost from sight: drafts, goals, first agreements, a second look after closing, decisions."""

import datetime
from collections.abc import Iterable

from alliance_desktop.domain.answers import date_of, ids_of, long_day
from alliance_desktop.domain.attention.reason import Facts, Reason, Rule, days_rule
from alliance_desktop.domain.client import SCHOOL_SETTINGS, ClientState
from alliance_desktop.domain.drafts import finishable
from alliance_desktop.domain.entry import ClientId, Entry
from alliance_desktop.domain.numbers import Numbers
from alliance_desktop.domain.offer import Offer
from alliance_desktop.domain.story import (
    day,
    days_words,
    first_id,
    links,
    rows,
    sessions_words,
    ticked,
    touched_on,
    waiting_since,
    words,
)
from alliance_desktop.domain.timeline import headed

_TURN_OF_YEAR = (9, 1)
"""A school year begins on 1 September."""


def old_drafts(
    entries: Iterable[Entry], client: ClientId | None, today: datetime.date, numbers: Numbers
) -> list[Reason]:
    """Return a reason for each note that was begun, can be finished and was not written in for some days."""
    waiting = [one for one in finishable(entries) if numbers.waited(touched_on(one), today) >= numbers.draft_days]
    return [
        Reason(
            rule=Rule.OLD_DRAFT,
            client=client,
            subject=one.id,
            since=touched_on(one),
            words=f"a note of {long_day(one.happened_on)} is begun and not finished.",
            why=days_rule("a note that can be finished has not been written in", numbers.draft_days),
            entry=one.id,
            offers=(Offer.OPEN,),
        )
        for one in waiting
    ]


def decisions_to_review(
    entries: Iterable[Entry], client: ClientId | None, today: datetime.date, numbers: Numbers
) -> list[Reason]:
    """Return a reason for each decision whose day of looking again is there."""
    due = [(one, on) for one in entries if one.form == "decision" and (on := day(one, "review_on")) is not None]
    return [
        Reason(
            rule=Rule.DECISION_REVIEW,
            client=client,
            subject=one.id,
            since=on,
            words=f"looking again at a decision {waiting_since(on, today)}.",
            why="Shown from the review day of a decision until it is ticked as looked at.",
            entry=one.id,
            offers=(Offer.OPEN,),
        )
        for one, on in due
        if on <= today and not ticked(one, "reviewed")
    ]


def goals(facts: Facts) -> list[Reason]:
    """Return a reason for each goal still worked on that nobody looked at for some days."""
    if _is_at_rest(facts):
        return []
    active = [one for one in facts.story.of("goal") if first_id(one, "state") in {"", "active"}]
    looked = [(one, _looked_on(facts, one)) for one in active]
    return [
        Reason(
            rule=Rule.GOALS,
            client=facts.client,
            subject=one.id,
            since=on,
            words=f"{facts.ago(on)} since a goal was looked at: “{headed(' '.join(words(one, 'own_words').split()))}”.",
            why=days_rule("a goal you work on has not been looked at", facts.numbers.goals_days),
            entry=one.id,
            offers=(Offer.OPEN,),
        )
        for one, on in looked
        if facts.waited(on) >= facts.numbers.goals_days
    ]


def foundation(facts: Facts) -> list[Reason]:
    """Return a reason when a first agreement is to be looked at again: on its day, after many sessions, a new year."""
    cards = facts.story.of("foundation", "agreements")
    if not cards or _is_at_rest(facts):
        return []
    found = _again(facts, cards[-1]) or _many_sessions(facts, cards[-1]) or _new_year(facts, cards[-1])
    if found is None:
        return []
    since, told = found
    return [
        Reason(
            rule=Rule.FOUNDATION,
            client=facts.client,
            subject=cards[-1].id,
            since=since,
            words=told,
            why="Shown from the day you chose for looking again, after "
            f"{sessions_words(facts.numbers.foundation_sessions)}, and in schools from 1 September.",
            entry=cards[-1].id,
            offers=(Offer.OPEN,),
        )
    ]


def second_look(facts: Facts) -> list[Reason]:
    """Return a reason when the second look after closing is there and was not taken."""
    cards = facts.story.of("closing")
    closed = day(cards[-1], "closed_on") if cards else None
    ended = facts.closed or bool(cards and first_id(cards[-1], "why"))
    if closed is None or not ended or ticked(cards[-1], "second_look_done") or facts.met_since(closed):
        return []
    on = day(cards[-1], "second_look_on") or facts.numbers.day_after(closed, facts.numbers.second_look_days)
    if on > facts.today:
        return []
    return [
        Reason(
            rule=Rule.SECOND_LOOK,
            client=facts.client,
            subject=cards[-1].id,
            since=on,
            words=f"closed on {long_day(closed)}; a second look {waiting_since(on, facts.today)}.",
            why=f"Shown {days_words(facts.numbers.second_look_days)} after closing, or on the day you chose.",
            entry=cards[-1].id,
            offers=(Offer.OPEN,),
        )
    ]


def _is_at_rest(facts: Facts) -> bool:
    """Say whether there are no ordinary meetings now: a pause, an end of contact, or reaching out to somebody."""
    resting = {ClientState.REACHING_OUT, ClientState.PAUSED}
    return facts.hushed or facts.pause is not None or facts.story.client.state in resting


def _looked_on(facts: Facts, goal: Entry) -> datetime.date:
    """Return the newest day a goal was set, rated, written in or shown, none of them later than today."""
    rated = [date_of(one.get("on")) for one in rows(goal, "ratings")]
    shown = [one.happened_on for one in facts.story.of("sharing_log") if goal.id in links(one, "goals")]
    days = [touched_on(goal), day(goal, "set_on"), day(goal, "state_on"), *rated, *shown]
    return max((one for one in days if one is not None and one <= facts.today), default=goal.happened_on)


def _done_on(entry: Entry) -> datetime.date | None:
    """Return the newest day on which one of the agreements was talked through."""
    days = [date_of(one.get("done_on")) for one in rows(entry, "agreements")]
    return max((one for one in days if one is not None), default=None)


def _again(facts: Facts, entry: Entry) -> tuple[datetime.date, str] | None:
    """Return the earliest chosen day of looking again that is there and was not met."""
    pairs = [(date_of(one.get("again_on")), date_of(one.get("done_on"))) for one in rows(entry, "agreements")]
    due = [on for on, done in pairs if on is not None and on <= facts.today and (done is None or done < on)]
    if not due:
        return None
    return min(due), f"looking again at what you agreed at the start {waiting_since(min(due), facts.today)}."


def _many_sessions(facts: Facts, entry: Entry) -> tuple[datetime.date, str] | None:
    done = _done_on(entry)
    count = len(facts.met_since(done)) if done is not None else 0
    if done is None or count < facts.numbers.foundation_sessions:
        return None
    wanted = sessions_words(facts.numbers.foundation_sessions)
    more = "more than " if count > facts.numbers.foundation_sessions else ""
    return done, f"{more}{wanted} since you went through your first agreements."


def _new_year(facts: Facts, entry: Entry) -> tuple[datetime.date, str] | None:
    done = _done_on(entry)
    if done is None or not SCHOOL_SETTINGS & set(ids_of(facts.story.client.answers.get("setting"))):
        return None
    begins = datetime.date(facts.today.year, *_TURN_OF_YEAR)
    if begins > facts.today:
        begins = datetime.date(max(facts.today.year - 1, datetime.MINYEAR), *_TURN_OF_YEAR)
    if done >= begins:
        return None
    return begins, "a new school year has begun since you went through your first agreements."
