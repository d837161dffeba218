"""Every form that is shipped: begun with the keyboard from "New entry", written, locked, and found at the same word."""

import pytest
from person import CTRL, SHIFT, Keys, Person, settle
from PySide6.QtWidgets import QAbstractButton, QApplication, QScrollArea

from alliance_desktop.resources import resource
from alliance_desktop.services.forms import Forms, load_forms
from alliance_desktop.ui.fields.textbox import TextBox
from alliance_desktop.ui.form_list import MINE, Offered, offered

FORMS: Forms = load_forms(resource("forms"))
EVERY = {f"{one.form.id}.{one.card.id}": one for one in offered(FORMS)}


def begin(person: Person, wanted: Offered) -> None:
    """Choose one form of the list with the arrow keys and Enter."""
    person.key(Keys.Key_E, CTRL | SHIFT)
    rows = person.find("form_rows")
    assert rows.hasFocus()
    person.key(Keys.Key_Home)
    for _ in range(rows.rows.rowCount()):
        chosen = rows.current_key()
        if (chosen.form.id, chosen.card.id) == (wanted.form.id, wanted.card.id):
            break
        person.key(Keys.Key_Down)
    person.key(Keys.Key_Return)
    settle()


def to_words(person: Person) -> TextBox:
    """Go with Tab to the first empty box on the card, from where the cursor stands."""
    for _ in range(120):
        at = QApplication.focusWidget()
        if isinstance(at, TextBox) and not at.toPlainText() and person.page().desk.isAncestorOf(at):
            return at
        person.key(Keys.Key_Tab)
    raise AssertionError("Tab reaches no box for words")


def test_every_form_is_in_the_list_by_heading_with_its_aim(with_client: Person) -> None:
    with_client.key(Keys.Key_E, CTRL | SHIFT)
    rows = with_client.find("form_rows").rows
    shown = [rows.row(at) for at in range(rows.rowCount())]
    single = {one.id for one in FORMS.all()} - {"rupture", "client"}
    assert {one.key.form.id for one in shown} == single
    assert all(one.under[0] and one.aside for one in shown), "each has its aim and its heading"
    headings = [one.aside for one in shown]
    assert headings == sorted(headings, key=headings.index), "what belongs together stands together"
    assert headings[0] == "Sessions"
    assert headings[-1] == MINE
    assert {one.key.form.id for one in shown if one.aside == "Safety"} == {"safeguarding"}


@pytest.mark.parametrize("id", EVERY)
def test_each_is_begun_written_locked_and_found_again_at_the_same_word(with_client: Person, id: str) -> None:
    person, wanted = with_client, EVERY[id]
    begin(person, wanted)
    assert person.page().card.id == wanted.card.id
    name = person.find("header_name", type(person.window.workspace.header.name)).accessibleName()
    assert name == (wanted.form.title if wanted.form.about == "counsellor" else "Dana")
    box = to_words(person).objectName()
    person.type("halfway thr")
    person.key(Keys.Key_L, CTRL)
    assert person.window.shown.objectName() == "unlock"
    person.unlock()
    at = QApplication.focusWidget()
    assert isinstance(at, TextBox)
    assert (at.objectName(), at.toPlainText()[-11:]) == (box, "halfway thr")
    assert at.textCursor().position() == len(at.toPlainText())
    person.type("ough")
    person.flush()
    book = person.program.vault.notebook
    entries = [*book.entries(book.clients()[0].id), *book.own_entries()]
    assert [(one.form, one.card) for one in entries] == [(wanted.form.id, wanted.card.id)]
    assert "halfway through" in str(entries[0].answers)
    whose = None if wanted.form.about == "counsellor" else book.clients()[0].id
    assert entries[0].client == whose


def test_a_form_of_a_client_asks_whose_where_no_client_is_open(with_client: Person) -> None:
    person = with_client
    person.key(Keys.Key_3, CTRL)
    begin(person, EVERY["feedback.feedback"])
    assert "Whose?" in person.said("finder_question")
    assert person.maybe("work_notice_sentence") is None, "once is enough"
    person.type("dana")
    person.key(Keys.Key_Return)
    assert (person.page().form.id, person.page().client.called) == ("feedback", "Dana")
    person.key(Keys.Key_3, CTRL)
    begin(person, EVERY["own_learning.learning"])
    assert person.page().client is None, "what is the counsellor's own asks for nobody"


def test_with_large_text_in_a_small_window_everything_of_a_page_can_be_reached(with_client: Person) -> None:
    person = with_client
    person.window.resize(640, 720)
    for _ in range(5):
        person.command("Larger text")
    begin(person, EVERY["safeguarding.concern"])
    banner, page = person.find("form_banner"), person.page()
    assert page.minimumSizeHint().width() <= page.width(), "nothing is cut at the side"
    assert banner.findChildren(QAbstractButton) == [], "the banner cannot be closed"
    assert banner.visibleRegion().boundingRect().size() == banner.size(), "the banner is whole"
    words = person.find("form_banner_words")
    assert words.height() >= words.heightForWidth(words.width()), "and so are its words"
    assert page.desk.height() > page.height() / 3, "there is room left to write"
    person.tab_to("finish_note", most=150)
    finish = person.find("finish_note")
    assert finish.visibleRegion().boundingRect().size() == finish.size(), "what ends the page is scrolled to"
    person.window.resize(640, 560)
    settle()
    page.findChild(QScrollArea, "desk_scroll").verticalScrollBar().setValue(0)
    settle()
    assert words.height() >= words.heightForWidth(words.width())
    assert banner.visibleRegion().boundingRect().size() == banner.size(), "with less room still it begins the card"
    person.window.resize(640, 720)
    settle()
    assert banner.parentWidget().parentWidget() is page, "and where there is room, it stays over it"
