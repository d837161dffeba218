"""What the tests of salvage share: a small caseload, pages made bad, and what lies in the tables."""

import os
import random
from pathlib import Path
from typing import NamedTuple

from vault_cases import BEGAN, addendum, arc, client, entry, entry_event, event, put_off, raw, version

from alliance_desktop.keys.keyfile import Secrets, secrets_of
from alliance_desktop.storage.salvage.pages import Pages
from alliance_desktop.storage.salvage.report import Report
from alliance_desktop.storage.salvage.sides import Meaning
from alliance_desktop.storage.salvage.work import salvage
from alliance_desktop.storage.store import Store

PAGE = 4096
PRIVATE = frozenset({"own", "why"})
RECORD = frozenset({"facts", "plan", "about"})
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
    "binned": "*",
    "record_version": "*",
    "private_version": "*",
    "entry_event": "*",
    "link": "source, key, target",
    "put_off": "*",
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
    """Write a caseload: records of 30 to 6,000 letters, reflections, strains with a taken back status, addenda.

    Every fifth note has said something else before, every sixth links to another, every seventh is the counsellor's
    own, every tenth lies in the bin.
    """
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
            if at % 6 == 5:
                answers["about"] = [id - 1, id - 5]
            of = 100 + owner if at % 4 == 0 else None
            whose = owner if of or at % 7 else None
            store.entries.put(entry(id, client=whose, arc=of, answers=answers), PRIVATE)
            store.entries.add_addendum(addendum(5000 + id, entry=id, text=f"later {id}", private=at % 2 == 0))
            if at % 5 == 0:
                before = {"facts": f"record once {id} {_words(chance, 60)}", "own": f"reflection once {id}"}
                store.histories.add(version(9000 + id, entry=id, answers=before), PRIVATE)
            if at % 10 == 3:
                store.bin.put(id, BEGAN)
                store.histories.add_event(entry_event(13000 + id, entry=id, why=_words(chance, 4)))
        store.put_offs.add(put_off(20000, client=1, subject=1001, why="she is away"))
        store.put_offs.add(put_off(20001, client=None, subject=1007))
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
            if name != "link"
        }
        # Links are made anew and have other ids; what they say is all that counts.
        found["link"] = {row: row for row in connection.execute(f"SELECT {TABLES['link']} FROM link")}
    finally:
        connection.close()
    found["setting"].pop(OWN_SETTING, None)
    return found


def roots(folder: Path, secrets: Secrets) -> dict[str, int]:
    """Return where each tree of a closed vault begins."""
    connection = raw(folder, secrets)
    try:
        return dict(connection.execute("SELECT name, rootpage FROM sqlite_schema WHERE rootpage > 0").fetchall())
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


def copied(own: Secrets) -> Secrets:
    return secrets_of(own.recovery, bytes(bytearray(own.vault_id)), own.generation)


def saved(place, secrets, new, **more) -> Report:
    return salvage(place, secrets, new, MEANING, now=moment, random=os.urandom, **more)


def pages_of(folder, secrets) -> Pages:
    data = (folder / "notes.db").read_bytes()

    def cut(number: int) -> bytes:
        return data[(number - 1) * PAGE : number * PAGE]

    return Pages(cut, len(data) // PAGE, secrets.data_key, secrets.vault_id)


def schema_pages(folder, secrets) -> list[int]:
    """Return the pages that say where the trees begin."""
    whole = pages_of(folder, secrets)
    return [1, *(at for at in range(2, whole.count + 1) if b"CREATE " in (whole.plain(at) or b""))]


def leaf_with(whole, word: bytes) -> int:
    """Return a leaf of a table that holds a word and has not the word of a schema."""
    for number in range(2, whole.count + 1):
        page = whole.plain(number)
        if page and page[0] == 13 and word in page and b"CREATE" not in page:
            return number
    raise AssertionError(word)
