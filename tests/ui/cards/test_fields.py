"""Every kind of question takes an answer, shows it and gives it back."""

import datetime
from collections.abc import Callable

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QButtonGroup, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from alliance_desktop.domain.answers import Answer, chosen, dated
from alliance_desktop.ui.card_editor import CardEditor
from alliance_desktop.ui.fields import choosing
from alliance_desktop.ui.fields.choosing import ComboField, RadioField, TicksField
from alliance_desktop.ui.fields.daybox import DayBox
from alliance_desktop.ui.fields.options import OptionRadio, OptionTick
from alliance_desktop.ui.fields.table import RowsField
from alliance_desktop.ui.fields.textbox import TextBox

OpenCard = Callable[..., CardEditor]
ANSWERS: dict[str, Answer] = {
    "on": dated(datetime.date(2026, 3, 5)) | {"about": "week"},
    "at": "14:30",
    "name": "محمد 🙂",
    "words": "First\n\nSecond\u00a0!",
    "one_of": chosen("two"),
    "many_of": chosen("m7"),
    "several": chosen("a", "c", text="and more"),
    "strength": chosen("3"),
    "spoke": True,
    "people": [{"name": "Ms Okafor", "role": "teacher"}],
    "agreed": [
        {"what": "Slower start", "by": dated(datetime.date(2026, 6, 1)), "state": chosen("2"), "kept": True},
        {"what": "Only words"},
    ],
    "links": [8, 12345],
    "minutes": 50,
    "after": "shown because two was chosen",
}


def child(editor: QWidget, name: str, kind: type = QWidget):
    found = editor.findChild(kind, name)
    assert found is not None, name
    return found


def click(editor: QWidget, name: str) -> None:
    child(editor, name, QPushButton).click()


@pytest.mark.parametrize("key", sorted(ANSWERS))
def test_an_answer_of_each_kind_comes_back_as_it_was(open_card: OpenCard, key: str) -> None:
    editor = open_card(answers={key: ANSWERS[key], "one_of": ANSWERS["one_of"]})
    assert editor.answers()[key] == ANSWERS[key]


def test_all_answers_together_come_back_and_nothing_else(open_card: OpenCard) -> None:
    assert open_card(answers=ANSWERS).answers() == ANSWERS


def test_an_id_of_an_older_version_and_an_unknown_key_are_kept(open_card: OpenCard) -> None:
    old = {"several": chosen("a", "long_gone"), "a_key_of_old": "words", "strength": chosen("9")}
    editor = open_card(answers=old)
    child(editor, "several_b", OptionTick).click()
    assert editor.answers() == {**old, "several": chosen("a", "b", "long_gone")}


def test_typing_answers_every_text_kind(open_card: OpenCard, qtbot: QtBot) -> None:
    editor = open_card(answers={"spoke": True})
    for key, typed, stored in (
        ("name", "blip", "blip"),
        ("words", "She went quiet", "She went quiet"),
        ("at", "2.30pm", "14:30"),
    ):
        with qtbot.waitSignal(editor.edited):
            QTest.keyClicks(child(editor, key), typed)
        assert editor.answers()[key] == stored


def test_choosing_by_keyboard_and_taking_it_back(open_card: OpenCard) -> None:
    editor = open_card()
    first = child(editor, "one_of_one", OptionRadio)
    assert child(editor, "one_of_clear").isHidden()
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Space)
    assert editor.answers()["one_of"] == chosen("one")
    QTest.keyClick(first, Qt.Key.Key_Down)
    assert editor.answers()["one_of"] == chosen("two")
    click(editor, "one_of_clear")
    assert "one_of" not in editor.answers()


@pytest.mark.parametrize(("group", "stop"), [(None, "two"), (QButtonGroup, "one")])
def test_tab_stops_at_the_choice_that_is_shown(
    open_card: OpenCard, monkeypatch: pytest.MonkeyPatch, group: type | None, stop: str
) -> None:
    """A space on the way must not choose anew; with a plain group of Qt, the control, Tab stops at the first button."""
    if group is not None:
        monkeypatch.setattr(choosing, "Radios", group)
    editor = open_card(answers={"one_of": chosen("two")})
    child(editor, "words", TextBox).setFocus()
    reached = []
    while f"one_of_{stop}" not in reached and len(reached) < 12:
        editor.window().focusNextChild()
        reached.append(QApplication.focusWidget().objectName())
    assert [name for name in reached if name.startswith("one_of_")] == [f"one_of_{stop}"]
    editor.focus("one_of")
    assert QApplication.focusWidget().objectName() == f"one_of_{stop}"
    if group is None:
        child(editor, "one_of_clear").click()
        assert all(one.focusPolicy() & Qt.FocusPolicy.TabFocus for one in [child(editor, "one_of_two", OptionRadio)])


def test_more_than_nine_options_are_a_list_and_fewer_are_radios(open_card: OpenCard) -> None:
    editor = open_card()
    assert isinstance(editor.fields["many_of"], ComboField)
    assert isinstance(editor.fields["one_of"], RadioField)
    assert child(editor, "many_of").currentText() == "Not chosen"


def test_something_else_reveals_a_box_and_its_words_are_kept(open_card: OpenCard) -> None:
    editor = open_card()
    words = child(editor, "one_of_in_words")
    assert not words.isVisible()
    child(editor, "one_of_other", OptionRadio).click()
    assert words.isVisible()
    QTest.keyClicks(words, "own words")
    child(editor, "one_of_two", OptionRadio).click()
    assert words.isVisible()
    assert editor.answers()["one_of"] == chosen("two", text="own words")


def test_words_beside_ticks_open_by_a_button(open_card: OpenCard) -> None:
    editor = open_card()
    assert not child(editor, "several_in_words").isVisible()
    click(editor, "several_open_words")
    assert child(editor, "several_in_words").isVisible()
    assert not child(editor, "several_open_words").isVisible()


def test_an_option_that_stands_alone_clears_the_others_both_ways(open_card: OpenCard) -> None:
    editor = open_card()
    assert isinstance(editor.fields["several"], TicksField)
    for id in ("a", "b", "none"):
        child(editor, f"several_{id}", OptionTick).click()
    assert editor.answers()["several"] == chosen("none")
    child(editor, "several_a", OptionTick).click()
    assert editor.answers()["several"] == chosen("a")


def test_words_that_are_no_day_are_kept_and_said(open_card: OpenCard) -> None:
    editor = open_card()
    day = editor.fields["on"].findChild(DayBox)
    day.box.replace("some time in spring")
    day.box.left.emit()
    assert "not a day" in child(editor, "on_reading").text()
    stored = editor.answers()["on"]
    assert stored == {"on": "", "about": "", "text": "some time in spring"}
    again = open_card(answers={"on": stored})
    assert child(again, "on").text() == "some time in spring"
    assert "not a day" in child(again, "on_reading").text()


def test_a_day_typed_shortly_is_read_aloud_in_full_and_left_as_typed(open_card: OpenCard) -> None:
    editor = open_card()
    child(editor, "on").replace("about 5/3/2026")
    assert child(editor, "on_reading").text() == "Thursday 5 March 2026"
    assert child(editor, "on").text() == "about 5/3/2026"
    assert editor.answers()["on"] == {"on": "2026-03-05", "about": "about"}


def test_a_day_may_be_empty_again(open_card: OpenCard) -> None:
    editor = open_card(answers={"on": dated(datetime.date(2026, 3, 5))})
    child(editor, "on").replace("")
    assert "on" not in editor.answers()


def test_the_calendar_is_a_named_button_and_closes_on_escape(open_card: OpenCard, qtbot: QtBot) -> None:
    editor = open_card()
    day = editor.fields["on"].findChild(DayBox)
    click(editor, "on_calendar")
    assert day.calendar.isVisible()
    assert all(one.accessibleName() for one in day.calendar.findChildren(QPushButton))
    QTest.keyClick(day.calendar, Qt.Key.Key_Escape)
    assert not day.calendar.isVisible()
    click(editor, "on_calendar")
    day.calendar.activated.emit(QDate(2026, 4, 1))
    assert editor.answers()["on"]["on"] == "2026-04-01"
    assert not day.calendar.isVisible()


def test_a_time_that_cannot_be_read_is_kept_as_typed(open_card: OpenCard) -> None:
    editor = open_card(answers={"at": "after lunch"})
    assert editor.answers()["at"] == "after lunch"
    assert "not a time" in child(editor, "at_notice").text()


def test_rows_come_and_go_by_buttons_and_come_back(open_card: OpenCard) -> None:
    editor = open_card(answers={"agreed": [{"what": "First"}, {"what": "Second"}]})
    click(editor, "agreed_add")
    third = child(editor, "agreed_what_3")
    assert third.accessibleName() == "What, row 3"
    QTest.keyClicks(third, "Third")
    click(editor, "agreed_remove_1")
    assert [row["what"] for row in editor.answers()["agreed"]] == ["Second", "Third"]
    assert child(editor, "agreed_what_1").accessibleName() == "What, row 1"
    click(editor, "agreed_put_back")
    assert [row["what"] for row in editor.answers()["agreed"]] == ["First", "Second", "Third"]


def test_an_empty_row_is_no_answer(open_card: OpenCard) -> None:
    editor = open_card()
    assert isinstance(editor.fields["agreed"], RowsField)
    click(editor, "agreed_add")
    assert "agreed" not in editor.answers()


def test_a_person_is_shown_and_never_stored(open_card: OpenCard) -> None:
    editor = open_card()
    assert child(editor, "who").text() == "Dana"
    assert "who" not in editor.answers()


def test_links_show_titles_and_keep_what_they_do_not_know(open_card: OpenCard) -> None:
    editor = open_card(answers={"links": [8, 99]})
    shown = [one.accessibleName() for one in editor.fields["links"].stops()]
    assert shown[1:4:2] == ["Unlink: 5 May 2026 · Session note", "Unlink: A note that is no longer there"]
    combo = child(editor, "links")
    combo.choose("7")
    click(editor, "links_add")
    click(editor, "links_unlink_1")
    assert editor.answers()["links"] == [99, 7]


def test_a_starter_goes_in_at_the_cursor_and_can_be_undone(open_card: OpenCard) -> None:
    editor = open_card()
    box = child(editor, "words", TextBox)
    QTest.keyClicks(box, "Well.")
    click(editor, "words_starter_1")
    assert box.text() == "Well. Last time & now."
    box.undo()
    assert box.text() == "Well."


def test_too_long_a_line_is_said_and_kept_whole(open_card: OpenCard) -> None:
    editor = open_card()
    QTest.keyClicks(child(editor, "name"), "eleven char")
    assert "10" in child(editor, "name_notice").text()
    assert editor.answers()["name"] == "eleven char"


def test_a_refused_picture_is_said_beneath_the_field(open_card: OpenCard) -> None:
    editor = open_card()
    box = child(editor, "words", TextBox)
    box.picture_refused.emit()
    assert child(editor, "words_notice").text() == "Pictures cannot be kept here."
    box.left.emit()
    assert child(editor, "words_notice").isHidden()
