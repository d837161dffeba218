"""The finder beside the commands: their keys hold while it is open, also where they lead to another page."""

import pytest
from person import ALT, CTRL, SHIFT, Keys, Person, settle
from PySide6.QtCore import Qt

ELSEWHERE = [(Keys.Key_Left, ALT), (Keys.Key_T, CTRL)]


def over_details(person: Person) -> None:
    """Open the finder over the page of details, to which the timeline leads."""
    person.notice("the blip")
    person.key(Keys.Key_T, CTRL)
    person.program.work.obey("details")
    settle()
    assert person.find("details_page").isVisible()
    person.key(Keys.Key_K, CTRL)
    assert person.find("finder_field").hasFocus()


@pytest.mark.parametrize(("key", "held"), ELSEWHERE)
def test_a_command_obeyed_by_its_keys_closes_the_finder_and_gives_the_cursor_to_its_page(
    with_client: Person, key: Keys, held: Qt.KeyboardModifier
) -> None:
    over_details(with_client)
    with_client.key(key, held)
    settle()
    assert with_client.maybe("finder") is None
    with_client.until(lambda: with_client.find("timeline").hasFocus())
    with_client.key(Keys.Key_K, CTRL)
    with_client.type("Dana")
    with_client.key(Keys.Key_Escape)
    settle()
    assert with_client.find("timeline").hasFocus()


@pytest.mark.parametrize("end", [Keys.Key_Escape, Keys.Key_Return])
def test_the_finder_still_does_what_it_is_for_where_its_page_has_gone(with_client: Person, end: Keys) -> None:
    over_details(with_client)
    finder, told = with_client.program.work.finder, []
    finder.closed.connect(lambda: told.append("closed"))
    finder.client_chosen.connect(lambda _: told.append("client"))
    with_client.program.work.obey("timeline")
    settle()
    finder.search.setFocus()
    with_client.type("Dana")
    with_client.key(end)
    settle()
    assert told == ["closed" if end is Keys.Key_Escape else "client"]
    assert with_client.maybe("finder") is None
    assert with_client.find("client_page").isVisible()


def test_a_question_whose_is_forgotten_with_another_command_and_asked_anew_by_its_own(with_client: Person) -> None:
    with_client.program.work.workspace.show_place("today")
    with_client.key(Keys.Key_N, CTRL | SHIFT)
    assert "Whose?" in with_client.said("finder_question")
    with_client.key(Keys.Key_N, CTRL | SHIFT)
    assert "Whose?" in with_client.said("finder_question"), "asked by the same keys again"
    with_client.key(Keys.Key_K, CTRL)
    assert with_client.maybe("finder_question") is None
    with_client.type("Dana")
    with_client.key(Keys.Key_Return)
    settle()
    assert with_client.find("client_page").isVisible(), "and no strain was begun"
