"""Days of a period are typed as they come to mind, and typing over a day that stands there replaces it."""

import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from alliance_desktop.domain.periods import Span
from alliance_desktop.ui.fields.context import Context
from alliance_desktop.ui.period_choice import PeriodChoice
from alliance_desktop.ui.timeline_sieve import TimelineSieve

TODAY = datetime.date(2026, 3, 10)
EARLY, LATE = datetime.date(2026, 1, 9), datetime.date(2026, 2, 3)


@pytest.fixture
def choice(qtbot: QtBot) -> PeriodChoice:
    made = PeriodChoice("hours", "Count the hours of", Span, lambda: TODAY)
    qtbot.addWidget(made)
    return made


@pytest.mark.parametrize("days", [(EARLY, LATE), (LATE, EARLY)])
def test_a_period_typed_the_wrong_way_round_is_the_same_period(
    choice: PeriodChoice, days: tuple[datetime.date, datetime.date]
) -> None:
    choice.choose(Span.OWN, *days)
    assert choice.period == (EARLY, LATE)


@pytest.mark.parametrize("days", [("9 January 2026", "3 February 2026"), ("3 February 2026", "9 January 2026")])
def test_a_timeline_is_narrowed_down_whichever_way_round(qtbot: QtBot, days: tuple[str, str]) -> None:
    sieve = TimelineSieve(Context(today=lambda: TODAY, now=datetime.time), ())
    qtbot.addWidget(sieve)
    for box, typed in zip((sieve.first, sieve.last), days, strict=True):
        box.box.replace(typed)
    assert (sieve.sift.first, sieve.sift.last) == (EARLY, LATE)


def test_a_day_that_stands_there_is_typed_over_by_who_comes_by_tab(choice: PeriodChoice, qtbot: QtBot) -> None:
    choice.choose(Span.OWN, EARLY, LATE)
    choice.show()
    choice.activateWindow()
    first = choice.first.box
    first.setFocus(Qt.FocusReason.OtherFocusReason)
    qtbot.waitUntil(first.hasFocus)
    assert not first.textCursor().hasSelection(), "the control: only by the keyboard"
    choice.span.setFocus()
    first.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClicks(QApplication.focusWidget(), "1 Mar 2026")
    assert first.text() == "1 Mar 2026"
    first.selectAll()
    choice.span.setFocus()
    assert not first.textCursor().hasSelection()
