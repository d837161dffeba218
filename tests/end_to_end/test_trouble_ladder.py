"""When a vault does not open at once: the ways on, in the page, and what each of them leads to."""

import datetime
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from person import ALT, CTRL, PASSPHRASE, SHIFT, Clock, Keys, Person, settle
from PySide6.QtWidgets import QPushButton

from alliance_desktop.domain.opening_errors import (
    AlteredNotesError,
    LeftOpenError,
    OpenedToReadError,
    OpenElsewhereToReadError,
    ReadOnlyFolderError,
)
from alliance_desktop.storage import presence
from alliance_desktop.ui.ladder import Step
from alliance_desktop.wiring import attempt

SINCE = datetime.datetime(2026, 11, 22, 9, 48, tzinfo=datetime.UTC)


def offered(person: Person) -> set[Step]:
    """Return the ways on that the unlock page shows."""
    ladder = person.maybe("unlock_ladder")
    return {step for step, one in ladder.buttons.items() if one.isVisible()} if ladder is not None else set()


def elsewhere(folder: Path) -> None:
    said = {"computer": "PRACTICE-2", "since": SINCE.isoformat(), "process": 4}
    (folder / presence.NAME).write_text(json.dumps(said))


def files(folder: Path) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in folder.iterdir() if one.is_file()}


@pytest.fixture
def older(home: Path, clock: Clock, danas_vault: Path, tmp_path: Path) -> Iterator[Person]:
    """A person before a vault of which this computer has seen two later saves."""
    shutil.rmtree(home / "Notes.vault")
    shutil.copytree(danas_vault, home / "Notes.vault")
    person = Person(home, clock).begin()
    person.unlock()
    older = shutil.copytree(danas_vault, tmp_path / "older")
    book = person.program.vault.notebook
    for called in ("Dana, later", "Dana, last"):
        book.amend_client(book.clients()[0].id, {"code": "D34", "called": called})
    person.key(Keys.Key_L, CTRL)
    for name in ("notes.db", "keys.a", "keys.b"):
        shutil.copy(older / name, person.folder / name)
    yield person
    person.leave()


def test_an_older_copy_is_told_and_opens_on_request(older: Person) -> None:
    person = older
    before = files(person.folder)
    person.unlock(well=False)
    assert "saves are missing" in person.said("unlock_notice_sentence")
    assert offered(person) == {Step.OPEN_OLDER, Step.OPEN_BACKUP}
    assert person.program.vault is None
    assert files(person.folder) == before
    person.press("unlock_open_older")
    person.until(lambda: person.program.work is not None)
    assert [one.called for one in person.program.vault.notebook.clients()] == ["Dana"]
    person.key(Keys.Key_L, CTRL)
    person.unlock()


def test_a_backup_is_asked_for_without_opening_anything(older: Person) -> None:
    asked: list[bool] = []
    older.unlock(well=False)
    older.find("unlock").backup_asked.connect(lambda: asked.append(True))
    older.find("unlock_open_backup").click()
    assert asked == [True]
    assert older.program.vault is None


def test_open_elsewhere_it_is_opened_to_read_and_takes_no_word(with_client: Person) -> None:
    person = with_client
    client = person.program.vault.notebook.clients()[0].id
    person.command("Session note")
    person.write("body", "She went quiet when I looked at the clock.")
    person.key(Keys.Key_L, CTRL)
    elsewhere(person.folder)
    before = files(person.folder)
    person.unlock(well=False)
    assert "PRACTICE-2" in person.said("unlock_notice_sentence")
    assert offered(person) == {Step.OPEN_TO_READ, Step.OPEN_NORMALLY}
    person.press("unlock_open_to_read")
    person.until(lambda: person.program.work is not None)
    settle()
    assert person.said("reading_only_sentence") == OpenElsewhereToReadError.sentence
    box = person.find("body")
    assert box.isReadOnly()
    was = box.toPlainText()
    assert "She went quiet" in was
    box.setFocus()
    person.type("nothing of this arrives")
    assert box.toPlainText() == was
    assert not person.find("finish_note").isEnabled()
    later = person.window.findChild(QPushButton, "felt_off_notice_action")
    assert not later.isEnabled(), "nor will a bar that says nothing yet offer to write"
    actions = person.window.menus.actions
    writing = ("new_client", "session_note", "notice_strain", "change_passphrase", "key_life")
    assert [actions[one].isEnabled() for one in writing] == [False] * 5
    assert actions["find"].isEnabled()
    person.program.work.obey("new_client")
    assert person.said("work_notice_sentence") == OpenElsewhereToReadError.sentence
    person.program.work.obey("timeline")
    assert not person.find("client_session_note").isEnabled()
    person.program.work.obey("settings")
    assert not person.program.work.settings.page.minutes.isEnabled()
    assert [one.id for one in person.program.vault.notebook.clients()] == [client]
    person.key(Keys.Key_L, CTRL)
    assert files(person.folder) == before


def test_open_elsewhere_it_is_opened_normally_when_that_is_wanted(locked: Person) -> None:
    elsewhere(locked.folder)
    locked.unlock(well=False)
    locked.press("unlock_open_normally")
    locked.until(lambda: locked.program.work is not None)
    assert not locked.program.vault.read_only
    assert locked.maybe("reading_only") is None
    assert (
        presence.found(locked.folder)
        == presence.Presence(presence.this_computer(), locked.program.parts.world.now(), os.getpid())
        or presence.found(locked.folder).process == os.getpid()
    )
    locked.key(Keys.Key_L, CTRL)
    assert not (locked.folder / presence.NAME).exists()


def test_a_folder_that_cannot_be_written_opens_to_read_by_itself(
    home: Path, danas_vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rights do not bind the superuser, so there the system's own answer stands in for them."""
    folder = home / "Notes.vault"
    shutil.rmtree(folder)
    shutil.copytree(danas_vault, folder)
    real = os.access
    mine = str(folder)
    monkeypatch.setattr(
        os,
        "access",
        lambda path, mode, **more: not (mode & os.W_OK and str(path).startswith(mine)) and real(path, mode, **more),
    )
    before = files(folder)
    person = Person(home).begin()
    try:
        person.unlock()
        assert person.said("reading_only_sentence") == ReadOnlyFolderError.sentence
        assert "Copy the folder" in person.said("reading_only_next_step")
        person.key(Keys.Key_N, CTRL | SHIFT)
        assert person.maybe("strain_page") is None
    finally:
        person.leave()
    assert files(folder) == before


def test_an_unclean_stop_is_told_in_the_work(with_client: Person, tmp_path: Path) -> None:
    person = with_client
    machine, vault_id = person.program.parts.machine, bytes(bytearray(person.program.vault._store.vault_id))
    stopped, seen = shutil.copytree(person.folder, tmp_path / "stopped"), machine.seen(vault_id)
    person.key(Keys.Key_L, CTRL)
    machine.keep_seen(vault_id, seen)
    shutil.rmtree(person.folder)
    shutil.copytree(stopped, person.folder)
    person.unlock()
    assert person.said("stop_told_sentence") == LeftOpenError.sentence
    person.key(Keys.Key_L, CTRL)
    person.unlock()
    assert person.maybe("stop_told") is None


def test_all_notes_are_looked_through_beside_the_work(with_client: Person) -> None:
    person = with_client
    vault = person.program.vault
    seen = person.program.parts.machine.seen
    person.until(lambda: seen(vault._store.vault_id).checked_at is not None)
    assert person.maybe("notes_alarm") is None


def test_notes_that_were_replaced_raise_an_alarm(with_client: Person) -> None:
    person = with_client
    store = person.program.vault._store
    database = store._database
    tally, database._tally = database._tally, None
    with store.transaction():
        database.run("UPDATE client SET last_on = '2020-01-01'")
    database._tally = tally
    person.key(Keys.Key_L, CTRL)
    person.unlock()
    person.until(lambda: person.maybe("notes_alarm"))
    assert person.said("notes_alarm_sentence") == AlteredNotesError.sentence


def test_the_secrets_are_forgotten_when_nobody_chooses(older: Person) -> None:
    older.unlock(well=False)
    (waiting,) = older.find("unlock").findChildren(attempt.Attempt)
    waiting._forgetting.timeout.emit()
    assert offered(older) == set()
    assert older.said("unlock_notice_sentence") == attempt.TOO_LATE
    assert waiting._secrets.data_key == bytes(32)


def test_another_passphrase_ends_what_was_offered(older: Person) -> None:
    older.unlock(well=False)
    (waiting,) = older.find("unlock").findChildren(attempt.Attempt)
    older.unlock("some other words, but long", well=False)
    assert offered(older) == set()
    assert waiting._secrets.data_key == bytes(32)


def test_damage_offers_what_can_be_read_and_a_backup(locked: Person) -> None:
    notes = locked.folder / "notes.db"
    with notes.open("r+b") as file:
        file.seek(200)
        file.write(b"\0" * 8)
    asked: list[bool] = []
    locked.unlock(well=False)
    assert offered(locked) == {Step.SALVAGE, Step.OPEN_BACKUP}
    locked.find("unlock").salvage_asked.connect(lambda: asked.append(True))
    locked.find("unlock_salvage").click()
    assert asked == [True]


def test_the_ways_on_are_reached_by_keys(older: Person) -> None:
    older.unlock(well=False)
    older.key(Keys.Key_O, ALT)
    older.until(lambda: older.program.work is not None)
    assert older.program.vault is not None
    assert PASSPHRASE not in older.seen()
    assert OpenedToReadError.sentence not in older.seen()
