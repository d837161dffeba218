"""Best first is an order of what was looked through: the private side has no part in it where nobody asked for it."""

import pytest
from search_cases import noted, put_in, write

from alliance_desktop.domain.search.asking import asked
from alliance_desktop.storage.search import Wanted

RECORDS = {
    10: "the lamp",
    11: "the lamp",
    12: "the lamp and a lamp",
    13: "the lamp",
    14: "a lamp, and very much else was said that day, about which more will have to be said when we meet again",
}
BEST = [12, 13, 11, 10, 14]
OWN = {10: "river " * 7, 12: "river " * 300, 13: "oak " * 40}


def ordered(store, own, **more):
    write(store, *(noted(id, facts, own.get(id, ""), after=id - 10) for id, facts in RECORDS.items()))
    put_in(store)
    return [one.subject.entry for one in store.search.best(Wanted(asked("lamp"), **more), 50).found]


def test_where_it_stands_more_often_and_in_fewer_words_is_better_and_the_newest_of_equals(store) -> None:
    assert ordered(store, {}) == BEST


@pytest.mark.parametrize("own", [{10: "river " * 7}, OWN, dict.fromkeys(RECORDS, "oak")])
def test_the_private_side_changes_nothing_of_it(store, own) -> None:
    assert ordered(store, own) == BEST


def test_the_index_by_itself_would_tell_of_it(store) -> None:
    """The control."""
    ordered(store, OWN)
    ranked = "SELECT rowid FROM search_index WHERE search_index MATCH 'record : lamp' ORDER BY rank, rowid DESC"
    found = store.search._subjects([place for (place,) in store._database.rows(ranked)])
    assert [one.subject.entry for one in found] != BEST


def test_where_it_is_looked_through_it_counts(store) -> None:
    assert ordered(store, {14: "lamp " * 40}, private=True)[0] == 14


def test_writing_another_note_again_and_again_changes_nothing_of_it(store) -> None:
    """What the index counts of all notes grows with each time that one is written."""

    def best():
        put_in(store)
        return [one.subject.entry for one in store.search.best(Wanted(asked("lamp")), 50).found]

    long = noted(13, "oak " * 200)
    write(store, noted(10, "the lamp"), noted(11, "a lamp and a lamp " + "oak " * 6), noted(12, "elm"), long)
    before = best()
    for at in range(60):
        write(store, noted(12, f"elm{at}"))
        put_in(store)
    assert best() == before == [10, 11]
