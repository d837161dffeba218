"""What a timeline reads first: columns alone, nothing that lies in the bin, and never a look through all entries."""

import datetime

import pytest
from vault_cases import BEGAN, addendum, arc, client, entry

from alliance_desktop.domain.entry import State
from alliance_desktop.storage import outlines

MANY = 30
QUESTIONS = {
    name: getattr(outlines, name) for name in ("_PLAIN", "_OF_ARCS", "_TAKEN", "_HISTORY", "_ADDED", "_ALL_ADDED")
}


@pytest.fixture
def noted(store):
    """A vault with two clients, a strain, a supervision that took one note along, and addenda."""
    with store.transaction():
        for id in (1, 2):
            store.clients.put(client(id))
        for id in range(10, 10 + MANY):
            on = BEGAN.date() + datetime.timedelta(days=id)
            told = {"facts": f"told {id}"}
            store.entries.put(entry(id, happened_on=on, state=State.FINISHED, answers=told), frozenset())
        store.arcs.put(arc(5, client=1))
        store.entries.put(entry(60, arc=5, card="notice", answers={"name": "late"}), frozenset())
        store.entries.put(entry(70, client=2, answers={"facts": "hers"}), frozenset())
        store.entries.put(entry(80, client=None, form="supervision", answers={"took": [10]}), frozenset())
        store.entries.put(entry(81, client=None, form="contact", answers={"about": [11]}), frozenset())
        store.entries.add_addendum(addendum(1))
    return store


def ids(found):
    return sorted(one.id for one in found)


def test_a_client_is_read_by_columns_and_their_strains_whole(noted):
    plain = noted.outlines.plain(1)
    assert ids(plain) == list(range(10, 10 + MANY))
    whole = noted.entries.get(12)
    mine = next(one for one in plain if one.id == 12)
    same = ("form", "form_version", "card", "happened_on", "about", "sequence", "state")
    assert [getattr(mine, one) for one in same] == [getattr(whole, one) for one in same]
    assert not hasattr(mine, "answers")
    (card,) = noted.outlines.of_strains(1)
    assert card == noted.entries.get(60)
    assert noted.outlines.of_strains(2) == []


def test_only_supervisions_that_took_something_of_theirs_are_theirs(noted):
    assert ids(noted.outlines.taken(1)) == [80]
    assert noted.outlines.taken(2) == []


def test_what_lies_in_the_bin_is_not_read(noted):
    with noted.transaction():
        for id in (10, 60, 80):
            noted.bin.put(id, BEGAN)
    assert 10 not in ids(noted.outlines.plain(1))
    assert noted.outlines.of_strains(1) == noted.outlines.taken(1) == []
    assert noted.outlines.addenda(1, MANY) == noted.outlines.addenda(1, 5000) == []


def test_addenda_are_found_by_either_way_of_looking(noted):
    few, many = noted.outlines.addenda(1, MANY), noted.outlines.addenda(1, 5000)
    assert few == many == noted.entries.addenda_of_client(1)
    assert ids(few) == [1]
    assert noted.outlines.addenda(2, 5000) == []


def test_entries_are_read_whole_however_many_are_asked_for(noted):
    asked = [*range(10, 10 + MANY), 999]
    found = noted.outlines.whole(asked)
    assert sorted(found) == list(range(10, 10 + MANY)), "one that is gone is left out"
    assert found[11] == noted.entries.get(11)
    assert noted.outlines.whole([]) == {}


def plan(store, sql):
    """Return the steps in which a question about one client is answered."""
    return [str(row[-1]) for row in store._database.rows(f"EXPLAIN QUERY PLAN {sql}", (1,) * sql.count("?"))]


@pytest.mark.parametrize("name", QUESTIONS)
def test_no_look_at_one_client_goes_through_all_entries(noted, name):
    steps = plan(noted, QUESTIONS[name])
    assert not any(one.startswith(("SCAN entry", "SCAN arc", "SCAN record_answer", "SCAN link")) for one in steps)
    by_number = plan(noted, outlines._WHOLE)
    assert not any(one.startswith("SCAN") for one in by_number)
    control = plan(noted, "SELECT * FROM entry WHERE card = ?")
    assert any(one.startswith("SCAN entry") for one in control), "the control: such a step is told so"
