"""A lock while no vault is open: what a page offers, shows or holds typed goes, and a fresh process stands there."""

import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fresh import Fresh
from person import CTRL, PASSPHRASE, Clock, Keys, Person, settle
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from alliance_desktop.domain.errors import DiskFullError
from alliance_desktop.keys.keyfile import Secrets
from alliance_desktop.services.access import Access
from alliance_desktop.services.locked_backups import LockedBackups
from alliance_desktop.storage import presence
from alliance_desktop.ui.triggers import Reason
from alliance_desktop.wiring import attempt


def told(reason: Reason) -> Callable[[Person], None]:
    return lambda person: person.program.parts.triggers.lock_asked.emit(reason)


def minimise(person: Person) -> None:
    person.program.parts.triggers.locks_minimised = True
    person.window.setWindowState(Qt.WindowState.WindowMinimized)


def hide_for_a_minute(person: Person) -> None:
    person.key(Keys.Key_F9)
    assert person.window.paused.timer.isActive()
    person.window.paused.timer.timeout.emit()


LOCKS: dict[str, Callable[[Person], None]] = {
    **{reason.name.lower(): told(reason) for reason in Reason if reason is not Reason.MINIMISED},
    "minimised": minimise,
    "key": lambda person: person.key(Keys.Key_L, CTRL),
    "idle": lambda person: person.idle_fires(),
    "hidden": hide_for_a_minute,
}
every_lock = pytest.mark.parametrize("lock", LOCKS.values(), ids=LOCKS)


def stands_clean(person: Person, folder: Path) -> bool:
    """Say whether nothing but the lock page of a vault is there, with nothing typed and nothing offered."""
    settle()
    page = person.window.page
    typed = [one.text() for one in person.window.findChildren(QLineEdit)]
    return (page.objectName(), page.folder, page.holds_secret) == ("unlock", folder, False) and not any(typed)


# -- the ways on after a right passphrase -------------------------------------------------------------------------


@pytest.fixture
def offered(locked: Person) -> tuple[Person, Secrets]:
    """A person before the ways on that a right passphrase led to, and what it opened."""
    said = {"computer": "PRACTICE-2", "since": "2026-11-22T09:48:00+00:00", "process": 4}
    (locked.folder / presence.NAME).write_text(json.dumps(said))
    locked.unlock(well=False)
    (waiting,) = locked.find("unlock").findChildren(attempt.Attempt)
    assert any(waiting._secrets.data_key)
    ahead = locked.program.ahead
    # Nobody is so quick: what sees the keyboard begins a moment after the first picture.
    locked.until(lambda: not ahead._look.isActive() and not ahead._shown.isActive())
    return locked, waiting._secrets


@every_lock
def test_a_lock_ends_the_ways_on(offered: tuple[Person, Secrets], lock: Callable[[Person], None]) -> None:
    person, secrets = offered
    fresh = Fresh(person)
    lock(person)
    assert [one.vault for one in fresh.given] == [person.folder]
    assert not any(secrets.data_key + secrets.recovery)
    assert stands_clean(person, person.folder)
    told(Reason.SLEEP)(person)
    assert len(fresh.given) == 1, "once"
    person.window.setWindowState(Qt.WindowState.WindowNoState)
    assert person.maybe("unlock_open_normally") is None


def test_another_way_in_ends_them_too(offered: tuple[Person, Secrets]) -> None:
    person, secrets = offered
    person.press("unlock_paper")
    assert not any(secrets.data_key)


def test_two_minutes_are_waited(offered: tuple[Person, Secrets]) -> None:
    person, _ = offered
    (waiting,) = person.find("unlock").findChildren(attempt.Attempt)
    assert waiting._forgetting.isActive()
    assert waiting._forgetting.interval() == 120_000


@pytest.mark.parametrize(("seconds", "over"), [(119, False), (121, True)])
def test_the_two_minutes_go_on_while_the_computer_sleeps(
    offered: tuple[Person, Secrets], seconds: float, over: bool
) -> None:
    person, secrets = offered
    person.clock.idle += seconds
    person.key(Keys.Key_Shift)
    assert any(secrets.data_key) is not over
    assert (person.maybe("unlock_open_normally") is None) is over
    if over:
        assert person.said("unlock_notice_sentence") == attempt.TOO_LATE


# -- a passphrase or a key that is typed --------------------------------------------------------------------------


@every_lock
def test_a_typed_passphrase_goes(locked: Person, lock: Callable[[Person], None]) -> None:
    fresh = Fresh(locked)
    locked.box("unlock_passphrase")
    locked.type("seven quiet")
    lock(locked)
    assert [one.vault for one in fresh.given] == [locked.folder]
    assert fresh.took_words == [False]
    assert stands_clean(locked, locked.folder)


def test_a_lock_page_that_nobody_used_stays(locked: Person) -> None:
    fresh, page = Fresh(locked), locked.window.page
    told(Reason.SCREEN)(locked)
    locked.idle_fires()
    assert (fresh.given, locked.window.page) == ([], page)


def to_backups(person: Person) -> None:
    person.unlock(well=False)
    person.press("unlock_open_backup")
    person.box("open_backup_key_passphrase")
    person.type(PASSPHRASE)


@pytest.fixture
def before_backups(with_client: Person) -> Person:
    """A person who typed what opens a backup of a vault whose notes are gone."""
    person = with_client
    person.key(Keys.Key_L, CTRL)
    person.until(lambda: list(person.folder.glob("backups/*.vbak")))
    settle()
    (person.folder / "notes.db").unlink()
    to_backups(person)
    return person


@every_lock
def test_a_typed_key_of_a_backup_goes(before_backups: Person, lock: Callable[[Person], None]) -> None:
    fresh = Fresh(before_backups)
    lock(before_backups)
    assert [one.vault for one in fresh.given] == [before_backups.folder]
    assert stands_clean(before_backups, before_backups.folder)


def test_a_backup_being_restored_is_stopped_before_the_process_goes(
    before_backups: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    person, fresh = before_backups, Fresh(before_backups)
    stopped, may_go_on = threading.Event(), threading.Event()

    def restore(_locked: LockedBackups, _path: Path, _key: object, watch: Any) -> None:
        may_go_on.wait(30)
        try:
            watch.at(0.5)
        finally:
            stopped.set()
        raise AssertionError("it was to be stopped")

    monkeypatch.setattr(LockedBackups, "restore", restore)
    person.press("open_backup_restore")
    told(Reason.SCREEN)(person)
    assert stands_clean(person, person.folder)
    assert fresh.given == [], "the work is not cut off"
    may_go_on.set()
    assert stopped.wait(30)
    settled(person)
    assert fresh.given.pop().vault == person.folder


def settled(person: Person) -> None:
    """Let slow work end and the program see that it has."""
    from alliance_desktop.ui.background import is_working

    person.until(lambda: not is_working())
    person.program.leaving._replacing.look()


# -- the first run ------------------------------------------------------------------------------------------------


def type_twice(person: Person) -> None:
    person.press("welcome_new")
    person.box("vault_name").selectAll()
    person.type("Notes")
    person.press("place_next")
    for name in ("passphrase", "passphrase_again"):
        person.box(name)
        person.type(PASSPHRASE)


@pytest.fixture
def sealed(monkeypatch: pytest.MonkeyPatch) -> list[Secrets]:
    """The secrets of every vault that is made."""
    made: list[Secrets] = []
    create = Access.create

    def noting(self: Access, *arguments: Any, **more: Any) -> Secrets:
        made.append(create(self, *arguments, **more))
        return made[-1]

    monkeypatch.setattr(Access, "create", noting)
    return made


@every_lock
def test_the_recovery_sheet_goes_and_comes_back_after_unlocking(
    newcomer: Person, sealed: list[Secrets], lock: Callable[[Person], None]
) -> None:
    person, fresh = newcomer, Fresh(newcomer)
    type_twice(person)
    person.press("secret_next")
    person.until(lambda: person.maybe("sheet_group_9"))
    groups = [person.said(f"sheet_group_{at}") for at in range(1, 10)]
    for times in (1, 2):
        lock(person)
        assert [one.vault for one in fresh.given] == [person.folder] * times
        assert stands_clean(person, person.folder)
        assert not any(group in person.seen() for group in groups)
        person.window.setWindowState(Qt.WindowState.WindowNoState)
        person.window.activateWindow()
        settle()
        person.unlock(well=False)
        person.until(lambda: person.maybe("sheet_group_9"))
    assert [person.said(f"sheet_group_{at}") for at in range(1, 10)] == groups
    assert not any(sealed[0].recovery + sealed[0].data_key)


class Held:
    """Holds the making of a vault until it may go on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, fault: Exception | None = None) -> None:
        self.may_go_on = threading.Event()
        create = Access.create

        def held(access: Access, *arguments: Any, **more: Any) -> Secrets:
            self.may_go_on.wait(30)
            if fault is not None:
                raise fault
            return create(access, *arguments, **more)

        monkeypatch.setattr(Access, "create", held)


def test_a_vault_being_made_is_made_to_its_end_and_then_locked(
    newcomer: Person, sealed: list[Secrets], monkeypatch: pytest.MonkeyPatch
) -> None:
    person, fresh, held = newcomer, Fresh(newcomer), Held(monkeypatch)
    type_twice(person)
    person.press("secret_next")
    told(Reason.SCREEN)(person)
    assert stands_clean(person, person.folder)
    assert fresh.given == []
    held.may_go_on.set()
    settled(person)
    assert [one.vault for one in fresh.given] == [person.folder]
    assert not any(sealed[0].recovery + sealed[0].data_key)
    person.unlock(well=False)
    person.until(lambda: person.maybe("sheet_group_9"))


def test_a_vault_that_could_not_be_made_after_a_lock_is_told(newcomer: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    person, fresh, held = newcomer, Fresh(newcomer), Held(monkeypatch, DiskFullError())
    type_twice(person)
    person.press("secret_next")
    told(Reason.SCREEN)(person)
    held.may_go_on.set()
    settled(person)
    assert person.said("welcome_notice_sentence") == DiskFullError.sentence
    assert fresh.given == []


@every_lock
def test_a_passphrase_for_a_new_vault_goes_and_its_page_stays(newcomer: Person, lock: Callable[[Person], None]) -> None:
    person, fresh = newcomer, Fresh(newcomer)
    type_twice(person)
    person.find("passphrase_show").click()
    lock(person)
    person.window.setWindowState(Qt.WindowState.WindowNoState)
    person.window.come_back()
    settle()
    assert [person.find(name).text() for name in ("passphrase", "passphrase_again")] == ["", ""]
    assert person.find("passphrase").echoMode() == QLineEdit.EchoMode.Password
    assert fresh.given == []
    assert not person.window.idle._running, "nothing is left to be locked"


def test_typed_beside_a_vault_it_leads_back_to_that(locked: Person) -> None:
    fresh = Fresh(locked)
    locked.press("unlock_new")
    type_twice_elsewhere(locked)
    told(Reason.SCREEN)(locked)
    assert [one.vault for one in fresh.given] == [locked.folder]
    assert stands_clean(locked, locked.folder)


def type_twice_elsewhere(person: Person) -> None:
    person.press("welcome_new")
    person.press("place_next")
    person.box("passphrase")
    person.type("half of a passphr")


def test_closing_the_window_forgets_too(home: Path, clock: Clock, sealed: list[Secrets]) -> None:
    person = Person(home, clock)
    person.program.parts.machine.keep_unproved(person.folder)
    person.begin()
    person.unlock(well=False)
    person.until(lambda: person.maybe("sheet_group_9"))
    made = person.window.page._made
    person.window.close()
    assert not any(made.secrets.recovery)
    person.leave()
