"""A whole number: figures are taken, everything else is kept and said to be none."""

from collections.abc import Callable

import pytest
from card_cases import form_of, question
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from alliance_desktop.domain.form import Column, Form, Kind, is_answered
from alliance_desktop.domain.shown import shown
from alliance_desktop.ui.card_editor import CardEditor
from alliance_desktop.ui.fields.textbox import TextBox

OpenCard = Callable[..., CardEditor]
MINUTES = question("minutes", Kind.NUMBER, most=600)
ROWS = question(
    "hours",
    Kind.ROWS,
    columns=(Column(key="what", kind="line", label="What"), Column(key="n", kind="number", label="N")),
)


@pytest.fixture
def form() -> Form:
    return form_of(MINUTES, ROWS, enough=(("minutes",),))


def box_of(editor: CardEditor, name: str = "minutes") -> TextBox:
    found = editor.findChild(TextBox, name)
    assert found is not None
    return found


def said(editor: CardEditor, name: str = "minutes_notice") -> str:
    found = editor.findChild(QLabel, name)
    assert found is not None
    return "" if found.isHidden() else found.text()


@pytest.mark.parametrize(("typed", "stored"), [("50", 50), ("0", 0), (" 600 ", 600), ("007", 7), ("٥٠", 50)])
def test_figures_are_a_number(open_card: OpenCard, form: Form, typed: str, stored: int) -> None:
    editor = open_card(form)
    QTest.keyClicks(box_of(editor), "1")
    box_of(editor).replace(typed)
    assert editor.answers() == {"minutes": stored}
    assert form.card("card").is_enough(editor.answers())
    assert said(editor) == ""


@pytest.mark.parametrize("typed", ["fifty", "601", "9" * 5000, "-5", "5.5", "1e3", "5 0", "50 min", "²", "0x10"])
def test_what_is_no_number_is_kept_and_said_and_is_no_answer(open_card: OpenCard, form: Form, typed: str) -> None:
    editor = open_card(form)
    box_of(editor).replace(typed)
    assert "whole number" in said(editor)
    assert "600" in said(editor)
    stored = editor.answers()
    assert stored == {"minutes": {"text": typed}}
    assert not is_answered(MINUTES, stored["minutes"])
    assert shown(form, MINUTES, stored["minutes"]) == ""
    again = open_card(form, answers=stored)
    assert box_of(again).text() == typed
    assert "whole number" in said(again)
    assert again.answers() == stored


def test_an_empty_box_is_no_answer_and_nought_is_one(open_card: OpenCard, form: Form) -> None:
    editor = open_card(form, answers={"minutes": 0})
    assert box_of(editor).text() == "0"
    assert editor.answers() == {"minutes": 0}
    box_of(editor).replace("  ")
    assert editor.answers() == {}
    assert said(editor) == ""


def test_pasted_lines_do_not_make_one_number_of_two(open_card: OpenCard, form: Form) -> None:
    editor = open_card(form)
    mime = QMimeData()
    mime.setText("5\n0")
    box_of(editor).insertFromMimeData(mime)
    assert editor.answers() == {"minutes": {"text": "5 0"}}


def test_no_key_and_no_wheel_changes_a_number_by_accident(open_card: OpenCard, form: Form) -> None:
    editor = open_card(form, answers={"minutes": 50})
    box = box_of(editor)
    box.setFocus()
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_Return):
        QTest.keyClick(box, key)
    middle, none = QPointF(box.rect().center()), Qt.MouseButton.NoButton
    wheel = QWheelEvent(
        middle, QPointF(box.mapToGlobal(box.rect().center())), QPoint(), QPoint(0, 120), none,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(box.viewport(), wheel)
    assert editor.answers() == {"minutes": 50}


def test_the_box_says_what_it_takes_before_anything_is_typed(open_card: OpenCard, form: Form) -> None:
    box = box_of(open_card(form))
    assert box.accessibleName() == "Label of minutes?"
    assert "from 0 to 600" in box.accessibleDescription()


def test_a_read_only_number_stays(open_card: OpenCard, form: Form) -> None:
    editor = open_card(form, answers={"minutes": 50})
    editor.set_read_only(True)
    QTest.keyClicks(box_of(editor), "1")
    assert editor.answers() == {"minutes": 50}


def test_a_number_in_a_row_comes_back_and_is_said_beneath(open_card: OpenCard, form: Form, qtbot: QtBot) -> None:
    editor = open_card(form, answers={"hours": [{"what": "First", "n": 3}, {"n": {"text": "some"}}]})
    assert editor.answers() == {"hours": [{"what": "First", "n": 3}, {"n": {"text": "some"}}]}
    assert "whole number" in said(editor, "hours_n_2_notice")
    assert said(editor, "hours_n_1_notice") == ""
    with qtbot.waitSignal(editor.edited):
        box_of(editor, "hours_n_2").replace("12")
    assert editor.answers()["hours"][1] == {"n": 12}
    assert said(editor, "hours_n_2_notice") == ""
    assert shown(form, ROWS, editor.answers()["hours"]) == "First · 3\n12"
