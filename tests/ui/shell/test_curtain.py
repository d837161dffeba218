"""The old window stays on screen until the fresh one is painted: only on X11, and only what X11 is asked for."""

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from alliance_desktop.ui import curtain
from alliance_desktop.ui.curtain import Curtain, go_after_all, leave_standing

Asked = list[tuple[str, int, int]]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Asked:
    """A screen of X11, and what it was asked for."""
    asked: Asked = []
    monkeypatch.setattr(curtain, "_connection", lambda: 7)
    monkeypatch.setattr(curtain, "_ask", lambda what, connection, value: asked.append((what, connection, value)))
    return asked


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def test_a_window_outlives_its_process_and_may_go_with_it_after_all(asked: Asked, window: QWidget) -> None:
    assert leave_standing(window) == 0, "one that nobody sees is not kept"
    window.show()
    assert leave_standing(window) == int(window.winId())
    go_after_all()
    assert asked == [("xcb_set_close_down_mode", 7, 1), ("xcb_set_close_down_mode", 7, 0)]


def test_it_is_taken_away_once_the_fresh_window_is_painted(qtbot: QtBot, asked: Asked, window: QWidget) -> None:
    Curtain(window, 4194311)
    qtbot.wait(1)
    assert asked == []
    window.show()
    window.repaint()
    window.repaint()
    qtbot.waitUntil(lambda: asked != [])
    assert asked == [("xcb_kill_client", 7, 4194311)]


def test_without_an_old_window_nothing_is_taken_away(qtbot: QtBot, asked: Asked, window: QWidget) -> None:
    Curtain(window, 0)
    window.show()
    window.repaint()
    qtbot.wait(1)
    assert asked == []


def test_other_systems_are_asked_for_nothing(window: QWidget, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(curtain, "_ask", lambda *_: pytest.fail("nothing is to be asked"))
    window.show()
    assert leave_standing(window) == 0
    go_after_all()
    Curtain(window, 7)
    window.repaint()
