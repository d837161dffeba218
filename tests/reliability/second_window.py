"""R15: a vault that is open is refused to a second program at once, and opens as soon as the first one is killed."""

import datetime
import os
import random
import signal
import time
from itertools import count as counting
from pathlib import Path

from alliance_desktop.domain.errors import KnownError, VaultInUseError
from alliance_desktop.storage import presence
from alliance_desktop.storage.place import NOTES
from tests.reliability import vaults
from tests.reliability.frame import Control, Figures, Trial, most, tries
from tests.reliability.killing import Say, forked, killed

NOW = datetime.datetime(2026, 3, 10, 14, 3, tzinfo=datetime.UTC)


def _holder(made: vaults.Made, place: Path, careful: bool, say: Say) -> None:
    store = made.open(place, here=presence.here(NOW))
    if not careful:
        # On POSIX this lets go of every lock that the process has on the file.
        (place / NOTES).open("rb").close()
    for id in counting(1):
        vaults.save(store, id)
        say(id)
        while id == 3:
            # The first window stands open and idle, as it does most of the day.
            signal.pause()


def _seconds_to_refuse(made: vaults.Made, place: Path) -> float | None:
    """Return how long a second program took to be refused; None where it was let in."""
    began = time.perf_counter()
    try:
        made.open(place, here=presence.here(NOW)).close()
    except VaultInUseError:
        return time.perf_counter() - began
    return None


def _second_starts(count: int, folder: Path, *, careful: bool) -> Figures:
    chance = random.Random(15)
    made = vaults.make(folder)
    refusals: list[float] = []
    shut = lost = 0
    for _ in range(count):
        place = made.copy(folder / "Tried.vault")
        child, reading = forked(lambda say, place=place: _holder(made, place, careful, say))
        said = [int.from_bytes(os.read(reading, 4), "little") for _ in range(3)]
        refusals += [took for _ in range(3) if (took := _seconds_to_refuse(made, place)) is not None]
        killed(child, reading, 0, chance.random() * 0.01)
        try:
            made.open(place, here=presence.here(NOW)).close()
        except KnownError:
            shut += 1
        left = vaults.judge(made, place, said)
        lost += left.lost + left.damaged
    return {
        "second starts": count,
        "let in beside the first": 3 * count - len(refusals),
        "seconds to refuse at most": round(max(refusals, default=0), 3),
        "shut after the kill": shut,
        "saves lost": lost,
    }


TRIALS = (
    Trial(
        "R15",
        "a second program, then the first one killed",
        (
            tries("second starts", 50),
            most("let in beside the first", 0),
            most("shut after the kill", 0),
            most("saves lost", 0),
        ),
        lambda count, folder: _second_starts(count, folder, careful=True),
        fast=5,
        full=50,
        controls=(
            Control(
                "the first program opens and closes the file once more",
                lambda count, folder: _second_starts(count, folder, careful=False),
            ),
        ),
    ),
)
