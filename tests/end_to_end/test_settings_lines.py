"""Lines of the settings are kept after a pause, when they are left, and at a lock or the end; never at each letter."""

import pytest
from person import CTRL, Keys, Person, settle

from alliance_desktop.services.preferences import Preferences

LINES = ("settings_who", "who_to_turn_to"), ("settings_emergency", "emergency_list")


@pytest.fixture
def typing(with_client: Person) -> tuple[Person, list[Preferences]]:
    """A person at the settings, and what is told of to be written."""
    written: list[Preferences] = []
    with_client.program.work.settings.kept.connect(written.append)
    with_client.program.work.obey("settings")
    settle()
    return with_client, written


def kept(person: Person, key: str) -> str:
    return str(getattr(person.program.vault.settings.preferences(), key))


@pytest.mark.parametrize(("box", "key"), LINES)
def test_one_write_follows_a_pause_and_none_a_letter(
    typing: tuple[Person, list[Preferences]], box: str, key: str
) -> None:
    person, written = typing
    person.find(box).setFocus()
    person.type("Nurse Kim")
    assert written == []
    person.program.work.settings.page._pause.setInterval(20)
    person.type(", room 4")
    person.until(lambda: written)
    assert len(written) == 1
    assert kept(person, key) == "Nurse Kim, room 4"


def test_they_are_written_when_the_box_or_the_page_is_left(typing: tuple[Person, list[Preferences]]) -> None:
    person, written = typing
    person.find("settings_who").setFocus()
    person.type("Nurse Kim")
    person.key(Keys.Key_Tab)
    assert kept(person, "who_to_turn_to") == "Nurse Kim"
    person.find("settings_emergency").setFocus()
    person.type("999")
    person.key(Keys.Key_2, CTRL)
    settle()
    assert kept(person, "emergency_list") == "999"
    assert len(written) == 2


def test_a_lock_and_the_end_write_them(typing: tuple[Person, list[Preferences]]) -> None:
    person, _ = typing
    person.find("settings_who").setFocus()
    person.type("Nurse Kim")
    person.key(Keys.Key_L, CTRL)
    person.unlock()
    assert kept(person, "who_to_turn_to") == "Nurse Kim"
    person.program.work.obey("settings")
    settle()
    person.find("settings_emergency").setFocus()
    person.type("999")
    person.start_again().unlock()
    assert kept(person, "emergency_list") == "999"
    assert kept(person, "who_to_turn_to") == "Nurse Kim"


def test_another_setting_changed_meanwhile_takes_no_letter_away(typing: tuple[Person, list[Preferences]]) -> None:
    person, _ = typing
    person.find("settings_who").setFocus()
    person.type("Nurse ")
    person.key(Keys.Key_Plus, CTRL)
    person.type("Kim")
    person.find("settings_large_print").click()
    settle()
    now = person.program.vault.settings.preferences()
    assert (now.who_to_turn_to, now.large_print) == ("Nurse Kim", True)
    assert now.text_scale > 100
