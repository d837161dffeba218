"""What is chosen for a page: carried to no other page, shown and nothing else in its place, and noted when copied."""

import pytest
from person import CTRL, Keys, Person, settle
from PySide6.QtWidgets import QApplication

from alliance_desktop.domain.answers import chosen, dated
from alliance_desktop.domain.entry import EntryId
from alliance_desktop.services.notebook import WriteCard
from alliance_desktop.services.paper import Subject


@pytest.fixture
def noted(with_client: Person) -> Person:
    """A client with two sessions, each with private words."""
    book = with_client.program.vault.notebook
    client = book.clients()[0].id
    for day, words in ((1, "heronsong"), (2, "otterlight")):
        answers = {
            "date": dated(book.today().replace(day=day)),
            "one_line": f"{words} line",
            "for_me_only": f"{words} mine",
        }
        book.write(WriteCard(client=client, form="session", card="note", answers=answers, entry=book.new_entry()))
    with_client.program.work.pages.open_preview(client)
    with_client.choose("preview_sort", "Session note")
    with_client.press("preview_as_text")
    with_client.unfold_choices()
    settle()
    return with_client


def words(person: Person) -> str:
    return str(person.find("preview_words").toPlainText())


def test_a_tick_counts_for_one_page_of_one_thing(noted: Person) -> None:
    noted.press("preview_private")
    assert "otterlight mine" in words(noted)
    which = noted.find("preview_which")
    which.setCurrentIndex(1)
    settle()
    assert "heronsong line" in words(noted)
    assert "heronsong mine" not in words(noted), "another session is asked about anew"
    noted.press("preview_private")
    assert "heronsong mine" in words(noted), "control: the tick does what it says"
    for other in ("Timeline", "Session note"):
        noted.choose("preview_sort", other)
    assert not noted.find("preview_private").isChecked()
    assert not noted.find("preview_name").isChecked()


def test_copying_private_words_is_noted_like_printing(noted: Person) -> None:
    noted.press("preview_copy")
    assert "otterlight line" in QApplication.clipboard().text(), "control: without private words it is copied at once"
    QApplication.clipboard().clear()
    noted.press("preview_private")
    noted.press("preview_copy")
    assert QApplication.clipboard().text() == ""
    noted.press("showing_mine")
    assert "otterlight mine" in QApplication.clipboard().text()
    (line,) = noted.program.vault.notebook.of_form("disclosure")
    assert line.answers["how"] == chosen("copied")


def concern(person: Person, words: str, day: int) -> EntryId:
    book = person.program.vault.notebook
    entry = book.new_entry()
    answers = {"learned_on": dated(book.today().replace(day=day)), "exact_words": words}
    client = book.clients()[0].id
    book.write(WriteCard(client=client, form="safeguarding", card="concern", answers=answers, entry=entry))
    return entry


def follow_up(person: Person, of: EntryId | None) -> EntryId:
    book = person.program.vault.notebook
    entry = book.new_entry()
    answers = {"on": dated(book.today()), "what": "laterwords"} | ({"concern": [of]} if of is not None else {})
    client = book.clients()[0].id
    book.write(WriteCard(client=client, form="safeguarding", card="follow_up", answers=answers, entry=entry))
    return entry


@pytest.mark.parametrize("linked", [True, False])
def test_what_came_after_a_concern_prints_that_concern_and_no_other(with_client: Person, linked: bool) -> None:
    person = with_client
    old, _new = concern(person, "oldwords", 1), concern(person, "newwords", 2)
    later = follow_up(person, old if linked else None)
    client = person.program.vault.notebook.clients()[0].id
    person.program.work.pages.open_preview(client, Subject(client=client, entry=later))
    person.press("preview_as_text")
    person.unfold_choices()
    settle()
    told = words(person)
    assert "newwords" not in told
    assert ("oldwords" in told) is linked
    assert ("laterwords" in told) is linked
    person.find("preview_which").setCurrentIndex(0)
    settle()
    assert "newwords" in words(person), "control: it is shown where it is chosen"


def test_words_of_an_earlier_choice_are_gone_while_a_long_page_is_made(noted: Person) -> None:
    person = noted
    book = person.program.vault.notebook
    client = book.clients()[0].id
    answers = {"date": dated(book.today()), "body": "line of words\n" * 12_000, "for_me_only": "heronsong hidden"}
    entry = book.new_entry()
    book.write(WriteCard(client=client, form="session", card="note", answers=answers, entry=entry))
    page = person.program.work.pages.open_preview(client, Subject(client=client, entry=entry))
    person.press("preview_as_text")
    person.unfold_choices()
    person.press("preview_private")
    assert page.progress.is_busy
    person.press("preview_private")
    assert "heronsong hidden" not in page.text.box.toPlainText()
    person.until(lambda: not page.progress.is_busy)
    person.key(Keys.Key_L, CTRL)


def test_a_blank_page_that_stands_there_for_want_of_words_says_so(noted: Person) -> None:
    noted.choose("preview_sort", "Safeguarding record (full name)")
    assert "Nothing of this is written for" in noted.said("preview_notice_sentence")
    assert "this is the blank page" in noted.said("preview_notice_sentence")
    noted.choose("preview_sort", "Session note")
    assert noted.maybe("preview_notice_sentence") is None, "its control: here something is written"
    noted.press("preview_blank")
    assert noted.maybe("preview_notice_sentence") is None, "a blank that was asked for needs no word"
    concern(noted, "heronwords", 3)
    noted.choose("preview_sort", "Timeline")
    noted.program.work.pages.open_preview(noted.program.vault.notebook.clients()[0].id)
    noted.choose("preview_sort", "Safeguarding record (full name)")
    assert noted.maybe("preview_notice_sentence") is None
