"""An old page put back shows: in the digest where it holds rows, in a comparison where it holds an index."""

import pytest
from vault_cases import arc, client, entry, raw

from alliance_desktop.domain.errors import VaultDamagedError
from alliance_desktop.storage import opening
from alliance_desktop.storage.plain import day_of, decoded, time_of
from alliance_desktop.storage.sealed_page import PAGE


def write(store, first, last):
    for id in range(first, last):
        with store.transaction():
            store.clients.put(client(id))
            store.arcs.put(arc(id, client=id))
            store.entries.put(entry(id, client=id, arc=id, answers={"facts": "words"}), frozenset())


def steps_of(work):
    """Return how many steps a work took, and its answer."""
    steps = 0
    while True:
        try:
            next(work)
        except StopIteration as done:
            return steps, done.value
        steps += 1


def root_of(folder, secrets, name):
    connection = raw(folder, secrets)
    found = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (name,)).fetchone()[0]
    connection.close()
    return found


def put_back(folder, old, page):
    notes = folder / "notes.db"
    data = bytearray(notes.read_bytes())
    data[(page - 1) * PAGE : page * PAGE] = old[(page - 1) * PAGE : page * PAGE]
    notes.write_bytes(data)


@pytest.mark.parametrize("name", ["arc_of_client", "entry_of_client", "entry_of_arc", "entry_in_draft", "arc"])
def test_an_old_page_put_back_is_noticed(folder, secrets, name):
    store = opening.open_store(folder, secrets)
    write(store, 1, 5)
    store.close()
    old = (folder / "notes.db").read_bytes()
    store = opening.open_store(folder, secrets)
    write(store, 5, 9)
    assert steps_of(store.recounting())[1] is True
    store.close()
    put_back(folder, old, root_of(folder, secrets, name))
    store = opening.open_store(folder, secrets)
    assert steps_of(store.recounting())[1] is False
    store.close()


def test_a_write_between_two_steps_is_no_damage(store):
    write(store, 1, 30)
    work = store.recounting()
    for id in (50, 60, 70):
        next(work)
        write(store, id, id + 1)
    assert steps_of(work)[1] is True


@pytest.mark.parametrize("read", [lambda: decoded('{"fa'), lambda: time_of("2026-13"), lambda: day_of("words")])
def test_a_row_that_says_nonsense_is_damage_and_tells_nothing(read):
    with pytest.raises(VaultDamagedError) as told:
        read()
    assert told.value.__context__ is None


def test_text_that_goes_on_in_a_page_of_another_time_is_damage(store, folder):
    write(store, 1, 2)
    with pytest.raises(VaultDamagedError):
        store._database.rows("SELECT CAST(x'ff41' AS TEXT)")
