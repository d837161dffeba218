"""What killed runs left is taken away by name, owner and age, and nothing else is."""

import os
import shutil
import tempfile
import time
from pathlib import Path

import pytest
from vault_cases import BEGAN, child

from alliance_desktop.domain.errors import KnownError
from alliance_desktop.storage import backup, copying, disk, leftovers, restoring, sample_folder
from alliance_desktop.storage.snapshot import Snapshot

TWO_DAYS = 2 * 86_400


def aged(folder: Path, by: float = TWO_DAYS) -> Path:
    then = time.time() - by
    for one in (*folder.rglob("*"), folder):
        os.utime(one, (then, then), follow_symlinks=False)
    return folder


def made(folder: Path) -> Path:
    folder.mkdir(parents=True)
    (folder / "notes.db").write_bytes(b"x" * 100)
    return folder


def test_only_what_is_old_and_ours_goes(tmp_path) -> None:
    vault = tmp_path / "Notes.vault"
    old = [aged(made(tmp_path / f".Notes.vault.0123abcd.{one}")) for one in ("making", "restoring", "copying")]
    kept = [
        made(tmp_path / ".Notes.vault.0123abce.making"),
        aged(made(tmp_path / ".Other.vault.0123abcd.making")),
        aged(made(tmp_path / ".Notes.vault.0123abcd.thesis")),
        aged(made(tmp_path / "elsewhere")),
    ]
    link = tmp_path / ".Notes.vault.0123abcf.making"
    link.symlink_to(tmp_path / "elsewhere")
    os.utime(link, (1, 1), follow_symlinks=False)
    leftovers.clean_beside(vault, time.time())
    assert not any(one.exists() for one in old)
    assert all((one / "notes.db").exists() for one in kept)
    assert link.is_symlink()


def test_what_is_another_users_stays(tmp_path) -> None:
    other = aged(made(tmp_path / ".Notes.vault.0123abcd.making"))
    os.chown(other, 12_345, 12_345)
    leftovers.clean_beside(tmp_path / "Notes.vault", time.time())
    assert other.exists()


def test_a_link_within_a_leftover_is_not_followed(tmp_path) -> None:
    precious = made(tmp_path / "precious")
    old = made(tmp_path / ".Notes.vault.0123abcd.making")
    (old / "link").symlink_to(precious)
    aged(old)
    leftovers.clean_beside(tmp_path / "Notes.vault", time.time())
    assert not old.exists()
    assert (precious / "notes.db").exists()


def test_a_trial_takes_the_trials_of_killed_runs_away(store, secrets, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    old = tmp_path / f"{leftovers.TRIAL}old"
    made(old / "trial.vault")
    aged(old)
    young = made(tmp_path / f"{leftovers.TRIAL}young" / "trial.vault")
    strange = aged(made(tmp_path / "thesis-old"))
    path = backup.write(Snapshot(store), backup.own_folder(store.folder), BEGAN).path
    with restoring.on_trial(path, secrets.data_key):
        pass
    assert not old.exists()
    assert young.exists()
    assert strange.exists()


HOLDER = """
import sys
from pathlib import Path
from alliance_desktop.storage import opening
from vault_cases import PASSPHRASE
store = opening.open_store(Path(sys.argv[1]), opening.find_secrets(Path(sys.argv[1]), PASSPHRASE))
print("open", flush=True)
sys.stdin.readline()
"""


def test_a_sample_that_is_open_or_was_used_today_stays(folder, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    place = sample_folder.make(bytes(32))
    vault = Path(shutil.copytree(folder, place / sample_folder.VAULT))
    strange = tmp_path / f"{sample_folder.PREFIX}own"
    shutil.copytree(folder, strange / sample_folder.VAULT)
    aged(strange)
    with child(HOLDER, vault) as other:
        assert other.stdout.readline() == "open\n"
        aged(place)
        leftovers.clean_samples(time.time())
        assert vault.exists()
        other.communicate("go\n")
    aged(place)
    os.utime(vault / "notes.db")
    leftovers.clean_samples(time.time())
    assert vault.exists(), "used today"
    aged(place)
    leftovers.clean_samples(time.time())
    assert not place.exists()
    assert (strange / sample_folder.VAULT / "notes.db").exists(), "its name alone proves nothing"


def test_a_copy_has_its_name_only_when_it_is_whole(folder, monkeypatch) -> None:
    listed = []
    write_new = disk.write_new

    def seen(path, chunks) -> None:
        listed.append(sorted(one.name for one in folder.parent.iterdir() if one.suffix == ".vault"))
        write_new(path, chunks)

    monkeypatch.setattr(disk, "write_new", seen)
    copy = copying.copy_without_side_file(folder)
    assert listed
    assert all(one == [folder.name] for one in listed)
    assert copy.name in {one.name for one in folder.parent.iterdir()}


def test_a_copy_that_is_refused_leaves_nothing(folder, monkeypatch) -> None:
    def refuse(_path, _chunks) -> None:
        raise OSError(28, "full")

    monkeypatch.setattr(disk, "write_new", refuse)
    with pytest.raises(KnownError):
        copying.copy_without_side_file(folder)
    assert [one.name for one in folder.parent.iterdir()] == [folder.name]
