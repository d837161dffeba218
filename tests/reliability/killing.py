"""R1: a writing process is killed at any moment; every save it called kept is there, and no save is halved."""

import os
import random
import select
import signal
import time
from collections.abc import Callable
from itertools import count as counting
from pathlib import Path

from tests.reliability import vaults
from tests.reliability.frame import Control, Figures, Trial, most, tries

Say = Callable[[int], None]

KILLS_A_VAULT = 25


def forked(work: Callable[[Say], None]) -> tuple[int, int]:
    """Let a process of its own do some work that never ends; return its id and where the numbers it says arrive."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            work(lambda number: os.write(writing, number.to_bytes(4, "little")) and None)
        finally:
            os._exit(1)
    os.close(writing)
    return child, reading


def killed(child: int, reading: int, said: int, seconds: float) -> list[int]:
    """Kill a process some time after it said so many numbers, and return all that it said."""
    found = b""
    while len(found) < said * 4:
        more = os.read(reading, 4096)
        if not more:
            raise AssertionError("the writer ended by itself")
        found += more
    until = time.perf_counter() + seconds
    while (left := until - time.perf_counter()) > 0:
        if select.select([reading], [], [], left)[0]:
            found += os.read(reading, 4096)
    os.kill(child, signal.SIGKILL)
    if os.WIFEXITED(os.waitpid(child, 0)[1]):
        raise AssertionError("the writer ended by itself")
    while more := os.read(reading, 4096):
        found += more
    os.close(reading)
    return [int.from_bytes(found[at : at + 4], "little") for at in range(0, len(found) // 4 * 4, 4)]


def _kills(count: int, folder: Path, writer: Callable[[vaults.Made, Path, int, Say], None]) -> Figures:
    chance = random.Random(1)
    made = vaults.make(folder)
    place = folder / "Tried.vault"
    lost = damaged = saves = 0
    for number in range(count):
        if number % KILLS_A_VAULT == 0:
            made.copy(place)
            kept: list[int] = []
        first = number * 1000 + 1
        child, reading = forked(lambda say, first=first: writer(made, place, first, say))
        kept += (said := killed(child, reading, chance.randint(1, 6), chance.random() * 0.012))
        left = vaults.judge(made, place, kept, in_flight=number % KILLS_A_VAULT + 1)
        saves += len(said)
        lost += left.lost
        damaged += left.damaged
        if left.lost:
            made.copy(place)
            kept = []
    return {"kills": count, "acknowledged saves": saves, "saves lost": lost, "vaults damaged": damaged}


def _write(made: vaults.Made, place: Path, first: int, say: Say) -> None:
    store = made.open(place)
    for id in counting(first):
        vaults.save(store, id)
        say(id)


def _say_too_soon(made: vaults.Made, place: Path, first: int, say: Say) -> None:
    store = made.open(place)
    for id in counting(first):
        say(id)
        vaults.save(store, id)


TRIALS = (
    Trial(
        "R1",
        "kill -9 of the writer at a random moment",
        (tries("kills", 250), most("saves lost", 0), most("vaults damaged", 0)),
        lambda count, folder: _kills(count, folder, _write),
        fast=20,
        full=250,
        controls=(
            Control(
                "a save is called kept before its commit",
                lambda count, folder: _kills(count, folder, _say_too_soon),
                fast=10,
                full=50,
            ),
        ),
    ),
)
