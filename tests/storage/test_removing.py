"""What is removed is gone with every row that rests on it, and nothing else is."""

import pytest
from vault_cases import BEGAN, addendum, arc, client, entry, entry_event, event, put_off, version

from alliance_desktop.domain.errors import ReadOnlyError
from alliance_desktop.storage import digest, newest, opening, removing
from alliance_desktop.storage.faults import StatementError

PRIVATE = frozenset({"own"})
OWNER = {"client": 0, "record_answer": 0, "private_answer": 0, "binned": 0}
"""The column that says whose a row is, where it is not the second."""
TABLES = (
    *("client", "arc", "status_event", "entry", "record_answer", "private_answer", "record_addendum"),
    *("private_addendum", "binned", "record_version", "private_version", "entry_event", "link", "put_off"),
)


def caseload(store, who):
    """Write of one client something into every table, all of it under ids of a hundred of their own."""
    at = 100 * who
    answers = {"facts": f"of {who}", "own": f"mine of {who}"}
    with store.transaction():
        store.clients.put(client(who))
        store.arcs.put(arc(at + 5, client=who))
        store.arcs.add_event(event(at + 1, arc=at + 5))
        store.arcs.add_event(event(at + 2, arc=at + 5, undoes=at + 1))
        for id in (at + 10, at + 11):
            store.entries.put(entry(id, client=who, arc=at + 5, answers=answers | {"about": [at + 12]}), PRIVATE)
        store.entries.put(entry(at + 12, client=who, answers=answers), PRIVATE)
        store.entries.add_addendum(addendum(at + 20, entry=at + 12))
        store.entries.add_addendum(addendum(at + 21, entry=at + 10, private=True))
        for id in (at + 10, at + 12):
            store.histories.add(version(id + 40, entry=id, answers=answers), PRIVATE)
            store.histories.add_event(entry_event(id + 60, entry=id, why=f"why of {who}"))
        store.bin.put(at + 11, BEGAN)
        store.put_offs.add(put_off(at + 90, client=who, subject=at + 5, why=f"later for {who}"))
        store.put_offs.add(put_off(at + 91, client=who, subject=at + 12))


@pytest.fixture
def noted(store):
    """A vault with two clients of whom every table tells something, and an entry of the counsellor's own."""
    for who in (1, 2):
        caseload(store, who)
    with store.transaction():
        store.entries.put(entry(30, client=None, answers={"brought": [110, 210], "own": "mine"}), PRIVATE)
        store.put_offs.add(put_off(31, client=None, subject=30))
    assert all(there(store).values())
    return store


def there(store):
    """Return every row of every table, by table."""
    return {name: store._database.rows(f"SELECT * FROM {name} ORDER BY 1") for name in TABLES}


def without(rows, who):
    """Return the rows that do not belong to a client, by the one column of each table that says whose it is."""
    mine = {who, *range(100 * who, 100 * who + 100)}
    return {name: [row for row in rows[name] if row[OWNER.get(name, 1)] not in mine] for name in TABLES}


def sound(store):
    assert store.digest == digest.recount(store._database)
    assert store._database.rows("PRAGMA foreign_key_check") == []
    assert store._database.rows("PRAGMA integrity_check") == [("ok",)]
    return True


def test_a_client_goes_with_every_row_and_no_row_of_another(noted):
    before = there(noted)
    with noted.transaction():
        noted.remove_client(1)
    after = there(noted)
    assert after == without(before, 1)
    assert sum(map(len, after.values())) > 20
    assert noted.entries.of_client(2) != []
    assert noted.entries.get(30).answers["brought"] == [110, 210]
    assert sound(noted)


def test_a_client_who_is_not_there_takes_nothing_along(noted):
    before = there(noted)
    with noted.transaction():
        noted.remove_client(404)
        noted.entries.remove(404)
    assert there(noted) == before


def test_a_client_of_whom_a_table_were_forgotten_would_not_go_in_silence(noted, monkeypatch):
    """The control: each table that rests on entries stops the removal by itself when it is left out."""
    whole = removing._OF_ENTRY
    refused = 0
    for left_out in whole[:-1]:
        if "put_off" in left_out:
            continue
        monkeypatch.setattr(removing, "_OF_ENTRY", tuple(one for one in whole if one != left_out))
        before = there(noted)
        with pytest.raises(StatementError), noted.transaction():
            noted.remove_client(1)
        refused += there(noted) == before
    assert refused == len(whole) - 2


def test_an_entry_takes_its_versions_events_links_and_answers_along(noted):
    before = there(noted)
    with noted.transaction():
        noted.entries.remove(112)
    after = there(noted)
    gone = {name: len(before[name]) - len(after[name]) for name in TABLES}
    assert gone == dict.fromkeys(TABLES, 0) | {
        "entry": 1,
        "record_answer": 1,
        "private_answer": 1,
        "record_addendum": 1,
        "record_version": 1,
        "private_version": 1,
        "entry_event": 1,
        "put_off": 1,
    }
    with pytest.raises(KeyError):
        noted.entries.get(112)
    assert [one.id for one in noted.entries.linking_to(112)] == [110], "the other end keeps what it said"
    assert sound(noted)


def test_an_entry_in_the_bin_goes_with_its_place_there(noted):
    with noted.transaction():
        noted.entries.remove(111)
    assert noted.bin.all() == {211: BEGAN}
    assert sound(noted)


def test_a_strain_goes_with_its_last_card_and_not_before(noted):
    with noted.transaction():
        noted.entries.remove(111)
    assert [one.id for one in noted.arcs.of_client(1)] == [105]
    assert len(noted.arcs.events(105)) == 2
    with noted.transaction():
        noted.entries.remove(110)
    with pytest.raises(KeyError):
        noted.arcs.get(105)
    assert noted.arcs.events(105) == []
    assert noted.clients.get(1).open_strains == 0
    assert [one.subject for one in noted.put_offs.all()] == [30, 112, 205, 212]
    assert noted.arcs.events(205) != []
    assert sound(noted)


def test_the_newest_day_follows(noted):
    with noted.transaction():
        for id in (110, 112):
            noted.entries.remove(id)
    assert noted.clients.get(1).last_on is None
    assert noted.clients.get(2).last_on == BEGAN.date()


def test_pages_written_anew_say_what_they_said(noted, folder):
    with noted.transaction():
        noted.remove_client(1)
    before, saves, size = there(noted), noted.saves, (folder / "notes.db").stat().st_size
    noted.rewrite()
    assert (there(noted), noted.saves) == (before, saves)
    assert sound(noted)
    assert noted.writes % 2 == 0
    assert (folder / "notes.db").stat().st_size <= size
    assert (folder / "notes.db-wal").stat().st_size == 0
    with noted.transaction():
        noted.clients.put(client(3))
    assert sound(noted)
    with pytest.raises(RuntimeError), noted.transaction():
        noted.rewrite()


def test_a_vault_that_is_only_read_is_not_written_anew(folder, secrets):
    store = opening.open_store(folder, secrets, read_only=True)
    with pytest.raises(ReadOnlyError):
        store.rewrite()
    store.close()


def test_the_counsellors_own_entry_can_be_removed(noted):
    with noted.transaction():
        noted.entries.remove(30)
    assert noted.entries.of_nobody() == []
    assert [one.client for one in noted.put_offs.all()] == [1, 1, 2, 2]
    assert sound(noted)


def test_the_newest_id_stays_although_what_had_it_is_gone(noted):
    assert noted.newest_id == 291
    with noted.transaction():
        noted.remove_client(2)
    assert noted.newest_id == 291
    with noted.transaction():
        noted.settings.put(newest.REMOVED, "nonsense")
    assert noted.newest_id == 191
    with noted.transaction():
        noted._database.run("UPDATE setting SET value = '{' WHERE name = ?", (newest.REMOVED,))
    assert noted.newest_id == 191
    with noted.transaction():
        noted.entries.remove(112)
    assert noted.newest_id == 191


def test_the_id_of_a_client_without_entries_is_not_given_again(store):
    with store.transaction():
        store.clients.put(client(7))
    with store.transaction():
        store.remove_client(7)
    assert store.clients.all() == []
    assert store.newest_id == 7
