"""The session note: ninety seconds, four styles, finished, and added to afterwards (scenario 26 for a note)."""

import pytest
from person import CTRL, Keys, Person
from PySide6.QtWidgets import QPlainTextEdit

from alliance_desktop.domain.entry import State


@pytest.fixture
def writing(with_client: Person) -> Person:
    with_client.key(Keys.Key_N, CTRL)
    return with_client


def entry(person: Person) -> object:
    book = person.program.vault.notebook
    return next(one for one in book.entries(book.clients()[0].id) if one.form == "session")


def test_ninety_seconds_are_enough(writing: Person) -> None:
    """Attendance and one line; date and time are filled in, nothing else is asked."""
    writing.press("attendance_attended")
    writing.write("one_line", "Talked about the move.")
    writing.key(Keys.Key_Return, CTRL)
    assert writing.said("note_state").startswith("Finished 10 March 2026")
    kept = entry(writing)
    assert kept.state is State.FINISHED
    assert kept.answers["one_line"] == "Talked about the move."
    assert kept.answers["date"]["on"] == "2026-03-10"
    writing.key(Keys.Key_T, CTRL)
    assert any("Talked about the move." in row.spoken for row in writing.find("timeline").rows_shown())


def test_switching_the_style_never_deletes(writing: Person) -> None:
    writing.write("body", "free words")
    writing.press("style_soap")
    writing.write("soap_told", "told words")
    writing.press("style_dap")
    writing.write("dap_read", "read words")
    writing.press("style_birp")
    writing.write("birp_did", "did words")
    seen = {one.toPlainText() for one in writing.window.findChildren(QPlainTextEdit) if one.isVisible()}
    assert {"free words", "told words", "read words", "did words"} <= seen, "what is no longer asked is still shown"
    writing.press("style_free")
    writing.key(Keys.Key_L, CTRL)
    writing.unlock()
    answers = entry(writing).answers
    kept = [answers[key] for key in ("body", "soap_told", "dap_read", "birp_did")]
    assert kept == ["free words", "told words", "read words", "did words"]
    assert writing.find("body").toPlainText() == "free words"


def finished(person: Person) -> None:
    person.write("one_line", "Talked about the move.")
    person.write("body", "The first text.")
    person.press("finish_note")


def test_finishing_freezes_and_the_first_text_stays(writing: Person) -> None:
    finished(writing)
    box = writing.find("body")
    assert box.isReadOnly()
    box.setFocus()
    writing.type("more")
    assert box.toPlainText() == "The first text."
    assert writing.maybe("finish_note") is None
    writing.write("addendum_text", "She called: the move is off.")
    writing.press("add_addendum")
    writing.press("addendum_private")
    writing.write("addendum_text", "I was relieved.")
    writing.press("add_addendum")
    assert writing.find("addendum_text").toPlainText() == ""
    book = writing.program.vault.notebook
    added = [(one.text, one.private) for one in book.addenda(entry(writing).id)]
    assert added == [("She called: the move is off.", False), ("I was relieved.", True)]
    assert "only for me" in writing.seen()
    writing.start_again().unlock()
    assert writing.find("body").toPlainText() == "The first text."
    assert writing.find("body").isReadOnly()
    assert "She called: the move is off." in writing.seen()
    writing.key(Keys.Key_T, CTRL)
    assert sum("ddendum" in row.spoken for row in writing.find("timeline").rows_shown()) == 2


def test_an_unfinished_addendum_survives_a_lock(writing: Person) -> None:
    finished(writing)
    writing.press("addendum_private")
    writing.write("addendum_text", "Not yet said to the end")
    writing.idle_fires()
    assert writing.window.shown.objectName() == "unlock"
    writing.unlock()
    assert writing.find("addendum_text").toPlainText() == "Not yet said to the end"
    assert writing.find("addendum_private").isChecked()
    book = writing.program.vault.notebook
    assert book.addenda(entry(writing).id) == [], "it is kept, and not yet added"


def test_a_tender_session_asks_once_how_it_landed(writing: Person) -> None:
    writing.write("one_line", "A hard hour.")
    writing.press("tender")
    writing.press("finish_note")
    assert "Did you ask how it landed?" in writing.said("entry_notice_sentence")
    assert entry(writing).state is State.DRAFT
    writing.press("finish_note")
    assert entry(writing).state is State.FINISHED, "it may be left"


def test_something_felt_off_leads_to_a_linked_strain(writing: Person) -> None:
    writing.write("one_line", "Quiet today.")
    writing.press("felt_off")
    writing.flush()
    writing.press("felt_off_notice_action")
    assert writing.said("card_title").startswith("0")
    writing.write("name", "the quiet")
    writing.flush()
    book = writing.program.vault.notebook
    notice = next(one for one in book.entries(book.clients()[0].id) if one.card == "notice")
    assert notice.answers["session"] == [entry(writing).id]
