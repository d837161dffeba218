"""Who came, by the session notes: the sessions in which an attendance is noted, and what it says."""

import datetime
from bisect import bisect_right

from alliance_desktop.domain.entry import Entry
from alliance_desktop.domain.story import ClientStory, first_id

CAME = frozenset({"attended", "came_late", "left_early", "ended_by_others"})
MISSED = frozenset({"no_show", "late_cancel"})
"""Missed by the client, without a reason known: a cue worth a thought, never proof."""
CALLED_OFF = frozenset({"i_cancelled", "excused"})
"""Called off by the counsellor, or by the client with a reason: missed by nobody."""

LOOKED_BACK = 6
"""So many of the newest sessions tell how it is now; what was noted before them is no early sign any more."""


def sessions(story: ClientStory, today: datetime.date) -> list[Entry]:
    """Return the sessions up to today in which an attendance is noted, by date."""
    return story.sessions_told(today)


def came(session: Entry) -> bool:
    """Say whether the two of them met."""
    return first_id(session, "attendance") in CAME


def missed(session: Entry) -> bool:
    """Say whether the client did not come, or cancelled late."""
    return first_id(session, "attendance") in MISSED


def met_after(story: ClientStory, since: datetime.date, today: datetime.date) -> list[datetime.date]:
    """Return the days after another one on which the client came to a session, up to today."""
    after = bisect_right(found := sessions(story, today), since, key=lambda one: one.happened_on)
    return [one.happened_on for one in found[after:] if came(one)]
