"""Which consent holds for which person: the newest words count, and nothing holds longer than was said."""

import datetime

import pytest

from alliance_desktop.domain import consents
from alliance_desktop.domain.answers import Answers, chosen, dated
from alliance_desktop.domain.entry import ClientId, Entry, EntryId

TODAY = datetime.date(2026, 3, 10)
TEACHER: Answers = {"name": "Ms Wren", "role": "teacher"}


def page(number: int, given: str, after: int = -10, **answers: object) -> Entry:
    """Return a page of consent for Ms Wren, so many days from today."""
    on = TODAY + datetime.timedelta(days=after)
    at = datetime.datetime.combine(on, datetime.time(9), datetime.UTC)
    said = {"contact": [TEACHER], "given": chosen(given), "asked_on": dated(on)} | answers
    return Entry(
        id=EntryId(number),
        client=ClientId(1),
        form="consent",
        form_version=1,
        card="consent",
        happened_on=on,
        created_at=at,
        touched_at=at,
        sequence=number,
        answers=said,
    )


def live(*pages: Entry, person: Answers = TEACHER) -> list[int]:
    return [one.id for one in consents.of_person(pages, person, TODAY).live]


@pytest.mark.parametrize(("given", "holds"), [("given", True), ("partly", True), ("no", False), ("withdrawn", False)])
def test_a_yes_holds_and_a_part_of_one_and_nothing_else(given: str, *, holds: bool) -> None:
    assert live(page(1, given)) == ([1] if holds else [])


@pytest.mark.parametrize(("until", "holds"), [(-1, False), (0, True), (1, True)])
def test_it_holds_up_to_the_day_named_and_that_day_too(until: int, *, holds: bool) -> None:
    ends = dated(TODAY + datetime.timedelta(days=until))
    assert live(page(1, "given", until=ends)) == ([1] if holds else [])


def test_what_was_taken_back_holds_no_more_whatever_it_was_for() -> None:
    pages = (page(1, "given", -10, for_what="School"), page(2, "given", -9), page(3, "withdrawn", -2))
    assert live(*pages) == []
    assert live(*pages, page(4, "partly", -1)) == [4], "asked again, and said again"


def test_a_no_ends_what_was_for_the_same_purpose_and_leaves_another() -> None:
    trip, marks = page(1, "given", -10, for_what="The trip"), page(2, "given", -9, for_what="Marks")
    assert live(trip, marks, page(3, "no", -2, for_what="the TRIP")) == [2]
    assert live(trip, marks, page(3, "no", -2)) == [], "a no that names no purpose is taken at its word"


def test_the_order_of_days_counts_and_what_is_still_to_come_does_not() -> None:
    assert live(page(2, "withdrawn", -20), page(1, "given", -10)) == [1]
    assert live(page(1, "given", 1)) == []
    told = consents.of_person([page(1, "given", -10), page(2, "no", -2)], TEACHER, TODAY)
    assert told.latest is not None
    assert told.latest.id == 2


def test_a_person_is_known_by_the_directory_or_by_the_name_however_typed() -> None:
    assert live(page(1, "given"), person={"name": " ms  WREN"}) == [1]
    assert live(page(1, "given"), person={"name": "Mr Wren"}) == []
    linked = page(1, "given", contact=[TEACHER | {"contact": 7}])
    assert live(linked, person={"name": "Another name", "contact": 7}) == [1]
    assert live(linked, person=TEACHER | {"contact": 8}) == [], "a namesake in the directory is someone else"


def test_a_page_without_a_person_or_an_answer_says_nothing() -> None:
    assert live(page(1, "given", contact=[{"name": "  "}]), page(2, "")) == []
    assert consents.people("text") == []
