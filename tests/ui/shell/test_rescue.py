"""The page for a damaged vault: the copy first, then what can be read, the report, and on to the new vault."""

import threading
from pathlib import Path
from typing import Any

import pytest
from names import cut, nameless, small
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from alliance_desktop.domain.backup_errors import BackupStoppedError
from alliance_desktop.domain.errors import KnownError, VaultExistsError
from alliance_desktop.domain.look import Appearance
from alliance_desktop.domain.salvage_errors import CopyAsideError
from alliance_desktop.domain.watch import Watch
from alliance_desktop.services.rescue import Copied, Report
from alliance_desktop.ui import theme
from alliance_desktop.ui.rescue_page import SAVED, RescuePage
from alliance_desktop.ui.window import MainWindow

WORDS = ["Saved: 2 clients and 9 notes.", "The record of these notes is lost:", "– Dana, 5 March 2026, Session note"]


class Told(Report):
    """A report with words of its own."""

    def words(self) -> list[str]:
        return WORDS


class Damaged:
    """A damaged vault that answers at once, or when it may."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.fault: KnownError | None = None
        self.unread = 0
        self.may_end = threading.Event()
        self.may_end.set()
        self.asked: list[Path] = []
        self.forgotten = 0

    def place_for_new(self) -> Path:
        return self.folder.with_name("My notes (recovered).vault")

    def copy_aside(self, watch: Watch) -> Copied:
        self._work(watch)
        return Copied(self.folder.with_name("My notes (copied).vault"), self.unread)

    def save(self, new_folder: Path, watch: Watch) -> Report:
        self.asked.append(new_folder)
        self._work(watch)
        counted: Any = None
        return Told(counted, counted, new_folder)

    def forget(self) -> None:
        self.forgotten += 1

    def _work(self, watch: Watch) -> None:
        while not self.may_end.wait(0.01):
            watch.at(0.5)
        watch.at(0.5)
        if self.fault is not None:
            raise self.fault


@pytest.fixture
def damaged(tmp_path: Path) -> Damaged:
    return Damaged(tmp_path / "My notes.vault")


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow, damaged: Damaged) -> RescuePage:
    made = RescuePage(damaged)
    window.show_page(made)
    qtbot.waitUntil(made.copy_button.hasFocus)
    return made


def press(qtbot: QtBot, page: RescuePage) -> None:
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not page.progress.is_busy)


def test_three_times_enter_copies_saves_and_opens(qtbot: QtBot, page: RescuePage, damaged: Damaged) -> None:
    press(qtbot, page)
    assert page.copied.text().endswith("My notes (copied).vault\N{POP DIRECTIONAL ISOLATE}.")
    assert page.save_button.hasFocus()
    press(qtbot, page)
    assert damaged.asked == [damaged.place_for_new()]
    assert page.findChild(QLabel, "rescue_report").text() == "\n".join(WORDS)
    assert page.findChild(QLabel, "rescue_page_title").text() == SAVED
    assert not page.copy_button.isVisible()
    assert page.open_button.hasFocus()
    with qtbot.waitSignal(page.opened) as opened:
        qtbot.keyClick(page.open_button, Qt.Key.Key_Return)
    assert opened.args == [damaged.place_for_new()]


def test_the_copy_is_offered_first_and_nobody_is_forced(qtbot: QtBot, page: RescuePage) -> None:
    page.save_button.click()
    qtbot.waitUntil(lambda: page.open_button.isVisible())


def test_what_the_disk_did_not_give_back_is_said(qtbot: QtBot, page: RescuePage, damaged: Damaged) -> None:
    damaged.unread = 4096
    press(qtbot, page)
    assert "did not give back 4,096 bytes" in page.copied.text()


@pytest.mark.parametrize("way", ["escape", "button"])
def test_saving_can_be_cancelled_and_started_again(qtbot: QtBot, page: RescuePage, damaged: Damaged, way: str) -> None:
    damaged.may_end.clear()
    page.save_button.click()
    assert page.progress.is_busy
    assert page.progress.stop_button.hasFocus()
    assert not page.back_button.isEnabled()
    if way == "escape":
        qtbot.keyClick(page, Qt.Key.Key_Escape)
    else:
        qtbot.keyClick(page.progress.stop_button, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not page.progress.is_busy)
    assert page.notice.sentence == BackupStoppedError.sentence
    damaged.may_end.set()
    page.save_button.click()
    qtbot.waitUntil(lambda: page.open_button.isVisible())


@pytest.mark.parametrize("fault", [CopyAsideError(), VaultExistsError()])
def test_a_fault_is_said_in_the_page(qtbot: QtBot, page: RescuePage, damaged: Damaged, fault: KnownError) -> None:
    damaged.fault = fault
    press(qtbot, page)
    assert page.notice.sentence == fault.sentence
    assert page.copy_button.isVisible()
    assert page.copy_button.hasFocus()


def test_a_folder_that_is_there_holds_the_new_vault(
    qtbot: QtBot, page: RescuePage, damaged: Damaged, tmp_path: Path
) -> None:
    (tmp_path / "stick").mkdir()
    page.place.set_folder(tmp_path / "stick")
    page.save_button.click()
    qtbot.waitUntil(lambda: bool(damaged.asked))
    assert damaged.asked == [tmp_path / "stick" / "My notes (recovered).vault"]
    qtbot.waitUntil(lambda: not page.progress.is_busy)


def test_no_place_is_asked_for(page: RescuePage, damaged: Damaged) -> None:
    page.place.edit.clear()
    page.save_button.click()
    assert "where the new vault" in page.notice.sentence
    assert damaged.asked == []


def test_the_ways_back(qtbot: QtBot, page: RescuePage, damaged: Damaged) -> None:
    with qtbot.waitSignal(page.closed):
        qtbot.keyClick(page, Qt.Key.Key_Escape)
    with qtbot.waitSignal(page.backup_asked):
        page.backup_button.click()
    page.leave()
    assert damaged.forgotten == 1


def test_leaving_stops_what_is_going_on(qtbot: QtBot, page: RescuePage, damaged: Damaged) -> None:
    damaged.may_end.clear()
    page.save_button.click()
    page.leave()
    qtbot.waitUntil(lambda: not page.progress.is_busy)
    assert not page.open_button.isVisible()


def test_the_report_is_copied_with_the_marks_that_keep_it_out_of_histories(qtbot: QtBot, page: RescuePage) -> None:
    page.save_button.click()
    qtbot.waitUntil(lambda: page.open_button.isVisible())
    page.report.copy_button.click()
    data = QApplication.clipboard().mimeData()
    assert data.text() == "\n".join(WORDS)
    assert "x-kde-passwordManagerHint" in data.formats()


@pytest.mark.parametrize("appearance", [Appearance.LIGHT, Appearance.DARK])
@pytest.mark.parametrize("scale", [100, 200])
def test_everything_has_its_name_and_room(qtbot: QtBot, page: RescuePage, appearance: Appearance, scale: int) -> None:
    theme.apply(appearance, scale)
    QApplication.processEvents()
    assert (nameless(page), small(page), cut(page)) == ([], [], [])
    page.save_button.click()
    qtbot.waitUntil(lambda: page.open_button.isVisible())
    QApplication.processEvents()
    assert (nameless(page), small(page), cut(page)) == ([], [], [])
