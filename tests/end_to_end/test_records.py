"""A request for records through the window: nothing is finished while one group waits, and black words are gone."""

from typing import Any

import pytest
from person import SHIFT, Person, settle
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor

from alliance_desktop.domain.answers import chosen
from alliance_desktop.domain.entry import EntryId, State
from alliance_desktop.domain.records.deciding import Verdict
from alliance_desktop.services.access import OpenVault
from alliance_desktop.services.notebook import WriteCard

Keys = Qt.Key
WORRY = "Her brother 👩‍👩‍👧 Aaron Quill saw her cry."
SECRET = "I was afraid of her father."
HARM = "He locked the door on me."


def vault_of(person: Person) -> OpenVault:
    found = person.program.vault
    assert found is not None
    return found


def write(person: Person, form: str, card: str, **answers: Any) -> EntryId:
    vault = vault_of(person)
    book = vault.notebook
    (client,) = book.clients()
    id = book.new_entry()
    book.write(WriteCard(client=client.id, form=form, card=card, answers=answers, entry=id))
    return id


@pytest.fixture
def asked(with_client: Person) -> Person:
    """A person with notes of every kind about Dana, on the page of her request."""
    write(with_client, "concern", "concern", worries=WORRY, told_back="I am on it.")
    write(with_client, "session", "note", body="We talked.", for_me_only=SECRET)
    write(with_client, "safeguarding", "concern", exact_words=HARM)
    with_client.command("Records request")
    settle()
    with_client.find("asker_client").setChecked(True)
    with_client.write("identity", "She stood before me.")
    with_client.write("authority", "Her own record.")
    with_client.flush()
    return with_client


def request_of(person: Person) -> EntryId:
    (client,) = vault_of(person).notebook.clients()
    (found,) = vault_of(person).records.requests(client.id)
    return found.id


def to_pieces(person: Person) -> Any:
    settle()
    person.press("request_copy_open")
    return person.find("records_page")


def decide(person: Person, verdict: Verdict, why: str) -> None:
    """Decide about the piece that is shown, with the keyboard alone."""
    person.find(f"piece_{verdict}").setFocus()
    person.key(Keys.Key_Space)
    person.tab_to("piece_reason")
    person.type(why)
    person.tab_to("piece_keep")
    person.key(Keys.Key_Return)
    settle()


def shown_label(person: Person) -> str:
    return person.said("piece_where")


def test_it_is_reached_from_the_list_of_entries_from_the_request_and_by_its_name(asked: Person) -> None:
    to_pieces(asked)
    asked.press("records_request")
    assert asked.find("entry_title").text() == "Records request"
    asked.command("Records request of")
    assert asked.find("records_page").isVisible()


def test_each_group_left_undecided_keeps_it_open_and_is_named(asked: Person) -> None:
    to_pieces(asked)
    for group, verdict in (
        ("Words from or about other people", Verdict.LEAVE_OUT),
        ("Private reflection", Verdict.KEEP_APART),
        ("Safeguarding", Verdict.PRINT),
    ):
        asked.press("records_finish")
        told = asked.said("records_notice_sentence")
        assert group.lower() in told.lower()
        assert vault_of(asked).notebook.entry(request_of(asked)).state is State.DRAFT
        assert shown_label(asked).startswith(group)
        decide(asked, verdict, "My reason.")
    assert "Everything is decided" in asked.said("records_state")
    asked.press("records_finish")
    assert vault_of(asked).notebook.entry(request_of(asked)).state is State.FINISHED
    assert "finished" in asked.said("records_state")
    assert asked.maybe("piece_keep") is None


def test_the_pages_own_button_cannot_finish_it_either(asked: Person) -> None:
    asked.press("finish_note")
    assert "Not decided yet" in asked.said("entry_notice_sentence")
    assert vault_of(asked).notebook.entry(request_of(asked)).state is State.DRAFT


def test_words_are_blacked_out_with_the_keyboard(asked: Person) -> None:
    to_pieces(asked)
    box = asked.find("piece_text")
    box.setFocus()
    cursor = box.textCursor()
    cursor.setPosition(box.document().toRawText().index("Aaron".encode().decode()))
    cursor = box.document().find("Aaron")
    cursor.setPosition(cursor.selectionStart())
    box.setTextCursor(cursor)
    for _ in range(len("Aaron Quill")):
        asked.key(Keys.Key_Right, SHIFT)
    asked.tab_to("piece_black")
    asked.key(Keys.Key_Return)
    assert "Aaron Quill" in asked.said("piece_blacked")
    decide(asked, Verdict.BLACK_OUT, "Another person.")
    (one,) = [one for one in vault_of(asked).records.look(request_of(asked)).decided if "Aaron" in one.item.text]
    assert one.decision is not None
    (span,) = one.decision.spans
    assert one.item.text[slice(*span)] == "Aaron Quill"
    assert asked.said("piece_where").startswith("Private reflection")


def test_nothing_chosen_and_no_reason_are_said_and_nothing_is_written(asked: Person) -> None:
    to_pieces(asked)
    asked.press("piece_keep")
    assert "Choose first" in asked.said("piece_notice_sentence")
    asked.press("piece_print")
    asked.press("piece_keep")
    assert "needs a reason" in asked.said("piece_notice_sentence")
    asked.press("piece_black_out")
    asked.write("piece_reason", "Because.")
    asked.press("piece_keep")
    assert "No words are blacked out" in asked.said("piece_notice_sentence")
    assert vault_of(asked).records.look(request_of(asked)).waiting != {}


def test_a_group_can_be_decided_at_once_but_not_what_others_said(asked: Person) -> None:
    write(asked, "session", "note", for_me_only="More of mine.")
    write(asked, "concern", "concern", worries="The nurse wonders.")
    to_pieces(asked)
    assert asked.maybe("piece_keep_all") is None
    asked.find("records_pieces").setCurrentIndex(asked.find("records_pieces").rows.index(2))
    assert shown_label(asked).startswith("Private reflection")
    asked.press("piece_keep_apart")
    asked.write("piece_reason", "Mine alone.")
    asked.press("piece_keep_all")
    looked = vault_of(asked).records.look(request_of(asked))
    assert [str(group) for group in looked.waiting] == ["third", "safety"]


def test_a_note_written_since_waits_and_a_decision_can_be_taken_back(asked: Person) -> None:
    to_pieces(asked)
    for verdict in (Verdict.PRINT, Verdict.PRINT, Verdict.PRINT):
        decide(asked, verdict, "All of it.")
    write(asked, "session", "note", for_me_only="Since then.")
    asked.program.work.pages.page.refresh()
    assert "private reflection: 1" in asked.said("records_state")
    asked.find("records_pieces").select(asked.find("records_pieces").rows.row(0).key)
    asked.press("piece_back")
    assert "other people: 1" in asked.said("records_state")


def test_a_lock_leaves_no_word_and_brings_back_what_was_typed(asked: Person) -> None:
    to_pieces(asked)
    asked.press("piece_leave_out")
    asked.write("piece_reason", "Half a rea")
    asked.idle_fires()
    asked.until(lambda: asked.program.work is None)
    assert "Aaron" not in asked.seen()
    asked.unlock()
    assert asked.find("records_page").isVisible()
    assert asked.find("piece_reason").text() == "Half a rea"
    assert asked.find("piece_leave_out").isChecked()


def test_a_day_is_suggested_by_the_law_and_put_in_when_asked(asked: Person) -> None:
    asked.find("law_us_hipaa").setChecked(True)
    asked.find("law_us_hipaa").setFocus()
    asked.flush()
    told = asked.said("request_when_words")
    assert "Perhaps 30 days" in told
    assert "Deadlines differ. Check with your body, employer or a lawyer." in told
    assert vault_of(asked).notebook.entry(request_of(asked)).answers.get("due_on") is None
    asked.press("request_when_rule")
    box = asked.box("rule_count")
    box.selectAll()
    asked.type("10")
    asked.write("rule_source", ", and my body's page")
    asked.press("rule_keep")
    assert "10 days from the day" in asked.said("request_when_words")
    assert "You changed this rule." in asked.said("request_when_words")
    asked.press("request_when_put")
    assert vault_of(asked).notebook.entry(request_of(asked)).answers["due_on"]["on"] == "2026-03-20"


def test_a_parent_waits_for_the_young_person(asked: Person) -> None:
    asked.find("asker_parent").setChecked(True)
    asked.find("asker_parent").setFocus()
    asked.flush()
    assert "A parent asks" in asked.said("request_copy_words")
    to_pieces(asked)
    assert "A parent asks" in asked.said("records_state")
    assert not asked.find("records_print").isEnabled()
    asked.press("records_finish")
    assert "young person" in asked.said("records_notice_sentence")


def test_the_example_of_the_answers_is_as_the_form_stores_them() -> None:
    assert chosen("client") == {"ids": ["client"], "text": ""}
