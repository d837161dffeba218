"""A bar that says what happened: made when it speaks first, and reached by Tab where it stands all the same."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from alliance_desktop.ui.notice import Notice
from alliance_desktop.ui.parts import button


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    """A page with a bar between two buttons, which has said nothing yet."""
    made = QWidget()
    qtbot.addWidget(made)
    column = QVBoxLayout(made)
    for one in (button("Before", "before"), Notice("told", "Undo", closes=True), button("After", "after")):
        column.addWidget(one)
    made.show()
    return made


def told(page: QWidget) -> Notice:
    """Return the bar."""
    found = page.findChild(Notice, "told")
    assert isinstance(found, Notice)
    return found


def stops(page: QWidget, qtbot: QtBot) -> list[str]:
    """Return what the keyboard stops at, from the first button until it comes round."""
    first = page.findChild(QPushButton, "before")
    assert first is not None
    first.setFocus()
    names = []
    while not names or names[-1] != "after":
        at_hand = page.focusWidget()
        assert at_hand is not None
        names.append(at_hand.objectName())
        qtbot.keyClick(at_hand, Qt.Key.Key_Tab)
    return names


def test_what_never_speaks_is_empty_and_in_nobodys_way(page: QWidget, qtbot: QtBot) -> None:
    assert not told(page).findChildren(QWidget)
    told(page).clear()
    assert told(page).sentence == ""
    assert stops(page, qtbot) == ["before", "after"]


def test_tab_reaches_a_bar_that_speaks_where_it_stands(page: QWidget, qtbot: QtBot) -> None:
    told(page).say("Put away.", "It stays for 30 days.")
    assert stops(page, qtbot) == ["before", "told_action", "told_close", "after"]
    assert not told(page).focusPolicy(), "the bar itself is no stop"


def test_an_action_that_is_not_offered_is_not_there_whenever_that_was_said(page: QWidget, qtbot: QtBot) -> None:
    told(page).offer(False)
    told(page).say("The notes are damaged.")
    assert stops(page, qtbot) == ["before", "told_close", "after"]
    told(page).offer(True)
    assert stops(page, qtbot) == ["before", "told_action", "told_close", "after"], "the control"
