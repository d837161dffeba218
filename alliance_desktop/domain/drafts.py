"""Which begun notes can be finished: not those that are kept up over time, and not the cards of a strain."""

from collections.abc import Iterable

from alliance_desktop.domain.entry import Entry, State

KEPT_UP = frozenset(
    {
        "client",
        "rupture",
        "foundation",
        "goal",
        "contact",
        "consent",
        "concern",
        "referral",
        "closing",
        "life_event",
        "resource",
        "executor_wishes",
    }
)
"""Forms that are kept up over time, or have a rule of their own until they are answered."""
_KEPT_UP_CARDS = frozenset({("outreach", "plan"), ("outreach", "try"), ("outreach", "pause")})
_APART = frozenset({"safeguarding"})
"""Told by its own rule, before all others."""
_NEVER = KEPT_UP | _APART


def finishable(entries: Iterable[Entry]) -> list[Entry]:
    """Return the drafts among the entries that can be finished."""
    return [
        one
        for one in entries
        if one.state is State.DRAFT
        and one.arc is None
        and one.form not in _NEVER
        and (one.form, one.card) not in _KEPT_UP_CARDS
    ]
