"""Alt and a letter that is no shortcut writes nothing, in whichever field; one that is written with AltGr does."""

import pytest
from person import ALT, CTRL, NONE, SHIFT, Keys, Person, settle
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from alliance_desktop.ui.input_watch import is_stray

ALT_GR = Qt.KeyboardModifier.GroupSwitchModifier


def press(key: Qt.Key, text: str, held: Qt.KeyboardModifier) -> None:
    """Press a key that carries a letter, as X11 does also with Alt."""
    target = QApplication.focusWidget()
    assert target is not None
    QTest.sendKeyEvent(QTest.KeyAction.Click, target, key, text, held)


@pytest.mark.parametrize(
    ("held", "writes"), [(NONE, True), (ALT, False), (ALT | SHIFT, False), (ALT | CTRL, True), (ALT_GR, True)]
)
@pytest.mark.parametrize("field", ["code", "called"])
def test_a_letter_with_alt_is_not_written(
    with_client: Person, field: str, held: Qt.KeyboardModifier, writes: bool
) -> None:
    with_client.program.work.obey("details")
    settle()
    box = with_client.box(field)
    said = (lambda: box.toPlainText()) if isinstance(box, QPlainTextEdit) else (lambda: box.text())
    before = said()
    press(Keys.Key_J, "j", held)
    assert ("j" in said()) is writes
    assert writes or said() == before


def test_words_of_a_note_take_no_letter_with_alt(with_client: Person) -> None:
    with_client.key(Keys.Key_N, CTRL)
    box = with_client.box("one_line")
    press(Keys.Key_J, "j", ALT)
    assert box.toPlainText() == ""
    press(Keys.Key_J, "j", NONE)
    assert box.toPlainText() == "j"


def test_keys_that_write_nothing_and_a_mac_are_left_alone(with_client: Person) -> None:
    def event(text: str, held: Qt.KeyboardModifier = ALT) -> QKeyEvent:
        return QKeyEvent(QEvent.Type.KeyPress, Keys.Key_J, held, text)

    assert is_stray(event("j"), "linux")
    assert is_stray(event("é"), "win32")
    assert not is_stray(event("j"), "darwin")
    assert not is_stray(event(""), "linux")
    assert not is_stray(event("\r"), "linux")
    assert not is_stray(event("j", NONE), "linux")


def test_a_shortcut_with_alt_still_comes(with_client: Person) -> None:
    with_client.notice("The corridor")
    with_client.card(1)
    settle()
    assert with_client.said("card_title").startswith("1")
