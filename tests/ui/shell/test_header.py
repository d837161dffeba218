"""The header: whose page it is, whole for the screen reader and short for the eye."""

import datetime

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from alliance_desktop.domain.errors import DiskFullError
from alliance_desktop.ui.header import Header, Shortened
from alliance_desktop.ui.save_state import DRAFT, SAVING, SaveState, not_saved, saved
from alliance_desktop.ui.theme import em
from alliance_desktop.ui.words import MOST_SHOWN, brief, isolated

LONG_NAME = "Maria Magdalena Theresia of the long family name " * 4
LONG_CODE = "2026-SCHOOL-EAST-0000000000000000-ABCDEF"


@pytest.fixture
def header(qtbot: QtBot) -> Header:
    """A header as wide as a narrow window."""
    made = Header()
    qtbot.addWidget(made)
    made.resize(600, 60)
    made.show()
    return made


def settle(header: Header, width: int = 600) -> None:
    header.resize(width, header.layout().totalHeightForWidth(width))
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
    assert header.name.seen.endswith("…")
    assert header.name.toolTip() == header.name.accessibleName() == LONG_NAME
    assert header.minimumSizeHint().width() < 600


def test_a_name_too_long_for_the_others_stands_whole_under_them(header: Header) -> None:
    name = "Anne-Sophie Vandenberghe-Kowalczyk of Przemyśl"
    link = QPushButton("To the timeline, or elsewhere")
    header.put_link(link)
    link.show()
    header.allow_back(True)
    header.show_client(name, "C-1")
    others = sum(one.sizeHint().width() for one in (header.back_button, header.code, link))
    settle(header, others + em(14))
    assert header.name.seen == name
    assert header.name.toolTip() == ""
    assert header.name.geometry().top() >= header.back_button.geometry().bottom()
    header.resize(1600, 60)
    settle(header, 1600)
    assert header.name.seen == name
    assert header.name.geometry().left() > header.back_button.geometry().right(), "beside them where there is room"
    header.show_client("Dana", "C-1")
    settle(header, 800)
    assert header.name.geometry().left() > header.back_button.geometry().right()


def test_what_finds_no_room_beside_the_others_stands_under_them(header: Header) -> None:
    link, state = QPushButton("To the timeline, or wherever else there is to go"), SaveState()
    header.put_link(link)
    link.show()
    state.show_words(saved(datetime.datetime(2026, 3, 10, 14, 3, tzinfo=datetime.UTC)))
    header.put_state(state)
    header.allow_back(True)
    header.show_client("Dana", "C-1")
    narrow = header.minimumSizeHint().width()
    assert narrow < link.sizeHint().width() + header.back_button.sizeHint().width() + state.sizeHint().width()
    settle(header, narrow + 40)
    QApplication.processEvents()
    settle(header, narrow + 40)
    for one in (link, state.parentWidget()):
        assert one.geometry().top() >= header.back_button.geometry().bottom()
        assert one.geometry().right() <= header.width()
    assert header.name.seen == "Dana"
    settle(header, 1600)
    for one in (link, state.parentWidget()):
        assert one.geometry().top() < header.back_button.geometry().bottom(), "beside them where there is room"
    assert link.geometry().right() < state.parentWidget().geometry().left()


def test_room_is_made_for_what_grows_and_nothing_moves_for_what_shrinks(header: Header) -> None:
    state = SaveState()
    state.show_words(DRAFT)
    header.put_state(state)
    header.show_client("Anne-Sophie Vandenberghe-Kowalczyk", "C-1")
    settle(header)

    def is_below() -> bool:
        QApplication.processEvents()
        settle(header)
        return header.name.geometry().top() >= state.parentWidget().geometry().bottom()

    assert not is_below()
    state.show_words(not_saved(DiskFullError()))
    assert is_below()
    assert header.name.seen == "Anne-Sophie Vandenberghe-Kowalczyk"
    state.show_words(SAVING)
    QApplication.processEvents()
    header.layout().activate()
    assert header.name.geometry().top() >= state.parentWidget().geometry().bottom()


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


def test_of_an_endless_name_no_more_is_measured_than_could_be_seen(
    header: Header, monkeypatch: pytest.MonkeyPatch
) -> None:
    endless = "n" * 200_000
    measured: list[int] = []
    wrapped = Shortened._wrapped

    def watch(one: Shortened, words: str, width: int) -> QRect:
        measured.append(len(words))
        return wrapped(one, words, width)

    monkeypatch.setattr(Shortened, "_wrapped", watch)
    header.show_client(endless, f"{endless}-end")
    settle(header)
    assert 0 < max(measured) <= MOST_SHOWN + 2
    assert header.name.seen.startswith("nnn")
    assert header.name.seen.endswith("…")
    assert header.code.seen.endswith("-end")
    assert header.name.accessibleName() == endless, "a screen reader has the whole of it"
    assert isolated(endless) in header.name.text()


@pytest.mark.parametrize("text", ["Dana", "n" * MOST_SHOWN, "n" * 200_000])
def test_a_text_is_cut_only_far_beyond_what_a_line_shows(text: str) -> None:
    for whole in (text, isolated(text)):
        short = brief(whole)
        assert short == whole or (len(whole) > MOST_SHOWN and len(short) <= MOST_SHOWN + 2)
        assert short[-1] == whole[-1] or short[-1] == "…", "what began a direction of its own ends it"
