"""Bars inside a page."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QScrollArea
from pytestqt.qtbot import QtBot

from alliance_desktop.domain.errors import DiskFullError
from alliance_desktop.ui.bars import Bar, Bars


@pytest.fixture
def bars(qtbot: QtBot) -> Iterator[Bars]:
    bars = Bars()
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setWidget(bars)
    qtbot.addWidget(area)
    with qtbot.waitExposed(area):
        area.show()
    yield bars
    area.close()


def test_a_verb_does_its_work_and_takes_the_bar_away(bars: Bars) -> None:
    done: list[str] = []
    bar = bars.show_bar("Status changed to Mended.", [("Undo", lambda: done.append("undone"))])
    assert bar.accessibleName() == "Status changed to Mended."
    undo = bar.findChild(QPushButton, "bar_action_1")
    assert (undo.text(), undo.accessibleName()) == ("Undo", "Undo")
    undo.click()
    assert done == ["undone"]
    assert bars.messages() == []


def test_an_error_says_its_next_step_and_a_newer_one_takes_its_place(bars: Bars) -> None:
    first = bars.show_error(DiskFullError())
    assert first.urgent
    assert "Free some space" in first.message
    bars.show_error(DiskFullError("Not saved again."))
    assert len(bars.messages()) == 1
    assert bars.messages()[0].startswith("Not saved again.")


def test_bars_of_other_names_stand_side_by_side_and_escape_closes_one(bars: Bars, qtbot: QtBot) -> None:
    bars.show_bar("Recovered, 14:03", name="recovered")
    bar = bars.show_bar("Locking soon", name="soon")
    with qtbot.waitSignal(bar.closed):
        QTest.keyClick(bar.findChild(QPushButton, "soon_close"), Qt.Key.Key_Escape)
    assert bars.messages() == ["Recovered, 14:03"]


def test_long_messages_wrap_instead_of_being_cut(qtbot: QtBot) -> None:
    bar = Bar("A long sentence with many words in it. " * 8, [("Try again", lambda: None)])
    qtbot.addWidget(bar)
    assert bar.hasHeightForWidth() or bar.layout().hasHeightForWidth()
    assert bar.layout().heightForWidth(300) > bar.layout().heightForWidth(900)
