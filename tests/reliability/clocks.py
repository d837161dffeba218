"""R20: a clock that is wrong, jumps or changes its zone never brings what was written out of order."""

import datetime
import os
import random
import time
from pathlib import Path

from service_cases import Clock

from alliance_desktop.services.stamps import Stamps
from tests.reliability.frame import Control, Figures, Trial, most, tries
from tests.reliability.scripts import scripts

ZONES = ("Europe/London", "America/New_York", "Asia/Kathmandu", "Pacific/Apia", "UTC")
JUMPS = tuple(
    datetime.datetime.fromisoformat(f"{one}+00:00")
    for one in (
        "1970-01-01T00:00:00",
        "1980-01-06T00:00:00",
        "2024-01-01T00:00:00",
        "2024-02-29T23:59:59",
        "2026-03-29T00:59:58",
        "2026-03-29T01:00:01",
        "2026-10-25T00:30:00",
        "2026-10-25T01:30:00",
        "2026-11-01T05:59:59",
        "2026-12-31T23:59:59",
        "2038-01-19T03:14:08",
        "2100-02-28T23:59:59",
        "2100-03-01T00:00:00",
    )
)
ALL_PLACES = 30


def _jump(clock: Clock, chance: random.Random) -> None:
    """Go on a little, as clocks do, or be somewhere else altogether, or go back a little."""
    how = chance.random()
    if how < 0.4:
        clock.at = chance.choice(JUMPS)
    else:
        clock.move(seconds=chance.choice((-3600, -60, -1, 0, 0, 1, 3600, 86400)))


def _places(count: int, folder: Path) -> Figures:
    wrong = steps = 0
    for number in range(count):
        os.environ["TZ"] = ZONES[number % len(ZONES)]
        time.tzset()
        found = scripts(1, folder, _jump, first=2000 + number)
        steps += int(found["steps"])
        wrong += int(found["different from the model"])
    return {"clocks": count, "steps": steps, "out of order": wrong}


def _by_the_clock(count: int, folder: Path) -> Figures:
    given = iter(range(1, 1 << 30))

    def new_id(self: Stamps) -> int:
        since = self.now() - datetime.datetime(1960, 1, 1, tzinfo=datetime.UTC)
        return (int(since.total_seconds()) << 20) + next(given)

    Stamps.new_id = new_id
    return _places(count, folder)


TRIALS = (
    Trial(
        "R20",
        "clocks that jump: 1970, 2100, summer time, an hour back, five zones",
        (tries("clocks", ALL_PLACES), most("out of order", 0)),
        _places,
        fast=10,
        full=ALL_PLACES,
        controls=(Control("ids are taken from the clock alone", _by_the_clock),),
    ),
)
