"""The damaged folder is copied as it is, every file of it, before anything else."""

import datetime
import os

import pytest
from vault_cases import seen

from alliance_desktop.domain.backup_errors import BackupStoppedError
from alliance_desktop.domain.salvage_errors import CopyAsideError
from alliance_desktop.domain.watch import Watch
from alliance_desktop.storage import disk
from alliance_desktop.storage.salvage.aside import copy_aside, free_place

DAY = datetime.date(2026, 11, 22)


@pytest.fixture
def hurt(folder):
    (folder / "notes.db-wal").write_bytes(os.urandom(9000))
    (folder / "backups").mkdir(mode=0o700)
    (folder / "backups" / "one.vbak").write_bytes(os.urandom(70_000))
    (folder / "in-use").write_text("{}")
    os.chmod(folder / "in-use", 0o600)
    return folder


def test_every_file_is_there_with_its_bytes_and_time_and_the_source_is_as_it_was(hurt) -> None:
    was = seen(hurt)
    told: list[float] = []
    copy = free_place(hurt, "damaged, copied", DAY)
    assert copy.name == "Notes (damaged, copied 2026-11-22).vault"
    assert copy_aside(hurt, copy, Watch(told.append)) == 0
    assert {name: sum for name, (_, sum) in seen(copy).items()} == {name: sum for name, (_, sum) in was.items()}
    assert (copy / "notes.db").stat().st_mtime_ns == (hurt / "notes.db").stat().st_mtime_ns
    assert {one.stat().st_mode & 0o077 for one in [copy, *copy.rglob("*")]} == {0}
    assert seen(hurt) == was
    assert told == sorted(told)
    assert told[-1] == 1.0


def test_a_link_is_not_followed(hurt, tmp_path) -> None:
    (tmp_path / "letter.txt").write_text("private")
    (hurt / "link").symlink_to(tmp_path / "letter.txt")
    copy = free_place(hurt, "damaged, copied", DAY)
    copy_aside(hurt, copy)
    assert not (copy / "link").exists()


def test_the_next_name_is_taken_where_one_is_there(hurt) -> None:
    free_place(hurt, "damaged, copied", DAY).mkdir()
    assert free_place(hurt, "damaged, copied", DAY).name == "Notes (damaged, copied 2026-11-22 2).vault"


def test_a_backup_in_its_folder_is_recovered_beside_the_vault(hurt) -> None:
    found = free_place(hurt / "backups" / "one.vbak", "recovered", DAY)
    assert found == hurt.with_name("Notes (recovered 2026-11-22).vault")


def test_places_the_disk_does_not_give_back_are_zeros_and_counted(hurt, monkeypatch) -> None:
    real = disk.read_at
    size = (hurt / "notes.db").stat().st_size

    def read_at(fd: int, most: int, place: int) -> bytes:
        if os.fstat(fd).st_size == size and place <= 8192 < place + most:
            raise OSError(5, "a bad place")
        return real(fd, most, place)

    monkeypatch.setattr(disk, "read_at", read_at)
    copy = free_place(hurt, "damaged, copied", DAY)
    assert copy_aside(hurt, copy) == 4096
    data = (hurt / "notes.db").read_bytes()
    assert (copy / "notes.db").read_bytes() == data[:8192] + bytes(4096) + data[12288:]


def test_stopped_or_refused_nothing_is_left_of_it(hurt, monkeypatch) -> None:
    copy = free_place(hurt, "damaged, copied", DAY)
    with pytest.raises(BackupStoppedError):
        copy_aside(hurt, copy, Watch(is_stopped=lambda: True))
    assert not copy.exists()

    def full(_fd: int) -> None:
        raise OSError(28, "no room")

    monkeypatch.setattr(disk, "sync_file", full)
    with pytest.raises(CopyAsideError):
        copy_aside(hurt, copy)
    assert not copy.exists()
