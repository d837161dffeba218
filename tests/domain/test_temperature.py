"""The temperature of a client's sessions: what was said, with every gap kept, and never anything added up."""

import datetime

import pytest
from msgspec.structs import replace

from alliance_desktop.domain import temperature
from alliance_desktop.domain.answers import Answer, chosen
from alliance_desktop.domain.entry import ArcId, EntryId, Outline
from alliance_desktop.domain.errors import NewerEntryError
from alliance_desktop.domain.form import Form
from alliance_desktop.domain.temperature import PAUSE, Level, Met, Moment, Noted
from alliance_desktop.domain.timeline import Row, Symbol
from alliance_desktop.resources import resource
from alliance_desktop.services.forms import load_forms

FIRST = datetime.date(2026, 3, 2)
SESSION = load_forms(resource("forms")).current("session")


def day(after: int) -> datetime.date:
    return FIRST + datetime.timedelta(days=after)


def noted(after: int, theirs: str = "", mine: str = "", came: str = "attended", text: str = "", **known: int) -> Noted:
    number = known.get("number", after + 1)
    outline = Outline(EntryId(number), "session", known.get("version", 1), "note", day(after), sequence=number)
    return Noted(outline, said(theirs, text), said(mine), said(came))


def said(id: str, text: str = "") -> Answer:
    return chosen(*([id] if id else []), text=text) if id or text else None


def strain(after: int, title: str = "Noticed: “the blip”", entry: int | None = 99) -> Row:
    return Row(
        on=day(after),
        said_on="some day",
        symbol=Symbol.STAGE,
        title=title,
        text="",
        spoken="",
        entry=EntryId(entry) if entry is not None else None,
        arc=ArcId(7),
    )


def series(*sessions: Noted, strains: tuple[Row, ...] = ()) -> list[Moment]:
    return temperature.series(sessions, strains, form_of)


def form_of(one: object) -> Form | None:
    return SESSION if getattr(one, "form_version", 0) == 1 else None


def theirs(moments: list[Moment]) -> list[tuple[int, int, int]]:
    return [(one.theirs.value, one.theirs.before, one.theirs.after) for one in moments]


def test_a_line_goes_from_number_to_number_in_order_of_days() -> None:
    found = series(noted(7, "2"), noted(0, "4"), noted(14, "5"))
    assert [one.on for one in found] == [day(0), day(7), day(14)]
    assert theirs(found) == [(4, 0, 4), (2, 2, 2), (5, 5, 0)]


def test_one_session_is_a_mark_without_a_line() -> None:
    assert theirs(series(noted(0, "3"))) == [(3, 0, 0)]
    assert series() == []


def test_the_two_lines_are_apart() -> None:
    (first, second) = series(noted(0, "4", "2"), noted(7, "", "3"))
    assert (first.theirs, second.theirs) == (Level(4), Level())
    assert (first.mine, second.mine) == (Level(2, 0, 2), Level(3, 3, 0))


@pytest.mark.parametrize("answer", ["", "did_not_ask", "rather_not_say"])
def test_what_is_no_number_is_a_gap_and_told_in_words(answer: str) -> None:
    found = series(noted(0, "4"), noted(7, answer), noted(14, "4"))
    assert theirs(found) == [(4, 0, 0), (0, 0, 0), (4, 0, 0)]
    words = {"": "nothing noted", "did_not_ask": "I did not ask", "rather_not_say": "They would rather not say"}
    assert f"Theirs: {words[answer]}." in found[1].spoken


def test_words_without_a_number_are_no_point_and_words_beside_one_are_kept() -> None:
    (bare, beside) = series(noted(0, text="“Like rain.”"), noted(7, "3", text="“Okay\n I think.”"))
    assert (bare.theirs.value, bare.theirs_words) == (0, "“Like rain.”")
    assert (beside.theirs.value, beside.theirs_words) == (3, "3 – in between – “Okay I think.”")


def test_what_i_cannot_tell_is_no_point() -> None:
    (only,) = series(noted(0, "3", "cant_tell"))
    assert (only.mine.value, only.mine_words) == (0, "I can't tell")


@pytest.mark.parametrize(
    ("came", "met"),
    [
        ("attended", Met.MET),
        ("came_late", Met.MET),
        ("ended_by_others", Met.MET),
        ("no_show", Met.MISSED),
        ("late_cancel", Met.MISSED),
        ("excused", Met.OFF),
        ("i_cancelled", Met.OFF),
        ("", Met.MET),
    ],
)
def test_who_came(came: str, met: Met) -> None:
    assert series(noted(0, came=came))[0].met is met


def test_no_line_goes_across_a_missed_session() -> None:
    found = series(noted(0, "4"), noted(7, came="no_show"), noted(14, "4"))
    assert theirs(found) == [(4, 0, 0), (0, 0, 0), (4, 0, 0)]
    assert found[1].spoken == "9 March 2026. Session: No-show."


def test_no_line_goes_across_a_long_time_without_a_session() -> None:
    near = series(noted(0, "4"), noted(PAUSE - 1, "4"))
    far = series(noted(0, "4"), noted(PAUSE, "4"))
    assert (theirs(near)[1], near[1].pause) == ((4, 4, 0), 0)
    assert (theirs(far)[1], far[1].pause) == ((4, 0, 0), PAUSE // 7)
    assert "After 10 weeks without a session." in far[1].spoken


def test_a_strain_stands_with_the_last_session_of_its_day() -> None:
    found = series(
        noted(0, "4", number=1), noted(0, "3", number=2), strains=(strain(0), strain(0, "Talked about: “x”"))
    )
    assert [one.strain for one in found] == ["", "Noticed: “the blip”; Talked about: “x”"]
    assert found[1].spoken.endswith("Strain. Noticed: “the blip”; Talked about: “x”.")
    assert found[1].entry == 2


def test_a_day_with_only_a_strain_is_a_moment_and_the_line_goes_on_through_it() -> None:
    found = series(noted(0, "4"), noted(7, "2"), strains=(strain(3),))
    assert theirs(found) == [(4, 0, 4), (0, 4, 4), (2, 2, 0)]
    assert [one.session for one in found] == [True, False, True]
    assert (found[1].entry, found[1].arc) == (99, 7)
    assert found[1].spoken == "some day. Strain. Noticed: “the blip”."


def test_a_strain_in_a_gap_joins_nothing() -> None:
    found = series(noted(0, "4"), noted(7), strains=(strain(3, entry=None),))
    assert theirs(found) == [(4, 0, 0), (0, 0, 0), (0, 0, 0)]
    assert (found[1].entry, found[1].arc) == (None, 7)


def test_a_session_of_a_newer_program_says_so_and_is_no_point() -> None:
    (only,) = series(noted(0, "4", version=9))
    assert (only.entry, only.theirs) == (None, Level())
    assert NewerEntryError.sentence in only.spoken


def test_a_question_that_a_form_no_longer_asks_is_no_point() -> None:
    card = SESSION.cards[0]
    left = tuple(one for one in card.questions if one.key != temperature.MINE)
    fewer = replace(SESSION, cards=(replace(card, questions=left),))
    (only,) = temperature.series([noted(0, "4", "2")], (), lambda _one: fewer)
    assert (only.theirs.value, only.mine, only.mine_words) == (4, Level(), "")


@pytest.mark.parametrize("odd", [7, "4", ["4"], {"ids": "4"}, {"ids": ["6"]}, {"ids": [None]}])
def test_an_odd_answer_is_no_point(odd: Answer) -> None:
    one = noted(0)
    (only,) = series(Noted(one.known, odd, odd, odd))
    assert (only.theirs, only.mine, only.met) == (Level(), Level(), Met.MET)


def test_it_says_whether_there_is_anything_to_draw() -> None:
    assert not temperature.says_anything(series(noted(0, "did_not_ask"), noted(7, came="no_show")))
    assert temperature.says_anything(series(noted(0, "", "1")))


def test_the_words_of_the_numbers_are_those_of_the_form() -> None:
    words = temperature.value_words(SESSION)
    assert list(words) == [1, 2, 3, 4, 5]
    assert (words[1], words[5]) == ("1 – cold", "5 – warm")


def test_nothing_is_ever_added_up() -> None:
    """Every number that a moment holds is one that was said in a session next to it."""
    values = ["4", "1", "", "5", "2", "did_not_ask", "3"]
    found = series(*(noted(7 * at, one) for at, one in enumerate(values)))
    assert [str(one.theirs.value or "") for one in found] == ["4", "1", "", "5", "2", "", "3"]
    assert {height for one in found for height in (one.theirs.before, one.theirs.after)} <= {0, 1, 2, 4, 5}
