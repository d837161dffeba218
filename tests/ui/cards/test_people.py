"""People on a card: typed freely, taken from the contacts, or kept there."""

from collections.abc import Callable

import pytest
from card_cases import form_of, question
from names import nameless
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from alliance_desktop.domain.form import Form, Kind
from alliance_desktop.domain.shown import shown
from alliance_desktop.ui.card_editor import CardEditor
from alliance_desktop.ui.fields.context import Context, Person
from alliance_desktop.ui.fields.people import ContactsField, PersonRow

OpenCard = Callable[..., CardEditor]
TOLD = question("told", Kind.CONTACTS)
FORM: Form = form_of(TOLD)
OKAFOR = {"name": "Ms Okafor", "role": "teacher", "contact": 1}


@pytest.fixture
def contacts() -> list[Person]:
    return [Person(1, "Ms Okafor", "teacher"), Person(2, "Dr Levi", "")]


@pytest.fixture
def open_people(open_card: OpenCard, context: Context, contacts: list[Person]) -> Callable[..., CardEditor]:
    """Return a function that opens a card with people; who is kept comes into the contacts."""

    def keep(name: str, role: str) -> int | None:
        if name == "Nobody":
            return None
        contacts.append(Person(len(contacts) + 1, name, role))
        return len(contacts)

    known = context._replace(contacts=lambda: contacts, keep_contact=keep)
    return lambda people=None, **rest: open_card(FORM, **{"context": known, "answers": {"told": people or []}, **rest})


def people(editor: CardEditor) -> ContactsField:
    found = editor.fields["told"]
    assert isinstance(found, ContactsField)
    return found


def person(editor: CardEditor, number: int) -> PersonRow:
    found = people(editor).rows[number - 1]
    assert isinstance(found, PersonRow)
    return found


def pick(editor: CardEditor, id: int) -> None:
    people(editor).pick.choose(str(id))
    people(editor).take.click()


def write(editor: CardEditor, number: int, name: str) -> None:
    person(editor, number).cells["name"].stops()[0].replace(name)


def test_taking_from_the_contacts_fills_name_and_role_and_keeps_who_it_is(open_people: OpenCard, qtbot: QtBot) -> None:
    editor = open_people()
    with qtbot.waitSignal(editor.edited):
        pick(editor, 1)
    assert editor.answers() == {"told": [OKAFOR]}
    pick(editor, 2)
    assert editor.answers()["told"][1] == {"name": "Dr Levi", "role": "", "contact": 2}
    assert person(editor, 1).known.text() == "In your contacts"
    assert people(editor).pick.chosen == ""
    again = open_people(editor.answers()["told"])
    assert again.answers() == editor.answers()


def test_it_is_done_with_the_keyboard_alone(open_people: OpenCard) -> None:
    editor = open_people()
    combo = people(editor).pick
    combo.setFocus()
    QTest.keyClick(combo, Qt.Key.Key_Down)
    assert editor.answers() == {}
    QTest.keyClick(combo, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is people(editor).take
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert editor.answers() == {"told": [OKAFOR]}


def test_the_same_person_is_not_taken_twice_and_nobody_is_nobody(open_people: OpenCard) -> None:
    editor = open_people([OKAFOR])
    pick(editor, 1)
    people(editor).take.click()
    assert editor.answers() == {"told": [OKAFOR]}


def test_typed_people_stay_and_another_name_is_another_person(open_people: OpenCard) -> None:
    editor = open_people([OKAFOR, {"name": "Mr Free", "role": "parent"}])
    assert editor.answers()["told"][1] == {"name": "Mr Free", "role": "parent"}
    write(editor, 1, "Ms Okoro")
    assert editor.answers()["told"][0] == {"name": "Ms Okoro", "role": "teacher"}
    assert person(editor, 1).known.isHidden()
    write(editor, 1, "Ms Okafor ")
    assert editor.answers()["told"][0]["contact"] == 1


def test_a_contact_that_is_gone_leaves_name_and_role(open_people: OpenCard, contacts: list[Person]) -> None:
    contacts.clear()
    editor = open_people([OKAFOR])
    assert editor.answers() == {"told": [OKAFOR]}
    assert shown(FORM, TOLD, editor.answers()["told"]) == "Ms Okafor (teacher)"
    assert person(editor, 1).known.isHidden()
    assert people(editor).pick.isHidden()
    assert people(editor).take.isHidden()


def test_a_typed_person_is_kept_in_the_contacts_when_asked(open_people: OpenCard, contacts: list[Person]) -> None:
    editor = open_people()
    assert person(editor, 1).keep.isHidden()
    write(editor, 1, "Zoe")
    person(editor, 1).keep.click()
    assert contacts[-1] == Person(3, "Zoe", "")
    assert editor.answers() == {"told": [{"name": "Zoe", "role": "", "contact": 3}]}
    assert person(editor, 1).keep.isHidden()
    assert QApplication.focusWidget() is person(editor, 1).cells["name"].stops()[0]


def test_a_name_the_contacts_have_already_is_not_kept_twice(open_people: OpenCard, contacts: list[Person]) -> None:
    editor = open_people()
    write(editor, 1, "ms okafor")
    person(editor, 1).keep.click()
    assert len(contacts) == 2
    assert editor.answers()["told"][0]["contact"] == 1


def test_what_could_not_be_kept_is_said_and_stays_on_the_card(open_people: OpenCard) -> None:
    editor = open_people()
    write(editor, 1, "Nobody")
    person(editor, 1).keep.click()
    assert "could not be kept" in person(editor, 1).known.text()
    assert not person(editor, 1).known.isHidden()
    assert editor.answers() == {"told": [{"name": "Nobody", "role": ""}]}
    write(editor, 1, "Nobody else")
    assert person(editor, 1).known.isHidden()


def test_without_contacts_a_card_offers_nothing_of_them(open_card: OpenCard) -> None:
    editor = open_card(FORM, answers={"told": [{"name": "Zoe", "role": ""}]})
    assert person(editor, 1).keep.isHidden()
    assert people(editor).pick.isHidden()


def test_everything_is_named_and_a_finished_card_only_read(open_people: OpenCard) -> None:
    editor = open_people([OKAFOR, {"name": "Mr Free", "role": "parent"}])
    assert nameless(editor) == []
    assert people(editor).pick.accessibleName() == "From your contacts: Label of told?"
    assert person(editor, 2).keep.accessibleName() == "Keep in contacts: person 2"
    names = [one.objectName() for one in people(editor).stops()]
    assert len(names) == len(set(names))
    editor.set_read_only(True)
    assert people(editor).pick.isHidden()
    assert person(editor, 2).keep.isHidden()
    assert not person(editor, 1).known.isHidden()
