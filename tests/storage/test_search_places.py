"""Every note has a place of its own in the index, and what was added to it later is at that place too."""

import pytest
from search_cases import PRIVATE, found, noted, put_in
from vault_cases import BEGAN, addendum

from alliance_desktop.storage.search import Subject


@pytest.mark.parametrize("private", [False, True])
def test_what_is_added_is_found_and_is_not_once_it_is_taken_out(filled, private) -> None:
    with filled.transaction():
        filled.entries.add_addendum(addendum(1, entry=10, text="a kite", private=private))
    put_in(filled)
    assert found(filled, "kite") == [10]
    with filled.transaction():
        filled.entries.drop_addenda(10, [1])
    assert filled.search.due(9) == [Subject(entry=10)]
    put_in(filled)
    assert found(filled, "kite") == []


def test_a_day_that_is_full_takes_no_place_of_a_note_of_the_next_day(filled) -> None:
    with filled.transaction():
        filled.entries.put(noted(13, "a kite", after=1), PRIVATE)
    put_in(filled)
    last_of_day = BEGAN.date().toordinal() << 16 | 0xFFFF
    with filled._database.transaction(counted=False):
        filled._database.run("INSERT INTO search_place (place, subject) VALUES (?, 999999)", (last_of_day,))
    with filled.transaction():
        filled.entries.put(noted(14, "another kite", after=0), PRIVATE)
    put_in(filled)
    assert sorted(found(filled, "kite")) == [13, 14]
