"""Short words of the counsellor's own: they become what they stand for, in one step that undo takes back."""

from collections.abc import Callable

import pytest
from card_cases import EVERY_KIND, form_of
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from alliance_desktop.ui.card_editor import CardEditor
from alliance_desktop.ui.fields.context import Context
from alliance_desktop.ui.fields.textbox import TextBox

OpenCard = Callable[..., CardEditor]
KEPT = {"conf": "We went over what stays here.\nAnd what does not.", "ja": "日本語 🙂", "é": "accent"}
CONF = KEPT["conf"]


@pytest.fixture
def box(qtbot: QtBot) -> TextBox:
    made = TextBox()
    made.snippets = lambda: KEPT
    qtbot.addWidget(made)
    made.show()
    made.setFocus()
    return made


@pytest.mark.parametrize(
    ("key", "followed"), [(Qt.Key.Key_Space, " "), (Qt.Key.Key_Return, "\n"), (Qt.Key.Key_Enter, "\n")]
)
def test_a_short_word_becomes_what_it_stands_for_and_one_undo_brings_it_back(
    box: TextBox, key: Qt.Key, followed: str
) -> None:
    QTest.keyClicks(box, "Then ;conf")
    QTest.keyClick(box, key)
    assert box.text() == f"Then {CONF}{followed}"
    assert box.textCursor().position() == len(box.text())
    box.undo()
    assert box.text() == "Then ;conf"
    box.redo()
    assert box.text() == f"Then {CONF}{followed}"


def test_what_is_typed_after_it_is_undone_before_it(box: TextBox) -> None:
    QTest.keyClicks(box, ";conf more")
    assert box.text() == f"{CONF} more"
    box.undo()
    assert box.text() == f"{CONF} "
    box.undo()
    assert box.text() == ";conf"


def test_a_short_word_that_undo_brought_back_stays_as_it_is(box: TextBox) -> None:
    QTest.keyClicks(box, ";conf ")
    box.undo()
    QTest.keyClick(box, Qt.Key.Key_Space)
    assert box.text() == ";conf "
    QTest.keyClicks(box, "and ;ja ")
    assert box.text() == ";conf and 日本語 🙂 "


@pytest.mark.parametrize("typed", ["conf ", "a;conf ", ";unknown ", "; ", ";Conf ", ";conf, ", ";conf.", ";con f "])
def test_other_words_stay(box: TextBox, typed: str) -> None:
    QTest.keyClicks(box, typed)
    assert box.text() == typed


def test_it_is_found_behind_an_emoji_and_before_other_words(box: TextBox) -> None:
    box.fill("🙂🙂 \nlast")
    cursor = box.textCursor()
    cursor.setPosition(5)
    box.setTextCursor(cursor)
    QTest.keyClicks(box, ";ja ")
    assert box.text() == "🙂🙂 日本語 🙂 \nlast"
    box.insert(";é")
    QTest.keyClick(box, Qt.Key.Key_Space)
    assert box.text() == "🙂🙂 日本語 🙂 accent \nlast"


def test_in_a_box_of_one_paragraph_it_stays_one_and_enter_still_says_so(box: TextBox, qtbot: QtBot) -> None:
    line = TextBox(1, 3, breaks=False)
    line.snippets = lambda: KEPT
    qtbot.addWidget(line)
    QTest.keyClicks(line, ";conf")
    with qtbot.waitSignal(line.entered):
        QTest.keyClick(line, Qt.Key.Key_Return)
    assert line.text() == CONF.replace("\n", " ")
    line.undo()
    assert line.text() == ";conf"


def test_nothing_changes_in_a_box_that_is_only_read(box: TextBox) -> None:
    box.fill(";conf")
    box.moveCursor(box.textCursor().MoveOperation.End)
    box.set_read_only(True)
    QTest.keyClick(box, Qt.Key.Key_Space)
    QTest.keyClick(box, Qt.Key.Key_Tab)
    box.insert_snippet("more")
    assert box.text() == ";conf"


def test_a_selection_is_typed_over_as_ever(box: TextBox) -> None:
    QTest.keyClicks(box, ";conf")
    box.selectAll()
    QTest.keyClick(box, Qt.Key.Key_Space)
    assert box.text() == " "


def test_words_put_in_from_a_list_stand_apart_and_go_in_one_step(box: TextBox) -> None:
    box.insert("🙂 Well.")
    box.insert_snippet("Kept words.")
    assert box.text() == "🙂 Well. Kept words."
    box.undo()
    assert box.text() == "🙂 Well."
    QTest.keyClick(box, Qt.Key.Key_Return)
    box.insert_snippet("Kept words.")
    assert box.text().endswith("\nKept words.")


def test_a_card_knows_them_in_every_box_and_tab_goes_on(open_card: OpenCard, context: Context) -> None:
    editor = open_card(form_of(*EVERY_KIND), context=context._replace(snippets=lambda: KEPT))
    for name in ("words", "name", "agreed_what_1"):
        box = editor.findChild(TextBox, name)
        assert box is not None
        box.setFocus()
        QTest.keyClicks(box, ";ja")
        QTest.keyClick(box, Qt.Key.Key_Tab)
        assert QApplication.focusWidget() is not box
        assert box.text() == "日本語 🙂"
    box = editor.findChild(TextBox, "name")
    assert box is not None
    box.setFocus()
    QTest.keyClicks(box, " ;ja")
    QTest.keyClick(box, Qt.Key.Key_Backtab)
    assert box.text() == "日本語 🙂 ;ja"


def test_without_any_kept_nothing_is_looked_for(open_card: OpenCard) -> None:
    editor = open_card()
    QTest.keyClicks(editor.fields["words"].stops()[0], ";conf ")
    assert editor.answers()["words"] == ";conf "
