"""S10c: a client removed for good is in no page of the vault, nor of the next backup; everybody else is still there."""

import random
from collections.abc import Callable
from pathlib import Path

from vault_cases import BEGAN, addendum, arc, client, entry, entry_event, event, put_off, version

from alliance_desktop.services.backups import Backups
from alliance_desktop.storage.place import NOTES
from alliance_desktop.storage.store import Store
from tests.reliability import vaults
from tests.reliability.erasing import plain_pages
from tests.reliability.frame import Control, Figures, Trial, most, tries

GOES, STAYS = "erasedword", "keptword"
NOTES_EACH = 6
KINDS = "abcdefghijk"
"""One letter for each kind of place a client's words are written into."""


def _unsent(id: int) -> str:
    return f"unsent addendum {id}"


def _notes(who: int) -> range:
    return range(who * 1000 + 10, who * 1000 + 10 + NOTES_EACH)


def _written(store: Store, who: int, word: str, chance: random.Random) -> None:
    """Write of one client into every place there is: long, short, changed, added to, binned, and not yet sent."""
    at = who * 1000

    def said(kind: str) -> str:
        return f"{word}{kind}{who} " * chance.choice((1, 3, 60, 600))

    with store.transaction():
        store.clients.put(client(who, answers={"code": f"{word}C", "called": said("a")}))
        store.arcs.put(arc(at + 1, client=who))
        store.arcs.add_event(event(at + 2, arc=at + 1, why=said("b")))
        store.put_offs.add(put_off(at + 3, client=who, subject=at + 1, why=said("c")))
    for id in _notes(who):
        of = at + 1 if id % 3 == 0 else None
        before = {"facts": said("d"), "own": said("e")}
        with store.transaction():
            store.entries.put(entry(id, client=who, arc=of, answers=before), vaults.PRIVATE)
        with store.transaction():
            store.histories.add(version(id + 100, entry=id, answers=before), vaults.PRIVATE)
            answers = {"facts": said("f"), "own": said("g"), "about": [id - 1]}
            store.entries.put(entry(id, client=who, arc=of, answers=answers), vaults.PRIVATE)
            store.entries.add_addendum(addendum(id + 200, entry=id, text=said("h")))
            store.entries.add_addendum(addendum(id + 300, entry=id, text=said("i"), private=True))
            store.histories.add_event(entry_event(id + 400, entry=id, why=said("j")))
            store.settings.put(_unsent(id), said("k"))
            if id % 4 == 0:
                store.bin.put(id, BEGAN)


def _removed(store: Store, who: int) -> None:
    """Do what the program does where a client is removed: the rows, and what was typed and never sent."""
    with store.transaction():
        store.remove_client(who)
        for id in _notes(who):
            store.settings.drop(_unsent(id))


def _told(store: Store, who: int) -> object:
    """Return all that is known of one client."""
    strains = [(one, store.arcs.events(one.id)) for one in store.arcs.of_client(who)]
    entries = [
        (
            store.entries.get(id),
            store.entries.addenda(id),
            store.histories.versions(id),
            store.histories.events(id),
            [one.id for one in store.entries.linking_to(id)],
            store.settings.get(_unsent(id)),
        )
        for id in _notes(who)
    ]
    return store.clients.get(who), strains, entries, [one for one in store.put_offs.all() if one.client == who]


def _nothing(store: Store) -> None:
    """Leave a vault as it is."""


def _remove(
    count: int,
    folder: Path,
    prepare: Callable[[Store], object] = _nothing,
    afterwards: Callable[[Store], object] = Store.rewrite,
) -> Figures:
    chance = random.Random(1)
    made = vaults.make(folder)
    store = made.open()
    prepare(store)
    leaving, staying = range(1, count + 1), range(count + 1, 2 * count + 1)
    for who in chance.sample([*leaving, *staying], 2 * count):
        _written(store, who, GOES if who in leaving else STAYS, chance)
    there = plain_pages(made.folder / NOTES, made)
    if min(there.count(f"{GOES}{kind}".encode()) for kind in KINDS) < count:
        raise AssertionError("the search does not find what is there")
    before = {who: _told(store, who) for who in staying}
    for who in chance.sample(leaving, count):
        _removed(store, who)
    afterwards(store)
    work = Backups(store, lambda: BEGAN).automatic()
    assert work is not None
    work()
    changed = sum(_told(store, who) != before[who] for who in staying)
    in_order = vaults.is_as_counted(store)
    store.close()
    backups = list(made.folder.glob("backups/*.vbak"))
    return {
        "clients removed": count,
        "copies before": there.count(GOES.encode()),
        "copies in the vault": plain_pages(made.folder / NOTES, made).count(GOES.encode()),
        "copies in the next backup": sum(plain_pages(one, made).count(GOES.encode()) for one in backups),
        "other clients changed": changed,
        "backups missing or digests wrong": int(not backups) + int(not in_order),
    }


def _loosely(store: Store) -> None:
    store._database._connection.execute("PRAGMA secure_delete=OFF").fetchall()


TRIALS = (
    Trial(
        "S10c",
        "a client removed with strains, notes, earlier versions, addenda, bin and reminders; then every page decrypted",
        (
            tries("clients removed", 25),
            most("copies in the vault", 0),
            most("copies in the next backup", 0),
            most("other clients changed", 0),
            most("backups missing or digests wrong", 0),
        ),
        _remove,
        fast=5,
        full=25,
        controls=(
            Control("secure_delete off", lambda count, folder: _remove(count, folder, _loosely, _nothing)),
            Control(
                "the pages are not written anew",
                lambda count, folder: _remove(count, folder, afterwards=_nothing),
                fast=25,
                full=25,
            ),
        ),
    ),
)
