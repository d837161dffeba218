"""What is known of an open strain in its present turn: since when, what was planned, what they answered."""

import datetime

from alliance_desktop.domain import rupture
from alliance_desktop.domain.answers import ids_of
from alliance_desktop.domain.entry import Arc, Entry, Mark
from alliance_desktop.domain.story import ClientStory, day, first_id, says_more_than, words
from alliance_desktop.domain.timeline import strain_name

SAID_LATER = frozenset({"yes", "later", "not_now", "not_sure"})


def since(story: ClientStory, arc: Arc) -> datetime.date:
    """Return the day a strain was noticed, or opened again; the day it was begun here where nothing else says it."""
    if arc.id in story.turned and arc.turn > 1:
        return story.turned[arc.id]
    cards = story.of_arc(arc)
    noticed = [one.happened_on for one in cards if one.card == "notice"]
    if noticed or cards:
        return min(noticed or [one.happened_on for one in cards])
    earlier = [one.happened_on for one in story.of_turns(arc)]
    return max(earlier, default=arc.created_at.date())


def name(story: ClientStory, arc: Arc) -> str:
    """Return the counsellor's short name for a strain, or plain words where there is none."""
    return strain_name(story.of_turns(arc), arc.id)


def is_reflected(story: ClientStory, arc: Arc) -> bool:
    """Say whether the reflection was begun in this turn, or set aside."""
    cards = story.of_arc(arc, "acknowledge")
    return any(one.mark is not Mark.NONE or says_more_than(one, "reflected_on") for one in cards)


def planned_on(story: ClientStory, arc: Arc) -> datetime.date | None:
    """Return the day the counsellor chose for bringing it up, in the newest reflection of this turn."""
    chosen = [one for one in story.of_arc(arc, "acknowledge") if first_id(one, "bring_up") in SAID_LATER]
    return day(chosen[-1], "bring_up_on") if chosen else None


def newest_no(story: ClientStory, arc: Arc) -> Entry | None:
    """Return the newest card of this turn that says they preferred not to talk, None once their view is noted."""
    if not arc.offered and not rupture.was_offered(story.of_arc(arc), arc.turn):
        return None
    talks = [one for one in story.of_arc(arc, "dialogue") if ids_of(one.answers.get("preferred_not"))]
    return talks[-1] if talks else None


def talked_on(story: ClientStory, arc: Arc) -> datetime.date | None:
    """Return the day of the newest conversation of this turn in which they gave their view."""
    days = [one.happened_on for one in story.of_arc(arc, "dialogue") if words(one, "their_words")]
    return max(days, default=None)


def review_on(story: ClientStory, arc: Arc) -> tuple[datetime.date | None, Entry | None]:
    """Return the day to look at it again and the card that says so; no day where the newest one names none.

    A repair without a day, as after a status set by hand, gives the card alone.
    """
    cards = [one for one in story.of_arc(arc, "follow_up") if says_more_than(one, "on")]
    repairs = story.of_arc(arc, "repair")
    if cards and (not repairs or cards[-1].happened_on >= repairs[-1].happened_on):
        return day(cards[-1], "look_again_on"), cards[-1]
    return (day(repairs[-1], "review_on"), repairs[-1]) if repairs else (None, None)
