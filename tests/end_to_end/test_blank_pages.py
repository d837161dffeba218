"""Pages to fill in by hand: from the Help menu with a vault open, locked, or none there; and a page as plain text."""

from pathlib import Path

import pytest
from person import CTRL, Keys, Person, settle
from PySide6.QtGui import QClipboard
from PySide6.QtWidgets import QApplication

from alliance_desktop.services.paper import KINDS


def ask(person: Person) -> None:
    person.window.menus.asked.emit("blank_pages")
    settle()
    person.find("preview_page")


def offered(person: Person) -> list[str]:
    box = person.find("preview_sort")
    return [box.itemText(place) for place in range(box.count()) if box.itemData(place) is not None]


def test_every_blank_prints_while_the_vault_is_locked(with_client: Person, tmp_path: Path) -> None:
    person = with_client
    person.key(Keys.Key_L, CTRL)
    ask(person)
    assert offered(person) == [one.words for one in KINDS.values() if one.blank is not None]
    for number, words in enumerate(offered(person), 1):
        person.choose("preview_sort", words)
        person.press("preview_print")
        assert len(person.printed) == number, words
        folder = tmp_path / str(number)
        folder.mkdir()
        assert person.pdf(folder).startswith(b"%PDF")
    assert person.maybe("preview_name") is None
    person.key(Keys.Key_Escape)
    assert person.window.page.objectName() == "unlock"
    person.unlock()


def test_they_are_there_before_any_vault_is_made(person: Person) -> None:
    person.begin()
    ask(person)
    person.press("preview_print")
    assert len(person.printed) == 1


def test_they_lie_over_what_is_open_and_go_with_escape(with_client: Person) -> None:
    with_client.key(Keys.Key_N, CTRL)
    with_client.write("body", "heronsong")
    ask(with_client)
    assert "heronsong" not in with_client.seen()
    with_client.key(Keys.Key_Escape)
    assert with_client.find("body").toPlainText() == "heronsong"


def test_a_page_can_be_read_and_copied_as_plain_text(with_client: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    person = with_client
    # Without a screen Qt cannot tell whose the clipboard is.
    monkeypatch.setattr(QClipboard, "ownsClipboard", lambda _clipboard: True)
    person.notice("the blip")
    person.key(Keys.Key_P, CTRL)
    person.choose("preview_sort", "My repair plan (private)")
    assert person.maybe("preview_words") is None
    person.press("preview_as_text")
    words = person.find("preview_words")
    assert words.isReadOnly()
    assert words.toPlainText().startswith("Repair plan\n")
    assert "the blip" in words.toPlainText()
    person.press("preview_copy")
    person.press("showing_mine")
    assert QApplication.clipboard().text() == words.toPlainText()
    person.key(Keys.Key_L, CTRL)
    assert QApplication.clipboard().text() == ""
    person.unlock()
    assert "the blip" in person.find("preview_words").toPlainText(), "it stands as it stood"
