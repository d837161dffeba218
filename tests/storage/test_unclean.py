"""After a program was stopped: what is merged, what is told, and that a side file is never believed unproved."""

import os
import random
import shutil

import pytest
from vault_cases import client, entry, raw, seen, stopped_copy

from alliance_desktop.domain import errors
from alliance_desktop.domain import opening_errors as told
from alliance_desktop.storage import opening, side_file, unclean
from alliance_desktop.storage.side_file import Left

HEAD, FRAME = 32, 24 + 4096


def write_one(store):
    store.clients.put(client(7, answers={"code": "the last save " * 400}))


@pytest.fixture
def stopped(folder, secrets, tmp_path):
    store = opening.open_store(folder, secrets)
    for id in (1, 2, 3):
        with store.transaction():
            store.clients.put(client(id))
            store.entries.put(entry(10 + id, client=id, answers={"facts": "word " * 500}), frozenset())
    store.close()
    return stopped_copy(folder, tmp_path / "stopped" / "Notes.vault", write_one)


def side(folder):
    return folder / "notes.db-wal"


def ids(store):
    return [one.id for one in store.clients.all()]


def kinds(store):
    return [type(one) for one in store.remarks]


def test_a_vault_that_was_closed_is_opened_without_a_word(folder, secrets):
    store = opening.open_store(folder, secrets)
    assert store.remarks == ()
    store.close()


def test_a_whole_save_is_merged_and_the_stop_is_told(stopped, secrets):
    assert side_file.left_beside(stopped / "notes.db") is Left.WHOLE
    store = opening.open_store(stopped, secrets)
    assert kinds(store) == [told.StoppedError]
    assert ids(store) == [1, 2, 3, 7]
    assert side(stopped).stat().st_size == 0
    store.close()
    again = opening.open_store(stopped, secrets)
    assert again.remarks == ()
    again.close()


@pytest.mark.parametrize("frames", [0, 1, 2.5])
def test_a_save_cut_short_is_told_and_all_before_is_there(stopped, secrets, frames):
    os.truncate(side(stopped), int(HEAD + frames * FRAME))
    assert side_file.left_beside(stopped / "notes.db") is Left.CUT_SHORT or frames == 0
    store = opening.open_store(stopped, secrets)
    assert ids(store) == [1, 2, 3]
    assert kinds(store) == [told.StoppedError if frames == 0 else told.StoppedWhileSavingError]
    store.close()


def test_every_damage_of_the_side_file_is_told_and_the_file_is_kept(stopped, secrets, tmp_path):
    chance = random.Random(9)
    whole = side(stopped).read_bytes()
    for number in range(25):
        at = chance.randrange(len(whole))
        damaged = whole[:at] + bytes([whole[at] ^ 1 << chance.randrange(8)]) + whole[at + 1 :]
        tried = shutil.copytree(stopped, tmp_path / f"tried{number}")
        side(tried).write_bytes(damaged)
        store = opening.open_store(tried, secrets)
        if ids(store) == [1, 2, 3]:
            assert kinds(store) == [told.SideFileDamagedError]
            kept = [one.read_bytes() for one in tried.iterdir() if one.name.endswith(".aside")]
            assert kept == [damaged]
        else:
            # Some bits of the head stand for nothing; what is merged then is the whole save.
            assert ids(store) == [1, 2, 3, 7]
        store.close()


def test_an_old_side_file_beside_newer_notes_is_refused_and_nothing_is_changed(stopped, folder, secrets, tmp_path):
    old = side(stopped).read_bytes()
    newer = shutil.copytree(stopped, tmp_path / "newer")
    store = opening.open_store(newer, secrets)
    for id in range(20, 30):
        with store.transaction():
            store.clients.put(client(id))
    store.close()
    side(newer).write_bytes(old)
    before = seen(newer)
    with pytest.raises(told.StaleSideFileError):
        opening.open_store(newer, secrets)
    assert seen(newer) == before
    side(newer).unlink()
    store = opening.open_store(newer, secrets)
    assert len(ids(store)) == 14
    store.close()


def test_unproved_an_old_side_file_would_take_newer_notes_back(stopped, secrets, monkeypatch):
    """The control: without the proof before the opening, SQLite merges it and ten saves are gone in silence."""
    old = side(stopped).read_bytes()
    store = opening.open_store(stopped, secrets)
    for id in range(20, 30):
        with store.transaction():
            store.clients.put(client(id))
    store.close()
    side(stopped).write_bytes(old)
    monkeypatch.setattr(opening.unclean, "examined", lambda *_, **__: opening.Finding())
    store = opening.open_store(stopped, secrets)
    assert ids(store) != [1, 2, 3, 7, *range(20, 30)]
    store.close()


def test_the_side_file_of_another_vault_is_refused(stopped, made_once, secrets, tmp_path):
    other = shutil.copytree(made_once[0], tmp_path / "other")
    shutil.copy(side(stopped), side(other))
    data = bytearray(side(other).read_bytes())
    from alliance_desktop.storage.side_file import _FRAME, _HEAD, _summed

    # Every page of it sealed with a key that is not this vault's, and all sums right.
    sums, at = _HEAD.unpack(bytes(data[:HEAD]))[6:], HEAD
    order = ">" if data[3] & 1 else "<"
    while at < len(data):
        data[at + 24 : at + FRAME] = os.urandom(4096)
        sums = _summed(bytes(data[at : at + 8] + data[at + 24 : at + FRAME]), sums, order)
        data[at + 16 : at + 24] = _FRAME.pack(0, 0, 0, 0, *sums)[16:]
        at += FRAME
    side(other).write_bytes(bytes(data))
    assert side_file.left_beside(other / "notes.db") is Left.WHOLE
    before = seen(other)
    with pytest.raises(errors.VaultDamagedError):
        opening.open_store(other, secrets)
    assert seen(other) == before


def test_damage_behind_a_stop_is_told_and_nothing_is_changed(stopped, secrets):
    notes = stopped / "notes.db"
    with notes.open("r+b") as file:
        file.seek(notes.stat().st_size - 4096 * 2 + 100)
        file.write(b"\0" * 50)
    before = seen(stopped)
    with pytest.raises(errors.VaultDamagedError):
        opening.open_store(stopped, secrets)
    assert seen(stopped) == before


def test_a_torn_page_that_holds_no_row_is_found_by_its_seal_once_the_side_file_is_merged(folder, secrets, tmp_path):
    connection = raw(folder, secrets)
    connection.execute("CREATE TABLE heap (words)")
    connection.execute("INSERT INTO heap VALUES (randomblob(200000))")
    connection.execute("DROP TABLE heap")
    connection.close()
    stopped = stopped_copy(folder, tmp_path / "stopped" / "Notes.vault", lambda store: store.clients.put(client(7)))
    notes = stopped / "notes.db"
    last = notes.stat().st_size // 4096
    assert last not in side_file.saved_pages(notes)[0], "the side file does not mend it"
    with notes.open("r+b") as file:
        file.seek((last - 1) * 4096 + 100)
        file.write(b"torn")
    finding = unclean.examined(notes, secrets, left_open=True)
    assert finding.left is Left.WHOLE
    assert finding.remarks, "no statement looks at such a page"
    with pytest.raises(told.DamagedAfterStopError):
        opening.open_store(stopped, secrets)


def test_a_side_file_deleted_is_seen_by_the_count_of_saves(stopped, secrets):
    side(stopped).unlink()
    before = seen(stopped)
    with pytest.raises(told.OlderCopyError) as caught:
        opening.open_store(stopped, secrets, seen_saves=9)
    assert caught.value.missing == 1
    assert seen(stopped) == before
    store = opening.open_store(stopped, secrets, seen_saves=9, accept_older=True)
    assert store.saves == 8
    store.close()


@pytest.mark.parametrize("missing", [1, 2, 11])
def test_an_older_copy_names_the_saves_that_are_missing(folder, secrets, tmp_path, missing):
    older = shutil.copytree(folder, tmp_path / "older")
    store = opening.open_store(folder, secrets)
    for id in range(missing):
        with store.transaction():
            store.clients.put(client(id))
    saves = store.saves
    store.close()
    before = seen(older)
    with pytest.raises(told.OlderCopyError) as caught:
        opening.open_store(older, secrets, seen_saves=saves)
    assert caught.value.missing == missing
    assert f"{missing} save" in caught.value.sentence
    assert seen(older) == before
    opening.open_store(folder, secrets, seen_saves=saves).close()


def test_a_vault_not_closed_well_is_looked_through(folder, secrets):
    store = opening.open_store(folder, secrets, closed_well=False)
    assert kinds(store) == [told.LeftOpenError]
    store.close()
