"""The header: whose page it is, whole for the screen reader and short for the eye."""

import datetime

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from alliance_desktop.ui.header import Header
from alliance_desktop.ui.save_state import DRAFT, SAVING, SaveState, saved
from alliance_desktop.ui.words import isolated

LONG_NAME = "Maria Magdalena Theresia of the long family name " * 4
LONG_CODE = "2026-SCHOOL-EAST-0000000000000000-ABCDEF"


@pytest.fixture
def header(qtbot: QtBot) -> Header:
    """A header as wide as a narrow window."""
    made = Header(sample=False)
    qtbot.addWidget(made)
    made.resize(600, 60)
    made.show()
    return made


def settle(header: Header) -> None:
    header.resize(600, header.layout().totalHeightForWidth(600))
    header.layout().activate()


def test_a_short_name_and_code_are_seen_whole(header: Header) -> None:
    header.show_client("Dana", "C-1")
    settle(header)
    assert (header.name.seen, header.code.seen) == ("Dana", "C-1")
    assert header.name.toolTip() == header.code.toolTip() == ""


def test_a_long_code_keeps_both_its_ends_and_is_told_whole(header: Header) -> None:
    header.show_client("Dana", LONG_CODE)
    settle(header)
    assert header.code.seen.startswith("2026")
    assert header.code.seen.endswith("DEF")
    assert "…" in header.code.seen
    assert header.code.toolTip() == header.code.accessibleName() == LONG_CODE
    assert header.name.seen == "Dana"


def test_a_long_name_takes_two_lines_and_no_more(header: Header) -> None:
    header.show_client("Dana", "C-1")
    settle(header)
    one = header.name.heightForWidth(300)
    header.show_client(LONG_NAME, "C-1")
    settle(header)
    assert one < header.name.heightForWidth(300) <= 2 * one + 2
    assert "…" in header.name.seen
    assert header.name.toolTip() == LONG_NAME
    assert header.minimumSizeHint().width() < 600


def test_a_name_is_spoken_without_the_marks_of_its_direction(header: Header) -> None:
    header.show_client("محمد", "C-1")
    assert header.name.text() == isolated("محمد")
    assert QAccessible.queryAccessibleInterface(header.name).text(QAccessible.Text.Name) == "محمد"


def test_an_untouched_card_says_nothing_of_saving_to_the_eye(qtbot: QtBot) -> None:
    state = SaveState()
    qtbot.addWidget(state)
    state.show_words(DRAFT)
    state.show()
    parts = [one for one in state.findChildren(QWidget) if one.isVisible()]
    assert [one.text() for one in parts if hasattr(one, "text")] == [""]
    assert state.accessibleName() == state.words == "Draft"
    state.show_words(SAVING)
    assert state.words == "Saving…"
    assert len([one for one in state.findChildren(QWidget) if one.isVisible()]) == 2
    state.show_words(saved(datetime.datetime.now(datetime.UTC)))
    assert state.words.startswith("Saved ")
