"""A PDF on the disk: for its owner only, whole or not at all, under a name that says nothing."""

import datetime
import stat
import sys
from pathlib import Path

import pytest

from alliance_desktop.documents.saving import neutral_name, save_pdf
from alliance_desktop.domain.errors import NotSavedToFileError


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
