"""What stands beside a card: the consent that holds, the list for danger, and a strain after a no. It only offers."""

import datetime

import pytest
from person import Person
from reaching import begin, entries, press, said, whose, write

from alliance_desktop.domain.answers import Answers, chosen, dated
from alliance_desktop.services.notebook import WriteCard

WREN: Answers = {"name": "Ms Wren", "role": "teacher"}


@pytest.fixture
def tomas(person: Person) -> Person:
    """A person with one client, whose page is open."""
    person.add_client("T17", "Tomás")
    return person


def consented(person: Person, given: str, until: int | None = None) -> None:
    """Write a page of consent for Ms Wren of three days ago."""
    book, today = person.program.vault.notebook, person.clock.now().date()
    answers: Answers = {
        "contact": [WREN],
        "given": chosen(given),
        "asked_on": dated(today - datetime.timedelta(days=3)),
        "may_share": "That he is being supported.",
        "for_what": "Marks",
    }
    if until is not None:
        answers["until"] = dated(today + datetime.timedelta(days=until))
    book.write(WriteCard(client=whose(person), form="consent", card="consent", answers=answers, entry=book.new_entry()))


def talk_with(person: Person, name: str) -> str:
    """Begin a talk with somebody and return what is told of consent."""
    begin(person, "contact_log", "talk")
    person.write("contact_name_1", name)
    person.flush()
    return said(person, "consent_1_words")


@pytest.mark.parametrize("given", ["given", "partly"])
def test_a_talk_shows_what_may_be_shared_with_that_person(tomas: Person, given: str) -> None:
    consented(tomas, given, 30)
    told = talk_with(tomas, "ms wren")
    assert "What: That he is being supported. For: Marks." in told
    assert "9 April 2026" in told
    press(tomas, "consent_1_open")
    assert tomas.page().kind == "consent"


@pytest.mark.parametrize(("given", "until"), [("no", None), ("withdrawn", None), ("given", -1)])
def test_without_consent_that_holds_the_ground_is_asked_for_and_the_words_are_kept(
    tomas: Person, given: str, until: int | None
) -> None:
    consented(tomas, given, until)
    told = talk_with(tomas, "Ms Wren")
    assert "No consent holds for Ms Wren today." in told
    assert "on which ground" in told
    assert "What: " not in told
    write(tomas, "shared", "The room of the exam.")
    tomas.flush()
    (talk,) = entries(tomas, "contact_log")
    assert talk.answers["shared"] == "The room of the exam."


def test_a_consent_can_be_noted_from_the_talk_for_the_person_named(tomas: Person) -> None:
    assert "No consent for Mr Lark is noted." in talk_with(tomas, "Mr Lark")
    press(tomas, "consent_1_note")
    assert tomas.page().kind == "consent"
    assert tomas.find("contact_name_1").text() == "Mr Lark"


def test_in_danger_the_own_list_is_shown_and_otherwise_not(tomas: Person) -> None:
    settings = tomas.program.vault.settings
    begin(tomas, "safeguarding", "concern")
    press(tomas, "danger_no")
    tomas.flush()
    assert tomas.maybe("emergency_list") is None
    press(tomas, "danger_not_sure")
    tomas.flush()
    assert "no list of your own yet" in said(tomas, "emergency_list_words")
    kept = settings.preferences()
    settings.keep(type(kept)(emergency_list="Mrs Crane, 555 01\n\nThe duty line, 555 02"))
    press(tomas, "danger_yes")
    tomas.flush()
    assert said(tomas, "emergency_list_words").splitlines() == ["Mrs Crane, 555 01", "The duty line, 555 02"]


def test_a_no_in_the_feedback_offers_a_strain_and_makes_none(tomas: Person) -> None:
    begin(tomas, "feedback", "feedback")
    press(tomas, "supported_yes")
    press(tomas, "understood_partly")
    tomas.flush()
    assert tomas.maybe("feedback_no") is None
    press(tomas, "centred_no")
    tomas.flush()
    assert tomas.program.vault.strains.all() == [], "nothing is made by itself"
    press(tomas, "feedback_no_strain")
    assert tomas.page().objectName() == "strain_page"
    assert tomas.page().desk.card.id == "notice"
