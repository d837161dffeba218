"""Closing a case: what is open is shown once more, it closes all the same, it opens again, and nothing is destroyed."""

import datetime

import pytest
from person import CTRL, Keys, Person, settle
from PySide6.QtWidgets import QApplication
from reaching import begin, entries, log_try, press, said, whose, write

from alliance_desktop.domain.answers import Answers, chosen, date_of, dated, long_day
from alliance_desktop.domain.client import ClientState
from alliance_desktop.domain.closing import REASONS
from alliance_desktop.services.notebook import WriteCard


@pytest.fixture
def tomas(person: Person) -> Person:
    """A person whose one client waits; his page is open."""
    person.add_client("T17", "Tomás")
    person.program.vault.outreach.set_state(whose(person), ClientState.WAITING)
    return person


def state(person: Person) -> ClientState:
    return person.program.vault.notebook.client(whose(person)).state


def wrote(person: Person, form: str, card: str, **answers: object) -> None:
    """Write a card beside the window, as it was written on another day."""
    book = person.program.vault.notebook
    said_so: Answers = dict(answers)
    book.write(WriteCard(client=whose(person), form=form, card=card, answers=said_so, entry=book.new_entry()))


def day(person: Person, after: int) -> Answers:
    return dated(person.clock.now().date() + datetime.timedelta(days=after))


MATTERS = {
    "a strain": ("rupture", "notice", {"name": "the corridor"}, "“the corridor”"),
    "a concern": ("concern", "concern", {"worries": "He sits alone."}, "concern"),
    "a promise": (
        "contact_log",
        "talk",
        {"purpose": "Marks", "shared": "Nothing.", "next": "Call the mother", "next_on": {"on": "2026-03-20"}},
        "Call the mother",
    ),
    "a referral": ("referral", "referral", {"why": "Grief group", "sent_on": {"on": "2026-03-01"}}, "referral"),
    "safety": ("safeguarding", "follow_up", {"what": "Called.", "next_on": {"on": "2026-03-20"}}, "safeguarding"),
    "a note": ("session", "note", {"body": "Half a word"}, "begun and not finished"),
    "a try": ("outreach", "try", {"avenue": chosen("text"), "response": chosen("not_now")}, "declined answer is no"),
}


@pytest.mark.parametrize("matter", MATTERS)
def test_the_guard_names_what_is_open_and_leads_there(tomas: Person, matter: str) -> None:
    person = tomas
    form, card, answers, words = MATTERS[matter]
    wrote(person, form, card, **answers)
    begin(person, "closing", "closing")
    shown = [said(person, f"closing_open_{at}_words") for at in (1, 2) if person.maybe(f"closing_open_{at}_words")]
    at = next((at for at, one in enumerate(shown, 1) if words.lower() in one.lower()), None)
    assert at is not None, shown
    person.find(f"closing_open_{at}").setFocus()
    person.key(Keys.Key_Return)
    settle()
    page = person.page()
    assert page.objectName() == "strain_page" if form == "rupture" else page.kind == form


def test_where_nothing_is_open_the_guard_says_so_and_it_closes_at_once(tomas: Person) -> None:
    person = tomas
    begin(person, "closing", "closing")
    assert person.find("closing_guard_nothing").isVisible()
    press(person, "why_planned")
    person.flush()
    press(person, "closing_act_close")
    assert state(person) is ClientState.CLOSED
    (closing,) = entries(person, "closing")
    assert date_of(closing.answers["closed_on"]) == person.clock.now().date()


def test_with_open_matters_it_asks_once_and_closes_all_the_same(tomas: Person) -> None:
    person = tomas
    wrote(person, "rupture", "notice", name="the corridor")
    wrote(person, "concern", "concern", worries="He sits alone.", received_on=day(person, -3))
    begin(person, "closing", "closing")
    assert QApplication.focusWidget().objectName() == "closing_open_1", "what is open is read before the ending"
    press(person, "closing_act_close")
    asked = said(person, "closing_act_words")
    assert "the corridor" in asked
    assert "concern" in asked
    assert "Why it ends is not noted yet." in asked
    assert state(person) is ClientState.WAITING
    assert person.find("closing_act_sure").text() == "Close with 2 open matters"
    assert QApplication.focusWidget().objectName() == "closing_act_not_yet", "Enter pressed twice closes nothing"
    person.key(Keys.Key_Return)
    assert state(person) is ClientState.WAITING
    press(person, "closing_act_close")
    press(person, "closing_act_sure")
    assert state(person) is ClientState.CLOSED
    (strain,) = person.program.vault.strains.all()
    assert strain.open, "the strain is not ended by it"
    assert len(entries(person, "concern")) == 1


def test_closing_is_undone_to_the_state_and_the_day_it_had(tomas: Person) -> None:
    person = tomas
    begin(person, "closing", "closing")
    press(person, "why_moved")
    press(person, "closing_act_close")
    assert state(person) is ClientState.CLOSED
    press(person, "closing_undo_action")
    assert state(person) is ClientState.WAITING
    (closing,) = entries(person, "closing")
    assert "closed_on" not in closing.answers
    assert person.find("closing_act_close").isVisible()


def test_a_closed_case_says_since_when_and_opens_again(tomas: Person) -> None:
    person = tomas
    begin(person, "closing", "closing")
    press(person, "why_planned")
    write(person, "closed_on", "1 March 2026")
    person.flush()
    settle()
    assert person.find("closing_act_close").text() == "Close the case as of 1 March 2026"
    press(person, "closing_act_close")
    person.key(Keys.Key_T, CTRL)
    assert said(person, "now_closed_words") == "Closed since 1 March 2026"
    person.press("now_closed")
    assert person.page().kind == "closing"
    press(person, "closing_act_again")
    assert state(person) is ClientState.ACTIVE
    person.key(Keys.Key_T, CTRL)
    assert person.maybe("now_closed") is None
    assert len(entries(person, "closing")) == 1, "what was written about the ending stays"


def test_a_declined_answer_is_no_reason_and_closing_leaves_the_tries(tomas: Person) -> None:
    person = tomas
    begin(person, "outreach", "try")
    log_try(person, "A text message", "not_now")
    begin(person, "closing", "closing")
    options = {one.removeprefix("why_") for one in person.names() if one.startswith("why_")}
    assert options - {"clear", "open_words"} == set(REASONS)
    assert "A declined answer is no reason to close." in said(person, "closing_open_1_words")
    press(person, "why_drifted")
    person.flush()
    press(person, "closing_act_close")
    assert state(person) is ClientState.CLOSED, "a try that was made is told and asks for nothing"
    assert len(entries(person, "outreach", "try")) == 1


def test_whose_need_it_serves_is_asked_and_then_no_more(tomas: Person) -> None:
    person = tomas
    begin(person, "closing", "closing")
    assert "Whose need this ending serves" in said(person, "closing_asks_words")
    press(person, "closing_asks_need")
    assert QApplication.focusWidget().objectName().startswith("whose_need")
    press(person, "whose_need_mine")
    person.flush()
    assert "Whose need" not in said(person, "closing_asks_words")


def test_the_two_days_of_keeping_are_told_and_nothing_goes_on_them(tomas: Person) -> None:
    person = tomas
    begin(person, "closing", "closing")
    assert said(person, "closing_asks_words").count("no day noted yet") == 2
    press(person, "why_planned")
    write(person, "keep_record_until", "1 April 2026")
    write(person, "keep_private_until", "20 March 2026")
    person.flush()
    for on in ("1 April 2026", "20 March 2026"):
        assert on in said(person, "closing_asks_words")
    press(person, "closing_act_close")
    person.clock.pass_by(days=400)
    person.start_again()
    person.unlock()
    (closing,) = entries(person, "closing")
    assert long_day(date_of(closing.answers["keep_record_until"])) == "1 April 2026", (
        "a day that is past destroys nothing"
    )
