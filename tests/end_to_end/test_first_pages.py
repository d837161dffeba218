"""The pages of the first run and of unlocking: a way back, what is said, and keys that stand once."""

import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from first_steps import to_choices, to_new_passphrase, to_sheet
from person import Clock, Keys, Person, cheap, settle
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from alliance_desktop.services.machine import Machine
from alliance_desktop.ui.menu_names import MENUS
from alliance_desktop.wiring import Program, World


@pytest.mark.parametrize("asked", ["unlock_other", "unlock_new"])
@pytest.mark.parametrize("by_key", [False, True])
def test_from_welcome_one_comes_back_to_the_locked_notebook(locked: Person, asked: str, by_key: bool) -> None:
    locked.press(asked)
    assert locked.find("welcome_back").text().replace("&", "") == "Back to my notebook"
    locked.key(Keys.Key_Escape) if by_key else locked.press("welcome_back")
    assert locked.window.shown.objectName() == "unlock"
    locked.unlock()


def test_a_newcomer_has_nothing_to_come_back_to(newcomer: Person) -> None:
    assert newcomer.maybe("welcome_back") is None
    newcomer.key(Keys.Key_Escape)
    assert newcomer.find("welcome_new").isVisible()


# -- words and keys of the first run --------------------------------------------------------------------------------


def test_a_saved_sheet_says_where_and_still_does_after_back(newcomer: Person, tmp_path: Path) -> None:
    person = newcomer
    to_sheet(person)
    person.save_to = tmp_path
    person.press("sheet_save")
    said = person.said("sheet_notice_sentence").replace("\u2068", "").replace("\u2069", "")
    name = person.asked[-1]
    assert said == f"Saved as {name} in {tmp_path}. The file is not protected: print it, then delete it."
    assert stat.S_IMODE((tmp_path / name).stat().st_mode) & 0o077 == 0
    person.press("sheet_next")
    person.press("proof_back")
    assert person.said("sheet_notice_sentence").startswith("Saved as")


def test_a_first_run_offers_a_folder_that_is_there(own_home: Path, clock: Clock, qapp: QApplication) -> None:
    (own_home / "Documents").mkdir()
    program = Program(World(now=clock.now, machine=Machine(own_home / "state"), kdf=cheap()))
    program.begin()
    offered = program.window.shown.place.folder_field.folder()
    assert offered.is_absolute()
    assert offered.is_dir()
    assert offered == own_home / "Documents"
    program.window.close()
    program.input.deleteLater()
    program.window.deleteLater()
    settle()


def access_keys(window: QWidget) -> list[str]:
    """Return the access key of everything that has one just now, the menu bar included."""
    words = [*MENUS]
    for one in window.findChildren(QWidget):
        if one.isVisible() and (isinstance(one, QAbstractButton) or (isinstance(one, QLabel) and one.buddy())):
            words.append(one.text())
    return [text[text.index("&") + 1].casefold() for text in words if "&" in text]


def twice(keys: list[str]) -> set[str]:
    return {one for one in keys if keys.count(one) > 1}


def test_no_access_key_stands_twice_on_a_page_of_the_first_run(newcomer: Person) -> None:
    person = newcomer
    seen: dict[str, list[str]] = {}

    def look(page: str) -> None:
        seen[page] = access_keys(person.window)

    look("welcome")
    person.press("welcome_existing")
    look("existing")
    person.press("existing_back")
    person.press("welcome_new")
    look("place")
    person.press("place_back")
    to_choices(person)
    look("choices")
    person.press("choices_back")
    look("proof")
    person.press("proof_back")
    look("sheet")
    person.window.hide_now()
    look("paused")
    person.window.come_back()
    page = person.window.shown
    page.show_page(page.secret)
    look("secret")
    assert {page: twice(keys) for page, keys in seen.items() if twice(keys)} == {}
    assert all(len(keys) > len(MENUS) for keys in seen.values())


def test_no_access_key_stands_twice_on_a_page_of_unlocking(locked: Person, sheet: str) -> None:
    person = locked
    pages: list[tuple[str, Callable[[], object]]] = [
        ("unlock", lambda: None),
        ("paper", lambda: person.press("unlock_paper")),
        ("back", lambda: (person.key(Keys.Key_Escape), person.press("unlock_other"))),
        ("set", lambda: (person.press("welcome_back"), to_new_passphrase(person, sheet))),
    ]
    found = {}
    for name, go in pages:
        go()
        keys = access_keys(person.window)
        assert len(keys) > len(MENUS)
        found[name] = twice(keys)
    assert {name: keys for name, keys in found.items() if keys} == {}
