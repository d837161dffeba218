"""A PDF on the disk: for its owner only, whole or not at all, under a name that says nothing."""

import datetime
import os
import stat
import sys
from pathlib import Path

import pytest

from alliance_desktop.documents.saving import neutral_name
from alliance_desktop.domain.errors import (
    NotAnOrdinaryFileError,
    NotSavedToFileError,
    PageInsideVaultError,
    PageNamedAsNotesError,
)
from alliance_desktop.domain.exchange.errors import ExportInsideVaultError
from alliance_desktop.domain.opening_errors import InsideVaultError
from alliance_desktop.domain.place_errors import BackupInsideVaultError
from alliance_desktop.services.exchange.taking_out import must_take_file
from alliance_desktop.services.places import must_take_backups
from alliance_desktop.services.unprotected import EXPORT, PAGE, half_made, save_pdf
from alliance_desktop.storage.place import NOTES, must_be_nameable


def test_file_name_holds_a_day_and_nothing_else() -> None:
    assert neutral_name(datetime.date(2026, 3, 10)) == "plan-2026-03-10.pdf"


def test_saved_file_is_whole_and_replaces_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "plan.pdf"
    path.write_bytes(b"old")
    save_pdf(b"%PDF-new", path)
    assert path.read_bytes() == b"%PDF-new"
    assert [one.name for one in tmp_path.iterdir()] == ["plan.pdf"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such file modes")
def test_saved_file_is_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "plan.pdf"
    path.touch(mode=0o644)
    save_pdf(b"%PDF", path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_place_that_is_not_there_is_a_known_fault(tmp_path: Path) -> None:
    with pytest.raises(NotSavedToFileError):
        save_pdf(b"%PDF", tmp_path / "absent" / "plan.pdf")


def test_a_folder_in_the_way_is_a_known_fault_and_leaves_nothing_behind(tmp_path: Path) -> None:
    folder = tmp_path / "plan.pdf"
    folder.mkdir()
    with pytest.raises(NotSavedToFileError):
        save_pdf(b"%PDF", folder)
    assert [one.name for one in tmp_path.iterdir()] == ["plan.pdf"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows lets few people make links")
@pytest.mark.parametrize("place", [NOTES, "page.pdf", "backups/page.pdf", "../linked/page.pdf"])
def test_no_page_is_saved_into_a_vault(tmp_path: Path, place: str) -> None:
    vault = tmp_path / "Notes.vault"
    (vault / "backups").mkdir(parents=True)
    (vault / NOTES).write_bytes(b"notes")
    (tmp_path / "linked").symlink_to(vault)
    with pytest.raises(PageInsideVaultError):
        save_pdf(b"%PDF", vault / place)
    assert (vault / NOTES).read_bytes() == b"notes"
    assert sorted(one.name for one in vault.rglob("*")) == ["backups", NOTES]
    # The control: beside the vault it is.
    save_pdf(b"%PDF", tmp_path / "page.pdf")


@pytest.mark.parametrize(
    ("name", "holds"),
    [
        ("Notes.vault", [NOTES]),
        ("Notes", [NOTES, "keys.a"]),
        ("Notes", [NOTES, "keys.b"]),
        ("Notes", [NOTES, "keys.new"]),
    ],
)
def test_nothing_is_put_deep_into_any_vault(tmp_path: Path, name: str, holds: list[str]) -> None:
    deep = tmp_path / name / "a" / "b"
    deep.mkdir(parents=True)
    for one in holds:
        (tmp_path / name / one).write_bytes(b"sealed")
    for folder in (tmp_path / name, deep):
        with pytest.raises(PageInsideVaultError):
            save_pdf(b"%PDF", folder / "page.pdf")
        with pytest.raises(ExportInsideVaultError):
            must_take_file(folder / "notes.jsonl")
        with pytest.raises(BackupInsideVaultError):
            must_take_backups(folder)
        with pytest.raises(InsideVaultError):
            must_be_nameable(folder / "New.vault")


@pytest.mark.parametrize("holds", [[NOTES], ["keys.a", "keys.b"]], ids=["another program's notes", "keys alone"])
def test_a_file_with_the_name_of_the_notes_makes_no_vault(tmp_path: Path, holds: list[str]) -> None:
    deep = tmp_path / "Documents" / "Pages"
    deep.mkdir(parents=True)
    for one in holds:
        (tmp_path / one).write_bytes(b"another program's")
    for folder in (tmp_path, deep):
        save_pdf(b"%PDF", folder / "page.pdf")
        must_take_file(folder / "notes.jsonl")
        must_take_backups(folder)
        must_be_nameable(folder / "New.vault")
    assert all((tmp_path / one).read_bytes() == b"another program's" for one in holds)


@pytest.mark.parametrize(
    "name", [NOTES, "Notes.DB", "notes.db.", "notes.db-wal", "keys.a", "keys.b", "KEYS.A", "keys.new"]
)
def test_no_page_is_called_as_a_part_of_a_vault(tmp_path: Path, name: str) -> None:
    with pytest.raises(PageNamedAsNotesError):
        save_pdf(b"%PDF", tmp_path / name)
    assert not list(tmp_path.iterdir())
    # The control: names that only hold it.
    for usual in ("notes.db.pdf", "keys.a.pdf", "my notes.db"):
        save_pdf(b"%PDF", tmp_path / usual)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows lets few people make links")
def test_a_link_into_a_vault_is_replaced_and_the_vault_stays(tmp_path: Path) -> None:
    vault = tmp_path / "Notes.vault"
    vault.mkdir()
    (vault / NOTES).write_bytes(b"notes")
    (tmp_path / "page.pdf").symlink_to(vault / NOTES)
    save_pdf(b"%PDF", tmp_path / "page.pdf")
    assert (vault / NOTES).read_bytes() == b"notes"
    assert (tmp_path / "page.pdf").read_bytes() == b"%PDF"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes among its files")
def test_a_pipe_is_no_place_for_a_page(tmp_path: Path) -> None:
    pipe = tmp_path / "page.pdf"
    os.mkfifo(pipe)
    for path in (pipe, Path(os.devnull)):
        with pytest.raises(NotAnOrdinaryFileError):
            save_pdf(b"%PDF", path)
    assert stat.S_ISFIFO(pipe.stat().st_mode)


@pytest.mark.parametrize("name", ["a\0b.pdf", "a\ud800b.pdf", "", "x" * 300])
def test_a_name_that_cannot_be_is_a_known_fault(tmp_path: Path, name: str) -> None:
    with pytest.raises(NotSavedToFileError):
        save_pdf(b"%PDF", tmp_path / name if name else Path())
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(("kind", "seconds"), [(PAGE, 60), (EXPORT, 3600)])
def test_what_a_killed_run_left_half_made_goes_with_the_next_save(tmp_path: Path, kind: str, seconds: int) -> None:
    path = tmp_path / "page.pdf"
    save_pdf(b"%PDF", path)
    left, young, other = half_made(path, kind), half_made(path, kind), tmp_path / f".other.{kind}"
    for one, age in ((left, seconds + 60), (young, seconds - 30), (other, seconds + 60)):
        one.write_bytes(b"words")
        then = path.stat().st_mtime - age
        os.utime(one, (then, then))
    save_pdf(b"%PDF again", path)
    assert not left.exists()
    assert young.exists(), "another run may be writing it"
    assert other.exists(), "nothing else is touched"
