"""Scenario 16: F9 hides everything at once from anywhere, then the vault locks; F9 again returns."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from person import CTRL, Keys, Person, settle, visible_widgets, words_of
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QVBoxLayout

WORDS = ("heronsong", "Dana", "D34", "the blip")
HIDDEN_SECONDS = 1.0


@pytest.fixture
def busy(home: Path) -> Iterator[Person]:
    """A person with a client, a strain and words in it, whose paused page locks after a second."""
    person = Person(home, hidden_seconds=HIDDEN_SECONDS)
    person.begin().unlock()
    person.add_client("D34", "Dana")
    person.notice("the blip")
    person.card(3)
    person.write("understood", "heronsong at dawn")
    yield person
    person.leave()


def told(person: Person) -> list[str]:
    """Return each word of the client that anything on screen shows, says or holds; and the titles."""
    shown = "\n".join(words_of(one) for one in visible_widgets(person.window))
    return [word for word in WORDS if word in shown]


def hide(person: Person) -> QImage:
    """Press F9 where the keyboard is and look at the window at once, before anything else can happen."""
    before = person.window.shown
    person.key(Keys.Key_F9)
    assert person.window.shown.objectName() == "paused", f"from {before.objectName()}"
    assert QApplication.activePopupWidget() is None
    assert QApplication.activeModalWidget() is None
    assert told(person) == []
    assert person.window.windowTitle() == "Alliance Desktop"
    assert [one.windowTitle() for one in QApplication.topLevelWidgets() if one.isVisible()] == ["Alliance Desktop"]
    person.window.activateWindow()
    settle()
    return person.window.grab().toImage()


def at_card(person: Person) -> None:
    person.box("understood")


def at_preview(person: Person) -> None:
    person.key(Keys.Key_P, CTRL)
    person.find("preview_page")


def at_timeline(person: Person) -> None:
    person.key(Keys.Key_T, CTRL)


def at_strains(person: Person) -> None:
    person.key(Keys.Key_3, CTRL)


def at_finder(person: Person) -> None:
    person.key(Keys.Key_K, CTRL)
    person.type("Dan")


def with_menu(person: Person) -> None:
    menu = person.window.menuBar().actions()[0].menu()
    menu.popup(person.window.mapToGlobal(person.window.rect().topLeft()))
    assert QApplication.activePopupWidget() is menu


def with_context_menu(person: Person) -> None:
    box = person.box("understood")
    box.selectAll()
    person.key(Keys.Key_Menu)
    if QApplication.activePopupWidget() is None:
        from PySide6.QtGui import QContextMenuEvent

        at = box.rect().center()
        event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, at, box.mapToGlobal(at))
        QApplication.sendEvent(box.viewport(), event)
    assert QApplication.activePopupWidget() is not None


def with_list_open(person: Person) -> None:
    person.key(Keys.Key_T, CTRL)
    combo = person.find("client_filter")
    combo.setFocus()
    person.key(Keys.Key_F4)
    assert combo.view().isVisible()
    assert QApplication.activePopupWidget() is not None


def with_dialog(person: Person) -> None:
    dialog = QDialog(person.window)
    dialog.setWindowTitle("Plan of Dana")
    QVBoxLayout(dialog).addWidget(QLabel("heronsong in a dialog"))
    dialog.setModal(True)
    dialog.open()
    settle()
    assert QApplication.activeModalWidget() is dialog


SCREENS = (
    at_card,
    at_preview,
    at_timeline,
    at_strains,
    at_finder,
    with_menu,
    with_context_menu,
    with_list_open,
    with_dialog,
)


def test_from_every_screen_nothing_of_the_client_is_left(busy: Person) -> None:
    seen = []
    for go in SCREENS:
        go(busy)
        assert told(busy), f"{go.__name__}: there was something to hide"
        seen.append((go.__name__, hide(busy)))
        assert busy.window.is_hiding
        busy.key(Keys.Key_F9)
        assert not busy.window.is_hiding
        assert told(busy)
        busy.key(Keys.Key_Escape)
        busy.key(Keys.Key_2, CTRL)
        at_strain(busy)
    first = seen[0][1]
    unlike = [name for name, picture in seen if picture != first]
    assert unlike == [], "the picture of the paused page does not depend on what it covers"


def at_strain(person: Person) -> None:
    """Go back to the card, whatever is open."""
    if person.maybe("understood") is None:
        person.key(Keys.Key_3, CTRL)
        person.find("strain_rows").setFocus()
        person.key(Keys.Key_Return)
        person.card(3)


def test_it_returns_to_the_same_cursor_and_text(busy: Person) -> None:
    box = busy.box("understood")
    for _ in range(5):
        busy.key(Keys.Key_Left)
    was = box.textCursor().position()
    hide(busy)
    busy.type("nothing.typed.here.arrives")
    busy.key(Keys.Key_F9)
    assert box.hasFocus()
    assert box.textCursor().position() == was
    assert box.toPlainText() == "heronsong at dawn"


def test_hidden_long_enough_it_locks_and_keeps_what_was_typed(busy: Person) -> None:
    hide(busy)
    busy.until(lambda: busy.program.vault is None, seconds=HIDDEN_SECONDS + 5)
    assert busy.window.shown.objectName() == "unlock"
    assert told(busy) == []
    busy.unlock()
    assert busy.find("understood").toPlainText() == "heronsong at dawn"


def test_commands_do_nothing_while_hidden(busy: Person) -> None:
    hide(busy)
    commands: list[Callable[[], None]] = [
        lambda: busy.key(Keys.Key_K, CTRL),
        lambda: busy.key(Keys.Key_T, CTRL),
        lambda: busy.key(Keys.Key_P, CTRL),
    ]
    for one in commands:
        one()
        assert busy.window.shown.objectName() == "paused"
        assert told(busy) == []


def test_before_unlocking_it_hides_and_returns_as_well(locked: Person) -> None:
    locked.type("half a passphr")
    locked.key(Keys.Key_F9)
    assert locked.window.shown.objectName() == "paused"
    locked.key(Keys.Key_F9)
    assert locked.window.shown.objectName() == "unlock"
    assert locked.find("unlock_passphrase").text() == "half a passphr"


def test_a_list_that_is_open_swallows_no_lock(with_client: Person) -> None:
    person = with_client
    with_list_open(person)
    popup = QApplication.activePopupWidget()
    QTest.keyClick(popup, Keys.Key_L, CTRL)
    person.until(lambda: person.program.vault is None)
    assert QApplication.activePopupWidget() is None
    assert person.maybe("unlock_passphrase") is not None
