"""The sheets have the most of the window, the acts are always at hand, and the choices are a press away."""

import pytest
from person import CTRL, Keys, Person, settle
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QScrollBar, QWidget
from reaching import reveal

from alliance_desktop.services.paper import KINDS
from alliance_desktop.ui.preview_words import FOR_CLIENT, FOR_RECORD

ACTS = ("preview_print", "preview_save", "preview_copy", "preview_as_paper", "preview_as_text", "preview_sort")


@pytest.fixture
def previewed(with_client: Person) -> Person:
    """The page about a strain, before it is printed."""
    with_client.notice("the blip")
    with_client.card(3)
    with_client.write("understood", "Dana and I found out")
    with_client.press("wording_seen_yes")
    with_client.key(Keys.Key_P, CTRL)
    settle()
    return with_client


def sized(person: Person, width: int, height: int, percent: int) -> Person:
    person.window.look.show("light", percent)
    settle()
    person.window.resize(width, height)
    settle()
    return person


def upright_bars(person: Person) -> list[QScrollBar]:
    """Return the bars that scroll the page up and down and can be seen just now."""
    bars = person.find("preview_page").findChildren(QScrollBar)
    return [one for one in bars if one.isVisible() and one.orientation() is Qt.Orientation.Vertical]


def is_in_view(person: Person, one: QWidget) -> bool:
    window = person.window.rect()
    return window.contains(one.mapTo(person.window, QPoint(0, 0))) and window.contains(
        one.mapTo(person.window, one.rect().bottomRight())
    )


@pytest.mark.parametrize(("percent", "share"), [(100, 0.55), (200, 0.5)])
def test_most_of_a_small_window_is_sheet(previewed: Person, percent: int, share: float) -> None:
    person = sized(previewed, 1280, 720, percent)
    sheets = person.find("sheets")
    assert sheets.height() >= share * person.window.height()
    assert all(is_in_view(person, person.find(name)) for name in ACTS)
    assert len(upright_bars(person)) == 1
    assert not sheets.horizontalScrollBar().isVisible()
    assert person.maybe("preview_paper") is None
    assert "A4" in person.find("preview_summary").text()
    assert "take home" in person.find("preview_summary").text() or "take this home" in person.said("preview_safe")
    person.press("preview_more")
    assert person.find("preview_paper").isEnabled()
    assert "take this home" in person.said("preview_safe")
    assert all(is_in_view(person, person.find(name)) for name in ACTS)
    assert len(upright_bars(person)) <= 1


def test_where_only_one_has_room_the_choices_stand_instead_of_the_page(previewed: Person) -> None:
    person = sized(previewed, 1280, 720, 200)
    person.press("preview_more")
    assert person.maybe("sheets") is None
    person.key(Keys.Key_Escape)
    assert person.find("sheets").isVisible(), "Esc leads back to the page and no further"
    assert person.find("preview_more").hasFocus()
    person.press("preview_more")
    person.press("preview_as_text")
    assert person.find("preview_words").isVisible(), "what is asked for is shown"


def test_a_wide_window_shows_all_choices_beside_the_page(previewed: Person) -> None:
    person = sized(previewed, 1700, 900, 100)
    assert person.maybe("preview_more") is None
    assert person.find("preview_paper").isVisible()
    assert person.find("sheets").isVisible()


def test_the_page_is_seen_as_on_paper_or_as_plain_text(previewed: Person) -> None:
    person = previewed
    halves = person.find("preview_as_paper"), person.find("preview_as_text")
    assert [one.isChecked() for one in halves] == [True, False]
    person.press("preview_as_text")
    assert person.maybe("sheets") is None
    words = person.find("preview_words")
    assert words.height() > person.window.height() / 2
    person.press("preview_as_paper")
    assert person.maybe("preview_words") is None
    assert person.find("sheets").isVisible()


def test_keys_and_choices_make_the_sheets_larger_and_smaller(previewed: Person) -> None:
    person = previewed
    heard = QAccessible.queryAccessibleInterface(person.find("sheet_1"))
    assert (heard.role(), heard.text(QAccessible.Text.Name)) == (QAccessible.Role.Graphic, "Sheet 1 of 1")
    usual = person.find("sheet_1").width()
    person.find("sheet_1").setFocus()
    person.key(Keys.Key_Plus)
    settle()
    assert person.find("sheet_1").width() > usual
    for _ in range(2):
        person.key(Keys.Key_Minus)
    settle()
    assert person.find("sheet_1").width() < usual
    person.key(Keys.Key_0)
    settle()
    assert person.find("sheet_1").width() == usual
    person.unfold_choices()
    beside = person.find("sheet_1").width()
    person.press("preview_larger")
    assert person.find("sheet_1").width() > beside
    person.press("preview_fit")
    assert person.find("sheet_1").width() == beside


def test_the_pages_for_the_client_stand_apart_to_the_eye_and_the_ear(previewed: Person) -> None:
    pages = previewed.find("preview_sort")
    lines = [(pages.itemText(at), pages.itemData(at)) for at in range(pages.count())]
    headings = [at for at, (_words, sort) in enumerate(lines) if sort is None]
    assert [lines[at][0] for at in headings][:2] == [FOR_CLIENT, FOR_RECORD]
    under = lines[headings[0] + 1 : headings[1]]
    assert {sort for _words, sort in under} == {str(one.sort) for one in KINDS.values() if one.for_client}
    assert not any(pages.model().flags(pages.model().index(at, 0)) & Qt.ItemFlag.ItemIsSelectable for at in headings)
    role = Qt.ItemDataRole.AccessibleDescriptionRole
    assert pages.itemData(headings[0] + 1, role) == FOR_CLIENT
    assert pages.itemData(headings[1] + 1, role) == FOR_RECORD
    told = QAccessible.queryAccessibleInterface(pages)
    assert told.text(QAccessible.Text.Description) == FOR_CLIENT
    previewed.choose("preview_sort", "My repair plan (private)")
    assert told.text(QAccessible.Text.Description) == FOR_RECORD
    assert pages.currentData() == "repair_plan", "a heading is passed over"


def test_that_a_day_has_passed_is_in_sight_before_one_can_print(previewed: Person) -> None:
    person = previewed
    person.key(Keys.Key_Escape)
    reveal(person, "review_on")
    person.box("review_on").selectAll()
    person.type("9 March 2026")
    person.flush()
    sized(person, 800, 600, 200)
    person.key(Keys.Key_P, CTRL)
    settle()
    person.tab_to("preview_still")
    said, sees = person.find("preview_still"), person.find("preview_scroll").viewport()
    assert "has passed" in said.accessibleName()
    assert sees.rect().contains(QRect(said.mapTo(sees, QPoint(0, 0)), said.size()))
    person.tab_to("preview_print", most=2)
    person.key(Keys.Key_Escape)
    sized(person, 1280, 800, 100)
    person.key(Keys.Key_P, CTRL)
    settle()
    assert person.find("preview_still").focusPolicy() is Qt.FocusPolicy.NoFocus, "it is in sight by itself"
