"""How reaching out is said on its list, its page and beside its cards."""

import datetime

from alliance_desktop.domain.answers import long_day
from alliance_desktop.domain.outreach import AVENUE_WORDS, RESPONSE_WORDS, Outreach, Stage, Try
from alliance_desktop.services.outreach import OldStrain
from alliance_desktop.ui.words import isolated

NO_DAY = "No day is noted for the next gentle try."
STOP_KEPT = (
    "They asked for no more contact, so nothing here leads straight to them. Other people can be a door, the way for "
    "safety stays open, and this stands on your list for supervision."
)
_OPEN = frozenset({"not_now", "not_about_this", "not_with_me", "wants_space"})
"""Answers that ask for another time or another way: a day that was planned before them is to be looked at again."""
STRAIN_FIRST = "Hurt on either side can steer the next contact. A few minutes with your own part first may change it."


def due_words(told: Outreach, today: datetime.date) -> str:
    """Return when the next gentle try is, without a reproach; empty where none is to be made."""
    on, what = told.due_on, "another door" if told.stopped else "gentle try"
    if on is None:
        return "" if told.stage in {Stage.PAUSED, Stage.STOPPED, Stage.REACHED} else "no day for the next try yet"
    if told.stage is Stage.REACHED:
        return f"look again on {long_day(on)}"
    last = told.tries[-1] if told.tries else None
    if on > today and last is not None and last.response in _OPEN and told.next_on is not None and not last.next_on:
        when = "today" if last.on == today else f"on {long_day(last.on)}"
        said = RESPONSE_WORDS[last.response]
        return f"they answered “{said}” {when}; next {what} as planned on {long_day(on)}, or choose another day"
    if on > today:
        return f"next {what} on {long_day(on)}"
    return f"{what} today" if on == today else f"{what}, waiting since {long_day(on)}"


def way_words(told: Outreach) -> str:
    """Return a way to think of, and whether it was used; empty where there is none to think of."""
    if told.stage in {Stage.QUIET, Stage.PAUSED, Stage.REACHED} or not told.avenue:
        return ""
    way = AVENUE_WORDS[told.avenue]
    if told.avenue in told.unused:
        return f"A way not used yet: {way}."
    return f"Every way was used. The one used longest ago: {way}."


def strain_words(strain: OldStrain) -> str:
    """Return that an older strain is open, and what is noted of a repair."""
    said = f" You wrote: {isolated(strain.said)}" if strain.said else ""
    stop = "" if not said or said.rstrip("\u2069").endswith((".", "…", "?")) else "."
    name = isolated(strain.name)
    return f"“{name}”, noticed on {long_day(strain.since)}, is still open. {strain.noted}{said}{stop}"


def try_title(one: Try) -> str:
    """Return the day and the way of a try."""
    way = AVENUE_WORDS.get(one.avenue, "")
    return f"{long_day(one.on)} · {way}" if way else long_day(one.on)


def answer_words(one: Try) -> str:
    """Return what came back to a try."""
    said = RESPONSE_WORDS.get(one.response, "")
    return f"{said[:1].upper()}{said[1:]}" if said else "No answer noted yet"


def sentence(text: str) -> str:
    """Return words as a sentence: with a capital and a full stop."""
    return f"{text[:1].upper()}{text[1:]}." if text else ""
