"""S3: every file that the program makes is encrypted: no SQLite head, no word, and each database opens with the key."""

import os
from collections.abc import Callable
from pathlib import Path

from service_cases import CHEAP, NOTICE, Clock, card
from sqlcipher3 import dbapi2

from alliance_desktop.domain.errors import KnownError
from alliance_desktop.keys.keyfile import FROM_RECOVERY, Secrets
from alliance_desktop.resources import resource
from alliance_desktop.services.access import Access
from alliance_desktop.services.backup_work import Trying
from alliance_desktop.services.forms import load_forms
from alliance_desktop.services.machine import Machine
from alliance_desktop.services.rescue import Rescue
from alliance_desktop.storage import opening
from alliance_desktop.storage.place import NOTES
from tests.reliability import freshness, vaults
from tests.reliability.frame import Control, Figures, Trial, least, most, tries

WORD = "sealedword"
MAGIC = b"SQLite format 3"
ALL_ROUNDS = 10
FORMS = load_forms(resource("forms"))
More = Callable[[vaults.Made, Path], None]


def _everything(made: vaults.Made, folder: Path, number: int) -> None:
    """Do all that leaves a file: save, back up, restore, copy, salvage, change the passphrase, stop half-way."""
    clock, machine = Clock(), Machine(folder / "state")
    access = Access(FORMS, clock, os.urandom, CHEAP, machine)
    vault = access.open(made.folder, made.own_secrets())
    vault.reserving()()
    for at in range(5 + number * 10):
        id = vault.notebook.add_client({"code": f"{WORD}{at}"}).client
        vault.notebook.write(card(vault.notebook, id, "notice", NOTICE | {"seen_or_heard": WORD * (at % 4 * 500 + 1)}))
    for work in (vault.backups.automatic(), vault.backups.to_place(folder / "stick")):
        assert work is not None
        work()
    restoring = vault.backups.restoring(vault.backups.listed()[0].path)
    restoring()
    vault.install(vault.keys.work().passphrase(vaults.PASSPHRASE, "five grey geese over the mill"))
    vault.close()
    access.copy_without_side_file(made.folder)
    rescue = Rescue(FORMS, clock, os.urandom)
    secrets = opening.find_secrets(made.folder, "five grey geese over the mill")
    rescue.salvage(made.folder, secrets, rescue.place_for_new(made.folder))
    rescue.copy_aside(made.folder, rescue.place_for_copy(made.folder))


def _stop_half_way(made: vaults.Made, folder: Path) -> None:
    """Leave a side file, damaged, which the next opening sets aside."""
    left = freshness.stopped(folder, made, 2)
    (made.folder / NOTES).write_bytes(left.notes)
    (made.folder / f"{NOTES}-wal").write_bytes(left.side[:-2000] + bytes(8) + left.side[-1992:])
    made.open().close()


def _faults(path: Path, made: vaults.Made) -> list[str]:
    """Return what is wrong with one file: what it gives away, or that it does not open."""
    data = path.read_bytes()
    told = [name for name, mark in (("head", MAGIC), ("word", WORD.encode())) if mark in data]
    if WORD.encode("utf-16-le") in data or WORD in path.name:
        told.append("word")
    if path.suffix == ".vbak" or path.name == NOTES:
        told += _shut(path, made)
    return told


def _newest(made: vaults.Made) -> Secrets:
    own = made.own_secrets()
    return Secrets(own.recovery, own.vault_id, own.data_key, FROM_RECOVERY)


def _shut(path: Path, made: vaults.Made) -> list[str]:
    try:
        if path.suffix == ".vbak":
            Trying(path, made.secrets.data_key)()
        else:
            opening.open_store(path.parent, _newest(made)).close()
    except KnownError as fault:
        return [type(fault).__name__]
    return []


def _files(count: int, folder: Path, more: More = lambda made, place: None) -> Figures:
    files = open_ones = shut = 0
    for number in range(count):
        place = folder / str(number)
        (place / "day" / "stick").mkdir(parents=True)
        (place / "stopped").mkdir()
        made, stopped = vaults.make(place / "day"), vaults.make(place / "stopped")
        _everything(made, place / "day", number)
        _stop_half_way(stopped, place / "stopped")
        more(made, place / "day")
        for own in (made, stopped):
            for path in (Path(top, name) for top, _, names in os.walk(own.folder.parent) for name in names):
                told = _faults(path, own)
                files += 1
                open_ones += "head" in told or "word" in told
                shut += bool(set(told) - {"head", "word"})
    return {"rounds": count, "files": files, "files that tell something": open_ones, "files that do not open": shut}


def _vacuumed_beside(made: vaults.Made, place: Path) -> None:
    """The trap itself: VACUUM INTO from a connection that has no key of its own writes the whole vault in clear."""
    connection = dbapi2.connect(":memory:", isolation_level=None)
    key = f"x'{made.secrets.data_key.hex()}{made.secrets.vault_id.hex()}'"
    connection.execute("ATTACH ? AS vault KEY ?", (str(made.folder / NOTES), key))
    connection.execute("VACUUM vault INTO ?", (str(place / "2026-03-05T1000Z-s000009.vbak"),))
    connection.close()


TRIALS = (
    Trial(
        "S3",
        "every file the program makes: notes, side file, keys, backups, restored, copied, salvaged, set aside, state",
        (
            tries("rounds", ALL_ROUNDS),
            least("files", 20),
            most("files that tell something", 0),
            most("files that do not open", 0),
        ),
        _files,
        fast=1,
        full=ALL_ROUNDS,
        controls=(
            Control(
                "VACUUM INTO from an attached vault",
                lambda count, folder: _files(count, folder, _vacuumed_beside),
                share=("files that tell something", 0.9),
                fast=1,
                full=3,
            ),
        ),
    ),
)
