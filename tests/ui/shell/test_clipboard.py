"""Whatever the program copies is marked, cleared in time and at the lock; what others copied is left alone."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from alliance_desktop.ui.clipboard import COPIED_SECONDS, OwnClipboard
from alliance_desktop.ui.covering import clear_own_clipboard
from alliance_desktop.ui.fields.pasted import is_kept_out
from alliance_desktop.ui.fields.textbox import TextBox

MARKS = (
    "x-kde-passwordManagerHint",
    "application/x-nspasteboard-concealed-type",
    "ExcludeClipboardContentFromMonitorProcessing",
    "CanIncludeInClipboardHistory",
)
Ours = Callable[[bool], None]


@pytest.fixture
def ours(monkeypatch: pytest.MonkeyPatch) -> Iterator[Ours]:
    """Says whose the clipboard is, which the screenless platform cannot tell."""

    def say(on: bool) -> None:
        monkeypatch.setattr(QClipboard, "ownsClipboard", lambda _clipboard: on)

    say(True)
    QGuiApplication.clipboard().clear()
    yield say
    QGuiApplication.clipboard().clear()


def copied_from_a_line(qtbot: QtBot, text: str) -> None:
    edit = QLineEdit(text)
    qtbot.addWidget(edit)
    edit.selectAll()
    edit.copy()


def copied_from_a_box(qtbot: QtBot, text: str) -> None:
    box = TextBox()
    qtbot.addWidget(box)
    box.fill(text)
    box.selectAll()
    box.copy()


@pytest.mark.parametrize("copy", [copied_from_a_line, copied_from_a_box])
def test_a_copy_is_marked_and_gone_after_a_while(qtbot: QtBot, ours: Ours, copy: Callable[[QtBot, str], None]) -> None:
    watch = OwnClipboard(seconds=0.05)
    copy(qtbot, "heronsong")
    clipboard = QGuiApplication.clipboard()
    assert clipboard.text() == "heronsong"
    assert [clipboard.mimeData().hasFormat(one) for one in MARKS] == [True] * 4
    assert watch.waits
    qtbot.waitUntil(lambda: clipboard.text() == "")
    assert not watch.waits


def test_without_the_watch_a_line_copies_unmarked_for_ever(qtbot: QtBot, ours: Ours) -> None:
    """The control: this is what Qt does by itself."""
    copied_from_a_line(qtbot, "heronsong")
    assert not is_kept_out(QGuiApplication.clipboard().mimeData())


def test_a_second_copy_starts_the_time_anew(qtbot: QtBot, ours: Ours) -> None:
    watch = OwnClipboard()
    assert watch._timer.interval() == COPIED_SECONDS * 1000 == 30_000
    copied_from_a_box(qtbot, "first")
    watch._timer.setInterval(60_000)
    copied_from_a_line(qtbot, "second")
    assert watch._timer.remainingTime() > 55_000


def test_what_others_copied_stays(qtbot: QtBot, ours: Ours) -> None:
    watch = OwnClipboard(seconds=0.05)
    copied_from_a_box(qtbot, "heronsong")
    ours(False)
    QGuiApplication.clipboard().setText("a shopping list")
    assert not watch.waits
    clear_own_clipboard()
    assert QGuiApplication.clipboard().text() == "a shopping list"
    ours(True)
    clear_own_clipboard()
    assert QGuiApplication.clipboard().text() == ""


def test_a_selection_is_taken_back_in_the_same_turn(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    watch = OwnClipboard()
    taken: list[QClipboard.Mode] = []
    monkeypatch.setattr(QClipboard, "supportsSelection", lambda _clipboard: True)
    monkeypatch.setattr(QClipboard, "ownsSelection", lambda _clipboard: not taken)
    monkeypatch.setattr(QClipboard, "clear", lambda _clipboard, mode: taken.append(mode))
    QGuiApplication.clipboard().selectionChanged.emit()
    assert taken == [QClipboard.Mode.Selection]
    QGuiApplication.clipboard().selectionChanged.emit()
    assert taken == [QClipboard.Mode.Selection], "another program's selection is left alone"
    assert not watch.waits
