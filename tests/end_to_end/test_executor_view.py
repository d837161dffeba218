"""An executor at the lock page: their key opens their view and nothing else, and a lock takes every word away."""

from collections.abc import Callable
from pathlib import Path

import pytest
from person import CTRL, Keys, Person
from test_key_life import type_sheet

from alliance_desktop.domain.look import TEXT_SCALES
from alliance_desktop.keys.executor import executor_text
from alliance_desktop.keys.recovery import read_recovery
from alliance_desktop.storage.connecting import salt_of
from alliance_desktop.ui.executor_page import AT_ONCE

SECRET = "What nobody but me may read"


@pytest.fixture
def executors_key(home: Path, sheet: str) -> str:
    """The key as the sheet for the executor says it."""
    return executor_text(read_recovery(sheet), salt_of(home / "Notes.vault" / "notes.db"))


@pytest.fixture
def view(with_client: Person, executors_key: str) -> Person:
    """An executor before their view of a vault with Dana and a private word about her."""
    person = with_client
    person.key(Keys.Key_N, CTRL)
    person.write("for_me_only", SECRET)
    person.key(Keys.Key_L, CTRL)
    type_sheet(person, executors_key)
    person.until(lambda: person.maybe("executor_view"))
    return person


def test_it_shows_the_client_and_no_private_word_and_no_vault_is_open(view: Person) -> None:
    assert "Dana" in view.seen()
    assert SECRET not in view.seen()
    assert view.program.vault is None
    assert view.program.work is None
    assert view.find("executor_lock").hasFocus()


def test_no_command_of_the_menus_works_there_but_help_looks_and_the_way_out(view: Person) -> None:
    actions = view.window.menus.actions
    on = {id for id, one in actions.items() if one.isEnabled()}
    looks = {id for id in actions if id.startswith(("text_", "appearance_"))}
    always = {"help", "keys", "about", "quit", "hide", "lock"} | looks
    assert on - {"blank_pages", "lost_sheet"} == always, "and pages to fill in by hand"
    for key in (Keys.Key_K, Keys.Key_N, Keys.Key_F, Keys.Key_1, Keys.Key_7):
        view.key(key, CTRL)
    assert view.maybe("finder") is None
    assert view.find("executor_view").isVisible()


def test_the_control_the_recovery_key_opens_the_way_to_all(with_client: Person, sheet: str) -> None:
    person = with_client
    person.key(Keys.Key_L, CTRL)
    type_sheet(person, sheet)
    person.until(lambda: person.maybe("set_passphrase_button"))
    assert person.program.vault is not None


def test_it_prints_itself_and_saves_itself(view: Person, tmp_path: Path) -> None:
    view.choose("executor_paper", "Letter")
    view.press("executor_print")
    assert view.printed == [("letter", 1)]
    view.save_to = tmp_path
    view.press("executor_save")
    (name,) = view.asked
    assert name.startswith("sheet-")
    assert (tmp_path / name).read_bytes().startswith(b"%PDF")
    view.key(Keys.Key_P, CTRL)
    assert len(view.printed) == 2


def leave_by_lock(person: Person) -> None:
    person.key(Keys.Key_L, CTRL)


def leave_by_button(person: Person) -> None:
    person.press("executor_lock")


def leave_by_idling(person: Person) -> None:
    person.idle_fires()


@pytest.mark.parametrize("leave", [leave_by_lock, leave_by_button, leave_by_idling])
def test_a_lock_takes_every_word_away(view: Person, leave: Callable[[Person], None]) -> None:
    leave(view)
    view.until(lambda: view.window.shown.objectName() == "unlock")
    assert "Dana" not in view.seen()
    view.until(lambda: view.maybe("executor_view") is None)


def test_hiding_covers_it_and_the_lock_follows(view: Person) -> None:
    view.key(Keys.Key_F9)
    assert view.window.is_hiding
    assert "Dana" not in view.seen()
    view.key(Keys.Key_F9)
    assert "Dana" in view.seen()
    view.key(Keys.Key_F9)
    view.key(Keys.Key_L, CTRL)
    assert view.window.shown.objectName() == "unlock"


def test_a_mistyped_group_is_named_and_a_passphrase_field_says_where_it_belongs(
    locked: Person, executors_key: str
) -> None:
    wrong = executors_key[:12] + ("A" if executors_key[12] != "A" else "B") + executors_key[13:]
    type_sheet(locked, wrong)
    assert "Group 3 of the executor's key" in locked.said("unlock_notice_sentence")
    locked.press("unlock_paper")
    locked.unlock(executors_key, well=False)
    assert "it looks like the key of a sheet for an executor" in locked.said("unlock_notice_sentence")


def test_of_very_many_clients_a_button_brings_the_next(with_client: Person, executors_key: str) -> None:
    person = with_client
    book = person.program.vault.notebook
    for number in range(AT_ONCE + 5):
        book.add_client({"code": f"X{number:03}", "full_name": f"Person {number:03}"})
    person.key(Keys.Key_L, CTRL)
    type_sheet(person, executors_key)
    person.until(lambda: person.maybe("executor_view"))
    assert "Person 010" in person.seen()
    assert "Person 064" not in person.seen()
    bar = person.find("executor_view").verticalScrollBar()
    person.key(Keys.Key_PageDown)
    person.until(lambda: bar.value() > 0)
    person.press("executor_more_3")
    assert "Person 064" in person.seen()
    assert person.maybe("executor_more_3") is None


@pytest.mark.parametrize("steps", [0, 2])
def test_the_text_size_chosen_on_the_lock_page_stays(with_client: Person, executors_key: str, steps: int) -> None:
    person = with_client
    look = person.window.look
    person.key(Keys.Key_Plus, CTRL)
    owners = look.text_scale
    person.key(Keys.Key_L, CTRL)
    look.show("system", TEXT_SCALES[0])
    for _ in range(steps):
        person.key(Keys.Key_Plus, CTRL)
    chosen = look.text_scale
    assert chosen != owners
    type_sheet(person, executors_key)
    person.until(lambda: person.maybe("executor_view"))
    assert look.text_scale == (chosen if steps else owners)
