"""One list of looks: each finds what the others pass over, and a backup, a vault and a stop all go by it."""

import pytest
from vault_cases import client, entry, raw

from alliance_desktop.domain.backup_errors import BackupDamagedError, BackupNewerError, BackupStoppedError
from alliance_desktop.domain.errors import ReadFailedError, VaultDamagedError
from alliance_desktop.domain.opening_errors import AlteredNotesError, LeftOpenError, OlderCopyError, WrongIndexError
from alliance_desktop.domain.watch import Watch
from alliance_desktop.storage import opening, schema, unclean
from alliance_desktop.storage.contents import contents_of
from alliance_desktop.storage.database import is_open_here, open_to_read
from alliance_desktop.storage.examining import examine
from alliance_desktop.storage.faults import StatementError
from alliance_desktop.storage.sealed_page import PAGE
from alliance_desktop.storage.seals import Seals
from alliance_desktop.storage.soundness import Amiss, contents_in_order, first_amiss
from alliance_desktop.storage.verifying import verify

PAST_THE_PROGRAM = {
    Amiss.DIGEST: ('UPDATE client SET answers = \'{"code": "changed"}\'',),
    Amiss.REFERENCES: ("DELETE FROM client",),
    Amiss.STRUCTURE: (
        "PRAGMA writable_schema=ON",
        "UPDATE sqlite_schema SET sql = replace(sql, '(client', '(state') WHERE name = 'entry_of_client'",
    ),
}


@pytest.fixture
def written(folder, secrets):
    """A closed vault with a client and a note."""
    store = opening.open_store(folder, secrets)
    with store.transaction():
        store.clients.put(client(1))
        store.entries.put(entry(10, answers={"facts": "words"}), frozenset())
    store.close()
    return folder


def opened(folder, secrets):
    return open_to_read(folder / "notes.db", secrets.data_key, secrets.vault_id, schema.SCHEMA_VERSION)


def look(folder, secrets, *, sealed=True, **more):
    seals = Seals(secrets.data_key, secrets.vault_id) if sealed else None
    database = opened(folder, secrets)
    try:
        return first_amiss(database, lambda: opened(folder, secrets), seals=seals, **more)
    finally:
        database.close()


def change(folder, secrets, *statements):
    connection = raw(folder, secrets)
    for statement in statements:
        connection.execute(statement).fetchall()
    connection.close()


def test_all_is_in_order(written, secrets):
    assert look(written, secrets) is None
    assert examine(written / "notes.db", secrets.data_key, secrets.vault_id).clients.keys() == {1}
    assert verify(written, secrets).clients.keys() == {1}


@pytest.mark.parametrize("amiss", PAST_THE_PROGRAM)
def test_what_each_look_finds_a_backup_and_a_vault_are_refused_for(written, secrets, amiss):
    change(written, secrets, *PAST_THE_PROGRAM[amiss])
    assert look(written, secrets) is amiss
    with pytest.raises(BackupDamagedError):
        examine(written / "notes.db", secrets.data_key, secrets.vault_id)
    with pytest.raises(AlteredNotesError if amiss is Amiss.DIGEST else VaultDamagedError):
        verify(written, secrets)
    finding = None
    try:
        finding = unclean.examined(written / "notes.db", secrets, left_open=True)
    except VaultDamagedError:
        assert amiss is not Amiss.DIGEST
    if finding is not None:
        assert [type(one) for one in finding.remarks] == [AlteredNotesError]


def test_the_seals_find_a_page_that_no_row_is_in(written, secrets):
    change(
        written, secrets, "CREATE TABLE heap (words)", "INSERT INTO heap VALUES (zeroblob(90000))", "DROP TABLE heap"
    )
    notes = written / "notes.db"
    with notes.open("r+b") as file:
        file.seek(notes.stat().st_size - PAGE + 100)
        file.write(b"torn")
    assert look(written, secrets) is Amiss.SEALS
    assert look(written, secrets, sealed=False) is None
    with pytest.raises(BackupDamagedError):
        examine(notes, secrets.data_key, secrets.vault_id)


IN_THE_INDEX = "INSERT INTO search_index (rowid, record, private, kind) VALUES (1, 'quiet words', '', 'contact')"
WRONG = (
    "UPDATE search_index_data SET block = x'00ff00ff' WHERE id > 10",
    "UPDATE search_index_data SET block = x'00ff' WHERE id = 10",
    "DELETE FROM search_index_data",
)


@pytest.mark.parametrize("wrong", WRONG)
@pytest.mark.parametrize("amiss", [None, *PAST_THE_PROGRAM])
def test_a_wrong_index_of_the_search_is_no_damage_of_a_backup_and_hides_none(written, secrets, amiss, wrong) -> None:
    """It is begun anew once it is looked through; a full look at a vault tells of it, last and as what it is."""
    change(written, secrets, IN_THE_INDEX, wrong)
    assert look(written, secrets) is Amiss.WORDS
    assert look(written, secrets, words=False) is None
    with pytest.raises(WrongIndexError):
        verify(written, secrets)
    with pytest.raises(OlderCopyError):
        verify(written, secrets, seen_saves=999)
    finding = unclean.examined(written / "notes.db", secrets, left_open=True)
    assert [type(one) for one in finding.remarks] == [LeftOpenError]
    assert examine(written / "notes.db", secrets.data_key, secrets.vault_id).clients.keys() == {1}
    if amiss is not None:
        change(written, secrets, *PAST_THE_PROGRAM[amiss])
        with pytest.raises(BackupDamagedError):
            examine(written / "notes.db", secrets.data_key, secrets.vault_id)
        with pytest.raises(AlteredNotesError if amiss is Amiss.DIGEST else VaultDamagedError):
            verify(written, secrets)


def test_a_question_is_silent_until_it_reads_a_table_or_it_is_not(written, secrets) -> None:
    asked, index = "PRAGMA integrity_check", "search_index_idx"
    change(written, secrets, IN_THE_INDEX)
    database = opened(written, secrets)
    assert database.is_silent_until(index, asked)
    assert database.rows(asked) == [("ok",)], "nothing is refused any more"
    assert not database.is_silent_until("client", "SELECT 1"), "it is never read"
    assert database.is_silent_until("client", "SELECT id FROM client")
    with pytest.raises(StatementError):
        database.is_silent_until("client", "SELECT nothing")
    database.close()
    change(written, secrets, *PAST_THE_PROGRAM[Amiss.STRUCTURE])
    database = opened(written, secrets)
    assert len(database.rows(asked)) == 1, "one row alone is told, and is not lost"
    assert not database.is_silent_until(index, asked)
    database.close()


@pytest.mark.parametrize("words", [True, False])
def test_what_is_in_order_is_told_with_what_it_holds(written, secrets, words) -> None:
    database = opened(written, secrets)
    found = contents_in_order(database, lambda: opened(written, secrets), seals=None, words=words)
    assert found == contents_of(database)
    database.close()


@pytest.mark.parametrize("other", [Amiss.DIGEST, Amiss.REFERENCES])
def test_the_structure_is_told_before_what_the_looks_beside_it_find(written, secrets, other):
    change(written, secrets, *PAST_THE_PROGRAM[other])
    assert look(written, secrets) is other
    change(written, secrets, *PAST_THE_PROGRAM[Amiss.STRUCTURE])
    assert look(written, secrets) is Amiss.STRUCTURE


def test_work_that_is_stopped_lets_go_of_the_file_at_once(written, secrets):
    stopped = Watch(is_stopped=lambda: True)
    with pytest.raises(BackupStoppedError):
        look(written, secrets, watch=stopped)
    assert not is_open_here(written / "notes.db")
    assert look(written, secrets, watch=Watch()) is None


def test_a_file_that_is_read_twice_is_open_until_both_have_let_go(written, secrets):
    one, other = opened(written, secrets), opened(written, secrets)
    other.close()
    other.close()
    assert is_open_here(written / "notes.db")
    one.close()
    assert not is_open_here(written / "notes.db")


def test_a_fault_of_the_look_at_the_structure_is_told(written, secrets):
    def refused():
        raise ReadFailedError

    database = opened(written, secrets)
    try:
        with pytest.raises(ReadFailedError):
            first_amiss(database, refused, seals=None)
    finally:
        database.close()


def test_a_backup_of_a_newer_program_is_told_as_that(written, secrets):
    change(written, secrets, f"PRAGMA user_version={schema.SCHEMA_VERSION + 1}")
    with pytest.raises(BackupNewerError):
        examine(written / "notes.db", secrets.data_key, secrets.vault_id)


def test_a_backup_without_its_tables_is_damaged_and_no_bug(written, secrets):
    change(written, secrets, "DROP TABLE meta")
    with pytest.raises(BackupDamagedError):
        examine(written / "notes.db", secrets.data_key, secrets.vault_id)
