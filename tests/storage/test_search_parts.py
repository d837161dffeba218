"""Every part of the index has a print of what lies in it, which is right after every write and tells what is older."""

import datetime
import random
import shutil
from itertools import islice

import pytest
from salvage_cases import copied
from search_cases import noted, put_in, write
from vault_cases import raw

from alliance_desktop.domain.errors import VaultDamagedError
from alliance_desktop.domain.opening_errors import WrongIndexError
from alliance_desktop.storage import opening, search_parts, search_whole
from alliance_desktop.storage.search import Subject, Told
from alliance_desktop.storage.verifying import verify

DAY = datetime.date(2026, 3, 5)
WORDS = [f"word{at}" for at in range(900)]
OTHER_WORDS = (
    "UPDATE search_index_data SET block = CAST(replace(CAST(block AS TEXT), 'heron', 'hermn') AS BLOB) WHERE id > 10"
)
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


def compared(store):
    return search_whole.in_steps(search_parts.comparing, store._database)


def taken(steps, again, chance):
    """Take some steps of looks that must be right, and return what is left of them, or begin them again."""
    told = list(islice(steps, chance.randint(1, 9)))
    assert all(told)
    return steps if told else again()


def emptied_of(store, *ids):
    """Take words out for good, one after the other."""
    for id in ids:
        store.search.put([(Subject(entry=id), None)])
        with store.transaction():
            store.search.clean()


def names_of(store):
    return [one.name for one in search_parts.read(store._database).found]


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


@pytest.fixture
def large(store):
    """A store whose index is one part, too large for a print to be counted with a write; 101 to 106 are small."""
    chance = random.Random(5)
    words = [f"w{chance.getrandbits(60):x}" for _ in range(30_000)]
    notes = [words[at : at + 3_000] for at in range(0, len(words), 3_000)]
    subjects = [*enumerate(notes, 1), *((id, ["heron"]) for id in range(101, 107))]
    store.search.put([(Subject(entry=id), Told(DAY, "note", said, [])) for id, said in subjects])
    emptied_of(store, 101, 102)
    (part,) = search_parts.read(store._database).found
    assert part.blocks > search_parts._A_STEP
    return store


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
    beside = {begin: iter([True]) for begin in (rows.count_parts, lambda: compared(store))}
    for _ in range(120):
        beside = {begin: taken(steps, begin, chance) for begin, steps in beside.items()}
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
    change(folder, secrets, OTHER_WORDS)
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


@pytest.mark.parametrize(
    "layout", ["x'0000000102030405'", "CAST(substr(block, 1, 4) || x'ff000002' || substr(block, 9) AS BLOB)"]
)
def test_another_layout_has_no_parts(filled, secrets, layout) -> None:
    change(filled, secrets, f"UPDATE search_index_data SET block = {layout} WHERE id = 10")
    assert held(filled, secrets) is None


def test_a_large_part_is_counted_and_compared_beside_the_work_and_not_with_a_write(large) -> None:
    assert search_parts.kept(large._database) == {}
    counted = list(large.search.count_parts())
    assert (all(counted), list(search_parts.kept(large._database))) == (True, names_of(large))
    assert parts_of(large._database) is True
    again = list(compared(large))
    assert all(again)
    assert len(again) == len(counted) > 3, "no step reads more than it may"
    put(large.search, random.Random(1), [900])
    assert set(search_parts.kept(large._database)) == set(names_of(large)), "what is small is counted with the write"


def test_a_name_that_comes_again_for_other_words_has_no_print_of_before(large) -> None:
    """A count beside the work goes on over two removals; the one part that there is gets another number and back."""
    names, counting = names_of(large), large.search.count_parts()
    assert [next(counting), next(counting)] == [True, True]
    emptied_of(large, 103)
    assert names_of(large) != names
    emptied_of(large, 104)
    assert names_of(large) == names, "the control: this is what comes again"
    assert all(counting)
    assert parts_of(large._database) is True


def test_prints_under_which_a_program_wrote_that_keeps_none_are_not_known(folder, secrets) -> None:
    """It leaves what stood there; the one part that there is has its name again, and holds other words."""
    store = opening.open_store(folder, copied(secrets))
    write(store, *(noted(id, f"heron kettle{id}") for id in range(10, 16)))
    put_in(store)
    emptied_of(store, 10, 11)
    names, asked = names_of(store), "SELECT v FROM search_index_config WHERE k = 'parts'"
    ((left,),) = store._database.rows(asked)
    emptied_of(store, 12, 13)
    assert names_of(store) == names, "the control: this is what comes again"
    ((now,),) = store._database.rows(asked)
    assert now.split()[2:] != left.split()[2:]
    store.close()
    assert held(folder, secrets) is True
    change(folder, secrets, f"UPDATE search_index_config SET v = '{left}' WHERE k = 'parts'")
    assert held(folder, secrets) is None
    store = opening.open_store(folder, copied(secrets))
    assert all(store.search.count_parts())
    assert parts_of(store._database) is True
    store.close()


def test_an_opening_finds_what_only_the_prints_tell(folder, secrets) -> None:
    store = opening.open_store(folder, copied(secrets))
    write(store, noted(10, "heron kettle"))
    put_in(store)
    assert all(store.search.looks())
    store.close()
    change(folder, secrets, OTHER_WORDS)
    for read_only in (True, False):
        store = opening.open_store(folder, copied(secrets), read_only=read_only)
        assert all(search_whole.looks(store._database)), "the control: no other look does"
        assert not all(store.search.looks())
        store.close()


def test_a_part_that_is_older_is_told_also_where_another_has_no_print_yet(filled, secrets) -> None:
    store = opening.open_store(filled, copied(secrets), read_only=True)
    first, known = names_of(store)[0], search_parts.kept(store._database)
    store.close()
    gone = f"UPDATE search_index_config SET v = replace(v, '{first}={known[first]}', '') WHERE k = 'parts'"
    change(filled, secrets, gone)
    assert held(filled, secrets) is None, "the control"
    change(filled, secrets, CHANGED["what was taken out"])
    assert held(filled, secrets) is False
