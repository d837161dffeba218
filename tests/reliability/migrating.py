"""R6, migration: killed at any moment of the first opening by a newer program, a vault is old or new, and whole."""

import random
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path

from alliance_desktop.domain.errors import KnownError
from alliance_desktop.keys.keyfile import Secrets
from alliance_desktop.storage import digest, opening, schema
from alliance_desktop.storage.database import Database
from alliance_desktop.storage.store import Store
from tests.reliability.frame import Control, Figures, Trial, most, tries
from tests.reliability.killing import Say, forked, killed

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
LONG = 60
TABLES = (
    *("client", "arc", "status_event", "entry", "record_answer", "private_answer", "record_addendum"),
    *("private_addendum", "binned", "record_version", "private_version", "entry_event", "link", "put_off", "setting"),
)

Migrate = Callable[[Database], None]


def in_order(database: Database) -> None:
    """Migrate as the program does."""
    PROPERLY(database)


PROPERLY = schema.migrate


def version_first(database: Database) -> None:
    """Note the new version before its step is done: what the one transaction guards against."""
    with database.transaction():
        database.run(f"PRAGMA user_version={schema.SCHEMA_VERSION}")
    for _ in range(LONG):
        # A step that takes its time, as that of a vault of many years does.
        digest.recount(database)
    with database.transaction():
        for step in schema.STEPS[1:]:
            step(database)
    PROPERLY(database)


def _kills(count: int, folder: Path, migrate: Migrate) -> Figures:
    chance = random.Random(6)
    told = dict(line.split(": ", 1) for line in (GOLDEN / "v1.txt").read_text("utf-8").splitlines())
    golden = GOLDEN / "v1.vault"
    secrets = opening.find_secrets(golden, told["passphrase"])
    wanted, lasts = _unharmed(golden, folder, secrets)
    figures = {"old": 0, "new": 0, "not whole": 0}
    for _ in range(count):
        place = shutil.copytree(golden, folder / "Tried.vault")

        def work(say: Say, place: Path = place) -> None:
            schema.migrate = migrate
            say(1)
            opening.open_store(place, secrets)
            say(2)
            signal.pause()

        said = killed(*forked(work), 1, chance.random() * lasts * 1.3)
        found = _rows(place, secrets)
        figures["not whole" if found != wanted else "new" if 2 in said else "old"] += 1
        shutil.rmtree(place)
    return {"kills": count, **figures}


def _unharmed(golden: Path, folder: Path, secrets: Secrets) -> tuple[object, float]:
    """Return the rows of the golden vault as it opens undisturbed, and how long that takes in seconds."""
    place = shutil.copytree(golden, folder / "Undisturbed.vault")
    began = time.perf_counter()
    opening.open_store(place, secrets).close()
    lasts = time.perf_counter() - began
    return _rows(place, secrets), lasts


def _rows(place: Path, secrets: Secrets) -> object:
    """Return every row of a vault that opens with all its checks; None of one that does not."""
    try:
        store = opening.open_store(place, secrets, closed_well=False)
    except KnownError:
        return None
    try:
        if not _counted(store):
            return None
        return {table: store._database.rows(f"SELECT * FROM {table} ORDER BY 1") for table in TABLES}
    finally:
        store.close()


def _counted(store: Store) -> bool:
    recounting = store.recounting()
    while True:
        try:
            next(recounting)
        except StopIteration as end:
            return bool(end.value)
        except KnownError:
            return False


TRIALS = (
    Trial(
        "R6m",
        "kill -9 while a newer program first opens a vault of each earlier version",
        (tries("kills", 100), most("not whole", 0)),
        lambda count, folder: _kills(count, folder, in_order),
        fast=10,
        full=100,
        controls=(
            Control(
                "the version is noted before its step",
                lambda count, folder: _kills(count, folder, version_first),
                fast=40,
                full=100,
            ),
        ),
    ),
)
