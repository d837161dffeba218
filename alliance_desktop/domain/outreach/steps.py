"""What follows an answer: when to try again, by which avenue, in whose time. It suggests; the counsellor decides."""

import datetime
from collections.abc import Mapping, Sequence

import msgspec

from alliance_desktop.domain.answers import ids_of
from alliance_desktop.domain.days import day_within
from alliance_desktop.domain.entry import Entry
from alliance_desktop.domain.numbers import Numbers
from alliance_desktop.domain.offer import Offer
from alliance_desktop.domain.outreach.stopping import space_ends
from alliance_desktop.domain.outreach.tries import AVENUES, DIRECT, Try
from alliance_desktop.domain.story import first_id


class Next(msgspec.Struct, frozen=True, kw_only=True):
    """What is suggested after an answer: a day, an avenue, a sentence. No day where the next step is not ours."""

    on: datetime.date | None = None
    avenue: str = ""
    words: str = ""
    offers: tuple[Offer, ...] = ()


_WORDS: Mapping[str, str] = {
    "": "No answer is noted yet. A way not used so far may reach them.",
    "no_answer": "A way not used so far may reach them.",
    "not_now": "This stays open. Another time may be right.",
    "not_about_this": "Offer company, not the topic.",
    "not_with_me": "Ask who would be better, and look at your own part.",
    "wants_space": "Silence until the day they named.",
    "please_stop": "Direct tries have ended, as they asked. Other doors and the way to safety stay open.",
    "yes": "They said yes. Agree on a time and write the session note.",
}
_NO_DAY_NAMED = "They named no day. Silence for now; the day here is only there so that they are not lost from sight."
_OFFERS: Mapping[str, tuple[Offer, ...]] = {
    "not_with_me": (Offer.OTHER_PERSON, Offer.REFLECT),
    "please_stop": (Offer.OTHER_PERSON, Offer.SUPERVISION),
    "yes": (Offer.SESSION,),
}


def after(
    latest: Try,
    earlier: Sequence[Try],
    plan: Entry | None,
    today: datetime.date,
    numbers: Numbers,
    stopped: bool = False,
) -> Next:
    """Return what is suggested after the latest try, given those before it.

    The day is never a past one and never one that has a try already. Once they asked to be left in peace, by this
    answer or before (`stopped`), no avenue is direct.
    """
    ended = stopped or latest.response == "please_stop"
    made = [*earlier, latest]
    on = waited_until(latest, earlier, numbers)
    telling = _WORDS.get(latest.response, _WORDS[""])
    if latest.response == "wants_space" and latest.space_until is None:
        telling = _NO_DAY_NAMED
    if latest.response == "yes":
        return Next(words=telling, offers=_OFFERS["yes"])
    return Next(
        on=_free(on, made, today) if on is not None else None,
        avenue=next(iter(suggested(made, plan, ended)), ""),
        words=telling,
        offers=_OFFERS.get(latest.response, (Offer.LOG_TRY,)),
    )


def waited_until(latest: Try, earlier: Sequence[Try], numbers: Numbers) -> datetime.date | None:
    """Return the day a next gentle try may be made, counted from the latest; None after "yes" and "please stop"."""
    if latest.response in {"yes", "please_stop"}:
        return None
    if latest.response == "wants_space":
        return max(space_ends(latest, numbers), day_within(latest.on, 1))
    return numbers.day_after(latest.on, max(_wait(latest, earlier, numbers), 1))


def unused(made: Sequence[Try], plan: Entry | None, stopped: bool) -> tuple[str, ...]:
    """Return the avenues that no try used, those of the plan first; only the indirect ones once it was stopped.

    Where another person may be the better door, the avenues through others come first.
    """
    used = {one.avenue for one in made}
    return tuple(one for one in _ordered(made, plan, stopped) if one not in used)


def suggested(made: Sequence[Try], plan: Entry | None, stopped: bool) -> tuple[str, ...]:
    """Return the avenues in the order to think of them: those not used yet, then those used longest ago."""
    last = {one.avenue: place for place, one in enumerate(made)}
    ways = _ordered(made, plan, stopped)
    return tuple(sorted(ways, key=lambda one: last.get(one, -1)))


def _ordered(made: Sequence[Try], plan: Entry | None, stopped: bool) -> list[str]:
    wished = [one for one in ids_of(plan.answers.get("avenues")) if one in AVENUES] if plan is not None else []
    ways = [*wished, *(one for one in AVENUES if one not in wished)]
    if stopped:
        return [one for one in ways if one not in DIRECT]
    door = first_id(plan, "best_door") if plan is not None else ""
    through_others = door in {"with_someone", "someone_else"} or (bool(made) and made[-1].response == "not_with_me")
    return sorted(ways, key=lambda one: one in DIRECT) if through_others else ways


def _wait(latest: Try, earlier: Sequence[Try], numbers: Numbers) -> int:
    if latest.response == "not_now":
        return numbers.not_now(_not_nows(earlier) + 1)
    return numbers.not_now(1) if latest.response in {"not_about_this", "not_with_me"} else numbers.no_answer_days


def _not_nows(earlier: Sequence[Try]) -> int:
    """Return how often they said "not now" since they last said yes."""
    count = 0
    for one in earlier:
        count = 0 if one.response == "yes" else count + (one.response == "not_now")
    return count


def _free(on: datetime.date, made: Sequence[Try], today: datetime.date) -> datetime.date:
    """Return a day, or the first one after it that is not past and has no try."""
    taken = {one.on for one in made}
    found = max(on, today)
    while found in taken and found < datetime.date.max:
        found = day_within(found, 1)
    return found
