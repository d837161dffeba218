"""A grieving student who says no: nobody vanishes by an answer, and what was asked for is kept (scenario 17)."""

import datetime

import pytest
from person import CTRL, Keys, Person, settle
from PySide6.QtWidgets import QApplication, QLabel
from reaching import (
    DIRECT_WORDS,
    SAID,
    begin,
    entries,
    log_try,
    notice_in_winter,
    press,
    said,
    to_outreach,
    whose,
    write,
)

from alliance_desktop.domain.answers import date_of, long_day
from alliance_desktop.domain.client import ClientState


@pytest.fixture
def tomas(person: Person) -> Person:
    """A person whose one client is a student; his page is open."""
    person.add_client("T17", "Tomás")
    return person


def state(person: Person) -> ClientState:
    return person.program.vault.notebook.client(whose(person)).state


def no_direct_way(person: Person) -> None:
    """Assert that nothing which is suggested just now leads straight to the student."""
    told = person.program.vault.outreach.of_client(whose(person))
    assert told is not None
    assert told.stopped
    for name in ("outreach_way_words", "outreach_due_words", "try_after_words", "now_outreach_words"):
        label = person.maybe(name, QLabel)
        words = label.text().casefold() if label is not None else ""
        assert not [way for way in DIRECT_WORDS if words.rstrip(".").endswith(way)], words
    for card in person.program.vault.attention.cards(person.clock.now().date()):
        for reason in card.reasons:
            assert not [way for way in DIRECT_WORDS if f": {way}" in reason.words], reason.words
    offered = person.maybe("try_after_day")
    assert offered is None or not offered.text().endswith(tuple(DIRECT_WORDS)), offered.text()


def test_from_a_teachers_words_to_the_next_gentle_try(tomas: Person) -> None:
    person = tomas
    notice_in_winter(person)
    begin(person, "concern", "concern")
    assert SAID in said(person, "strain_first_1_words"), "an older strain is there before the concern is written"
    assert "No repair is noted." in said(person, "strain_first_1_words")
    person.write("from_whom_name_1", "Ms Wren")
    write(person, "worries", "He sits alone since his mother died.")
    person.flush()
    press(person, "concern_next_answer")
    assert QApplication.focusWidget().objectName() == "told_back"
    person.type("Thank you, I am on it.")
    person.flush()
    (concern,) = entries(person, "concern")
    assert date_of(concern.answers["answered_on"]) == person.clock.now().date()

    press(person, "concern_next_outreach")
    assert person.page().card.id == "plan"
    assert person.find("told_by_name_1").text() == "Ms Wren", "who told it is not asked for twice"
    assert person.find("strain_first").isVisible()
    write(person, "why", "His mother died, and he is alone.")
    write(person, "asked_for", "Not in front of others.")
    person.flush()
    press(person, "plan_next_try")
    assert person.find("strain_first").isVisible()
    log_try(person, "A text message", "not_now", "My door is open.")
    told = said(person, "try_after_words")
    assert "stays open" in told
    assert "Nothing is closed by this answer." in told
    assert "a text" not in told, "another way than the one just used"
    week = long_day(person.clock.now().date() + datetime.timedelta(days=7))
    assert week in person.find("try_after_day").text()
    press(person, "try_after_day")
    press(person, "try_after_state")
    assert state(person) is ClientState.REACHING_OUT
    assert person.maybe("try_after_state") is None
    (made,) = entries(person, "outreach", "try")
    assert long_day(date_of(made.answers["next_on"])) == week

    to_outreach(person)
    assert said(person, "outreach_state_words") == "Reaching out"
    assert week in said(person, "outreach_due_words")
    assert "Not in front of others." in said(person, "outreach_asked_words")
    assert SAID in said(person, "outreach_strain_1_words")
    assert QApplication.focusWidget().objectName() == "outreach_strain_1_reflect", "before the try, the own part"
    person.key(Keys.Key_Return)
    settle()
    assert person.page().objectName() == "strain_page"
    assert person.page().desk.card.id == "acknowledge"


@pytest.mark.parametrize("answer", ["no_answer", "not_now", "not_about_this", "not_with_me", "wants_space"])
def test_whatever_was_answered_he_stays_in_the_place(tomas: Person, answer: str) -> None:
    person = tomas
    begin(person, "outreach", "try")
    log_try(person, "A note", answer)
    assert "Nothing is closed by this answer." in said(person, "try_after_words")
    assert state(person) is ClientState.ACTIVE, "the state is changed by nobody but the counsellor"
    to_outreach(person)
    assert person.find("outreach_rows").rows.rowCount() == 1
    assert person.find("outreach_tries").rows.rowCount() == 1


def test_not_with_me_asks_for_another_person_and_for_the_own_part(tomas: Person) -> None:
    person = tomas
    begin(person, "outreach", "try")
    log_try(person, "A call", "not_with_me")
    assert person.find("other_person_name_1").isVisible()
    press(person, "try_after_reflect")
    assert person.page().desk.card.id == "notice", "without a strain noted, one can be noticed first"
    person.key(Keys.Key_T, CTRL)
    to_outreach(person)
    assert "through" in said(person, "outreach_way_words"), "another person is the first door to think of"


def test_after_please_stop_nothing_direct_is_ever_suggested(tomas: Person) -> None:
    person = tomas
    begin(person, "outreach", "try")
    log_try(person, "A text message", "please_stop")
    assert "Direct tries have ended" in said(person, "try_after_words")
    assert person.find("try_after_supervision").isVisible()
    assert person.maybe("try_after_day") is None, "no day is offered after these words"
    no_direct_way(person)
    for _ in range(6):
        person.clock.pass_by(days=20)
        to_outreach(person)
        assert person.find("outreach_log").text() == "Through someone else…"
        assert person.find("outreach_safety").isVisible(), "the way for safety stays"
        no_direct_way(person)
        person.key(Keys.Key_T, CTRL)
        assert person.find("now_outreach").text() == "Through someone else…"
        no_direct_way(person)
        begin(person, "outreach", "try")
        assert "no more contact" in said(person, "try_stopped_words")
        log_try(person, "Their family", "no_answer")
        no_direct_way(person)


def test_a_yes_leads_to_the_session_note_and_ends_the_silence(tomas: Person) -> None:
    person = tomas
    begin(person, "outreach", "try")
    log_try(person, "A text message", "please_stop")
    person.clock.pass_by(days=10)
    begin(person, "outreach", "try")
    log_try(person, "Through an adult they trust", "yes")
    assert "Nothing is closed" not in said(person, "try_after_words")
    press(person, "try_after_session")
    assert person.page().kind == "session"
    told = person.program.vault.outreach.of_client(whose(person))
    assert told is not None
    assert not told.stopped
    person.key(Keys.Key_4, CTRL)
    assert person.find("outreach_empty").isVisible(), "who was reached needs no reaching"


def test_a_pause_says_its_door_and_its_day_and_is_taken_up_and_put_back(tomas: Person) -> None:
    person = tomas
    begin(person, "outreach", "pause")
    person.write("reason", "Exams.")
    write(person, "door_open", "Come at any time.")
    write(person, "keeps_an_eye_name_1", "Mr Lark")
    write(person, "review_on", "30 April 2026")
    person.flush()
    to_outreach(person)
    assert said(person, "outreach_state_words") == "Paused until 30 April 2026"
    for words in ("Exams.", "Come at any time.", "Mr Lark", "30 April 2026"):
        assert words in said(person, "outreach_pause_words")
    assert person.find("outreach_pause").text() == "Take up again"
    person.press("outreach_pause")
    assert person.find("outreach_pause").text() == "Pause…"
    assert entries(person, "outreach", "pause"), "the pause stays in the notes"
    person.press("outreach_notice_action")
    assert said(person, "outreach_state_words") == "Paused until 30 April 2026"


def test_a_day_that_may_hurt_is_on_the_page_when_it_is_near_and_not_before(tomas: Person) -> None:
    person = tomas
    begin(person, "life_event", "life_event")
    person.write("what", "His mother's birthday")
    write(person, "on", "25 March 2026")
    person.flush()
    person.key(Keys.Key_T, CTRL)
    assert person.maybe("now_date_1") is None, "fifteen days ahead it is quiet"
    person.clock.pass_by(days=8)
    person.key(Keys.Key_T, CTRL)
    assert "25 March 2026: His mother's birthday" in said(person, "now_date_1_words")
    person.press("now_date_1")
    assert person.page().kind == "life_event"


def test_the_page_of_somebody_is_found_again_after_a_lock(tomas: Person) -> None:
    person = tomas
    begin(person, "outreach", "try")
    log_try(person, "A note", "not_now")
    to_outreach(person)
    person.key(Keys.Key_L, CTRL)
    assert "Tomás" not in person.seen()
    person.unlock()
    assert person.find("outreach_page").isVisible()


def test_with_nobody_to_reach_the_place_says_so_and_asks_whom_to_begin_with(tomas: Person) -> None:
    person = tomas
    person.key(Keys.Key_4, CTRL)
    assert person.find("outreach_empty").isVisible()
    person.press("outreach_begin")
    person.type("Tom")
    person.key(Keys.Key_Return)
    settle()
    assert (person.page().kind, person.page().card.id) == ("outreach", "plan")


def test_a_plan_put_back_beside_a_newer_one_is_shown_as_an_earlier_plan(tomas: Person) -> None:
    person, vault = tomas, tomas.program.vault
    plans = []
    for why in ("Since the winter", "Since his exams"):
        begin(person, "outreach", "plan")
        person.write("why", why)
        person.flush()
        plans.append(person.page().desk.id)
        if len(plans) == 1:
            person.key(Keys.Key_1, CTRL)
            vault.history.bin(plans[0])
            person.program.work.pages.open_client(whose(person))
    to_outreach(person)
    assert person.maybe("outreach_earlier") is None
    changed = vault.history.put_back(plans[0])
    person.program.work.workspace.changed.emit(changed)
    rows = person.find("outreach_earlier")
    assert rows.isVisible()
    assert [rows.rows.row(at).key for at in range(rows.rows.rowCount())] == [plans[0]]
    assert "Since the winter" in rows.rows.row(0).spoken
    assert "the newer plan, which is the one that counts" in said(person, "outreach_earlier_words")
    rows.setFocus()
    person.key(Keys.Key_Home)
    person.key(Keys.Key_Return)
    settle()
    assert person.page().desk.id == plans[0]
    to_outreach(person)
    person.press("outreach_plan")
    assert person.page().desk.id == plans[1]
