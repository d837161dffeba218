"""What waits for the first picture of the window, and the look that is put on before it."""

import traceback
from collections.abc import Iterator

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from alliance_desktop.ui import first_picture, theme
from alliance_desktop.ui.colours import DARK, LIGHT
from alliance_desktop.ui.page import Page
from alliance_desktop.ui.window import MainWindow

GREY, NEARLY_BLACK = "#efefef", "#202020"


@pytest.fixture
def waiting() -> Iterator[None]:
    """A start whose first picture is not on screen yet."""
    first_picture.wait()
    yield
    first_picture.come()


@pytest.fixture
def own_look(qapp: QApplication) -> Iterator[QApplication]:
    """An application whose look is its own again afterwards."""
    before = qapp.palette()
    yield qapp
    qapp.setPalette(before)
    theme.apply()


def test_what_waits_is_done_in_order_and_once() -> None:
    done: list[str] = []
    first_picture.after(lambda: done.append("at once"))
    first_picture.wait()
    first_picture.after(lambda: done.append("first"))
    first_picture.after(lambda: first_picture.after(lambda: done.append("asked for meanwhile")))
    assert done == ["at once"]
    first_picture.come()
    first_picture.come()
    assert done == ["at once", "first", "asked for meanwhile"]


def test_a_fault_takes_nothing_else_with_it_and_is_told(qtbot: QtBot) -> None:
    done: list[str] = []
    first_picture.wait()
    for act in (_breaks, lambda: done.append("first"), _breaks, lambda: done.append("last")):
        first_picture.after(act)
    with qtbot.captureExceptions() as told:
        first_picture.come()
        assert done == ["first", "last"]
        qtbot.waitUntil(lambda: len(told) == 2)
    assert {kind for kind, _, _ in told} == {ZeroDivisionError}
    assert all(_breaks.__name__ in {one.name for one in traceback.extract_tb(trace)} for _, _, trace in told)


def _breaks() -> None:
    raise ZeroDivisionError


@pytest.mark.usefixtures("waiting")
def test_a_window_is_whole_after_its_first_picture(qtbot: QtBot) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    assert "actions" not in vars(window.menus)
    assert "ring" not in vars(window)
    first_picture.come()
    assert window.menus.actions["quit"].isEnabled()
    assert not window.menus.actions["lock"].isEnabled()
    assert "ring" in vars(window)


@pytest.mark.usefixtures("waiting")
def test_what_is_allowed_before_holds_after(qtbot: QtBot) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    window.menus.allow_only(frozenset({"hide"}))
    first_picture.come()
    assert {id for id, one in window.menus.actions.items() if one.isEnabled()} == {"hide"}


@pytest.mark.usefixtures("waiting")
def test_a_page_that_went_before_the_picture_is_no_fault(qtbot: QtBot) -> None:
    page = Page("Gone", "gone")
    page.deleteLater()
    with qtbot.waitSignal(page.destroyed):
        pass
    first_picture.come()


@pytest.mark.parametrize(("window", "first"), [(GREY, LIGHT), (NEARLY_BLACK, DARK)])
@pytest.mark.usefixtures("waiting")
def test_the_first_look_is_that_of_the_computer(own_look: QApplication, window: str, first: object) -> None:
    own_look.setPalette(QPalette(QColor(window)))
    theme.apply_at_first()
    assert theme.colours() == first
    first_picture.come()
    assert theme.colours() == LIGHT, "what the computer says counts more than its window colour"


@pytest.mark.parametrize("window", ["#ffffff", "#000000"])
@pytest.mark.usefixtures("waiting")
def test_pure_black_and_white_may_be_high_contrast_and_are_asked_about(own_look: QApplication, window: str) -> None:
    own_look.setPalette(QPalette(QColor(window)))
    theme.apply_at_first()
    assert theme.colours() == LIGHT, "this computer has no high contrast"


@pytest.mark.usefixtures("waiting")
def test_a_look_that_was_chosen_meanwhile_stays(own_look: QApplication) -> None:
    own_look.setPalette(QPalette(QColor(GREY)))
    theme.apply_at_first()
    theme.apply(theme.Appearance.DARK)
    first_picture.come()
    assert theme.colours() == DARK
