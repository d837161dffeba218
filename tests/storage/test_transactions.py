"""All of a transaction or nothing, counted, on disk when it ends, and silent about what was written."""

import os
import traceback

import pytest
from sqlcipher3 import dbapi2
from vault_cases import PASSPHRASE, answer, client, entry

from alliance_desktop.domain import errors
from alliance_desktop.storage import digest, opening
from alliance_desktop.storage.faults import StatementError, plainly, translated


def test_a_write_outside_a_transaction_is_a_bug(store):
    for write in (
        lambda: store.clients.put(client()),
        lambda: store.entries.put(entry(), frozenset()),
        lambda: store.settings.put("a", 1),
    ):
        with pytest.raises(RuntimeError, match="transaction"):
            write()
    assert store.clients.all() == []


def test_each_transaction_counts_one_save(store):
    before = store.saves
    with store.transaction():
        store.clients.put(client(1))
        store.clients.put(client(2))
    with store.transaction():
        pass
    assert store.saves == before + 2


def test_the_count_goes_on_after_reopening(store, folder, secrets):
    with store.transaction():
        store.clients.put(client(1))
    before = store.saves
    store.close()
    again = opening.open_store(folder, secrets)
    assert again.saves == before
    again.close()


def test_an_error_inside_leaves_nothing_and_passes_unchanged(store):
    before = store.saves
    mine = LookupError("mine")

    def write():
        with store.transaction():
            store.clients.put(client(1))
            raise mine

    with pytest.raises(LookupError) as caught:
        write()
    assert caught.value is mine
    assert store.clients.all() == []
    assert store.saves == before
    with store.transaction():
        store.clients.put(client(2))
    assert [one.id for one in store.clients.all()] == [2]


def test_a_transaction_inside_another_is_a_bug_and_leaves_nothing(store):
    def write():
        with store.transaction():
            store.clients.put(client(1))
            with store.transaction():
                pass

    with pytest.raises(RuntimeError, match="already"):
        write()
    assert store.clients.all() == []


def test_a_fault_swallowed_inside_does_not_pass_for_saved(store):
    def write():
        with store.transaction():
            store.clients.put(client(1))
            # A full disk can end a transaction in this way.
            store._database._connection.execute("ROLLBACK")

    with pytest.raises(errors.SaveFailedError):
        write()
    assert store.clients.all() == []


def test_after_a_full_disk_a_block_writes_and_reads_nothing_more(store):
    with store.transaction():
        store.clients.put(client(1))
    database, found = store._database, []
    (most,) = database.row("PRAGMA page_count")
    database.rows(f"PRAGMA max_page_count={most}")

    def write():
        with store.transaction():
            for id in range(10, 14):
                with pytest.raises(errors.KnownError) as caught:
                    store.entries.put(entry(id, answers={"facts": "weir " * 1500}), frozenset())
                found.append((type(caught.value), database._connection.in_transaction))
            for refused in (
                lambda: database.run("DELETE FROM client"),
                lambda: database.put_untold("setting", [("a", "b")]),
                lambda: database.rows("SELECT id FROM client"),
                lambda: database.prepare("CREATE TEMP TABLE more (a)"),
            ):
                with pytest.raises(errors.SaveFailedError):
                    refused()

    with pytest.raises(errors.SaveFailedError):
        write()
    assert found == [(errors.DiskFullError, False)] + 3 * [(errors.SaveFailedError, False)], (
        "the control: SQLite ended it"
    )
    assert [len(database.rows(f"SELECT 1 FROM {one}")) for one in ("client", "entry", "record_answer")] == [1, 0, 0]
    assert store.digest == digest.recount(database)
    database.rows("PRAGMA max_page_count=1000000")
    with store.transaction():
        store.entries.put(entry(10), frozenset())
    assert store.digest == digest.recount(database)


def test_the_side_file_is_empty_after_every_save(store, folder):
    for id in range(5):
        with store.transaction():
            store.clients.put(client(id))
        assert (folder / "notes.db-wal").stat().st_size == 0
    store.close()
    assert sorted(one.name for one in folder.iterdir()) == ["keys.a", "keys.b", "notes.db"]


def test_a_copy_of_the_pages_can_tell_whether_a_write_came_between(store, folder):
    before = store.writes
    assert before % 2 == 0
    seen_inside = []
    with store.transaction():
        seen_inside.append(store.writes)
        store.clients.put(client(1))
        seen_inside.append(store.writes)
    assert all(one % 2 == 1 for one in seen_inside)
    assert store.writes > before
    assert store.writes % 2 == 0
    copied = os.pread(store.reader, (folder / "notes.db").stat().st_size + 1, 0)
    store.close()
    assert store.writes % 2 == 1
    assert copied == (folder / "notes.db").read_bytes()


def test_a_block_that_fails_leaves_the_count_of_writes_even(store):
    with pytest.raises(LookupError), store.transaction():
        raise LookupError
    assert store.writes % 2 == 0


def test_the_key_of_an_open_vault_is_wiped_at_its_closing(store, secrets):
    key, vault_id = store.data_key, store.vault_id
    assert (key, vault_id) == (secrets.data_key, secrets.vault_id)
    store.close()
    assert (key, vault_id) == (bytes(32), bytes(16))
    assert secrets.data_key != bytes(32)


def test_another_connection_cannot_even_look(store, folder, secrets):
    script = """
import sys
from pathlib import Path
from alliance_desktop.domain.errors import VaultInUseError
from alliance_desktop.storage import opening, vault
from vault_cases import PASSPHRASE
folder = Path(sys.argv[1])
try:
    opening.open_store(folder, opening.find_secrets(folder, PASSPHRASE))
except VaultInUseError:
    print("in use")
"""
    assert answer(script, folder) == "in use\n"
    with pytest.raises(errors.VaultInUseError):
        opening.open_store(folder, secrets)
    # Looking for the secrets of a vault that is open here must not let go of its lock.
    opening.find_secrets(folder, PASSPHRASE)
    assert answer(script, folder) == "in use\n"
    store.close()
    assert answer(script, folder) == ""


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (13, errors.DiskFullError),
        (10, errors.SaveFailedError),
        (10 | 3 << 8, errors.SaveFailedError),
        (8, errors.ReadOnlyError),
        (8 | 4 << 8, errors.VaultMovedError),
        (5, errors.VaultInUseError),
        (6, errors.VaultInUseError),
        (26, errors.VaultDamagedError),
        (11, errors.VaultDamagedError),
        (11 | 1 << 8, errors.VaultDamagedError),
        (14, errors.SaveFailedError),
        (1, StatementError),
        (19, StatementError),
    ],
)
def test_each_fault_has_its_error(code, kind):
    fault = dbapi2.OperationalError("near SECRETWORD: syntax error")
    fault.sqlite_errorcode = code
    fault.sqlite_errorname = "SQLITE_NAME"
    told = translated(fault, writing=True)
    assert type(told) is kind
    assert "SECRETWORD" not in str(told)


def test_a_fault_of_reading_is_not_told_as_a_failed_save():
    fault = dbapi2.OperationalError("disk I/O error")
    fault.sqlite_errorcode = 10
    assert type(translated(fault, writing=False)) is errors.ReadFailedError


def test_nothing_written_is_in_an_error_nor_in_what_it_hangs_on(store):
    with pytest.raises(StatementError) as caught, store.transaction():
        store._database.run("SELECT SECRETWORD FROM client")
    with pytest.raises(StatementError) as unfit, store.transaction():
        store._database.run("INSERT INTO setting VALUES (?, ?)", ("SECRETWORD", None))
    for error in (caught.value, unfit.value):
        assert error.__cause__ is None
        assert error.__context__ is None
        assert "SECRETWORD" not in str(error)
    with pytest.raises(dbapi2.OperationalError, match="SECRETWORD"):
        store._database._connection.execute("SELECT SECRETWORD FROM client")


def test_a_report_of_a_fault_carries_no_text():
    def work():
        raise dbapi2.InterfaceError("SECRETWORD")

    with pytest.raises(StatementError) as caught:
        plainly(work, writing=True)
    report = "".join(traceback.format_exception(caught.value, chain=True))
    assert "SECRETWORD" not in report.replace('dbapi2.InterfaceError("SECRETWORD")', "")


def test_use_after_closing_is_a_bug(store):
    store.close()
    store.close()
    with pytest.raises(StatementError):
        store.clients.all()


def test_a_save_that_waits_is_a_full_disk_to_whoever_does_not_ask(store):
    assert issubclass(errors.SaveWaitingError, errors.DiskFullError)
    store.settle()
