"""R6, coming in: killed at any moment while a file is brought into a vault, the vault is old or new, and whole."""

import json
import os
import random
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path

from service_cases import PASSPHRASE, Clock

from alliance_desktop.domain.errors import KnownError
from alliance_desktop.keys.keyfile import Secrets
from alliance_desktop.resources import resource
from alliance_desktop.services.access import Access
from alliance_desktop.services.forms import Forms, load_forms
from alliance_desktop.storage import apart, opening
from tests.reliability.frame import Control, Figures, Trial, most, tries
from tests.reliability.killing import Say, forked, killed

NOTES = 300
REPLACE = os.replace

Replace = Callable[[Path, Path], None]


def at_once(source: Path, place: Path) -> None:
    """Give the copy the name of the notes, as the program does."""
    REPLACE(source, place)


def piece_by_piece(source: Path, place: Path) -> None:
    """Write the copy over the notes: what the one renaming guards against."""
    data = source.read_bytes()
    with place.open("r+b") as file:
        for at in range(0, len(data), 4096):
            file.write(data[at : at + 4096])
            file.flush()
            # A disk that takes its time, as a stick does.
            time.sleep(0.02)


def _file(path: Path) -> Path:
    lines = [
        {"is": "head", "program": "alliance-desktop", "format": 1},
        {"is": "client", "id": 1, "answers": {"code": "D-34"}},
    ]
    note = {"is": "entry", "client": 1, "form": "session", "card": "note", "day": "2026-03-05"}
    lines += [note | {"id": id, "record": {"body": "She went quiet. " * 40}} for id in range(2, NOTES + 2)]
    lines.append({"is": "end", "lines": len(lines)})
    path.write_text("".join(f"{json.dumps(one)}\n" for one in lines), encoding="utf-8")
    return path


def _bring_in(forms: Forms, place: Path, secrets: Secrets, file: Path) -> None:
    vault = Access(forms, Clock(), os.urandom).open(place, secrets)
    vault.exchange().bring_in(file, vault.close)
    vault.close()


def _kills(count: int, folder: Path, replace: Replace) -> Figures:
    chance = random.Random(66)
    forms = load_forms(resource("forms"))
    made = folder / "Made.vault"
    secrets = Access(forms, Clock(), os.urandom).create(made, PASSPHRASE)
    file = _file(folder / "in.jsonl")
    figures = {"old": 0, "new": 0, "not whole": 0}
    place = folder / "Tried.vault"

    def work(say: Say, replace: Replace = replace) -> None:
        apart.os.replace = replace
        say(1)
        _bring_in(forms, place, secrets, file)
        say(2)
        signal.pause()

    lasts = _lasts(lambda: shutil.copytree(made, place), lambda say: work(say, at_once))
    for _ in range(count):
        shutil.copytree(made, place)
        killed(*forked(work), 1, chance.random() * lasts * 1.3)
        figures[_told(place, secrets)] += 1
        shutil.rmtree(place)
    return {"kills": count, **figures}


def _lasts(prepare: Callable[[], Path], work: Callable[[Say], None]) -> float:
    """Return how many seconds it takes a process of its own, as the killed ones are, when nothing comes between."""
    place = prepare()
    child, reading = forked(work)
    os.read(reading, 4)
    began = time.perf_counter()
    killed(child, reading, 1, 0.0)
    shutil.rmtree(place)
    return time.perf_counter() - began


def _told(place: Path, secrets: Secrets) -> str:
    """Return whether a vault, opened with all its checks, holds nothing of the file or all of it."""
    try:
        store = opening.open_store(place, secrets, closed_well=False)
    except KnownError:
        return "not whole"
    try:
        counts = len(store.clients.all()), len(store.contents().notes)
    except KnownError:
        return "not whole"
    finally:
        store.close()
    return {(0, 0): "old", (1, NOTES): "new"}.get(counts, "not whole")


TRIALS = (
    Trial(
        "R6i",
        "kill -9 while a file is brought into a vault",
        (tries("kills", 100), most("not whole", 0)),
        lambda count, folder: _kills(count, folder, at_once),
        fast=8,
        full=100,
        controls=(
            Control(
                "written over the notes in place",
                lambda count, folder: _kills(count, folder, piece_by_piece),
                fast=20,
                full=60,
            ),
        ),
    ),
)
