"""Makes the golden vault of the present schema version: run once when a version is released, and never again.

    python tests/golden/make.py

It writes `v<version>.vault` beside itself, with the passphrase and recovery key that open it in `v<version>.txt`.
Every later program must open it and find what is told here; what came with version 3 is in the vaults from then on.
The people are invented.
"""

import datetime
import os
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))

from alliance_desktop.domain.answers import About  # noqa: E402  # after the path is set
from alliance_desktop.domain.client import Client  # noqa: E402  # after the path is set
from alliance_desktop.domain.entry import (  # noqa: E402
    Addendum,
    Arc,
    ArcId,
    ClientId,
    Entry,
    EntryEvent,
    EntryId,
    Event,
    Mark,
    PutOff,
    State,
    StatusEvent,
    Version,
)
from alliance_desktop.keys.derivation import LEAST_MEMORY_KIB, SALT_BYTES, Kdf  # noqa: E402
from alliance_desktop.keys.recovery import recovery_text  # noqa: E402
from alliance_desktop.storage import opening, vault  # noqa: E402
from alliance_desktop.storage.schema import SCHEMA_VERSION  # noqa: E402
from alliance_desktop.storage.store import Store  # noqa: E402

PASSPHRASE = "harbour lights over Ærø, 5 o'clock"
MADE = datetime.datetime(2026, 3, 5, 9, 30, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)

CLIENTS = [
    Client(
        id=ClientId(1),
        created_at=MADE,
        answers={"code": "M7", "called": "Mika", "state": {"ids": ["active"], "text": ""}},
        last_on=(MADE + DAY).date(),
        open_strains=1,
    ),
    Client(id=ClientId(2), created_at=MADE + DAY, answers={"code": "Ж2", "called": "Zoë 🌧 أمل"}, form_version=2),
]
ARC = Arc(id=ArcId(5), client=ClientId(1), form="rupture", created_at=MADE, status="acknowledged", turn=2, offered=True)
EVENTS = [
    StatusEvent(
        id=1,
        arc=ArcId(5),
        turn=1,
        was="",
        became="noticed",
        true_on=MADE.date(),
        entered_at=MADE,
        why="She went quiet.",
    ),
    StatusEvent(
        id=2, arc=ArcId(5), turn=2, was="noticed", became="acknowledged", true_on=MADE.date(), entered_at=MADE + DAY
    ),
    StatusEvent(
        id=3,
        arc=ArcId(5),
        turn=2,
        was="acknowledged",
        became="in_dialogue",
        true_on=MADE.date(),
        entered_at=MADE + 2 * DAY,
    ),
    StatusEvent(
        id=4,
        arc=ArcId(5),
        turn=2,
        was="in_dialogue",
        became="acknowledged",
        true_on=MADE.date(),
        entered_at=MADE + 3 * DAY,
        undoes=3,
    ),
]
PRIVATE = frozenset({"own_part"})
ENTRIES = [
    Entry(
        id=EntryId(10),
        client=ClientId(1),
        arc=ArcId(5),
        form="rupture",
        form_version=1,
        card="notice",
        happened_on=MADE.date(),
        about=About.WEEK,
        created_at=MADE,
        touched_at=MADE + DAY,
        turn=1,
        answers={
            "seen": {"ids": ["went_quiet"], "text": "after I looked at the clock"},
            "people": [{"name": "A. Lind", "role": "teacher"}],
            "own_part": "I hurried.\nפעם אחת",
        },
    ),
    Entry(
        id=EntryId(11),
        client=ClientId(1),
        form="session_note",
        form_version=1,
        card="note",
        happened_on=(MADE + DAY).date(),
        created_at=MADE,
        touched_at=MADE,
        finished_at=MADE + DAY,
        sequence=3,
        state=State.FINISHED,
        mark=Mark.SKIPPED,
    ),
]
ADDENDA = [
    Addendum(id=1, entry=EntryId(11), written_at=MADE + DAY, text="The time was 14:30."),
    Addendum(id=2, entry=EntryId(11), written_at=MADE + 2 * DAY, text="I was tired.", private=True),
]
# What came with version 3.
OWN = [
    Entry(
        id=EntryId(12),
        client=None,
        form="contact",
        form_version=1,
        card="contact",
        happened_on=MADE.date(),
        created_at=MADE,
        touched_at=MADE,
        finished_at=MADE,
        state=State.FINISHED,
        answers={"name": "A. Lind", "role": {"ids": ["teacher"], "text": ""}},
    ),
    Entry(
        id=EntryId(13),
        client=None,
        form="supervision",
        form_version=1,
        card="session",
        happened_on=(MADE + DAY).date(),
        created_at=MADE + DAY,
        touched_at=MADE + DAY,
        finished_at=MADE + DAY,
        state=State.FINISHED,
        answers={
            "brought": [10],
            "with_whom": [{"name": "A. Lind", "role": "colleague", "contact": 12}, {"name": "Ø", "role": ""}],
            "minutes": 50,
            "own_part": "I wanted to be told that I was right.",
        },
    ),
]
BINNED = Entry(
    id=EntryId(14),
    client=ClientId(2),
    form="session_note",
    form_version=1,
    card="note",
    happened_on=(MADE + 3 * DAY).date(),
    created_at=MADE + 3 * DAY,
    touched_at=MADE + 3 * DAY,
    finished_at=MADE + 3 * DAY,
    binned_at=MADE + 4 * DAY,
    state=State.FINISHED,
    answers={"facts": "Written under the wrong name."},
)
VERSIONS = [
    Version(
        id=30,
        entry=EntryId(10),
        written_at=MADE,
        form_version=1,
        answers={"seen": {"ids": ["late"], "text": ""}, "own_part": "I was early. 🌧"},
    ),
    Version(id=31, entry=EntryId(10), written_at=MADE + DAY / 2, form_version=1, answers={"own_part": "Both of us."}),
]
HAPPENED = [EntryEvent(id=40, entry=EntryId(14), at=MADE + 4 * DAY, what=Event.BINNED, why="Not hers.")]
LINKED = {10: [13], 12: [13]}
PUT_OFFS = [
    PutOff(
        id=50,
        client=ClientId(1),
        rule="goals",
        subject=5,
        at=MADE + DAY,
        until=(MADE + 8 * DAY).date(),
        why="Exams first.",
    ),
    PutOff(id=51, client=None, rule="supervision", subject=13, at=MADE + 2 * DAY),
]
SETTINGS = {"place": {"client": 1, "field": "seen"}, "preferences": {"lock_minutes": 5}}


def fill_3(store: Store) -> None:
    """Write what came with version 3."""
    for entry in (*OWN, BINNED):
        store.entries.put(entry, PRIVATE)
    store.bin.put(BINNED.id, MADE + 4 * DAY)
    for version in VERSIONS:
        store.histories.add(version, PRIVATE)
    for event in HAPPENED:
        store.histories.add_event(event)
    for put_off in PUT_OFFS:
        store.put_offs.add(put_off)


def main() -> None:
    folder = HERE / f"v{SCHEMA_VERSION}.vault"
    moments = iter(MADE + n * datetime.timedelta(seconds=1) for n in range(100))
    kdf = Kdf(salt=os.urandom(SALT_BYTES), memory_kib=LEAST_MEMORY_KIB, passes=1)
    secrets = vault.create(folder, PASSPHRASE, random=os.urandom, now=lambda: next(moments), kdf=kdf)
    store = opening.open_store(folder, secrets)
    with store.transaction():
        for client in CLIENTS:
            store.clients.put(client)
        store.arcs.put(ARC)
        for event in EVENTS:
            store.arcs.add_event(event)
        for entry in ENTRIES:
            store.entries.put(entry, PRIVATE)
        for addendum in ADDENDA:
            store.entries.add_addendum(addendum)
        fill_3(store)
        for name, value in SETTINGS.items():
            store.settings.put(name, value)
    store.close()
    text = f"passphrase: {PASSPHRASE}\nrecovery key: {recovery_text(secrets.recovery)}\n"
    (HERE / f"v{SCHEMA_VERSION}.txt").write_text(text, "utf-8")


if __name__ == "__main__":
    main()
