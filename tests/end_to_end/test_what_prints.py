"""Ctrl+P on a client's page: the page of the row that was chosen, or else the one a counsellor most likely wants."""

import pytest
from person import CTRL, Keys, Person, settle
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from alliance_desktop.domain.answers import chosen, dated
from alliance_desktop.services.notebook import WriteCard


@pytest.fixture
def dana(with_client: Person) -> Person:
    """A client with two sessions and something that happened, which has no page of its own."""
    book = with_client.program.vault.notebook
    client = book.clients()[0].id
    for day, form, answers in (
        (1, "session", {"one_line": "heronsong"}),
        (2, "life_event", {"what": chosen("loss")}),
        (3, "session", {"one_line": "otterlight"}),
    ):
        on = dated(book.today().replace(day=day))
        card = book.forms.current(form).cards[0].id
        said = answers | {"date" if form == "session" else "on": on}
        book.write(WriteCard(client=client, form=form, card=card, answers=said, entry=book.new_entry()))
    with_client.program.work.pages.open_client(client)
    settle()
    return with_client


def offered(person: Person) -> str:
    """Press Ctrl+P on the client's page, look which page is offered, and go back."""
    assert person.page().objectName() == "client_page"
    person.key(Keys.Key_P, CTRL)
    page = person.page()
    told = f"{page.choices.sort.currentText()}: {page.text.box.toPlainText()}"
    page.closed.emit()
    settle()
    return told


def notice_strain(person: Person) -> None:
    person.notice("the blip")
    person.flush()
    book = person.program.vault.notebook
    person.program.work.pages.open_client(book.clients()[0].id)
    settle()


def test_nothing_chosen_is_the_plan_where_there_is_one_and_else_the_timeline(dana: Person) -> None:
    assert dana.find("timeline").hasFocus(), "the cursor stands in the timeline, and nobody put it there"
    assert offered(dana).startswith("Timeline")
    notice_strain(dana)
    assert offered(dana).startswith("Client page")
    dana.press("client_print")
    assert dana.find("preview_sort").currentText() == "Client page"


def test_a_row_that_was_chosen_has_its_own_page(dana: Person) -> None:
    rows = dana.find("timeline")
    dana.key(Keys.Key_Home)
    assert rows.picked().title.startswith("Session")
    told = offered(dana)
    assert told.startswith("Session note")
    assert "heronsong" in told
    assert "otterlight" not in told
    dana.find("timeline").setFocus()
    dana.key(Keys.Key_Home)
    dana.key(Keys.Key_Down)
    assert offered(dana).startswith("Timeline"), "what happened in their life has no page of its own"


def test_a_press_on_a_row_chooses_it_as_well_and_a_strain_is_its_plan(dana: Person) -> None:
    notice_strain(dana)
    rows = dana.find("timeline")
    book = dana.program.vault.notebook
    entry = next(one for one in book.entries(book.clients()[0].id) if one.arc is not None)
    rows.choose((entry.id, None, "", book.today()))
    assert rows.picked() is None, "control: the program put the cursor there"
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=rows.visualRect(rows.currentIndex()).center())
    assert rows.picked() is not None
    assert offered(dana).startswith("Client page")


def test_where_somebody_stood_is_kept_over_a_lock_and_so_is_that_nobody_chose(dana: Person) -> None:
    assert "picked" not in dana.find("timeline_panel").place()
    dana.key(Keys.Key_Up)
    kept = dana.find("timeline_panel").place()
    assert kept["picked"] is True
    dana.key(Keys.Key_L, CTRL)
    dana.unlock()
    settle()
    assert dana.find("timeline_panel").place() == kept


def test_esc_leads_back_to_the_note_that_was_being_written_and_else_to_the_client(dana: Person) -> None:
    dana.key(Keys.Key_N, CTRL)
    dana.write("body", "half a sentence")
    begun = dana.program.work.pages.place()["at"]["field"]
    dana.key(Keys.Key_P, CTRL)
    dana.until(lambda: dana.maybe("preview_page"))
    dana.key(Keys.Key_Escape)
    settle()
    page = dana.page()
    assert page.desk.editor.answers()["body"] == "half a sentence"
    assert dana.program.work.pages.place()["at"]["field"] == begun
    dana.program.work.obey("timeline")
    dana.key(Keys.Key_P, CTRL)
    dana.key(Keys.Key_Escape)
    settle()
    assert dana.page().objectName() == "client_page"
