"""What a note said before, put back and undone; a finished note that stays; text taken out of the wrong file."""

import pytest
from notes import FIRST, THEN, client_of, copies, differences, more, note, only_entry, two_versions
from person import Person

from alliance_desktop.domain.entry import Event
from alliance_desktop.domain.errors import FinishedError, VaultDamagedError
from alliance_desktop.ui.history_page import NONE
from alliance_desktop.ui.past import COPIES


def test_a_version_is_read_put_back_and_taken_back_again(with_client: Person) -> None:
    person = with_client
    two_versions(person)
    person.press("entry_history")
    seen = person.seen()
    assert "Added: She asked for the window." in seen, "in words for a screen reader"
    assert "<u>" in seen, "and marked for the eye"
    (version,) = person.program.vault.history.versions(only_entry(person).id)
    person.press(f"read_{version.id}")
    person.press(f"restore_{version.id}")
    assert only_entry(person).answers["body"] == FIRST
    assert "is back." in person.said("history_notice_sentence")
    assert "An earlier version was put back" in person.seen()
    person.press("history_notice_action")
    assert only_entry(person).answers["body"] == FIRST + THEN
    person.press("history_back")
    assert person.find("body").toPlainText() == FIRST + THEN


def test_the_page_of_a_note_shows_what_was_put_back(with_client: Person) -> None:
    person = with_client
    two_versions(person)
    person.press("entry_history")
    (version,) = person.program.vault.history.versions(only_entry(person).id)
    person.press(f"restore_{version.id}")
    person.press("history_back")
    assert person.find("body").toPlainText() == FIRST
    more(person, " Again.")
    assert only_entry(person).answers["body"] == FIRST + " Again."


def test_each_version_can_be_compared_with_the_one_after_it(with_client: Person) -> None:
    person = with_client
    two_versions(person)
    person.clock.pass_by(minutes=6)
    more(person, " It rained.")
    person.command("History of this note")
    assert [one.partition("Added: ")[2] for one in differences(person)] == [
        "It rained.",
        "She asked for the window. It rained.",
    ]
    person.press("history_each")
    assert [one.partition("Added: ")[2] for one in differences(person)] == ["It rained.", "She asked for the window."]


def test_the_history_is_found_again_after_a_lock(with_client: Person) -> None:
    person = with_client
    two_versions(person)
    person.press("entry_history")
    person.idle_fires()
    person.unlock()
    assert person.find("history").isVisible()
    assert "Added: She asked for the window." in person.seen()


def test_a_finished_note_takes_a_dated_addendum_and_the_first_text_stays_readable(with_client: Person) -> None:
    """Scenario 26."""
    person = with_client
    two_versions(person)
    person.press("finish_note")
    assert person.find("body").isReadOnly()
    person.clock.pass_by(days=1)
    person.write("addendum_text", "She called the next day.")
    person.press("add_addendum")
    seen = person.seen()
    assert FIRST + THEN in seen
    assert "Added 11 March 2026" in seen
    assert "She called the next day." in seen
    person.press("entry_history")
    assert "can be read and not put back" in person.said("history_note")
    entry = only_entry(person)
    (version,) = person.program.vault.history.versions(entry.id)
    assert person.maybe(f"restore_{version.id}") is None, "nothing is put back into a finished note"
    with pytest.raises(FinishedError):
        person.program.vault.history.restore(entry.id, version.id)
    person.press(f"read_{version.id}")
    assert FIRST in person.seen()
    assert "Finished" in person.seen()
    assert only_entry(person).answers["body"] == FIRST + THEN


def test_text_written_in_the_wrong_file_is_removed_from_everywhere_with_a_reason(with_client: Person) -> None:
    person = with_client
    two_versions(person)
    person.write("one_line", "A calm hour")
    person.flush()
    person.press("finish_note")
    person.write("addendum_text", "Wrongword once more")
    person.press("add_addendum")
    person.command("Remove text written")
    person.press("redact")
    assert person.said("redaction_notice_sentence").startswith("Tick first")
    person.press("text_body")
    person.press(next(one for one in person.names() if one.startswith("addendum_") and one != "addendum_text"))
    person.press("redact")
    assert person.said("redaction_notice_sentence").startswith("Say why")
    assert only_entry(person).answers["body"] == FIRST + THEN, "nothing goes without a reason"
    person.type("Belongs to somebody else")
    person.press("redact")
    entry = only_entry(person)
    assert "body" not in entry.answers
    assert entry.answers["one_line"] == "A calm hour"
    assert person.said("text_removed").startswith("Text was removed on 10 March 2026")
    assert "Belongs to somebody else" in person.said("text_removed")
    person.press("entry_history")
    assert "sat by the door" not in person.seen()
    assert "Belongs to somebody else" in person.seen()
    assert copies(person, "sat by the door") == 0
    assert copies(person, "Wrongword") == 0
    assert copies(person, "A calm hour") > 0, "the search finds what stays"
    assert [one.what for one in person.program.vault.history.events(entry.id)] == [Event.REDACTED]


def test_leaving_the_page_removes_nothing(with_client: Person) -> None:
    person = with_client
    note(person, FIRST)
    person.command("Remove text written")
    person.press("text_body")
    person.write("redaction_why", "Perhaps")
    place = person.program.vault.settings.place()
    assert FIRST not in str(place)
    person.press("redaction_back")
    assert person.find("body").toPlainText() == FIRST
    assert only_entry(person).answers["body"] == FIRST


def test_nothing_written_has_no_history(with_client: Person) -> None:
    person = with_client
    person.command("Session note")
    person.command("History of this note")
    assert person.said("work_notice_sentence").startswith("Open a note first")


def test_a_note_without_an_earlier_version_says_so(with_client: Person) -> None:
    person = with_client
    note(person, FIRST)
    person.press("entry_history")
    assert NONE in person.seen()
    assert person.program.vault.history.versions(only_entry(person).id) == []


def unreadable(*_: object) -> None:
    raise VaultDamagedError


@pytest.mark.parametrize(("pressed", "unread"), [("entry_history", "versions"), ("entry_bin", "bin")])
def test_a_page_that_cannot_be_read_is_said_and_is_no_fault_of_the_program(
    with_client: Person, monkeypatch: pytest.MonkeyPatch, pressed: str, unread: str
) -> None:
    person = with_client
    two_versions(person)
    monkeypatch.setattr(person.program.vault.history, unread, unreadable)
    person.press(pressed)
    assert person.program.work.workspace.notice.sentence == VaultDamagedError.sentence
    assert only_entry(person).answers["body"] == FIRST + THEN


def test_removals_that_cannot_be_read_are_said_too(with_client: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    person = with_client
    monkeypatch.setattr(person.program.vault.history, "removals", unreadable)
    note(person, FIRST)
    person.command("Timeline of this client")
    person.program.work.pages.open_entry(only_entry(person).id)
    person.program.work.pages.shown.emit()
    assert person.program.work.workspace.notice.sentence == VaultDamagedError.sentence


def test_only_the_newest_versions_are_compared_until_earlier_ones_are_asked_for(with_client: Person) -> None:
    person = with_client
    two_versions(person)
    for word in (" Rain.", " Sun.", " Wind.", " Snow."):
        person.clock.pass_by(minutes=6)
        more(person, word)
    person.press("entry_history")
    assert len(differences(person)) == 3
    person.press("history_older")
    assert len(differences(person)) == 5
    assert person.maybe("history_older") is None


def test_the_page_of_a_note_that_is_open_elsewhere_is_closed_when_a_version_is_put_back(with_client: Person) -> None:
    person = with_client
    two_versions(person)
    space = person.program.work.workspace
    space.show_place(next(one for one in space.known_places() if space.is_list(one) and one != space.place))
    person.program.work.past.open_history(only_entry(person).id)
    assert len(person.program.work.pages.pages()) == 2, "the note and its history stand in two places"
    (version,) = person.program.vault.history.versions(only_entry(person).id)
    person.press(f"restore_{version.id}")
    held = [one for one in person.program.work.pages.pages() if getattr(one, "desk", None) is not None]
    assert held == [], "a page that stays would write the words of before over it"


def test_reasons_can_be_removed_and_other_notes_with_the_same_words_are_named(with_client: Person) -> None:
    person = with_client
    note(person, FIRST)
    note(person, f"Again: {FIRST}")
    book = person.program.vault.notebook
    first, second = (one.id for one in book.entries(client_of(person)))
    person.program.vault.history.redact(first, ["one_line"], [], "It named Ottilie")
    person.program.work.past.open_redaction(first)
    person.press("text_body")
    person.press(next(one for one in person.names() if one.startswith("why_removal_")))
    person.write("redaction_why", "Wrong file")
    person.press("redact")
    assert [one.why for one in person.program.vault.history.removals(first)] == ["", "Wrong file"]
    assert person.said("copies_left_sentence").startswith(COPIES)
    person.press("copies_left_action")
    assert person.program.work.pages.page.desk.entry == second
    assert person.maybe("copies_left") is None
