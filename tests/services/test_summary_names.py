"""Names for a summary are read wherever a vault holds them: the bin, what was written before, words in any place."""

from typing import Any

import pytest
from service_cases import card, day
from summary_cases import told, write

from alliance_desktop.domain.answers import chosen, dated
from alliance_desktop.domain.audience import Part
from alliance_desktop.domain.entry import ClientId, EntryId
from alliance_desktop.services.access import OpenVault
from alliance_desktop.services.notebook import WriteCard


@pytest.fixture
def maya(vault: OpenVault) -> ClientId:
    """A client with one strain."""
    maya = vault.notebook.add_client({"called": "Maya"}).client
    assert maya is not None
    notice = {"noticed_on": dated(day()), "name": "x"}
    vault.notebook.write(card(vault.notebook, maya, "notice", notice))
    return maya


def in_a_goal(vault: OpenVault, maya: ClientId, words: str) -> str:
    write(vault, "goal", "goal", maya, own_words=f"To walk past {words} and Mara", set_on=dated(day()))
    text = told(vault)
    assert "Mara" in text, "control: an unknown name stays"
    return text


def rename(vault: OpenVault, contact: EntryId, name: str) -> None:
    """Write a contact anew some time later, so that what it said before is kept."""
    with vault.notebook._store.transaction():
        vault.notebook.keep_version(vault.notebook.entry(contact))
    answers = {"name": name, "role": chosen("teacher")}
    vault.notebook.write(WriteCard(client=None, form="contact", card="contact", answers=answers, entry=contact))


def test_who_is_named_in_the_bin_is_known(vault: OpenVault, maya: ClientId) -> None:
    contact = write(vault, "contact", "contact", name="Ruth Penhale", role=chosen("teacher"))
    consent = write(vault, "consent", "consent", maya, asked_of="Bashir Okonjo", contact=[{"name": "Kofi Mensah"}])
    place = write(vault, "resource", "resource", name="Lantern House")
    vault.history.bin(contact, consent, place)
    text = in_a_goal(vault, maya, "Ruth, Penhale, Bashir Okonjo, Kofi, Lantern House")
    assert not [one for one in ("Ruth", "Penhale", "Bashir", "Okonjo", "Kofi", "Lantern") if one in text]


def test_who_was_named_before_a_note_was_changed_is_known(vault: OpenVault, maya: ClientId) -> None:
    contact = write(vault, "contact", "contact", name="Ruth Penhale", role=chosen("teacher"))
    rename(vault, contact, "Sefa Ngata")
    assert vault.history.versions(contact), "the earlier name is kept as a version"
    text = in_a_goal(vault, maya, "Ruth Penhale, Sefa Ngata")
    assert not [one for one in ("Ruth", "Penhale", "Sefa", "Ngata") if one in text]


def test_a_name_that_was_half_typed_is_no_name(vault: OpenVault, maya: ClientId) -> None:
    contact = write(vault, "contact", "contact", name="Ruth Pen", role=chosen("teacher"))
    rename(vault, contact, "Ruth Penhale")
    assert "Pen " in in_a_goal(vault, maya, "Pen Hill")


PLACES = [
    ("resource_given", "given", {"resource_words": "Lantern House"}, "Lantern House"),
    ("records_request", "request", {"asker": chosen("other", text="Rosa Lindqvist")}, "Rosa Lindqvist"),
    ("records_request", "request", {"asker": chosen("other", text="her aunt Rosa, by post")}, "Rosa"),
    ("feedback", "feedback", {"who": chosen("other", text="Rosa Lindqvist")}, "Lindqvist"),
    ("score", "score", {"origin": "The clinic of Rosa Lindqvist, in the drawer"}, "Rosa Lindqvist"),
    ("safeguarding", "concern", {"learned_where": "Elmwood Court, Rosa Lindqvist was there"}, "Elmwood, Lindqvist"),
    ("safeguarding", "concern", {"learned_where": "On the stairs of Lantern"}, "Lantern"),
    ("rupture", "dialogue", {"prepare_who_words": "Her aunt Rosa Lindqvist, they fight. Tobi’s friend."}, "Rosa, Tobi"),
    ("rupture", "close", {"who_else": "Rosa Lindqvist and the coach."}, "Lindqvist"),
]


@pytest.mark.parametrize(("form", "card", "answers", "names"), PLACES)
def test_whoever_is_named_in_any_place_is_known(
    vault: OpenVault, maya: ClientId, form: str, card: str, answers: dict[str, Any], names: str
) -> None:
    found = {one.id: one for one in vault.forms.current(form).cards}
    asked = {question.key for question in found[card].questions}
    assert answers.keys() <= asked
    write(vault, form, card, maya, **answers)
    text = in_a_goal(vault, maya, names)
    assert not [one for one in names.replace(",", "").split() if one in text]


def test_words_that_only_begin_a_sentence_are_nobody(vault: OpenVault, maya: ClientId) -> None:
    write(vault, "rupture", "close", maya, who_else="Friends are there. School helps. Her aunt Rosa too.")
    text = in_a_goal(vault, maya, "friends at School, Friends, Rosa")
    assert "friends at School, Friends" in text
    assert "Rosa" not in text


def test_what_parts_of_a_score_are_called_is_nobody(vault: OpenVault, maya: ClientId) -> None:
    write(vault, "score", "score", maya, subscores=[{"name": "Wellbeing", "value": "3"}])
    assert "Wellbeing" in in_a_goal(vault, maya, "Wellbeing")


def test_safeguarding_is_read_for_names_alone(vault: OpenVault, maya: ClientId) -> None:
    write(vault, "safeguarding", "concern", maya, learned_where="Lantern Court", exact_words="zqwords")
    assert "zqwords" not in told(vault, *Part)
