"""Saving by itself: soon after a pause, never much later, and loudly when it fails."""

import datetime
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from alliance_desktop.domain.answers import Answers
from alliance_desktop.domain.errors import DiskFullError, KnownError
from alliance_desktop.ui.autosave import Autosave, Times
from alliance_desktop.ui.card_editor import CardEditor
from alliance_desktop.ui.save_state import SaveState, Saving

OpenCard = Callable[..., CardEditor]
NEVER = 3_600_000
NINE = datetime.datetime(2026, 5, 12, 9, 42, tzinfo=datetime.UTC)


class Disk:
    """Keeps what is saved, or has no room, or breaks."""

    def __init__(self) -> None:
        self.full = False
        self.fault: Exception | None = None
        self.written: list[Answers] = []

    def save(self, answers: Answers) -> None:
        if self.full:
            raise DiskFullError
        if self.fault is not None:
            raise self.fault
        self.written.append(answers)


class Desk:
    """A card with its autosave, the disk beneath, a clock to turn, and what was said aloud."""

    def __init__(self, editor: CardEditor, times: Times) -> None:
        self.editor = editor
        self.disk = Disk()
        self.now = NINE
        self.said: list[tuple[str, bool]] = []
        self.autosave = Autosave(
            editor,
            self.disk.save,
            lambda: self.now,
            times=times,
            say=lambda _, words, urgent: self.said.append((words, urgent)),
        )
        self.shown = SaveState()
        self.autosave.show_in(self.shown)

    def type(self, words: str) -> None:
        QTest.keyClicks(self.editor.fields["words"].stops()[0], words)


@pytest.fixture
def desk(open_card: OpenCard, qtbot: QtBot) -> Callable[..., Desk]:
    def make(**times: int) -> Desk:
        made = Desk(
            open_card(answers={"spoke": True}), Times(**{"pause": NEVER, "longest": NEVER, "retry": NEVER, **times})
        )
        qtbot.addWidget(made.shown)
        return made

    return make


def at(time: datetime.datetime) -> str:
    return f"Saved {time.astimezone():%H:%M}"


def test_a_pause_writes_all_answers_of_the_card(desk: Callable[..., Desk], qtbot: QtBot) -> None:
    one = desk(pause=1)
    assert one.shown.words == "Draft"
    one.type("quiet")
    assert one.shown.words == "Saving…"
    qtbot.waitUntil(lambda: bool(one.disk.written))
    assert one.disk.written[-1] == {"spoke": True, "words": "quiet"}
    assert one.shown.words == at(NINE)
    assert not one.autosave.dirty


def test_typing_without_a_pause_is_written_all_the_same(desk: Callable[..., Desk], qtbot: QtBot) -> None:
    one = desk(longest=20)

    def type_on() -> bool:
        one.type("a")
        return bool(one.disk.written)

    qtbot.waitUntil(type_on)
    assert one.disk.written


def test_nothing_is_written_before_its_time_and_flush_does_not_wait(desk: Callable[..., Desk]) -> None:
    one = desk()
    one.type("quiet")
    assert one.disk.written == []
    assert one.autosave.flush()
    assert one.autosave.flush()
    assert len(one.disk.written) == 1


def test_leaving_the_card_writes(desk: Callable[..., Desk], qtbot: QtBot) -> None:
    one = desk()
    one.editor.focus("words")
    one.type("quiet")
    elsewhere = QWidget()
    elsewhere.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    qtbot.addWidget(elsewhere)
    elsewhere.show()
    elsewhere.activateWindow()
    elsewhere.setFocus()
    qtbot.waitUntil(lambda: bool(one.disk.written))


def test_moving_within_the_card_does_not_write(desk: Callable[..., Desk], qtbot: QtBot) -> None:
    one = desk()
    one.editor.focus("words")
    one.type("quiet")
    one.editor.focus("name")
    assert one.disk.written == []


def test_a_full_disk_is_said_at_once_and_the_text_stays(desk: Callable[..., Desk]) -> None:
    one = desk()
    one.disk.full = True
    one.type("quiet")
    assert not one.autosave.flush()
    assert one.autosave.dirty
    assert one.shown.words == "Not saved – disk full"
    assert one.autosave.state.state is Saving.NOT_SAVED
    assert [urgent for _, urgent in one.said] == [True]
    assert not one.shown.findChild(QPushButton, "save_try_again").isHidden()
    one.type(" still")
    assert not one.autosave.flush()
    assert len(one.said) == 1
    assert one.shown.words == "Not saved – disk full"
    assert one.editor.answers()["words"] == "quiet still"


def test_it_resumes_by_itself_once_there_is_room(desk: Callable[..., Desk], qtbot: QtBot) -> None:
    one = desk(retry=1)
    one.disk.full = True
    one.type("quiet")
    one.autosave.flush()
    one.disk.full = False
    qtbot.waitUntil(lambda: not one.autosave.dirty)
    assert one.disk.written == [{"spoke": True, "words": "quiet"}]
    assert one.shown.words == at(NINE)
    assert one.shown.findChild(QPushButton, "save_try_again").isHidden()


def test_try_again_says_the_failure_again_and_copy_gives_the_text(desk: Callable[..., Desk], qtbot: QtBot) -> None:
    one = desk()
    one.disk.full = True
    one.type("quiet")
    one.autosave.flush()
    one.shown.findChild(QPushButton, "save_try_again").click()
    assert [urgent for _, urgent in one.said] == [True, True]
    with qtbot.waitSignal(one.autosave.copied):
        one.shown.findChild(QPushButton, "save_copy_text").click()
    assert "quiet" in QGuiApplication.clipboard().text()


def test_success_is_said_at_most_once_a_minute(desk: Callable[..., Desk]) -> None:
    one = desk()
    for seconds in (0, 30, 59, 61, 62):
        one.now = NINE + datetime.timedelta(seconds=seconds)
        one.type("a")
        one.autosave.flush()
    assert one.said == [(at(NINE), False), (at(NINE + datetime.timedelta(seconds=61)), False)]


def test_a_fault_that_is_a_bug_is_not_swallowed(open_card: OpenCard) -> None:
    def save(answers: Answers) -> None:
        raise ZeroDivisionError

    editor = open_card()
    autosave = Autosave(editor, save, lambda: NINE)
    QTest.keyClicks(editor.fields["words"].stops()[0], "a")
    with pytest.raises(ZeroDivisionError):
        autosave.flush()
    assert autosave.dirty
    autosave.stop()


def test_a_reason_without_a_short_name_is_said_in_its_own_words(open_card: OpenCard) -> None:
    def save(answers: Answers) -> None:
        raise KnownError("The moon is in the way.")

    editor = open_card()
    autosave = Autosave(editor, save, lambda: NINE)
    QTest.keyClicks(editor.fields["words"].stops()[0], "a")
    autosave.flush()
    assert autosave.state.words == "Not saved – The moon is in the way"


def test_an_opened_note_begins_with_when_it_was_saved(open_card: OpenCard) -> None:
    autosave = Autosave(open_card(), lambda answers: None, lambda: NINE, saved_at=NINE)
    assert autosave.state.words == at(NINE)
    assert autosave.flush()


def test_a_stopped_autosave_writes_nothing_more(desk: Callable[..., Desk]) -> None:
    one = desk()
    one.autosave.stop()
    one.type("quiet")
    assert one.autosave.flush()
    assert one.disk.written == []


def test_a_fault_nobody_foresaw_is_not_left_at_saving_and_goes_on_to_the_hook(desk: Callable[..., Desk]) -> None:
    one = desk()
    one.disk.fault = OverflowError("date value out of range")
    one.type("quiet")
    with pytest.raises(OverflowError):
        one.autosave.flush()
    assert one.autosave.dirty
    assert one.shown.words == "Not saved – a fault of the program"
    assert [urgent for _, urgent in one.said] == [True]
    assert not one.shown.findChild(QPushButton, "save_copy_text").isHidden()
    one.disk.fault = None
    assert one.autosave.flush()
    assert one.shown.words == at(NINE)
