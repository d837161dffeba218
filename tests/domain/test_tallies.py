"""What is counted for the counsellor alone: lines at the borders of weeks and years, few numbers, and their words."""

import datetime
from dataclasses import dataclass
from itertools import pairwise

import pytest

from alliance_desktop.domain import tallies, tally_words
from alliance_desktop.domain.entry import ArcId, ClientId, StatusEvent
from alliance_desktop.domain.numbers import Numbers
from alliance_desktop.domain.periods import Span, days_of
from alliance_desktop.domain.tallies import FEW, MOST, Fact, Held, Line, Said, Slot, Step, Strain, Supervision

PLAIN = Numbers()
EARLIEST, LATEST = datetime.date.min, datetime.date.max


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def lines(first: str, last: str, step: Step, numbers: Numbers = PLAIN) -> list[str]:
    return [f"{one.first} {one.last}" for one in tallies.slots(day(first), day(last), step, numbers)]


@pytest.mark.parametrize(
    ("first", "last", "step", "told"),
    [
        ("2026-03-02", "2026-03-08", Step.WEEK, ["2026-03-02 2026-03-08"]),
        ("2026-03-02", "2026-03-09", Step.WEEK, ["2026-03-02 2026-03-08", "2026-03-09 2026-03-09"]),
        ("2026-03-08", "2026-03-09", Step.WEEK, ["2026-03-08 2026-03-08", "2026-03-09 2026-03-09"]),
        ("2025-12-29", "2026-01-11", Step.WEEK, ["2025-12-29 2026-01-04", "2026-01-05 2026-01-11"]),
        ("2026-12-28", "2027-01-03", Step.WEEK, ["2026-12-28 2027-01-03"]),
        ("2026-03-05", "2026-03-05", Step.WEEK, ["2026-03-05 2026-03-05"]),
        ("2028-02-10", "2028-03-01", Step.MONTH, ["2028-02-10 2028-02-29", "2028-03-01 2028-03-01"]),
        ("2025-12-31", "2026-01-01", Step.MONTH, ["2025-12-31 2025-12-31", "2026-01-01 2026-01-01"]),
        ("2025-12-31", "2026-01-01", Step.YEAR, ["2025-12-31 2025-12-31", "2026-01-01 2026-01-01"]),
        ("9999-12-30", "9999-12-31", Step.WEEK, ["9999-12-30 9999-12-31"]),
        ("9999-12-30", "9999-12-31", Step.MONTH, ["9999-12-30 9999-12-31"]),
        ("0001-01-01", "0001-01-07", Step.WEEK, ["0001-01-01 0001-01-07"]),
    ],
)
def test_weeks_begin_on_monday_and_are_cut_to_the_period(first: str, last: str, step: Step, told: list[str]) -> None:
    assert lines(first, last, step) == told


def test_no_week_is_left_out_of_a_year() -> None:
    found = tallies.slots(day("2026-01-01"), day("2026-12-31"), Step.WEEK, PLAIN)
    assert len(found) == 53
    assert all(after.first - before.last == datetime.timedelta(days=1) for before, after in pairwise(found))
    assert sum((one.last - one.first).days + 1 for one in found) == 365


def test_days_away_are_marked_on_the_lines_they_lie_in() -> None:
    away = Numbers(away=((day("2026-03-07"), day("2026-03-15")),))
    found = tallies.slots(day("2026-03-02"), day("2026-03-22"), Step.WEEK, away)
    assert [one.away for one in found] == [2, 7, 0]
    assert [tally_words.away(one) for one in found] == ["away on 2 days", "away", ""]
    assert tallies.slots(EARLIEST, EARLIEST, Step.WEEK, Numbers(away=((EARLIEST, LATEST),)))[0].away == 1


@pytest.mark.parametrize(
    ("start", "end", "noted", "told"),
    [
        ("2026-03-01", "2026-03-31", [], ("2026-03-01", "2026-03-10")),
        ("2026-03-01", "2026-03-31", ["2026-03-20"], ("2026-03-01", "2026-03-20")),
        ("2026-03-01", "2026-03-08", ["2026-03-20"], ("2026-03-01", "2026-03-08")),
        ("2027-03-01", "2027-03-08", [], ("2027-03-01", "2027-03-01")),
        ("0001-01-01", "9999-12-31", ["2019-05-03", "2020-01-01"], ("2019-05-03", "2026-03-10")),
        ("0001-01-01", "9999-12-31", [], ("2026-03-10", "2026-03-10")),
        ("0001-01-01", "0001-01-02", [], ("0001-01-02", "0001-01-02")),
    ],
)
def test_lines_end_today_unless_something_later_is_noted(
    start: str, end: str, noted: list[str], told: tuple[str, str]
) -> None:
    found = tallies.frame(day(start), day(end), map(day, noted), day("2026-03-10"))
    assert tuple(map(str, found)) == told


def test_a_list_that_would_be_too_long_is_told_in_longer_steps() -> None:
    first = day("2006-01-01")
    assert tallies.fitting(first, day("2007-01-01"), Step.WEEK) is Step.WEEK
    assert tallies.fitting(first, first + datetime.timedelta(weeks=MOST), Step.WEEK) is Step.MONTH
    assert tallies.fitting(first, day("2100-01-01"), Step.WEEK) is Step.YEAR
    assert tallies.fitting(first, day("2100-01-01"), Step.YEAR) is Step.YEAR
    for step in (Step.WEEK, Step.MONTH):
        last = first + datetime.timedelta(weeks=MOST - 1)
        assert len(tallies.slots(first, last, tallies.fitting(first, last, step), PLAIN)) <= MOST + 1


def test_each_day_counts_in_its_own_line_and_weeks_without_anything_stay() -> None:
    weeks = tallies.slots(day("2025-12-29"), day("2026-01-18"), Step.WEEK, PLAIN)
    facts = [
        Fact(day("2025-12-28"), Held.HELD),
        Fact(day("2025-12-29"), Held.HELD),
        Fact(day("2026-01-04"), Held.MISSED, 2),
        Fact(day("2026-01-18"), Held.HELD),
        Fact(day("2026-01-19"), Held.HELD),
    ]
    told = tallies.tally(facts, Held, weeks, 4)
    assert [tally_words.sessions(one.counts) for one in told.lines] == ["1 held, 2 missed", "0 sessions", "1 held"]
    assert tally_words.sessions(told.total) == "2 held, 2 missed", "what lies outside is left out"
    assert list(map(tally_words.sessions, [one.counts for one in told.lines])).count("0 sessions") == 1


@pytest.mark.parametrize(("size", "is_few"), [(0, True), (FEW - 1, True), (FEW, False)])
def test_fewer_than_five_say_nothing(size: int, is_few: bool) -> None:
    assert tallies.tally([], Held, [], size).is_few is is_few
    options = {("f", 1, "c", "a"): "A"}
    said = [Said(ClientId(1), ["a"], "f", 1, "c")] * size
    assert tallies.pattern(said, options).is_few is is_few


@pytest.mark.parametrize(
    ("attendance", "held"),
    [
        ("attended", Held.HELD),
        ("came_late", Held.HELD),
        ("left_early", Held.HELD),
        ("ended_by_others", Held.HELD),
        ("no_show", Held.MISSED),
        ("late_cancel", Held.MISSED),
        ("i_cancelled", Held.CANCELLED),
        ("excused", Held.CANCELLED),
        ("own_1", Held.UNTOLD),
        (None, Held.UNTOLD),
    ],
)
def test_what_an_attendance_says(attendance: str | None, held: Held) -> None:
    assert tallies.held(attendance) is held


@dataclass
class History:
    """A strain's changes of status, on days of March 2026."""

    said: list[StatusEvent]

    def add(self, became: str, on: int, turn: int = 1, undoes: int | None = None) -> "History":
        at = datetime.datetime(2026, 3, on, tzinfo=datetime.UTC)
        event = StatusEvent(
            id=len(self.said) + 1,
            arc=ArcId(1),
            turn=turn,
            was="",
            became=became,
            true_on=at.date(),
            entered_at=at,
            undoes=undoes,
        )
        return History([*self.said, event])


NEW = History([]).add("noticed", 1)


@pytest.mark.parametrize(
    ("history", "days"),
    [
        (NEW, []),
        (NEW.add("resolved", 5), [5]),
        (NEW.add("resolved", 5).add("noticed", 6, undoes=2), []),
        (NEW.add("resolved", 5).add("ended_unrepaired", 7), []),
        (NEW.add("ended_unrepaired", 5).add("resolved", 7), [7]),
        (NEW.add("resolved", 5).add("noticed", 8, turn=2), [5]),
        (NEW.add("resolved", 5).add("noticed", 8, turn=2).add("resolved", 20, turn=2), [5, 20]),
        (NEW.add("resolved", 31), []),
    ],
    ids=["open", "mended", "taken back", "corrected", "corrected to mended", "open again", "twice", "later"],
)
def test_mended_is_what_the_last_change_of_each_turn_says(history: History, days: list[int]) -> None:
    found = tallies.mended(history.said, day("2026-03-01"), day("2026-03-30"))
    assert [one.on.day for one in found] == days
    assert {one.kind for one in found} <= {Strain.MENDED}


def test_a_pattern_counts_answers_options_and_clients_but_nothing_it_does_not_know() -> None:
    named = {("r", 1, "c", "a"): "A", ("r", 1, "c", "b"): "B", ("own", 2, "c", "x"): "A"}

    def said(client: int, *options: str, form: str = "r", version: int = 1) -> Said:
        return Said(ClientId(client), options, form, version, "c")

    answers = [said(1, "a", "a"), said(1, "a", "b"), said(2, "x", form="own", version=2), said(3), said(4, "gone")]
    found = tallies.pattern(answers, named)
    assert found.answers == 3
    assert found.options == {"A": (3, 2), "B": (1, 1)}
    assert tally_words.answers(found, "A") == "3 of 3 answers, 2 clients"
    assert tally_words.answers(found, "B") == "1 of 3 answers, 1 client"


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2026-03-02", "2026-03-08", "2 to 8 March 2026"),
        ("2026-03-30", "2026-04-05", "30 March to 5 April 2026"),
        ("2025-12-29", "2026-01-04", "29 December 2025 to 4 January 2026"),
        ("2026-03-01", "2026-03-31", "March 2026"),
        ("2026-03-01", "2026-03-30", "1 to 30 March 2026"),
        ("2026-01-01", "2026-12-31", "2026"),
        ("2026-03-02", "2026-03-02", "2 March 2026"),
    ],
)
def test_days_are_said_as_people_say_them(first: str, last: str, words: str) -> None:
    assert tally_words.days(Slot(day(first), day(last))) == words


def test_a_line_is_spoken_as_a_whole_sentence() -> None:
    slot = Slot(day("2026-03-02"), day("2026-03-08"), 2)
    line = Line(slot, {Strain.NOTICED: 2, Strain.TALKED: 0, Strain.MENDED: 1})
    told = tally_words.strains(line.counts)
    assert tally_words.spoken(line, told) == "2 to 8 March 2026: 2 noticed, 1 mended. You were away on 2 days."


@pytest.mark.parametrize(
    ("minutes", "sessions", "untold", "words"),
    [
        (0, 0, 0, "0 sessions"),
        (90, 1, 0, "1 h 30 min in 1 session"),
        (90, 3, 1, "1 h 30 min in 3 sessions, minutes of 1 not noted"),
        (0, 2, 2, "2 sessions, minutes not noted"),
        (0, 2, 1, "0 min in 2 sessions, minutes of 1 not noted"),
    ],
)
def test_supervision_says_what_is_not_noted(minutes: int, sessions: int, untold: int, words: str) -> None:
    counts = {Supervision.MINUTES: minutes, Supervision.SESSIONS: sessions, Supervision.UNTOLD: untold}
    assert tally_words.supervision(counts) == words


@pytest.mark.parametrize(
    ("today", "first"), [("2026-03-10", "2025-12-22"), ("2026-03-09", "2025-12-22"), ("2026-03-08", "2025-12-15")]
)
def test_the_last_twelve_weeks_begin_on_a_monday_and_end_today(today: str, first: str) -> None:
    found = days_of(Span.RECENT, day(today))
    assert tuple(map(str, found)) == (first, today)
    assert len(tallies.slots(*found, Step.WEEK, PLAIN)) == 12
    assert days_of(Span.RECENT, EARLIEST) == (EARLIEST, EARLIEST)


def test_no_word_praises_blames_or_ranks() -> None:
    words = " ".join(
        (
            *(tally_words.NOT, tally_words.TOO_FEW, tally_words.NONE, *tally_words.HELD.values()),
            *(*tally_words.HELD_KEYS.values(), *tally_words.STRAIN.values(), *tally_words.STRAIN_KEYS.values()),
        )
    ).lower()
    assert not [one for one in ("best", "worst", "average", "streak", "well done", "overdue", "failed") if one in words]
