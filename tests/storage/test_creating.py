"""A new vault appears whole or not at all, readable by its owner only, and nothing is overwritten."""

import os
import re

import pytest
from vault_cases import PASSPHRASE, cheap, client, clock, seen

from alliance_desktop.domain import errors
from alliance_desktop.keys import derivation, keyfile
from alliance_desktop.storage import disk, keyfiles, opening, place
from alliance_desktop.storage import vault as vaults

posix = pytest.mark.skipif(os.name != "posix", reason="rights are tried on POSIX only")


def create(folder, **more):
    return vaults.create(folder, PASSPHRASE, **{"random": os.urandom, "now": clock(), "kdf": cheap()} | more)


@pytest.mark.parametrize(
    "name",
    ["Notes.vault", "a b.vault", "Was? #1 & 100%25.vault", "Ärger 🌧.vault", "file:x?mode=ro.vault", "'\";.vault"],
)
def test_a_new_vault_opens_under_any_name(tmp_path, name):
    folder = tmp_path / name
    secrets = create(folder)
    found = opening.find_secrets(folder, PASSPHRASE)
    assert found == secrets
    store = opening.open_store(folder, found)
    with store.transaction():
        store.clients.put(client())
    store.close()
    assert sorted(one.name for one in folder.iterdir()) == ["keys.a", "keys.b", "notes.db"]
    assert [one.name for one in tmp_path.iterdir()] == [name]


def test_the_vault_id_is_the_first_sixteen_bytes(folder, secrets):
    assert (folder / "notes.db").read_bytes()[:16] == secrets.vault_id
    assert keyfile.read((folder / "keys.a").read_bytes()).vault == secrets.vault_id
    assert (folder / "keys.a").read_bytes() == (folder / "keys.b").read_bytes()


def test_two_vaults_share_no_secret(tmp_path):
    one, other = create(tmp_path / "1"), create(tmp_path / "2")
    assert one.recovery != other.recovery
    assert one.vault_id != other.vault_id
    assert one.data_key != other.data_key


def test_a_salt_is_never_used_twice(tmp_path):
    cost = cheap()
    for name in ("1", "2"):
        create(tmp_path / name, kdf=cost)
    salts = {keyfile.read((tmp_path / name / "keys.a").read_bytes()).kdf.salt for name in ("1", "2")}
    assert len(salts | {cost.salt}) == 3


@posix
def test_only_the_owner_may_look_whatever_the_habits_of_the_system(tmp_path):
    before = os.umask(0)
    try:
        secrets = create(tmp_path / "Notes.vault")
        store = opening.open_store(tmp_path / "Notes.vault", secrets)
        with store.transaction():
            store.clients.put(client())
        modes = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "Notes.vault").iterdir()}
        store.close()
    finally:
        os.umask(before)
    assert modes == {"notes.db": 0o600, "notes.db-wal": 0o600, "keys.a": 0o600, "keys.b": 0o600}
    assert (tmp_path / "Notes.vault").stat().st_mode & 0o777 == 0o700


def test_an_empty_folder_may_become_a_vault(tmp_path):
    (tmp_path / "Notes.vault").mkdir()
    create(tmp_path / "Notes.vault")
    assert opening.find_secrets(tmp_path / "Notes.vault", PASSPHRASE)


@pytest.mark.parametrize("what", ["folder", "file", "link", "vault"])
def test_what_is_there_is_never_overwritten(tmp_path, what):
    folder = tmp_path / "Notes.vault"
    if what == "folder":
        folder.mkdir()
        (folder / "letter.txt").write_text("dear")
    elif what == "file":
        folder.write_text("dear")
    elif what == "link":
        folder.symlink_to(tmp_path / "nowhere")
    else:
        create(folder)
    before = seen(tmp_path) if what != "link" else None
    with pytest.raises(errors.VaultExistsError):
        create(folder)
    assert folder.is_symlink() if before is None else seen(tmp_path) == before


def test_a_place_that_is_not_there_is_told(tmp_path):
    with pytest.raises(errors.KnownError) as caught:
        create(tmp_path / "missing" / "Notes.vault")
    assert "could not be made" in caught.value.sentence
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("step", ["make_folder", "make_file", "write_durably", "sync_folder"])
@pytest.mark.parametrize(
    ("number", "words"), [(28, "no room for a new vault"), (30, "cannot be written"), (5, "could not be made")]
)
def test_a_disk_that_refuses_leaves_nothing_behind(tmp_path, monkeypatch, step, number, words):
    def refuse(*_):
        raise OSError(number, "SECRETWORD")

    monkeypatch.setattr(disk, step, refuse)
    with pytest.raises(errors.KnownError) as caught:
        create(tmp_path / "Notes.vault")
    assert words in caught.value.sentence
    assert "SECRETWORD" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_a_second_copy_that_reads_back_differently_is_not_trusted(tmp_path, monkeypatch):
    monkeypatch.setattr(disk, "read_small", lambda path, most: b"something else")
    with pytest.raises(errors.SaveFailedError):
        keyfiles.put_both(tmp_path, b"data")


def test_a_sample_vault_says_so(tmp_path, store):
    secrets = create(tmp_path / "Sample.vault", sample=True)
    sample = opening.open_store(tmp_path / "Sample.vault", secrets)
    assert sample.sample
    assert not store.sample
    sample.close()


def test_without_a_cost_given_the_usual_one_is_tried_and_kept(tmp_path, monkeypatch):
    tried = []

    def derive(passphrase, kdf):
        tried.append(kdf.memory_kib)
        return bytes(32)

    monkeypatch.setattr(derivation, "passphrase_key", derive)
    monkeypatch.setattr(keyfile, "passphrase_key", derive)
    create(tmp_path / "Notes.vault", kdf=None)
    kept = keyfile.read((tmp_path / "Notes.vault" / "keys.a").read_bytes()).kdf
    assert (kept.memory_kib, kept.passes, kept.lanes) == (256 * 1024, 3, 4)
    assert kept.salt != bytes(16)
    assert set(tried) == {256 * 1024}


def test_no_secret_is_in_any_name(folder, secrets):
    names = " ".join(str(path) for path in folder.rglob("*"))
    assert not re.search(f"{secrets.vault_id.hex()}|{secrets.recovery.hex()}", names)


@pytest.mark.parametrize("name", ["No\0tes.vault", "Half \ud83c.vault"], ids=ascii)
def test_a_name_no_folder_can_have_is_refused_in_a_sentence(tmp_path, name):
    with pytest.raises(errors.UnusableNameError) as fault:
        create(tmp_path / name)
    assert name not in str(fault.value)
    assert list(tmp_path.iterdir()) == []
    for act in (
        lambda: opening.find_secrets(tmp_path / name, PASSPHRASE),
        lambda: place.must_be_vault(tmp_path / name),
    ):
        with pytest.raises(errors.NoFolderError):
            act()


def test_a_name_no_folder_can_have_is_refused_further_up_too(tmp_path):
    for name in ("No\0tes", "Half \ud83c"):
        with pytest.raises(errors.UnusableNameError):
            create(tmp_path / name / "Notes.vault")
        with pytest.raises(errors.NoFolderError):
            place.must_be_vault(tmp_path / name / "Notes.vault")
