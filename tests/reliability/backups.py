"""R3, R6, R16, R18: backups killed while being written or restored, spoilt on the way, and tried after a year."""

import datetime
import os
import random
from collections.abc import Callable
from itertools import count as counting
from pathlib import Path

from vault_cases import BEGAN

from alliance_desktop.domain.backup_errors import BackupRefusedError
from alliance_desktop.domain.errors import KnownError
from alliance_desktop.services.backup_work import BackingUp, Trying
from alliance_desktop.services.backups import Backups
from alliance_desktop.storage import backup, backup_file, disk, restoring, swapping
from alliance_desktop.storage.contents import Contents
from alliance_desktop.storage.snapshot import Snapshot
from tests.reliability import vaults
from tests.reliability.frame import Control, Figures, Trial, most, tries
from tests.reliability.killing import Say, forked, killed

DAY = BEGAN.date()


def later(number: int) -> datetime.datetime:
    return BEGAN + datetime.timedelta(minutes=number)


# -- R3: killed while a backup is being written ------------------------------------------------------------------------


def _kills_in_backup(count: int, folder: Path, writer: Callable[[vaults.Made, Path, int, Say], None]) -> Figures:
    chance = random.Random(3)
    made = vaults.make(folder, saves=20)
    place = made.copy(folder / "Tried.vault")
    finished = bad = damaged = 0
    kept = list(range(1, 21))
    for number in range(count):
        first = (number + 1) * 1000
        child, reading = forked(lambda say, first=first: writer(made, place, first, say))
        kept += killed(child, reading, 2, chance.random() * 0.06)
        damaged += vaults.judge(made, place, kept, in_flight=number + 1).damaged
        for one in backup_file.listed(place / backup_file.FOLDER):
            finished += 1
            bad += not is_good(made, one.path)
            one.path.unlink()
    return {"kills": count, "finished backups": finished, "bad backups": bad, "vaults damaged": damaged}


def is_good(made: vaults.Made, path: Path) -> bool:
    try:
        Trying(path, made.secrets.data_key)()
    except KnownError:
        return False
    return True


def _back_up(made: vaults.Made, place: Path, first: int, say: Say) -> None:
    store = made.open(place)
    for id in counting(first):
        vaults.save(store, id)
        say(id)
        BackingUp(Snapshot(store), backup.own_folder(place), later(id))()


def _back_up_by_copying(made: vaults.Made, place: Path, first: int, say: Say) -> None:
    """Write straight under the final name, as a plain copy does."""
    store = made.open(place)
    folder = backup.own_folder(place)
    for id in counting(first):
        vaults.save(store, id)
        say(id)
        with (folder / backup_file.name_of(later(id), store.saves)).open("wb", buffering=0) as file:
            pages = (place / "notes.db").read_bytes()
            for at in range(0, len(pages), 4096):
                file.write(pages[at : at + 4096])
                os.fsync(file.fileno())
            file.write(backup_file.tail_of((place / "keys.a").read_bytes()))


# -- R6: killed while a backup is being restored and takes the vault's place -------------------------------------------


def _kills_in_restore(count: int, folder: Path, restorer: Callable[..., None]) -> Figures:
    chance = random.Random(6)
    made = vaults.make(folder, saves=20)
    store = made.open()
    source = BackingUp(Snapshot(store), backup.own_folder(made.folder), BEGAN)().path
    store.close()
    place = made.folder
    half = missing = swaps = 0
    for _ in range(count):
        child, reading = forked(lambda say, source=source: restorer(made, source, place, say))
        swaps += len(killed(child, reading, 1, chance.random() * 0.05))
        swapping.heal(place)
        missing += not place.is_dir()
        for one in folder.glob("*.vault"):
            half += vaults.judge(made, one, range(1, 21)).damaged
            if one != place:
                (one / "notes.db").unlink(missing_ok=True)
                one.rename(folder / f".seen {one.name} {os.urandom(4).hex()}")
        source = next(iter(place.glob("backups/*.vbak")), source)
    return {"kills": count, "swaps": swaps, "half vaults": half, "vaults missing": missing}


def _restore_and_swap(made: vaults.Made, source: Path, place: Path, say: Say) -> None:
    for number in counting(1):
        restored = swapping.place_for_restored(place, DAY)
        source = next(iter(place.glob("backups/*.vbak")), source)
        restoring.restore(source, made.secrets.data_key, restored)
        say(number)
        swapping.swap(place, restored, DAY)


def _restore_in_place(made: vaults.Made, source: Path, place: Path, say: Say) -> None:
    """Write the pages over the vault itself, as a plain copy back does."""
    pages = source.read_bytes()[: backup_file.read(source).pages]
    for number in counting(1):
        say(number)
        with (place / "notes.db").open("wb", buffering=0) as file:
            for at in range(0, len(pages), 4096):
                file.write(pages[at : at + 4096])
                os.fsync(file.fileno())


# -- R16: spoilt on the way to the disk --------------------------------------------------------------------------------


def _spoiler(chance: random.Random) -> Callable[[int, bytes, int], None]:
    """Return a disk that writes something else than it was given, once."""

    def write_at(fd: int, data: bytes, place: int) -> None:
        at = chance.randrange(len(data))
        bit = bytes([data[at] ^ 1 << chance.randrange(8)])
        ways = [
            data[:at] + bit + data[at + 1 :],
            bytes(len(data)),
            data[:at] + bytes(len(data) - at),
            data[4096:] + data[:4096],
        ]
        spoilt = chance.choice([one for one in ways if one != data])
        disk.write_at(fd, spoilt, place)

    return write_at


def _spoilt(count: int, folder: Path, *, checked: bool) -> Figures:
    chance = random.Random(16)
    made = vaults.make(folder, saves=10)
    store = made.open()
    own = backup.own_folder(made.folder)
    spoilt = accepted = lost = 0
    before: set[Path] = set()
    for number in range(count):
        vaults.save(store, 1000 + number)
        bad = number % 100 == 50 or (count < 400 and number % 10 == 5)
        spoilt += bad
        write_at = _spoiler(chance) if bad else disk.write_at
        try:
            _one_more(Snapshot(store), own, later(number), write_at, checked)
        except BackupRefusedError:
            lost += not bad
        here = set(own.iterdir())
        lost += len(before - here)
        accepted += bad and len(here) > len(before)
        before = here
    store.close()
    looked_at = sorted(before)[:: max(1, count // 60)]
    lost += sum(not is_good(made, one) for one in looked_at)
    return {
        "backups": count,
        "spoilt": spoilt,
        "spoilt ones kept": accepted,
        "good ones lost": lost,
    }


def _one_more(snapshot: Snapshot, own: Path, at: datetime.datetime, write_at, checked: bool) -> None:
    if checked:
        BackingUp(snapshot, own, at, write_at=write_at)()
        return
    path = own / backup_file.name_of(at, snapshot.saves)
    with path.open("w+b") as file:
        from alliance_desktop.domain.watch import Watch

        snapshot.copy(file.fileno(), Watch(), write_at)
        disk.write_at(file.fileno(), backup_file.tail_of(snapshot.key_data), file.seek(0, os.SEEK_END))
    snapshot.release()


# -- R18: a restore on trial from every backup that is kept ---------------------------------------------------------


def _drills(count: int, folder: Path, *, in_order: bool) -> Figures:
    made = vaults.make(folder)
    store = made.open()
    at = BEGAN
    clock = Backups(store, lambda: at)
    as_made: dict[int, Contents] = {}
    for number in range(1, count + 1):
        at += datetime.timedelta(hours=random.Random(number).choice((1, 5, 20, 90)))
        vaults.story(store, number)
        work = clock.automatic()
        if work is not None:
            as_made[store.saves] = store.contents()
            work()
    kept = clock.listed()
    unequal = 0
    for one in kept:
        found = Trying(one.path, made.secrets.data_key)().contents
        unequal += found != as_made[one.saves if in_order else max(as_made)]
    store.close()
    return {"backups made": count, "restored": len(kept), "rows unequal": unequal}


TRIALS = (
    Trial(
        "R3",
        "kill -9 while backups are being written",
        (tries("kills", 150), most("bad backups", 0), most("vaults damaged", 0)),
        lambda count, folder: _kills_in_backup(count, folder, _back_up),
        fast=8,
        full=150,
        controls=(
            Control(
                "written straight under its name",
                lambda count, folder: _kills_in_backup(count, folder, _back_up_by_copying),
                fast=8,
                full=30,
            ),
        ),
    ),
    Trial(
        "R6r",
        "kill -9 while a backup is restored and takes the vault's place",
        (tries("kills", 100), most("half vaults", 0), most("vaults missing", 0)),
        lambda count, folder: _kills_in_restore(count, folder, _restore_and_swap),
        fast=8,
        full=100,
        controls=(
            Control(
                "written over the vault itself",
                lambda count, folder: _kills_in_restore(count, folder, _restore_in_place),
                fast=8,
                full=30,
            ),
        ),
    ),
    Trial(
        "R16",
        "backups spoilt on their way to the disk",
        (tries("backups", 1000), most("spoilt ones kept", 0), most("good ones lost", 0)),
        lambda count, folder: _spoilt(count, folder, checked=True),
        fast=30,
        full=1000,
        controls=(
            Control(
                "not read back",
                lambda count, folder: _spoilt(count, folder, checked=False),
                fast=20,
                full=100,
            ),
        ),
    ),
    Trial(
        "R18",
        "a restore on trial from every backup that is kept",
        (tries("backups made", 400), most("rows unequal", 0)),
        lambda count, folder: _drills(count, folder, in_order=True),
        fast=60,
        full=400,
        controls=(
            Control(
                "compared with the newest state",
                lambda count, folder: _drills(count, folder, in_order=False),
                fast=20,
                full=20,
            ),
        ),
    ),
)
