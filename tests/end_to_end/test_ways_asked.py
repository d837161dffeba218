"""Ways that a counsellor tries and that were silent once: whose, the numbers, Esc, a closed case, a deleted client."""

import datetime

import pytest
from person import CTRL, Keys, Person, settle
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest

from alliance_desktop.domain.answers import chosen, dated
from alliance_desktop.domain.changes import Changed, Touched
from alliance_desktop.services.notebook import WriteCard
from alliance_desktop.ui.row_view import RowView


def write(person: Person, form: str, card: str, **answers: object) -> None:
    book = person.program.vault.notebook
    whose = book.clients()[0].id
    book.write(WriteCard(client=whose, form=form, card=card, answers=dict(answers), entry=book.new_entry()))


def marked(view: RowView) -> str:
    """Return the title of the row that is marked, or nothing."""
    return str(view.currentIndex().data(Qt.ItemDataRole.DisplayRole) or "")


@pytest.mark.parametrize("size", [QSize(1280, 800), QSize(700, 700)])
@pytest.mark.parametrize("command", ["timeline", "temperature", "details", "print"])
def test_without_a_client_it_is_asked_whose_in_plain_sight(with_client: Person, command: str, size: QSize) -> None:
    person = with_client
    person.window.resize(size)
    person.key(Keys.Key_5, CTRL)
    settle()
    action = person.window.menus.actions[command]
    assert action.isEnabled()
    action.trigger()
    settle()
    assert person.said("finder_question") == "Whose? Choose a client first."
    assert person.find("finder_field").accessibleDescription() == "Whose? Choose a client first."
    person.key(Keys.Key_Return)
    settle()
    assert person.page().client.called == "Dana"
    person.key(Keys.Key_K, CTRL)
    assert person.maybe("finder_question") is None, "the next time nothing is asked"


def test_the_numbers_have_a_row_beside_supervision_and_it_is_marked(with_client: Person) -> None:
    person = with_client
    person.key(Keys.Key_5, CTRL)
    settle()
    view = person.find("supervision_rows")
    view.setFocus()
    assert marked(view) == "Agenda and hours"
    person.key(Keys.Key_Down)
    person.key(Keys.Key_Return)
    settle()
    assert person.find("figures_page").isVisible()
    assert marked(view) == "Your own numbers"
    person.key(Keys.Key_2, CTRL)
    person.key(Keys.Key_5, CTRL)
    settle()
    assert marked(view) == "Your own numbers"
    person.choose("supervision_filter", "Sessions")
    assert marked(view) == "Your own numbers", "it stands there whatever else is shown"


@pytest.mark.parametrize("where", ["page", "box"])
def test_esc_leads_back_to_the_row_and_what_was_being_written_is_kept(with_client: Person, where: str) -> None:
    person = with_client
    write(person, "session", "note", date=dated(datetime.date(2026, 3, 2)), body="First")
    write(person, "session", "note", date=dated(datetime.date(2026, 3, 9)), body="Second")
    person.program.work.obey("timeline")
    view = person.find("timeline")
    view.setFocus()
    person.key(Keys.Key_Up)
    row = view.currentIndex().row()
    person.key(Keys.Key_Return)
    settle()
    if where == "box":
        person.write("body", " and more")
    else:
        person.window.focusWidget().clearFocus()
        person.page().setFocus()
    person.key(Keys.Key_Escape)
    settle()
    assert person.find("timeline").hasFocus()
    assert person.find("timeline").currentIndex().row() == row
    kept = [one.answers["body"] for one in person.program.vault.notebook.entries(person.page().client.id)]
    assert sorted(kept) == ["First and more" if where == "box" else "First", "Second"]


def test_esc_leaves_no_page_that_was_not_opened_at_a_timeline(with_client: Person) -> None:
    with_client.key(Keys.Key_N, CTRL)
    settle()
    page = with_client.page()
    with_client.key(Keys.Key_Escape)
    settle()
    assert with_client.page() is page


def test_a_session_note_is_the_first_thing_to_do_only_while_the_work_goes_on(with_client: Person) -> None:
    person = with_client
    assert person.find("client_session_note").property("kind") == "primary"
    book = person.program.vault.notebook
    (client,) = book.clients()
    person.window.workspace.changed.emit(book.amend_client(client.id, client.answers | {"state": chosen("closed")}))
    assert person.find("client_session_note").property("kind") == ""
    assert person.find("client_session_note").isEnabled()
    person.window.workspace.changed.emit(book.amend_client(client.id, client.answers | {"state": chosen("active")}))
    assert person.find("client_session_note").property("kind") == "primary"


def test_no_client_is_marked_where_the_page_is_about_none(with_client: Person) -> None:
    person = with_client
    person.add_client("O1", "Olu")
    view = person.find("client_rows")
    assert "Olu" in marked(view)
    person.command("Bin")
    settle()
    assert person.find("bin").isVisible()
    assert marked(view) == ""
    person.command("Dana")
    settle()
    assert "Dana" in marked(view)


@pytest.mark.parametrize("size", [QSize(1280, 800), QSize(1024, 700)])
@pytest.mark.parametrize("page", ["figures", "temperature"])
def test_a_page_opens_at_its_heading_with_large_text(with_client: Person, page: str, size: QSize) -> None:
    person = with_client
    for day in range(1, 9):
        write(person, "session", "note", date=dated(datetime.date(2026, 2, day)), body="Note")
    person.window.look.show("light", 200)
    person.window.resize(size)
    settle()
    person.program.work.obey(page)
    settle()
    QTest.qWait(1)
    settle()
    stands = person.page()
    assert stands.verticalScrollBar().value() == 0
    title = stands.title
    assert title.isVisible()
    assert title.mapTo(stands.viewport(), title.rect().bottomLeft()).y() < stands.viewport().height()
    person.key(Keys.Key_Tab)
    reached = person.window.focusWidget()
    assert reached.visibleRegion().boundingRect().height() > 0, "Tab brings what it reaches into view"


def test_whoever_is_marked_in_the_list_is_the_first_who_may_be_meant(person: Person) -> None:
    book = person.program.vault.notebook
    asked = [book.add_client({"code": f"A{at}", "called": name}).client for at, name in enumerate(("Ada", "Ewa"))]
    person.program.work.workspace.changed.emit(Changed(kinds=frozenset({Touched.CLIENT}), client=asked[-1]))
    person.program.work.obey("clients")
    person.program.work.clients.view.select(asked[-1])
    person.key(Keys.Key_T, CTRL)
    assert person.said("finder_question") == "Whose? Choose a client first."
    person.key(Keys.Key_Return)
    settle()
    assert person.page().client.called == "Ewa"
