"""The place "Contacts" at the window: add, find, narrow down by role, and what a note keeps of somebody who is gone."""

import sys
from pathlib import Path
from typing import Any

import pytest
from person import CTRL, Keys, Person, settle

from alliance_desktop.domain.answers import chosen
from alliance_desktop.domain.entry import ClientId, EntryId
from alliance_desktop.domain.look import Appearance
from alliance_desktop.services.notebook import WriteCard
from alliance_desktop.ui.words import spoken

sys.path.insert(0, str(Path(__file__).parents[1] / "ui"))

from names import cut, nameless, small

DAY = {"on": "2026-03-06", "about": ""}


def write(person: Person, form: str, card: str, client: ClientId | None = None, **answers: Any) -> EntryId:
    """Write an entry as another place of the program would."""
    book = person.program.vault.notebook
    entry = book.new_entry()
    book.write(WriteCard(client=client, form=form, card=card, answers=answers, entry=entry))
    return entry


def contact(person: Person, name: str, role: str) -> EntryId:
    return write(person, "contact", "contact", name=name, role=chosen(role))


@pytest.fixture
def directory(with_client: Person) -> Person:
    """A person in the place Contacts, with two people and a resource."""
    contact(with_client, "Éva Lin", "teacher")
    contact(with_client, "Adam Ode", "nurse")
    write(with_client, "resource", "resource", name="Bereavement line", for_whom="Ages 11 to 18")
    with_client.key(Keys.Key_6, CTRL)
    settle()
    return with_client


def listed(person: Person) -> list[str]:
    rows = person.find("contact_rows").rows
    return [spoken(rows.row(at).spoken) for at in range(rows.rowCount())]


def talk(person: Person, lin: EntryId) -> EntryId:
    """Write that there was a talk with a contact about Dana."""
    dana = person.program.vault.notebook.clients()[0].id
    who = [{"name": "Éva Lin", "role": "teacher", "contact": lin}]
    return write(
        person, "contact_log", "talk", dana, on=DAY, contact=who, purpose="Seats", shared="Nothing about the client."
    )


def test_a_contact_is_added_with_a_name_and_a_role(with_client: Person) -> None:
    person = with_client
    person.key(Keys.Key_6, CTRL)
    assert "Nobody here yet" in person.said("contacts_empty_words")
    person.press("contact_add")
    person.write("name", "Éva Lin")
    person.choose("role", "Teacher")
    person.window.workspace.next_pane()
    assert person.page().flush()
    settle()
    assert listed(person) == ["Éva Lin, teacher."]
    assert person.program.vault.contacts.people()[0].role == "teacher"


def test_people_come_first_then_resources(directory: Person) -> None:
    assert listed(directory) == ["Adam Ode, nurse.", "Éva Lin, teacher.", "Bereavement line, resource, Ages 11 to 18."]


def test_a_contact_is_found_by_typing_and_opened_with_enter(directory: Person) -> None:
    assert directory.find("contact_find").hasFocus(), "the place begins where one types"
    directory.type("eva")
    assert listed(directory) == ["Éva Lin, teacher."]
    directory.key(Keys.Key_Return)
    settle()
    assert directory.said("entry_title") == "Contact"
    assert directory.find("name").toPlainText() == "Éva Lin"


def test_a_role_narrows_the_list_and_what_is_not_found_says_so(directory: Person) -> None:
    directory.choose("contact_filter", "Nurse")
    settle()
    assert listed(directory) == ["Adam Ode, nurse."]
    directory.choose("contact_filter", "Outside agency")
    settle()
    assert directory.maybe("contact_rows") is None
    assert directory.said("contacts_empty_words") == "Nothing of that name or role."
    directory.press("contacts_empty_action")
    assert len(listed(directory)) == 3
    directory.choose("contact_filter", "Resources")
    settle()
    assert listed(directory) == ["Bereavement line, resource, Ages 11 to 18."]


def test_a_contact_without_a_name_stays_in_view(directory: Person) -> None:
    directory.press("contact_add")
    directory.choose("role", "Nurse")
    assert directory.page().flush()
    settle()
    assert listed(directory)[2] == "No name yet, nurse."


def test_two_of_one_name_are_told_apart(directory: Person) -> None:
    contact(directory, "éva lin", "nurse")
    directory.key(Keys.Key_6, CTRL)
    settle()
    assert [one for one in listed(directory) if "same name twice" in one] == [
        "Éva Lin, teacher, same name twice.",
        "éva lin, nurse, same name twice.",
    ]


def test_what_links_to_a_contact_says_whose_it_is(directory: Person) -> None:
    lin = directory.program.vault.contacts.people("eva")[0].entry
    talk(directory, lin)
    directory.type("eva")
    directory.key(Keys.Key_Return)
    settle()
    assert spoken(directory.find("linked_1").accessibleName()).startswith("Open: Dana · 6 March 2026 · Talk or message")
    assert directory.maybe("shown_to_somebody") is None, "a contact is no note to be shown"
    directory.press("linked_1")
    assert directory.said("entry_title") == "Talk or message"


def test_a_contact_in_the_bin_leaves_name_and_role_in_the_notes(directory: Person) -> None:
    lin = directory.program.vault.contacts.people("eva")[0].entry
    told = talk(directory, lin)
    directory.program.work.pages.open_entry(told)
    settle()
    assert directory.find("contact_known_1").isVisible(), "kept in contacts"
    directory.key(Keys.Key_6, CTRL)
    directory.find("contact_find").clear()
    directory.type("eva")
    directory.key(Keys.Key_Return)
    settle()
    directory.press("entry_bin")
    settle()
    directory.key(Keys.Key_6, CTRL)
    directory.find("contact_find").clear()
    settle()
    assert all("Lin" not in one for one in listed(directory))
    directory.program.work.pages.open_entry(told)
    settle()
    assert directory.find("contact_name_1").toPlainText() == "Éva Lin"
    entry = directory.program.vault.notebook.entry(told)
    assert entry.answers["contact"][0]["role"] == "teacher"


def test_somebody_typed_in_a_note_is_kept_in_contacts(with_client: Person) -> None:
    person = with_client
    dana = person.program.vault.notebook.clients()[0].id
    person.program.work.pages.open_new(dana, "contact_log", "talk")
    settle()
    person.write("contact_name_1", "Ms Ray")
    person.press("contact_keep_1")
    assert person.page().flush()
    person.key(Keys.Key_6, CTRL)
    settle()
    assert listed(person) == ["Ms Ray, No role yet."]


def test_nothing_is_cut_or_nameless(directory: Person) -> None:
    directory.program.work.workspace.show_place("contacts")
    directory.program.work.pages.open_entry(directory.program.vault.contacts.people("eva")[0].entry)
    for look, scale in ((Appearance.LIGHT, 100), (Appearance.DARK, 100), (Appearance.LIGHT, 200)):
        directory.window.look.show(look, scale)
        settle()
        for part in (directory.page(), directory.program.work.contacts.middle):
            assert nameless(part) == []
            assert cut(part) == []
            assert small(part) == []
