"""A lock hands over to a fresh process: when, with what, and when not; and the fresh one stands as the old one did.

The replacement itself is in `tests/services/test_process.py`, what is left in memory in `tests/reliability/memory.py`.
"""

import tempfile
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from person import CTRL, Keys, Person, settle
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from alliance_desktop.domain.errors import DiskFullError
from alliance_desktop.services.access import OpenVault
from alliance_desktop.services.notebook import Notebook
from alliance_desktop.services.process import Deadline, Handover
from alliance_desktop.ui import held
from alliance_desktop.ui.second_start import Claim
from alliance_desktop.wiring import program as program_module
from alliance_desktop.wiring import replacing

WORDS = "heronsong at dawn"


class Fresh:
    """Takes the place of the replacement: notes each handover and what was so in that moment."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.given: list[Handover] = []
        self.seen: list[tuple[str, bool]] = []
        self.called = threading.Event()
        parts = person.program.parts
        parts.world = parts.world._replace(relaunch=self)

    def __call__(self, handover: Handover) -> None:
        self.given.append(handover)
        if threading.current_thread() is threading.main_thread():
            self.seen.append((self.person.window.shown.objectName(), self.person.program.vault is None))
        self.called.set()

    def wait(self) -> Handover:
        """Return the next handover; a backup may be written first."""
        self.person.until(lambda: self.given)
        return self.given.pop(0)


@pytest.fixture
def fresh(with_client: Person) -> Fresh:
    return Fresh(with_client)


@pytest.fixture
def writing(fresh: Fresh) -> Person:
    """A person in the middle of a note, whose lock replaces the process."""
    fresh.person.key(Keys.Key_N, CTRL)
    fresh.person.write("body", WORDS)
    return fresh.person


def test_it_comes_last_and_knows_the_place(fresh: Fresh, writing: Person) -> None:
    window = writing.window
    window.look.set("dark", 125)
    window.resize(720, 560)
    writing.key(Keys.Key_L, CTRL)
    handover = fresh.wait()
    assert fresh.seen == [("unlock", True)], "covered and closed before"
    assert handover.vault == writing.folder
    assert (handover.appearance, handover.text_scale) == ("dark", 125)
    assert (handover.sample, handover.minimised, handover.fault) == (None, False, False)
    writing.unlock()
    assert writing.find("body").toPlainText() == WORDS


def test_the_fresh_one_stands_where_the_old_one_stood(fresh: Fresh, writing: Person) -> None:
    writing.window.look.set("dark", 100)
    writing.window.move(50, 40)
    writing.window.resize(640, 500)
    settle()
    was = writing.window.geometry()
    writing.key(Keys.Key_L, CTRL)
    handover = fresh.wait()
    writing.leave()
    writing.program = writing._program()
    after = writing.program
    after.take_over(handover)
    settle()
    assert after.window.page.objectName() == "unlock"
    assert after.window.page.folder == handover.vault
    assert (after.window.look.appearance, after.window.look.text_scale) == ("dark", 100)
    assert after.window.geometry() == was
    assert not after.window.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    writing.unlock()
    assert writing.find("body").toPlainText() == WORDS


def test_a_window_that_was_behind_does_not_come_before_others(locked: Person) -> None:
    locked.program.take_over(Handover(vault=locked.folder, active=False, minimised=True))
    assert locked.window.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    assert locked.window.isMinimized()


def test_words_that_only_this_process_holds_keep_it(
    fresh: Fresh, writing: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_anything: object) -> None:
        raise DiskFullError

    with monkeypatch.context() as on_a_full_disk:
        on_a_full_disk.setattr(Notebook, "write", full)
        on_a_full_disk.setattr(OpenVault, "free_reserve", lambda _vault: False)
        writing.key(Keys.Key_L, CTRL)
        settle()
    writing.until(lambda: writing.maybe("unlock_notice_sentence"))
    assert writing.said("unlock_notice_sentence") == held.WAITING
    assert fresh.given == []
    writing.unlock()
    assert writing.find("body").toPlainText() == WORDS
    writing.key(Keys.Key_L, CTRL)
    fresh.wait()


def test_closing_that_hangs_is_not_waited_for(fresh: Fresh, writing: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replacing, "Deadline", partial(Deadline, seconds=0.05))
    close = OpenVault.close

    def hang(vault: OpenVault) -> None:
        assert fresh.called.wait(30), "somebody else acted while this hung"
        close(vault)

    monkeypatch.setattr(OpenVault, "close", hang)
    writing.key(Keys.Key_L, CTRL)
    assert fresh.given[0].vault == writing.folder
    assert not fresh.given[0].fault


def test_a_fault_while_locking_is_reported_and_told_by_the_fresh_one(
    fresh: Fresh, writing: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_off(_work: object) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as broken:
        broken.setattr("alliance_desktop.ui.work.Work.end", break_off)
        with pytest.raises(ZeroDivisionError):
            writing.program.lock()
    assert writing.program.vault is None
    handover = fresh.wait()
    assert handover.fault
    writing.program.take_over(handover)
    assert writing.said("unlock_notice_sentence") == program_module.FAULT


def test_a_system_that_refuses_leaves_a_locked_window_that_says_so(fresh: Fresh, writing: Person) -> None:
    writing.key(Keys.Key_L, CTRL)
    fresh.wait()
    writing.until(lambda: writing.maybe("unlock_notice_sentence"))
    assert writing.said("unlock_notice_sentence") == replacing.STILL_IN_MEMORY


def test_a_passphrase_being_tried_opens_nothing_after_a_lock(locked: Person) -> None:
    fresh = Fresh(locked)
    locked.box("unlock_passphrase")
    locked.type("seven quiet herons by the weir")
    locked.key(Keys.Key_Return)
    page = locked.window.page
    assert page.is_busy
    locked.program.lock()
    assert fresh.wait().vault == locked.folder
    locked.until(lambda: not locked.window.page.is_busy)
    settle()
    assert locked.window.page is not page
    assert locked.program.vault is None


def test_a_sample_is_handed_on_and_nothing_else_is_taken_away(locked: Person, tmp_path: Path) -> None:
    fresh = Fresh(locked)
    locked.program.opening.open_sample()
    folder = locked.program.parts.sample_folder
    locked.program.lock()
    assert fresh.wait().sample == folder
    assert folder.is_dir(), "the fresh process shows it"
    locked.program.parts.drop_sample()
    assert not folder.exists()
    own = tmp_path / "alliance-sample-mine"
    own.mkdir()
    for wrong in (own, Path(tempfile.gettempdir()) / "alliance", Path.home()):
        locked.program.take_over(Handover(vault=locked.folder, sample=wrong))
        assert locked.program.parts.sample_folder is None


def test_minimising_locks_where_that_is_chosen(fresh: Fresh, writing: Person) -> None:
    writing.window.setWindowState(Qt.WindowState.WindowMinimized)
    settle()
    assert writing.program.vault is not None
    writing.window.setWindowState(Qt.WindowState.WindowNoState)
    writing.window.activateWindow()
    settle()
    writing.key(Keys.Key_Comma, CTRL)
    writing.press("settings_minimised")
    writing.window.setWindowState(Qt.WindowState.WindowMinimized)
    assert writing.program.vault is None
    assert fresh.wait().minimised


@pytest.fixture
def claimed(locked: Person) -> Iterator[Claim]:
    """Another window's claim on the vault, which answers nobody."""
    other = Claim(locked.home / "state", seconds=0)
    other.take(locked.folder)
    locked.program.parts.claim = Claim(locked.home / "state", seconds=0)
    yield other
    other.release()
    locked.program.parts.claim.release()


def test_a_vault_that_another_window_has_is_told_on_the_lock_page(locked: Person, claimed: Claim) -> None:
    assert locked.program.begin(locked.folder)
    assert locked.said("unlock_notice_sentence").startswith("This vault is in use by another window")
    claimed.release()
    assert locked.program.begin(locked.folder)
    assert locked.maybe("unlock_notice_sentence") is None


def test_the_claim_is_let_go_for_the_fresh_process(locked: Person, claimed: Claim) -> None:
    claimed.release()
    fresh = Fresh(locked)
    free: list[bool] = []
    locked.program.begin(locked.folder)
    parts = locked.program.parts
    relaunch = parts.world.relaunch
    parts.world = parts.world._replace(
        relaunch=lambda handover: (free.append(claimed.take(locked.folder).name == "OURS"), relaunch(handover))
    )
    locked.unlock()
    locked.program.lock()
    fresh.wait()
    assert free == [True]
    assert QApplication.activeModalWidget() is None
