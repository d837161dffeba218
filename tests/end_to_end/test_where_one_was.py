"""Where one was: the row, the words and the place of a timeline for each client, and the way back from page to page."""

import datetime

import pytest
from person import ALT, CTRL, SHIFT, Keys, Person, settle
from PySide6.QtCore import Qt
from test_deleting import delete, to_deleting

from alliance_desktop.domain.answers import chosen, dated
from alliance_desktop.domain.changes import Changed, Touched
from alliance_desktop.domain.entry import ClientId
from alliance_desktop.services.notebook import WriteCard
from alliance_desktop.ui.timeline_panel import LOOKING

MONDAY = datetime.date(2026, 1, 5)
NOTES = 30


@pytest.fixture
def two(with_client: Person) -> Person:
    """A person at the timeline of Dana, who has thirty notes; Li has three."""
    book = with_client.program.vault.notebook
    dana = book.clients()[0].id
    li = book.add_client({"code": "L15", "called": "Li"}).client
    for whose, many in ((dana, NOTES), (li, 3)):
        for at in range(many):
            answers = {
                "date": dated(MONDAY + datetime.timedelta(days=at)),
                "attendance": chosen("attended"),
                "body": "By the weir" if at % 2 else "By the lock",
                "temperature_client": chosen(str(at % 5 + 1)),
            }
            book.write(WriteCard(client=whose, form="session", card="note", answers=answers, entry=book.new_entry()))
    with_client.window.workspace.changed.emit(Changed(kinds=frozenset({Touched.CLIENT}), client=li))
    with_client.key(Keys.Key_T, CTRL)
    with_client.until(lambda: with_client.find("timeline").hasFocus())
    return with_client


def row(person: Person) -> str:
    return str(person.find("timeline").currentIndex().data(Qt.ItemDataRole.AccessibleTextRole))


def lines(person: Person) -> int:
    return len(person.find("timeline").rows_shown())


def down(person: Person) -> int:
    """Return how far under the top of the list the row stands that has the cursor."""
    view = person.find("timeline")
    return int(view.visualRect(view.currentIndex()).top())


def who(person: Person) -> str:
    """Return whom the header names."""
    return person.said("header_name").strip("\u2068\u2069")


def to(person: Person, name: str) -> None:
    person.key(Keys.Key_K, CTRL)
    person.type(name)
    person.key(Keys.Key_Return)
    settle()
    assert who(person) == name


def client(person: Person, name: str) -> ClientId:
    return next(one.id for one in person.program.vault.notebook.clients() if one.called == name)


def press(person: Person, *keys: Keys, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    for key in keys:
        person.key(key, modifiers)
        settle()


# -- a timeline for each client -----------------------------------------------------------------------------------


def test_row_and_place_of_a_timeline_stand_again_after_another_client(two: Person) -> None:
    press(two, *[Keys.Key_Up] * 20, *[Keys.Key_Down] * 3)
    before = (row(two), down(two))
    to(two, "Li")
    press(two, Keys.Key_Up)
    theirs = row(two)
    to(two, "Dana")
    assert (row(two), down(two)) == before
    press(two, Keys.Key_Up, Keys.Key_Down)
    assert row(two) == before[0]
    to(two, "Li")
    assert row(two) == theirs


def test_words_looked_for_stand_again_with_the_row_after_another_client(two: Person) -> None:
    two.key(Keys.Key_F, CTRL)
    two.type("weir")
    two.until(lambda: lines(two) == NOTES // 2)
    press(two, Keys.Key_Return, Keys.Key_Up, Keys.Key_Up, Keys.Key_Up)
    before = row(two)
    to(two, "Li")
    assert lines(two) == 3, "the words are of one client only"
    to(two, "Dana")
    two.until(lambda: lines(two) == NOTES // 2)
    assert two.find("timeline_words").text() == "weir"
    assert row(two) == before
    assert two.find("timeline").hasFocus()
    two.key(Keys.Key_L, CTRL)
    two.unlock()
    settle()
    assert lines(two) == NOTES, "no words are known after a lock"


@pytest.mark.parametrize("zoom", ["month", "all"])
def test_another_zoom_while_words_are_looked_for_lets_the_search_come_to_its_end(two: Person, zoom: str) -> None:
    two.key(Keys.Key_F, CTRL)
    two.type("weir")
    two.until(lambda: lines(two) == NOTES // 2)
    found = two.said("timeline_count")
    assert "15 of 30 lines" in found
    two.program.work.obey(f"timeline_{zoom}")
    settle()
    after = lines(two)
    two.program.work.obey("timeline_week")
    to(two, "Li")
    two.program.work.pages.open_client(client(two, "Dana"))
    assert two.said("timeline_count") == LOOKING
    two.program.work.obey(f"timeline_{zoom}")
    assert two.said("timeline_count") == LOOKING, "nothing is claimed yet"
    two.find("timeline_day").setText("10 January 2026")
    two.find("timeline_day").returnPressed.emit()
    assert two.said("timeline_count") == LOOKING, "nor after going to a day"
    two.until(lambda: two.said("timeline_count") == found)
    assert lines(two) == after
    assert two.page().story.look.zoom == zoom


def test_who_chose_no_row_comes_back_to_the_newest(two: Person) -> None:
    newest = row(two)
    to(two, "Li")
    book = two.program.vault.notebook
    later = {"date": dated(MONDAY + datetime.timedelta(days=NOTES)), "body": "The newest"}
    book.write(
        WriteCard(client=client(two, "Dana"), form="session", card="note", answers=later, entry=book.new_entry())
    )
    to(two, "Dana")
    assert row(two) != newest
    assert "The newest" in row(two)


# -- from the temperature -----------------------------------------------------------------------------------------


def test_esc_from_the_temperature_leads_to_the_row_one_stood_on(two: Person) -> None:
    press(two, *[Keys.Key_Up] * 5, Keys.Key_Return)
    press(two, Keys.Key_Escape)
    press(two, *[Keys.Key_Up] * 4)
    before = row(two)
    two.program.work.obey("temperature")
    settle()
    press(two, Keys.Key_Escape)
    assert two.find("timeline").hasFocus()
    assert row(two) == before


@pytest.mark.parametrize("table", [False, True])
@pytest.mark.parametrize("way", ["Esc", "Alt+Left"])
def test_a_note_opened_at_the_temperature_leads_back_to_it_and_then_to_the_timeline(
    two: Person, way: str, table: bool
) -> None:
    press(two, *[Keys.Key_Up] * 4)
    before = row(two)
    two.program.work.obey("temperature")
    settle()
    name = "temperature_chart"
    if table:
        name = "temperature_table"
        press(two, Keys.Key_T, modifiers=CTRL | SHIFT)
    back = (lambda: press(two, Keys.Key_Escape)) if way == "Esc" else lambda: press(two, Keys.Key_Left, modifiers=ALT)
    view = two.find(name)
    press(two, *[Keys.Key_Up if table else Keys.Key_Left] * 7)
    at = view.currentIndex().row()
    press(two, Keys.Key_Return)
    two.find("session_page")
    back()
    view = two.find(name)
    assert view.hasFocus()
    assert view.currentIndex().row() == at
    back()
    assert two.find("timeline").hasFocus()
    assert row(two) == before


def test_after_a_lock_esc_leads_from_such_a_note_to_the_timeline(two: Person) -> None:
    two.program.work.obey("temperature")
    settle()
    press(two, Keys.Key_Left, Keys.Key_Return)
    two.key(Keys.Key_L, CTRL)
    two.unlock()
    settle()
    two.find("session_page")
    press(two, Keys.Key_Escape)
    assert two.find("timeline").hasFocus()


# -- Back ---------------------------------------------------------------------------------------------------------


def test_back_leads_to_the_clients_before_and_at_the_end_to_the_list(two: Person) -> None:
    press(two, *[Keys.Key_Up] * 6)
    danas = row(two)
    to(two, "Li")
    press(two, Keys.Key_Up)
    lis = row(two)
    to(two, "Dana")
    press(two, Keys.Key_Left, modifiers=ALT)
    assert (who(two), row(two)) == ("Li", lis)
    assert two.find("timeline").hasFocus()
    press(two, Keys.Key_Left, modifiers=ALT)
    assert (who(two), row(two)) == ("Dana", danas)
    assert two.find("timeline").hasFocus()
    press(two, Keys.Key_Left, modifiers=ALT)
    assert who(two) == "Dana"
    assert two.program.work.clients.isAncestorOf(two.window.focusWidget()), "with nothing before, the list"


@pytest.mark.parametrize("place", ["today", "strains", "supervision", "settings", "search", "backups"])
def test_back_from_another_place_gives_the_keyboard_back_to_the_timeline(two: Person, place: str) -> None:
    press(two, *[Keys.Key_Up] * 6)
    before = row(two)
    two.program.work.obey(place)
    settle()
    assert two.maybe("timeline") is None
    press(two, Keys.Key_Left, modifiers=ALT)
    assert two.find("timeline").hasFocus()
    assert row(two) == before


def test_back_leads_through_what_was_opened_from_today(two: Person) -> None:
    press(two, Keys.Key_1, modifiers=CTRL)
    to(two, "Li")
    press(two, Keys.Key_Left, modifiers=ALT)
    assert two.find("today_page").isAncestorOf(two.window.focusWidget())
    press(two, Keys.Key_Left, modifiers=ALT)
    assert who(two) == "Dana"
    assert two.find("timeline").hasFocus()


def test_back_to_a_note_finds_what_was_just_typed_and_the_cursor_in_it(two: Person) -> None:
    press(two, Keys.Key_N, modifiers=CTRL)
    two.write("body", "Halfway")
    press(two, Keys.Key_Left)
    to(two, "Li")
    press(two, Keys.Key_Left, modifiers=ALT)
    box = two.window.focusWidget()
    assert (box.objectName(), box.toPlainText(), box.textCursor().position()) == ("body", "Halfway", 6)
    assert who(two) == "Dana"
    assert len(two.program.vault.notebook.entries(client(two, "Dana"))) == NOTES + 1


def test_back_from_a_client_opened_in_the_list_leads_to_the_list_with_the_client_before(two: Person) -> None:
    two.program.work.obey("clients")
    settle()
    two.find("client_rows").setFocus()
    press(two, Keys.Key_End, Keys.Key_Return)
    assert who(two) == "Li"
    press(two, Keys.Key_Left, modifiers=ALT)
    assert who(two) == "Dana"
    assert two.find("client_rows").hasFocus()


def test_in_one_pane_back_brings_the_page_to_the_front(two: Person) -> None:
    two.window.resize(560, 760)
    press(two, Keys.Key_3, modifiers=CTRL)
    assert two.maybe("timeline") is None
    press(two, Keys.Key_Left, modifiers=ALT)
    assert two.find("timeline").hasFocus()


def test_back_leads_past_a_client_who_is_gone(two: Person) -> None:
    to(two, "Li")
    to(two, "Dana")
    to(two, "Li")
    to_deleting(two)
    delete(two)
    settle()
    press(two, Keys.Key_Left, modifiers=ALT)
    assert who(two) == "Dana"
    assert two.window.focusWidget().isVisible()


def test_a_preview_that_was_closed_is_no_step_back(two: Person) -> None:
    to(two, "Li")
    two.program.work.obey("timeline_paper")
    settle()
    press(two, Keys.Key_Escape)
    assert two.find("timeline").hasFocus()
    press(two, Keys.Key_Left, modifiers=ALT)
    assert who(two) == "Dana"
