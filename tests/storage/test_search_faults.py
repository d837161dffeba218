"""No fault of the disk, and no damage, makes the index of the search tell too little or keep what was removed."""

import pytest
from salvage_cases import copied
from search_cases import PRIVATE, found, noted, put_in, words_left, write
from vault_cases import raw, seen

from alliance_desktop.domain.errors import (
    DiskFullError,
    KnownError,
    SaveFailedError,
    SaveWaitingError,
    VaultDamagedError,
)
from alliance_desktop.domain.search.asking import asked
from alliance_desktop.storage import opening, search_tables
from alliance_desktop.storage.database import Database
from alliance_desktop.storage.search import Subject, Wanted


def test_a_refused_write_loses_no_mark(filled, monkeypatch) -> None:
    with filled.transaction():
        filled.entries.put(noted(13, "kite"), PRIVATE)
    with monkeypatch.context() as patch:
        patch.setattr(filled._database, "_commit", refuse)
        with pytest.raises(DiskFullError):
            put_in(filled)
    assert filled.search.due(9) == [Subject(entry=13)]
    put_in(filled)
    assert found(filled, "kit") == [13], "a word that was not written is not taken for known"


def refuse(**_more):
    raise DiskFullError


def wait():
    raise SaveWaitingError


def test_words_that_are_written_and_only_wait_for_room_are_found_by_their_beginning(filled, monkeypatch) -> None:
    assert found(filled, "kit") == []
    with filled.transaction():
        filled.entries.put(noted(13, "kitesurf"), PRIVATE)
    with monkeypatch.context() as patch:
        patch.setattr(filled._database, "settle", wait)
        with pytest.raises(SaveWaitingError):
            put_in(filled)
    filled.settle()
    assert filled.search.count_due() == 0, "it is written"
    assert found(filled, "kit") == [13]


def test_an_index_begun_anew_that_only_waits_for_room_lists_every_word_again(filled, monkeypatch) -> None:
    assert found(filled, "qui") == [10]
    with monkeypatch.context() as patch:
        patch.setattr(filled._database, "settle", wait)
        with pytest.raises(SaveWaitingError):
            filled.search.begin_anew()
    filled.settle()
    put_in(filled)
    assert filled._database.rows("SELECT private FROM search_word WHERE word = 'quiet'") == [(0,), (1,)]


FITTED = "SELECT v FROM search_index_config WHERE k = 'pgsz'"


@pytest.mark.parametrize("fault", [DiskFullError, SaveFailedError, SaveWaitingError])
def test_a_disk_that_refuses_the_size_of_the_blocks_keeps_nobody_from_an_older_vault(
    folder, secrets, monkeypatch, fault
) -> None:
    connection = raw(folder, secrets)
    connection.execute("DELETE FROM search_index_config WHERE k = 'pgsz'")
    connection.close()

    def refused(*_ignored, **_more):
        raise fault

    with monkeypatch.context() as patch:
        patch.setattr(Database, "_commit", refused)
        store = opening.open_store(folder, copied(secrets))
        with pytest.raises(KnownError), store.transaction():
            pass
        assert store._database.row(FITTED) is None, "the control: the write was asked for, and refused"
        store.close()
    store = opening.open_store(folder, secrets)
    assert store._database.row(FITTED) == (search_tables.BLOCK,), "it is tried again"
    store.close()


def damage(store, some="WHERE id > 10"):
    """Put nonsense in place of what the index says: of its words, of what it is made of, or of both."""
    with store._database.transaction(counted=False):
        store._database.run(f"UPDATE search_index_data SET block = x'00ff00ff' {some}")


def test_a_damaged_index_keeps_no_removed_word_in_any_page(folder, secrets) -> None:
    store = opening.open_store(folder, secrets)
    write(store, *(noted(10 + at, "kept words of every day " * 30, "mine " * 9) for at in range(40)))
    write(store, noted(99, "zquarkwort " * 200))
    put_in(store)
    damage(store)
    with store.transaction():
        store.entries.remove(99)
    with pytest.raises(VaultDamagedError), store._database.transaction(counted=False):
        store.search.clean()
    store.rewrite()
    put_in(store)
    assert len(found(store, "kept words")) == 40
    store.close()
    assert words_left(folder, secrets, "quarkwort", "kept") == ["kept"]


@pytest.mark.parametrize("some", ["", "WHERE id <= 10", "WHERE id > 10"])
def test_a_damaged_index_hides_nothing_where_a_vault_is_only_read(filled, folder, secrets, some) -> None:
    damage(filled, some)
    filled.close()
    before = seen(folder)
    store = opening.open_store(folder, secrets, read_only=True)
    wanted = Wanted(asked("quiet"), private=True)
    if store.search.count_due() == 0:
        with pytest.raises(VaultDamagedError):
            store.search.newest(wanted, 50)
        store.search.begin_anew()
    assert store.search.count_due() == 4
    put_in(store)
    assert found(store, "quiet", private=True) == [12, 10]
    store.search.begin_anew()
    assert found(store, "quiet", private=True) == [12, 10], "what is in memory is whole"
    store.close()
    assert seen(folder) == before
