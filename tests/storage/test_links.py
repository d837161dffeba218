"""Links are found in answers, kept with every write, and can be asked from their other end."""

import pytest
from vault_cases import client, entry

from alliance_desktop.storage.links import links_of

PRIVATE = frozenset({"own_links"})


@pytest.fixture
def noted(store):
    with store.transaction():
        store.clients.put(client(1))
        for id in (10, 11, 12):
            store.entries.put(entry(id), PRIVATE)
    return store


def write(store, id, **answers):
    with store.transaction():
        store.entries.put(entry(id, answers=answers), PRIVATE)


def to(store, id):
    return [one.id for one in store.entries.linking_to(id)]


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        ([10, 11], [10, 11]),
        ([10, 10], [10]),
        ([{"name": "A. Lind", "role": "teacher", "contact": 12}], [12]),
        ([{"name": "Ø", "role": "teacher"}, {"name": "Å", "role": "", "contact": 11}], [11]),
        ([{"name": "Ø", "contact": None}, {"name": "Ø", "contact": "12"}], []),
        ([{"what": "call", "done": True, "minutes": 12}], []),
        ([True, False, "12", 1.5, None], []),
        ({"ids": ["10"], "text": "10"}, []),
        ({"on": "2026-03-05", "about": ""}, []),
        ("see 10", []),
        (10, []),
        (True, []),
        ([], []),
        (None, []),
    ],
    ids=str,
)
def test_only_links_and_known_people_are_links(answer, found):
    assert [target for _, target in links_of({"key": answer})] == found


def test_both_ends_can_be_asked(noted):
    write(noted, 11, about=[10], who=[{"name": "A", "role": "", "contact": 12}])
    write(noted, 12, own_links=[10])
    assert (to(noted, 10), to(noted, 11), to(noted, 12)) == ([11, 12], [], [11])


def test_links_follow_every_write(noted):
    write(noted, 11, about=[10, 12])
    before = noted._database.rows("SELECT id, target FROM link WHERE target = 12")
    write(noted, 11, about=[12], who=[{"name": "A", "role": "", "contact": 12}])
    assert (to(noted, 10), to(noted, 12)) == ([], [11])
    assert before[0] in noted._database.rows("SELECT id, target FROM link"), "what stays is not written anew"
    write(noted, 11, about=[{"name": "A", "role": "", "contact": 10}])
    assert (to(noted, 10), to(noted, 12)) == ([11], [])
    write(noted, 11)
    assert noted._database.rows("SELECT * FROM link") == []


def test_who_links_from_the_bin_is_not_told_and_comes_back(noted):
    write(noted, 11, about=[10])
    with noted.transaction():
        noted.bin.put(11, entry(11).created_at)
    assert to(noted, 10) == []
    with noted.transaction():
        noted.bin.take(11)
    assert to(noted, 10) == [11]


def test_a_link_to_something_that_went_stays_in_the_answer_and_does_no_harm(noted):
    write(noted, 11, about=[10])
    with noted.transaction():
        noted.entries.remove(10)
    assert noted.entries.get(11).answers == {"about": [10]}
    write(noted, 11, about=[10], facts="more")
    assert to(noted, 10) == [11]
    assert noted._database.rows("PRAGMA foreign_key_check") == []
