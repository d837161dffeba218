"""Each thing that can be amiss has its own sentence and next step, and nothing is changed by finding out."""

import os
import shutil
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2
from vault_cases import PASSPHRASE, cheap, client, clock, raw, seen, stopped_copy

from alliance_desktop.domain import errors
from alliance_desktop.keys.recovery import recovery_text
from alliance_desktop.storage import opening, schema
from alliance_desktop.storage import vault as vaults

NEWER_KEYS = Path(__file__).parent / "newer.keys"


def overwrite(path, at, data):
    with path.open("r+b") as file:
        file.seek(at)
        file.write(data)


def both_keys(folder, change):
    for name in ("keys.a", "keys.b"):
        change(folder / name)


def gone(folder):
    shutil.rmtree(folder)


def a_file(folder):
    shutil.rmtree(folder)
    folder.write_bytes(b"not a folder")


def no_vault(folder):
    for one in list(folder.iterdir()):
        one.unlink()
    (folder / "holiday.txt").write_text("a letter")


def notes_missing(folder):
    (folder / "notes.db").unlink()


def notes_empty(folder):
    (folder / "notes.db").write_bytes(b"")


def notes_a_folder(folder):
    notes_missing(folder)
    (folder / "notes.db").mkdir()


def keys_damaged(folder):
    both_keys(folder, lambda path: overwrite(path, 30, b"\0\0\0"))


def keys_missing(folder):
    both_keys(folder, Path.unlink)


def keys_newer(folder):
    both_keys(folder, lambda path: path.write_bytes(framed_newer()))


def framed_newer():
    import hashlib
    import struct

    whole = b"RRKEYS\r\n" + struct.pack(">HI", 2, 3) + b"any"
    return whole + hashlib.sha256(whole).digest()[:16]


def page_1_damaged(folder):
    overwrite(folder / "notes.db", 200, b"\0" * 8)


def ordinary_database(folder):
    notes_missing(folder)
    connection = dbapi2.connect(str(folder / "notes.db"))
    connection.execute("CREATE TABLE note (text)")
    connection.commit()
    connection.close()


def keys_of_another(folder):
    other = folder.with_name("Other.vault")
    vaults.create(other, PASSPHRASE, random=os.urandom, now=clock(), kdf=cheap())
    for name in ("keys.a", "keys.b"):
        shutil.copy(other / name, folder / name)


def cut_short(folder):
    os.truncate(folder / "notes.db", 1000)


STATES = {
    gone: errors.NoFolderError,
    a_file: errors.NotAFolderError,
    no_vault: errors.NotAVaultError,
    notes_missing: errors.NotesMissingError,
    notes_empty: errors.NotesEmptyError,
    notes_a_folder: errors.NotesNotAFileError,
    keys_damaged: errors.KeyFileDamagedError,
    keys_missing: errors.KeyFilesMissingError,
    keys_newer: errors.NewerVersionError,
    page_1_damaged: errors.VaultDamagedError,
    cut_short: errors.VaultDamagedError,
    ordinary_database: errors.NotEncryptedError,
    keys_of_another: errors.KeysOfAnotherVaultError,
}


def opened(folder, passphrase=PASSPHRASE):
    return opening.open_store(folder, opening.find_secrets(folder, passphrase))


def opened_by_paper(folder, secrets):
    return opening.open_store(folder, opening.secrets_from_recovery(folder, recovery_text(secrets.recovery)))


def amiss(folder, attempt):
    """Return the error of an attempt that must fail and must change nothing."""
    around = folder.parent
    before = seen(around)
    with pytest.raises(errors.KnownError) as caught:
        attempt()
    assert seen(around) == before
    assert caught.value.sentence
    assert caught.value.next_step
    return caught.value


def test_a_whole_vault_opens_and_closes_without_a_trace(folder):
    before = seen(folder)
    opened(folder).close()
    assert seen(folder) == before


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_each_state_is_told_and_left_as_it_is(folder, state):
    state(folder)
    assert type(amiss(folder, lambda: opened(folder))) is STATES[state]


def test_each_state_has_its_own_sentence(tmp_path, made_once):
    sentences = {}
    for state in STATES:
        folder = shutil.copytree(made_once[0], tmp_path / state.__name__ / "Notes.vault")
        state(folder)
        sentences[state.__name__] = amiss(folder, lambda folder=folder: opened(folder)).sentence
    whole = shutil.copytree(made_once[0], tmp_path / "whole" / "Notes.vault")
    sentences["passphrase"] = amiss(whole, lambda: opened(whole, "some other words here")).sentence
    del sentences["cut_short"]  # Another way to the same sentence as a damaged page.
    assert len(set(sentences.values())) == len(sentences)


def test_a_wrong_passphrase_is_never_taken_for_damage(folder):
    assert type(amiss(folder, lambda: opened(folder, PASSPHRASE + "."))) is errors.WrongPassphraseError


def test_one_damaged_key_file_does_not_matter(folder):
    whole = (folder / "keys.b").read_bytes()
    overwrite(folder / "keys.a", 30, b"\0\0\0")
    opened(folder).close()
    assert (folder / "keys.a").read_bytes() == whole


@pytest.mark.parametrize("name", ["keys.a", "keys.b"])
def test_a_missing_key_file_is_made_anew(folder, name):
    before = seen(folder)
    (folder / name).unlink()
    opened(folder).close()
    assert seen(folder) == before


def test_notes_and_paper_suffice(folder, secrets):
    keys_missing(folder)
    store = opened_by_paper(folder, secrets)
    assert store.clients.all() == []
    store.close()


def test_paper_tells_another_sheet_from_damage(folder, secrets):
    other = recovery_text(bytes(20))

    def by_another_sheet():
        return opening.open_store(folder, opening.secrets_from_recovery(folder, other))

    assert type(amiss(folder, by_another_sheet)) is errors.WrongRecoveryKeyError
    assert type(amiss(folder, lambda: opening.secrets_from_recovery(folder, "abc"))) is errors.MistypedRecoveryKeyError
    page_1_damaged(folder)
    error = amiss(folder, lambda: opened_by_paper(folder, secrets))
    assert type(error) is errors.VaultDamagedError
    assert "recovery key is right" in error.sentence
    assert type(amiss(folder, by_another_sheet)) is errors.WrongRecoveryKeyError


def test_a_damaged_vault_id_does_not_matter_and_is_mended(folder, secrets):
    overwrite(folder / "notes.db", 3, b"\0\0")
    opened(folder).close()
    assert (folder / "notes.db").read_bytes()[:16] == secrets.vault_id
    keys_missing(folder)
    opened_by_paper(folder, secrets).close()


def test_by_paper_a_damaged_vault_id_is_taken_from_the_key_files(folder, secrets):
    overwrite(folder / "notes.db", 3, b"\0\0")
    opened_by_paper(folder, secrets).close()
    assert (folder / "notes.db").read_bytes()[:16] == secrets.vault_id


def test_a_newer_schema_is_left_alone(folder, secrets):
    connection = raw(folder, secrets)
    connection.execute(f"PRAGMA user_version={schema.SCHEMA_VERSION + 1}").fetchall()
    connection.close()
    assert type(amiss(folder, lambda: opened(folder))) is errors.NewerVersionError


def test_a_newer_format_is_left_alone(folder, secrets):
    connection = raw(folder, secrets)
    connection.execute("UPDATE meta SET value = 2 WHERE name = 'format'").fetchall()
    connection.close()
    assert type(amiss(folder, lambda: opened(folder))) is errors.NewerVersionError


def test_a_damaged_later_page_is_told_when_it_is_read(folder, secrets):
    store = opened(folder)
    with store.transaction():
        store.clients.put(client(answers={"code": "x" * 40_000}))
    store.close()
    notes = folder / "notes.db"
    overwrite(notes, notes.stat().st_size - 4096 * 3 + 50, b"\0" * 8)
    before = seen(folder)

    def read_all():
        store = opened(folder)
        try:
            store.clients.all()
        finally:
            store.close()

    with pytest.raises(errors.VaultDamagedError):
        read_all()
    assert seen(folder) == before


@pytest.fixture
def stopped(folder, tmp_path):
    """A vault whose program was stopped between a commit and its checkpoint."""
    return stopped_copy(folder, tmp_path / "stopped" / "Notes.vault", lambda store: store.settings.put("a", 1))


def test_an_unclean_stop_loses_no_committed_save(stopped):
    again = opened(stopped)
    assert again.settings.get("a") == 1
    again.close()


@pytest.mark.parametrize("state", [page_1_damaged, cut_short, keys_of_another, keys_missing])
def test_an_opening_in_vain_leaves_the_side_file(stopped, state):
    state(stopped)
    assert type(amiss(stopped, lambda: opened(stopped))) is STATES[state]
    assert (stopped / "notes.db-wal").stat().st_size > 0


def test_another_sheet_leaves_the_side_file(stopped):
    def by_another_sheet():
        return opening.open_store(stopped, opening.secrets_from_recovery(stopped, recovery_text(bytes(20))))

    assert type(amiss(stopped, by_another_sheet)) is errors.WrongRecoveryKeyError


def test_a_first_page_torn_by_a_power_cut_is_taken_from_the_side_file(folder, tmp_path):
    def write(store):
        store._database.run("CREATE TABLE more (a)")

    torn = stopped_copy(folder, tmp_path / "torn" / "Notes.vault", write)
    page_1_damaged(torn)
    opened(torn).close()
    opened(torn).close()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_in_place_of_a_file_does_not_hang(folder):
    for name in ("keys.a", "keys.b"):
        (folder / name).unlink()
        os.mkfifo(folder / name)
    with pytest.raises(errors.KeyFileDamagedError):
        opened(folder)
    (folder / "notes.db").unlink()
    os.mkfifo(folder / "notes.db")
    with pytest.raises(errors.NotesNotAFileError):
        opened(folder)


def test_a_vault_moved_while_open_is_told_and_nothing_is_lost(folder):
    store = opened(folder)
    with store.transaction():
        store.clients.put(client(1))
    elsewhere = folder.rename(folder.with_name("Elsewhere.vault"))

    def write():
        with store.transaction():
            store.clients.put(client(2))

    with pytest.raises(errors.VaultMovedError):
        write()
    elsewhere.rename(folder)
    write()
    store.close()
    again = opened(folder)
    assert [one.id for one in again.clients.all()] == [1, 2]
    again.close()


def test_a_file_put_in_place_of_the_open_one_is_told(folder):
    store = opened(folder)
    shutil.copy(folder / "keys.a", folder / "other")
    os.replace(folder / "other", folder / "notes.db")

    def write():
        with store.transaction():
            store.clients.put(client(2))

    with pytest.raises(errors.VaultMovedError):
        write()
    store.close()
