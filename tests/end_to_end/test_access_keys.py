"""Every Alt and letter that is shown does one thing: none stands twice on a page, nor in a menu."""

import pytest
from person import ALT, Keys, Person, settle
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QAbstractButton
from test_first_pages import access_keys, twice

from alliance_desktop.ui.commands import COMMANDS
from alliance_desktop.ui.menu_names import MENUS

PAGES = ("settings", "caseload", "own_forms", "short_words", "key_life", "backups", "today", "search", "details", "bin")


def test_no_letter_stands_twice_in_a_menu() -> None:
    texts = {menu: [one.text for one in COMMANDS if one.menu == menu and "&" in one.text] for menu in MENUS}
    letters = {menu: [one[one.index("&") + 1].casefold() for one in its] for menu, its in texts.items()}
    assert {menu: twice(found) for menu, found in letters.items() if twice(found)} == {}
    assert twice([*letters[MENUS[0]], letters[MENUS[0]][0]]), "a letter that stands twice is found"


@pytest.mark.parametrize("size", [QSize(1280, 800), QSize(700, 700)])
def test_no_letter_stands_twice_on_a_page(with_client: Person, size: QSize) -> None:
    person = with_client
    person.window.resize(size)
    found = {}
    for page in PAGES:
        person.program.work.obey(page)
        settle()
        found[page] = access_keys(person.window)
    assert {page: twice(keys) for page, keys in found.items() if twice(keys)} == {}


@pytest.mark.parametrize(
    ("letter", "name"), [("D", "delete_for_good"), ("C", "delete_close_case"), ("B", "delete_back")]
)
@pytest.mark.parametrize("size", [QSize(1280, 800), QSize(700, 700)])
def test_the_letters_of_the_page_that_deletes_a_client_work(
    with_client: Person, letter: str, name: str, size: QSize
) -> None:
    person = with_client
    person.window.resize(size)
    person.program.work.obey("delete_client")
    settle()
    pressed: list[bool] = []
    person.find(name, QAbstractButton).clicked.connect(lambda: pressed.append(True))
    person.key(Keys[f"Key_{letter}"], ALT)
    # Qt shows a button pressed for a moment before it acts.
    person.until(lambda: pressed)
    if letter == "D":
        assert person.said("delete_notice_sentence") == "Type the passphrase of this vault first."
        assert person.find("delete_passphrase").hasFocus()
