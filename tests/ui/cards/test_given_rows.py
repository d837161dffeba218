"""A table that begins with rows of its form: each behind its topic, stored once it says something."""

from collections.abc import Callable

import msgspec
import pytest
from card_cases import TODAY, form_of, question
from names import cut, nameless, small
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from alliance_desktop.domain.answers import dated
from alliance_desktop.domain.form import Column, Form, Kind, Preset, is_answered
from alliance_desktop.domain.look import Appearance
from alliance_desktop.domain.shown import shown
from alliance_desktop.ui import theme
from alliance_desktop.ui.card_editor import CardEditor
from alliance_desktop.ui.fields.head import FoldHead
from alliance_desktop.ui.fields.place import Place
from alliance_desktop.ui.fields.rows import GivenRow
from alliance_desktop.ui.fields.table import RowsField
from alliance_desktop.ui.fields.textbox import TextBox

OpenCard = Callable[..., CardEditor]
TABLE = question(
    "agreed",
    Kind.ROWS,
    columns=(
        Column(key="topic", kind="line", label="Topic"),
        Column(key="done_on", kind="date", label="Done on"),
        Column(key="understood", kind="prose", label="Understood"),
    ),
    presets=(
        Preset(id="here", label="What stays here"),
        Preset(id="limits", label="Its limits & what I must pass on"),
        Preset(id="end", label="How we end"),
    ),
)
FORM: Form = form_of(TABLE, question("after", Kind.PROSE), enough=(("agreed",),))
LIMITS = "Its limits & what I must pass on"


def table(editor: CardEditor) -> RowsField:
    found = editor.fields["agreed"]
    assert isinstance(found, RowsField)
    return found


def given(editor: CardEditor) -> list[GivenRow]:
    return [one for one in table(editor).rows if isinstance(one, GivenRow)]


def heads(editor: CardEditor) -> list[str]:
    return [one.head.accessibleName() for one in given(editor)]


def box(editor: CardEditor, name: str) -> TextBox:
    found = [one for one in editor.findChildren(TextBox, name) if one.isVisible()]
    assert len(found) == 1, name
    return found[0]


def press(widget: QWidget, key: Qt.Key = Qt.Key.Key_Space) -> None:
    widget.setFocus()
    QTest.keyClick(widget, key)


def test_a_fresh_table_shows_its_topics_closed_and_says_nothing(open_card: OpenCard) -> None:
    editor = open_card(FORM)
    assert heads(editor) == [
        "What stays here: Not yet – show",
        f"{LIMITS}: Not yet – show",
        "How we end: Not yet – show",
    ]
    assert not any(one.is_open for one in given(editor))
    assert editor.answers() == {}


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return])
def test_a_topic_opens_and_closes_by_keyboard_and_tab_goes_through_it(open_card: OpenCard, key: Qt.Key) -> None:
    editor = open_card(FORM)
    head = given(editor)[1].head
    press(head, key)
    assert head.accessibleName() == f"{LIMITS}: Not yet – hide"
    reached = []
    while QApplication.focusWidget() is not given(editor)[2].head:
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        reached.append(QApplication.focusWidget().accessibleName())
    assert reached == [
        f"Topic, {LIMITS}",
        f"Done on, {LIMITS}",
        f"Calendar: Done on, {LIMITS}",
        f"Understood, {LIMITS}",
        f"Remove this row: {LIMITS}",
        "How we end: Not yet – show",
    ]
    press(head, key)
    assert not given(editor)[1].is_open


def test_a_row_is_stored_with_its_topic_once_it_says_something(open_card: OpenCard, qtbot: QtBot) -> None:
    editor = open_card(FORM)
    press(given(editor)[1].head)
    with qtbot.waitSignal(editor.edited):
        QTest.keyClicks(box(editor, "agreed_understood_2"), "It goes on")
    stored = editor.answers()
    assert stored == {"agreed": [{"preset": "limits", "topic": LIMITS, "understood": "It goes on"}]}
    assert FORM.card("card").is_enough(stored)
    assert heads(editor)[1] == f"{LIMITS}: Begun – hide"
    box(editor, "agreed_done_on_2").replace("12 May 2026")
    assert heads(editor)[1] == f"{LIMITS}: Done on 12 May 2026 – hide"
    box(editor, "agreed_done_on_2").replace("")
    box(editor, "agreed_understood_2").replace("")
    assert editor.answers() == {}


def test_a_topic_in_other_words_is_kept_and_counts_as_nothing_yet(open_card: OpenCard) -> None:
    editor = open_card(FORM)
    press(given(editor)[0].head)
    box(editor, "agreed_topic_1").replace("What we keep to ourselves")
    stored = editor.answers()
    assert stored == {"agreed": [{"preset": "here", "topic": "What we keep to ourselves"}]}
    assert not is_answered(TABLE, stored["agreed"])
    again = open_card(FORM, answers=stored)
    assert heads(again)[0].startswith("What we keep to ourselves: ")
    assert again.answers() == stored
    press(given(again)[0].head)
    box(again, "agreed_topic_1").replace("")
    assert again.answers() == {}
    assert heads(again)[0].startswith("What stays here")


def test_words_that_are_no_day_are_not_lost(open_card: OpenCard) -> None:
    editor = open_card(FORM)
    press(given(editor)[0].head)
    box(editor, "agreed_done_on_1").replace("in spring")
    stored = editor.answers()
    assert open_card(FORM, answers=stored).answers() == stored
    assert stored["agreed"][0]["done_on"]["text"] == "in spring"


def test_what_is_stored_comes_back_in_the_order_of_the_form_with_what_is_missing(open_card: OpenCard) -> None:
    stored = [
        {"preset": "end", "topic": "How we end", "understood": "With a walk", "a_column_of_old": "kept"},
        {"topic": "Our own", "done_on": dated(TODAY)},
        {"preset": "of_old", "topic": "A topic of an older form", "understood": "words"},
    ]
    editor = open_card(FORM, answers={"agreed": stored})
    assert [one.preset.id for one in given(editor)] == ["here", "limits", "end"]
    assert len(table(editor).rows) == 5
    assert editor.answers() == {"agreed": stored}
    press(given(editor)[2].head)
    box(editor, "agreed_understood_3").replace("With tea")
    assert editor.answers()["agreed"] == [{**stored[0], "understood": "With tea"}, *stored[1:]]


def test_a_removed_topic_stays_removed_and_comes_back_when_asked(open_card: OpenCard) -> None:
    editor = open_card(FORM, answers={"agreed": [{"preset": "here", "topic": "What stays here", "understood": "a"}]})
    press(given(editor)[0].head)
    given(editor)[0].remove.click()
    stored = editor.answers()
    assert stored == {"agreed": [{"preset": "here", "removed": True}]}
    assert not FORM.card("card").is_enough(stored)
    assert shown(FORM, TABLE, stored["agreed"]) == ""
    table(editor).back.click()
    assert editor.answers()["agreed"][0]["understood"] == "a"

    again = open_card(FORM, answers=stored)
    assert [one.preset.id for one in given(again)] == ["limits", "end"]
    assert again.answers() == stored
    assert table(again).back.accessibleName() == "Put removed rows back"
    table(again).back.click()
    assert [one.preset.id for one in given(again)] == ["limits", "end", "here"]
    assert again.answers() == {}
    assert table(again).back.isHidden()


def test_an_untouched_topic_can_be_removed_and_put_back(open_card: OpenCard) -> None:
    editor = open_card(FORM)
    press(given(editor)[1].head)
    given(editor)[1].remove.click()
    assert editor.answers() == {"agreed": [{"preset": "limits", "removed": True}]}
    assert QApplication.focusWidget() is given(editor)[1].head
    table(editor).back.click()
    assert heads(editor)[1].startswith(LIMITS)
    assert editor.answers() == {}


def test_a_removal_of_a_topic_the_form_no_longer_gives_is_kept(open_card: OpenCard) -> None:
    stored = {"agreed": [{"preset": "of_old", "removed": True}]}
    editor = open_card(FORM, answers=stored)
    assert editor.answers() == stored
    assert table(editor).back.isHidden()


def test_own_rows_stand_under_the_given_ones(open_card: OpenCard) -> None:
    editor = open_card(FORM)
    table(editor).add.click()
    assert QApplication.focusWidget().accessibleName() == "Topic, row 4"
    QTest.keyClicks(QApplication.focusWidget(), "Our own")
    assert editor.answers() == {"agreed": [{"topic": "Our own"}]}


def test_tab_leaves_the_box_for_longer_words_and_enter_makes_a_line(open_card: OpenCard) -> None:
    editor = open_card(FORM)
    press(given(editor)[0].head)
    words = box(editor, "agreed_understood_1")
    words.setFocus()
    QTest.keyClicks(words, "one")
    QTest.keyClick(words, Qt.Key.Key_Return)
    QTest.keyClicks(words, "two")
    QTest.keyClick(words, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is given(editor)[0].remove
    assert editor.answers()["agreed"][0]["understood"] == "one\ntwo"


def test_a_finished_table_is_open_where_it_says_something_and_does_not_change(open_card: OpenCard) -> None:
    stored = {"agreed": [{"preset": "end", "topic": "How we end", "understood": "With a walk"}]}
    editor = open_card(FORM, answers=stored)
    editor.set_read_only(True)
    assert [one.is_open for one in given(editor)] == [False, False, True]
    QTest.keyClicks(box(editor, "agreed_understood_3"), "more")
    press(given(editor)[0].head)
    QTest.keyClicks(box(editor, "agreed_understood_1"), "more")
    assert given(editor)[0].remove.isHidden()
    assert editor.answers() == stored


def test_after_a_lock_the_same_row_is_open_at_the_same_letter(open_card: OpenCard) -> None:
    editor = open_card(FORM)
    for number in (0, 2):
        press(given(editor)[number].head)
    words = box(editor, "agreed_understood_3")
    words.setFocus()
    QTest.keyClicks(words, "With a walk")
    words.moveCursor(words.textCursor().MoveOperation.Left)
    place = msgspec.json.decode(msgspec.json.encode(editor.place()), type=Place)
    again = open_card(FORM, answers=editor.answers())
    again.restore(place)
    assert [one.is_open for one in given(again)] == [True, False, True]
    back = QApplication.focusWidget()
    assert back is box(again, "agreed_understood_3")
    assert back.textCursor().position() == len("With a wal")
    assert again.place() == place


@pytest.mark.parametrize("scale", [100, 200])
@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_nothing_is_cut_or_nameless_with_all_rows_open(
    open_card: OpenCard, qtbot: QtBot, scale: int, direction: Qt.LayoutDirection
) -> None:
    QApplication.setLayoutDirection(direction)
    theme.apply(Appearance.LIGHT, scale)
    editor = open_card(FORM)
    for one in given(editor):
        press(one.head)
    qtbot.waitUntil(lambda: cut(editor) == [])
    assert nameless(editor) == []
    assert small(editor) == []
    names = [one.objectName() for one in table(editor).stops()]
    assert len(names) == len(set(names))


def test_a_head_without_a_name_would_be_found(open_card: OpenCard) -> None:
    editor = open_card(FORM)
    head = given(editor)[0].head
    assert isinstance(head, FoldHead)
    head.setObjectName("")
    assert any(line.startswith("FoldHead") for line in nameless(editor))
