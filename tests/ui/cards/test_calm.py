"""What keeps a card calm: nothing jumps, and nothing is asked that is over."""

from collections.abc import Callable

import pytest
from card_cases import EVERY_KIND, form_of, question
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from alliance_desktop.domain.answers import chosen
from alliance_desktop.domain.form import Kind
from alliance_desktop.domain.look import Appearance
from alliance_desktop.ui import theme
from alliance_desktop.ui.card_editor import CardEditor
from alliance_desktop.ui.fields.options import OptionRadio, OptionTick
from alliance_desktop.ui.fields.place import scroll_area_of

OpenCard = Callable[..., CardEditor]


def top_of(widget: QWidget, within: QWidget) -> int:
    return widget.mapTo(within, QPoint(0, 0)).y()


def test_a_question_with_a_note_says_so_and_one_without_does_not(open_card: OpenCard) -> None:
    editor = open_card()
    assert "F1 explains." in editor.fields["name"].stops()[0].accessibleDescription()
    assert "F1" not in editor.fields["words"].stops()[0].accessibleDescription()
    why = editor.findChild(QPushButton, "name_note")
    assert (why.text(), why.accessibleName(), why.toolTip()) == ("Why?", "Why? Label of name?", "F1")


def test_nothing_moves_when_a_choice_is_made_and_taken_back(open_card: OpenCard) -> None:
    editor = open_card()
    below = editor.fields["many_of"]
    QApplication.processEvents()
    before = top_of(below, editor)
    radio = editor.findChild(OptionRadio, "one_of_one")
    radio.click()
    clear = editor.findChild(QPushButton, "one_of_clear")
    assert clear.isVisible()
    assert top_of(below, editor) == before
    assert clear.height() == radio.height()
    radio.setFocus()
    QTest.keyClick(radio, Qt.Key.Key_Delete)
    assert not clear.isVisible()
    assert "one_of" not in editor.answers()
    assert top_of(below, editor) == before


def test_a_finished_card_shows_its_answers_and_the_rest_when_asked(open_card: OpenCard) -> None:
    editor = open_card(answers={"words": "done", "later": "told later"})
    unanswered = editor.findChild(QPushButton, "card_unanswered")
    assert not unanswered.isVisible()
    editor.set_read_only(True)
    seen = {key for key, field in editor.fields.items() if field.isVisible()}
    assert seen == {"who", "words", "later"}
    assert not editor.findChild(QLabel, "card_legend").isVisible()
    assert not editor.findChild(QPushButton, "more_2").isVisible()
    unanswered.click()
    assert unanswered.text() == unanswered.accessibleName() == "Hide unanswered questions"
    assert editor.fields["one_of"].isVisible()
    assert editor.findChild(QPushButton, "more_2").isVisible()
    unanswered.click()
    assert not editor.fields["one_of"].isVisible()
    assert editor.answers() == {"words": "done", "later": "told later"}


def test_a_finished_card_that_is_all_answered_has_nothing_to_show(open_card: OpenCard) -> None:
    editor = open_card(form_of(question("words", Kind.PROSE)), answers={"words": "done"})
    editor.set_read_only(True)
    assert not editor.findChild(QPushButton, "card_unanswered").isVisible()


def test_a_card_that_may_be_written_again_asks_everything(open_card: OpenCard) -> None:
    editor = open_card(answers={"words": "done"})
    editor.set_read_only(True)
    editor.set_read_only(False)
    assert editor.fields["one_of"].isVisible()
    assert not editor.findChild(QPushButton, "card_unanswered").isVisible()


@pytest.mark.parametrize("key", ["on", "agreed_by_1"])
def test_a_day_and_its_calendar_stand_in_one_line(open_card: OpenCard, key: str) -> None:
    editor = open_card()
    area = scroll_area_of(editor)
    area.resize(1000, 500)
    box, opener = editor.findChild(QWidget, key), editor.findChild(QWidget, f"{key}_calendar")
    assert abs(box.geometry().center().y() - opener.geometry().center().y()) <= 1


def test_a_tick_stands_level_with_the_boxes_of_its_row(open_card: OpenCard) -> None:
    editor = open_card()
    scroll_area_of(editor).resize(1100, 500)
    tick, box = editor.findChild(OptionTick, "agreed_kept_1"), editor.findChild(QWidget, "agreed_what_1")
    middles = [top_of(one, editor) + one.height() / 2 for one in (tick, box)]
    assert abs(middles[0] - middles[1]) <= theme.em(0.2)


def test_the_field_at_hand_stays_in_view_when_the_text_grows(open_card: OpenCard, qtbot: QtBot) -> None:
    editor = open_card(answers={"one_of": chosen("two")})
    area = scroll_area_of(editor)
    editor.focus("links")
    box = editor.fields["links"].stops()[0]
    theme.apply(Appearance.LIGHT, 200)
    qtbot.waitUntil(lambda: 0 <= top_of(box, area.viewport()) <= area.viewport().height() - box.height())


def test_the_legend_promises_that_little_is_enough(open_card: OpenCard) -> None:
    legend = open_card(form_of(*EVERY_KIND, enough=(("words",),))).findChild(QLabel, "card_legend")
    assert legend.text() == "What is marked * is enough. Nothing has to be filled in."
