"""What goes wrong on the way in and out: the vault still closes, nothing typed is lost, and it is said."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from first_steps import to_choices, to_new_passphrase
from person import ALT, CTRL, PASSPHRASE, Keys, Person, settle, wait_until
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.exceptions import capture_exceptions

from alliance_desktop.domain.errors import DiskFullError
from alliance_desktop.services import access
from alliance_desktop.services.notebook import Notebook
from alliance_desktop.services.preferences import Settings
from alliance_desktop.ui.held import NOT_CLOSED, NOT_YET_SAVED
from alliance_desktop.ui.pages import Pages
from alliance_desktop.ui.paused import STILL_OPEN
from alliance_desktop.wiring.making import CHOICES_NOT_KEPT
from alliance_desktop.wiring.program import FAULT

NEW = "nine calm otters under the old bridge"
ROOT = Path(__file__).resolve().parents[2]


def stumble(*_: object) -> None:
    raise ZeroDivisionError


# -- hidden while a vault opens -------------------------------------------------------------------------------------


def test_hidden_while_unlocking_nothing_comes_onto_the_screen(with_client: Person) -> None:
    person = with_client
    person.key(Keys.Key_L, CTRL)
    person.box("unlock_passphrase")
    person.type(PASSPHRASE)
    person.key(Keys.Key_Return)
    person.key(Keys.Key_F9)
    person.until(lambda: person.program.work is not None)
    settle()
    assert person.window.shown.objectName() == "paused"
    assert "Dana" not in person.seen()
    assert person.window.paused.timer.isActive()
    person.type("nothing.typed.here.arrives")
    person.key(Keys.Key_F9)
    assert person.find("client_page").isVisible()
    person.key(Keys.Key_F9)
    person.key(Keys.Key_L, CTRL)
    assert person.program.vault is None
    assert person.window.shown.objectName() == "unlock"


# -- a fault of the program on the way out --------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["lock", "close"])
def test_a_fault_while_writing_does_not_leave_the_vault_open(
    with_client: Person, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = with_client
    vault = person.program.vault
    with monkeypatch.context() as faulty, capture_exceptions() as caught:
        faulty.setattr(Pages, "flush", stumble)
        person.window.menus.actions["lock"].trigger() if way == "lock" else person.window.close()
    assert ZeroDivisionError in {kind for kind, _value, _trace in caught}, "the hook still hears of it"
    assert person.program.vault is None
    assert person.program.work is None
    assert person.window.workspace is None
    with pytest.raises(Exception, match="ProgrammingError"):
        vault.notebook.clients()
    if way == "lock":
        assert person.window.shown.objectName() == "unlock"
        person.unlock()
        assert person.program.vault.notebook.clients()[0].called == "Dana"


def test_words_that_a_fault_kept_from_the_disk_are_held(with_client: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    person = with_client
    person.key(Keys.Key_N, CTRL)
    person.write("body", "heronsong")
    with monkeypatch.context() as faulty, capture_exceptions() as caught:
        faulty.setattr(Notebook, "write", stumble)
        person.window.close()
        assert person.window.isVisible(), "the window stays, as the words are nowhere else"
        assert person.said("unlock_notice_sentence") == NOT_YET_SAVED
    assert caught
    person.unlock()
    assert person.find("body").toPlainText() == "heronsong"


def test_words_being_composed_are_kept_at_a_lock(with_client: Person) -> None:
    person = with_client
    person.key(Keys.Key_N, CTRL)
    for way in (lambda: person.idle_fires(), lambda: person.key(Keys.Key_L, CTRL), lambda: _hide_and_lock(person)):
        box = person.box("body")
        box.selectAll()
        person.type("she said ")
        QApplication.sendEvent(box, QInputMethodEvent("おもい", []))
        way()
        assert person.program.vault is None
        person.unlock()
        assert person.find("body").toPlainText() == "she said おもい"


def _hide_and_lock(person: Person) -> None:
    person.key(Keys.Key_F9)
    person.key(Keys.Key_L, CTRL)


def test_words_being_composed_are_kept_when_the_window_closes(with_client: Person) -> None:
    person = with_client
    person.key(Keys.Key_N, CTRL)
    box = person.write("body", "she said ")
    QApplication.sendEvent(box, QInputMethodEvent("おもい", []))
    person.start_again().unlock()
    assert person.find("body").toPlainText() == "she said おもい"


# -- the world's faults ---------------------------------------------------------------------------------------------


def test_a_full_disk_at_the_last_step_of_the_first_run_still_opens(
    newcomer: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = newcomer
    to_choices(person)

    def full(*_: object) -> None:
        raise DiskFullError

    with monkeypatch.context() as faulty:
        faulty.setattr(Settings, "keep", full)
        person.press("choices_next")
    assert person.program.work is not None
    assert person.said("work_notice_sentence") == CHOICES_NOT_KEPT
    person.key(Keys.Key_L, CTRL)
    person.unlock()


def test_a_window_that_stays_says_why_and_shows_the_words(with_client: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    person = with_client

    def full(*_: object) -> None:
        raise DiskFullError

    person.key(Keys.Key_N, CTRL)
    person.write("body", "heronsong")
    person.key(Keys.Key_3, CTRL)
    assert person.maybe("body") is None, "another place is in front"
    box = person.window.findChild(QWidget, "body")
    box.setPlainText("heronsong at dawn")
    with monkeypatch.context() as faulty:
        faulty.setattr(Notebook, "write", full)
        person.window.close()
        assert person.window.isVisible()
        assert person.said("work_notice_sentence") == NOT_CLOSED
        assert person.said("work_notice_next_step")
        assert person.find("body") is box
        person.key(Keys.Key_F9)
        person.window.close()
        assert person.said("paused_hint") == STILL_OPEN
        assert "heronsong" not in person.seen()
        person.key(Keys.Key_F9)
    person.window.close()
    assert not person.window.isVisible()


# -- the recovery sheet ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["idle", "key", "hidden"])
def test_after_the_recovery_sheet_it_locks_like_any_open_vault(locked: Person, sheet: str, way: str) -> None:
    person = locked
    to_new_passphrase(person, sheet)
    secrets = person.program.parts.recovered_by
    if way == "idle":
        person.idle_fires()
    else:
        if way == "hidden":
            person.key(Keys.Key_F9)
        person.key(Keys.Key_L, CTRL)
    assert person.program.vault is None
    assert person.window.shown.objectName() == "unlock"
    assert not any(secrets.recovery), "what opened the vault is forgotten"
    person.unlock()


def test_a_passphrase_sealed_after_the_lock_changes_nothing(locked: Person, sheet: str) -> None:
    person = locked
    to_new_passphrase(person, sheet)
    for name in ("passphrase", "passphrase_again"):
        person.write(name, NEW)
    asking = person.window.shown
    person.press("set_passphrase_button")
    working = asking._working
    assert working is not None
    ended: list[bool] = []
    working.ended.connect(lambda: ended.append(True))
    person.key(Keys.Key_L, CTRL)
    # The page is gone only in the next turn of the event loop, and may say until then that it is ready.
    asking.sealed.emit(None)
    person.until(lambda: ended)
    assert person.program.vault is None
    assert person.program.work is None
    person.unlock()


def test_a_new_passphrase_forgets_what_opened_the_vault(locked: Person, sheet: str) -> None:
    person = locked
    to_new_passphrase(person, sheet)
    secrets = person.program.parts.recovered_by
    assert any(secrets.recovery)
    for name in ("passphrase", "passphrase_again"):
        person.write(name, NEW)
    person.press("set_passphrase_button")
    person.until(lambda: person.maybe("sheet_back"))
    assert not any(secrets.recovery)
    assert person.program.parts.recovered_by is None


# -- a fault of the program in slow work ----------------------------------------------------------------------------


def test_a_fault_while_unlocking_is_reported_and_said(locked: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    person = locked
    reports = person.home / "state" / "last-fault"
    with monkeypatch.context() as faulty:
        faulty.setattr(access.opening, "find_secrets", stumble)
        faulty.setattr(sys, "excepthook", person.program.report)
        person.box("unlock_passphrase")
        person.type(PASSPHRASE)
        with capture_exceptions() as caught:
            person.key(Keys.Key_Return)
            person.until(lambda: caught)
        person.program.report(*caught[0])
    assert person.said("unlock_notice_sentence") == FAULT
    assert "ZeroDivisionError" in reports.read_text()
    assert "stumble" in reports.read_text()
    person.unlock()


def test_a_fault_is_said_on_every_page_before_a_vault_is_open(newcomer: Person) -> None:
    person = newcomer
    for go, name in (
        (lambda: None, "welcome_notice"),
        (lambda: person.press("welcome_new"), "place_notice"),
        (lambda: person.press("place_next"), "secret_notice"),
    ):
        go()
        person.program.report(ZeroDivisionError, ZeroDivisionError(), None)
        assert person.said(f"{name}_sentence") == FAULT


# -- the sample -----------------------------------------------------------------------------------------------------


def test_the_folder_of_a_sample_goes_also_when_it_was_locked(newcomer: Person) -> None:
    person = newcomer
    person.press("welcome_sample")
    folder = person.program.vault.folder.parent
    assert folder.is_dir()
    person.key(Keys.Key_L, CTRL)
    assert folder.is_dir(), "it can be unlocked again"
    person.window.close()
    assert not folder.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="no such signals")
@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_the_signals_that_end_a_program_close_its_window(tmp_path: Path, ending: signal.Signals) -> None:
    environment = os.environ | {"PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen", "TMPDIR": str(tmp_path)}
    # The test knows by the sample's folder that the window is there.
    running = subprocess.Popen([sys.executable, "-m", "alliance_desktop", "--demo"], env=environment)
    try:
        wait_until(lambda: list(tmp_path.glob("alliance-sample-*/*/keys.b")), seconds=60)
        wait_until(lambda: _caught_by(running.pid, ending), seconds=60)
        running.send_signal(ending)
        assert running.wait(timeout=60) == 0
    finally:
        running.kill()
        running.wait()
    assert list(tmp_path.glob("alliance-sample-*")) == []


def _caught_by(process: int, ending: signal.Signals) -> bool:
    """Say whether a process has a handler of its own for a signal, where the system tells."""
    status = Path(f"/proc/{process}/status")
    if not status.exists():
        return True
    caught = next(line for line in status.read_text().splitlines() if line.startswith("SigCgt"))
    return bool(int(caught.split()[1], 16) >> (ending - 1) & 1)


# -- the way back ---------------------------------------------------------------------------------------------------


def test_after_a_menu_on_the_paused_page_enter_goes_on(with_client: Person) -> None:
    person = with_client
    person.key(Keys.Key_F9)
    person.key(Keys.Key_F, ALT)
    person.until(lambda: QApplication.activePopupWidget() is not None)
    person.key(Keys.Key_Escape)
    person.window.activateWindow()
    settle()
    person.key(Keys.Key_Return)
    assert person.window.isVisible()
    assert person.find("client_page").isVisible()
