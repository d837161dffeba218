"""Outreach as a state: who is being reached out to, since which answer, and when and how to try again."""

import datetime
from enum import StrEnum

import msgspec

from alliance_desktop.domain import strains
from alliance_desktop.domain.answers import long_day
from alliance_desktop.domain.attendance import met_after
from alliance_desktop.domain.client import ClientState
from alliance_desktop.domain.dates import Day, hurting
from alliance_desktop.domain.days import day_within
from alliance_desktop.domain.entry import ArcId, Entry, EntryId
from alliance_desktop.domain.numbers import Numbers
from alliance_desktop.domain.outreach.steps import suggested, unused, waited_until
from alliance_desktop.domain.outreach.stopping import Stop, pause_of, quiet_until, stop_of
from alliance_desktop.domain.outreach.tries import FORM, INDIRECT, Try, plan_of, tries
from alliance_desktop.domain.story import ClientStory, day, first_id, words


class Stage(StrEnum):
    """Where reaching out stands; a declined answer ends none of them."""

    NOT_BEGUN = "not_begun"
    REACHING_OUT = "reaching_out"
    QUIET = "quiet"
    PAUSED = "paused"
    STOPPED = "stopped"
    REACHED = "reached"


class Outreach(msgspec.Struct, frozen=True, kw_only=True):
    """What there is to know before the next gentle try.

    `next_on` is the counsellor's own day, `suggested_on` follows from the last answer, and `due_on` is the first of the
    two that there is. `avenue` is one to think of, `unused` are all that no try used: never a direct one after "please
    stop". `old_strains` are open and older than the newest concern or plan: they come first.
    """

    stage: Stage
    state: str
    stopped: bool = False
    stopped_on: datetime.date | None = None
    quiet_until: datetime.date | None = None
    next_on: datetime.date | None = None
    suggested_on: datetime.date | None = None
    avenue: str = ""
    unused: tuple[str, ...] = ()
    asked_for: str = ""
    tries: tuple[Try, ...] = ()
    one_channel: bool = False
    old_strains: tuple[ArcId, ...] = ()
    dates: tuple[Day, ...] = ()
    plan: EntryId | None = None
    pause: EntryId | None = None

    @property
    def due_on(self) -> datetime.date | None:
        """The day of the next gentle try."""
        return self.next_on or self.suggested_on


class _Facts(msgspec.Struct, frozen=True, kw_only=True):
    story: ClientStory
    today: datetime.date
    numbers: Numbers
    made: list[Try]
    plan: Entry | None
    pause: Entry | None
    stop: Stop | None
    quiet: datetime.date | None
    reached_on: datetime.date | None

    @property
    def stopped(self) -> bool:
        return self.stop is not None and self.stop.stands

    @property
    def reaching(self) -> bool:
        return self.story.client.state is ClientState.REACHING_OUT


def told(story: ClientStory, today: datetime.date, numbers: Numbers) -> Outreach | None:
    """Return where reaching out to a client stands; None where there is nothing of the kind."""
    made = [one for one in tries(story) if one.on <= today]
    stop, plan = stop_of(story, today), plan_of(story)
    reaching = story.client.state is ClientState.REACHING_OUT
    if not (story.of(FORM) or reaching or stop is not None or unanswered(story)):
        return None
    facts = _Facts(
        story=story,
        today=today,
        numbers=numbers,
        made=made,
        plan=plan,
        pause=pause_of(story, today),
        stop=stop,
        quiet=quiet_until(story, today, numbers),
        reached_on=_reached_on(story, made, plan, today),
    )
    stage = _stage(facts)
    ways = suggested(made, plan, facts.stopped)
    return Outreach(
        stage=stage,
        state=_words(stage, facts),
        stopped=facts.stopped,
        stopped_on=stop.on if stop is not None and stop.stands else None,
        quiet_until=facts.quiet,
        next_on=_own_day(stage, facts),
        suggested_on=_suggested_day(stage, facts),
        avenue=next(iter(ways), ""),
        unused=unused(made, plan, facts.stopped),
        asked_for=words(plan, "asked_for") if plan is not None else "",
        tries=tuple(made),
        one_channel=len(made) > 1 and len({one.avenue for one in made}) == 1,
        old_strains=_old_strains(facts),
        dates=tuple(hurting(story, today)),
        plan=plan.id if plan is not None else None,
        pause=facts.pause.id if facts.pause is not None else None,
    )


def unanswered(story: ClientStory) -> list[Entry]:
    """Return the concerns of others that wait for an answer, the oldest first."""
    return [one for one in story.of("concern") if day(one, "answered_on") is None]


def _reached_on(story: ClientStory, made: list[Try], plan: Entry | None, today: datetime.date) -> datetime.date | None:
    """Return the day they came or said yes, if that was after the last try and the plan looks no further."""
    if not made and plan is None:
        return None
    latest = made[-1].on if made else datetime.date.min
    begun = max(latest, plan.happened_on) if plan is not None else latest
    days = met_after(story, begun, today)
    if made and made[-1].response == "yes":
        days.append(made[-1].on)
    contact = max(days, default=None)
    planned = day(plan, "next_try_on") if plan is not None else None
    return None if contact is None or (planned is not None and planned > contact) else contact


def _stage(facts: _Facts) -> Stage:
    begun = bool(facts.made) or facts.plan is not None or facts.reaching
    steps = (
        (facts.stopped, Stage.STOPPED),
        (facts.pause is not None, Stage.PAUSED),
        (facts.reached_on is not None, Stage.REACHED),
        (facts.quiet is not None, Stage.QUIET),
        (begun, Stage.REACHING_OUT),
    )
    return next((stage for holds, stage in steps if holds), Stage.NOT_BEGUN)


def _words(stage: Stage, facts: _Facts) -> str:
    if stage is Stage.PAUSED and facts.pause is not None:
        again = day(facts.pause, "review_on")
        return f"Paused until {long_day(again)}" if again is not None else "Paused, with no day to look again"
    if stage is Stage.QUIET and facts.quiet is not None:
        return f"They asked for space, until {long_day(facts.quiet)}"
    return {
        Stage.STOPPED: "Direct tries have ended, as they asked",
        Stage.REACHED: "Reached",
        Stage.REACHING_OUT: "Reaching out",
    }.get(stage, "Not begun yet")


def _own_day(stage: Stage, facts: _Facts) -> datetime.date | None:
    """Return the day the counsellor chose, in the newest try or in a plan written in since; never inside a silence."""
    if stage in {Stage.PAUSED, Stage.REACHED}:
        return None
    latest = facts.made[-1] if facts.made else None
    planned, named = _planned(facts, latest), _named(facts, latest)
    chosen: datetime.date | None
    if latest is not None and named is not None and facts.plan is not None:
        chosen = planned if planned is not None and facts.plan.touched_at > latest.touched_at else named
    else:
        chosen = named or planned
    return max(chosen, facts.quiet) if chosen is not None and facts.quiet is not None else chosen


def _planned(facts: _Facts, latest: Try | None) -> datetime.date | None:
    if facts.plan is None:
        return None
    planned = day(facts.plan, "next_try_on")
    if planned is None or (latest is not None and planned <= latest.on):
        return None
    if facts.stop is None or not facts.stopped:
        return planned
    how = first_id(facts.plan, "next_try_how")
    return planned if how in INDIRECT and planned > facts.stop.on else None


def _named(facts: _Facts, latest: Try | None) -> datetime.date | None:
    if latest is None or latest.next_on is None:
        return None
    if facts.stopped and (not latest.indirect or latest.response == "please_stop"):
        return None
    return max(latest.next_on, day_within(latest.on, 1))


def _suggested_day(stage: Stage, facts: _Facts) -> datetime.date | None:
    numbers = facts.numbers
    if stage is Stage.QUIET:
        return facts.quiet
    if stage is Stage.REACHED and facts.reached_on is not None and facts.reaching:
        return numbers.day_after(facts.reached_on, numbers.not_now(len(numbers.not_now_days)))
    if stage is not Stage.REACHING_OUT:
        return None
    if facts.made:
        return waited_until(facts.made[-1], facts.made[:-1], numbers)
    if facts.plan is not None:
        return numbers.day_after(facts.plan.happened_on, numbers.no_answer_days)
    client = facts.story.client
    return client.last_on or client.created_at.date()


def _old_strains(facts: _Facts) -> tuple[ArcId, ...]:
    story = facts.story
    concerns = [one.happened_on for one in story.of("concern")]
    plans = [facts.plan.happened_on] if facts.plan is not None else []
    before = max(concerns + plans, default=facts.today)
    return tuple(arc.id for arc in story.open_arcs if strains.since(story, arc) < before)
