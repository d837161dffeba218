"""The page of any entry: finished or kept up, frozen when it is left, linked from both ends, told without a client."""

import json
from typing import Any

import pytest
from person import CTRL, SHIFT, Doors, Keys, Person, settle
from PySide6.QtWidgets import QWidget

from alliance_desktop.domain.entry import ClientId, Entry, State
from alliance_desktop.domain.form import Kind
from alliance_desktop.domain.timeline import Symbol
from alliance_desktop.storage import presence

DANGER = {
    "learned_on": {"on": "2026-03-10", "about": ""},
    "exact_words": "He said he is afraid to go home.",
    "told": [{"name": "Ms Rivera"}],
}


def client(person: Person) -> ClientId:
    return person.program.vault.notebook.clients()[0].id


def entries(person: Person, form: str) -> list[Entry]:
    return person.program.vault.notebook.of_form(form)


def new(person: Person, form: str, card: str = "", **answers: Any) -> Any:
    """Open a fresh card as a companion asks for it, with answers to begin with."""
    person.program.work.pages.open_new(client(person), form, card, answers)
    settle()
    return person.page()


def written(person: Person, form: str, card: str = "", **answers: Any) -> Entry:
    """Write a card through its page and return its entry."""
    page = new(person, form, card, **answers)
    page.desk.autosave.owe()
    assert page.flush()
    return person.program.vault.notebook.entry(page.desk.entry)


def test_what_is_to_stay_as_it_was_is_finished_when_its_page_is_left(with_client: Person) -> None:
    concern = written(with_client, "safeguarding", "concern", **DANGER)
    assert "leaving this page" in with_client.said("note_state")
    with_client.key(Keys.Key_L, CTRL)
    with_client.unlock()
    assert entries(with_client, "safeguarding")[0].state is State.DRAFT, "a lock is no leaving"
    with_client.key(Keys.Key_3, CTRL)
    with_client.key(Keys.Key_2, CTRL)
    assert entries(with_client, "safeguarding")[0].state is State.DRAFT, "another place is no leaving"
    with_client.key(Keys.Key_T, CTRL)
    assert entries(with_client, "safeguarding")[0].state is State.FINISHED
    with_client.program.work.pages.open_entry(concern.id)
    assert with_client.find("exact_words").isReadOnly()
    with_client.press("to_addendum")
    with_client.type("He rang again.")
    with_client.press("add_addendum")
    with_client.key(Keys.Key_T, CTRL)
    rows = with_client.find("timeline").rows_shown()
    assert [row.symbol for row in rows] == [Symbol.LOCKED] * 2
    assert "afraid" not in with_client.seen()
    assert "rang again" not in with_client.seen(), "a drawer is told without a word"


def test_what_holds_too_little_stays_open_when_it_is_left(with_client: Person) -> None:
    written(with_client, "safeguarding", "concern", exact_words="He said")
    with_client.key(Keys.Key_T, CTRL)
    assert entries(with_client, "safeguarding")[0].state is State.DRAFT
    (row,) = with_client.find("timeline").rows_shown()
    assert row.draft
    written(with_client, "goal", own_words="Sleep through")
    with_client.key(Keys.Key_T, CTRL)
    assert entries(with_client, "goal")[0].state is State.DRAFT, "other forms are left as they are"


def test_each_form_says_how_it_ends(with_client: Person) -> None:
    assert new(with_client, "goal")._finish.text() == "Finish"
    assert new(with_client, "safeguarding", "concern")._finish.text() == "Keep as it is"
    assert new(with_client, "session")._finish.text() == "Finish note"
    written(with_client, "feedback", did_with_it="Slower.")
    with_client.press("finish_note")
    assert entries(with_client, "feedback")[0].state is State.FINISHED
    assert with_client.find("did_with_it").isReadOnly()
    new(with_client, "foundation")
    assert with_client.maybe("finish_note") is None, "what is kept up is not finished"
    with_client.key(Keys.Key_Return, CTRL)
    assert "Kept up" in with_client.said("note_state")


def test_what_is_kept_up_over_time_is_there_once(with_client: Person) -> None:
    first = written(with_client, "closing", reason_words="He moved.")
    assert written(with_client, "closing").id == first.id
    assert with_client.find("reason_words").toPlainText() == "He moved."
    with_client.key(Keys.Key_3, CTRL)
    again = new(with_client, "closing")
    with_client.key(Keys.Key_2, CTRL)
    assert with_client.page() is not again
    assert with_client.page() is None or with_client.page().objectName() != "entry_page", "never open twice"
    assert len(entries(with_client, "closing")) == 1


def test_a_link_is_followed_from_both_ends(with_client: Person) -> None:
    session = written(with_client, "session", one_line="First hour.")
    goal = written(with_client, "goal", own_words="Sleep through", came_from=[session.id])
    with_client.press("came_from_open_1")
    assert with_client.page().desk.entry == session.id
    with_client.press("linked_1")
    assert with_client.page().desk.entry == goal.id
    book = with_client.program.vault
    with_client.program.work.obey("timeline")
    book.history.bin(goal.id)
    with_client.program.work.pages.open_entry(session.id)
    assert with_client.maybe("links_panel") is None, "what lies in the bin is not offered"


def test_what_links_to_an_entry_shows_as_soon_as_it_is_written(with_client: Person) -> None:
    session = written(with_client, "session", one_line="First hour.")
    with_client.key(Keys.Key_3, CTRL)
    written(with_client, "goal", own_words="Sleep through", came_from=[session.id])
    with_client.key(Keys.Key_2, CTRL)
    assert with_client.page().desk.entry == session.id
    assert with_client.find("linked_1").accessibleName().startswith("Open: 10 March 2026 · Goal · Sleep through")


def test_what_is_the_counsellors_own_names_no_client(with_client: Person) -> None:
    page = new(with_client, "own_learning", noticed="I hurry.")
    assert page.client is None
    header = with_client.window.workspace.header
    assert header.name.accessibleName() == "Own learning"
    assert not header.code.isVisible()
    with_client.write("noticed", " Often.")
    with_client.flush()
    assert entries(with_client, "own_learning")[0].client is None
    with_client.program.work.pages.open_client(client(with_client))
    assert with_client.find("client_page").isVisible()
    assert "hurry" not in with_client.seen(), "a client's timeline holds nothing of the counsellor's"


def test_an_entry_in_the_bin_can_only_be_read(with_client: Person) -> None:
    goal = written(with_client, "goal", own_words="Sleep through")
    with_client.program.work.obey("timeline")
    with_client.program.vault.history.bin(goal.id)
    with_client.program.work.pages.open_entry(goal.id)
    assert "in the bin" in with_client.said("entry_notice_sentence")
    assert with_client.find("own_words").isReadOnly()
    assert with_client.maybe("finish_note") is None
    assert with_client.maybe("entry_bin") is None
    with_client.key(Keys.Key_L, CTRL)
    with_client.unlock()
    assert with_client.find("client_page").isVisible(), "after a lock the client's page stands instead"


def test_a_link_to_what_is_gone_is_said(with_client: Person) -> None:
    with_client.program.work.pages.open_entry(12)
    assert "no longer" in with_client.said("work_notice_sentence")
    assert with_client.find("client_page").isVisible()


def test_the_place_of_an_older_program_is_found(with_client: Person) -> None:
    session = written(with_client, "session", one_line="First hour.")
    pages = with_client.program.work.pages
    pages.open_client(client(with_client))
    old = {"page": "session", "client": client(with_client), "entry": session.id, "field": {"key": "one_line"}}
    pages.restore({"in": "clients", "at": old})
    assert with_client.find("session_page").desk.entry == session.id
    assert with_client.find("one_line").hasFocus()


def test_answers_a_fresh_card_began_with_are_there_after_a_lock(with_client: Person) -> None:
    session = written(with_client, "session", one_line="First hour.")
    new(with_client, "goal", came_from=[session.id])
    with_client.key(Keys.Key_L, CTRL)
    with_client.unlock()
    assert with_client.page().desk.editor.answers()["came_from"] == [session.id]
    assert entries(with_client, "goal") == [], "nothing was written by opening it"


def test_no_page_opens_a_window_of_its_own(with_client: Person) -> None:
    session = written(with_client, "session", one_line="First hour.")
    doors = Doors(with_client.window)
    met: set[Kind] = set()
    for form, card in ((one, card) for one in with_client.program.vault.notebook.forms.all() for card in one.cards):
        kinds = {one.kind for one in card.questions}
        # A page is made of its kinds of questions; each form is begun once as well, for it may have a page of its own.
        if card is form.cards[0] or not kinds <= met:
            met |= kinds
            new(with_client, form.id, card.id, came_from=[session.id], contact=[{"name": "Ms Rivera"}])
    assert doors.opened == []
    QWidget().show()
    assert doors.opened, "control: a window is noticed"


@pytest.mark.parametrize("words", ["feedback dana", "new: feed"])
def test_the_finder_begins_a_form_for_the_client_last_opened(with_client: Person, words: str) -> None:
    with_client.key(Keys.Key_3, CTRL)
    with_client.command(words)
    assert (with_client.page().form.id, with_client.page().client.called) == ("feedback", "Dana")


def test_the_finder_finds_anything(with_client: Person) -> None:
    person = with_client
    written(person, "contact", name="Zoë O’Brien", role={"ids": ["teacher"], "text": ""})
    goal = written(person, "goal", own_words="Sleep through")
    person.program.work.pages.open_client(client(person))
    person.notice("the blip")
    person.flush()
    person.key(Keys.Key_T, CTRL)
    for typed, form in (("zoe o'brien", "contact"), ("sleep thr", "goal"), ("strain blip", "rupture")):
        person.command(typed)
        shown = person.page()
        assert getattr(shown, "form", None) is None or shown.form.id == form, typed
    assert person.find("strain_page").isVisible()
    person.program.vault.notebook.finish(goal.id)
    person.key(Keys.Key_K, CTRL)
    person.type("sleep thr")
    assert person.find("finder_nothing").isVisible(), "what is finished is found on its client's page"
    person.key(Keys.Key_Escape)


def test_more_on_the_clients_page_leads_to_all_forms_and_back(with_client: Person) -> None:
    with_client.press("client_more")
    assert with_client.find("form_rows").hasFocus()
    for _ in range(4):
        with_client.key(Keys.Key_Down)
    at = with_client.find("form_rows").currentIndex().row()
    with_client.key(Keys.Key_L, CTRL)
    with_client.unlock()
    assert with_client.find("form_rows").currentIndex().row() == at
    assert with_client.find("form_rows").hasFocus()
    with_client.key(Keys.Key_T, CTRL)
    assert with_client.find("client_page").isVisible()


def test_new_entry_and_its_forms_are_off_where_nothing_may_be_written(with_client: Person) -> None:
    person = with_client
    goal = written(person, "goal", own_words="Sleep through")
    person.key(Keys.Key_E, CTRL | SHIFT)
    assert person.find("form_rows").isVisible(), "the control: it opens while writing is allowed"
    person.program.work.pages.open_entry(goal.id)
    read_only(person)
    assert person.find("own_words").isReadOnly()
    assert not person.find("finish_note").isEnabled()
    assert not person.find("entry_bin").isEnabled()
    assert person.find("entry_history").isEnabled(), "reading goes on"
    assert not person.window.menus.actions["new_entry"].isEnabled()
    person.program.work.obey("timeline")
    assert not person.find("client_more").isEnabled()
    person.key(Keys.Key_K, CTRL)
    person.type("new: feedback")
    assert person.find("finder_nothing").isVisible()
    person.key(Keys.Key_Escape)


def read_only(person: Person) -> None:
    """Lock, and open to read because another computer has the vault open."""
    person.key(Keys.Key_L, CTRL)
    said = {"computer": "PRACTICE-2", "since": "2026-03-09T10:00:00+00:00", "process": 4}
    (person.folder / presence.NAME).write_text(json.dumps(said))
    person.unlock(well=False)
    person.press("unlock_open_to_read")
    person.until(lambda: person.program.work is not None)
    settle()
