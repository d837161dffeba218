"""Scenario 1: a lock while typing takes everything off the screen and gives it back to the letter."""

import gc

import pytest
import shiboken6
from person import CTRL, SHIFT, Doors, Keys, Person, settle, words_of, words_of_model
from PySide6.QtCore import QAbstractItemModel, QObject
from PySide6.QtGui import QClipboard, QGuiApplication, QTextCursor, QTextDocument
from PySide6.QtWidgets import QApplication

WORD = "heronsong"
TEXT = "".join(f"{WORD} {number:02d} lands\n" for number in range(30))[:400]


def live(kind: type) -> list[QObject]:
    """Return every living object of a kind that Qt or Python still holds."""
    known = [one for one in gc.get_objects() if isinstance(one, kind) and shiboken6.isValid(one)]
    inside = [found for top in QApplication.allWidgets() for found in top.findChildren(kind)]
    every = list({id(one): one for one in (*known, *inside)}.values())
    del known, inside
    # With the lists go pages that only they still held, and what belongs to those.
    return [one for one in every if shiboken6.isValid(one)]


def who_holds(word: str) -> list[str]:
    """Return every widget, model, document and clipboard that holds a word."""
    settle()
    gc.collect()
    held = [f"widget {one.objectName()}" for one in QApplication.allWidgets() if word in words_of(one)]
    held += ["document" for one in live(QTextDocument) if word in one.toPlainText()]
    held += ["undo" for one in live(QTextDocument) if one.isUndoAvailable() and holds_in_undo(one, word)]
    held += ["model" for one in live(QAbstractItemModel) if word in words_of_model(one)]
    clipboard = QGuiApplication.clipboard()
    held += ["clipboard"] if word in clipboard.text() else []
    return held


def holds_in_undo(document: QTextDocument, word: str) -> bool:
    steps = 0
    while document.isUndoAvailable():
        document.undo()
        steps += 1
        if word in document.toPlainText():
            return True
    for _ in range(steps):
        document.redo()
    return False


def typing(person: Person) -> object:
    """Type 400 characters into A6 and leave the cursor in the middle with a few letters selected."""
    person.notice("the blip")
    person.card(1)
    box = person.write("landed", TEXT)
    assert len(TEXT) == 400
    box.moveCursor(QTextCursor.MoveOperation.Start)
    settle()
    for _ in range(17):
        person.key(Keys.Key_Down)
    for _ in range(9):
        person.key(Keys.Key_Right)
    for _ in range(5):
        person.key(Keys.Key_Right, SHIFT)
    settle()
    return box


def test_nothing_holds_the_text_and_everything_comes_back(with_client: Person) -> None:
    person = with_client
    doors = Doors(person.window)
    box = typing(person)
    page_bar = person.find("desk_scroll").verticalScrollBar()
    page_bar.setValue(page_bar.value() + 7)
    cursor = box.textCursor()
    was = (cursor.position(), cursor.anchor(), cursor.selectedText())
    scrolls = (box.verticalScrollBar().value(), page_bar.value())
    assert len(was[2]) == 5
    assert min(scrolls) > 0, "both the box and the page are scrolled"
    person.idle_fires()
    assert person.window.shown.objectName() == "unlock", "the unlock page stands at once"
    assert person.program.vault is None
    assert doors.opened == []
    assert person.find("unlock_passphrase").hasFocus()
    assert who_holds(WORD) == []
    assert who_holds("Dana") == []
    person.unlock()
    settle()
    box = person.find("landed")
    assert box.toPlainText() == TEXT
    assert box.hasFocus()
    assert person.said("card_title").startswith("1")
    cursor = box.textCursor()
    assert (cursor.position(), cursor.anchor(), cursor.selectedText()) == was
    assert (box.verticalScrollBar().value(), person.find("desk_scroll").verticalScrollBar().value()) == scrolls
    assert doors.opened == []


def test_the_search_can_fail(with_client: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """While the vault is open, the same search finds the text where it is, and in the undo of what was taken out."""
    person = with_client
    box = typing(person)
    assert "widget landed" in who_holds(WORD)
    assert "document" in who_holds(WORD)
    box.selectAll()
    person.key(Keys.Key_Backspace)
    assert "undo" in who_holds(WORD)
    person.type(WORD)
    box.selectAll()
    person.key(Keys.Key_C, CTRL)
    assert "clipboard" in who_holds(WORD)
    # Without a screen Qt cannot tell whose the clipboard is.
    monkeypatch.setattr(QClipboard, "ownsClipboard", lambda _clipboard: True)
    person.key(Keys.Key_L, CTRL)
    assert who_holds(WORD) == [], "the program's own clipboard is emptied as well"


def test_a_session_never_saved_before_the_lock_comes_back_too(with_client: Person) -> None:
    person = with_client
    person.key(Keys.Key_N, CTRL)
    person.write("body", "first words, not yet saved")
    person.idle_fires()
    assert who_holds("first words") == []
    person.unlock()
    assert person.find("body").toPlainText() == "first words, not yet saved"
    assert person.find("body").hasFocus()
    assert len(person.program.vault.drafts()) == 1


def test_the_warning_comes_before_and_any_key_calls_it_off(with_client: Person) -> None:
    person = with_client
    person.idle_fires(minutes=4.6)
    assert person.said("soon_words") == "Locking soon - press any key"
    person.key(Keys.Key_Shift)
    assert person.maybe("soon_words") is None
    person.idle_fires(minutes=4.4)
    assert person.program.vault is not None
    person.idle_fires(minutes=0.7)
    assert person.program.vault is None
