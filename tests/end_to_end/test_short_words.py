"""Short words through the window: kept, typed, chosen from the sheet, undone, and in no field for a passphrase."""

import pytest
from person import CTRL, Keys, Person, settle
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication

from alliance_desktop.domain.errors import DiskFullError
from alliance_desktop.services.snippets import NO_TRIGGER, HalfWord, Snippet
from alliance_desktop.ui.short_words_sheet import NO_TEXT, NONE_YET
from alliance_desktop.ui.snippets_page import HALF
from alliance_desktop.ui.standing import UNSAVED

CONF = "We went over what stays here.\nAnd what does not."


def push(person: Person, name: str) -> None:
    person.find(name).setFocus()
    person.key(Keys.Key_Return)
    settle()


def keep(person: Person, trigger: str = "conf", text: str = CONF) -> None:
    person.command("Short words")
    push(person, "short_words_add")
    person.type(trigger)
    person.find("short_word_text").setFocus()
    person.type(text)
    push(person, "short_word_keep")


def test_a_short_word_is_typed_and_one_undo_brings_it_back(with_client: Person) -> None:
    person = with_client
    keep(person)
    person.key(Keys.Key_2, CTRL)
    person.command("Session note")
    body = person.write("body", "Then ;conf ")
    assert body.text() == f"Then {CONF} "
    person.key(Keys.Key_Z, CTRL)
    assert body.text() == "Then ;conf"
    person.type(" on")
    assert body.text() == "Then ;conf on", "undone means wanted as it is"


def test_the_sheet_puts_the_chosen_words_in_at_the_cursor_in_one_step(with_client: Person) -> None:
    person = with_client
    keep(person)
    keep(person, "hi", "Hello again.")
    person.key(Keys.Key_2, CTRL)
    person.command("Session note")
    body = person.write("body", "First.")
    person.key(Keys.Key_J, CTRL)
    assert person.find("short_words_sheet").isVisible()
    person.type("stays here")
    person.key(Keys.Key_Return)
    assert QApplication.focusWidget() is body
    assert body.text() == f"First. {CONF}"
    person.key(Keys.Key_Z, CTRL)
    assert body.text() == "First."
    person.command("Insert short words")
    person.key(Keys.Key_Escape)
    assert QApplication.focusWidget() is body
    assert body.text() == "First."


def test_without_a_text_or_a_short_word_the_sheet_says_so(with_client: Person) -> None:
    person = with_client
    person.find("client_page").setFocus()
    person.key(Keys.Key_J, CTRL)
    assert person.said("work_notice_sentence") == NO_TEXT
    person.key(Keys.Key_2, CTRL)
    person.command("Session note")
    person.box("body")
    person.key(Keys.Key_J, CTRL)
    assert person.said("work_notice_sentence") == NONE_YET


def test_a_removed_one_is_had_back_by_undo_and_what_is_no_word_is_told(with_client: Person) -> None:
    person = with_client
    keep(person)
    push(person, "short_words_remove")
    assert person.program.vault.snippets.all() == []
    push(person, "short_words_notice_action")
    assert person.program.vault.snippets.all() == [Snippet("conf", CONF)]
    push(person, "short_words_change")
    person.find("short_word_trigger").setFocus()
    person.find("short_word_trigger").selectAll()
    person.type("two words")
    push(person, "short_word_keep")
    assert person.said("short_word_notice_sentence") == NO_TRIGGER
    person.find("short_word_trigger").setFocus()
    person.find("short_word_trigger").selectAll()
    person.type("priv")
    push(person, "short_word_keep")
    assert person.program.vault.snippets.all() == [Snippet("priv", CONF)]


def test_a_lock_loses_no_half_short_word_and_passphrases_know_none(with_client: Person) -> None:
    person = with_client
    keep(person)
    push(person, "short_words_add")
    person.type("half")
    person.key(Keys.Key_L, CTRL)
    person.until(lambda: person.program.work is None)
    field = person.until(lambda: person.maybe("unlock_passphrase"))
    field.setFocus()
    person.type(";conf ")
    assert field.text() == ";conf "
    field.clear()
    person.unlock()
    assert person.find("short_word_trigger").text() == "half"


def begun(person: Person, trigger: str) -> None:
    """Change the first short word's trigger and write no more."""
    push(person, "short_words_change")
    person.find("short_word_trigger").selectAll()
    person.type(trigger)


def test_a_lock_in_the_middle_of_a_word_renames_nothing_and_loses_nothing(with_client: Person) -> None:
    person = with_client
    keep(person)
    begun(person, "pri")
    person.key(Keys.Key_L, CTRL)
    person.until(lambda: person.program.work is None)
    person.until(lambda: person.maybe("unlock_passphrase"))
    person.unlock()
    assert person.program.vault.snippets.all() == [Snippet("conf", CONF)]
    box = person.find("short_word_trigger")
    assert box.text() == "pri"
    box.setFocus()
    box.moveCursor(QTextCursor.MoveOperation.End)
    person.type("v")
    push(person, "short_word_keep")
    assert person.program.vault.snippets.all() == [Snippet("priv", CONF)]
    assert person.program.vault.snippets.draft() is None


def test_what_is_half_written_is_there_on_return(with_client: Person) -> None:
    person = with_client
    person.command("Short words")
    push(person, "short_words_add")
    person.type("two words")
    person.key(Keys.Key_2, CTRL)
    person.key(Keys.Key_Comma, CTRL)
    assert person.find("settings_minutes").hasFocus(), "the settings show themselves"
    person.command("Short words")
    assert person.find("short_word_trigger").text() == "two words"
    push(person, "short_words_add")
    assert person.said("short_word_notice_sentence") == HALF
    push(person, "short_word_leave")
    person.key(Keys.Key_Comma, CTRL)
    person.command("Short words")
    assert person.maybe("short_word_trigger") is None, "what was left is gone"


def test_a_full_disk_keeps_the_half_written_on_the_page(with_client: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    person = with_client
    person.command("Short words")
    push(person, "short_words_add")
    person.type("half")
    snippets = person.program.vault.snippets

    def full(_half: object) -> None:
        raise DiskFullError

    with monkeypatch.context() as patch:
        patch.setattr(snippets, "keep_draft", full)
        person.key(Keys.Key_Comma, CTRL)
        assert person.find("short_word_trigger").text() == "half"
        assert person.said("work_notice_sentence") == UNSAVED
        assert not person.program.work.flush()
        assert person.said("short_word_notice_sentence") == DiskFullError.sentence
    person.key(Keys.Key_Comma, CTRL)
    assert person.find("settings_minutes").hasFocus()
    assert snippets.draft() == HalfWord("half", "")


def test_a_note_that_is_opened_from_the_settings_does_not_stand_in_them(with_client: Person) -> None:
    person = with_client
    person.command("Session note")
    person.write("body", "quiet")
    person.flush()
    for place in (Keys.Key_Comma, Keys.Key_1):
        person.key(place, CTRL)
        person.command("New: Feedback")
        assert person.window.workspace.place not in {"settings", "today"}
        person.key(Keys.Key_Comma, CTRL)
        assert person.find("settings_minutes").isVisible()
        person.key(Keys.Key_1, CTRL)
        assert person.find("today").isVisible()
        assert person.maybe("entry_page") is None
