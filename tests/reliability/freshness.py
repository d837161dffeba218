"""R9 and R11: a side file damaged, cut, taken away or of another time, and a whole vault of another time.

The saves that are then missing are named, because the computer remembers how many there were.
"""

import random
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from alliance_desktop.domain.errors import KnownError
from alliance_desktop.domain.opening_errors import OlderCopyError, SideFileDamagedError, StoppedWhileSavingError
from alliance_desktop.storage.place import NOTES
from tests.reliability import vaults
from tests.reliability.frame import Control, Figures, Trial, most, tries
from tests.reliability.killing import Say, forked, killed

SIDE = f"{NOTES}-wal"
FIRST, LATER = 4, 3
TELLS = (SideFileDamagedError, StoppedWhileSavingError)

Chance = random.Random


class Stopped(NamedTuple):
    """What a kill between commit and merge left: the notes, the side file, and the count of all saves."""

    notes: bytes
    side: bytes
    saves: int


def stopped(folder: Path, made: vaults.Made, later: int) -> Stopped:
    place = made.copy(folder / "Stopped.vault")

    def write(say: Say) -> None:
        store = made.open(place)
        # The moment between commit and merge, in which a kill leaves a side file, is made to last.
        store._database.settle = lambda: None
        for id in range(FIRST + 1, FIRST + later + 1):
            vaults.save(store, id)
        say(store.saves)
        while True:
            pass

    saves = killed(*forked(write), 1, 0)[0]
    return Stopped((place / NOTES).read_bytes(), (place / SIDE).read_bytes(), saves)


def _bit(side: bytes, chance: Chance) -> bytes | None:
    hurt = bytearray(side)
    hurt[chance.randrange(len(hurt))] ^= 1 << chance.randrange(8)
    return bytes(hurt)


def _cut(side: bytes, chance: Chance) -> bytes | None:
    return side[: chance.randrange(len(side))]


def _gone(_side: bytes, _chance: Chance) -> bytes | None:
    return None


CHANGES: tuple[Callable[[bytes, Chance], bytes | None], ...] = (*[_bit] * 12, *[_cut] * 6, _gone)


def _side_files(count: int, folder: Path, *, remembered: bool) -> Figures:
    chance = random.Random(9)
    told = {"named by the counter": 0, "refused otherwise": 0, "silently missing": 0, "nothing missing": 0}
    with vaults.quick_folder(folder) as quick:
        made = vaults.make(Path(quick), FIRST)
        states = [stopped(Path(quick), made, later) for later in range(1, LATER + 1)]
        place = Path(quick, "Tried.vault")
        for number in range(count):
            state = chance.choice(states)
            made.copy(place)
            if number % (len(CHANGES) + 1) == len(CHANGES):
                # An old side file beside newer notes: those of a longer story, brought to their end.
                (place / NOTES).write_bytes(_settled(made, Path(quick), states[-1]))
                (place / SIDE).write_bytes(states[0].side)
                state = states[-1]
            else:
                (place / NOTES).write_bytes(state.notes)
                side = CHANGES[number % (len(CHANGES) + 1)](state.side, chance)
                if side is not None:
                    (place / SIDE).write_bytes(side)
            told[_told(made, place, state.saves, remembered=remembered)] += 1
    return {"side files": count} | told


def _settled(made: vaults.Made, folder: Path, state: Stopped) -> bytes:
    """Return the notes after the side file was merged and one more save made."""
    place = made.copy(folder / "Settled.vault")
    (place / NOTES).write_bytes(state.notes)
    (place / SIDE).write_bytes(state.side)
    made.open(place).close()
    return (place / NOTES).read_bytes()


def _told(made: vaults.Made, place: Path, saves: int, *, remembered: bool) -> str:
    try:
        store = made.open(place, seen_saves=saves if remembered else 0, closed_well=False)
    except OlderCopyError as fault:
        return "named by the counter" if fault.missing > 0 else "refused otherwise"
    except KnownError:
        return "refused otherwise"
    try:
        if store.saves >= saves:
            return "nothing missing" if vaults.is_as_counted(store) else "silently missing"
        is_said = any(isinstance(one, TELLS) for one in store.remarks)
        return "refused otherwise" if is_said else "silently missing"
    finally:
        store.close()


# -- R11 ------------------------------------------------------------------------------------------------------------


def _old_vaults(count: int, folder: Path, *, remembered: bool) -> Figures:
    chance = random.Random(11)
    wrong = refused = 0
    with vaults.quick_folder(folder) as quick:
        made = vaults.make(Path(quick), FIRST)
        place = Path(quick, "Tried.vault")
        for _ in range(count):
            made.copy(place)
            store = made.open(place)
            missing = chance.randint(1, 9)
            for id in range(FIRST + 1, FIRST + 1 + missing):
                vaults.save(store, id)
            saves = store.saves
            store.close()
            made.copy(place)
            named = _missing(made, place, saves if remembered else 0)
            refused += named is not None
            wrong += named != missing
    return {"old vaults": count, "refused": refused, "number of missing saves not named": wrong}


def _missing(made: vaults.Made, place: Path, saves: int) -> int | None:
    try:
        made.open(place, seen_saves=saves).close()
    except OlderCopyError as fault:
        return fault.missing if str(fault.missing) in fault.sentence else None
    return None


TRIALS = (
    Trial(
        "R9",
        "side file of an unclean stop: a bit changed, cut, missing, of another time",
        (tries("side files", 1000), most("silently missing", 0)),
        lambda count, folder: _side_files(count, folder, remembered=True),
        fast=30,
        full=1000,
        controls=(
            Control(
                "the computer forgets the count of saves",
                lambda count, folder: _side_files(count, folder, remembered=False),
                fast=40,
                full=200,
            ),
        ),
    ),
    Trial(
        "R11",
        "a whole old vault put back",
        (tries("old vaults", 50), most("number of missing saves not named", 0)),
        lambda count, folder: _old_vaults(count, folder, remembered=True),
        fast=8,
        full=50,
        controls=(
            Control(
                "the computer forgets the count of saves",
                lambda count, folder: _old_vaults(count, folder, remembered=False),
            ),
        ),
    ),
)
