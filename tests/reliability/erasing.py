"""S10: what was deleted or written over is in no page of the vault, nor of the next backup, decrypted by hand."""

import random
from collections.abc import Callable
from pathlib import Path

from vault_cases import BEGAN, client, entry

from alliance_desktop.services.backups import Backups
from alliance_desktop.storage.place import NOTES
from alliance_desktop.storage.salvage.pages import Pages
from alliance_desktop.storage.sealed_page import PAGE
from alliance_desktop.storage.store import Store
from tests.reliability import vaults
from tests.reliability.frame import Control, Figures, Trial, most, tries

WORD = b"erasedword"
FIRST = 100


def plain_pages(path: Path, made: vaults.Made) -> bytes:
    """Return all pages of a database or a backup, decrypted, also those that hold nothing any more."""
    data = path.read_bytes()
    pages = Pages(
        lambda number: data[(number - 1) * PAGE : number * PAGE],
        len(data) // PAGE,
        made.secrets.data_key,
        made.secrets.vault_id,
    )
    return b"".join(pages.plain(number) or b"" for number in range(1, len(data) // PAGE + 1))


def _written(store: Store, id: int, word: str) -> None:
    """Write a text into every place whose words can be taken back today, long and short."""
    answers = {"facts": f"{word}a{id} " * (id % 5 * 200 + 1), "own": f"{word}b{id} " * (id % 3 * 300 + 1)}
    with store.transaction():
        store.clients.put(client(1, answers={"code": f"{word}c"}))
        store.entries.put(entry(id, answers=answers), vaults.PRIVATE)
        store.settings.put(f"unsent addendum {id}", f"{word}d{id} " * 50)


def _erased(store: Store, id: int) -> None:
    with store.transaction():
        store.clients.put(client(1))
        store.entries.put(entry(id, answers={"facts": "kept"} if id % 2 else {}), vaults.PRIVATE)
        store.settings.drop(f"unsent addendum {id}")


def _erase(count: int, folder: Path, prepare: Callable[[Store], object] = lambda store: None) -> Figures:
    chance = random.Random(10)
    made = vaults.make(folder, 30)
    store = made.open()
    prepare(store)
    for id in range(FIRST, FIRST + count):
        _written(store, id, WORD.decode())
    there = plain_pages(made.folder / NOTES, made).count(WORD)
    if there < count:
        raise AssertionError("the search does not find what is there")
    ids = list(range(FIRST, FIRST + count))
    chance.shuffle(ids)
    for id in ids:
        _erased(store, id)
    work = Backups(store, lambda: BEGAN).automatic()
    assert work is not None
    work()
    store.close()
    backups = list(made.folder.glob("backups/*.vbak"))
    left = plain_pages(made.folder / NOTES, made).count(WORD)
    in_backups = sum(plain_pages(one, made).count(WORD) for one in backups)
    return {
        "notes erased": count,
        "copies before": there,
        "copies in the vault": left,
        "copies in the next backup": in_backups,
        "backups missing": int(not backups),
    }


def _loosely(store: Store) -> None:
    store._database._connection.execute("PRAGMA secure_delete=OFF").fetchall()


TRIALS = (
    Trial(
        "S10",
        "texts deleted or written over, then every page decrypted",
        (
            tries("notes erased", 40),
            most("copies in the vault", 0),
            most("copies in the next backup", 0),
            most("backups missing", 0),
        ),
        _erase,
        fast=20,
        full=40,
        controls=(Control("secure_delete off", lambda count, folder: _erase(count, folder, _loosely)),),
    ),
)
