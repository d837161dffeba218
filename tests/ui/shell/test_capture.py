"""Screenshots: every window is left out where the system can do that, and the settings are honest where it cannot."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from alliance_desktop.services.preferences import Preferences
from alliance_desktop.ui.capture import Capture, block_of_this_system
from alliance_desktop.ui.capture_choice import ALLOWED, CANNOT, CaptureChoice
from alliance_desktop.ui.new_passphrase import PassphraseRules
from alliance_desktop.ui.settings_page import SettingsPage


class Screen:
    """A system that leaves windows out of captures, and remembers which."""

    def __init__(self) -> None:
        self.out: dict[int, bool] = {}

    def block(self, window: int, out: bool) -> bool:
        self.out[window] = out
        return True

    def leaves_out(self, window: QWidget) -> bool:
        return self.out.get(int(window.winId()), False)


@pytest.fixture
def screen() -> Screen:
    return Screen()


@pytest.fixture
def capture(screen: Screen, qapp: QApplication) -> Iterator[Capture]:
    """Captures are blocked, and may be allowed for a twentieth of a second."""
    made = Capture(screen.block, minutes=0.05 / 60)
    yield made
    qapp.removeEventFilter(made)


def shown(qtbot: QtBot, window: QWidget) -> QWidget:
    qtbot.addWidget(window)
    window.show()
    return window


def test_each_window_is_left_out_as_it_opens(qtbot: QtBot, screen: Screen, capture: Capture) -> None:
    window = shown(qtbot, QWidget())
    dialog = QDialog(window)
    inside = QLabel("inside", window)
    dialog.show()
    inside.show()
    assert screen.leaves_out(window)
    assert screen.leaves_out(dialog)
    assert set(screen.out) == {int(window.winId()), int(dialog.winId())}, "only windows, not what is in them"


def test_it_follows_the_setting(qtbot: QtBot, screen: Screen, capture: Capture) -> None:
    window = shown(qtbot, QWidget())
    capture.set_wanted(False)
    assert not screen.leaves_out(window)
    later = shown(qtbot, QWidget())
    assert not screen.leaves_out(later)
    capture.set_wanted(True)
    assert screen.leaves_out(window)
    assert screen.leaves_out(later)


def test_it_is_allowed_for_a_while_and_no_longer(qtbot: QtBot, screen: Screen, capture: Capture) -> None:
    window = shown(qtbot, QWidget())
    capture.allow_for_a_while()
    assert capture.is_allowed
    assert not screen.leaves_out(window)
    with qtbot.waitSignal(capture.changed):
        pass
    assert not capture.is_allowed
    assert screen.leaves_out(window)


def test_the_settings_offer_it(qtbot: QtBot, screen: Screen, capture: Capture) -> None:
    choice = CaptureChoice(capture, True)
    window = shown(qtbot, choice)
    chosen: list[bool] = []
    choice.wanted.connect(chosen.append)
    choice.wanted.connect(capture.set_wanted)
    choice.allow.click()
    assert not screen.leaves_out(window)
    assert choice.state.text() == ALLOWED
    assert not choice.allow.isEnabled()
    qtbot.waitUntil(lambda: screen.leaves_out(window))
    assert choice.allow.isEnabled()
    assert choice.state.text() != ALLOWED
    choice.keep_out.click()
    assert chosen == [False]
    assert not choice.allow.isEnabled(), "nothing is left to allow"


def test_where_it_cannot_be_done_the_settings_say_so(qtbot: QtBot, rules: PassphraseRules, home: Path) -> None:
    assert block_of_this_system() is None
    page = SettingsPage(Preferences(), home, rules, lambda present, new: new, Capture(None))
    shown(qtbot, page)
    assert page.findChild(QLabel, "settings_capture_cannot").text() == CANNOT
    assert page.findChild(QPushButton, "settings_capture_allow") is None


def test_where_it_cannot_be_done_no_event_is_looked_at(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[QObject] = []
    monkeypatch.setattr(Capture, "eventFilter", lambda _capture, watched, _event: bool(looked.append(watched)))
    Capture(None)
    shown(qtbot, QWidget())
    assert looked == []


def test_the_settings_keep_both_choices(qtbot: QtBot, rules: PassphraseRules, home: Path, capture: Capture) -> None:
    page = SettingsPage(Preferences(), home, rules, lambda present, new: new, capture)
    shown(qtbot, page)
    kept: list[Preferences] = []
    page.kept.connect(kept.append)
    page.minimised.click()
    page.captures.keep_out.click()
    assert kept[-1] == Preferences(lock_minimised=True, out_of_captures=False)
