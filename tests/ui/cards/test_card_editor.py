"""A card: what is asked, what is kept, where the reader was, and how it is spoken."""

import datetime
import gc
import weakref
from collections.abc import Callable

import msgspec
import pytest
from card_cases import EVERY_KIND, TODAY, form_of, real_cards
from names import cut, nameless, small
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QPlainTextEdit, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from alliance_desktop.domain.answers import chosen, dated
from alliance_desktop.domain.form import Card, Form, Kind
from alliance_desktop.domain.look import Appearance
from alliance_desktop.ui import theme
from alliance_desktop.ui.autosave import Autosave
from alliance_desktop.ui.card_editor import CardEditor
from alliance_desktop.ui.fields.context import Context
from alliance_desktop.ui.fields.note import NotePanel
from alliance_desktop.ui.fields.options import OptionRadio
from alliance_desktop.ui.fields.place import Place, scroll_area_of

OpenCard = Callable[..., CardEditor]


def focusable(editor: QWidget) -> list[QWidget]:
    """Return every widget of a card that the keyboard can reach, hidden ones included."""
    kinds = (QAbstractButton, QPlainTextEdit, QComboBox)
    found = [one for kind in kinds for one in editor.findChildren(kind)]
    return [one for one in found if one.focusPolicy() != Qt.FocusPolicy.NoFocus]


def buddies(editor: QWidget) -> set[QWidget]:
    return {one.buddy() for one in editor.findChildren(QLabel) if one.buddy() is not None}


def check_names(editor: CardEditor) -> None:
    """Fail unless every widget that can be reached is named, described where it should be, and labelled."""
    labelled = buddies(editor)
    names: set[str] = set()
    for one in focusable(editor):
        assert one.objectName(), one
        assert one.objectName() not in names, one.objectName()
        names.add(one.objectName())
        assert one.accessibleName(), one.objectName()
        if isinstance(one, QPlainTextEdit):
            assert one in labelled, one.objectName()
            assert one.tabChangesFocus(), one.objectName()
    for field in editor.fields.values():
        stops = field.stops()
        if stops and field.question.help:
            assert any(field.question.help in one.accessibleDescription() for one in stops), field.question.key


def test_everything_that_can_be_reached_is_named(open_card: OpenCard) -> None:
    editor = open_card(answers={"links": [7], "one_of": chosen("two")})
    check_names(editor)
    spoken = editor.fields["name"].stops()[0]
    assert spoken.accessibleName() == "Label of name?"
    assert "Help of name." in spoken.accessibleDescription()
    assert "Only for me" in spoken.accessibleDescription()
    assert "Counts towards enough" in editor.fields["words"].stops()[0].accessibleDescription()


@pytest.mark.parametrize(("form", "card"), real_cards(), ids=lambda one: one.id)
def test_everything_on_the_real_cards_is_named(open_card: OpenCard, form: Form, card: Card) -> None:
    editor = open_card(form, card.id, facts=frozenset({"young_or_school"}))
    check_names(editor)
    assert editor.answers() == {}


@pytest.mark.parametrize("scale", [100, 200])
def test_nothing_on_the_real_cards_is_cut_small_or_nameless(open_card: OpenCard, qtbot: QtBot, scale: int) -> None:
    theme.apply(Appearance.LIGHT, scale)
    for form, card in real_cards():
        editor = open_card(form, card.id, facts=frozenset({"young_or_school"}))
        for button in editor.findChildren(QAbstractButton):
            if button.objectName().startswith("more_"):
                button.click()
        area = scroll_area_of(editor)
        assert area is not None
        qtbot.waitUntil(lambda editor=editor: cut(editor) == [])
        assert editor.width() <= area.viewport().width(), card.id
        assert nameless(editor) == [], card.id
        assert small(editor) == [], card.id
        area.close()


def test_a_control_without_a_name_would_be_found(open_card: OpenCard) -> None:
    editor = open_card()
    editor.fields["name"].stops()[0].setAccessibleName("")
    with pytest.raises(AssertionError):
        check_names(editor)


def test_private_questions_are_marked_once_a_run_in_words(open_card: OpenCard) -> None:
    editor = open_card()
    marks = [one for one in editor.findChildren(QLabel) if one.text() == "Only for me"]
    assert len([one for one in marks if one.isVisible()]) == 1


def test_tab_follows_the_reading_order_out_of_every_box(open_card: OpenCard, qtbot: QtBot) -> None:
    editor = open_card(answers={"one_of": chosen("two")})
    editor.focus()
    wanted = [one for one in editor.stops() if one.isVisible() and one.focusPolicy() & Qt.FocusPolicy.TabFocus]
    reached = [QApplication.focusWidget()]
    while QApplication.focusWidget() is not wanted[-1]:
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        assert QApplication.focusWidget() not in reached
        reached.append(QApplication.focusWidget())
    places = [wanted.index(one) for one in reached]
    assert places == sorted(places)
    boxes = [one for one in wanted if isinstance(one, QPlainTextEdit)]
    assert set(boxes) <= set(reached)


def test_the_focused_field_is_scrolled_into_view(open_card: OpenCard) -> None:
    editor = open_card()
    area = scroll_area_of(editor)
    assert isinstance(area, QScrollArea)
    editor.focus("links")
    stop = QApplication.focusWidget()
    assert stop is not None
    top = stop.mapTo(area.viewport(), stop.rect().topLeft()).y()
    assert 0 <= top <= area.viewport().height() - stop.height()


def test_suggested_days_are_shown_and_count_only_after_an_edit(open_card: OpenCard) -> None:
    editor = open_card()
    assert editor.findChild(QPlainTextEdit, "on").text() == "12 May 2026"
    assert editor.answers() == {}
    QTest.keyClicks(editor.fields["name"].stops()[0], "blip")
    assert editor.answers() == {
        "name": "blip",
        "on": dated(TODAY),
        "again_on": dated(datetime.date(2026, 5, 26)),
    }


def test_a_new_card_that_begins_with_a_link_still_suggests_its_day(open_card: OpenCard) -> None:
    editor = open_card(answers={"links": [7]})
    assert editor.answers() == {"links": [7]}
    QTest.keyClicks(editor.fields["name"].stops()[0], "blip")
    assert editor.answers()["on"] == dated(TODAY)


def test_the_caller_may_say_that_a_card_is_new(open_card: OpenCard) -> None:
    editor = open_card(answers={"spoke": True}, fresh=True)
    assert editor.findChild(QPlainTextEdit, "on").text() == "12 May 2026"


def test_a_day_cleared_on_purpose_is_not_suggested_again(open_card: OpenCard) -> None:
    assert open_card(answers={"name": "blip"}).answers() == {"name": "blip"}


def test_a_question_appears_with_the_answer_it_waits_for(open_card: OpenCard, qtbot: QtBot) -> None:
    editor = open_card()
    after = editor.fields["after"]
    assert not after.isVisible()
    editor.findChild(OptionRadio, "one_of_two").click()
    assert after.isVisible()
    editor.findChild(OptionRadio, "one_of_one").click()
    assert not after.isVisible()


def test_a_fact_of_the_client_makes_a_question_asked(open_card: OpenCard) -> None:
    editor = open_card()
    assert not editor.fields["young"].isVisible()
    editor.set_facts(frozenset({"young_or_school"}))
    assert editor.fields["young"].isVisible()


def test_what_is_no_longer_asked_is_kept_shown_and_can_be_changed(open_card: OpenCard) -> None:
    editor = open_card(answers={"one_of": chosen("two"), "after": "words"})
    heading = editor.findChild(QLabel, "kept_heading")
    assert not heading.isVisible()
    editor.findChild(OptionRadio, "one_of_one").click()
    assert heading.isVisible()
    assert editor.fields["after"].isVisible()
    QTest.keyClicks(editor.fields["after"].stops()[0], "more ")
    assert editor.answers()["after"] == "more words"
    editor.findChild(OptionRadio, "one_of_two").click()
    assert not heading.isVisible()
    assert editor.answers()["after"] == "more words"


def test_folded_questions_open_by_a_button_that_says_so(open_card: OpenCard) -> None:
    editor = open_card()
    fold = editor.findChild(QAbstractButton, "more_2")
    assert fold.text() == fold.accessibleName() == "More questions: show 2 questions"
    assert not editor.fields["later"].isVisible()
    QTest.keyClick(fold, Qt.Key.Key_Space)
    assert editor.fields["later"].isVisible()
    assert "hide" in fold.accessibleName()


def test_a_fold_with_an_answer_inside_is_open(open_card: OpenCard) -> None:
    assert open_card(answers={"later": "words"}).fields["later"].isVisible()


def test_f1_asks_about_the_question_at_hand_and_the_panel_says_its_note(open_card: OpenCard, qtbot: QtBot) -> None:
    editor = open_card()
    editor.focus("name")
    with qtbot.waitSignal(editor.help_asked) as asked:
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_F1)
    panel = NotePanel({"S4": "Counseling Today (2024)"})
    qtbot.addWidget(panel)
    panel.show_note(asked.args[0])
    assert panel.findChild(QLabel, "note_text").text() == "A side note."
    assert "Our own choice" in panel.findChild(QLabel, "note_source").text()
    override = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier)
    override.ignore()
    QApplication.sendEvent(editor, override)
    assert override.isAccepted()


def test_lock_and_unlock_come_back_to_the_same_letter(open_card: OpenCard, qtbot: QtBot) -> None:
    long = "\n".join(f"line {number}" for number in range(80))
    editor = open_card(answers={"words": long, "later": "open"})
    editor.focus("words")
    box = editor.fields["words"].stops()[0]
    cursor = box.textCursor()
    cursor.setPosition(400)
    cursor.setPosition(430, cursor.MoveMode.KeepAnchor)
    box.setTextCursor(cursor)
    area = scroll_area_of(editor)
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum() // 3)
    place = msgspec.json.decode(msgspec.json.encode(editor.place()), type=Place)
    answers, scrolled, inside = editor.answers(), area.verticalScrollBar().value(), box.verticalScrollBar().value()
    area.close()

    again = open_card(answers=answers)
    again.restore(place)
    qtbot.waitUntil(lambda: scroll_area_of(again).verticalScrollBar().value() == scrolled)
    back = QApplication.focusWidget()
    assert back is again.fields["words"].stops()[0]
    assert (back.textCursor().anchor(), back.textCursor().position()) == (400, 430)
    assert back.verticalScrollBar().value() == inside
    assert again.answers() == answers
    assert again.place() == place


def test_a_place_of_another_version_of_the_form_does_no_harm(open_card: OpenCard) -> None:
    editor = open_card(answers={"words": "short"})
    editor.restore(Place(key="a_key_of_old", stop=4, cursor=9))
    editor.restore(Place(key="words", stop=99, cursor=10**6, anchor=10**6))
    assert editor.answers() == {"words": "short"}


def test_a_finished_card_can_be_read_and_not_changed(open_card: OpenCard) -> None:
    answers = {"words": "done", "one_of": chosen("two"), "several": chosen("a"), "spoke": True}
    editor = open_card(answers=answers)
    editor.set_read_only(True)
    box = editor.fields["words"].stops()[0]
    QTest.keyClicks(box, "more")
    stops = [stop for key in ("one_of", "several", "spoke") for stop in editor.fields[key].stops()]
    for stop in [one for one in stops if one.isVisible()]:
        QTest.keyClick(stop, Qt.Key.Key_Space)
        QTest.keyClick(stop, Qt.Key.Key_Down)
        QTest.mouseClick(stop, Qt.MouseButton.LeftButton)
    assert editor.answers() == answers
    assert box.focusPolicy() & Qt.FocusPolicy.TabFocus
    box.selectAll()
    assert box.textCursor().selectedText() == "done"


def test_the_card_as_text_holds_every_answer_in_words(open_card: OpenCard) -> None:
    text = open_card(answers={"words": "Quiet today", "one_of": chosen("two"), "several": chosen("c")}).text()
    assert "Label of words?\nQuiet today" in text
    assert "Label of one_of?\nTwo" in text
    assert "Third" in text


def test_a_card_of_each_kind_is_complete() -> None:
    assert {one.kind for one in EVERY_KIND} == set(Kind)
    assert form_of(*EVERY_KIND).card("card").questions == EVERY_KIND


def test_a_card_that_is_taken_away_leaves_nothing_behind(qtbot: QtBot, context: Context) -> None:
    form = form_of(*EVERY_KIND)
    editor = CardEditor(form, form.card("card"), context=context, answers={"words": "private", "one_of": chosen("two")})
    autosave = Autosave(editor, lambda answers: None, lambda: datetime.datetime.now(datetime.UTC))
    box = editor.fields["words"].stops()[0]
    editor.show()
    editor.focus("words")
    QTest.keyClicks(box, "more ")
    assert autosave.flush()
    left = [weakref.ref(one) for one in (editor, autosave, box, editor.fields["one_of"])]
    with qtbot.waitSignal(editor.destroyed):
        editor.close()
        editor.deleteLater()
    del editor, autosave, box
    gc.collect()
    assert [one() for one in left] == [None] * 4
