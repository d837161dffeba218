"""Strains that wait: not reflected on, not talked about, nothing agreed, a review that is there."""

import datetime

from alliance_desktop.domain import strains
from alliance_desktop.domain.answers import long_day
from alliance_desktop.domain.attendance import sessions
from alliance_desktop.domain.attention.reason import Facts, Reason, Rule, days_rule
from alliance_desktop.domain.entry import Arc, Entry
from alliance_desktop.domain.offer import Offer
from alliance_desktop.domain.rupture import Status
from alliance_desktop.domain.story import day, days_words, first_id, waiting_since, words

_EARLY = frozenset({Status.NOTICED, Status.ACKNOWLEDGED})
_AGREED = frozenset({Status.REPAIR_AGREED, Status.FOLLOWED_UP})


def unreflected(facts: Facts) -> list[Reason]:
    """Return the strains that were noticed and not reflected on for some days."""
    return [
        _reason(
            facts,
            Rule.STRAIN_UNREFLECTED,
            arc,
            since=(since := strains.since(facts.story, arc)),
            words=f"{facts.told_since(since, 'you noticed a strain')}. Two minutes to reflect?",
            why=days_rule("a strain has been noticed and not reflected on", facts.numbers.reflect_days),
            offers=(Offer.REFLECT, Offer.OPEN),
        )
        for arc in facts.story.open_arcs
        if arc.status == Status.NOTICED
        and not strains.is_reflected(facts.story, arc)
        and facts.waited(strains.since(facts.story, arc)) >= facts.numbers.reflect_days
    ]


def untalked(facts: Facts) -> list[Reason]:
    """Return the strains not talked about; after an offer only from the day chosen then, never after "please stop"."""
    if facts.hushed or facts.pause is not None:
        return []
    waiting = [one for one in facts.story.open_arcs if one.status in _EARLY]
    found = [
        _offered(facts, arc, no) if (no := strains.newest_no(facts.story, arc)) else _plain(facts, arc)
        for arc in waiting
    ]
    return [one for one in found if one is not None]


def nothing_agreed(facts: Facts) -> list[Reason]:
    """Return the strains that were talked about some days ago, with nothing agreed since."""
    if facts.hushed or facts.pause is not None:
        return []
    found = []
    for arc in facts.story.open_arcs:
        talked = strains.talked_on(facts.story, arc) or strains.since(facts.story, arc)
        if arc.status == Status.IN_DIALOGUE and facts.waited(talked) >= facts.numbers.agree_days:
            told = f"{facts.ago(talked)} since you talked about a strain; nothing is agreed yet."
            why = days_rule("a strain has been talked about and nothing agreed", facts.numbers.agree_days)
            found.append(_reason(facts, Rule.NOTHING_AGREED, arc, talked, told, why, (Offer.OPEN,)))
    return found


def review_due(facts: Facts) -> list[Reason]:
    """Return the strains whose day of looking again is there."""
    if facts.hushed or facts.pause is not None:
        return []
    found = []
    for arc in facts.story.open_arcs:
        on = _review_day(facts, arc) if arc.status in _AGREED else None
        if on is not None and on <= facts.today:
            told = f"looking again at what you agreed {waiting_since(on, facts.today)}."
            why = (
                "Shown from the day you chose for looking again; where none was chosen, "
                f"{days_words(facts.numbers.review_days)} after you agreed."
            )
            found.append(_reason(facts, Rule.REVIEW_DUE, arc, on, told, why, (Offer.FOLLOW_UP, Offer.OPEN)))
    return found


def _review_day(facts: Facts, arc: Arc) -> datetime.date | None:
    on, card = strains.review_on(facts.story, arc)
    if on is not None or (card is not None and card.card == "follow_up"):
        return on
    agreed = card.happened_on if card is not None else strains.since(facts.story, arc)
    return facts.numbers.day_after(agreed, facts.numbers.review_days)


def _plain(facts: Facts, arc: Arc) -> Reason | None:
    since = strains.since(facts.story, arc)
    planned = strains.planned_on(facts.story, arc)
    if planned is not None:
        if planned > facts.today:
            return None
        told = f"{facts.told_since(since, 'you noticed a strain')}; you chose {long_day(planned)} to bring it up."
        why = "Shown from the day you chose for bringing it up."
        return _untalked(facts, arc, planned, told, why)
    met = _meeting_after(facts, since)
    if met is None and facts.waited(since) < facts.numbers.talk_days:
        return None
    between = {None: "", True: "; you meet today"}.get(met == facts.today if met else None, "; you have met since")
    told = f"{facts.told_since(since, 'you noticed a strain')}{between}; not talked about yet."
    why = (
        f"Shown when a strain has not been talked about for {days_words(facts.numbers.talk_days)} "
        "or until your next session, whichever comes first."
    )
    return _untalked(facts, arc, since, told, why)


def _offered(facts: Facts, arc: Arc, no: Entry) -> Reason | None:
    """Return the reason once the day chosen at the newest "no" is there; with no day and no because, after a while."""
    chosen = day(no, "next_try_on")
    if chosen is not None and first_id(no, "preferred_not") != "please_stop":
        told = f"you chose {long_day(chosen)} for the next gentle try at talking."
        why = "Shown from the day you chose when they preferred not to talk, and never sooner."
        return _untalked(facts, arc, chosen, told, why) if chosen <= facts.today else None
    since = max(no.happened_on, facts.stop.lifted_on or no.happened_on) if facts.stop else no.happened_on
    if words(no, "no_next_because") or facts.waited(since) < facts.numbers.agree_days:
        return None
    told = f"{facts.ago(since)} since a conversation was offered; no day for a next gentle try is noted."
    why = days_rule("a conversation was offered and no next day noted", facts.numbers.agree_days)
    return _untalked(facts, arc, since, told, why)


def _meeting_after(facts: Facts, since: datetime.date) -> datetime.date | None:
    """Return the first day after one on which they came, or on which a session was planned, if it is there."""
    planned = [day(one, "next_on") for one in sessions(facts.story, facts.today)]
    days = [one for one in planned if one is not None and since < one == facts.today]
    return min(days + facts.met_since(since), default=None)


def _untalked(facts: Facts, arc: Arc, since: datetime.date, told: str, why: str) -> Reason:
    return _reason(facts, Rule.STRAIN_UNTALKED, arc, since, told, why, (Offer.TALK, Offer.REFLECT, Offer.OPEN))


def _reason(
    facts: Facts, rule: Rule, arc: Arc, since: datetime.date, words: str, why: str, offers: tuple[Offer, ...]
) -> Reason:
    return Reason(
        rule=rule, client=facts.client, subject=arc.id, since=since, words=words, why=why, arc=arc.id, offers=offers
    )
