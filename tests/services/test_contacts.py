"""The directory: by name in any script, by role, two of one name, and what a note keeps of somebody who is gone."""

from typing import Any

import pytest
from service_cases import day

from alliance_desktop.domain.answers import chosen, dated
from alliance_desktop.domain.entry import ClientId, EntryId
from alliance_desktop.domain.shown import shown
from alliance_desktop.services.access import OpenVault
from alliance_desktop.services.notebook import WriteCard


def add(vault: OpenVault, form: str, name: str, role: str = "", text: str = "", **more: Any) -> EntryId:
    answers: dict[str, Any] = {"name": name, **more}
    answers |= {"role": chosen(role, text=text)} if role else {}
    entry = vault.notebook.new_entry()
    vault.notebook.write(WriteCard(client=None, form=form, card=form, answers=answers, entry=entry))
    return entry


@pytest.fixture
def lin(vault: OpenVault) -> EntryId:
    return add(vault, "contact", "Éva Lin", "teacher", organisation="Park School")


def names(vault: OpenVault, typed: str = "", role: str = "") -> list[str]:
    return [one.name for one in vault.contacts.people(typed, role)]


def test_people_come_by_name_however_it_is_written(vault: OpenVault, lin: EntryId) -> None:
    add(vault, "contact", "zed", "nurse")
    add(vault, "contact", "Adam", "parent")
    add(vault, "contact", "", "agency")
    add(vault, "resource", "Bereavement line")
    assert names(vault) == ["Adam", "Éva Lin", "zed", ""], "no name comes last; a resource is no person"
    assert names(vault, "eva park") == ["Éva Lin"]
    assert names(vault, "teach") == ["Éva Lin"], "the role is looked in as well"
    assert names(vault, role="nurse") == ["zed"]
    assert names(vault, "adam", "nurse") == []
    assert vault.contacts.roles() == ["parent", "teacher", "nurse", "agency"]


def test_another_role_is_said_in_its_own_words(vault: OpenVault) -> None:
    add(vault, "contact", "Jo", "other", "Football coach")
    assert vault.contacts.people()[0].role_words == "Football coach"
    assert names(vault, "coach") == ["Jo"]


def test_two_of_one_name_are_two_people(vault: OpenVault, lin: EntryId) -> None:
    second = add(vault, "contact", "eva LIN", "nurse")
    assert [one.entry for one in vault.contacts.namesakes(lin)] == [second]
    assert [one.entry for one in vault.contacts.namesakes(second)] == [lin]
    nobody, nobody_else = add(vault, "contact", ""), add(vault, "contact", "")
    assert vault.contacts.namesakes(nobody) == [], "no name is no namesake"
    assert nobody != nobody_else


def test_resources_are_found_by_name(vault: OpenVault) -> None:
    add(vault, "resource", "Reading group", for_whom="Ages 11 to 14")
    line = add(vault, "resource", "Bereavement line", what="Open at night")
    assert [one.name for one in vault.contacts.resources()] == ["Bereavement line", "Reading group"]
    assert [one.entry for one in vault.contacts.resources("night")] == [line]


def test_a_note_keeps_name_and_role_of_a_contact_that_went_away(
    vault: OpenVault, client: ClientId, lin: EntryId
) -> None:
    book, entry = vault.notebook, vault.notebook.new_entry()
    person = [{"name": "Éva Lin", "role": "teacher", "contact": lin}]
    answers = {"on": dated(day()), "contact": person, "purpose": "Seats", "shared": "Nothing about the client."}
    book.write(WriteCard(client=client, form="contact_log", card="talk", answers=answers, entry=entry))
    assert [one.id for one in book.links_to(lin)] == [entry]
    vault.history.bin(lin)
    assert names(vault) == []
    vault.history.remove(lin)
    form = vault.forms.current("contact_log")
    told = shown(form, form.card("talk").question("contact"), book.entry(entry).answers["contact"])
    assert told == "Éva Lin (teacher)"
