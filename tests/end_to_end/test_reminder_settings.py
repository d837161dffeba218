"""The numbers of the reminders and the days away, set at the window."""

import datetime

from person import Person, settle

from alliance_desktop.domain.numbers import Numbers


def numbers(person: Person) -> Numbers:
    return person.program.vault.attention.numbers


def change(person: Person, name: str, text: str) -> None:
    person.program.work.settings.page.ensureWidgetVisible(person.find(name))
    settle()
    person.box(name).selectAll()
    person.type(text)


def test_a_number_is_kept_as_it_is_typed_and_one_that_is_none_is_told(with_client: Person) -> None:
    person = with_client
    person.command("Settings")
    change(person, "settings_talk_days", "9")
    assert numbers(person).talk_days == 9
    change(person, "settings_talk_days", "soon")
    person.find("settings_reflect_days").setFocus()
    assert "whole number from 1 to 365" in person.said("settings_talk_days_wrong")
    assert numbers(person).talk_days == 9, "what cannot be read changes nothing"
    change(person, "settings_not_now_days", "5, 10")
    assert numbers(person).not_now_days == (5, 10)
    person.start_again()
    person.unlock()
    assert numbers(person) == Numbers(talk_days=9, not_now_days=(5, 10))


def test_days_away_are_added_and_removed(with_client: Person) -> None:
    person = with_client
    person.command("Settings")
    page = person.program.work.settings.page
    page.reminders.away.add.click()
    settle()
    change(person, "settings_away_1_0", "30 March 2026")
    assert numbers(person).away == (), "half of it is nothing yet"
    change(person, "settings_away_1_1", "10 April 2026")
    assert numbers(person).away == ((datetime.date(2026, 3, 30), datetime.date(2026, 4, 10)),)
    person.find("settings_away_1_remove").click()
    assert numbers(person).away == ()
