"""What the tests of salvage share: a small caseload, pages made bad, and what lies in the tables."""

import random
from pathlib import Path
from typing import NamedTuple

from vault_cases import BEGAN, addendum, arc, client, entry, event, raw

from alliance_desktop.keys.keyfile import Secrets
from alliance_desktop.storage.salvage.sides import Meaning
from alliance_desktop.storage.store import Store

PAGE = 4096
PRIVATE = frozenset({"own", "why"})
RECORD = frozenset({"facts", "plan"})
CARD = ("session_note", 1, "note")
TABLES = {
    "client": "id, created_at, form_version, answers",
    "arc": "*",
    "status_event": "*",
    "entry": "*",
    "record_answer": "*",
    "private_answer": "*",
    "record_addendum": "*",
    "private_addendum": "*",
    "setting": "*",
}
"""Tables with the columns that are compared; those that follow from other rows are left out."""
OWN_SETTING = "salvage report"
MAY_BE_MADE = {"client", "arc", "status_event", "entry"}

Rows = dict[str, dict[object, tuple]]


def is_private(form: str, version: int, card: str, key: str) -> bool | None:
    if (form, version, card) != CARD:
        return None
    return True if key in PRIVATE else False if key in RECORD else None


def card_of(keys: frozenset[str]) -> tuple[str, int, str] | None:
    return CARD if keys and keys <= PRIVATE | RECORD else None


MEANING = Meaning(is_private, card_of, ("session", 1, "note"), 1)


def fill(store: Store, clients: int = 6, notes: int = 60, seed: int = 12) -> None:
    """Write a caseload: records of 30 to 6,000 letters, reflections, strains with a taken back status, addenda."""
    chance = random.Random(seed)
    with store.transaction():
        for id in range(1, clients + 1):
            store.clients.put(client(id, answers={"code": f"C{id}", "called": f"Person {id}"}))
            store.arcs.put(arc(100 + id, client=id))
            store.arcs.add_event(event(200 + id, arc=100 + id, why=_words(chance, 6)))
        store.arcs.add_event(event(300, arc=101, was="noticed", became="acknowledged"))
        store.arcs.add_event(event(301, arc=101, was="acknowledged", became="noticed", undoes=300))
        for at in range(notes):
            id = 1000 + at
            owner = at % clients + 1
            answers = {"facts": f"record {id} {_words(chance, chance.choice((5, 80, 200, 1000)))}"}
            if at % 3:
                answers["own"] = f"reflection {id} {_words(chance, chance.choice((10, 60, 900)))}"
            of = 100 + owner if at % 4 == 0 else None
            store.entries.put(entry(id, client=owner, arc=of, answers=answers), PRIVATE)
            store.entries.add_addendum(addendum(5000 + id, entry=id, text=f"later {id}", private=at % 2 == 0))
    with store.transaction():
        for name in ("preferences", "place"):
            store.settings.put(name, {"seen": name})


def _words(chance: random.Random, count: int) -> str:
    return " ".join(chance.choice(("quiet", "door", "late", "she", "water", "spoke")) for _ in range(count))


def rows(folder: Path, secrets: Secrets) -> Rows:
    """Return what lies in the tables of a closed vault, by key."""
    connection = raw(folder, secrets)
    try:
        found = {
            name: {row[0]: row for row in connection.execute(f"SELECT {columns} FROM {name}")}
            for name, columns in TABLES.items()
        }
    finally:
        connection.close()
    found["setting"].pop(OWN_SETTING, None)
    return found


def roots(folder: Path, secrets: Secrets) -> dict[str, int]:
    """Return where each tree of a closed vault begins."""
    connection = raw(folder, secrets)
    try:
        return dict(connection.execute("SELECT name, rootpage FROM sqlite_schema").fetchall())
    finally:
        connection.close()


def spoil(notes: Path, *numbers: int) -> None:
    """Flip one bit in each of these pages."""
    with notes.open("r+b") as file:
        for number in numbers:
            file.seek((number - 1) * PAGE + 1000)
            one = file.read(1)[0]
            file.seek(-1, 1)
            file.write(bytes([one ^ 1]))


class Compared(NamedTuple):
    """How many rows of the truth are there as they were, of how many, and which rows say something that never was."""

    kept: int
    all: int
    wrong: list[tuple[str, object]]

    @property
    def share(self) -> float:
        return 100 * self.kept / self.all


def compare(truth: Rows, found: Rows) -> Compared:
    """Compare a salvaged vault with what was in it before.

    A row that was moved to the private side counts as kept; one that was moved to the record is wrong. Rows that had
    to be made for others to rest on are neither, but must be under an id that is missing.
    """
    kept = 0
    wrong: list[tuple[str, object]] = []
    for table, there in found.items():
        for key, row in there.items():
            if truth[table].get(key) == row or _moved_to_private(truth, table, key, row):
                kept += 1
            elif table not in MAY_BE_MADE:
                wrong.append((table, key))
    return Compared(kept, sum(map(len, truth.values())), wrong)


def _moved_to_private(truth: Rows, table: str, key: object, row: tuple) -> bool:
    return table.startswith("private") and truth[table.replace("private", "record")].get(key) == row


def moment():
    return BEGAN
