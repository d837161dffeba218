"""Opening a vault: the passphrase, the recovery sheet, and each fault in words."""

import threading
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from names import cut, nameless, small
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from alliance_desktop.domain.errors import (
    KeyFileDamagedError,
    MistypedRecoveryKeyError,
    NewerVersionError,
    VaultDamagedError,
    WrongPassphraseError,
)
from alliance_desktop.domain.look import Appearance
from alliance_desktop.ui import theme
from alliance_desktop.ui import window as window_module
from alliance_desktop.ui.page import Page
from alliance_desktop.ui.set_passphrase import SetPassphrase
from alliance_desktop.ui.unlock import WAITING, Unlock
from alliance_desktop.ui.window import MainWindow
from alliance_desktop.ui.workspace import Workspace

RIGHT = "a quiet lamp by the river"


class Vault:
    """A vault that opens with one passphrase and notes in which thread it was asked."""

    def __init__(self) -> None:
        self.error: Exception = WrongPassphraseError()
        self.thread = ""
        self.may_answer = threading.Event()
        self.may_answer.set()

    def unlock(self, folder: Path, typed: str) -> Any:
        """Answer the way in, or raise."""
        self.thread = threading.current_thread().name
        self.may_answer.wait(10)
        if typed != RIGHT:
            raise self.error
        return folder, "secrets"

    def recover(self, folder: Path, typed: str) -> Any:
        """Answer the way in, or name the group."""
        if typed.replace(" ", "").lower() != "7k3m":
            raise MistypedRecoveryKeyError("Group 3 of the recovery key has a typing mistake.", "Compare it again.")
        return folder, "by paper"


@pytest.fixture
def vault() -> Vault:
    """The vault behind the page."""
    return Vault()


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow, vault: Vault, home: Path) -> Unlock:
    """The page in its window."""
    made = Unlock(home / "My notes.vault", vault.unlock, vault.recover)
    window.show_page(made)
    qtbot.waitUntil(lambda: made.passphrase.edit.hasFocus())
    return made


def test_enter_unlocks_in_a_thread_while_the_window_lives(qtbot: QtBot, page: Unlock, vault: Vault, home: Path) -> None:
    vault.may_answer.clear()
    qtbot.keyClicks(page.passphrase.edit, RIGHT)
    with qtbot.waitSignal(page.unlocked) as unlocked:
        qtbot.keyClick(page.passphrase.edit, Qt.Key.Key_Return)
        assert page.is_busy
        assert page.findChild(QLabel, "unlock_working").text() == "Opening the vault…"
        assert not page.unlock_button.isEnabled()
        QApplication.processEvents()
        vault.may_answer.set()
    assert unlocked.args == [(home / "My notes.vault", "secrets")]
    assert vault.thread != threading.main_thread().name
    assert page.passphrase.text() == ""
    assert not page.is_busy


def test_for_a_moment_it_takes_nothing_and_holds_nothing(qtbot: QtBot, window: MainWindow, page: Unlock) -> None:
    def typed() -> str:
        qtbot.keyClicks(window.focusWidget() or window, "a")
        return page.passphrase.text()

    page.wait()
    page.begin()
    assert window.focusWidget() is None
    assert typed() == ""
    assert page.findChild(QLabel, "unlock_working").text() == WAITING
    assert not page.is_busy
    assert not page.holds_secret
    page.be_ready()
    assert page.findChild(QLabel, "unlock_working").isHidden()
    assert page.passphrase.edit.hasFocus()
    assert typed() == "a"


def test_it_does_not_take_the_keyboard_from_a_page_of_help(window: MainWindow, page: Unlock) -> None:
    page.wait()
    window.menus.asked.emit("keys")
    reading = window.focusWidget()
    page.be_ready()
    assert window.is_reading
    assert window.focusWidget() is reading
    window.stop_reading()
    assert page.passphrase.edit.hasFocus()


class Pictures(QObject):
    """Notes for each picture of a page whether a scroll bar is in it."""

    def __init__(self, page: Unlock) -> None:
        super().__init__(page)
        self.scrolls: list[bool] = []
        self._area = page.findChild(Page)
        self._area.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.scrolls.append(self._area.verticalScrollBar().isVisible())
        return False


@pytest.mark.parametrize("settled", [True, False])
def test_the_first_picture_of_a_lock_is_the_last(
    window: MainWindow,
    make_workspace: Callable[..., Workspace],
    vault: Vault,
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    settled: bool,
) -> None:
    window.show_workspace(make_workspace())
    QApplication.processEvents()
    page = Unlock(home / "My notes.vault", vault.unlock, vault.recover)
    page.notice.say("This is the sample caseload.", "It is invented.")
    pictures = Pictures(page)
    with monkeypatch.context() as patched:
        if not settled:
            patched.setattr(window_module, "QCoreApplication", SimpleNamespace(sendPostedEvents=lambda *_: None))
        window.lock_with(page)
    QApplication.processEvents()
    assert pictures.scrolls[0] is not settled
    assert not pictures.scrolls[-1]


@pytest.mark.parametrize("error", [WrongPassphraseError, KeyFileDamagedError, VaultDamagedError, NewerVersionError])
def test_each_fault_says_what_to_do(qtbot: QtBot, page: Unlock, vault: Vault, error: type[Exception]) -> None:
    vault.error = error()
    qtbot.keyClicks(page.passphrase.edit, "something else")
    page.unlock_button.click()
    qtbot.waitUntil(lambda: not page.is_busy)
    assert page.notice.sentence == error.sentence
    assert page.findChild(QLabel, "unlock_notice_next_step").text() == error.next_step
    assert page.passphrase.edit.hasFocus()
    assert page.passphrase.edit.selectedText() or page.passphrase.edit.hasSelectedText()


def test_a_wrong_passphrase_speaks_of_caps_lock(qtbot: QtBot, page: Unlock) -> None:
    page.passphrase.set_text(RIGHT.upper())
    page.unlock_button.click()
    qtbot.waitUntil(lambda: not page.is_busy)
    assert "Caps Lock" in page.findChild(QLabel, "unlock_notice_next_step").text()


def test_the_passphrase_of_the_sample_is_told_whatever_was_typed(qtbot: QtBot, page: Unlock) -> None:
    assert page.findChild(QLabel, "unlock_known") is None, "of any other vault, nothing is told"
    page.tell_passphrase("Its passphrase is: lamp")
    known = page.findChild(QLabel, "unlock_known")
    page.passphrase.edit.setText("wrong")
    page.unlock_button.click()
    qtbot.waitUntil(lambda: not page.is_busy and bool(page.notice.sentence))
    assert known.isVisible()
    assert "lamp" in known.text()


def test_an_empty_field_asks_nobody(page: Unlock, vault: Vault) -> None:
    page.unlock_button.click()
    assert page.notice.sentence == "Type the passphrase of this vault first."
    assert vault.thread == ""


def test_the_recovery_sheet_opens_it_and_a_mistyped_group_is_named(qtbot: QtBot, page: Unlock) -> None:
    page.paper_button.click()
    assert page.key.hasFocus()
    assert page.passphrase.isHidden() or not page.passphrase.isVisible()
    qtbot.keyClicks(page.key, "7k 4m")
    qtbot.keyClick(page.key, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not page.is_busy)
    assert page.notice.sentence.startswith("Group 3 ")
    page.key.setText("7K 3m")
    with qtbot.waitSignal(page.recovered):
        qtbot.keyClick(page.key, Qt.Key.Key_Return)
    assert page.key.text() == ""


def test_esc_returns_to_the_passphrase(qtbot: QtBot, page: Unlock) -> None:
    page.paper_button.click()
    qtbot.keyClick(page.key, Qt.Key.Key_Escape)
    assert page.passphrase.isVisible()
    assert page.passphrase.edit.hasFocus()


def test_show_shows_and_hides(page: Unlock) -> None:
    page.passphrase.set_text("typed")
    assert page.passphrase.edit.echoMode() == QLineEdit.EchoMode.Password
    page.passphrase.show_button.click()
    assert page.passphrase.edit.echoMode() == QLineEdit.EchoMode.Normal
    page.passphrase.show_button.click()
    assert page.passphrase.edit.echoMode() == QLineEdit.EchoMode.Password


def test_another_vault_and_a_new_one_are_asked_for(qtbot: QtBot, page: Unlock) -> None:
    with qtbot.waitSignal(page.other_asked):
        page.other_button.click()
    with qtbot.waitSignal(page.new_asked):
        page.new_button.click()


@pytest.mark.parametrize("scale", [100, 200])
def test_names_and_room(window: MainWindow, page: Unlock, scale: int) -> None:
    theme.apply(Appearance.DARK, scale)
    window.resize(1280, 720)
    page.show_error(WrongPassphraseError())
    for by_paper in (False, True):
        page._show_way(by_paper)
        QApplication.processEvents()
        assert nameless(page) + cut(page) + small(page) == []


def test_a_new_passphrase_after_the_sheet(qtbot: QtBot, window: MainWindow, rules: Any) -> None:
    page = SetPassphrase(rules, lambda typed: f"sealed {len(typed)}")
    window.show_page(page)
    assert nameless(page) == []
    page.passphrase.first.set_text(RIGHT)
    page.set_button.click()
    assert page.passphrase.problem.text()
    page.passphrase.again.set_text(RIGHT)
    with qtbot.waitSignal(page.sealed) as sealed:
        page.set_button.click()
    assert sealed.args == [f"sealed {len(RIGHT)}"]
