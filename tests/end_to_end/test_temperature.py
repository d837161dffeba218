"""The temperature chart through the window: reached, walked and turned into a table by keyboard, and gone at a lock."""

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from person import CTRL, SHIFT, Clock, Keys, Person, settle, visible_widgets, words_of
from PySide6.QtCore import QModelIndex, QSize, Qt
from PySide6.QtGui import QAccessible, QPainter
from PySide6.QtWidgets import QLabel, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from alliance_desktop.domain.answers import Answers, chosen, dated
from alliance_desktop.domain.entry import ClientId
from alliance_desktop.domain.look import Appearance
from alliance_desktop.services.notebook import WriteCard
from alliance_desktop.ui import theme
from alliance_desktop.ui.colours import DARK, LIGHT, ratio
from alliance_desktop.ui.temperature_chart import Near
from alliance_desktop.ui.temperature_marks import Rows, Sign
from alliance_desktop.ui.temperature_model import COLUMNS

SECRET = "heronsong at dawn"
DAY = datetime.date(2026, 1, 5)
SESSIONS = (
    ("attended", "4", "4", ""),
    ("attended", "", "3", SECRET),
    ("no_show", "", "", ""),
    ("attended", "2", "3", ""),
    ("excused", "", "", ""),
    ("attended", "did_not_ask", "cant_tell", ""),
    ("attended", "5", "4", ""),
)


def whose(person: Person) -> ClientId:
    return person.program.vault.notebook.clients()[0].id


def write(person: Person, form: str, card: str, answers: Answers) -> None:
    book = person.program.vault.notebook
    made = WriteCard(client=whose(person), form=form, card=card, answers=answers, entry=book.new_entry())
    person.program.work.workspace.changed.emit(book.write(made))


def session(person: Person, after: int, came: str, theirs: str, mine: str, words: str = "") -> None:
    said = {"temperature_client": chosen(*([theirs] if theirs else []), text=words)} if theirs or words else {}
    said |= {"temperature_mine": chosen(mine)} if mine else {}
    on = dated(DAY + datetime.timedelta(days=after))
    write(person, "session", "note", {"date": on, "attendance": chosen(came), **said})


@pytest.fixture
def told(with_client: Person) -> Person:
    """A person whose client has seven sessions and a strain between two of them."""
    for number, one in enumerate(SESSIONS):
        session(with_client, 7 * number, *one)
    noticed = dated(DAY + datetime.timedelta(days=24))
    write(with_client, "rupture", "notice", {"noticed_on": noticed, "name": "the blip"})
    return with_client


@pytest.fixture
def page(told: Person) -> Person:
    told.press("client_temperature")
    return told


def words(person: Person) -> str:
    return person.said("temperature_words")


def test_the_button_leads_there_and_the_header_leads_back(told: Person) -> None:
    told.press("client_temperature")
    assert told.find("temperature_chart").hasFocus()
    assert "Yours is private" in told.said("temperature_private")
    told.command("Timeline of this client")
    assert told.find("client_page").isVisible()
    told.command("Temperature of this client")
    told.key(Keys.Key_Escape)
    assert told.find("client_page").isVisible()


def test_it_begins_at_the_newest_and_every_moment_is_reached_with_the_arrows(page: Person) -> None:
    chart = page.find("temperature_chart")
    heard = [words(page)]
    for _ in range(len(SESSIONS)):
        page.key(Keys.Key_Left)
        heard.append(words(page))
    assert heard[::-1] == [one.spoken for one in chart.moments.moments]
    assert heard[0] == "16 February 2026. Session: Attended. Theirs: 5 – warm. Yours: 4 – fairly warm."
    assert heard[3] == "29 January 2026. Strain. Noticed: “the blip”."
    assert heard[5] == "19 January 2026. Session: No-show."
    assert SECRET in heard[6]
    page.key(Keys.Key_Home)
    assert words(page) == heard[-1]
    page.key(Keys.Key_End)
    assert words(page) == heard[0]


def test_a_screen_reader_hears_the_same_as_is_shown(page: Person) -> None:
    chart = page.find("temperature_chart")
    face = QAccessible.queryAccessibleInterface(chart)
    assert face.childCount() >= len(chart.moments.moments)
    spoken = [face.child(at).text(QAccessible.Text.Name) for at in range(len(chart.moments.moments))]
    assert spoken == [one.spoken for one in chart.moments.moments]


def test_the_table_tells_the_same_as_the_chart(page: Person) -> None:
    page.key(Keys.Key_Left)
    before = words(page)
    page.key(Keys.Key_T, CTRL | SHIFT)
    table = page.find("temperature_table")
    assert table.hasFocus()
    assert words(page) == before, "the same moment has the cursor"
    lines = table.lines
    assert [lines.headerData(at, Qt.Orientation.Horizontal) for at in range(5)] == [one.words for one in COLUMNS]
    moments = page.page().chart.moments.moments
    assert lines.rowCount() == len(moments) == len(SESSIONS) + 1
    for at, moment in enumerate(moments):
        cells = [lines.data(lines.index(at, column)) for column in range(5)]
        assert cells == [
            moment.said_on,
            moment.theirs_words,
            moment.mine_words,
            moment.attendance,
            moment.strain,
        ]
        assert all(one in moment.spoken for one in cells)
    spoken = Qt.ItemDataRole.AccessibleTextRole
    assert lines.data(lines.index(0, 0), spoken) == moments[0].spoken
    assert lines.data(lines.index(0, 2), spoken) == "Yours (private): 4 – fairly warm"
    assert lines.data(lines.index(2, 1), spoken) == "Theirs: nothing"
    page.key(Keys.Key_T, CTRL | SHIFT)
    assert page.find("temperature_chart").hasFocus()


def test_the_moment_that_has_the_cursor_is_in_view_in_the_table_too(page: Person) -> None:
    for number in range(40):
        session(page, 60 + number, "attended", "3", "3")
    page.key(Keys.Key_End)
    page.key(Keys.Key_T, CTRL | SHIFT)
    settle()
    table = page.find("temperature_table")
    assert table.viewport().rect().contains(table.visualRect(table.currentIndex()).center())
    page.window.resize(1280, 640)
    settle()
    assert table.viewport().rect().contains(table.visualRect(table.currentIndex()).center())


def test_every_column_of_the_table_is_in_view_and_no_words_are_cut(page: Person) -> None:
    session(page, 70, "attended", "3", "3", words="a long answer " * 20)
    page.key(Keys.Key_T, CTRL | SHIFT)
    table = page.find("temperature_table")
    settle()
    wide = [table.columnWidth(at) for at in range(len(COLUMNS))]
    assert sum(wide) <= table.viewport().width()
    assert wide[1] < table.sizeHintForColumn(1)
    assert wide[2] >= table.sizeHintForColumn(2)
    for at in range(table.lines.rowCount()):
        assert table.rowHeight(at) >= table.sizeHintForRow(at), "words that are longer go on below"
    long = max(range(table.lines.rowCount()), key=table.rowHeight)
    assert table.rowHeight(long) > 3 * table.rowHeight(0)
    page.key(Keys.Key_Down)
    assert "a long answer a long answer" in words(page), "told whole above the table"


@pytest.mark.parametrize("as_table", [False, True])
def test_enter_opens_the_session_and_the_strain(page: Person, as_table: bool) -> None:
    if as_table:
        page.key(Keys.Key_T, CTRL | SHIFT)
    page.key(Keys.Key_Return)
    assert page.find("one_line").isVisible()
    assert page.page().desk.entry is not None
    page.command("Temperature of this client")
    for _ in range(3):
        page.key(Keys.Key_Left)
    page.key(Keys.Key_Return)
    assert page.find("name").text() == "the blip"


def test_a_new_answer_is_there_at_once_and_the_cursor_stays(page: Person) -> None:
    page.key(Keys.Key_Left)
    before = words(page)
    session(page, 70, "attended", "3", "3")
    assert words(page) == before
    page.key(Keys.Key_End)
    assert words(page).startswith("16 March 2026. Session: Attended. Theirs: 3")


def test_what_changed_while_it_was_not_seen_is_read_when_it_is(page: Person) -> None:
    page.key(Keys.Key_1, CTRL)
    chart = page.window.findChild(QWidget, "temperature_chart")
    count = len(chart.moments.moments)
    session(page, 70, "attended", "3", "3")
    assert len(chart.moments.moments) == count, "nobody looks"
    page.key(Keys.Key_2, CTRL)
    assert len(chart.moments.moments) == count + 1


def test_before_any_number_it_says_how_the_line_begins(with_client: Person) -> None:
    with_client.command("Temperature of this client")
    assert "How are you feeling after today?" in with_client.said("temperature_empty")
    assert with_client.maybe("temperature_chart") is None
    assert with_client.maybe("temperature_as_table") is None
    assert with_client.find("temperature_session_note").hasFocus()
    with_client.key(Keys.Key_Return)
    assert with_client.find("one_line").isVisible()


def test_words_alone_are_told_in_the_table(with_client: Person) -> None:
    session(with_client, 0, "attended", "rather_not_say", "")
    with_client.command("Temperature of this client")
    assert with_client.maybe("temperature_chart") is None
    with_client.press("temperature_as_table")
    lines = with_client.find("temperature_table").lines
    assert lines.data(lines.index(0, 1)) == "They would rather not say"


def test_one_session_is_enough_for_a_chart(with_client: Person) -> None:
    session(with_client, 0, "attended", "3", "")
    with_client.command("Temperature of this client")
    assert words(with_client).startswith("5 January 2026. Session: Attended. Theirs: 3 – in between.")


def test_after_a_lock_it_is_the_same_moment_looked_at_in_the_same_way(page: Person) -> None:
    page.choose("temperature_near", "More")
    page.press("temperature_as_table")
    page.key(Keys.Key_Up)
    before = words(page)
    page.key(Keys.Key_L, CTRL)
    page.unlock()
    assert words(page) == before
    assert page.find("temperature_table").hasFocus()
    page.key(Keys.Key_T, CTRL | SHIFT)
    assert page.find("temperature_near").chosen == Near.HALF


def on_screen(person: Person) -> str:
    return "\n".join(words_of(one) for one in visible_widgets(person.window))


@pytest.mark.parametrize("as_table", [False, True])
def test_nothing_of_it_is_seen_once_it_is_hidden_or_locked(page: Person, as_table: bool) -> None:
    if as_table:
        page.key(Keys.Key_T, CTRL | SHIFT)
    page.page().turn()
    page.page().turn()
    assert "the blip" in on_screen(page), "else this would look for nothing"
    page.key(Keys.Key_F9)
    assert not any(one in on_screen(page) for one in (SECRET, "the blip", "fairly warm", "Dana"))
    page.key(Keys.Key_F9)
    page.key(Keys.Key_L, CTRL)
    settle()
    assert not any(one in on_screen(page) for one in (SECRET, "the blip", "fairly warm", "Dana"))
    assert page.window.findChildren(QWidget, "temperature_page") == []


def test_the_place_that_is_kept_holds_no_word(page: Person) -> None:
    page.key(Keys.Key_Home)
    page.key(Keys.Key_Right)
    place = page.program.work.pages.place()
    assert SECRET not in str(place)
    assert "fairly" not in str(place)


def inks(person: Person, sign: Sign) -> list[tuple[int, int]]:
    """Return the dark runs of a line's level piece: how long each is, along the row of a number that both said."""
    chart = person.find("temperature_chart")
    picture = chart.viewport().grab().toImage()
    y = round(Rows(chart.viewport().height()).line(sign, 4))
    ground = picture.pixelColor(2, 2).lightness()
    dark = [abs(picture.pixelColor(x, y).lightness() - ground) > 60 for x in range(picture.width())]
    runs, begin = [], None
    for x, is_dark in enumerate([*dark, False]):
        if is_dark and begin is None:
            begin = x
        elif not is_dark and begin is not None:
            runs.append((begin, x - begin))
            begin = None
    return runs


def test_the_two_lines_are_told_apart_without_colour(with_client: Person) -> None:
    for number in range(4):
        session(with_client, 7 * number, "attended", "4", "4")
    with_client.command("Temperature of this client")
    settle()
    solid, dashed = inks(with_client, Sign.THEIRS), inks(with_client, Sign.MINE)
    chart = with_client.find("temperature_chart")
    assert max(long for _, long in solid) > chart.column() * 2.9, "one piece from the first to the last"
    assert max(long for _, long in dashed) < chart.column() / 2, "many dashes"
    assert len(dashed) > 20


@pytest.mark.parametrize("look", [LIGHT, DARK])
def test_lines_and_marks_stand_out(look: Any) -> None:
    for ink in (look.text, look.accent, look.control):
        for ground in (look.surface, look.accent_soft):
            assert ratio(ink, ground) >= 3 or (ink, ground) == (look.control, look.accent_soft)


@pytest.mark.parametrize(("look", "scale", "size"), [("dark", 100, (1280, 800)), ("light", 200, (1280, 720))])
def test_it_fits_at_every_size(page: Person, look: str, scale: int, size: tuple[int, int]) -> None:
    theme.apply(Appearance(look), scale)
    page.window.resize(*size)
    settle()
    settle()
    chart = page.find("temperature_chart")
    assert chart.viewport().height() >= theme.em(7)
    assert page.window.width() == size[0]
    assert chart.visualRect(chart.currentIndex()).right() <= chart.viewport().width() + 1
    shown = page.find("temperature_words", QLabel)
    assert shown.height() >= shown.heightForWidth(shown.width())


def test_no_day_beneath_the_chart_is_seen_in_part(page: Person) -> None:
    for number in range(40):
        session(page, 60 + number, "attended", "3", "3")
    settle()
    chart = page.find("temperature_chart")
    days, along = page.find("temperature_days"), chart.horizontalScrollBar()
    skipped = False
    for value in range(0, along.maximum(), max(1, chart.column() // 3)):
        along.setValue(value)
        labels = days.labels()
        assert all(where.left() >= 0 and where.right() <= days.width() for where, _ in labels)
        first = chart.visualRect(chart.indexAt(chart.viewport().rect().topLeft())).center().x()
        skipped = labels[0][0].center().x() > first + 1 or skipped
    assert skipped, "one that had no room was there"


def test_where_the_words_of_the_numbers_have_no_room_they_stand_beneath(page: Person) -> None:
    assert page.maybe("temperature_scale_words") is None
    chart = page.find("temperature_chart")
    assert chart.label(1) == "1 – cold"
    chart.setMaximumWidth(theme.em(16))
    settle()
    settle()
    assert page.said("temperature_scale_words").startswith("1 – cold · 2 – cool")
    assert chart.label(1) == "1"
    chart.setMaximumWidth(theme.em(60))
    settle()
    settle()
    assert page.maybe("temperature_scale_words") is None


class _Counting(QStyledItemDelegate):
    """Notes which moments are painted, and lets them be."""

    def __init__(self, inner: QStyledItemDelegate) -> None:
        super().__init__(inner)
        self._inner = inner
        self.painted: set[int] = set()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        return self._inner.sizeHint(option, index)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        self.painted.add(index.row())
        self._inner.paint(painter, option, index)


def test_a_whole_career_of_sessions_is_in_view_at_its_end(with_client: Person) -> None:
    """Five thousand moments are shown without being painted: only those in view are."""
    session(with_client, 0, "attended", "3", "3")
    with_client.command("Temperature of this client")
    chart = with_client.find("temperature_chart")
    (one,) = chart.moments.moments
    many = [replace(one, on=DAY + datetime.timedelta(days=at), entry=at + 1) for at in range(5_000)]
    counting = _Counting(chart.itemDelegate())
    chart.setItemDelegate(counting)
    chart.show_moments(many, {})
    settle()
    assert chart.currentIndex().row() == 4_999
    assert 4_999 in counting.painted
    assert len(counting.painted) <= chart.viewport().width() // chart.column() + 4
    chart.look_from(Near.FAR)
    settle()
    assert chart.visualRect(chart.currentIndex()).right() <= chart.viewport().width() + 1


@pytest.fixture
def far_name(home: Path, clock: Clock) -> Iterator[Person]:
    person = Person(home, clock).begin()
    person.unlock()
    person.add_client("N28", "نور الهدى")
    yield person
    person.leave()


def test_a_name_from_right_to_left_turns_nothing_around(far_name: Person) -> None:
    session(far_name, 0, "attended", "3", "")
    session(far_name, 7, "attended", "5", "")
    far_name.command("Temperature of this client")
    chart = far_name.find("temperature_chart")
    first, last = (chart.visualRect(chart.moments.index(at)) for at in (0, 1))
    assert first.left() < last.left()
