"""Reaching out: the tries, what they asked for, and the next gentle step. A declined answer closes nothing."""

from alliance_desktop.domain.outreach.steps import Next, after
from alliance_desktop.domain.outreach.stopping import Stop, pause_of, quiet_until, stop_of
from alliance_desktop.domain.outreach.told import Outreach, Stage, told, unanswered
from alliance_desktop.domain.outreach.tries import (
    AVENUE_WORDS,
    AVENUES,
    DIRECT,
    INDIRECT,
    RESPONSE_WORDS,
    Try,
    earlier_plans,
    plan_of,
    tries,
    try_of,
)

__all__ = [
    "AVENUES",
    "AVENUE_WORDS",
    "DIRECT",
    "INDIRECT",
    "RESPONSE_WORDS",
    "Next",
    "Outreach",
    "Stage",
    "Stop",
    "Try",
    "after",
    "earlier_plans",
    "pause_of",
    "plan_of",
    "quiet_until",
    "stop_of",
    "told",
    "tries",
    "try_of",
    "unanswered",
]
