"""What they asked for: that it stops, or that it is quiet for a while; and the pause the counsellor decided on."""

import datetime

import msgspec

from alliance_desktop.domain.attendance import met_after
from alliance_desktop.domain.entry import Entry, EntryId
from alliance_desktop.domain.numbers import Numbers
from alliance_desktop.domain.outreach.tries import FORM, Try, answers, tries
from alliance_desktop.domain.story import ClientStory, day, first_id, words


class Stop(msgspec.Struct, frozen=True, kw_only=True):
    """They asked for no more contact; `lifted_on` is the day they said yes, came, or spoke of it themselves."""

    on: datetime.date
    entry: EntryId
    lifted_on: datetime.date | None = None

    @property
    def stands(self) -> bool:
        """Whether direct tries are still ended."""
        return self.lifted_on is None


def stop_of(story: ClientStory, today: datetime.date) -> Stop | None:
    """Return the newest "please stop" and whether it still stands; a day in the future lifts nothing."""
    said = answers(story)
    places = [place for place, one in enumerate(said) if one.response == "please_stop"]
    if not places:
        return None
    stop = said[places[-1]]
    lifted = [one.on for one in said[places[-1] + 1 :] if one.response == "yes" and one.on <= today]
    lifted += met_after(story, stop.on, today) + _they_spoke(story, stop.on, today)
    return Stop(on=stop.on, entry=stop.entry, lifted_on=min(lifted, default=None))


def quiet_until(story: ClientStory, today: datetime.date, numbers: Numbers) -> datetime.date | None:
    """Return the day up to which they asked for silence, where it is still to come and they have not come since.

    Where no day was named it is the longest wait after "not now": silence without an end would be vanishing.
    """
    said = answers(story)
    spaces = [place for place, one in enumerate(said) if one.response == "wants_space"]
    if not spaces:
        return None
    latest = said[spaces[-1]]
    if met_after(story, latest.on, today) or any(one.response == "yes" for one in said[spaces[-1] + 1 :]):
        return None
    until = space_ends(latest, numbers)
    return until if until > today else None


def space_ends(latest: Try, numbers: Numbers) -> datetime.date:
    """Return the day that ends the space they asked for."""
    return latest.space_until or numbers.day_after(latest.on, numbers.not_now(len(numbers.not_now_days)))


def pause_of(story: ClientStory, today: datetime.date) -> Entry | None:
    """Return the pause that lasts: not taken up, and nobody came or was tried since."""
    begun = [one for one in story.of(FORM, "pause") if one.happened_on <= today]
    if not begun:
        return None
    pause = begun[-1]
    taken_up = day(pause, "taken_up_on")
    over = taken_up is not None and taken_up <= today
    tried = any(pause.happened_on < one.on <= today for one in tries(story))
    return None if over or tried or met_after(story, pause.happened_on, today) else pause


def _they_spoke(story: ClientStory, since: datetime.date, today: datetime.date) -> list[datetime.date]:
    """Return the days of conversations about a strain that the client began themselves."""
    talks = [one for one in story.of("rupture", "dialogue") if since < one.happened_on <= today]
    return [one.happened_on for one in talks if first_id(one, "raised_by") == "client" and words(one, "their_words")]
