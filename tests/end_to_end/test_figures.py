"""The counsellor's own numbers at the window: by keyboard alone, no name on the page, in step with what is written."""

import sys
from pathlib import Path
from typing import Any

import pytest
from person import CTRL, Keys, Person, settle
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLabel

from alliance_desktop.domain.answers import chosen
from alliance_desktop.domain.entry import ClientId
from alliance_desktop.domain.look import Appearance
from alliance_desktop.domain.tally_words import NONE, NOT, TOO_FEW
from alliance_desktop.services.notebook import WriteCard

sys.path.insert(0, str(Path(__file__).parents[1] / "ui"))

from names import cut, nameless, small

NAME, CODE, WORDS = "Dana", "D34", "zanzibar"


def write(person: Person, form: str, card: str, client: ClientId | None = None, arc: Any = None, **answers: Any) -> Any:
    """Write an entry as another place of the program would, and tell of it."""
    book = person.program.vault.notebook
    entry = book.new_entry()
    changed = book.write(WriteCard(client=client, form=form, card=card, answers=answers, entry=entry, arc=arc))
    person.program.work.workspace.changed.emit(changed)
    return book.entry(entry)


def on(day: int, month: int = 3) -> dict[str, str]:
    return {"on": f"2026-{month:02}-{day:02}", "about": ""}


def dana(person: Person) -> ClientId:
    return person.program.vault.notebook.clients()[0].id


def session(person: Person, day: int, attendance: str = "attended") -> None:
    write(
        person, "session", "note", dana(person), date=on(day), attendance=chosen(attendance), one_line=f"{NAME} {WORDS}"
    )


@pytest.fixture
def busy(with_client: Person) -> Person:
    """A person with six sessions, two supervisions and a strain whose own part is noted, all about Dana."""
    for day, attendance in ((2, "attended"), (3, "attended"), (4, "no_show"), (9, "attended"), (9, "excused")):
        session(with_client, day, attendance)
    session(with_client, 10, "left_early")
    for day in (3, 10):
        write(
            with_client, "supervision", "session", on=on(day), brought_words=f"{NAME} {WORDS}", minutes=45, clients=CODE
        )
    notice = write(
        with_client, "rupture", "notice", dana(with_client), noticed_on=on(5), name=WORDS, my_move=chosen("away")
    )
    mine = {"my_part": chosen("a_hurt", text=f"{NAME} {WORDS}"), "landed": WORDS, "reflected_on": on(6)}
    write(with_client, "rupture", "acknowledge", dana(with_client), notice.arc, **mine)
    return with_client


def open_numbers(person: Person, words: str = "statistics") -> Any:
    person.command(words)
    settle()
    return person.find("figures_page")


def spoken(person: Person, name: str) -> list[str]:
    """Return what a screen reader says of each line of a list."""
    view = person.find(name)
    face = QAccessible.queryAccessibleInterface(view)
    assert face is not None
    rows = [face.child(at) for at in range(face.childCount())]
    return [one.text(QAccessible.Text.Name) for one in rows if one is not None]


@pytest.mark.parametrize("words", ["statistics", "how many", "your own numbers"])
def test_it_is_opened_by_what_one_would_type(busy: Person, words: str) -> None:
    page = open_numbers(busy, words)
    assert busy.find("figures_span").hasFocus()
    assert busy.said("figures_not") == NOT
    assert busy.page() is page


def test_sessions_are_told_week_by_week_with_those_without_any(busy: Person) -> None:
    open_numbers(busy)
    assert busy.said("figures_sessions_together") == "Together: 4 held, 1 missed, 1 cancelled."
    told = spoken(busy, "figures_sessions")
    assert len(told) == 12
    assert told[:10] == [one for one in told[:10] if one.endswith(": 0 sessions.")]
    assert told[10:] == ["2 to 8 March 2026: 2 held, 1 missed.", "9 to 10 March 2026: 2 held, 1 cancelled."]
    assert busy.find("figures_sessions").accessibleName() == "Sessions, week by week"


def test_few_numbers_are_told_without_bars(busy: Person) -> None:
    page = open_numbers(busy)
    assert busy.said("figures_supervision_few") == TOO_FEW
    assert busy.said("figures_supervision_together") == "Together: 1 h 30 min in 2 sessions."
    assert not page.supervision.list.has_bars
    assert page.sessions.list.has_bars
    assert busy.maybe("figures_sessions_few") is None
    assert spoken(busy, "figures_own_1") == ["I was hurt and stepped back: 1 of 1 answer, 1 client."]
    assert busy.said("figures_own_2_together") == NONE
    assert busy.maybe("figures_own_2") is None


def test_no_name_code_or_word_of_a_note_is_on_the_page(busy: Person) -> None:
    page = open_numbers(busy)
    shown = [one.text() for one in page.findChildren(QLabel)]
    for section in (page.sessions, page.supervision, page.strains, *page.own):
        for line in section.list.lines:
            shown += [line.title, line.words, line.spoken]
    assert "Away from them" in shown
    assert not [one for one in shown if any(word in one for word in (NAME, CODE, WORDS))]
    shown = [one.text() for one in busy.window.findChildren(QLabel)] + [WORDS]
    assert [one for one in shown if WORDS in one], "the look itself finds one"


def test_it_is_worked_with_the_keyboard_alone(busy: Person) -> None:
    page = open_numbers(busy)
    busy.key(Keys.Key_Tab)
    assert busy.find("figures_step").hasFocus()
    busy.key(Keys.Key_Down)
    settle()
    assert busy.find("figures_sessions").accessibleName() == "Sessions, month by month"
    busy.tab_to("figures_sessions", 3)
    busy.key(Keys.Key_End)
    settle()
    view = page.sessions.list
    face = QAccessible.queryAccessibleInterface(view)
    assert face.focusChild().text(QAccessible.Text.Name) == "1 to 10 March 2026: 4 held, 1 missed, 1 cancelled."
    assert not view.visibleRegion().isEmpty()
    busy.tab_to("figures_own_1", 6)
    busy.choose("figures_span", "From one day")
    busy.find("figures_first").setPlainText("9 March 2026")
    busy.find("figures_last").setPlainText("10 March 2026")
    settle()
    assert busy.said("figures_sessions_together") == "Together: 2 held, 1 cancelled."


def test_a_list_that_would_be_too_long_says_so(busy: Person) -> None:
    write(busy, "session", "note", dana(busy), date={"on": "2001-03-05", "about": ""}, attendance=chosen("attended"))
    open_numbers(busy)
    assert busy.maybe("figures_longer") is None
    busy.choose("figures_span", "Everything")
    settle()
    assert busy.said("figures_longer") == "That would be too long a list. It is told month by month."
    assert spoken(busy, "figures_sessions")[0] == "5 to 31 March 2001: 1 held."


def test_what_is_written_meanwhile_is_counted(busy: Person) -> None:
    open_numbers(busy)
    session(busy, 10)
    settle()
    assert busy.said("figures_sessions_together") == "Together: 5 held, 1 missed, 1 cancelled."
    busy.key(Keys.Key_1, CTRL)
    session(busy, 10)
    open_numbers(busy)
    assert busy.said("figures_sessions_together") == "Together: 6 held, 1 missed, 1 cancelled."


def test_nothing_is_counted_before_the_page_is_opened(busy: Person) -> None:
    asked = []
    rows = busy.program.vault._store.tallies
    plain = rows.sessions
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rows, "sessions", lambda *values: asked.append(values) or plain(*values))
        busy.key(Keys.Key_5, CTRL)
        session(busy, 10)
        settle()
        assert asked == []
        open_numbers(busy)
        assert len(asked) == 1


def test_f9_covers_it_and_a_lock_leaves_no_page_and_comes_back_to_the_line(busy: Person) -> None:
    open_numbers(busy)
    busy.choose("figures_span", "This year")
    busy.choose("figures_step", "Month")
    busy.tab_to("figures_sessions")
    busy.key(Keys.Key_Down)
    busy.key(Keys.Key_F9)
    assert "held" not in busy.seen()
    busy.key(Keys.Key_F9)
    settle()
    assert busy.find("figures_sessions").hasFocus()
    busy.key(Keys.Key_L, CTRL)
    settle()
    assert "held" not in busy.seen()
    assert not [one for one in QApplication.allWidgets() if one.objectName() == "figures_sessions"]
    busy.unlock()
    settle()
    view = busy.find("figures_sessions")
    assert view.hasFocus()
    assert (view.currentIndex().row(), len(view.lines)) == (1, 3)
    assert busy.find("figures_span").currentText() == "This year"
    kept = str(busy.program.vault.settings.place())
    assert "held" not in kept


def test_asked_for_again_it_is_the_same_page_also_in_one_pane(busy: Person) -> None:
    page = open_numbers(busy)
    busy.window.resize(420, 700)
    settle()
    busy.key(Keys.Key_Left, Qt.KeyboardModifier.AltModifier)
    settle()
    assert busy.maybe("figures_page") is None
    assert open_numbers(busy) is page


@pytest.mark.parametrize("wide", [1280, 420])
def test_at_twice_the_text_size_nothing_is_cut_and_everything_has_a_name(busy: Person, wide: int) -> None:
    page = open_numbers(busy)
    busy.window.look.show(Appearance.DARK, 200)
    busy.window.resize(wide, 720)
    settle()
    assert cut(page) == []
    assert nameless(page) == []
    assert small(page) == []
    for section in (page.sessions, page.strains, page.own[1]):
        view = section.list
        rows = range(len(view.lines))
        assert sum(view.sizeHintForRow(at) for at in rows) <= view.height() + 1
        last = view.visualRect(view.model().index(len(view.lines) - 1, 0))
        assert last.bottom() <= view.viewport().height()
