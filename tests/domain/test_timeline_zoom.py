"""Weeks, months and all of a story: which line stands for what, what a month tells, and where the arcs run."""

import datetime

import pytest

from alliance_desktop.domain.entry import ArcId, EntryId
from alliance_desktop.domain.timeline import (
    ArcPoint,
    Lane,
    Row,
    Sift,
    Spot,
    Symbol,
    Tracks,
    Zoom,
    hay,
    holds,
    keeps,
    lines,
    monday,
    month_row,
)


def row(day: int, symbol: Symbol = Symbol.ATTENDED, **more: object) -> Row:
    on = datetime.date(2026, 3, 1) + datetime.timedelta(days=day - 1)
    lane = more.pop("lane", Lane.SESSIONS)
    told = {"said_on": str(on), "title": "Session", "text": "", "spoken": "S.", "entry": EntryId(day)} | more
    return Row(on=on, symbol=symbol, lane=lane, **told)  # type: ignore[arg-type]  # the test's own keyword bag


def strain(day: int, title: str, depth: int, arc: int = 1, symbol: Symbol = Symbol.STAGE) -> Row:
    point = ArcPoint(arc=ArcId(arc), depth=depth, ends=symbol in {Symbol.ENDED, Symbol.LEFT})
    return row(day, symbol, lane=Lane.BETWEEN, title=title, arc=ArcId(arc), point=point)


def spots(*rows: Row) -> list[Spot]:
    return [Spot(one.on, one.lane, "rupture" if one.arc else "session", None, one) for one in rows]


STORY = spots(row(2), row(4), row(9), row(40), strain(41, "Noticed: “a”", 4), strain(60, "Open", 4, symbol=Symbol.OPEN))


def test_by_week_every_row_is_a_line_and_a_week_begins_with_its_first() -> None:
    made = lines(STORY, Zoom.WEEK)
    assert [one.first for one in made] == [0, 1, 2, 3, 4, 5]
    assert [one.begins for one in made] == [True, False, True, True, False, True]
    assert monday(datetime.date(2026, 3, 8)) == datetime.date(2026, 3, 2)
    assert monday(datetime.date.min) == datetime.date.min, "the first day there is has no Monday before it"


def test_by_month_a_heading_stands_over_each_month_and_over_what_is_open_now() -> None:
    made = lines(STORY, Zoom.MONTH)
    assert [one.heading for one in made if one.first == one.last] == ["March 2026", "April 2026", "Now"]
    assert [one.first for one in made if one.first != one.last] == [0, 1, 2, 3, 4, 5]


def test_all_is_a_line_a_month_and_what_is_open_keeps_a_line_of_its_own() -> None:
    made = lines(STORY, Zoom.ALL)
    assert [(one.first, one.last, one.month) for one in made] == [(0, 3, True), (3, 5, True), (5, 6, False)]
    assert lines([], Zoom.ALL) == lines([], Zoom.MONTH) == lines([], Zoom.WEEK) == []
    assert [one.month for one in lines(STORY[-1:], Zoom.ALL)] == [False], "a story may begin with what is open"


def test_a_month_is_told_in_one_sentence_with_everything_that_was_there() -> None:
    rows = [
        *(row(one) for one in (2, 5, 9)),
        row(12, Symbol.PARTLY),
        row(16, Symbol.MISSED),
        strain(17, "Noticed: “blip”", 4),
        strain(18, "Talked about: “blip”", 2),
        row(20, Symbol.YES, lane=Lane.OUTREACH),
        row(21, Symbol.TRIED, lane=Lane.OUTREACH),
        row(22, Symbol.LOCKED, lane=Lane.OTHERS),
        row(23, Symbol.GOAL, lane=Lane.GOALS),
        row(24, Symbol.OTHER, lane=Lane.OTHERS),
    ]
    told = month_row(rows)
    assert told.spoken == (
        "March 2026: 4 sessions, 1 of them in part, 1 missed, “blip” noticed, talked about, 2 tries to reach them, "
        "1 answered yes, 1 entry about goals, 1 other entry, 1 entry in a drawer."
    )
    assert told.marks[Lane.SESSIONS] == ((Symbol.ATTENDED, 3), (Symbol.MISSED, 1), (Symbol.PARTLY, 1))
    assert told.marks[Lane.OUTREACH] == ((Symbol.YES, 1), (Symbol.TRIED, 1))


@pytest.mark.parametrize(
    ("symbols", "words"),
    [
        ([Symbol.ATTENDED], "1 session"),
        ([Symbol.PARTLY], "1 session, in part"),
        ([Symbol.MISSED], "1 session missed"),
        ([Symbol.MISSED, Symbol.MISSED], "2 sessions missed"),
        ([Symbol.ATTENDED, Symbol.MISSED], "1 session, 1 missed"),
        ([Symbol.ATTENDED, Symbol.OFF], "1 session, 1 cancelled or excused"),
        ([Symbol.MISSED, Symbol.OFF], "1 session missed, 1 cancelled or excused"),
        ([Symbol.OFF, Symbol.OFF], "2 sessions cancelled or excused"),
    ],
)
def test_sessions_of_a_month_are_counted_in_plain_words(symbols: list[Symbol], words: str) -> None:
    assert month_row([row(at, symbol) for at, symbol in enumerate(symbols, 1)]).text == words


def test_many_strains_of_a_month_are_told_by_name_only_up_to_three() -> None:
    told = month_row([strain(at, f"Noticed: “{at}”", 4, arc=at) for at in range(1, 6)])
    assert told.text == "“1” noticed · “2” noticed · “3” noticed · 2 more strains"


def tied(*rows: tuple[int, Row]) -> Tracks:
    return Tracks(rows)


def test_strains_that_overlap_run_side_by_side_and_a_free_lane_is_used_again() -> None:
    tracks = tied(
        (0, strain(1, "N", 4, arc=1)),
        (2, strain(2, "N", 4, arc=2)),
        (4, strain(3, "E", 0, arc=1, symbol=Symbol.ENDED)),
        (6, strain(4, "N", 4, arc=3)),
        (8, strain(5, "E", 0, arc=2, symbol=Symbol.ENDED)),
        (9, strain(6, "E", 0, arc=3, symbol=Symbol.ENDED)),
    )
    assert tracks.lanes == 2
    assert [[one.lane for one in tracks.at(line)] for line in (0, 1, 3, 5, 7, 9)] == [
        [0],
        [0],
        [0, 1],
        [1],
        [1, 0],
        [0],
    ]
    between = tracks.at(1)[0]
    assert (between.before, between.here, between.mine, between.starts, between.ends) == (4, 4, False, False, False)
    assert tracks.at(10) == ()


def test_between_an_end_and_an_opening_again_nothing_runs() -> None:
    tracks = tied(
        (0, strain(1, "N", 4)),
        (1, strain(2, "E", 0, symbol=Symbol.ENDED)),
        (3, strain(3, "R", 4)),
        (4, strain(4, "T", 2)),
    )
    assert tracks.at(1)[0].ends
    assert tracks.at(2) == ()
    again = tracks.at(3)[0]
    assert (again.starts, again.before, again.here) == (True, 0, 4)


def test_a_dip_within_one_line_is_drawn_although_it_ends_level() -> None:
    (track,) = tied((0, strain(1, "N", 4)), (0, strain(2, "T", 2)), (0, strain(3, "E", -1, symbol=Symbol.ENDED))).at(0)
    assert (track.before, track.dip, track.here, track.ends) == (0, 4, -1, True)
    (left,) = tied((0, strain(1, "N", 4)), (0, strain(2, "E", 4, symbol=Symbol.LEFT))).at(0)
    assert left.stays
    assert left.here == 4, "without repair it stays where it was"


def test_what_is_left_out_is_told_by_kind_day_and_strain() -> None:
    def kept(**sift: object) -> list[int]:
        chosen = Sift(**sift)  # type: ignore[arg-type]  # the test's own keyword bag
        return [at for at, one in enumerate(STORY) if keeps(chosen, one)]

    assert kept() == [0, 1, 2, 3, 4, 5]
    assert kept(kind="session") == [0, 1, 2, 3]
    assert kept(strains=True) == [4, 5]
    assert kept(first=datetime.date(2026, 3, 4), last=datetime.date(2026, 3, 9)) == [1, 2]
    assert Sift().shows_all
    assert not Sift(strains=True).shows_all


def test_words_are_found_without_accents_and_in_any_part() -> None:
    spot = STORY[0]
    words = hay(spot, row(2, text="Über den Tomás"), None, None)
    assert holds(words, "tomas uber")
    assert not holds(words, "tomas nowhere")
