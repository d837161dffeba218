"""Nobody there: a quiet word, then the lock; and F9 from everywhere."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMenu
from pytestqt.qtbot import QtBot
from shell_cases import Clock

from alliance_desktop.ui.idle import Idle
from alliance_desktop.ui.input_watch import InputWatch
from alliance_desktop.ui.paused import Paused
from alliance_desktop.ui.unlock import Unlock
from alliance_desktop.ui.window import MainWindow
from alliance_desktop.ui.workspace import Workspace


@pytest.fixture
def watch(qapp: QApplication, window: MainWindow) -> InputWatch:
    """Input watched for one window, until the test is over."""
    made = InputWatch(qapp)
    made.begin()
    window.watch(made)
    return made


@pytest.fixture(autouse=True)
def _unwatched(qapp: QApplication) -> Iterator[None]:
    yield
    for one in qapp.findChildren(InputWatch):
        qapp.removeEventFilter(one)
        one.deleteLater()


def test_five_minutes_lock_and_the_last_half_minute_is_said(qtbot: QtBot, clock: Clock) -> None:
    idle = Idle(5, clock)
    heard: list[str] = []
    idle.soon.connect(lambda: heard.append("soon"))
    idle.calm.connect(lambda: heard.append("calm"))
    idle.lock_asked.connect(lambda: heard.append("lock"))
    idle.start()
    clock.now += 269
    idle.check()
    assert heard == []
    clock.now += 1
    idle.check()
    assert heard == ["soon"]
    idle.active()
    assert heard == ["soon", "calm"]
    clock.now += 270
    idle.check()
    clock.now += 30
    idle.check()
    assert heard == ["soon", "calm", "soon", "calm", "lock"]


def test_the_timer_itself_asks_for_the_lock(qtbot: QtBot) -> None:
    idle = Idle(0.001)
    with qtbot.waitSignal(idle.lock_asked, timeout=5000):
        idle.start()


def test_a_key_after_a_long_sleep_locks_instead_of_going_on(clock: Clock) -> None:
    idle = Idle(5, clock)
    heard: list[str] = []
    idle.lock_asked.connect(lambda: heard.append("lock"))
    idle.start()
    clock.now += 3 * 3600
    idle.active()
    assert heard == ["lock"]


def test_nothing_is_counted_while_locked(clock: Clock) -> None:
    idle = Idle(5, clock)
    heard: list[str] = []
    idle.lock_asked.connect(lambda: heard.append("lock"))
    idle.start()
    idle.stop()
    clock.now += 3600
    idle.check()
    idle.active()
    assert heard == []


def test_keys_mouse_and_input_methods_count_and_painting_does_not(
    qtbot: QtBot, window: MainWindow, watch: InputWatch, make_workspace: Callable[..., Workspace]
) -> None:
    window.show_workspace(make_workspace())
    edit = window.findChild(QLineEdit, "client_find")
    signs: list[int] = []
    watch.active.connect(lambda: signs.append(1))
    window.repaint()
    assert signs == []
    qtbot.keyClick(edit, Qt.Key.Key_A)
    assert signs
    signs.clear()
    QApplication.sendEvent(edit, QInputMethodEvent())
    assert signs


def test_the_bar_shows_and_goes_with_a_key(
    qtbot: QtBot, window: MainWindow, clock: Clock, watch: InputWatch, make_workspace: Callable[..., Workspace]
) -> None:
    window.show_workspace(make_workspace())
    clock.now += 280
    window.idle.check()
    bar = window.findChild(object, "soon")
    assert bar.isVisible()
    assert bar.accessibleName() == "Locking soon - press any key"
    qtbot.keyClick(window.findChild(QLineEdit, "client_find"), Qt.Key.Key_A)
    assert not bar.isVisible()


def test_f9_covers_in_the_same_turn_and_gives_the_cursor_back(
    qtbot: QtBot, window: MainWindow, watch: InputWatch, make_workspace: Callable[..., Workspace]
) -> None:
    workspace = make_workspace()
    window.show_workspace(workspace)
    edit = window.findChild(QLineEdit, "client_find")
    edit.setFocus()
    size = window.size()
    qtbot.keyClick(edit, Qt.Key.Key_F9)
    assert window.shown is window.paused
    assert not workspace.isVisible()
    assert window.windowTitle() == "Alliance Desktop"
    assert window.size() == size
    assert not window.menus.actions["session_note"].isEnabled()
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    assert window.shown is workspace
    assert window.focusWidget() is edit


def test_f9_works_from_an_open_menu(
    qtbot: QtBot, window: MainWindow, watch: InputWatch, make_workspace: Callable[..., Workspace]
) -> None:
    window.show_workspace(make_workspace())
    menu = window.findChild(QMenu, "menu_file")
    menu.popup(window.mapToGlobal(window.rect().center()))
    assert menu.isVisible()
    qtbot.keyClick(menu, Qt.Key.Key_F9)
    assert window.shown is window.paused
    assert not menu.isVisible()


def test_f9_works_over_a_modal_dialog_and_closes_it(
    qtbot: QtBot, window: MainWindow, watch: InputWatch, make_workspace: Callable[..., Workspace]
) -> None:
    window.show_workspace(make_workspace())
    dialog = QDialog(window)
    field = QLineEdit(dialog)
    seen: list[bool] = []

    def press() -> None:
        qtbot.keyClick(field, Qt.Key.Key_F9)
        seen.append(window.shown is window.paused and not dialog.isVisible())

    QTimer.singleShot(0, press)
    assert dialog.exec() == QDialog.DialogCode.Rejected
    assert seen == [True]


def test_f9_covers_a_recovery_sheet_too_and_comes_back_to_it(
    qtbot: QtBot, window: MainWindow, watch: InputWatch, home: Path
) -> None:
    page = QLineEdit()
    window.show_page(page)
    qtbot.keyClick(page, Qt.Key.Key_F9)
    assert window.shown is window.paused
    assert not window.paused.timer.isActive()
    qtbot.keyClick(window.paused, Qt.Key.Key_F9)
    assert window.shown is page


def test_a_minute_hidden_asks_for_the_lock(
    qtbot: QtBot, clock: Clock, make_workspace: Callable[..., Workspace]
) -> None:
    window = MainWindow(idle=Idle(5, clock), paused=Paused(seconds=0.01))
    qtbot.addWidget(window)
    window.show()
    window.show_workspace(make_workspace())
    with qtbot.waitSignal(window.lock_asked, timeout=5000):
        window.hide_now()
    assert Paused().timer.interval() == 60_000


def test_locking_closes_dialogs_and_popups_without_a_question(
    qtbot: QtBot, window: MainWindow, make_workspace: Callable[..., Workspace], home: Path
) -> None:
    workspace = make_workspace()
    window.show_workspace(workspace)
    dialog = QDialog(window)
    qtbot.addWidget(dialog)
    dialog.setModal(True)
    dialog.show()
    menu = window.findChild(QMenu, "menu_go")
    menu.popup(window.mapToGlobal(window.rect().center()))
    page = Unlock(home, lambda a, b: None, lambda a, b: None)
    window.lock_with(page)
    assert window.shown is page
    assert dialog.result() == QDialog.DialogCode.Rejected
    assert not dialog.isVisible()
    assert not menu.isVisible()
    assert window.workspace is workspace
    window.drop_workspace()
    assert window.workspace is None
