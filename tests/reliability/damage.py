"""R8 and R10: what a disk, a stick or another program may do to the file of the notes is never silently wrong."""

import random
from collections.abc import Callable
from pathlib import Path

from alliance_desktop.domain.errors import KnownError
from alliance_desktop.storage.place import NOTES
from alliance_desktop.storage.sealed_page import PAGE
from tests.reliability import vaults
from tests.reliability.frame import Control, Figures, Trial, least, most, tries

STORIES = 110
SECTOR = 512
SALT = 16

Chance = random.Random
Mutation = Callable[[bytearray, Chance], None]


def _bit(data: bytearray, chance: Chance) -> None:
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def _bytes(data: bytearray, chance: Chance) -> None:
    at = chance.randrange(len(data) - 16)
    data[at : at + 16] = chance.randbytes(16)


def _sector(data: bytearray, chance: Chance) -> None:
    at = chance.randrange(len(data) // SECTOR) * SECTOR
    data[at : at + SECTOR] = bytes(SECTOR)


def _page(data: bytearray, chance: Chance) -> None:
    at = chance.randrange(len(data) // PAGE) * PAGE
    data[at : at + PAGE] = bytes(PAGE)


def _swap(data: bytearray, chance: Chance) -> None:
    one, other = (at * PAGE for at in chance.sample(range(len(data) // PAGE), 2))
    first, second = bytes(data[one : one + PAGE]), bytes(data[other : other + PAGE])
    data[one : one + PAGE], data[other : other + PAGE] = second, first


def _cut(data: bytearray, chance: Chance) -> None:
    del data[chance.randrange(len(data)) :]


def _cut_at_page(data: bytearray, chance: Chance) -> None:
    del data[chance.randrange(len(data) // PAGE) * PAGE :]


def _append(data: bytearray, chance: Chance) -> None:
    data += chance.randbytes(chance.choice((1, 16, SECTOR, PAGE, 3 * PAGE)))


MUTATIONS: tuple[Mutation, ...] = (
    *[_bit] * 8,
    *[_bytes, _sector, _page, _swap] * 2,
    *[_cut, _cut_at_page] * 2,
    _append,
)


def _rich(folder: Path) -> tuple[vaults.Made, list[object]]:
    made = vaults.make(folder)
    store = made.open()
    for id in range(1, STORIES + 1):
        vaults.story(store, id)
    truth = vaults.everything(store)
    store.close()
    return made, truth


def _mutations(count: int, folder: Path) -> Figures:
    chance = random.Random(8)
    silent = seen = at_open = at_read = 0
    with vaults.quick_folder(folder) as quick:
        made, truth = _rich(Path(quick))
        whole = (made.folder / NOTES).read_bytes()
        place = made.copy(Path(quick, "Hurt.vault"))
        for number in range(count):
            hurt = bytearray(whole)
            MUTATIONS[number % len(MUTATIONS)](hurt, chance)
            if hurt == whole:
                # What happened to change nothing is done again in the plainest way.
                _bit(hurt, chance)
            (place / NOTES).write_bytes(hurt)
            seen += _is_seen_by_checks(made, place)
            (place / NOTES).write_bytes(hurt)
            found = _read(made, place)
            at_open += found == "refused"
            at_read += found == "broke off"
            silent += isinstance(found, list) and found != truth
    return {
        "changes": count,
        "refused at the opening": at_open,
        "told while reading": at_read,
        "silently wrong": silent,
        "% seen by the checks": 100 * seen / count,
    }


def _read(made: vaults.Made, place: Path) -> list[object] | str:
    """Return everything in a vault, or how the program said that it cannot."""
    for left in place.glob(f"{NOTES}-*"):
        left.unlink()
    try:
        store = made.open(place)
    except KnownError:
        return "refused"
    try:
        return vaults.everything(store)
    except KnownError:
        return "broke off"
    finally:
        store.close()


def _is_seen_by_checks(made: vaults.Made, place: Path) -> bool:
    # The first 16 bytes are the vault's id, which no page's seal covers: they are compared and mended at the opening.
    if (place / NOTES).read_bytes()[:SALT] != made.secrets.vault_id:
        return True
    return bool(vaults.faults_of_checks(place, made.secrets))


# -- R10: pages as they once were -----------------------------------------------------------------------------------


def _old_pages(count: int, folder: Path, alarm: Callable[[vaults.Made, Path], bool]) -> Figures:
    chance = random.Random(10)
    wrong = silent = 0
    with vaults.quick_folder(folder) as quick:
        made, _ = _rich(Path(quick))
        old = (made.folder / NOTES).read_bytes()
        truth = _write_on(made, chance)
        new = (made.folder / NOTES).read_bytes()
        pages = [at for at in range(0, len(old), PAGE) if old[at : at + PAGE] != new[at : at + PAGE]]
        place = made.copy(Path(quick, "Hurt.vault"))
        for _ in range(count):
            at = chance.choice(pages)
            hurt = new[:at] + old[at : at + PAGE] + new[at + PAGE :]
            (place / NOTES).write_bytes(hurt)
            found = _read(made, place)
            is_wrong = isinstance(found, list) and found != truth
            (place / NOTES).write_bytes(hurt)
            wrong += is_wrong
            silent += is_wrong and not alarm(made, place)
    return {"old pages": count, "read as something else": wrong, "silently wrong": silent}


def _write_on(made: vaults.Made, chance: Chance) -> list[object]:
    """Change and add what a busy week would, and return everything that is there then."""
    store = made.open()
    for id in range(STORIES + 1, STORIES + 31):
        vaults.story(store, id, "added")
    for id in chance.sample(range(1, STORIES + 1), 60):
        with store.transaction():
            store.entries.put(vaults.told(id, "changed", id % vaults.CLIENTS + 1), vaults.PRIVATE)
    truth = vaults.everything(store)
    store.close()
    return truth


def _digest_tells(made: vaults.Made, place: Path) -> bool:
    try:
        store = made.open(place)
    except KnownError:
        return True
    try:
        return not vaults.is_as_counted(store)
    except KnownError:
        return True
    finally:
        store.close()


TRIALS = (
    Trial(
        "R8",
        "bit, 16 bytes, sector, page, two pages swapped, cut, appended: the file changed behind the program",
        (tries("changes", 5250), most("silently wrong", 0), least("% seen by the checks", 100)),
        _mutations,
        fast=56,
        full=5250,
    ),
    Trial(
        "R10",
        "one page put back as it once was",
        (tries("old pages", 500), most("silently wrong", 0)),
        lambda count, folder: _old_pages(count, folder, _digest_tells),
        fast=12,
        full=500,
        controls=(
            Control(
                "digest not asked",
                lambda count, folder: _old_pages(count, folder, lambda _made, _place: False),
            ),
        ),
    ),
)
