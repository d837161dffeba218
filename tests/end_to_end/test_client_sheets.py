"""The client's own sheets through the window: Ctrl+P on an entry, the ticks that count, and the version for a child."""

from typing import Any

import pytest
from person import CTRL, Keys, Person, settle
from reaching import reveal

from alliance_desktop.domain.answers import chosen


def write(person: Person, form: str, **answers: Any) -> None:
    """Write a card through its page, which stays open."""
    client = person.program.vault.notebook.clients()[0].id
    page = person.program.work.pages.open_new(client, form, "", answers)
    settle()
    page.desk.autosave.owe()
    assert page.flush()


def words(person: Person) -> str:
    told: str = person.find("preview_words").toPlainText()
    return told


def test_each_entry_opens_its_sheet_and_each_part_needs_its_tick(with_client: Person) -> None:
    person = with_client
    write(person, "feedback", who=chosen("client"), change="Slower, heronsong")
    person.key(Keys.Key_P, CTRL)
    person.press("preview_as_text")
    assert person.find("preview_sort").currentText() == "Feedback"
    assert "Slower, heronsong" in words(person)
    write(person, "goal", own_words="Sleep through")
    person.key(Keys.Key_P, CTRL)
    person.press("preview_as_text")
    assert person.find("preview_sort").currentText() == "Goals and progress"
    assert "Sleep through" in words(person)
    assert "heronsong" not in words(person)
    person.unfold_choices()
    person.press("preview_feedback")
    assert "heronsong" in words(person)
    person.choose("preview_language", "Español")
    assert words(person).startswith("Mis metas\n")
    person.press("preview_blank")
    assert "Sleep through" not in words(person)
    assert person.maybe("preview_feedback") is None, "a blank has no part of what was written"
    person.choose("preview_sort", "Client page")
    assert "Lo que pasó, según lo vemos tú y yo" in words(person)
    person.press("preview_child")
    assert "\nLo que pasó\n" in words(person), "a blank is for a child as well"


def test_what_somebody_else_said_is_explained_and_the_blank_offered(with_client: Person) -> None:
    person = with_client
    write(person, "feedback", who=chosen("parent"), change="Stricter, heronsong")
    person.key(Keys.Key_P, CTRL)
    assert "was not said by the client" in person.said("preview_notice_sentence")
    assert not person.find("preview_print").isEnabled()
    person.press("preview_notice_action")
    assert person.find("preview_print").isEnabled()
    person.press("preview_as_text")
    assert "heronsong" not in words(person)


@pytest.mark.parametrize(
    ("on", "told"),
    [("9 March 2026", "The day to look again has passed: 9 March 2026."), ("10 March 2026", "")],
    ids=["yesterday", "today, the control"],
)
def test_a_day_to_look_again_that_is_over_is_told_before_the_page_goes_out(
    with_client: Person, on: str, told: str
) -> None:
    person = with_client
    person.notice("Too slow for them")
    person.card(3)
    person.press("wording_seen_yes")
    person.write("understood", "We both saw it.")
    reveal(person, "review_on")
    person.box("review_on").selectAll()
    person.type(on)
    person.flush()
    person.key(Keys.Key_P, CTRL)
    assert person.find("preview_sort").currentText() == "Client page"
    found = person.maybe("preview_still_sentence")
    assert (found.text() if found is not None else "") == told
    person.press("preview_as_text")
    assert on in words(person)
    person.unfold_choices()
    person.press("preview_blank")
    assert person.maybe("preview_still_sentence") is None, "a page to fill in names no day"
