"""What is said of the next gentle try."""

import datetime

import pytest

from alliance_desktop.domain.entry import EntryId
from alliance_desktop.domain.outreach import Outreach, Stage, Try
from alliance_desktop.ui.outreach_words import due_words

TODAY = datetime.date(2026, 3, 10)
PLANNED = datetime.date(2026, 3, 20)


def told(response: str, on: datetime.date = TODAY, chosen: datetime.date | None = None) -> str:
    touched = datetime.datetime(2026, 3, 10, 14, 3, tzinfo=datetime.UTC)
    tried = Try(entry=EntryId(1), on=on, response=response, next_on=chosen, touched_at=touched)
    return due_words(Outreach(stage=Stage.REACHING_OUT, state="", next_on=chosen or PLANNED, tries=(tried,)), TODAY)


def test_the_newest_answer_stands_before_a_day_that_was_planned() -> None:
    end = "next gentle try as planned on 20 March 2026, or choose another day"
    assert told("not_now") == f"they answered “not now” today; {end}"
    assert told("wants_space", datetime.date(2026, 3, 8)) == f"they answered “wants space” on 8 March 2026; {end}"


@pytest.mark.parametrize("response", ["", "no_answer", "yes"])
def test_without_an_answer_that_asks_for_time_the_day_stands_alone(response: str) -> None:
    assert told(response) == "next gentle try on 20 March 2026"


def test_a_day_that_was_chosen_with_the_answer_stands_alone() -> None:
    assert told("not_now", chosen=PLANNED) == "next gentle try on 20 March 2026"
