"""Taking everything out at the window: the passphrase once more, a warning, a file for its owner only, or none."""

import json
import threading
from pathlib import Path

import pytest
from person import CTRL, PASSPHRASE, Keys, Person, settle

from alliance_desktop.keys.keyfile import Secrets
from alliance_desktop.services.exchange.words import SYNCED
from alliance_desktop.services.key_work import KeyWork
from alliance_desktop.ui.background import is_working
from alliance_desktop.ui.backups_page import NO_PLACE
from alliance_desktop.ui.take_out_card import TYPE_FIRST, WARNING, TakeOutCard


def card(person: Person) -> TakeOutCard:
    found = person.window.findChild(TakeOutCard)
    assert found is not None
    return found


@pytest.fixture
def ready(with_client: Person) -> Person:
    with_client.key(Keys.Key_7, CTRL)
    settle()
    return with_client


def take_out(person: Person, passphrase: str = PASSPHRASE) -> None:
    person.box("take_out_passphrase")
    person.type(passphrase)
    person.press("take_out")
    person.until(lambda: not card(person).progress.is_busy)
    settle()


def test_everything_is_taken_out_and_the_passphrase_is_not_left_standing(ready: Person, tmp_path: Path) -> None:
    assert ready.said("take_out_warning") == WARNING
    ready.press("take_out")
    assert ready.said("take_out_notice_sentence") == TYPE_FIRST
    ready.save_to = tmp_path
    take_out(ready)
    out = tmp_path / ready.asked[-1]
    assert ready.said("take_out_notice_sentence").startswith("Taken out: 1 client, ")
    lines = [json.loads(one) for one in out.read_bytes().splitlines()]
    assert [lines[0]["is"], lines[-1]["is"]] == ["head", "end"]
    assert sum(one["is"] == "client" for one in lines) == 1
    assert out.stat().st_mode & 0o777 == 0o600
    assert card(ready).passphrase.text() == ""
    assert ready.program.vault is not None, "the vault stays open"
    settle()
    told = card(ready).notice
    assert told.visibleRegion().boundingRect().height() == told.height(), "what came of it is in view"


def test_a_wrong_passphrase_a_taken_name_and_a_dialog_that_is_left_make_no_file(ready: Person, tmp_path: Path) -> None:
    place = tmp_path / "out"
    place.mkdir()
    ready.save_to = place
    take_out(ready, "not the passphrase at all")
    assert "That is not the passphrase" in ready.said("take_out_notice_sentence")
    assert ready.asked == [], "no place is asked for"
    assert ready.find("take_out_passphrase").hasFocus()
    assert not list(place.iterdir())
    ready.save_to = None
    take_out(ready)
    assert not list(place.iterdir())
    out = place / ready.asked[-1]
    out.write_text("mine")
    ready.save_to = place
    take_out(ready, "")
    assert "ever overwritten" in ready.said("take_out_notice_sentence")
    assert out.read_text() == "mine"


def test_a_folder_that_is_copied_to_the_internet_is_asked_about_once(ready: Person, tmp_path: Path) -> None:
    place = tmp_path / "Nextcloud"
    place.mkdir()
    ready.save_to = place
    take_out(ready)
    assert ready.said("take_out_notice_sentence") == SYNCED
    assert not list(place.iterdir())
    take_out(ready, "")
    assert [one.suffix for one in place.iterdir()] == [".jsonl"]


class Held:
    """Holds the work, when the passphrase is found right, until it may go on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.may_go_on = threading.Event()
        check = KeyWork.check

        def held(work: KeyWork, present: str) -> Secrets:
            self.may_go_on.wait(30)
            return check(work, present)

        monkeypatch.setattr(KeyWork, "check", held)


@pytest.mark.parametrize("end", ["lock", "cancel"])
def test_a_lock_and_cancel_leave_no_file_behind_and_no_passphrase(
    ready: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, end: str
) -> None:
    place, held, asked = tmp_path / "out", Held(monkeypatch), card(ready)
    place.mkdir()
    ready.save_to = place
    ready.box("take_out_passphrase")
    ready.type(PASSPHRASE)
    ready.press("take_out")
    assert asked.progress.is_busy
    assert asked.passphrase.text() == PASSPHRASE
    if end == "lock":
        gone: list[str] = []
        leave = asked.leave
        monkeypatch.setattr(asked, "leave", lambda: (leave(), gone.append(asked.passphrase.text())))
        ready.key(Keys.Key_L, CTRL)
        assert gone == [""], "nothing that was typed is left standing"
    else:
        ready.press("take_out_progress_stop")
    held.may_go_on.set()
    ready.until(lambda: not is_working())
    settle()
    assert (ready.program.vault is None) is (end == "lock")
    assert list(place.iterdir()) == []


def test_no_place_is_asked_for_once_the_work_is_hidden(
    ready: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = Held(monkeypatch)
    ready.save_to = tmp_path
    ready.box("take_out_passphrase")
    ready.type(PASSPHRASE)
    ready.press("take_out")
    ready.key(Keys.Key_F9)
    held.may_go_on.set()
    ready.until(lambda: not card(ready).progress.is_busy)
    settle()
    assert ready.asked == []
    assert card(ready).passphrase.text() == ""


@pytest.mark.parametrize("typed", ["take every", "export"])
def test_it_is_found_with_ctrl_k(with_client: Person, typed: str) -> None:
    with_client.command(typed)
    settle()
    shown = with_client.find("take_out_passphrase")
    assert shown.hasFocus()
    assert shown.visibleRegion().boundingRect().height() == shown.height(), "it is in view"


def test_what_was_said_of_a_button_goes_once_the_page_is_left(ready: Person) -> None:
    ready.press("back_up_now")
    assert ready.said("backups_notice_sentence") == NO_PLACE
    ready.key(Keys.Key_2, CTRL)
    ready.key(Keys.Key_7, CTRL)
    assert ready.maybe("backups_notice_sentence") is None
