"""Who needs large letters or a dark window needs them on the lock page as well, also after a new start."""

from pathlib import Path

from person import Person
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication


def shown(person: Person) -> tuple[str, int, bool]:
    """Return what the window says of its look, and whether it is dark."""
    look = person.window.look
    dark = QApplication.palette().color(QPalette.ColorRole.Window).lightness() < 128
    return str(look.appearance), look.text_scale, dark


def test_the_lock_page_looks_as_the_notes_did(person: Person) -> None:
    assert shown(person) == ("system", 100, False), "the control"
    person.window.menus.actions["appearance_dark"].trigger()
    person.window.menus.actions["text_larger"].trigger()
    person.start_again()
    assert person.window.page.objectName() == "unlock"
    assert shown(person) == ("dark", 125, True)
    person.window.menus.actions["text_larger"].trigger()
    person.start_again()
    assert shown(person) == ("dark", 150, True), "what is chosen on the lock page is as well, until the notes are open"
    person.unlock()
    assert shown(person) == ("dark", 125, True)
    person.start_again()
    assert shown(person) == ("dark", 125, True)


def test_the_sample_leaves_no_look_behind(tmp_path: Path) -> None:
    one = Person(tmp_path)
    one.program.begin(demo=True)
    one.window.menus.actions["appearance_dark"].trigger()
    assert shown(one)[0] == "dark", "the control"
    one.leave()
    assert Person(tmp_path).program.parts.machine.look() == ("system", 100)
