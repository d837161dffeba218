"""A restored vault takes a place: what a power cut, a refusing disk and another window do to it."""

import os
import shutil
from pathlib import Path

import pytest
from vault_cases import BEGAN, PASSPHRASE, child, client

from alliance_desktop.domain.backup_errors import RestorePlaceTakenError, SwapFailedError
from alliance_desktop.domain.errors import VaultInUseError
from alliance_desktop.keys.recovery import RECOVERY_BYTES
from alliance_desktop.storage import backup, disk, opening, restoring, sheets, swap_record, swapping
from alliance_desktop.storage.snapshot import Snapshot
from alliance_desktop.storage.swap_record import Swap

DAY = BEGAN.date()
HOLDER = """
import sys
from pathlib import Path
from alliance_desktop.storage import opening
from vault_cases import PASSPHRASE
store = opening.open_store(Path(sys.argv[1]), opening.find_secrets(Path(sys.argv[1]), PASSPHRASE))
print("open", flush=True)
sys.stdin.readline()
"""


@pytest.fixture
def saved(store, folder) -> Path:
    """A backup in the folder of a vault that is closed."""
    with store.transaction():
        store.clients.put(client(1))
    path = backup.write(Snapshot(store), backup.own_folder(folder), BEGAN).path
    store.close()
    return path


@pytest.fixture
def restored(saved, secrets, folder) -> Path:
    """That backup, restored beside the vault and recorded as such."""
    place = swapping.place_for_restored(folder, DAY)
    note = lambda made: swapping.note_restored(folder, place, made)  # noqa: E731
    restoring.restore(saved, secrets.data_key, place, before_named=note)
    return place


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.parent.iterdir())


def test_a_vault_that_is_open_in_another_process_is_not_swapped(folder, restored) -> None:
    with child(HOLDER, folder) as other:
        assert other.stdout.readline() == "open\n"
        with pytest.raises(VaultInUseError):
            swapping.swap(folder, restored, DAY)
        assert names(folder) == [folder.name], "what was restored in vain is taken away"
        assert (folder / "backups").is_dir()
        other.communicate("go\n")


@pytest.mark.parametrize("moves", [1, 2, 3])
def test_a_power_cut_is_finished_by_what_was_recorded(folder, restored, monkeypatch, moves: int) -> None:
    """Also where other restored folders lie beside, as a lock in the middle of a restore leaves them."""
    shutil.copytree(restored, folder.with_name("Notes (restored 2020-01-01).vault".replace("Notes", folder.stem)))
    inode = (restored / "notes.db").stat().st_ino
    rename, left = os.rename, iter(range(moves))

    def cut(was, new) -> None:
        if next(left, None) is None:
            raise KeyboardInterrupt
        rename(was, new)

    monkeypatch.setattr(os, "rename", cut)
    if moves < 3:
        # A cut leaves no time to put anything back.
        monkeypatch.setattr(swapping, "suppress", lambda *_faults: _Never())
        with pytest.raises(KeyboardInterrupt):
            swapping.swap(folder, restored, DAY)
    else:
        swapping.swap(folder, restored, DAY)
    monkeypatch.undo()
    assert swapping.heal(folder) is (moves < 3)
    assert (folder / "notes.db").stat().st_ino == inode
    assert list((folder / "backups").glob("*.vbak"))
    assert swap_record.read(folder) is None
    assert not swapping.heal(folder)


class _Never:
    def __enter__(self) -> None: ...

    def __exit__(self, *_: object) -> bool:
        return False


def test_a_disk_that_does_not_sync_its_names_has_swapped_all_the_same(folder, restored, monkeypatch) -> None:
    def refuse(_folder) -> None:
        raise OSError(5, "no")

    inode = (restored / "notes.db").stat().st_ino
    monkeypatch.setattr(disk, "sync_folder", refuse)
    aside = swapping.swap(folder, restored, DAY)
    assert (folder / "notes.db").stat().st_ino == inode
    assert (aside / "notes.db").is_file()


def test_old_sheets_are_known_as_old_after_a_restore(folder, restored, secrets) -> None:
    old = bytes(RECOVERY_BYTES)
    sheets.keep_replaced(folder, old, secrets.vault_id)
    aside = swapping.swap(folder, restored, DAY)
    assert sheets.was_replaced(folder, old, secrets.vault_id)
    assert sheets.was_replaced(aside, old, secrets.vault_id)


def test_what_was_restored_and_never_swapped_goes_at_the_next_start(folder, restored) -> None:
    assert not swapping.heal(folder)
    assert names(folder) == [folder.name]


def test_it_stays_where_it_was_used_or_is_not_the_programs_own(folder, restored, secrets) -> None:
    other = shutil.copytree(restored, folder.with_name(f"{folder.stem} (restored 2020-01-01).vault"))
    opened = opening.open_store(restored, opening.find_secrets(restored, PASSPHRASE))
    with opened.transaction():
        opened.clients.put(client(7))
    opened.close()
    swapping.heal(folder)
    assert (restored / "notes.db").is_file()
    assert (other / "notes.db").is_file()


def test_it_stays_while_another_window_is_at_it_and_where_the_vault_is_gone(folder, restored) -> None:
    with child(HOLDER, folder) as other:
        assert other.stdout.readline() == "open\n"
        swapping.heal(folder)
        assert restored.is_dir()
        other.communicate("go\n")
    folder.rename(folder.with_name("Elsewhere"))
    swapping.heal(folder)
    assert restored.is_dir()


@pytest.mark.parametrize(
    "data",
    [b"", b"junk", b"../x\0\0", b"Other.vault\0\0mark", b"a\0b\0c\0d", b"\0\0\0", os.urandom(9000)],
)
def test_junk_in_the_record_moves_and_removes_nothing(folder, restored, data: bytes) -> None:
    folder.with_name(f".{folder.name}.swap").write_bytes(data)
    before = names(folder)
    assert not swapping.heal(folder)
    assert names(folder) == before


def test_a_restored_folder_that_is_gone_is_told(folder, saved) -> None:
    with pytest.raises(SwapFailedError):
        swapping.swap(folder, folder.with_name("Gone.vault"), DAY)
    assert folder.is_dir()


def test_the_record_holds_any_name(tmp_path) -> None:
    folder = tmp_path / os.fsdecode(b"caf\xe9 \xe2\x80\xae.vault")
    swap_record.keep(folder, Swap("a (restored).vault", "", "1 2"))
    assert swap_record.read(folder) == Swap("a (restored).vault", "", "1 2")


def test_a_place_taken_while_restoring_is_not_written_over(folder, saved, secrets) -> None:
    """The second look, when all is made and only the name is missing."""
    place = folder.with_name("New.vault")

    def take(_made: Path) -> None:
        place.mkdir()

    with pytest.raises(RestorePlaceTakenError):
        restoring.restore(saved, secrets.data_key, place, before_named=take)
    assert list(place.iterdir()) == []
    assert names(folder) == sorted([folder.name, "New.vault"])
