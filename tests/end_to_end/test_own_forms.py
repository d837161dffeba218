"""A counsellor makes a form of their own from a shipped one, writes in it, changes it, and is locked out meanwhile."""

import names
import pytest
from notes import client_of
from person import CTRL, SHIFT, Keys, Person, settle
from PySide6.QtWidgets import QApplication

from alliance_desktop.domain.errors import NewerEntryError
from alliance_desktop.domain.look import Appearance
from alliance_desktop.domain.own_form import ASKED_AFTER, NEEDED_STAYS, NO_LABEL, NOT_COPIED
from alliance_desktop.services.own_forms import NEWER
from alliance_desktop.ui import theme

ASKED = "Did we breathe first?"


def rows(person: Person, name: str) -> list[str]:
    view = person.find(name)
    return [view.rows.row(at).title.strip("\u2068\u2069") for at in range(view.rows.rowCount())]


def to_row(person: Person, name: str, title: str) -> None:
    """Go to a row of a list with the arrows."""
    view = person.find(name)
    view.setFocus()
    person.key(Keys.Key_Home)
    person.until(lambda: True)
    at = rows(person, name).index(title)
    for _ in range(at - view.currentIndex().row()):
        person.key(Keys.Key_Down)
    assert view.currentIndex().row() == at


def push(person: Person, name: str) -> None:
    """Press a button with the keyboard."""
    person.find(name).setFocus()
    person.key(Keys.Key_Return)
    settle()


def copy_feedback(person: Person) -> None:
    person.command("Forms of my own")
    to_row(person, "shipped_rows", "Feedback")
    push(person, "shipped_copy")
    assert person.find("own_form_name").text() == "Feedback (mine)"


def add_question(person: Person, label: str = ASKED) -> None:
    push(person, "own_form_add")
    person.type(label)
    person.choose("own_question_kind", "A tick")
    person.find("own_question_record").click()
    push(person, "own_question_take")


def lock_and_unlock(person: Person) -> None:
    person.key(Keys.Key_L, CTRL)
    person.until(lambda: person.program.work is None)
    person.until(lambda: person.maybe("unlock_passphrase"))
    person.unlock()


def test_a_form_is_made_written_in_and_changed_and_the_old_note_reads_as_it_was(with_client: Person) -> None:
    person = with_client
    client = client_of(person)
    copy_feedback(person)
    to_row(person, "own_form_rows", "“What should change?”")
    push(person, "own_form_hide")
    to_row(person, "own_form_rows", "Where did it lead?")
    add_question(person)
    push(person, "own_form_keep")
    assert rows(person, "own_forms_rows") == ["Feedback (mine)"]
    person.command("New: Feedback (mine)")
    page = person.page()
    assert page.form.version == 1
    assert "change" not in page.desk.editor.fields
    assert ASKED in person.seen()
    mine = next(key for key in page.desk.editor.fields if key.startswith("mine_"))
    person.find(mine).click()
    person.write("did_with_it", "We start with a breath.")
    assert page.flush()
    (entry,) = person.program.vault.notebook.entries(client)
    assert entry.answers[mine] is True
    person.command("Forms of my own")
    push(person, "own_forms_change")
    to_row(person, "own_form_rows", ASKED)
    push(person, "own_form_remove")
    push(person, "own_form_keep")
    person.program.work.pages.open_entry(entry.id)
    assert person.page().form.version == 1
    assert ASKED in person.seen()
    person.command("New: Feedback (mine)")
    assert person.page().form.version == 2
    assert mine not in person.page().desk.editor.fields


def test_a_lock_in_the_middle_loses_nothing(with_client: Person) -> None:
    person = with_client
    copy_feedback(person)
    person.find("own_form_name").setFocus()
    person.type(" of Tuesday")
    push(person, "own_form_add")
    person.type("Half a ques")
    lock_and_unlock(person)
    assert person.find("own_form_name").text() == "Feedback (mine) of Tuesday"
    assert person.find("own_question_label").text() == "Half a ques"
    assert QApplication.focusWidget().objectName() == "own_question_label"
    person.type("tion")
    push(person, "own_question_take")
    assert "Half a question" in rows(person, "own_form_rows")
    assert person.program.vault.own_forms.all() == [], "nothing was kept by itself"
    push(person, "own_form_leave")
    assert person.maybe("own_forms_rows") is None
    assert person.program.vault.own_forms.drafts() == []


def test_moves_are_named_and_told(with_client: Person, announced: list[str]) -> None:
    person = with_client
    copy_feedback(person)
    to_row(person, "own_form_rows", "“Do you feel understood?”")
    up = person.find("own_form_up")
    assert up.accessibleName() == "Move “Do you feel understood?” up"
    push(person, "own_form_up")
    assert announced[-1].startswith("“Do you feel understood?” is now")
    assert QApplication.focusWidget() is up, "the next press moves it on"
    names = rows(person, "own_form_rows")
    assert names.index("“Do you feel understood?”") == names.index("“Do you feel supported?”") - 1
    to_row(person, "own_form_rows", "Date")
    push(person, "own_form_up")
    assert "stays where it is" in announced[-1]


def test_what_must_stay_says_why_and_a_hidden_question_comes_back(with_client: Person) -> None:
    person = with_client
    copy_feedback(person)
    to_row(person, "own_form_rows", "Who gave it?")
    assert person.said("own_form_why") == NEEDED_STAYS
    assert person.maybe("own_form_hide") is None
    to_row(person, "own_form_rows", "How was it asked?")
    assert person.said("own_form_why") == ASKED_AFTER.format(label="Who asked?")
    to_row(person, "own_form_rows", "Told them on")
    assert person.maybe("own_form_why") is None
    before = rows(person, "own_form_rows")
    push(person, "own_form_hide")
    assert person.find("own_form_hide").accessibleName() == "Show “Told them on”"
    push(person, "own_form_hide")
    assert rows(person, "own_form_rows") == before


def test_what_cannot_be_copied_says_why(with_client: Person) -> None:
    person = with_client
    person.command("Forms of my own")
    to_row(person, "shipped_rows", "Safeguarding concern")
    assert person.said("shipped_why_not") == NOT_COPIED["safeguarding"]
    assert person.maybe("shipped_copy") is None
    push(person, "shipped_look")
    assert "In their exact words" in person.seen() or "Part of the record" in person.seen()


def test_a_fresh_page_stands_on_its_first_question(with_client: Person) -> None:
    person = with_client
    copy_feedback(person)
    assert person.find("own_form_rows").currentIndex().row() == 0
    assert person.find("own_form_down").accessibleName() == "Move “Date” down"
    push(person, "own_form_down")
    assert rows(person, "own_form_rows")[1] == "Date"


def test_how_it_looks_follows_each_change(with_client: Person) -> None:
    person = with_client
    copy_feedback(person)
    push(person, "own_form_see")
    card = person.find("card_feedback")
    assert "change" in card.fields
    to_row(person, "own_form_rows", "“What should change?”")
    push(person, "own_form_hide")
    assert "change" not in person.find("card_feedback").fields
    push(person, "own_form_see")
    assert person.maybe("card_feedback") is None


def test_a_question_without_words_is_answered_with_a_sentence(with_client: Person) -> None:
    person = with_client
    copy_feedback(person)
    push(person, "own_form_add")
    push(person, "own_question_take")
    assert person.said("own_question_notice_sentence") == NO_LABEL
    person.find("own_question_label").setFocus()
    person.type("ما الذي ساعد؟")
    push(person, "own_question_take")
    assert "ما الذي ساعد؟" in rows(person, "own_form_rows")


def test_a_retired_form_is_offered_no_more_until_it_is_put_back(with_client: Person) -> None:
    person = with_client
    copy_feedback(person)
    push(person, "own_form_keep")
    push(person, "own_forms_retire")
    forms = person.program.work.pages._book.forms
    (mine,) = person.program.vault.own_forms.all()
    assert not forms.offers(mine.id)
    person.key(Keys.Key_E, CTRL | SHIFT)
    assert "Feedback (mine)" not in rows(person, "form_rows")
    person.command("Forms of my own")
    push(person, "own_forms_retire")
    assert forms.offers(mine.id)


def test_a_form_of_a_later_program_is_told_in_the_settings_and_its_notes_stay(with_client: Person) -> None:
    person = with_client
    copy_feedback(person)
    push(person, "own_form_keep")
    person.command("New: Feedback (mine)")
    person.write("did_with_it", "We start with a breath.")
    assert person.page().flush()
    store, (mine,) = person.program.vault._store, person.program.vault.own_forms.all()
    later = store.settings.get(f"form {mine.id} 1") | {"colour_of_the_sky": "blue"}
    with store.transaction():
        store.settings.put(f"form {mine.id} 1", later)
    lock_and_unlock(person)
    person.command("Settings")
    assert person.said("settings_form_troubles") == NEWER
    person.key(Keys.Key_T, CTRL)
    person.type("dana")
    person.key(Keys.Key_Return)
    assert NewerEntryError.sentence in person.seen()


def test_the_settings_lead_there_and_back(with_client: Person) -> None:
    person = with_client
    person.command("Settings")
    push(person, "settings_own_forms")
    assert person.find("own_forms").isVisible()
    push(person, "own_forms_back")
    assert QApplication.focusWidget().objectName() == "settings_own_forms"
    push(person, "settings_short_words")
    person.key(Keys.Key_Comma, CTRL)
    assert person.maybe("short_words") is None
    assert person.find("settings_short_words", type(person.find("settings_own_forms"))).isVisible()


@pytest.fixture
def announced(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the page of a form says to a screen reader."""
    said: list[str] = []
    monkeypatch.setattr("alliance_desktop.ui.own_form_page.announce", lambda _widget, words: said.append(words))
    return said


@pytest.mark.parametrize("scale", [100, 200])
def test_everything_has_a_name_and_room(with_client: Person, scale: int) -> None:
    person = with_client
    theme.apply(Appearance.LIGHT, scale)

    def walk() -> None:
        settle()
        page = person.page()
        assert names.nameless(page) == []
        assert names.cut(page) == []
        assert names.small(page) == []

    person.command("Forms of my own")
    walk()
    copy_feedback(person)
    add_question(person)
    walk()
    push(person, "own_form_add")
    person.choose("own_question_kind", "One of")
    walk()
    push(person, "own_question_leave")
    push(person, "own_form_keep")
    push(person, "own_forms_look")
    walk()
    person.command("Short words")
    push(person, "short_words_add")
    walk()


def test_blank_pages_of_a_form_close_when_it_is_kept_anew(with_client: Person) -> None:
    """They ask what it asked before; a page that was written in stays."""
    person = with_client
    copy_feedback(person)
    push(person, "own_form_keep")
    person.key(Keys.Key_3, CTRL)
    person.command("New: Feedback (mine)")
    written = person.page()
    person.write("did_with_it", "We start with a breath.")
    assert written.flush()
    person.key(Keys.Key_2, CTRL)
    person.command("New: Feedback (mine)")
    blank = person.page()
    person.command("Forms of my own")
    push(person, "own_forms_change")
    to_row(person, "own_form_rows", "“What should change?”")
    push(person, "own_form_hide")
    push(person, "own_form_keep")
    open = person.program.work.pages.pages()
    assert blank not in open
    assert written in open
