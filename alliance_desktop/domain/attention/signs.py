"""Early signs: two missed sessions, a colder temperature. A sign is no proof, and none of them makes a strain."""

from alliance_desktop.domain.answers import long_day
from alliance_desktop.domain.attendance import LOOKED_BACK, missed, sessions
from alliance_desktop.domain.attention.reason import Facts, Reason, Rule
from alliance_desktop.domain.entry import Entry
from alliance_desktop.domain.offer import Offer
from alliance_desktop.domain.story import day, first_id

_OFFERS = (Offer.NOTE_STRAIN, Offer.REACH_OUT, Offer.KNOWN_REASON)
_NUMBERS = frozenset("12345")


def missed_twice(facts: Facts) -> list[Reason]:
    """Return a reason when the last two sessions were missed, unexcused, and nothing was noted since."""
    last = sessions(facts.story, facts.today)[-2:]
    unexplained = [one for one in last if missed(one) and not facts.numbers.is_away(one.happened_on)]
    if len(unexplained) < 2 or _is_quieted(facts) or _noted_since(facts, last[1]):
        return []
    return [
        Reason(
            rule=Rule.MISSED_TWICE,
            client=facts.client,
            subject=last[1].id,
            since=last[1].happened_on,
            words=f"missed twice, on {long_day(last[0].happened_on)} and {long_day(last[1].happened_on)}: "
            "a sign of strain? A cue, not proof.",
            why="Shown when the last 2 sessions were missed or cancelled late, not excused, not by you, "
            "not while you were away, and nothing was noted since.",
            entry=last[1].id,
            offers=_OFFERS,
        )
    ]


def temperature(facts: Facts) -> list[Reason]:
    """Return a reason when what the client said at the end of a session was much colder than before, or cold."""
    newest = sessions(facts.story, facts.today)[-LOOKED_BACK:]
    told = [(one, number) for one in newest if (number := _number(one))]
    if not told or _is_quieted(facts):
        return []
    session, now = told[-1]
    before = told[-2][1] if len(told) > 1 else now
    if (before - now < facts.numbers.cold_by and now != 1) or _noted_since(facts, session):
        return []
    moved = f"{before}, then {now}" if before != now else str(now)
    return [
        Reason(
            rule=Rule.TEMPERATURE,
            client=facts.client,
            subject=session.id,
            since=session.happened_on,
            words=f"felt colder on {long_day(session.happened_on)} ({moved} of 5): a sign, not proof.",
            why=f"Shown when the last number is 1, or {facts.numbers.cold_by} or more below the one before, "
            f"within the last {LOOKED_BACK} sessions, and nothing was noted since.",
            entry=session.id,
            offers=_OFFERS,
        )
    ]


def _number(session: Entry) -> int:
    """Return the number the client gave, 0 where they gave none."""
    chosen = first_id(session, "temperature_client")
    return int(chosen) if chosen in _NUMBERS else 0


def _is_quieted(facts: Facts) -> bool:
    """Say whether it is known already why they do not come: they asked, or a pause was decided on."""
    return facts.hushed or facts.pause is not None


def _noted_since(facts: Facts, session: Entry) -> bool:
    """Say whether a strain was noted or somebody reached out on that day or since, or after it was written."""
    cards = facts.story.of("rupture", "notice") + facts.story.of("outreach")
    noted = any(
        one.happened_on >= session.happened_on or one.created_at > session.created_at
        for one in cards
        if one.happened_on <= facts.today
    )
    planned = [day(one, "next_try_on") for one in facts.story.of("outreach", "plan")]
    return noted or any(one is not None and one >= session.happened_on for one in planned)
