"""The window: menus, panes, header, help, settings."""

import gc
import weakref
from collections.abc import Callable
from pathlib import Path

import pytest
from names import cut, nameless, small
from PySide6.QtCore import QEvent, QSettings, Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot
from shell_cases import LONG, client

from alliance_desktop.domain.errors import WrongPassphraseError
from alliance_desktop.domain.look import Appearance
from alliance_desktop.services.preferences import Preferences
from alliance_desktop.ui import theme
from alliance_desktop.ui.application import TITLE
from alliance_desktop.ui.change_passphrase import DONE
from alliance_desktop.ui.commands import CARDS, COMMANDS, Needs
from alliance_desktop.ui.file_dialog import choose_file
from alliance_desktop.ui.finder import Finder
from alliance_desktop.ui.first_run import FirstRun, FirstRunNeeds, MadeVault
from alliance_desktop.ui.folder_field import choose_folder
from alliance_desktop.ui.help_page import AboutPage, HelpPage, KeysPage
from alliance_desktop.ui.new_passphrase import PassphraseRules
from alliance_desktop.ui.settings_page import SettingsPage
from alliance_desktop.ui.unlock import Unlock
from alliance_desktop.ui.window import MainWindow
from alliance_desktop.ui.workspace import Workspace

MakeWorkspace = Callable[..., Workspace]
LONG_NAME = "Maximiliana Featherstonehaugh-Cholmondeley the Younger"


def test_every_key_of_the_design_is_in_a_menu(window: MainWindow) -> None:
    keys = {one.keys for one in COMMANDS}
    wanted = {"Ctrl+K", "Ctrl+N", "Ctrl+Shift+N", "Ctrl+T", "Ctrl+P", "Ctrl+L", "F9", "F6", "Ctrl+Return", "F1"}
    assert wanted | {f"Alt+{at}" for at in range(6)} <= keys
    used = [one.keys for one in COMMANDS if one.keys]
    assert len(used) == len(set(used))
    for one in COMMANDS:
        assert window.menus.actions[one.id].shortcut().toString() == one.keys


def test_no_command_is_a_single_letter() -> None:
    assert [one for one in COMMANDS if len(one.keys) == 1] == []


def test_commands_wait_for_a_vault(window: MainWindow, make_workspace: MakeWorkspace) -> None:
    window.show_page(QLabel("locked"))
    enabled = {id for id, one in window.menus.actions.items() if one.isEnabled()}
    assert enabled == {one.id for one in COMMANDS if one.needs is Needs.NOTHING}
    window.show_workspace(make_workspace())
    assert window.menus.actions["session_note"].isEnabled()
    assert not window.menus.actions["card_1"].isEnabled()
    for number, title in enumerate(CARDS):
        action = window.menus.actions[f"card_{number}"]
        assert (action.shortcut().toString(), title in action.text()) == (f"Alt+{number}", True)


def test_ctrl_l_asks_for_the_lock(qtbot: QtBot, window: MainWindow, make_workspace: MakeWorkspace) -> None:
    window.show_workspace(make_workspace([client(1, "Dana")]))
    with qtbot.waitSignal(window.lock_asked):
        window.menus.actions["lock"].trigger()


def test_the_title_never_says_whose_notes(window: MainWindow, make_workspace: MakeWorkspace) -> None:
    workspace = make_workspace([client(1, "Dana")])
    window.show_workspace(workspace)
    workspace.show_detail(QLabel("page"), "Dana", "C-001")
    assert window.windowTitle() == TITLE
    window.hide_now()
    assert window.windowTitle() == TITLE


@pytest.mark.parametrize(("width", "panes"), [(1280, 3), (900, 2), (600, 1)])
def test_panes_follow_the_width(window: MainWindow, make_workspace: MakeWorkspace, width: int, panes: int) -> None:
    workspace = make_workspace([client(1, "Dana")])
    window.show_workspace(workspace)
    window.resize(width, 700)
    QApplication.processEvents()
    assert workspace.panes == panes
    assert nameless(window) + cut(workspace) + small(workspace) == []


def test_one_pane_shows_list_or_detail_and_back_returns(window: MainWindow, make_workspace: MakeWorkspace) -> None:
    workspace = make_workspace([client(1, "Dana")])
    window.show_workspace(workspace)
    window.resize(600, 700)
    QApplication.processEvents()
    detail = QLabel("page")
    assert workspace.findChild(QLineEdit, "client_find").isVisible()
    workspace.show_detail(detail, "Dana", "C-001")
    assert detail.isVisible()
    assert not workspace.findChild(QLineEdit, "client_find").isVisible()
    workspace.header.back_button.click()
    assert not detail.isVisible()
    assert workspace.findChild(QLineEdit, "client_find").isVisible()
    window.resize(1280, 700)
    QApplication.processEvents()
    assert detail.isVisible()
    assert not workspace.header.back_button.isVisible()


def test_large_text_makes_fewer_panes_and_cuts_nothing(window: MainWindow, make_workspace: MakeWorkspace) -> None:
    workspace = make_workspace([client(1, "Dana")], sample=True)
    window.show_workspace(workspace)
    window.resize(1280, 720)
    window.look.set("light", 200)
    QApplication.processEvents()
    assert workspace.panes == 1
    assert cut(workspace) == []
    workspace.show_detail(QLabel("page"), LONG_NAME, "C-001")
    QApplication.processEvents()
    assert cut(workspace) == []
    window.look.set("light", 100)
    QApplication.processEvents()
    assert workspace.panes == 3


def test_the_header_belongs_to_the_page_that_is_shown(window: MainWindow, make_workspace: MakeWorkspace) -> None:
    workspace = make_workspace([client(1, "Dana")], sample=True)
    window.show_workspace(workspace)
    page = QLabel("page")
    workspace.show_detail(page, "محمد أحمد", "C-001")
    saved = QLabel("Saved 09:42")
    workspace.header.put_state(saved)
    assert workspace.header.name.text().strip("\u2068\u2069") == "محمد أحمد"
    assert saved.isVisible()
    assert workspace.header.badge.isVisible()
    workspace.show_place("strains")
    assert workspace.header.name.text() == ""
    assert not saved.isVisible()
    workspace.show_place("clients")
    assert workspace.detail is page
    workspace.drop_detail(page)
    assert workspace.header.name.text() == ""


def test_f6_goes_round_the_panes(qtbot: QtBot, window: MainWindow, make_workspace: MakeWorkspace) -> None:
    workspace = make_workspace([client(1, "Dana")])
    window.show_workspace(workspace)
    edit = QLineEdit()
    edit.setObjectName("detail_field")
    workspace.show_detail(edit, "Dana", "")
    workspace.places.focus_current()
    visited = []
    for _ in range(3):
        workspace.next_pane()
        visited.append(window.focusWidget().objectName())
    assert visited == ["client_find", "detail_field", "place_clients"]


def test_the_list_is_made_wider_without_a_mouse(window: MainWindow, make_workspace: MakeWorkspace) -> None:
    workspace = make_workspace([client(1, "Dana")])
    window.show_workspace(workspace)
    QApplication.processEvents()
    listed = workspace.findChild(QLineEdit, "client_find")
    before = listed.width()
    workspace.widen_list(1)
    QApplication.processEvents()
    assert listed.width() > before


def test_dropping_the_workspace_frees_it(qtbot: QtBot, window: MainWindow, make_workspace: MakeWorkspace) -> None:
    workspace = make_workspace([client(1, "Dana")])
    window.show_workspace(workspace)
    gone = weakref.ref(workspace)
    with qtbot.waitSignal(workspace.destroyed):
        window.lock_with(QLabel("locked"))
        window.drop_workspace()
        del workspace
    gc.collect()
    assert gone() is None


def test_help_opens_over_anything_and_esc_gives_the_cursor_back(
    qtbot: QtBot, window: MainWindow, make_workspace: MakeWorkspace
) -> None:
    workspace = make_workspace([client(1, "Dana")])
    window.show_workspace(workspace)
    field = workspace.findChild(QLineEdit, "client_find")
    field.setFocus()
    for id, kind in (("help", HelpPage), ("keys", KeysPage), ("about", AboutPage)):
        window.menus.actions[id].trigger()
        assert isinstance(window.shown, kind)
        assert nameless(window.shown) + cut(window.shown) == []
        qtbot.keyClick(window.shown.close_button, Qt.Key.Key_Escape)
        assert window.shown is workspace
        assert window.focusWidget() is field


def test_making_a_page_opens_no_window_of_its_own(
    window: MainWindow, make_workspace: MakeWorkspace, rules: PassphraseRules, home: Path
) -> None:
    needs = FirstRunNeeds(
        create=lambda folder, typed: MadeVault(folder, ("A",), None),
        rules=rules,
        print_sheet=lambda made, look: "",
        save_sheet=lambda made, look: "",
        print_lost=lambda made, look: "",
        sheet_text=lambda made: "",
        random=bytes,
        home=home,
    )
    opened = []
    for make in (
        lambda: FirstRun(needs),
        lambda: Unlock(home, lambda a, b: None, lambda a, b: None),
        lambda: make_workspace([client(1, "Dana")], sample=True),
        lambda: SettingsPage(Preferences(), home, rules, lambda a, b: None),
        lambda: Finder(window, list, list),
        KeysPage,
    ):
        page = make()
        opened += [one for one in QApplication.topLevelWidgets() if one.isVisible() and one is not window]
        page.deleteLater()
    assert opened == []


def test_about_says_what_this_is_not(qtbot: QtBot) -> None:
    page = AboutPage()
    qtbot.addWidget(page)
    words = " ".join(one.text() for one in page.findChildren(QLabel))
    assert "not the Rupture Resolution Rating System (3RS)" in words
    assert "no score" in words
    assert "GNU General Public License" in words


def test_text_size_steps_and_ends(window: MainWindow) -> None:
    heard: list[tuple[str, int]] = []
    window.look.changed.connect(lambda look, scale: heard.append((look, scale)))
    for _ in range(6):
        window.menus.actions["text_larger"].trigger()
    assert [scale for _, scale in heard] == [125, 150, 175, 200]
    window.menus.actions["text_usual"].trigger()
    window.menus.actions["appearance_dark"].trigger()
    assert heard[-1] == ("dark", 100)
    assert window.menus.actions["appearance_dark"].isChecked()


def test_the_focus_ring_follows_the_keyboard(qtbot: QtBot, window: MainWindow, make_workspace: MakeWorkspace) -> None:
    workspace = make_workspace([client(1, "Dana")])
    window.show_workspace(workspace)
    field = workspace.findChild(QLineEdit, "client_find")
    add = workspace.findChild(QPushButton, "client_add")
    for one in (field, add):
        one.setFocus()
        qtbot.waitUntil(lambda: window.ring.isVisible())
        around = one.rect().translated(one.mapTo(window, one.rect().topLeft()))
        assert window.ring.geometry().contains(around)
    workspace.hide()
    assert not window.ring.isVisible()


@pytest.fixture
def settings(qtbot: QtBot, rules: PassphraseRules, home: Path) -> SettingsPage:
    """The settings of a vault whose passphrase is LONG."""

    def change(present: str, new: str) -> str:
        if present != LONG:
            raise WrongPassphraseError
        return new

    page = SettingsPage(Preferences(), home, rules, change)
    qtbot.addWidget(page)
    page.resize(900, 800)
    page.show()
    return page


def test_each_setting_is_kept_as_it_is_changed(settings: SettingsPage, home: Path) -> None:
    kept: list[Preferences] = []
    settings.kept.connect(kept.append)
    settings.minutes.setValue(12)
    settings.appearance.setCurrentIndex(settings.appearance.findData("dark"))
    settings.text_size.setCurrentIndex(settings.text_size.findData(150))
    settings.papers.group.buttons()[1].click()
    settings.large.click()
    settings.who.setPlainText("Nurse Kim, room 4")
    assert len(kept) == 5, "lines are kept after a pause"
    settings.hide()
    assert kept[-1] == Preferences(
        lock_minutes=12,
        appearance=Appearance.DARK,
        text_scale=150,
        paper="letter",
        large_print=True,
        who_to_turn_to="Nurse Kim, room 4",
    )
    assert len(kept) == 6
    assert settings.minutes.minimum(), settings.minutes.maximum() == (2, 60)
    assert settings.findChild(QLabel, "settings_folder").text() == str(home)


def test_a_look_changed_elsewhere_is_shown_and_not_sent_back(settings: SettingsPage) -> None:
    kept: list[Preferences] = []
    settings.kept.connect(kept.append)
    settings.show_preferences(Preferences(appearance=Appearance.LIGHT, text_scale=125))
    assert settings.text_size.currentData() == 125
    assert kept == []


def test_the_passphrase_is_changed_in_the_page(qtbot: QtBot, settings: SettingsPage) -> None:
    form = settings.passphrase
    new = "seven herons over the mill"
    form.button.click()
    assert form.notice.sentence == "Type the present passphrase first."
    form.present.set_text("not this one at all")
    form.new.first.set_text(new)
    form.new.again.set_text(new)
    form.button.click()
    qtbot.waitUntil(lambda: form.button.isEnabled())
    assert form.notice.sentence == WrongPassphraseError.sentence
    assert form.new.passphrase == new
    form.present.set_text(LONG)
    with qtbot.waitSignal(form.sealed) as sealed:
        form.button.click()
    assert sealed.args == [new]
    assert form.notice.sentence != DONE, "it is not in place yet"
    form.show_changed()
    assert form.notice.sentence == DONE
    assert (form.present.text(), form.new.passphrase, form.new.again.text()) == ("", "", "")


@pytest.mark.parametrize("scale", [100, 200])
def test_settings_have_names_and_room(settings: SettingsPage, scale: int) -> None:
    theme.apply(Appearance.LIGHT, scale)
    settings.resize(1280, 720)
    QApplication.processEvents()
    assert nameless(settings) + cut(settings) + small(settings) == []


def test_choosing_a_folder_leaves_no_history(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(tmp_path / "config"))
    secret = tmp_path / "JaneDoeFolder"
    secret.mkdir()

    def accept() -> None:
        dialog = next(one for one in QApplication.topLevelWidgets() if isinstance(one, QFileDialog))
        dialog.selectFile(str(secret))
        dialog.accept()

    QTimer.singleShot(0, accept)
    chosen = choose_folder(window, "Choose", tmp_path)
    assert chosen is not None
    QApplication.sendPostedEvents()
    written = [one for one in (tmp_path / "config").rglob("*") if one.is_file()]
    assert all("JaneDoe" not in one.read_text() and "lastVisited=" not in one.read_text() for one in written)


def test_saving_a_file_leaves_no_history_either(window: MainWindow, tmp_path: Path) -> None:
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(tmp_path / "config"))
    secret = tmp_path / "JaneDoeFolder"
    secret.mkdir()

    def accept() -> None:
        dialog = next(one for one in QApplication.topLevelWidgets() if isinstance(one, QFileDialog))
        dialog.setDirectory(str(secret))
        dialog.accept()

    QTimer.singleShot(0, accept)
    choose_file(window, "plan.pdf")
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    written = [one for one in (tmp_path / "config").rglob("*") if one.is_file()]
    assert all("JaneDoe" not in one.read_text() for one in written)
