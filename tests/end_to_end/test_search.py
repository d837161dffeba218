"""Search across everything: found in any script, opened where the words stand, and nothing of it kept anywhere."""

import re

import pytest
from notes import copies
from person import ALT, CTRL, NONE, SHIFT, Keys, Person, settle
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QScrollBar

from alliance_desktop.domain.entry import ClientId, EntryId
from alliance_desktop.services.notebook import WriteCard
from alliance_desktop.services.search import IN_DRAWER, Hit
from alliance_desktop.ui.search_page import EMPTY, NOT_INSIDE, NOT_PRIVATE, NOTHING, TOO_SHORT

LONG = "A long beginning of the hour. " * 40


def write(person: Person, form: str, answers: dict, client: ClientId | None = None, card: str = "") -> EntryId:
    """Write a card past its page, as one of the years before."""
    book = person.program.vault.notebook
    id = book.new_entry()
    first = book.forms.current(form).cards[0].id
    person.program.work.workspace.changed.emit(
        book.write(WriteCard(client=client, form=form, card=card or first, answers=answers, entry=id))
    )
    return id


def dana(person: Person) -> ClientId:
    return next(one.id for one in person.program.vault.notebook.clients() if one.called == "Dana")


@pytest.fixture
def busy(with_client: Person) -> Person:
    """Dana's notes: a session with a reflection, a finished one with an addendum, and a concern in its drawer."""
    person, id = with_client, dana(with_client)
    write(person, "session", {"body": f"{LONG}She spoke of the harbour.", "for_me_only": "I thought of my zebra."}, id)
    done = write(person, "session", {"body": "A quiet hour about school.", "one_line": "Quiet"}, id)
    book = person.program.vault.notebook
    book.finish(done)
    book.amend(done, "The pelican was on the Tuesday.")
    write(
        person, "safeguarding", {"exact_words": "He hid behind the boathouse.", "learned_on": {"on": "2026-03-10"}}, id
    )
    return person


def look_for(person: Person, words: str, *, instead: bool = True) -> list[Hit]:
    """Press Ctrl+Shift+F, type and press Enter, which looks at once."""
    person.key(Keys.Key_F, CTRL | SHIFT)
    assert QApplication.focusWidget().objectName() == "search_field"
    if instead:
        person.find("search_field").selectAll()
    person.type(words)
    person.key(Keys.Key_Return)
    settle()
    return list(person.find("search_page").shown)


def marked(hit: Hit) -> list[str]:
    return [hit.snippet.text[start:end] for start, end in hit.snippet.marks]


def test_words_are_found_marked_under_their_client_and_opened_where_they_stand(busy: Person) -> None:
    (hit,) = look_for(busy, "harb")
    assert marked(hit) == ["harbour"]
    view = busy.find("search_rows")
    assert [view.rows.row(at).title.strip("\u2068\u2069") for at in range(2)] == ["Dana", f"{hit.day} · Session"]
    spoken = view.rows.row(1).spoken
    assert spoken.startswith(f"Dana. Session, {hit.day}. ")
    assert "spoke of the harbour" in spoken
    busy.key(Keys.Key_Return)
    settle()
    box = QApplication.focusWidget()
    assert (box.objectName(), box.textCursor().selectedText()) == ("body", "harbour")
    assert busy.page().desk.entry == hit.subject.entry
    assert not box.visibleRegion().isEmpty()
    busy.key(Keys.Key_F, CTRL | SHIFT)
    assert busy.find("search_field").text() == "harb", "what was found is still there"
    assert len(busy.find("search_page").shown) == 1


def test_esc_leads_back_to_what_was_found(busy: Person) -> None:
    look_for(busy, "harb")
    busy.key(Keys.Key_Return)
    settle()
    busy.key(Keys.Key_Escape)
    settle()
    view = busy.find("search_rows")
    assert view.hasFocus()
    assert view.rows.row(view.currentIndex().row()).spoken.startswith("Dana. Session"), "where it was left"
    busy.key(Keys.Key_2, CTRL)
    busy.program.work.pages.open_session(busy.program.vault.notebook.clients()[0].id)
    settle()
    busy.key(Keys.Key_Escape)
    settle()
    assert busy.maybe("search_page") is None, "control: a page that was opened in another way stays"


def test_a_finished_note_and_what_was_added_open_at_the_words_too(busy: Person) -> None:
    look_for(busy, "hour about")
    busy.key(Keys.Key_Return)
    settle()
    box = QApplication.focusWidget()
    assert box.isReadOnly()
    assert box.textCursor().selectedText() == "hour"
    (hit,) = look_for(busy, "pelican")
    assert (hit.where, hit.addendum is not None) == ("Added later", True)
    busy.key(Keys.Key_Return)
    settle()
    words = QApplication.focusWidget()
    assert isinstance(words, QLabel)
    assert words.selectedText() == "pelican"


def test_private_words_are_looked_through_only_when_ticked(busy: Person) -> None:
    assert look_for(busy, "zebra") == []
    assert busy.said("search_state") == f"{NOTHING} {NOT_INSIDE} {NOT_PRIVATE}"
    busy.press("search_private")
    (hit,) = busy.find("search_page").shown
    assert (hit.private, marked(hit)) == (True, ["zebra"])
    assert "Only for me" in busy.find("search_rows").rows.row(1).spoken
    assert NOT_PRIVATE not in busy.said("search_state")
    busy.press("search_private")
    look_for(busy, "hour")
    assert busy.said("search_state").endswith(f" notes. {NOT_PRIVATE}"), "also where something is found"


def test_what_lies_in_a_drawer_is_named_and_not_shown(busy: Person) -> None:
    (hit,) = look_for(busy, "boathouse")
    assert (hit.snippet.text, hit.snippet.marks, hit.where) == (IN_DRAWER, (), "")
    assert "behind the" not in busy.seen()
    busy.key(Keys.Key_Return)
    settle()
    assert QApplication.focusWidget().textCursor().selectedText() == "boathouse"


def test_what_was_typed_a_moment_ago_is_found_and_what_went_to_the_bin_is_not(busy: Person) -> None:
    busy.key(Keys.Key_N, CTRL)
    busy.write("body", "A flamingo on the wall")
    (hit,) = look_for(busy, "flamin")
    busy.key(Keys.Key_Return)
    settle()
    busy.command("Put in the bin")
    assert look_for(busy, "flamin") == []
    busy.program.work.past._undo()
    settle()
    assert [one.subject for one in look_for(busy, "flamin")] == [hit.subject]


def test_parts_of_words_kinds_days_and_order(busy: Person) -> None:
    assert look_for(busy, "arbou") == []
    busy.press("search_inside")
    assert len(busy.find("search_page").shown) == 1
    busy.press("search_inside")
    assert len(look_for(busy, "hour")) == 2
    busy.press("search_filters")
    busy.choose("search_order", "Best first")
    settle()
    assert len(busy.find("search_page").shown) == 2
    busy.choose("search_kind", "Safeguarding")
    settle()
    assert busy.find("search_page").shown == ()
    busy.choose("search_kind", "All kinds")
    busy.write("search_first", "1 April 2026")
    busy.until(lambda: not busy.find("search_page").shown)
    busy.press("search_filters")
    assert len(busy.find("search_page").shown) == 2
    assert busy.maybe("search_order") is None


def test_names_in_any_script_are_found(with_client: Person) -> None:
    """Scenario 11: in a note, and among the clients themselves."""
    names = ["Nguyễn Thị Hòa", "李小龙", "محمد أحمد", "O’Connor", "สมชาย", "Björk", "Straße", "👩‍👩‍👧"]
    book = with_client.program.vault.notebook
    for at, name in enumerate(names):
        book.add_client({"code": f"X{at}", "called": name})
    write(with_client, "session", {"body": f"They spoke of {', '.join(names)}."}, dana(with_client))
    for typed, name in zip(
        ["nguyen", "小龙", "احمد", "o'connor", "ชาย", "bjork", "strasse", "👩‍👧"], names, strict=True
    ):
        hits = look_for(with_client, typed)
        assert {one.who for one in hits} == {"Dana", name}, typed
        assert all(marked(one) for one in hits)
    assert look_for(with_client, "龙小") == []


def test_nothing_too_short_and_empty_say_so(busy: Person) -> None:
    busy.key(Keys.Key_F, CTRL | SHIFT)
    assert busy.said("search_state") == EMPTY
    look_for(busy, "q")
    assert busy.said("search_state") == TOO_SHORT
    look_for(busy, "wombat")
    assert busy.said("search_state").startswith(NOTHING)
    busy.key(Keys.Key_Escape)
    assert busy.find("search_field").text() == ""
    assert busy.said("search_state") == EMPTY
    assert busy.maybe("search_rows") is None


def test_keys_lead_from_the_field_through_the_list_and_back(busy: Person) -> None:
    look_for(busy, "hour")
    view = busy.find("search_rows")
    assert view.currentIndex().row() == 1, "a heading is never current"
    busy.key(Keys.Key_Down)
    assert view.currentIndex().row() == 2
    busy.key(Keys.Key_Up)
    busy.key(Keys.Key_Up)
    assert view.currentIndex().row() == 1
    busy.tab_to("search_rows")
    busy.key(Keys.Key_Escape)
    assert QApplication.focusWidget().objectName() == "search_field"
    busy.key(Keys.Key_F6)
    busy.key(Keys.Key_F6)
    assert busy.find("search_page").isAncestorOf(QApplication.focusWidget())
    busy.key(Keys.Key_2, CTRL)
    busy.command("look everywhere")
    assert busy.find("search_page").isVisible()
    busy.key(Keys.Key_Left, ALT)
    assert busy.maybe("search_page") is None


@pytest.fixture
def full(with_client: Person) -> Person:
    """Notes of two, more than a window shows at once."""
    id = dana(with_client)
    for at in range(30):
        write(with_client, "session", {"body": f"The kite number {at}", "date": {"on": "2026-03-09"}}, id)
    write(with_client, "contact", {"name": "A. Lindqvist", "relation": "Flies a kite, and no boxkite"})
    with_client.until(lambda: with_client.program.vault.search.count_due() == 0)
    return with_client


def test_home_and_page_up_lead_over_the_headings(full: Person) -> None:
    look_for(full, "kite")
    view, bar = full.find("search_rows"), full.find("search_rows").verticalScrollBar()
    last = view.rows.rowCount() - 1
    headings = [at for at in range(last) if view.rows.row(at).hit is None]
    assert len(headings) == 2
    full.tab_to("search_rows")
    for home in (NONE, CTRL):
        full.key(Keys.Key_End)
        assert (view.currentIndex().row(), bar.value()) == (last, bar.maximum())
        full.key(Keys.Key_Home, home)
        assert (view.currentIndex().row(), bar.value()) == (1, 0), "and the heading is seen"
    full.key(Keys.Key_End)
    passed = [last]
    while passed[-1] > 1:
        full.key(Keys.Key_PageUp)
        assert view.currentIndex().row() < passed[-1], "each press leads further up"
        passed.append(view.currentIndex().row())
    while passed[-1] < last:
        full.key(Keys.Key_PageDown)
        assert view.currentIndex().row() > passed[-1]
        passed.append(view.currentIndex().row())


def test_what_is_found_anew_begins_at_the_top(full: Person) -> None:
    assert len(look_for(full, "boxkite")) == 1
    view = full.find("search_rows")
    here = view.rows.row(1).hit.subject
    look_for(full, "kite")
    assert view.currentIndex().row() == 1
    assert view.verticalScrollBar().value() == 0
    full.tab_to("search_rows")
    full.key(Keys.Key_End)
    full.program.work.search.look(aloud=False)
    assert view.currentIndex().row() == view.rows.rowCount() - 1, "control: asked the same, it stays"
    full.press("search_inside")
    assert view.currentIndex().row() == 1
    assert here in {one.subject for one in full.find("search_page").shown}


def test_it_says_in_how_many_notes_and_which_days(full: Person) -> None:
    look_for(full, "kite")
    assert full.said("search_state") == f"Found in 31 notes. {NOT_PRIVATE}"
    look_for(full, "dana")
    assert full.said("search_state") == f"Found in the details of 1 client. {NOT_PRIVATE}"
    full.press("search_filters")
    full.write("search_first", "10 March 2026")
    full.write("search_last", "1 March 2026")
    look_for(full, "kite")
    assert "the days between 1 March 2026 and 10 March 2026 were looked through" in full.said("search_state")
    captions = {one.text().replace("&", "") for one in full.find("search_page").findChildren(QLabel)}
    assert set(re.findall("“(.+?)”", full.said("search_state"))) <= captions
    full.box("search_last").selectAll()
    full.type("10 March 2026")
    look_for(full, "kite")
    assert "were looked through" not in full.said("search_state")


def test_a_ticked_option_opens_where_it_stands(with_client: Person) -> None:
    carries = {"carrying": {"ids": ["family", "let_down"]}}
    write(with_client, "rupture", carries, dana(with_client), card="acknowledge")
    assert look_for(with_client, "helpers") == []
    with_client.press("search_private")
    (hit,) = with_client.find("search_page").shown
    assert marked(hit) == ["helpers"]
    with_client.find("search_field").setFocus()
    with_client.key(Keys.Key_Return)
    settle()
    box = QApplication.focusWidget()
    assert box.objectName() == "carrying_let_down"
    assert not box.visibleRegion().isEmpty()


def test_more_than_fifty_come_page_by_page(with_client: Person) -> None:
    id = dana(with_client)
    for at in range(55):
        write(with_client, "session", {"body": f"The kite number {at}"}, id)
    with_client.until(lambda: with_client.program.vault.search.count_due() == 0)
    assert len(look_for(with_client, "kite")) == 50
    assert with_client.said("search_state") == f"The first 50; there are more. {NOT_PRIVATE}"
    with_client.press("search_more")
    assert len(with_client.find("search_page").shown) == 55
    assert with_client.maybe("search_more") is None
    assert len({one.subject for one in with_client.find("search_page").shown}) == 55


@pytest.mark.parametrize("way", ["hide", "lock"])
def test_what_was_looked_for_is_wiped_when_the_work_is_covered(busy: Person, way: str) -> None:
    look_for(busy, "harbour")
    edit, page = busy.find("search_field"), busy.find("search_page")
    gone = []
    page.destroyed.connect(lambda: gone.append(True))
    if way == "hide":
        busy.key(Keys.Key_F9)
        assert (edit.text(), page.shown, page.view.rows.rowCount()) == ("", (), 0)
        assert not edit.isUndoAvailable()
        busy.key(Keys.Key_F9)
    else:
        busy.key(Keys.Key_L, CTRL)
        busy.until(lambda: gone)
        busy.unlock()
    settle()
    assert busy.find("search_field").text() == ""
    assert busy.find("search_page").shown == ()
    assert busy.said("search_state") == EMPTY


def test_what_was_looked_for_is_written_nowhere(busy: Person) -> None:
    look_for(busy, "zebrafinch quagga")
    busy.key(Keys.Key_2, CTRL)
    look_for(busy, "harbour")
    busy.key(Keys.Key_L, CTRL)
    busy.unlock()
    assert copies(busy, "zebrafinch") == copies(busy, "quagga") == 0
    assert copies(busy, "harbour") > 0, "its own control: a word of a note is there"


def test_words_are_made_ready_beside_the_work(busy: Person) -> None:
    search = busy.program.vault.search
    assert search.count_due() > 0
    busy.until(lambda: search.count_due() == 0)
    busy.until(lambda: not busy.program.work.search._steps.isActive())


def test_in_a_low_window_the_page_is_scrolled_with_its_rows_and_by_one_bar(busy: Person) -> None:
    look_for(busy, "hour")
    view, page = busy.find("search_rows"), busy.find("search_page")
    assert view.verticalScrollBarPolicy() is not Qt.ScrollBarPolicy.ScrollBarAlwaysOff, "control: there is room"
    busy.window.resize(1280, 420)
    settle()
    settle()
    bars = [
        one for one in page.findChildren(QScrollBar) if one.isVisible() and one.orientation() is Qt.Orientation.Vertical
    ]
    assert len(bars) == 1
    assert busy.find("search_field").visibleRegion().boundingRect().height() > 0, "what is typed in stays in view"
    view.setFocus()
    busy.key(Keys.Key_End)
    settle()
    at = view.visualRect(view.currentIndex())
    assert view.viewport().visibleRegion().boundingRect().contains(at.center()), "and the row that is chosen"
