"""Whose note it is: a client who is just being added is the one whom the next command is about."""

import pytest
from person import CTRL, SHIFT, Keys, Person, settle
from PySide6.QtCore import Qt

WHOSE = "Whose? Choose a client first."


@pytest.fixture
def adding(with_client: Person) -> Person:
    """A person whose caseload holds Dana, and who has just typed a new client, without a pause."""
    person = with_client
    person.command("New client")
    person.write("code", "A9")
    person.write("called", "Ada")
    assert [one.called for one in person.program.vault.notebook.clients()] == ["Dana"], "nothing is saved yet"
    return person


@pytest.mark.parametrize(
    ("command", "page"),
    [
        ("session_note", "session_page"),
        ("notice_strain", "strain_page"),
        ("new_entry", "form_list"),
        ("timeline", "client_page"),
        ("temperature", "temperature_page"),
        ("details", "details_page"),
        ("print", "preview_page"),
        ("timeline_paper", "preview_page"),
        ("records", "entry_page"),
    ],
)
def test_a_command_right_after_typing_is_about_the_client_who_was_typed(
    adding: Person, command: str, page: str
) -> None:
    adding.window.menus.actions[command].trigger()
    settle()
    assert adding.maybe("finder_question") is None
    assert adding.page().client.called == "Ada"
    assert adding.page().objectName() == page
    assert {one.called for one in adding.program.vault.notebook.clients()} == {"Dana", "Ada"}


@pytest.mark.parametrize(("modifiers", "box"), [(CTRL, "body"), (CTRL | SHIFT, "name")])
def test_the_keys_write_into_the_file_of_the_client_who_was_typed(
    adding: Person, modifiers: Qt.KeyboardModifier, box: str
) -> None:
    adding.key(Keys.Key_N, modifiers)
    settle()
    assert "Ada" in adding.said("header_name")
    adding.write(box, "Something")
    adding.flush()
    book = adding.program.vault.notebook
    by_name = {one.called: one.id for one in book.clients()}
    assert len(book.entries(by_name["Ada"])) == 1
    assert not book.entries(by_name["Dana"])


def test_a_form_from_ctrl_k_is_offered_for_the_client_who_was_typed(adding: Person) -> None:
    adding.key(Keys.Key_K, CTRL)
    adding.type("new: outreach plan")
    adding.key(Keys.Key_Return)
    settle()
    assert adding.page().objectName() == "entry_page"
    assert adding.page().client.called == "Ada"


def asks_for_nobody(person: Person) -> None:
    """It is asked whose, nobody is chosen beforehand, and Enter chooses nobody by itself."""
    for _ in range(2):
        assert person.said("finder_question") == WHOSE
        assert person.find("finder_rows").current_key() is None
        person.key(Keys.Key_Return)
        settle()
    assert person.said("finder_question") == WHOSE


@pytest.mark.parametrize("key", [Keys.Key_N, Keys.Key_P, Keys.Key_T])
def test_with_nothing_typed_it_is_asked_whose_and_nobody_is_chosen(with_client: Person, key: Keys) -> None:
    person = with_client
    person.command("New client")
    person.key(key, CTRL)
    settle()
    asks_for_nobody(person)
    person.key(Keys.Key_Down)
    person.key(Keys.Key_Return)
    settle()
    assert person.page().client.called == "Dana"


def test_with_nothing_typed_a_form_from_ctrl_k_is_for_nobody_yet(with_client: Person) -> None:
    person = with_client
    person.command("New client")
    person.key(Keys.Key_K, CTRL)
    person.type("new: outreach plan")
    assert "Dana" not in person.find("finder_rows").currentIndex().data()
    person.key(Keys.Key_Return)
    settle()
    assert person.said("finder_question") == WHOSE
    assert person.find("finder_rows").current_key() is None


def test_with_nothing_typed_a_form_from_the_list_asks_whose_and_nobody_is_chosen(with_client: Person) -> None:
    person = with_client
    person.command("New client")
    person.program.work.obey("new_entry")
    settle()
    assert person.page().objectName() == "form_list"
    assert person.page().client is None
    person.key(Keys.Key_Return)
    settle()
    asks_for_nobody(person)
