"""The way back: from whatever was opened at a client's timeline to its row again, and from there to the list."""

import datetime

import pytest
from person import ALT, CTRL, Keys, Person, settle
from PySide6.QtCore import Qt

from alliance_desktop.domain.answers import chosen, dated
from alliance_desktop.domain.entry import EntryId
from alliance_desktop.services.notebook import WriteCard


def write(person: Person, form: str, card: str, **answers: object) -> EntryId:
    """Write an entry as another place of the program would; of supervision for nobody, else for the client."""
    book = person.program.vault.notebook
    whose = None if form == "supervision" else book.clients()[0].id
    entry = book.new_entry()
    book.write(WriteCard(client=whose, form=form, card=card, answers=dict(answers), entry=entry))
    return entry


def row(person: Person) -> str:
    view = person.find("timeline")
    assert view.hasFocus()
    return str(view.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole))


@pytest.fixture
def brought(with_client: Person) -> Person:
    """A person at the timeline of Dana, whose strain was taken to supervision, with a session after it."""
    strain = write(with_client, "rupture", "notice", name="The corridor", noticed_on=dated(datetime.date(2026, 3, 2)))
    write(with_client, "supervision", "session", on=dated(datetime.date(2026, 3, 5)), feeds_back=[strain], heard="Wait")
    write(with_client, "session", "note", date=dated(datetime.date(2026, 3, 9)), attendance=chosen("attended"))
    with_client.program.work.obey("timeline")
    view = with_client.find("timeline")
    view.setFocus()
    while "Taken to supervision" not in row(with_client):
        before = row(with_client)
        with_client.key(Keys.Key_Up)
        assert row(with_client) != before, "no such row"
    return with_client


@pytest.mark.parametrize("way", ["link", "Ctrl+T", "Back", "after a lock"])
def test_from_supervision_it_leads_back_to_the_row_of_the_client(brought: Person, way: str) -> None:
    begun = row(brought)
    brought.key(Keys.Key_Return)
    settle()
    assert brought.said("entry_title") == "Supervision session"
    if way == "after a lock":
        brought.key(Keys.Key_L, CTRL)
        brought.unlock()
        settle()
        assert brought.said("entry_title") == "Supervision session"
    for id in ("timeline", "details", "temperature"):
        assert brought.window.menus.actions[id].isEnabled()
    if way == "link":
        brought.press("to_timeline")
    elif way == "Back":
        brought.key(Keys.Key_Left, ALT)
    else:
        brought.key(Keys.Key_T, CTRL)
    settle()
    assert row(brought) == begun


def test_supervision_that_was_not_opened_at_a_timeline_leads_to_no_client(brought: Person) -> None:
    told = brought.program.vault.supervision.sessions()[0]
    brought.key(Keys.Key_5, CTRL)
    brought.program.work.pages.open_entry(told.id)
    settle()
    assert brought.maybe("to_timeline") is None
    brought.key(Keys.Key_T, CTRL)
    assert brought.said("finder_question") == "Whose? Choose a client first."


@pytest.mark.parametrize("page", ["session_note", "notice_strain", "details", "temperature"])
def test_back_goes_to_the_timeline_and_then_to_the_list(with_client: Person, page: str) -> None:
    write(with_client, "session", "note", date=dated(datetime.date(2026, 3, 9)), attendance=chosen("attended"))
    with_client.program.work.obey(page)
    settle()
    assert with_client.maybe("client_page") is None
    with_client.key(Keys.Key_Left, ALT)
    settle()
    assert with_client.find("client_page").isVisible()
    assert with_client.find("timeline").hasFocus()
    with_client.key(Keys.Key_Left, ALT)
    assert with_client.program.work.clients.isAncestorOf(with_client.window.focusWidget())


def test_back_from_a_fresh_client_or_another_place_goes_where_one_was(with_client: Person) -> None:
    with_client.notice("The corridor")
    settle()
    with_client.key(Keys.Key_3, CTRL)
    settle()
    with_client.key(Keys.Key_Left, ALT)
    settle()
    box = with_client.window.focusWidget()
    assert (box.objectName(), box.text()) == ("name", "The corridor")
    with_client.command("New client")
    settle()
    with_client.key(Keys.Key_Left, ALT)
    settle()
    assert with_client.find("strain_page").arc is not None, "the strain that was begun, and no other"
    assert with_client.window.focusWidget().text() == "The corridor"


def test_with_nothing_before_back_from_a_place_goes_to_its_list(with_client: Person) -> None:
    with_client.notice("The corridor")
    with_client.key(Keys.Key_3, CTRL)
    settle()
    with_client.key(Keys.Key_L, CTRL)
    with_client.unlock()
    settle()
    with_client.key(Keys.Key_Left, ALT)
    assert with_client.program.work.strains.isAncestorOf(with_client.window.focusWidget())


def test_a_list_without_lines_leaves_the_keyboard_in_plain_sight(with_client: Person) -> None:
    with_client.key(Keys.Key_3, CTRL)
    settle()
    assert with_client.find("strain_empty").isVisible()
    assert with_client.window.focusWidget() is with_client.find("place_strains")


def test_a_place_is_kept_once_its_page_is_on_screen(with_client: Person) -> None:
    vault, pages = with_client.program.vault, with_client.program.work.pages
    settle()
    vault.settings.keep_place({})
    pages.open_client(vault.notebook.clients()[0].id)
    assert vault.settings.place() == {}, "nobody waits for it"
    with_client.until(lambda: vault.settings.place().get("open"))
    assert vault.settings.place()["at"]["page"] == "client"


def test_a_place_that_is_still_to_be_kept_is_not_when_the_vault_is_left(with_client: Person) -> None:
    vault, pages = with_client.program.vault, with_client.program.work.pages
    settle()
    pages.open_client(vault.notebook.clients()[0].id)
    pages.leave({"in": "clients"})
    settle()
    assert vault.settings.place() == {"in": "clients", "open": False}
