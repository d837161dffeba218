"""R13: the disk is full at any point of the saving; what was called kept is there, the rest is told and kept on retry.

A file that may not grow, and a small disk of its own, which only root may mount.
"""

import json
import os
import random
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alliance_desktop.domain.errors import DiskFullError, SaveFailedError, SaveWaitingError
from alliance_desktop.storage.place import NOTES
from alliance_desktop.storage.store import Store
from tests.reliability import vaults
from tests.reliability.frame import Control, Figures, Trial, most, tries

ALL_POINTS = 40
BASE = 3
MOST_SAVES = 80
MOST_REFUSED = 3
MOST_ROOM = 120_000
DISK = 3 << 20


class Room:
    """Lets a process have only so much room, and then as much as it wants."""

    def __init__(self, folder: Path, room: int, disk: Path | None) -> None:
        self._folder, self._room, self._disk = folder, room, disk

    def take(self) -> None:
        if self._disk is None:
            _limit((self._folder / NOTES).stat().st_size + self._room)
            return
        free = os.statvfs(self._disk)
        (self._disk / "filler").write_bytes(bytes(max(0, free.f_bavail * free.f_frsize - self._room)))

    def give_back(self) -> None:
        if self._disk is None:
            _limit(None)
        else:
            (self._disk / "filler").unlink(missing_ok=True)


def _limit(size: int | None) -> None:
    import resource

    resource.setrlimit(
        resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY if size is None else size, resource.RLIM_INFINITY)
    )


def _filled(store: Store, room: Room, *, honest: bool, goes_on: bool) -> dict[str, list[int]]:
    """Save until the disk refuses a few saves. Then there is room and they are tried again, or the vault is closed."""
    told: dict[str, list[int]] = {"kept": [], "refused": [], "found": []}
    room.take()
    for id in range(BASE + 1, BASE + MOST_SAVES):
        said = _saved(store, id) if honest else _saved(store, id) or True
        told["kept" if said else "refused"].append(id)
        if len(told["refused"]) == MOST_REFUSED:
            break
    told["found"] = [int(one.id) for one in store.clients.all()]
    if not goes_on:
        return told
    room.give_back()
    for id in told["refused"]:
        vaults.save(store, id)
    store.settle()
    return told


def _saved(store: Store, id: int) -> bool:
    try:
        vaults.save(store, id)
    except SaveWaitingError:
        return True
    except (DiskFullError, SaveFailedError):
        return False
    return True


def _points(count: int, folder: Path, *, honest: bool = True) -> Figures:
    chance = random.Random(13)
    made = vaults.make(folder, BASE)
    wrong = damaged = refused = 0
    with _small_disk(folder, needed=count >= ALL_POINTS) as disk:
        for number in range(count):
            small = disk if disk is not None and number % 2 else None
            place = made.copy((small or folder) / "Tried.vault")
            goes_on = number % 4 < 2
            told = _in_a_process(made, place, Room(place, chance.randrange(MOST_ROOM), small), honest, goes_on)
            base = list(range(1, BASE + 1))
            wrong += sorted(told["found"]) != sorted(base + told["kept"])
            retried = told["refused"] if goes_on else []
            left = vaults.judge(made, place, base + told["kept"] + retried, in_flight=0)
            damaged += left.damaged or left.lost > 0
            refused += len(told["refused"])
    figures = {"full disks": count, "saves refused and told": refused}
    return figures | {"rows not as acknowledged": wrong, "not whole after the retry": damaged}


def _in_a_process(made: vaults.Made, place: Path, room: Room, honest: bool, goes_on: bool) -> dict[str, list[int]]:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            store = made.open(place)
            told = _filled(store, room, honest=honest, goes_on=goes_on)
            store.close()
            os.write(writing, json.dumps(told).encode())
            os._exit(0)
        finally:
            os._exit(1)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read()
    room.give_back()
    if os.waitpid(child, 0)[1]:
        raise AssertionError("the writer on a full disk broke off")
    return json.loads(said)


@contextmanager
def _small_disk(folder: Path, needed: bool) -> Iterator[Path | None]:
    """Mount a small disk; None where only root may, which is not good enough for a full run."""
    place = folder / "disk"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={DISK}", "none", str(place)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        if needed:
            raise AssertionError("the full run of R13 needs root, to mount a small disk")
        yield None
        return
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


TRIALS = (
    Trial(
        "R13",
        "the disk is full at a random point (a limit of the system; a small disk)",
        (tries("full disks", ALL_POINTS), most("rows not as acknowledged", 0), most("not whole after the retry", 0)),
        _points,
        fast=8,
        full=ALL_POINTS,
        controls=(
            Control(
                "a refused save is called kept",
                lambda count, folder: _points(count, folder, honest=False),
                fast=2,
                full=10,
            ),
        ),
    ),
)
