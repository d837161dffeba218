"""Links: the list is gathered when it is come to, titles say where a note is, and a note opens."""

from collections.abc import Callable

import pytest
from card_cases import form_of, question
from names import nameless
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from alliance_desktop.domain.form import Form, Kind, Question
from alliance_desktop.ui.card_editor import CardEditor
from alliance_desktop.ui.fields.context import Context, Linkable
from alliance_desktop.ui.fields.links import LinkField

OpenCard = Callable[..., CardEditor]
FORM: Form = form_of(question("words", Kind.PROSE), question("links", Kind.LINK, targets=("session",)))
SESSION = "5 May 2026 · Session note"


def button(editor: CardEditor, name: str) -> QPushButton:
    found = editor.findChildren(QPushButton, name)
    assert found, name
    return found[-1]


def field(editor: CardEditor) -> LinkField:
    found = editor.fields["links"]
    assert isinstance(found, LinkField)
    return found


def test_a_linked_note_opens_from_the_card_also_from_a_finished_one(open_card: OpenCard, qtbot: QtBot) -> None:
    editor = open_card(FORM, answers={"links": [8]})
    assert button(editor, "links_open_1").accessibleName() == f"Open: {SESSION}"
    with qtbot.waitSignal(editor.link_opened) as opened:
        QTest.keyClick(button(editor, "links_open_1"), Qt.Key.Key_Return)
    assert opened.args == [8]
    editor.set_read_only(True)
    assert button(editor, "links_unlink_1").isHidden()
    with qtbot.waitSignal(editor.link_opened):
        button(editor, "links_open_1").click()


def test_a_note_in_the_bin_or_gone_says_so_and_does_not_open(open_card: OpenCard) -> None:
    editor = open_card(FORM, answers={"links": [9, 99]})
    assert button(editor, "links_unlink_1").accessibleName() == "Unlink: 1 May 2026 · Goal – in the bin"
    assert button(editor, "links_unlink_2").accessibleName() == "Unlink: A note that is no longer there"
    assert button(editor, "links_open_1").isHidden()
    assert button(editor, "links_open_2").isHidden()
    assert editor.answers() == {"links": [9, 99]}
    button(editor, "links_unlink_2").click()
    assert editor.answers() == {"links": [9]}


def test_an_id_as_long_as_ids_are_opens_whole(open_card: OpenCard, context: Context, qtbot: QtBot) -> None:
    long = 2**62 + 1
    editor = open_card(
        FORM, context=context._replace(linked=lambda id: Linkable(id, "Long")), answers={"links": [long]}
    )
    with qtbot.waitSignal(editor.link_opened) as opened:
        button(editor, "links_open_1").click()
    assert opened.args == [long]


def test_the_list_is_asked_for_once_it_is_come_to(open_card: OpenCard, context: Context) -> None:
    asked: list[Question] = []

    def links(question: Question) -> list[Linkable]:
        asked.append(question)
        return [Linkable(8, SESSION)]

    editor = open_card(FORM, context=context._replace(links=links))
    assert asked == []
    combo = field(editor).combo
    combo.setFocus()
    assert [one.targets for one in asked] == [("session",)]
    QTest.keyClick(combo, Qt.Key.Key_Down)
    assert combo.currentText() == SESSION
    QTest.keyClick(combo, Qt.Key.Key_Tab)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert editor.answers() == {"links": [8]}
    combo.setFocus()
    assert len(asked) == 1


def test_nothing_to_link_to_is_said_when_it_is_looked_for(open_card: OpenCard, context: Context) -> None:
    editor = open_card(FORM, context=context._replace(links=lambda question: ()))
    assert field(editor)._none.isHidden()
    field(editor).combo.setFocus()
    assert field(editor)._none.text() == "There is nothing to link to yet."
    assert not field(editor)._none.isHidden()


@pytest.mark.parametrize("answer", [None, "8", ["8"], [None], {"ids": []}])
def test_what_is_no_link_does_no_harm(open_card: OpenCard, answer: object) -> None:
    assert open_card(FORM, answers={"links": answer}).answers() == {}


def test_everything_is_named(open_card: OpenCard) -> None:
    editor = open_card(FORM, answers={"links": [8, 9, 99]})
    assert nameless(editor) == []
    names = [one.objectName() for one in field(editor).stops()]
    assert len(names) == len(set(names))
