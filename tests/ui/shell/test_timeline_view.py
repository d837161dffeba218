"""The timeline under the keyboard: what the cursor passes by, what Enter does, and how it fits a narrow window."""

import datetime
from itertools import pairwise

import msgspec
import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QFontMetrics, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from alliance_desktop.domain.entry import ArcId, EntryId
from alliance_desktop.domain.timeline import LANE_WORDS, ArcPoint, Lane, Row, Spot, Symbol, Zoom
from alliance_desktop.ui import theme
from alliance_desktop.ui.timeline_delegate import _in_two
from alliance_desktop.ui.timeline_lanes import Lanes
from alliance_desktop.ui.timeline_view import TimelineView

BEGAN = datetime.date(2026, 3, 2)
Keys = Qt.Key


class Story:
    """A timeline whose rows are all told."""

    def __init__(self, rows: list[Row]) -> None:
        self.spots = [Spot(one.on, one.lane, "", None, one) for one in rows]

    def __getitem__(self, at: int) -> Row:
        row = self.spots[at].row
        assert row is not None
        return row

    def rows(self, places: list[int]) -> list[Row]:
        return [self[at] for at in places]

    def is_told(self, at: int) -> bool:
        return True


def session(after: int, **more: object) -> Row:
    on = BEGAN + datetime.timedelta(days=after)
    told = {"symbol": Symbol.ATTENDED, "title": f"Session {after}", "lane": Lane.SESSIONS, "entry": EntryId(after + 1)}
    told |= more
    words = f"{told['title']} of {on}."
    return Row(on=on, said_on="2 March 2026", text="", spoken=words, **told)  # type: ignore[arg-type]  # a bag of words


def strain(after: int, arc: int, depth: int, symbol: Symbol = Symbol.STAGE) -> Row:
    point = ArcPoint(arc=ArcId(arc), depth=depth, ends=symbol is Symbol.ENDED)
    return session(after, title=f"Noticed: “{arc}”", symbol=symbol, lane=Lane.BETWEEN, arc=ArcId(arc), point=point)


ROWS = [session(at * 9) for at in range(12)]


@pytest.fixture
def view(qtbot: QtBot) -> TimelineView:
    made = TimelineView()
    qtbot.addWidget(made)
    made.resize(900, 400)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    made.setFocus()
    return made


def show(view: TimelineView, zoom: Zoom, rows: list[Row] | None = None) -> None:
    rows = ROWS if rows is None else rows
    view.show_story(Story(rows), range(len(rows)), zoom)  # type: ignore[arg-type]  # a story of its own


def at(view: TimelineView) -> str:
    return str(view.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole))


def test_it_opens_at_the_newest_and_keys_move_through_it(view: TimelineView) -> None:
    show(view, Zoom.WEEK)
    assert "Session 99" in at(view)
    assert view.visualRect(view.currentIndex()).bottom() <= view.viewport().height()
    for key, where in ((Keys.Key_Home, 0), (Keys.Key_Down, 9), (Keys.Key_Up, 0), (Keys.Key_End, 99)):
        QTest.keyClick(view, key)
        assert f"Session {where} " in at(view)
    QTest.keyClick(view, Keys.Key_PageUp)
    assert "Session 99" not in at(view)


def test_the_cursor_passes_headings_by_and_a_reader_hears_them(view: TimelineView) -> None:
    show(view, Zoom.MONTH)
    heads = [at for at in range(view.model().rowCount()) if not view.model().flags(view.model().index(at, 0))]
    assert [view.model().index(one, 0).data() for one in heads] == ["March 2026", "April 2026", "May 2026", "June 2026"]
    QTest.keyClick(view, Keys.Key_Home)
    reached = [view.currentIndex().row()]
    assert "Session 0 " in at(view)
    for _ in ROWS:
        QTest.keyClick(view, Keys.Key_Down)
        reached.append(view.currentIndex().row())
    assert not set(reached) & set(heads)
    assert len(set(reached)) == len(ROWS), "and every entry is reached"


def test_enter_opens_an_entry_and_goes_into_a_month(view: TimelineView, qtbot: QtBot) -> None:
    show(view, Zoom.WEEK)
    with qtbot.waitSignal(view.opened) as opened:
        QTest.keyClick(view, Keys.Key_Return)
    assert opened.args == [ROWS[-1]]
    show(view, Zoom.ALL)
    QTest.keyClick(view, Keys.Key_Home)
    assert at(view) == "March 2026: 4 sessions."
    with qtbot.waitSignal(view.month_asked) as asked:
        QTest.keyClick(view, Keys.Key_Return)
    show(view, Zoom.MONTH)
    assert view.choose(asked.args[0])
    assert "Session 0" in at(view)


def test_letters_choose_nothing(view: TimelineView) -> None:
    show(view, Zoom.WEEK)
    before = at(view)
    QTest.keyClicks(view, "Session 0")
    assert at(view) == before


def test_a_day_leads_to_the_line_nearest_to_it(view: TimelineView) -> None:
    waits = session(200, title="Open", symbol=Symbol.OPEN, lane=Lane.BETWEEN)
    for zoom in Zoom:
        show(view, zoom, [*ROWS, waits])
        assert view.choose_day(BEGAN + datetime.timedelta(days=13)) is not None
        found = view.currentIndex().row()
        assert view._model.spot(found).on in {BEGAN + datetime.timedelta(days=9), BEGAN}
        view.choose_day(datetime.date.max)
        assert "Open" not in at(view), "what is open now has no day"
        view.choose_day(datetime.date.min)
        assert view._model.spot(view.currentIndex().row()).on == BEGAN
    show(view, Zoom.WEEK, [waits])
    assert view.choose_day(BEGAN) is None


@pytest.mark.parametrize(
    ("wanted", "month", "found"),
    [
        ("2026-04-30", 4, "2026-04-30"),
        ("2026-04-01", 4, "2026-04-01"),
        ("2026-07-01", 6, "2026-06-09"),
        ("2026-02-27", 3, "2026-03-02"),
    ],
)
def test_a_day_leads_to_the_month_that_holds_it(view: TimelineView, wanted: str, month: int, found: str) -> None:
    view.show_story(Story(ROWS), list(range(len(ROWS))), Zoom.ALL)  # type: ignore[arg-type]  # only what is read of it
    assert view.choose_day(datetime.date.fromisoformat(wanted)) == datetime.date.fromisoformat(found)
    key = view.chosen()
    assert key is not None
    assert str(key[3]).startswith(f"2026-{month:02}")


def test_the_line_chosen_stays_chosen_in_another_zoom_and_where_it_goes_the_nearest_is(view: TimelineView) -> None:
    show(view, Zoom.WEEK)
    view.choose_day(BEGAN + datetime.timedelta(days=45))
    for zoom in (Zoom.MONTH, Zoom.WEEK):
        show(view, zoom)
        assert "Session 45 " in at(view)
    show(view, Zoom.WEEK, [one for one in ROWS if one.entry != EntryId(46)])
    assert "Session 36 " in at(view)


def test_every_line_speaks_to_a_screen_reader(view: TimelineView) -> None:
    show(view, Zoom.ALL)
    face = QAccessible.queryAccessibleInterface(view)
    spoken = [face.child(one).text(QAccessible.Text.Name) for one in range(face.childCount())]
    assert spoken[0] == "March 2026: 4 sessions."
    assert all(one.endswith(".") for one in spoken)


@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize("scale", [100, 200])
def test_lanes_stand_apart_while_there_is_room_and_the_words_always_have_some(
    view: TimelineView, scale: int, mirrored: bool
) -> None:
    theme.apply(text_scale=scale)
    view.setLayoutDirection(Qt.LayoutDirection.RightToLeft if mirrored else Qt.LayoutDirection.LeftToRight)
    folded = {}
    for wide in (300, 900, 2400):
        view.resize(wide, 500)
        show(view, Zoom.WEEK, [strain(0, 1, 4), strain(3, 2, 4), session(5), strain(9, 1, 0, Symbol.ENDED)])
        lanes, line = view.lanes(), view.visualRect(view.model().index(0, 0))
        words = lanes.words(line)
        folded[wide] = lanes.folded
        assert words.width() > 0
        if lanes.folded:
            assert words.width() >= line.width() * 0.25
            continue
        places = [lanes.lane(one, line) for one in Lane]
        if mirrored:
            places.reverse()
        assert all(one.right() <= other.left() + 0.01 for one, other in pairwise(places))
        assert words.right() <= line.right() + 1
        assert words.left() >= line.left()
    assert folded[300]
    assert not folded[2400]


def test_many_strains_side_by_side_stay_in_their_lane() -> None:
    font = theme._app().font()
    line = QImage(1200, 40, QImage.Format.Format_RGB32).rect()
    for number in (1, 3, 40):
        lanes = Lanes(font, 1200, number, Zoom.WEEK, mirrored=False)
        last = lanes.arc(number - 1, line)
        assert last.right() <= lanes.arcs(line).right() + 0.01
        assert last.width() > 0


def test_a_mark_is_told_by_its_shape(view: TimelineView) -> None:
    """Each kind of row is painted otherwise in its lane, without any colour of its own."""
    pictures = set()
    came = (Symbol.ATTENDED, Symbol.MISSED, Symbol.OFF, Symbol.PARTLY)
    for symbol in (*came, Symbol.YES, Symbol.TRIED, Symbol.LOCKED, Symbol.GOAL):
        show(view, Zoom.WEEK, [session(0, symbol=symbol)])
        place = view.lanes().lane(Lane.SESSIONS, view.visualRect(view.model().index(0, 0))).toRect()
        picture = view.viewport().grab(place).toImage().convertToFormat(QImage.Format.Format_Mono)
        pictures.add(bytes(picture.constBits()))
    assert len(pictures) == 8
    assert view.indexAt(QPoint(5, 5)).isValid()


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("3 sessions", ("3 sessions", "")),
        ("3 sessions, 1 missed · 2 other entries", ("3 sessions, 1 missed", "2 other entries")),
        (
            "“A name that has no room in one line at all, ever” noticed",
            ("“A name that has no room in one line at all", "ever” noticed"),
        ),
    ],
)
def test_a_month_is_told_in_two_lines_and_nothing_of_it_is_left_out(text: str, lines: tuple[str, str]) -> None:
    metrics = QFontMetrics(theme._app().font())
    assert _in_two(text, metrics, metrics.horizontalAdvance("3 sessions, 1 missed, ")) == lines


@pytest.mark.parametrize("zoom", [Zoom.WEEK, Zoom.MONTH])
def test_the_words_have_most_of_a_line_and_no_two_names_of_lanes_meet(view: TimelineView, zoom: Zoom) -> None:
    view.resize(720, 400)
    for strains in ([], [strain(0, 1, 4)]):
        show(view, zoom, [*strains, session(5)])
        lanes, line = view.lanes(), QRect(0, 0, view.viewport().width(), 20)
        assert not lanes.folded
        assert lanes.words(line).width() >= line.width() * 0.58
        rows = lanes.rows()
        for row in set(rows.values()):
            names = [one for one in lanes.names() if rows[one] == row]
            for one, other in pairwise(names):
                ends = lanes.names()[one][0] + lanes.strong_metrics.horizontalAdvance(LANE_WORDS[one])
                assert ends < lanes.names()[other][0]


def test_a_month_is_told_once_at_the_top(view: TimelineView) -> None:
    show(view, Zoom.MONTH, [session(at) for at in range(29)])
    bar = view.verticalScrollBar()
    bar.setValue(0)
    assert view.top_words() == "", "its heading is there"
    bar.setValue(view.sizeHintForRow(0) * 2)
    assert view.top_words() == "March 2026", "the control: the heading is gone"


@pytest.mark.parametrize("scale", [100, 200])
def test_there_is_always_room_for_three_lines(view: TimelineView, scale: int) -> None:
    theme.apply(text_scale=scale)
    for wide in (300, 2400):
        view.resize(wide, 10)
        show(view, Zoom.WEEK)
        view.resize(wide, view.minimumHeight())
        assert view.viewport().height() >= 3 * view.sizeHintForRow(0) - 2


@pytest.mark.parametrize("theirs", ["אמר שזה כאב", "قال إن الرسالة كانت قاسية"])
def test_words_from_right_to_left_stay_apart_from_what_the_program_says_beside_them(
    view: TimelineView, theirs: str
) -> None:
    def painted(text: str, number: int) -> QImage:
        show(view, Zoom.WEEK, [msgspec.structs.replace(session(0), text=text)])
        line = view.lanes().words(view.visualRect(view.model().index(0, 0))).toRect()
        beneath = QRect(line.left(), line.center().y(), number, line.height() // 2)
        return view.viewport().grab(beneath).toImage()

    wide = QFontMetrics(view.font()).horizontalAdvance(theirs)
    assert painted(f"{theirs} · Attended", wide) == painted(theirs, wide), "what they said comes first"
    assert painted(f"{theirs} · Attended", wide * 2) != painted(theirs, wide * 2), "the control: and then what they did"
