"""An old page put back shows: in the digest where it holds rows, in a comparison where it holds an index."""

import datetime

import pytest
from vault_cases import BEGAN, arc, client, entry, raw

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


def work_of_steps(store, work):
    """Return how much SQLite does in each step of a work, in hundreds of its own instructions."""
    done = [0]

    def count():
        done[-1] += 1

    connection = store._database._connection
    connection.set_progress_handler(count, 100)
    try:
        for _ in work:
            done.append(0)
    finally:
        connection.set_progress_handler(None, 0)
    return done


def work_of_a_look(folder, secrets, entries, *, at_one_time):
    """Return the work of a look through so many notes, step by step, and that of one question that reads them all."""
    store = opening.open_store(folder, secrets)
    with store.transaction():
        store.clients.put(client(1))
        for id in range(1, entries + 1):
            order = 0 if at_one_time else id
            written = BEGAN + datetime.timedelta(minutes=order)
            store.entries.put(entry(id, client=1, sequence=order, touched_at=written), frozenset())
    whole = "SELECT count(*) FROM entry NOT INDEXED WHERE state = 'no such state'"
    found = work_of_steps(store, store.recounting()), work_of_steps(store, (store._database.rows(whole) for _ in "1"))
    store.close()
    return found


def test_no_step_of_the_look_grows_with_the_notes(folder, secrets):
    few, few_at_once = work_of_a_look(folder, secrets, 1500, at_one_time=False)
    many, many_at_once = work_of_a_look(folder, secrets, 6000, at_one_time=False)
    assert max(many_at_once) > 3 * max(few_at_once) > 0, "the control"
    assert max(many) <= max(few) * 1.2


def test_the_look_grows_as_the_notes_do_even_where_all_are_of_one_moment(folder, secrets):
    few, _ = work_of_a_look(folder, secrets, 1500, at_one_time=True)
    many, _ = work_of_a_look(folder, secrets, 6000, at_one_time=True)
    assert 3 * sum(few) < sum(many) < 5 * sum(few)


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
