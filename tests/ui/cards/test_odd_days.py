"""A day that can hardly be meant is said to be odd, calmly, and is taken all the same."""

import datetime
from collections.abc import Callable

import pytest
from card_cases import TODAY, question
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from alliance_desktop.domain.answers import About, dated
from alliance_desktop.domain.form import Card, Form, Kind
from alliance_desktop.ui.card_editor import CardEditor
from alliance_desktop.ui.fields.combo import Combo
from alliance_desktop.ui.fields.context import Context
from alliance_desktop.ui.fields.textbox import TextBox

OpenCard = Callable[..., CardEditor]
BORN = datetime.date(2010, 5, 3)
TO_COME = "That day is still to come."
TOO_EARLY = "That is before they were born (3 May 2010)."


@pytest.fixture
def open_days(open_card: OpenCard, context: Context) -> Callable[..., CardEditor]:
    """Return a function that opens a card of three days: one that is the card's, one of today, one that is planned."""
    asked = (
        question("tried_on", Kind.DATE),
        question("told_on", Kind.DATE, default="today"),
        question("next_on", Kind.DATE),
    )
    form = Form(
        id="small", version=1, title="S", cards=(Card(id="card", title="C", questions=asked, dated_by="tried_on"),)
    )
    return lambda **rest: open_card(form, **{"context": context._replace(born=BORN), **rest})


def said(editor: CardEditor, key: str) -> str:
    found = editor.findChild(QLabel, f"{key}_wonder")
    assert found is not None
    return "" if found.isHidden() else found.text()


def write(editor: CardEditor, key: str, words: str) -> None:
    box = editor.findChild(TextBox, key)
    assert box is not None
    box.replace(words)
    box.left.emit()


@pytest.mark.parametrize("key", ["tried_on", "told_on"])
@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("13 May 2026", TO_COME),
        ("tomorrow", TO_COME),
        ("12 May 2026", ""),
        ("3 May 2010", ""),
        ("2 May 2010", TOO_EARLY),
        ("May 2010", ""),
        ("April 2010", TOO_EARLY),
        ("week of 27 April 2010", ""),
        ("week of 26 April 2010", TOO_EARLY),
        ("some day", ""),
        ("", ""),
    ],
)
def test_a_day_that_something_happened_on(open_days: OpenCard, key: str, typed: str, words: str) -> None:
    editor = open_days()
    write(editor, key, typed)
    assert said(editor, key) == words


def test_the_day_is_kept_as_it_is_and_odd_again_when_it_is_opened(open_days: OpenCard) -> None:
    editor = open_days()
    write(editor, "tried_on", "1 January 2009")
    assert editor.answers()["tried_on"] == dated(datetime.date(2009, 1, 1))
    again = open_days(answers=editor.answers())
    assert said(again, "tried_on") == TOO_EARLY
    assert again.answers()["tried_on"] == dated(datetime.date(2009, 1, 1))


def test_a_planned_day_may_be_any(open_days: OpenCard) -> None:
    editor = open_days()
    for typed in ("1 January 2030", "1 January 2009"):
        write(editor, "next_on", typed)
        assert said(editor, "next_on") == ""


def test_nothing_is_said_while_typing_and_it_goes_as_soon_as_it_is_mended(open_days: OpenCard) -> None:
    editor = open_days()
    box = editor.findChild(TextBox, "tried_on")
    assert box is not None
    QTest.keyClicks(box, "1 June 2026")
    assert said(editor, "tried_on") == ""
    box.left.emit()
    assert said(editor, "tried_on") == TO_COME
    box.replace("1 May 2026")
    assert said(editor, "tried_on") == ""


def test_how_sure_the_day_is_counts(open_days: OpenCard) -> None:
    editor = open_days(answers={"tried_on": dated(datetime.date(2010, 5, 1))})
    assert said(editor, "tried_on") == TOO_EARLY
    combo = editor.findChild(Combo, "tried_on_about")
    assert combo is not None
    combo.choose(About.MONTH)
    assert said(editor, "tried_on") == ""


def test_without_a_day_of_birth_only_the_future_is_odd(open_days: OpenCard, context: Context) -> None:
    editor = open_days(context=context)
    write(editor, "tried_on", "1 January 1900")
    assert said(editor, "tried_on") == ""
    write(editor, "tried_on", "1 January 2030")
    assert said(editor, "tried_on") == TO_COME


def test_the_suggested_day_is_never_odd(open_days: OpenCard, qtbot: QtBot) -> None:
    editor = open_days()
    box = editor.findChild(TextBox, "told_on")
    assert box is not None
    assert box.text() == f"{TODAY.day} May {TODAY.year}"
    assert said(editor, "told_on") == ""
