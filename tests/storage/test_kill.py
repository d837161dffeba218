"""Killed at any moment, the program loses no save that it has called saved, and no transaction is halved."""

import random
import time

from vault_cases import PASSPHRASE, child

from alliance_desktop.storage import opening

KILLS = 15
SAVER = """
import sys
from itertools import count
from pathlib import Path
from alliance_desktop.storage import opening, vault
from vault_cases import PASSPHRASE, client, entry
folder, first = Path(sys.argv[1]), int(sys.argv[2])
store = opening.open_store(folder, opening.find_secrets(folder, PASSPHRASE))
for id in count(first):
    with store.transaction():
        store.clients.put(client(id))
        store.entries.put(entry(id, client=id, answers={"facts": "a word " * (id % 7 * 300), "own": str(id)}),
                          frozenset({"own"}))
        store.settings.put("last", id)
    print(id, flush=True)
"""


def killed_after(folder, first, saves, seconds):
    """Return the saves that a child said were kept before it was killed."""
    with child(SAVER, folder, first) as process:
        kept = [int(process.stdout.readline()) for _ in range(saves)]
        until = time.perf_counter() + seconds
        while time.perf_counter() < until:
            pass
        process.kill()
        kept += [int(line) for line in process.stdout.read().split("\n")[:-1]]
        assert process.stderr.read() == ""
    return kept


def test_every_save_said_to_be_kept_is_there(folder, secrets):
    chance = random.Random(3)
    kept: list[int] = []
    for _ in range(KILLS):
        first = (kept[-1] if kept else 0) + 1000
        kept += killed_after(folder, first, chance.randint(1, 12), chance.random() * 0.008)
        store = opening.open_store(folder, secrets)
        found = {one.id: one for one in store.clients.all()}
        entries = {id: store.entries.get(id) for id in found}
        last = store.settings.get("last")
        store.close()
        assert set(kept) <= set(found)
        assert len(found) - len(kept) <= KILLS, "at most one save a kill was kept and not yet said"
        assert last == max(found)
        assert all(one.answers["own"] == str(id) and one.client == id for id, one in entries.items())
        assert all(one.last_on is not None for one in found.values())
    assert opening.find_secrets(folder, PASSPHRASE) == secrets
