"""What was promised and is not done, after talks, in meetings, in a repair; referrals and requests not answered."""

import datetime

from alliance_desktop.domain.answers import long_day
from alliance_desktop.domain.attention.reason import Facts, Reason, Rule
from alliance_desktop.domain.entry import Entry
from alliance_desktop.domain.offer import Offer
from alliance_desktop.domain.promises import outstanding, referrals, unanswered_requests
from alliance_desktop.domain.story import day, days_words, waiting_since


def promises_due(facts: Facts) -> list[Reason]:
    """Return a reason for each entry with a promise whose day is there, the earliest of its days."""
    found: dict[int, Reason] = {}
    due = [one for one in outstanding(facts.story) if one.due is not None and one.due <= facts.today]
    for one in sorted(due, key=lambda each: (each.due, each.entry)):
        what = f": {one.what}" if one.what else ""
        reason = Reason(
            rule=Rule.PROMISE_DUE,
            client=facts.client,
            subject=one.entry,
            since=one.due,
            words=f"something agreed {waiting_since(one.due or facts.today, facts.today)}{what}.",
            why="Shown from the day by which something was to be done, until it is ticked or noted as done.",
            entry=one.entry,
            arc=one.arc,
            offers=(Offer.OPEN,),
        )
        found.setdefault(one.entry, reason)
    return list(found.values())


def referrals_waiting(facts: Facts) -> list[Reason]:
    """Return a reason for each referral that was sent and whose answer was to be here by now."""
    found = []
    for one in referrals(facts.story):
        due = _answer_by(facts, one)
        if due is not None and due <= facts.today:
            found.append(_referral(facts, one, due))
    return found


def requests_waiting(facts: Facts) -> list[Reason]:
    """Return a reason for each request for records that is neither answered nor finished."""
    return [_request(facts, one) for one in unanswered_requests(facts.story)]


def _request(facts: Facts, entry: Entry) -> Reason:
    due = day(entry, "due_on")
    until = f"to be answered by {long_day(due)}" if due is not None else "no day to answer by is noted yet"
    return Reason(
        rule=Rule.REQUEST_WAITING,
        client=facts.client,
        subject=entry.id,
        since=entry.happened_on,
        words=f"somebody asked for records on {long_day(entry.happened_on)}; {until}.",
        why="Shown from the day a request is received until it is finished, or the day of your answer is noted.",
        entry=entry.id,
        offers=(Offer.OPEN,),
    )


def _answer_by(facts: Facts, entry: Entry) -> datetime.date | None:
    sent = day(entry, "sent_on")
    after = facts.numbers.day_after(sent, facts.numbers.review_days) if sent is not None else None
    return day(entry, "answer_due") or after


def _referral(facts: Facts, entry: Entry, due: datetime.date) -> Reason:
    return Reason(
        rule=Rule.REFERRAL_WAITING,
        client=facts.client,
        subject=entry.id,
        since=due,
        words=f"the answer to a referral {waiting_since(due, facts.today)}.",
        why="Shown from the day an answer was to come; where none was named, "
        f"{days_words(facts.numbers.review_days)} after the referral was sent.",
        entry=entry.id,
        offers=(Offer.OPEN,),
    )
