"""A lock hands over to a fresh process: when, with what, and when not; and the fresh one stands as the old one did.

The replacement itself is in `tests/services/test_process.py`, what is left in memory in `tests/reliability/memory.py`.
"""

import shutil
import tempfile
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import msgspec
import pytest
from fresh import Fresh, has_cursor
from person import CTRL, Keys, Person, settle
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.exceptions import capture_exceptions

from alliance_desktop.domain.errors import DiskFullError
from alliance_desktop.services.access import OpenVault
from alliance_desktop.services.notebook import Notebook
from alliance_desktop.services.process import Deadline, Handover
from alliance_desktop.ui import held
from alliance_desktop.ui.background import Background
from alliance_desktop.ui.second_start import Claim
from alliance_desktop.wiring import program as program_module
from alliance_desktop.wiring import replacing

WORDS = "heronsong at dawn"


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
    assert has_cursor(writing)
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
    assert fresh.given.pop().vault == locked.folder, "at once: trying only reads"
    locked.until(lambda: not locked.window.page.is_busy)
    settle()
    assert locked.window.page is not page
    assert locked.program.vault is None


def test_a_sample_is_handed_on_and_nothing_else_is_taken_away(locked: Person, tmp_path: Path) -> None:
    fresh = Fresh(locked)
    locked.program.opening.open_sample()
    folder = locked.program.parts.sample_folder
    locked.program.lock()
    handed = fresh.wait()
    assert (handed.sample, len(handed.sample_mark)) == (folder, 64)
    assert folder.is_dir(), "the fresh process shows it"
    (folder / "somebody's own.txt").write_text("kept")
    locked.program.parts.sample_folder = None
    for mark in ("", "0" * 64):
        locked.program.take_over(msgspec.structs.replace(handed, sample_mark=mark))
        assert locked.program.parts.sample_folder is None
    locked.program.take_over(handed)
    locked.program.parts.drop_sample()
    assert [one.name for one in folder.iterdir()] == ["somebody's own.txt"], "the sample is gone, and nothing else"
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


def test_the_claim_is_taken_again_where_the_replacement_fails(locked: Person, claimed: Claim) -> None:
    claimed.release()
    locked.program.begin(locked.folder)

    def fail(_handover: Handover) -> None:
        raise ZeroDivisionError

    parts = locked.program.parts
    parts.world = parts.world._replace(relaunch=fail)
    locked.unlock()
    with capture_exceptions() as caught:
        locked.program.lock()
        locked.until(lambda: caught)
    assert claimed.take(locked.folder).name == "IN_USE"


class Slow:
    """Slow work that is not to be cut off, until it may end."""

    def __init__(self) -> None:
        self.may_end = threading.Event()
        self.background = Background(lambda: self.may_end.wait(30))
        self.background.start()

    def end(self, person: Person) -> None:
        ended: list[bool] = []
        self.background.ended.connect(lambda: ended.append(True))
        self.may_end.set()
        person.until(lambda: ended)


@pytest.fixture
def slow(locked: Person, monkeypatch: pytest.MonkeyPatch) -> Iterator[Slow]:
    """A backup on its way to a slow stick while an open vault is locked."""
    monkeypatch.setattr(replacing, "_PATIENCE_MS", 600_000)
    locked.unlock()
    made = Slow()
    yield made
    made.may_end.set()


def look(person: Person) -> None:
    """Let the moment come in which the program sees again whether the process can be replaced."""
    replacing_ = person.program.leaving._replacing
    # The lock's own backup comes first.
    person.until(lambda: replacing_._due)
    replacing_._again.timeout.emit()


def lock_until_ready(person: Person) -> None:
    """Lock, and wait until somebody can type: the lock's own backup comes first, and then the slow work is seen."""
    person.key(Keys.Key_L, CTRL)
    person.until(lambda: has_cursor(person))


def test_slow_work_is_not_cut_off_by_a_lock(locked: Person, slow: Slow) -> None:
    fresh = Fresh(locked)
    lock_until_ready(locked)
    look(locked)
    assert fresh.given == []
    slow.end(locked)
    look(locked)
    assert fresh.wait().vault == locked.folder


def test_whoever_types_a_passphrase_keeps_the_process(locked: Person, slow: Slow) -> None:
    fresh = Fresh(locked)
    lock_until_ready(locked)
    slow.end(locked)
    locked.box("unlock_passphrase")
    locked.type("s")
    look(locked)
    assert fresh.given == []
    locked.key(Keys.Key_Backspace)
    look(locked)
    assert fresh.wait().vault == locked.folder


def test_whoever_reads_help_keeps_the_page(locked: Person, slow: Slow) -> None:
    fresh = Fresh(locked)
    lock_until_ready(locked)
    slow.end(locked)
    locked.window.menus.asked.emit("keys")
    assert locked.window.is_reading
    look(locked)
    assert fresh.given == []
    locked.window.stop_reading()
    look(locked)
    fresh.wait()


@pytest.mark.parametrize("way", ["back", "lock"])
def test_whoever_makes_another_vault_is_not_disturbed(locked: Person, slow: Slow, way: str) -> None:
    person, fresh = locked, Fresh(locked)
    lock_until_ready(person)
    person.press("unlock_new")
    slow.end(person)
    person.press("welcome_new")
    look(person)
    assert fresh.given == []
    assert person.find("vault_name").isVisible()
    if way == "back":
        person.press("place_back")
        person.press("welcome_back")
        assert fresh.given == [], "there is time to begin typing"
        assert person.program.leaving._replacing._again.isActive()
        look(person)
    else:
        person.program.lock()
    assert fresh.wait().vault == person.folder
    assert fresh.seen == [("unlock", True)]


def test_the_lock_page_of_another_vault_is_not_taken_away(locked: Person, slow: Slow, tmp_path: Path) -> None:
    fresh = Fresh(locked)
    locked.key(Keys.Key_L, CTRL)
    other = tmp_path / "Other.vault"
    shutil.copytree(locked.folder, other)
    locked.program.opening.show_unlock(other)
    slow.end(locked)
    look(locked)
    assert fresh.given == []
    locked.program.lock()
    assert fresh.wait().vault == other


def test_a_vault_opened_meanwhile_keeps_the_process(locked: Person, slow: Slow) -> None:
    fresh = Fresh(locked)
    lock_until_ready(locked)
    locked.unlock()
    slow.end(locked)
    look(locked)
    assert fresh.given == []
    locked.program.lock()
    fresh.wait()
