"""Between a lock and the fresh process the lock page takes no words: they would be lost with the old one."""

import pytest
from fresh import Fresh, has_cursor
from person import CTRL, Keys, Person, settle
from PySide6.QtWidgets import QLabel, QWidget

from alliance_desktop.domain.errors import DiskFullError
from alliance_desktop.services.access import OpenVault
from alliance_desktop.services.backups import Backups
from alliance_desktop.services.notebook import Notebook
from alliance_desktop.ui.held import HeldWords
from alliance_desktop.ui.unlock import WAITING, Unlock
from alliance_desktop.wiring import replacing
from alliance_desktop.wiring.last_backup import LastBackup


@pytest.fixture
def fresh(with_client: Person, monkeypatch: pytest.MonkeyPatch) -> Fresh:
    """What a lock hands over to, after a backup that is quickly made; nothing is made ready by time alone."""
    monkeypatch.setattr(Backups, "automatic", lambda _backups: lambda: None)
    monkeypatch.setattr(replacing, "_PATIENCE_MS", 600_000)
    return Fresh(with_client)


@pytest.mark.parametrize("waits", [True, False])
def test_nothing_can_be_typed_from_the_first_picture_to_the_last(
    fresh: Fresh, monkeypatch: pytest.MonkeyPatch, waits: bool
) -> None:
    person, window = fresh.person, fresh.person.window
    covered_with: list[bool] = []
    cover = window.lock_with

    def noting(page: QWidget) -> None:
        cover(page)
        covered_with.append(has_cursor(person))

    monkeypatch.setattr(window, "lock_with", noting)
    if not waits:
        monkeypatch.setattr(Unlock, "wait", lambda _page: None)
    person.program.lock()
    page = window.page
    assert fresh.given == [], "a backup is written first"
    assert covered_with == [not waits]
    assert page.findChild(QLabel, "unlock_working").text() == (WAITING if waits else "")
    assert not page.is_busy
    assert not page.holds_secret
    if waits:
        assert window.focusWidget() is None
    fresh.wait()
    assert fresh.took_words == [not waits]
    settle()
    assert has_cursor(person), "the system refused"


@pytest.mark.parametrize("soon", [True, False])
def test_nobody_stays_before_a_page_that_takes_nothing(
    fresh: Fresh, monkeypatch: pytest.MonkeyPatch, soon: bool
) -> None:
    monkeypatch.setattr(replacing, "_PATIENCE_MS", 50 if soon else 600_000)
    monkeypatch.setattr(LastBackup, "write", lambda *_anything: None)
    person = fresh.person
    person.program.lock()
    assert not person.window.page.passphrase.isEnabled()
    if soon:
        person.until(lambda: has_cursor(person))
    else:
        settle()
        assert not person.window.page.passphrase.isEnabled()
    assert fresh.given == []


def test_words_that_keep_the_process_leave_the_page_ready(fresh: Fresh, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_anything: object) -> None:
        raise DiskFullError

    person = fresh.person
    person.key(Keys.Key_N, CTRL)
    person.write("body", "heronsong at dawn")
    monkeypatch.setattr(Notebook, "write", full)
    monkeypatch.setattr(OpenVault, "free_reserve", lambda _vault: False)
    person.program.lock()
    assert not has_cursor(person), "held until it is seen that words are"
    person.until(lambda: has_cursor(person))
    assert fresh.given == []


def test_words_held_from_before_let_nobody_wait(fresh: Fresh, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(HeldWords, "waits", lambda *_anything: True)
    fresh.person.program.lock()
    assert has_cursor(fresh.person)


def test_a_program_that_is_not_replaced_waits_for_nothing(fresh: Fresh) -> None:
    person = fresh.person
    person.program.parts.world = person.program.parts.world._replace(relaunch=None)
    person.program.lock()
    assert has_cursor(person)
