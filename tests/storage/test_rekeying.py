"""Replacing the recovery key: afterwards only the new one opens, and no moment leaves the vault without a key."""

import os
import shutil
import sys
from contextlib import contextmanager
from functools import partial

import pytest
from rekey_cases import NEW, digest_of, keys_that_open, replace, replacement
from vault_cases import PASSPHRASE, change_passphrase, client, raw, seen

from alliance_desktop.domain import errors, key_errors
from alliance_desktop.keys import keyfile
from alliance_desktop.keys.recovery import recovery_text
from alliance_desktop.storage import keyfiles, opening, pages, rekeying, sheets, side_file
from alliance_desktop.storage.store import Store


@pytest.fixture
def old(folder):
    """The vault as it was before its key was replaced."""
    return shutil.copytree(folder, folder.with_name("Before.vault"))


@pytest.fixture
def replaced(folder, secrets, old):
    """A vault whose recovery key was replaced, with the same passphrase; and its new secrets."""
    return replace(folder, secrets, PASSPHRASE)


def by_sheet(folder, secrets):
    return opening.open_store(folder, opening.secrets_from_recovery(folder, recovery_text(secrets.recovery)))


def test_the_passphrase_and_the_new_sheet_open_and_the_notes_are_there(folder, secrets, replaced):
    by_passphrase = partial(opening.open_store, folder)
    for way in (lambda: by_passphrase(opening.find_secrets(folder, PASSPHRASE)), lambda: by_sheet(folder, replaced)):
        store = way()
        assert [one.id for one in store.clients.all()] == [7]
        assert (store.key_generation, store.vault_id) == (2, secrets.vault_id)
        store.close()
    assert not (folder / "keys.new").exists()
    assert (folder / "notes.db").read_bytes()[:16] == secrets.vault_id


def test_no_page_is_left_under_the_old_key(folder, secrets, replaced):
    assert pages.fit(folder / "notes.db", secrets.data_key, secrets.vault_id) is pages.Fit.NONE
    assert pages.fit(folder / "notes.db", replaced.data_key, secrets.vault_id) is pages.Fit.OPENS


def test_the_old_sheet_is_told_from_a_strangers(folder, secrets, replaced):
    before = seen(folder)
    with pytest.raises(key_errors.OldSheetError):
        by_sheet(folder, secrets)
    stranger = keyfile.secrets_of(os.urandom(20), secrets.vault_id)
    with pytest.raises(errors.WrongRecoveryKeyError) as caught:
        by_sheet(folder, stranger)
    assert not isinstance(caught.value, key_errors.OldSheetError)
    assert seen(folder) == before


def test_the_prints_of_old_sheets_do_not_tell_the_key(folder, secrets, replaced):
    kept = (folder / sheets.NAME).read_bytes()
    assert kept == sheets.print_of(secrets.recovery, secrets.vault_id)
    assert secrets.recovery not in kept
    assert sheets.print_of(secrets.recovery, bytes(16)) != kept


def test_old_key_files_put_back_are_refused_and_named(folder, old, replaced):
    for name in keyfiles.NAMES:
        shutil.copy(old / name, folder / name)
    before = seen(folder)
    with pytest.raises(key_errors.ReplacedKeysError):
        opening.open_store(folder, opening.find_secrets(folder, PASSPHRASE))
    assert seen(folder) == before
    store = by_sheet(folder, replaced)
    store.close()


@pytest.mark.parametrize("name", keyfiles.NAMES)
def test_one_old_key_file_put_back_is_passed_over_and_healed(folder, old, replaced, name):
    shutil.copy(old / name, folder / name)
    opening.open_store(folder, opening.find_secrets(folder, PASSPHRASE)).close()
    assert (folder / "keys.a").read_bytes() == (folder / "keys.b").read_bytes()
    assert keyfile.read((folder / name).read_bytes()).generation == 2


def test_a_known_passphrase_is_dead_after_a_new_one_with_a_new_key(folder, secrets, old):
    replace(folder, secrets, NEW)
    with pytest.raises(errors.WrongPassphraseError):
        opening.find_secrets(folder, PASSPHRASE)
    shutil.copy(old / "keys.a", folder / "keys.a")
    with pytest.raises(errors.WrongPassphraseError):
        opening.find_secrets(folder, PASSPHRASE)
    assert opening.find_secrets(folder, NEW).generation == 2


def test_the_store_goes_on_with_the_new_key(folder, secrets):
    store = opening.open_store(folder, secrets)
    new, sealed = replacement(folder, secrets, PASSPHRASE)
    rekeying.replace_key(store, secrets, new, sealed)
    assert store.data_key == new.data_key
    with store.transaction():
        store.clients.put(client(8))
    store.close()
    connection = raw(folder, new)
    assert connection.execute("PRAGMA cipher_integrity_check").fetchall() == []
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    connection.close()


def test_keys_of_another_vault_or_an_earlier_generation_are_not_put_in(folder, secrets):
    new, sealed = replacement(folder, secrets, PASSPHRASE)
    store = opening.open_store(folder, secrets)
    before = digest_of(store)
    stranger = keyfile.secrets_of(os.urandom(20), secrets.vault_id, 1)
    with pytest.raises(key_errors.StaleChangeError):
        rekeying.replace_key(store, stranger, new, sealed)
    change_passphrase(store, secrets, NEW, keyfile.read(sealed).kdf)
    with pytest.raises(key_errors.StaleChangeError):
        rekeying.replace_key(store, secrets, new, sealed)
    assert digest_of(store) == before
    store.close()
    assert keys_that_open(folder, secrets, new) == {"old"}


def test_too_little_room_is_said_before_anything_is_done(folder, secrets, monkeypatch):
    before = seen(folder)
    store = opening.open_store(folder, secrets)
    new, sealed = replacement(folder, secrets, PASSPHRASE)
    monkeypatch.setattr(rekeying.shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10**9, 10**9, 10**6))
    with pytest.raises(key_errors.NoRoomToReencryptError) as caught:
        rekeying.replace_key(store, secrets, new, sealed)
    assert "5 MB" in caught.value.sentence
    assert "1 MB" in caught.value.sentence
    store.close()
    assert seen(folder) == before


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit")
def test_a_disk_that_fills_up_half_way_leaves_the_old_key_and_no_write_with_the_new_one(folder, secrets):
    store = opening.open_store(folder, secrets)
    for at in range(12):
        with store.transaction():
            store.settings.put(f"filler {at}", os.urandom(100_000).hex())
    before = digest_of(store)
    new, sealed = replacement(folder, secrets, PASSPHRASE)
    with full_after(500_000), pytest.raises(key_errors.NotReencryptedError):
        rekeying.replace_key(store, secrets, new, sealed)
    with pytest.raises(errors.SaveFailedError), store.transaction():
        store.clients.put(client(9))
    with pytest.raises(key_errors.NotReencryptedError):
        store.clients.all()
    store.close()
    assert keys_that_open(folder, secrets, new) == {"old"}
    again = opening.open_store(folder, opening.find_secrets(folder, PASSPHRASE))
    assert digest_of(again) == before
    again.close()
    assert not (folder / "keys.new").exists(), "the file of the change that did not come about is gone"


@contextmanager
def full_after(size):
    """Let no file of this process grow beyond a size."""
    import resource
    import signal

    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        signal.signal(signal.SIGXFSZ, before)


def test_a_passphrase_of_a_change_that_did_not_come_about_is_told(folder, secrets):
    _, sealed = replacement(folder, secrets, NEW)
    keyfiles.put_pending(folder, sealed)
    with pytest.raises(key_errors.UnfinishedChangeError):
        opening.find_secrets(folder, NEW)
    opening.open_store(folder, opening.find_secrets(folder, PASSPHRASE)).close()
    assert not (folder / "keys.new").exists()


def test_the_key_file_beside_stays_while_it_is_the_only_one_that_fits(folder, secrets, monkeypatch):
    new, sealed = replacement(folder, secrets, PASSPHRASE)
    store = opening.open_store(folder, secrets)
    with monkeypatch.context() as refused:
        refused.setattr(keyfiles, "put_both", _refuse)
        rekeying.replace_key(store, secrets, new, sealed)
    store.close()
    by_sheet(folder, new).close()
    assert (folder / "keys.new").exists()
    store = opening.open_store(folder, opening.find_secrets(folder, PASSPHRASE))
    store.close()
    assert not (folder / "keys.new").exists()
    assert keys_that_open(folder, secrets, new) == {"new"}


def test_an_open_vault_is_known_by_its_key_and_not_by_its_file(folder, secrets):
    _, sealed = replacement(folder, secrets, PASSPHRASE)
    store = opening.open_store(folder, secrets)
    keyfiles.put_pending(folder, sealed)
    assert opening.find_secrets(folder, PASSPHRASE, store.data_key).recovery == secrets.recovery
    with pytest.raises(errors.WrongPassphraseError):
        opening.find_secrets(folder, NEW, store.data_key)
    with pytest.raises(errors.VaultInUseError):
        opening.open_store(folder, secrets)
    store.close()


# -- stopped between the commit and the merge -----------------------------------------------------------------------


@pytest.fixture
def half_way(folder, secrets, monkeypatch, tmp_path):
    """A copy from after the commit: the file under the old key, the side file under the new one."""
    copy = tmp_path / "Half way.vault"
    new, sealed = replacement(folder, secrets, PASSPHRASE)
    store = opening.open_store(folder, secrets)
    with monkeypatch.context() as patched:
        patched.setattr("alliance_desktop.storage.database.Database.settle", lambda _: shutil.copytree(folder, copy))
        patched.setattr(rekeying, "_finish", lambda *_: None)
        rekeying.replace_key(store, secrets, new, sealed)
    store.close()
    return copy, new


def test_the_side_file_decides_which_key_is_right(half_way, secrets):
    copy, new = half_way
    notes = copy / "notes.db"
    assert side_file.saved_first_page(notes) is not None
    assert pages.fit(notes, secrets.data_key, secrets.vault_id) is pages.Fit.NONE
    assert pages.fit(notes, new.data_key, secrets.vault_id) is pages.Fit.OPENS
    before = seen(copy)
    with pytest.raises(key_errors.OldSheetError):
        by_sheet(copy, secrets)
    assert seen(copy) == before, "a vain attempt merges nothing"
    opening.open_store(copy, opening.find_secrets(copy, PASSPHRASE)).close()
    assert keys_that_open(copy, secrets, new) == {"new"}


def test_an_old_sheet_is_known_also_when_half_of_the_pages_are_merged(half_way, secrets):
    copy, new = half_way
    other = shutil.copytree(copy, copy.with_name("Merged.vault"))
    by_sheet(other, new).close()
    merged = (other / "notes.db").read_bytes()
    with (copy / "notes.db").open("r+b") as file:
        file.write(merged[: len(merged) // 8192 * 4096])
    with pytest.raises(key_errors.OldSheetError):
        by_sheet(copy, secrets)
    assert keys_that_open(copy, secrets, new) == {"new"}


def test_a_side_file_that_was_not_finished_leaves_the_old_key_right(half_way, secrets):
    copy, new = half_way
    beside = copy / "notes.db-wal"
    # The last frame closes the transaction; without it nothing was saved.
    os.truncate(beside, beside.stat().st_size - 1)
    assert side_file.saved_first_page(copy / "notes.db") is None
    assert opening.find_secrets(copy, PASSPHRASE).recovery == secrets.recovery
    assert keys_that_open(copy, secrets, new) == {"old"}


def test_a_damaged_frame_ends_what_was_saved(half_way, secrets):
    copy, new = half_way
    beside = copy / "notes.db-wal"
    data = bytearray(beside.read_bytes())
    data[32 + 24 + 4096 + 24 + 100] ^= 1
    beside.write_bytes(data)
    assert opening.find_secrets(copy, PASSPHRASE).recovery == secrets.recovery
    assert keys_that_open(copy, secrets, new) == {"old"}


def _refuse(*_):
    raise errors.DiskFullError


def test_a_save_that_waits_for_room_is_settled_before_the_key_changes(folder, secrets):
    store = opening.open_store(folder, secrets)
    assert isinstance(store, Store)
    with pytest.raises(RuntimeError), store.transaction():
        store.encrypt_anew(bytes(32))
    store.close()
    assert keys_that_open(folder, secrets, secrets) == {"old", "new"}
