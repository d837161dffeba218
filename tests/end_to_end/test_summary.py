"""The summary for supervision at the window: both sides, what is left to look at, then the paper (scenario 24)."""

import datetime
import sys
from pathlib import Path
from typing import Any

import pytest
from person import CTRL, Keys, Person, settle
from PySide6.QtWidgets import QCheckBox

from alliance_desktop.domain.answers import chosen, dated
from alliance_desktop.domain.entry import ClientId, EntryId
from alliance_desktop.domain.look import Appearance
from alliance_desktop.services.notebook import WriteCard
from alliance_desktop.ui import theme
from alliance_desktop.ui.left_panel import KINDS, NO_INSTEAD, NO_WORD
from alliance_desktop.ui.summary_page import CHANGED, CHOOSE_FIRST

sys.path.insert(0, str(Path(__file__).parents[1] / "ui"))

from names import cut, nameless, small

TEXT = "Dana and Tobi of Riverside met Priya and Ms Penhale on 3 March 2026, ring 0161 496 0000 or x@y.example."
KNOWN = ("Dana", "Tobi", "Riverside", "Penhale", "3 March")
UNKNOWN = {"Priya": "Capital letter in a sentence", "0161 496 0000": "Phone number", "x@y.example": "E-mail address"}


def write(person: Person, form: str, card: str, client: ClientId | None = None, /, **answers: Any) -> EntryId:
    book = person.program.vault.notebook
    entry = book.new_entry()
    book.write(WriteCard(client=client, form=form, card=card, answers=answers, entry=entry))
    return entry


@pytest.fixture
def ready(with_client: Person) -> Person:
    """A person whose agenda has one strain of Dana's, with her brother, her school and her teacher in its words."""
    on = dated(datetime.date(2026, 3, 3))
    dana = with_client.program.vault.notebook.clients()[0].id
    write(
        with_client, "contact", "contact", name="Ruth Penhale", role=chosen("teacher"), organisation="Riverside School"
    )
    told = [{"name": "Tobi", "role": "other"}]
    write(with_client, "rupture", "notice", dana, noticed_on=on, name="late", seen_or_heard=TEXT, told_by=told)
    write(with_client, "safeguarding", "concern", dana, learned_on=on, exact_words="MARKERSAFE")
    with_client.key(Keys.Key_5, CTRL)
    settle()
    with_client.press("agenda_1_bring")
    with_client.press("begin_summary")
    settle()
    return with_client


@pytest.fixture
def both(ready: Person) -> Person:
    """The same person before both sides, with what they noticed on them."""
    ready.press("summary_part_noticed")
    ready.press("summary_show")
    settle()
    return ready


def rows(person: Person, name: str) -> dict[str, str]:
    model = person.find(name).rows
    found = [model.row(at) for at in range(model.rowCount())]
    return {bare(one.title): bare(one.under[0]) for one in found}


def go_to(person: Person, word: str) -> None:
    """Make the line of a word that is left the current one, with the arrow keys."""
    view = person.find("summary_left")
    view.setFocus()
    for _ in range(view.rows.rowCount()):
        if view.current_key()[1] == word:
            return
        person.key(Keys.Key_Down)
    raise AssertionError(word)


def bare(text: str) -> str:
    return text.replace("\u2068", "").replace("\u2069", "")


def sides(person: Person) -> tuple[str, str]:
    return person.find("summary_original").toPlainText(), person.find("summary_result").toPlainText()


def test_known_names_become_roles_and_the_unknown_are_listed(both: Person) -> None:
    original, result = sides(both)
    assert TEXT in original
    for name in KNOWN:
        assert name in original
        assert name not in result
    assert "Client A and another person of their school met Priya and their teacher on week 1" in result
    listed = rows(both, "summary_left")
    assert {word: listed[word] for word in UNKNOWN} == UNKNOWN
    assert "MARKERSAFE" not in original + result
    replaced = rows(both, "summary_replaced")
    assert replaced["Dana"] == "becomes Client A"
    assert replaced["Ms Penhale"] == "becomes their teacher"


def test_it_never_says_more_than_it_can_hold(both: Person) -> None:
    words = both.seen().lower()
    assert "names we do not know about stay in" in words
    assert "anonym" not in words


def test_a_word_replaced_by_hand_is_on_the_paper_and_in_no_note(both: Person, tmp_path: Path) -> None:
    go_to(both, "Priya")
    both.key(Keys.Key_Return)
    assert both.find("summary_word").text() == "Priya"
    assert both.find("summary_instead").hasFocus()
    both.type("a friend")
    both.key(Keys.Key_Return)
    settle()
    assert "Priya" not in rows(both, "summary_left")
    assert "met a friend and their teacher" in sides(both)[1]
    assert rows(both, "summary_replaced")["Priya"] == "becomes a friend, by hand"
    both.press("summary_print")
    settle()
    assert both.find("preview_page").isVisible()
    both.press("preview_as_text")
    text = both.find("preview_words").toPlainText()
    assert "met a friend and their teacher on week 1" in text
    assert not [name for name in KNOWN if name in text]
    assert any("Priya" in str(one.answers) for one in both.program.vault.notebook.of_form("rupture")), "the note stays"


def test_private_notes_on_it_are_noted_in_the_ledger_before_it_is_printed(both: Person) -> None:
    both.press("summary_print")
    settle()
    both.press("preview_print")
    assert both.printed == []
    both.press("showing_mine")
    settle()
    assert len(both.printed) == 1
    assert len(both.program.vault.notebook.of_form("disclosure")) == 1


def test_from_the_preview_esc_leads_back_to_both_sides(both: Person) -> None:
    both.press("summary_print")
    settle()
    both.key(Keys.Key_Escape)
    settle()
    assert TEXT in sides(both)[0]
    both.key(Keys.Key_Escape)
    settle()
    assert both.find("summary_show").isVisible()
    assert both.find("summary_part_noticed", QCheckBox).isChecked()


def test_what_was_decided_is_taken_back(both: Person) -> None:
    page = both.page()
    page.left.replaced.select("Dana")
    both.press("summary_undo")
    settle()
    assert "Dana and another person" in sides(both)[1]
    assert rows(both, "summary_replaced")["Dana"] == "Stays as it is, by hand"
    page.left.replaced.select("Dana")
    both.press("summary_undo")
    settle()
    assert "Dana" not in sides(both)[1]


def test_a_word_may_stay_and_is_listed_no_more(both: Person) -> None:
    go_to(both, "Priya")
    both.press("summary_leave")
    settle()
    assert "Priya" not in rows(both, "summary_left")
    assert rows(both, "summary_replaced")["Priya"] == "Stays as it is, by hand"
    assert "met Priya and" in sides(both)[1]


def test_the_boxes_say_what_is_missing(both: Person) -> None:
    both.press("summary_replace")
    assert both.said("summary_missing") == NO_WORD
    both.find("summary_word").setText("Priya")
    both.press("summary_replace")
    assert both.said("summary_missing") == NO_INSTEAD
    assert both.find("summary_instead").hasFocus()


def test_a_lock_takes_all_words_away_and_unlocking_brings_them_back(both: Person) -> None:
    both.find("summary_word").setText("Priya")
    both.find("summary_instead").setText("a fr")
    original = both.find("summary_original")
    both.key(Keys.Key_F9)
    settle()
    assert original.toPlainText() == ""
    assert both.page().left.word.text() == ""
    both.key(Keys.Key_L, CTRL)
    both.unlock()
    settle()
    assert TEXT in sides(both)[0]
    assert both.find("summary_word").text() == "Priya"
    assert both.find("summary_instead").text() == "a fr"
    place = both.program.vault.settings.place()
    assert place["at"]["page"] == "summary", "the place is kept in the vault"


def test_a_lock_in_the_preview_leads_back_to_the_same_text(both: Person) -> None:
    both.find("summary_word").setText("Priya")
    both.find("summary_instead").setText("a friend")
    both.press("summary_replace")
    both.press("summary_print")
    settle()
    both.key(Keys.Key_L, CTRL)
    both.unlock()
    settle()
    both.press("preview_as_text")
    assert "met a friend and their teacher on week 1" in both.find("preview_words").toPlainText()


def test_nothing_is_shown_before_something_is_chosen(ready: Person) -> None:
    ready.press("summary_item_1")
    ready.press("summary_show")
    assert CHOOSE_FIRST in ready.seen()
    assert ready.find("summary_item_1").hasFocus()
    ready.key(Keys.Key_Space)
    ready.press("summary_show")
    settle()
    assert TEXT not in sides(ready)[0], "private fields only where they are ticked"


def test_it_is_found_by_what_one_would_type_and_worked_by_keyboard(with_client: Person) -> None:
    with_client.command("without identifiers")
    settle()
    assert "Nothing waits for supervision." in with_client.seen()
    assert not with_client.find("summary_show").isEnabled()


def test_ctrl_p_goes_by_both_sides_to_the_paper(ready: Person) -> None:
    ready.key(Keys.Key_P, CTRL)
    settle()
    assert "Client A" in sides(ready)[1]
    ready.key(Keys.Key_P, CTRL)
    settle()
    assert ready.find("preview_page").isVisible()


def test_it_is_worked_with_the_keyboard_alone(ready: Person) -> None:
    assert ready.find("summary_item_1").hasFocus()
    ready.tab_to("summary_part_noticed")
    ready.key(Keys.Key_Space)
    ready.tab_to("summary_show")
    ready.key(Keys.Key_Return)
    settle()
    assert ready.find("summary_original").hasFocus()
    ready.tab_to("summary_result", 2)
    ready.tab_to("summary_left", 2)
    go_to(ready, "Priya")
    ready.key(Keys.Key_Return)
    ready.type("a friend")
    ready.tab_to("summary_replace", 2)
    ready.key(Keys.Key_Return)
    settle()
    ready.tab_to("summary_replaced")
    ready.tab_to("summary_print", 3)
    ready.key(Keys.Key_Return)
    settle()
    assert ready.find("preview_page").isVisible()


def test_both_sides_scroll_together_and_show_what_is_looked_at(both: Person) -> None:
    page = both.page()
    go_to(both, "Priya")
    assert page.sides.original.textCursor().selectedText() == "Priya"


@pytest.mark.parametrize(("look", "scale"), [(Appearance.LIGHT, 100), (Appearance.DARK, 200)])
def test_every_stop_has_a_name_and_nothing_is_cut(both: Person, look: Appearance, scale: int) -> None:
    both.window.look.show(look, scale)
    settle()
    page = both.page()
    assert not nameless(page)
    assert not cut(page)
    assert not small(page)
    box, line = page.sides.original, page.sides.original.fontMetrics().lineSpacing()
    room = page.viewport().height() - 6 * line
    wanted = round(box.document().documentLayout().documentSize().height()) * line
    assert box.height() >= min(room, wanted), "as high as the window has room for"
    assert box.height() <= max(page.viewport().height(), 9 * line)
    cursor = page.sides.result.document().find("another person")
    assert cursor.charFormat().font().underline(), "not by colour alone"
    assert cursor.charFormat().background().color().name() == theme.colours().accent_soft, "in the colours of the look"
    assert set(KINDS.values()) >= set(rows(both, "summary_left").values())


def test_what_was_changed_since_is_read_again_before_it_is_printed(both: Person) -> None:
    both.press("summary_print")
    settle()
    dana = both.program.vault.notebook.clients()[0].id
    write(both, "goal", "goal", dana, own_words="To sleep MARKERNEW", set_on=dated(datetime.date(2026, 3, 3)))
    both.key(Keys.Key_L, CTRL)
    both.unlock()
    settle()
    assert both.page().objectName() == "summary_page", "not the preview of a text that nobody has read"
    assert "MARKERNEW" in sides(both)[0]
    assert CHANGED in both.seen()
    both.press("summary_print")
    settle()
    assert both.find("preview_page").isVisible(), "once it is read it is printed"
    both.key(Keys.Key_Escape)
    settle()
    assert CHANGED not in both.seen()
