"""The bin: what lies in it is nowhere else, whole, and the client's newest day and open strains follow."""

import datetime

import msgspec
import pytest
from vault_cases import BEGAN, addendum, arc, client, entry

from alliance_desktop.domain.entry import State

DAY = datetime.timedelta(days=1)
LATER = BEGAN + DAY


@pytest.fixture
def noted(store):
    """A vault with two notes of different days, and a strain with two cards."""
    with store.transaction():
        store.clients.put(client(1))
        store.clients.put(client(2))
        store.entries.put(entry(10, answers={"facts": "first"}), frozenset())
        store.entries.put(entry(11, happened_on=LATER.date(), state=State.FINISHED), frozenset())
        store.arcs.put(arc(5, client=2))
        store.entries.put(entry(20, client=2, arc=5, card="notice", answers={"name": "late"}), frozenset())
        store.entries.put(entry(21, client=2, arc=5, card="repair"), frozenset())
        store.entries.put(entry(30, client=None, form="contact"), frozenset())
        store.entries.add_addendum(addendum(1))
    return store


def put(store, *ids, at=BEGAN):
    with store.transaction():
        for id in ids:
            store.bin.put(id, at)


def take(store, *ids):
    with store.transaction():
        for id in ids:
            store.bin.take(id)


def reads(store):
    """Return the ids of every list of entries there is."""
    entries = store.entries
    lists = {
        "of client": entries.of_client(1),
        "of nobody": entries.of_nobody(),
        "of forms": entries.of_forms(["session_note", "contact"]),
        "of strain": entries.of_arc(5),
        "drafts": entries.drafts(),
    }
    return {name: sorted(one.id for one in found) for name, found in lists.items()} | {
        "notices": [one.arc for one in entries.notices()],
        "addenda": [one.id for one in entries.addenda_of_client(1)],
        "strains": [one.id for one in store.arcs.all()],
        "strains of client": [one.id for one in store.arcs.of_client(2)],
    }


def test_what_is_in_the_bin_is_in_no_list_but_its_own(noted):
    before = reads(noted)
    assert all(before.values()), "every list has something to leave out"
    put(noted, 10, 11, 20, 21, 30)
    assert not any(reads(noted).values())
    assert sorted(one.id for one in noted.entries.in_bin()) == [10, 11, 20, 21, 30]
    take(noted, 10, 11, 20, 21, 30)
    assert reads(noted) == before
    assert noted.entries.in_bin() == []


def test_it_is_still_whole_there_and_knows_since_when(noted):
    put(noted, 10, at=LATER)
    whole = entry(10, answers={"facts": "first"})
    assert noted.entries.get(10) == msgspec.structs.replace(whole, binned_at=LATER)
    assert noted.bin.all() == {10: LATER}
    assert len(noted.entries.addenda(10)) == 1
    take(noted, 10)
    assert noted.entries.get(10) == whole


def test_the_last_put_there_comes_first(noted):
    put(noted, 11, at=BEGAN)
    put(noted, 30, at=LATER)
    put(noted, 10, at=LATER)
    assert [one.id for one in noted.entries.in_bin()] == [30, 10, 11]
    put(noted, 11, at=LATER + DAY)
    assert [one.id for one in noted.entries.in_bin()] == [11, 30, 10]


def test_the_newest_day_follows(noted):
    days = []
    for move, id in ((put, 11), (put, 10), (take, 10), (take, 11)):
        move(noted, id)
        days.append(noted.clients.get(1).last_on)
    assert days == [BEGAN.date(), None, BEGAN.date(), LATER.date()]


def test_the_newest_day_does_not_come_back_with_a_write_to_another_note(noted):
    put(noted, 11)
    with noted.transaction():
        noted.entries.put(entry(10, answers={"facts": "changed"}), frozenset())
    assert noted.clients.get(1).last_on == BEGAN.date()


def test_a_strain_is_open_while_any_of_its_cards_is_outside(noted):
    found = [noted.clients.get(2).open_strains]
    for move, id in ((put, 20), (put, 21), (take, 21), (put, 21)):
        move(noted, id)
        found.append(noted.clients.get(2).open_strains)
    assert found == [1, 1, 0, 1, 0]
    assert noted.arcs.of_client(2) == []
    assert noted.arcs.get(5).id == 5
    with noted.transaction():
        noted.entries.put(entry(22, client=2, arc=5, card="acknowledge"), frozenset())
    assert noted.clients.get(2).open_strains == 1, "a new card brings it back"


def test_a_strain_without_any_card_is_not_taken_for_binned(noted):
    with noted.transaction():
        noted.arcs.put(arc(6, client=1))
    assert [one.id for one in noted.arcs.of_client(1)] == [6]
    assert noted.clients.get(1).open_strains == 1
