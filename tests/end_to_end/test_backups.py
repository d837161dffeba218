"""Backups at the window: made by themselves, to a stick, tried, restored; and a damaged vault brought back."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from person import CTRL, PASSPHRASE, Clock, Keys, Person, settle

from alliance_desktop.services.locked_backups import LockedBackups
from alliance_desktop.storage import disks
from alliance_desktop.storage.disks import Where
from alliance_desktop.ui.open_backup import OpenBackup


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that the system says is on another disk."""
    folder = tmp_path / "stick"
    folder.mkdir()
    monkeypatch.setattr(disks, "told", lambda _vault, place: Where.OUTSIDE if place == folder else Where.SAME)
    return folder


def own(person: Person) -> list[Path]:
    return sorted((person.folder / "backups").glob("*.vbak"))


def go(person: Person) -> None:
    person.key(Keys.Key_7, CTRL)
    assert person.find("backups").isVisible()


def at_rest(person: Person) -> None:
    person.until(lambda: person.maybe("backups_progress") is None)
    settle()


def back_up_to(person: Person, folder: Path) -> None:
    person.box("backup_place").selectAll()
    person.type(str(folder))
    person.press("back_up_now")
    at_rest(person)


def lock(person: Person) -> None:
    person.key(Keys.Key_L, CTRL)
    person.until(lambda: person.program.vault is None and not list(person.folder.glob("backups/*.partial")))


def test_a_lock_makes_one_and_the_place_lists_it(with_client: Person) -> None:
    person = with_client
    lock(person)
    person.until(lambda: own(person))
    person.unlock()
    go(person)
    seen = person.seen()
    assert "checked when it was made" in seen
    assert "Backup of 10 March 2026" in seen
    assert person.find("backup_list_view").hasFocus()


def test_an_empty_list_says_when_one_comes(person: Person) -> None:
    go(person)
    assert "One makes itself when you lock or close" in person.seen()
    assert not person.find("try_restore").isEnabled()
    assert person.find("backup_place").hasFocus()


def test_back_up_now_to_a_stick_is_said_in_words(with_client: Person, stick: Path) -> None:
    person = with_client
    person.command("Back up now")
    assert person.find("backup_place").hasFocus()
    back_up_to(person, stick)
    assert len(list(stick.glob("*.vbak"))) == 1
    assert person.said("backups_notice_sentence") == (
        "The backup is written, read back and found good: 1 client, 0 notes."
    )
    assert "same disk" not in person.said("backups_notice_next_step")


def test_the_same_disk_is_said_to_be_the_same(danas_vault: Path, clock: Clock) -> None:
    """Both lie on a disk here, and not where the folders of the other tests are."""
    with tempfile.TemporaryDirectory() as place:
        home, beside = Path(place, "home"), Path(place, "beside")
        beside.mkdir()
        shutil.copytree(danas_vault, home / "Notes.vault")
        person = Person(home, clock).begin()
        person.unlock()
        go(person)
        back_up_to(person, beside)
        said = person.said("backups_notice_next_step")
        person.leave()
    assert "on the same disk as the vault" in said


def test_no_place_at_all_is_said(with_client: Person) -> None:
    go(with_client)
    with_client.box("backup_place")
    with_client.press("back_up_now")
    assert with_client.said("backups_notice_sentence").startswith("Choose the folder or stick")


def test_a_stick_that_is_gone_is_said(with_client: Person) -> None:
    go(with_client)
    back_up_to(with_client, Path("/nowhere/at/all"))
    assert with_client.said("backups_notice_sentence") == "This folder is not there."


def test_a_trial_says_what_came_of_it(with_client: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    person = with_client
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    lock(person)
    person.until(lambda: own(person))
    person.unlock()
    go(person)
    person.press("try_restore")
    at_rest(person)
    assert person.said("backups_notice_sentence") == "Restored on trial: 1 client, 0 notes, all as in the vault."
    assert "restored on trial just now" in person.seen()
    assert not list(tmp_path.glob("alliance-trial-*"))


def test_restoring_shows_the_difference_first_and_keeps_the_vault_aside(with_client: Person) -> None:
    person = with_client
    lock(person)
    person.until(lambda: own(person))
    person.unlock()
    person.add_client("T17", "Tomás")
    go(person)
    person.press("restore")
    at_rest(person)
    assert "Not in the backup, so missing afterwards: 1 client." in person.said("restore_difference")
    assert person.find("restore_no").hasFocus(), "the safe answer has the keyboard"
    person.key(Keys.Key_Escape)
    assert person.maybe("restore_question") is None
    assert person.program.vault is not None
    person.press("restore")
    at_rest(person)
    person.press("restore_yes")
    person.until(lambda: person.program.vault is None)
    assert "The backup is restored" in person.said("unlock_notice_sentence")
    aside = [one for one in person.home.iterdir() if "before restore" in one.name]
    assert len(aside) == 1
    assert aside[0].name in person.said("unlock_notice_sentence")
    person.unlock()
    assert [one.called for one in person.program.vault.notebook.clients()] == ["Dana"]
    assert len(own(person)) >= 2, "what there was is backed up as well, and the list went along"


def test_the_reminder_is_calm_and_goes_to_the_place(with_client: Person, stick: Path) -> None:
    person = with_client
    assert person.maybe("backup_reminder") is None
    lock(person)
    person.clock.pass_by(days=8)
    person.unlock()
    assert person.said("backup_reminder_sentence") == "There is no backup of this vault outside this computer yet."
    person.press("backup_reminder_action")
    assert person.find("backup_place").hasFocus()
    back_up_to(person, stick)
    assert person.maybe("backups_reminder") is None
    lock(person)
    person.unlock()
    assert person.maybe("backup_reminder") is None


def test_a_lock_in_the_middle_of_a_backup_does_no_harm(with_client: Person, stick: Path) -> None:
    person = with_client
    go(person)
    person.box("backup_place").selectAll()
    person.type(str(stick))
    person.press("back_up_now")
    person.key(Keys.Key_L, CTRL)
    assert person.program.vault is None
    person.unlock()
    settle()
    assert all(one.suffix == ".vbak" for one in stick.iterdir())


def opened(person: Person) -> OpenBackup:
    page = OpenBackup(LockedBackups(person.folder, person.clock.now))
    person.window.show_page(page)
    page.begin()
    settle()
    return page


@pytest.mark.parametrize("by_paper", [False, True])
def test_a_damaged_vault_comes_back_from_its_backup(with_client: Person, sheet: str, by_paper: bool) -> None:
    person = with_client
    lock(person)
    person.until(lambda: own(person))
    (person.folder / "notes.db").write_bytes(os.urandom(50_000))
    person.unlock(well=False)
    person.press("unlock_open_backup")
    if by_paper:
        person.press("open_backup_key_way")
    person.box("open_backup_key_key" if by_paper else "open_backup_key_passphrase")
    person.type(sheet if by_paper else PASSPHRASE)
    person.press("open_backup_restore")
    person.until(lambda: person.window.shown.objectName() == "unlock")
    assert "The backup is restored" in person.said("unlock_notice_sentence")
    person.unlock()
    assert [one.called for one in person.program.vault.notebook.clients()] == ["Dana"]


def test_a_wrong_passphrase_of_a_backup_is_said_and_esc_goes_back(with_client: Person) -> None:
    person = with_client
    lock(person)
    person.until(lambda: own(person))
    page = opened(person)
    closed = []
    page.closed.connect(lambda: closed.append(1))
    person.press("open_backup_try")
    assert person.said("open_backup_notice_sentence").startswith("Type the passphrase")
    person.box("open_backup_key_passphrase")
    person.type("not these words at all")
    person.press("open_backup_try")
    person.until(lambda: person.maybe("open_backup_notice_sentence") is not None)
    person.until(lambda: not page.progress.is_busy)
    assert person.said("open_backup_notice_sentence") == "That is not the passphrase this backup was made with."
    person.key(Keys.Key_Escape)
    assert closed == [1]
