"""An index of the search that lacks something is noticed, whatever of it is older or gone; no note is told damaged."""

import pytest
from salvage_cases import copied
from search_cases import PRIVATE, found, noted, put_in, write
from vault_cases import raw

from alliance_desktop.domain.opening_errors import WrongIndexError
from alliance_desktop.storage import backup, opening, restoring, search_whole
from alliance_desktop.storage.examining import examine
from alliance_desktop.storage.sealed_page import PAGE
from alliance_desktop.storage.snapshot import Snapshot
from alliance_desktop.storage.verifying import verify

GONE = {
    "the index is emptied": "INSERT INTO search_index (search_index) VALUES ('delete-all')",
    "a place is gone": "DELETE FROM search_place WHERE subject = 11",
    "a place is another's": "UPDATE search_place SET subject = 999 WHERE subject = 11",
    "a client's place is another's": "UPDATE search_place SET subject = -999 WHERE subject = -1",
    "its words are gone": "DELETE FROM search_word",
    "one word is gone": "DELETE FROM search_word WHERE word = 'heron'",
    "its sizes are gone": "DELETE FROM search_index_docsize",
    "its settings say another sum": "UPDATE search_index_config SET v = 'x 1' WHERE k = 'kept'",
}


@pytest.fixture
def indexed(folder, secrets):
    """A closed vault with two notes that can be found."""
    store = opening.open_store(folder, copied(secrets))
    write(store, noted(10, "heron kettle"), noted(11, "marsh zebra", "", 3))
    put_in(store)
    store.close()
    return folder


def looks(folder, secrets):
    store = opening.open_store(folder, copied(secrets))
    try:
        return list(store.search.looks())
    finally:
        store.close()


def change(folder, secrets, statement):
    connection = raw(folder, secrets)
    connection.execute(statement).fetchall()
    connection.close()


def test_an_index_that_holds_what_it_must_passes_every_look_after_each_write(indexed, secrets) -> None:
    store = opening.open_store(indexed, copied(secrets))
    for step in (
        lambda: write(store, noted(12, "heron marsh", "mine", 4), noted(10, "kettle only", "", 9)),
        lambda: put_in(store),
        lambda: store.search.merge(begin=True),
        lambda: removed(store, 11),
        lambda: put_in(store),
        store.rewrite,
        store.search.begin_anew,
        lambda: put_in(store),
    ):
        step()
        assert all(store.search.looks())
    store.close()
    assert verify(indexed, secrets).notes.keys() == {10, 12}


def removed(store, id):
    with store.transaction():
        store.entries.remove(id)
        store.search.clean()


def test_what_is_written_between_two_steps_of_a_look_is_no_fault(indexed, secrets) -> None:
    store = opening.open_store(indexed, copied(secrets))
    steps = len(list(search_whole.looks(store._database, 1)))
    assert steps > len(list(search_whole.looks(store._database, 50))), "no step reads more rows than it may"
    for at in range(steps):
        # As far along as the last time and a little further; each note that comes makes more steps of it.
        now = len(list(search_whole.looks(store._database, 1))) * at // steps
        taken = search_whole.looks(store._database, 1)
        assert all(next(taken) for _ in range(now))
        write(store, noted(100 + at, "heron marsh", "", 4 if at % 2 else 1))
        put_in(store)
        assert all(taken)
    store.close()


def test_an_index_from_before_there_was_a_sum_passes(indexed, secrets) -> None:
    change(indexed, secrets, "DELETE FROM search_index_config WHERE k = 'kept'")
    assert all(looks(indexed, secrets))
    verify(indexed, secrets)


@pytest.mark.parametrize("gone", GONE)
def test_what_is_gone_is_noticed_told_as_what_it_is_and_begun_anew(indexed, secrets, gone) -> None:
    change(indexed, secrets, GONE[gone])
    examine(indexed / "notes.db", secrets.data_key, secrets.vault_id)
    with pytest.raises(WrongIndexError):
        verify(indexed, secrets)
    assert not all(looks(indexed, secrets))
    store = opening.open_store(indexed, copied(secrets))
    store.search.begin_anew()
    put_in(store)
    assert (found(store, "heron"), found(store, "zeb")) == ([10], [11])
    store.close()
    verify(indexed, secrets)


def test_an_older_page_of_the_index_is_never_silent(indexed, secrets) -> None:
    notes = indexed / "notes.db"
    old = notes.read_bytes()
    store = opening.open_store(indexed, copied(secrets))
    with store.transaction():
        store.entries.put(noted(11, "crane", "", 3), PRIVATE)
    put_in(store)
    store.close()
    new = notes.read_bytes()
    connection = raw(indexed, secrets)
    roots = dict(connection.execute("SELECT name, rootpage FROM sqlite_schema WHERE name GLOB 'search_*'").fetchall())
    connection.close()
    noticed_at = set()
    for name, page in roots.items():
        at = slice((page - 1) * PAGE, page * PAGE)
        if page and old[at] != new[at] and name != "search_due":
            notes.write_bytes(new[: at.start] + old[at] + new[at.stop :])
            noticed = not all(looks(indexed, secrets))
            if noticed:
                with pytest.raises(WrongIndexError):
                    verify(indexed, secrets)
                noticed_at.add(name)
                continue
            store = opening.open_store(indexed, copied(secrets))
            assert (found(store, "cra"), found(store, "zebra"), found(store, "heron")) == ([11], [], [10]), name
            store.close()
    assert {"search_index_data", "search_index_config", "search_word"} <= noticed_at


@pytest.mark.parametrize("on_trial", [False, True])
def test_a_restored_vault_begins_its_index_anew(indexed, secrets, tmp_path, on_trial) -> None:
    change(indexed, secrets, GONE["its words are gone"])
    store = opening.open_store(indexed, copied(secrets))
    snapshot = Snapshot(store)
    (tmp_path / "Backups").mkdir()
    written = backup.write(snapshot, tmp_path / "Backups", store.created_at)
    snapshot.release()
    saves, kept = store.saves, store.digest
    store.close()
    new = tmp_path / "New.vault"
    restoring.restore(written.path, secrets.data_key, new, on_trial=on_trial)
    if on_trial:
        with pytest.raises(WrongIndexError):
            verify(new, secrets)
        return
    verify(new, secrets)
    store = opening.open_store(new, copied(secrets))
    assert (store.saves, store.digest, store.search.count_due()) == (saves, kept, 3)
    put_in(store)
    assert found(store, "zeb") == [11]
    store.close()
