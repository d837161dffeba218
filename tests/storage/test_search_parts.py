"""Every part of the index has a print of what lies in it, which is right after every write and tells what is older."""

import datetime
import random
import shutil

import pytest
from salvage_cases import copied
from search_cases import noted, put_in, write
from vault_cases import raw

from alliance_desktop.domain.errors import VaultDamagedError
from alliance_desktop.domain.opening_errors import WrongIndexError
from alliance_desktop.storage import opening, search_parts
from alliance_desktop.storage.search import Subject, Told
from alliance_desktop.storage.verifying import verify

DAY = datetime.date(2026, 3, 5)
WORDS = [f"word{at}" for at in range(900)]
CHANGED = {
    "words": "UPDATE search_index_data SET block = zeroblob(length(block)) WHERE id = (SELECT max(id) FROM "
    "search_index_data WHERE id < 1 << 50)",
    "words that are gone": "DELETE FROM search_index_data WHERE id = (SELECT max(id) FROM search_index_data "
    "WHERE id < 1 << 50)",
    "what was taken out": "UPDATE search_index_data SET block = zeroblob(length(block)) WHERE id > 1 << 53",
    "where a page begins": "UPDATE search_index_idx SET term = CAST(term || x'00' AS BLOB) WHERE length(term) > 1",
    "which page it is": "UPDATE search_index_idx SET pgno = pgno + 2",
}


def told(chance, count=60):
    said = chance.choices(WORDS, k=count)
    return Told(DAY, "note", said, said[:5])


def put(rows, chance, ids, count=60):
    rows.put([(Subject(entry=id), told(chance, count)) for id in ids])


def parts_of(database):
    """Return whether all parts are what they were, after each print that is kept was counted again."""
    known = search_parts.kept(database)
    for one in search_parts.read(database).found:
        if one.name in known:
            assert search_parts._whole(database, one) == known[one.name], one
    return search_parts.hold(database)


@pytest.fixture(scope="module")
def filled_once(made_once, tmp_path_factory):
    """A closed vault whose index has several parts, of which some words were taken out."""
    folder = shutil.copytree(made_once[0], tmp_path_factory.mktemp("parts") / "Parts.vault")
    store = opening.open_store(folder, copied(made_once[1]))
    chance = random.Random(3)
    for first in (1, 21, 41):
        put(store.search, chance, range(first, first + 20))
    store.search.put([(Subject(entry=5), None)])
    store.close()
    return folder


@pytest.fixture
def filled(filled_once, tmp_path):
    return shutil.copytree(filled_once, tmp_path / "Filled.vault")


def held(folder, secrets):
    """Return whether all parts of the index of a closed vault hold."""
    store = opening.open_store(folder, copied(secrets), read_only=True)
    try:
        return search_parts.hold(store._database)
    finally:
        store.close()


def change(folder, secrets, statement):
    connection = raw(folder, secrets)
    assert connection.execute(statement).rowcount, "nothing was changed"
    connection.close()


@pytest.mark.parametrize("seed", [1, 2])
def test_the_prints_are_right_after_every_write(store, seed) -> None:
    chance, rows, told_of = random.Random(seed), store.search, set[bool | None]()
    ids: list[int] = []
    for _ in range(120):
        act = chance.random()
        if act < 0.5:
            ids += range(len(ids) + 1, len(ids) + 1 + chance.choice([1, 9]))
            put(rows, chance, ids[-9:], chance.choice([30, 300]))
        elif act < 0.7 and ids:
            put(rows, chance, chance.sample(ids, min(len(ids), 4)))
        elif act < 0.8 and ids:
            rows.put([(Subject(entry=id), None) for id in chance.sample(ids, min(len(ids), 3))])
        elif act < 0.97:
            rows.merge(begin=act < 0.85)
        elif act < 0.98:
            with store.transaction():
                rows.clean()
        else:
            store.rewrite()
        told_of.add(parts_of(store._database))
    while rows.merge(begin=False):
        pass
    assert all(rows.count_parts())
    assert parts_of(store._database) is True
    assert told_of <= {True, None}


def test_what_was_rolled_back_is_in_no_print(store) -> None:
    put(store.search, random.Random(1), range(1, 20))
    before = search_parts.kept(store._database)

    def write():
        with store._database.transaction(counted=False):
            store._database.run("INSERT INTO search_index (rowid, record, private, kind) VALUES (1, 'a', '', 'b')")
            store.search._keep(0)
            raise LookupError

    with pytest.raises(LookupError):
        write()
    assert search_parts.kept(store._database) == before
    assert parts_of(store._database) is True
    put(store.search, random.Random(2), range(20, 40))
    assert parts_of(store._database) is True


def test_an_index_with_a_print_of_each_part_holds(filled, secrets) -> None:
    assert held(filled, secrets) is True
    store = opening.open_store(filled, copied(secrets), read_only=True)
    names = list(search_parts.kept(store._database))
    store.close()
    assert len(names) >= 2
    assert any("x" in one for one in names), "something was taken out"


@pytest.mark.parametrize("what", CHANGED)
def test_a_part_that_is_not_what_it_was_is_told(filled, secrets, what) -> None:
    change(filled, secrets, CHANGED[what])
    assert held(filled, secrets) is False


@pytest.mark.parametrize(
    "damage", ["search_index_data SET block = 'text' WHERE id > 10", "search_index_idx SET term = 'text'"]
)
def test_what_is_of_another_kind_is_damage(filled, secrets, damage) -> None:
    change(filled, secrets, f"UPDATE OR IGNORE {damage}")
    with pytest.raises(VaultDamagedError):
        held(filled, secrets)
    change(filled, secrets, "DELETE FROM search_index_config WHERE k = 'parts'")
    store = opening.open_store(filled, copied(secrets))
    assert list(store.search.count_parts())[-1] is False
    assert search_parts.kept(store._database) == {}
    store.close()


def test_other_words_that_contradict_nothing_are_told_and_without_the_prints_they_are_not(folder, secrets) -> None:
    """As an older page of words would be that is put back: as many words, of the same notes."""
    store = opening.open_store(folder, copied(secrets))
    write(store, noted(10, "heron kettle"))
    put_in(store)
    store.close()
    verify(folder, secrets)
    change(folder, secrets, "UPDATE search_index_data SET block = replace(block, 'heron', 'hermn') WHERE id > 10")
    with pytest.raises(WrongIndexError):
        verify(folder, secrets)
    change(folder, secrets, "DELETE FROM search_index_config WHERE k = 'parts'")
    verify(folder, secrets)


def test_an_index_from_before_there_were_prints_is_read_word_by_word(filled, secrets) -> None:
    change(filled, secrets, "DELETE FROM search_index_config WHERE k = 'parts'")
    assert held(filled, secrets) is None
    store = opening.open_store(filled, copied(secrets))
    assert all(store.search.count_parts())
    assert parts_of(store._database) is True
    store.close()
    assert held(filled, secrets) is True


def test_in_the_middle_of_a_merge_there_is_no_answer(store) -> None:
    chance, rows = random.Random(4), store.search
    for first in range(1, 200, 20):
        put(rows, chance, range(first, first + 20), 300)
    assert rows.merge(begin=True)
    assert search_parts.read(store._database).all_there is False
    assert parts_of(store._database) is None
    while rows.merge(begin=False):
        pass
    assert all(rows.count_parts())
    assert parts_of(store._database) is True


def test_another_layout_has_no_parts(filled, secrets) -> None:
    change(filled, secrets, "UPDATE search_index_data SET block = x'0000000102030405' WHERE id = 10")
    assert held(filled, secrets) is None
