"""While the paused page covers everything: what comes meanwhile stays behind it, and only three keys do anything."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot
from shell_cases import client

from alliance_desktop.ui.preedit import commit_preedit
from alliance_desktop.ui.window import HIDDEN_COMMANDS, MainWindow
from alliance_desktop.ui.workspace import Workspace

MakeWorkspace = Callable[..., Workspace]


def enabled(window: MainWindow) -> set[str]:
    return {id for id, one in window.menus.actions.items() if one.isEnabled()}


def test_a_workspace_that_opens_meanwhile_stays_behind(window: MainWindow, make_workspace: MakeWorkspace) -> None:
    window.show_page(QLabel("opening"))
    window.hide_now()
    workspace = make_workspace([client(1, "Dana")])
    window.show_workspace(workspace)
    workspace.focus_list()
    assert window.shown is window.paused
    assert window.is_hiding
    assert window.paused.timer.isActive(), "a vault is open now, and locks after a while"
    assert enabled(window) == HIDDEN_COMMANDS
    assert QApplication.focusWidget() is window.paused.back_button
    window.come_back()
    assert window.shown is workspace
    assert workspace.isAncestorOf(window.focusWidget())
    assert not window.paused.timer.isActive()
    assert window.menus.actions["session_note"].isEnabled()


def test_without_hiding_a_workspace_is_shown_at_once(window: MainWindow, make_workspace: MakeWorkspace) -> None:
    window.show_page(QLabel("opening"))
    workspace = make_workspace([client(1, "Dana")])
    window.show_workspace(workspace)
    assert window.shown is workspace
    assert not window.paused.timer.isActive()


def test_a_page_that_takes_the_place_of_the_hidden_one_is_come_back_to(qtbot: QtBot, window: MainWindow) -> None:
    before = QLineEdit()
    window.show_page(before)
    before.setFocus()
    window.hide_now()
    after = QLineEdit()
    with qtbot.waitSignal(before.destroyed):
        window.show_page(after)
    assert window.shown is window.paused
    after.setFocus()
    assert QApplication.focusWidget() is window.paused.back_button, "what is hidden takes no key"
    window.come_back()
    assert window.shown is after
    assert after.hasFocus()


def test_help_is_put_away_and_cannot_be_opened(window: MainWindow, make_workspace: MakeWorkspace) -> None:
    workspace = make_workspace([client(1, "Dana")])
    window.show_workspace(workspace)
    window.menus.actions["help"].trigger()
    window.hide_now()
    for id in ("help", "keys", "about"):
        window._command(id)
        assert window.shown is window.paused
    window.come_back()
    assert window.shown is workspace
    window.menus.actions["help"].trigger()
    assert window.shown is not workspace


def test_the_other_commands_are_disabled(window: MainWindow, make_workspace: MakeWorkspace) -> None:
    heard: list[str] = []
    window.command_asked.connect(heard.append)
    window.show_workspace(make_workspace([client(1, "Dana")]))
    before = enabled(window)
    window.hide_now()
    assert enabled(window) == {"hide", "lock"}
    for action in window.menus.actions.values():
        if action.objectName() not in HIDDEN_COMMANDS:
            action.trigger()
    assert heard == []
    assert window.shown is window.paused
    window.come_back()
    assert enabled(window) == before
    assert {"session_note", "find", "quit"} <= before


def test_ctrl_l_locks(qtbot: QtBot, window: MainWindow, make_workspace: MakeWorkspace) -> None:
    window.show_workspace(make_workspace([client(1, "Dana")]))
    window.hide_now()
    with qtbot.waitSignal(window.lock_asked):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)


def test_after_a_menu_enter_goes_on_and_does_not_quit(
    qtbot: QtBot, window: MainWindow, make_workspace: MakeWorkspace
) -> None:
    workspace = make_workspace([client(1, "Dana")])
    window.show_workspace(workspace)
    window.hide_now()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    qtbot.keyClick(QApplication.activePopupWidget(), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is None)
    # Without a screen the closed menu stays the active window.
    window.activateWindow()
    QApplication.processEvents()
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    assert window.isVisible()
    assert QApplication.activePopupWidget() is None
    assert window.shown is workspace


def test_a_vault_open_behind_a_page_is_locked_in_time(window: MainWindow) -> None:
    heard: list[str] = []
    window.lock_asked.connect(lambda: heard.append("lock"))
    window.show_page(QLabel("choose a passphrase"), is_open=True)
    window.menus.actions["lock"].trigger()
    assert heard == ["lock"]
    window.hide_now()
    assert window.paused.timer.isActive()
    window.come_back()
    window.show_page(QLabel("locked"))
    assert not window.menus.actions["lock"].isEnabled()
    window.hide_now()
    assert not window.paused.timer.isActive()


def test_words_being_composed_are_put_into_their_field(qtbot: QtBot) -> None:
    box = QPlainTextEdit("before ")
    qtbot.addWidget(box)
    box.moveCursor(box.textCursor().MoveOperation.End)
    QApplication.sendEvent(box, QInputMethodEvent("おもい", []))
    assert box.toPlainText() == "before ", "they are not in the text by themselves"
    commit_preedit(box)
    assert box.toPlainText() == "before おもい"
    commit_preedit(box)
    commit_preedit(None)
    assert box.toPlainText() == "before おもい"
