"""Who needs me next: plain rules over one client's story, each with its reason in words. No rule makes anything."""

import datetime
from collections.abc import Callable, Mapping

from msgspec.structs import replace

from alliance_desktop.domain.attention import promises, reaching, safety, signs, strain_rules, upkeep
from alliance_desktop.domain.attention.own import own_reasons
from alliance_desktop.domain.attention.reason import Facts, Reason, Rule
from alliance_desktop.domain.numbers import Numbers
from alliance_desktop.domain.offer import DIRECT_OFFERS, OFFER_WORDS, Offer
from alliance_desktop.domain.outreach import pause_of, quiet_until, stop_of, told
from alliance_desktop.domain.story import ClientStory

RULES: Mapping[Rule, Callable[[Facts], list[Reason]]] = {
    Rule.SAFEGUARDING: safety.safeguarding,
    Rule.STRAIN_UNTALKED: strain_rules.untalked,
    Rule.STRAIN_UNREFLECTED: strain_rules.unreflected,
    Rule.MISSED_TWICE: signs.missed_twice,
    Rule.CONCERN_WAITING: reaching.concerns_waiting,
    Rule.REQUEST_WAITING: promises.requests_waiting,
    Rule.TRY_DUE: reaching.try_due,
    Rule.HURTING_DATE: reaching.hurting_dates,
    Rule.REVIEW_DUE: strain_rules.review_due,
    Rule.NOTHING_AGREED: strain_rules.nothing_agreed,
    Rule.TEMPERATURE: signs.temperature,
    Rule.REFERRAL_WAITING: promises.referrals_waiting,
    Rule.PROMISE_DUE: promises.promises_due,
    Rule.PAUSE_REVIEW: reaching.pause_review,
    Rule.OLD_DRAFT: lambda facts: upkeep.old_drafts(facts.story.entries, facts.client, facts.today, facts.numbers),
    Rule.GOALS: upkeep.goals,
    Rule.FOUNDATION: upkeep.foundation,
    Rule.SECOND_LOOK: upkeep.second_look,
    Rule.DECISION_REVIEW: lambda facts: upkeep.decisions_to_review(
        facts.story.entries, facts.client, facts.today, facts.numbers
    ),
}
"""One pure function for each rule about a client; what belongs to no client is told by `own_reasons`."""

AFTER_CLOSING = (
    Rule.SAFEGUARDING,
    Rule.CONCERN_WAITING,
    Rule.REQUEST_WAITING,
    Rule.REFERRAL_WAITING,
    Rule.SECOND_LOOK,
)
"""The rules that go on once a case is closed."""


def facts_of(story: ClientStory, today: datetime.date, numbers: Numbers) -> Facts:
    """Return what the rules ask of a story on one day."""
    return Facts(
        story=story,
        today=today,
        numbers=numbers,
        outreach=told(story, today, numbers),
        stop=stop_of(story, today),
        pause=pause_of(story, today),
        quiet=quiet_until(story, today, numbers),
    )


def reasons(story: ClientStory, today: datetime.date, numbers: Numbers) -> list[Reason]:
    """Return why this client may need the counsellor next, the most pressing reason first, in each the longest waiting.

    Once they asked to be left in peace, for as long as they asked, nothing offered leads straight to them.
    """
    facts = facts_of(story, today, numbers)
    found: list[Reason] = []
    for rule in AFTER_CLOSING if facts.closed else RULES:
        found += sorted(RULES[rule](facts), key=lambda one: one.since or today)
    return [_hushed(one) for one in found] if facts.hushed else found


def _hushed(reason: Reason) -> Reason:
    return replace(reason, offers=tuple(one for one in reason.offers if one not in DIRECT_OFFERS))


__all__ = [
    "AFTER_CLOSING",
    "OFFER_WORDS",
    "RULES",
    "ClientStory",
    "Facts",
    "Numbers",
    "Offer",
    "Reason",
    "Rule",
    "facts_of",
    "own_reasons",
    "reasons",
]
