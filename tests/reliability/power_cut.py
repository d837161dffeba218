"""R2: the power fails at any moment of the saving; no save that was called kept is lost, and nothing is damaged."""

import random
import shutil
from pathlib import Path

from tests.reliability import calls, cutting, vaults
from tests.reliability.frame import Control, Figures, Trial, most, tries

SAVES = 30
IMAGES_A_RECORD = 500
WRITER = """
import os, sys
from pathlib import Path
from alliance_desktop.keys.keyfile import Secrets
from alliance_desktop.storage import opening
from tests.reliability import vaults
folder, synchronous, first, saves = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
secrets = Secrets(*map(bytes.fromhex, sys.argv[5:8]), int(sys.argv[8]))
store = opening.open_store(folder, secrets)
store._database._connection.execute(f"PRAGMA synchronous={synchronous}").fetchall()
for id in range(first, first + saves):
    vaults.save(store, id)
    os.write(1, b"kept %d" % id)
store.close()
"""


def _cuts(count: int, folder: Path, synchronous: str) -> Figures:
    chance = random.Random(2)
    made = vaults.make(folder, 5)
    shares = [count // 2, count - count // 2]
    lost = damaged = failed = saves = 0
    for in_order, share in zip((False, True), shares, strict=True):
        for begun in range(0, share, IMAGES_A_RECORD):
            record = _recorded(made, folder, synchronous)
            wanted = min(IMAGES_A_RECORD, share - begun)
            for left, kept in _images(record, made, folder, wanted, chance, in_order=in_order):
                saves += kept
                lost += left.lost
                damaged += left.damaged
                failed += bool(left.lost or left.damaged)
    return {
        "power cuts": count,
        "acknowledged saves": saves,
        "saves lost": lost,
        "vaults damaged": damaged,
        "cuts that did harm": failed,
    }


def _recorded(made: vaults.Made, folder: Path, synchronous: str) -> Path:
    """Record the saving of a real program into a copy of a vault that holds some saves already."""
    place, log = made.copy(folder / "Recorded.vault"), folder / "calls"
    own = made.secrets
    keys = [own.recovery.hex(), own.vault_id.hex(), own.data_key.hex(), own.generation]
    calls.record(log, calls.FILE_CALLS, WRITER, place, synchronous, 6, SAVES, *keys)
    return log


def _images(log: Path, made: vaults.Made, folder: Path, count: int, chance: random.Random, *, in_order: bool):
    """Yield what is left after each of so many power cuts, and how many saves had been called kept by then."""
    recorded = folder / "Recorded.vault"
    rehearsal = cutting.Disk(made.folder, recorded, in_order=in_order)
    moments = sum(1 for _ in cutting.moments(log, rehearsal))
    if rehearsal.contents() != {one.name: one.read_bytes() for one in recorded.iterdir()}:
        raise AssertionError("the replay does not end with the files that the program left")
    # Below the record lies the memory, where the judge's own syncs cost nothing.
    with vaults.quick_folder(folder) as quick:
        base = made.copy(Path(quick, "Base.vault"))
        disk = cutting.Disk(base, recorded, in_order=in_order)
        cuts = sorted(chance.randrange(moments) for _ in range(count))
        for moment, kept in enumerate(cutting.moments(log, disk)):
            while cuts and cuts[0] == moment:
                cuts.pop(0)
                image = Path(quick, "Image.vault")
                image.mkdir(mode=0o700)
                disk.image(chance, image)
                yield vaults.judge(made, image, [*range(1, 6), *kept]), len(kept) + 5
                shutil.rmtree(image)


TRIALS = (
    Trial(
        "R2",
        "power cut at a random moment, sectors torn, unsynced writes in any order, two kinds of folders",
        (tries("power cuts", 2000), most("saves lost", 0), most("vaults damaged", 0)),
        lambda count, folder: _cuts(count, folder, "FULL"),
        fast=40,
        full=2000,
        controls=(
            Control(
                "synchronous off",
                lambda count, folder: _cuts(count, folder, "OFF"),
                share=("cuts that did harm", 0.6),
                fast=30,
                full=500,
            ),
        ),
        tools=("strace",),
    ),
)
