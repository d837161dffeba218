"""Opened for reading: everything is read, nothing is written, and nothing in the folder changes."""

import datetime
import json

import pytest
from vault_cases import PASSPHRASE, answer, child, client, entry, seen, stopped_copy

from alliance_desktop.domain import errors
from alliance_desktop.domain import opening_errors as told
from alliance_desktop.storage import copying, opening, presence

SINCE = datetime.datetime(2026, 11, 22, 9, 48, tzinfo=datetime.UTC)
HOLDER = """
import sys, time
from pathlib import Path
from alliance_desktop.storage import opening
from vault_cases import PASSPHRASE
folder = Path(sys.argv[1])
store = opening.open_store(folder, opening.find_secrets(folder, PASSPHRASE))
print("open", flush=True)
sys.stdin.readline()
"""


@pytest.fixture
def written(folder, secrets):
    store = opening.open_store(folder, secrets)
    with store.transaction():
        store.clients.put(client(1))
        store.entries.put(entry(10, answers={"facts": "she went quiet"}), frozenset())
    store.close()
    return folder


def says_open(folder, computer="PRACTICE-2"):
    said = {"computer": computer, "since": SINCE.isoformat(), "process": 4}
    (folder / presence.NAME).write_text(json.dumps(said))


def ids(store):
    return [one.id for one in store.clients.all()]


def test_everything_is_read_and_nothing_changes(written, secrets):
    before = seen(written)
    store = opening.open_store(written, secrets, read_only=True)
    assert store.read_only
    assert [type(one) for one in store.remarks] == [told.OpenedToReadError]
    assert ids(store) == [1]
    assert store.entries.get(10).answers == {"facts": "she went quiet"}
    assert list(store.recounting())
    store.settle()
    assert not store.free_reserve()
    store.close()
    assert seen(written) == before


def test_every_write_is_refused(written, secrets):
    before = seen(written)
    store = opening.open_store(written, secrets, read_only=True)

    def write():
        with store.transaction():
            store.clients.put(client(2))

    for act in (write, lambda: store.keep_key_generation(9), lambda: store.encrypt_anew(bytes(32))):
        with pytest.raises(errors.ReadOnlyError):
            act()
    with pytest.raises(errors.ReadOnlyError):
        store._database._execute("UPDATE client SET answers = ''")
    assert ids(store) == [1]
    store.close()
    assert seen(written) == before


def test_an_unfinished_merge_is_read_without_merging(written, secrets, tmp_path):
    stopped = stopped_copy(written, tmp_path / "stopped.vault", lambda store: store.clients.put(client(2)))
    before = seen(stopped)
    store = opening.open_store(stopped, secrets, read_only=True)
    assert ids(store) == [1, 2]
    assert [type(one) for one in store.remarks] == [told.OpenedToReadError, told.StoppedError]
    store.close()
    assert seen(stopped) == before


def test_what_another_window_has_open_can_be_read(written, secrets):
    with child(HOLDER, written) as process:
        assert process.stdout.readline() == "open\n"
        with pytest.raises(errors.VaultInUseError):
            opening.open_store(written, secrets)
        store = opening.open_store(written, secrets, read_only=True)
        assert [type(one) for one in store.remarks] == [told.OpenElsewhereToReadError]
        assert ids(store) == [1]
        store.close()
        with pytest.raises(errors.VaultInUseError):
            opening.open_store(written, secrets)
        process.kill()
    opening.open_store(written, secrets).close()


def test_another_computer_that_has_it_open_is_named(written, secrets):
    says_open(written)
    before = seen(written)
    with pytest.raises(told.OpenElsewhereError, match="PRACTICE-2") as caught:
        opening.open_store(written, secrets)
    assert caught.value.since == SINCE
    store = opening.open_store(written, secrets, read_only=True)
    assert [type(one) for one in store.remarks] == [told.OpenElsewhereToReadError]
    store.close()
    assert seen(written) == before


def test_taken_over_the_vault_says_it_is_open_here_until_it_is_closed(written, secrets):
    says_open(written)
    mine = presence.here(SINCE)
    store = opening.open_store(written, secrets, take_over=True, here=mine)
    assert presence.found(written) == mine
    assert store.remarks == ()
    store.close()
    assert not (written / presence.NAME).exists()


def test_the_word_of_another_is_not_taken_back(written, secrets):
    store = opening.open_store(written, secrets, here=presence.here(SINCE))
    says_open(written)
    store.close()
    assert presence.found(written).computer == "PRACTICE-2"


def test_a_word_left_by_this_computer_is_looked_into_and_no_hindrance(written, secrets):
    says_open(written, presence.this_computer())
    store = opening.open_store(written, secrets, here=presence.here(SINCE))
    assert [type(one) for one in store.remarks] == [told.LeftOpenError]
    store.close()
    again = opening.open_store(written, secrets)
    assert again.remarks == ()
    again.close()


@pytest.mark.parametrize(
    "junk", [b"", b"{}", b"[1]", b"\xff\xfe", b'{"computer":1,"since":"x","process":2}', b"9" * 5000]
)
def test_junk_in_that_file_is_nobodys_word(written, secrets, junk):
    (written / presence.NAME).write_bytes(junk)
    opening.open_store(written, secrets).close()


def test_a_copy_without_the_side_file_leaves_the_vault_as_it_is(written, secrets, tmp_path):
    stopped = stopped_copy(written, tmp_path / "My notes.vault", lambda store: store.clients.put(client(2)))
    says_open(stopped)
    before = seen(stopped)
    made = copying.copy_without_side_file(stopped)
    second = copying.copy_without_side_file(stopped)
    assert seen(stopped) == before
    assert (made.name, second.name) == ("My notes (copy).vault", "My notes (copy 2).vault")
    assert sorted(one.name for one in made.iterdir()) == ["keys.a", "keys.b", "notes.db"]
    store = opening.open_store(made, opening.find_secrets(made, PASSPHRASE))
    assert ids(store) == [1]
    store.close()


def test_the_lock_is_asked_about_without_letting_go_of_it(written):
    assert not presence.is_held(written / "notes.db")
    with child(HOLDER, written) as process:
        assert process.stdout.readline() == "open\n"
        assert presence.is_held(written / "notes.db")
        assert (
            answer(
                "import sys; from pathlib import Path; from alliance_desktop.storage import presence; "
                "print(presence.is_held(Path(sys.argv[1])))",
                written / "notes.db",
            )
            == "True\n"
        )
        process.kill()
