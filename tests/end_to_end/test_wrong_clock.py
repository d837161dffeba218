"""Scenarios 6 and 7: a clock that is behind or far ahead is said, and changes nothing that was written."""

import datetime

from person import Person


def entries(person: Person) -> list[tuple[str, object]]:
    book = person.program.vault.notebook
    (client,) = book.clients()
    return [(str(one.happened_on), one.answers) for one in book.entries(client.id)]


def write_a_strain(person: Person) -> None:
    person.notice("Went quiet")
    person.flush()


def test_a_clock_that_is_behind_is_said_with_both_days(with_client: Person) -> None:
    person = with_client
    write_a_strain(person)
    before, last = entries(person), person.clock.now()
    person.clock.at = datetime.datetime(2019, 1, 3, 10, 0, tzinfo=datetime.UTC)
    person.start_again()
    person.unlock()
    said = person.said("clock_doubt_sentence")
    assert "3 January 2019" in said
    assert str(last.year) in said
    assert entries(person) == before, "a wrong clock changes no day and no word"
    person.notice("A second one")
    person.flush()
    days = [day for day, _ in entries(person)]
    assert days == sorted(days), "the order is by day, then as they were begun"


def test_a_clock_far_ahead_is_asked_about_until_the_next_entry(with_client: Person) -> None:
    person = with_client
    write_a_strain(person)
    person.clock.at += datetime.timedelta(days=730)
    person.idle_fires(minutes=180)
    assert person.program.vault is None, "a lid that was shut for hours locks"
    person.unlock()
    assert person.said("clock_doubt_sentence").startswith("Is today really ")


def test_the_bar_is_not_there_on_an_ordinary_day(with_client: Person) -> None:
    person = with_client
    write_a_strain(person)
    person.clock.at += datetime.timedelta(days=30)
    person.start_again()
    person.unlock()
    assert person.maybe("clock_doubt") is None
