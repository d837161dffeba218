"""What locks beside idleness: each sign of the system, through a real message bus, and what must not lock."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from bus_cases import OURS, THEIRS, Desktop
from PySide6.QtCore import Qt
from PySide6.QtDBus import QDBusConnection
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from alliance_desktop.ui import bus_triggers
from alliance_desktop.ui.bus_triggers import SCREEN_SAVERS, Login, ScreenSavers
from alliance_desktop.ui.triggers import Reason, Triggers, slept_seconds
from alliance_desktop.ui.windows_triggers import Message, WindowsEvents, reason_of


@pytest.fixture
def desktop(tmp_path: Path, qapp: object) -> Iterator[Desktop]:
    """A private bus with logind and screen savers."""
    if not sys.platform.startswith("linux"):
        pytest.skip("only Linux has such a bus")
    made = Desktop(tmp_path)
    yield made
    made.end()


class Told:
    """Triggers over an empty window, and every reason they gave."""

    def __init__(self, qtbot: QtBot, slept: Callable[[], float] = lambda: 0.0) -> None:
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.triggers = Triggers(self.window, slept)
        self.reasons: list[Reason] = []
        self.triggers.lock_asked.connect(self.reasons.append)


@pytest.fixture
def told(qtbot: QtBot, desktop: Desktop) -> Told:
    """Triggers that listen to the bus, once logind has answered whose session this is."""
    made = Told(qtbot)
    login = Login(desktop.connect("program"), "1")
    made.triggers.add(ScreenSavers(desktop.connect("program too")))
    made.triggers.add(login)
    qtbot.waitUntil(lambda: login.own_session == OURS and login.makes_sleep_wait)
    return made


SIGNS: tuple[tuple[str, Callable[[Desktop], None], Reason], ...] = (
    ("sleep", lambda desktop: desktop.sleep(), Reason.SLEEP),
    ("lock of the session", lambda desktop: desktop.lock_session(), Reason.SCREEN),
    ("user switch", lambda desktop: desktop.switch_user(), Reason.USER),
    *((name, lambda desktop, name=name: desktop.lock_screen(name), Reason.SCREEN) for name in SCREEN_SAVERS),
)


@pytest.mark.parametrize(("_name", "act", "reason"), SIGNS, ids=[one[0] for one in SIGNS])
def test_each_sign_of_the_desktop_locks(
    qtbot: QtBot, desktop: Desktop, told: Told, _name: str, act: Callable[[Desktop], None], reason: Reason
) -> None:
    act(desktop)
    qtbot.waitUntil(lambda: told.reasons == [reason])


def test_what_is_over_or_somebody_elses_does_not_lock(qtbot: QtBot, desktop: Desktop, told: Told) -> None:
    desktop.sleep(False)
    desktop.lock_screen(on=False)
    desktop.lock_session(THEIRS)
    desktop.switch_user(THEIRS)
    desktop.switch_user(OURS, active=True)
    # Messages of one sender arrive in their order: once this one is here, the others have been.
    desktop.lock_session()
    qtbot.waitUntil(lambda: told.reasons != [])
    assert told.reasons == [Reason.SCREEN]


def test_sleep_waits_for_the_lock_and_no_longer(qtbot: QtBot, desktop: Desktop, told: Told) -> None:
    seen: list[bool] = []
    told.triggers.lock_asked.connect(lambda _reason: seen.append(desktop.manager.is_waited_with()))
    assert desktop.manager.asked == [("sleep", "delay")]
    desktop.sleep()
    qtbot.waitUntil(lambda: seen != [])
    assert seen == [True], "while the vault is being locked, the computer waits"
    qtbot.waitUntil(lambda: not desktop.manager.is_waited_with())
    desktop.sleep(False)
    qtbot.waitUntil(lambda: len(desktop.manager.asked) == 2)
    qtbot.waitUntil(desktop.manager.is_waited_with)


def test_where_no_session_is_known_each_counts_as_ours(qtbot: QtBot, desktop: Desktop) -> None:
    told = Told(qtbot)
    told.triggers.add(Login(desktop.connect("program")))
    desktop.switch_user(THEIRS)
    qtbot.waitUntil(lambda: told.reasons == [Reason.USER])


def test_a_bus_that_is_not_there_says_nothing(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.delenv("DBUS_SYSTEM_BUS_ADDRESS", raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setattr(bus_triggers, "_SYSTEM_SOCKETS", (str(tmp_path / "no bus"),))
    assert bus_triggers.of_this_session() == []
    told = Told(qtbot)
    told.triggers.add(Login(QDBusConnection.connectToBus(f"unix:path={tmp_path}/gone", "gone"), "1"))
    told.triggers.add(ScreenSavers(QDBusConnection.connectToBus(f"unix:path={tmp_path}/gone", "gone too")))
    qtbot.wait(1)
    assert told.reasons == []


def test_a_sleep_that_nobody_announced_shows_at_the_first_key(qtbot: QtBot) -> None:
    slept = [100.0]
    told = Told(qtbot, lambda: slept[0])
    told.triggers.active()
    slept[0] += 0.9
    told.triggers.active()
    assert told.reasons == []
    slept[0] += 3 * 3600
    told.triggers.active()
    told.triggers.active()
    assert told.reasons == [Reason.WOKE], "once for each sleep"


def test_the_computers_own_clocks_agree_while_it_is_awake() -> None:
    assert abs(slept_seconds() - slept_seconds()) < 0.5


def test_a_window_put_away_locks_only_where_that_is_wanted(qtbot: QtBot) -> None:
    told = Told(qtbot)
    told.window.show()
    told.window.setWindowState(Qt.WindowState.WindowMinimized)
    assert told.reasons == []
    told.window.setWindowState(Qt.WindowState.WindowNoState)
    told.triggers.locks_minimised = True
    told.window.setWindowState(Qt.WindowState.WindowMaximized)
    assert told.reasons == []
    told.window.setWindowState(Qt.WindowState.WindowMinimized)
    assert told.reasons == [Reason.MINIMISED]


@pytest.mark.parametrize(
    ("message", "word", "reason"),
    [
        (0x0218, 4, Reason.SLEEP),
        (0x0218, 18, None),
        (0x02B1, 7, Reason.SCREEN),
        (0x02B1, 8, None),
        (0x02B1, 2, Reason.USER),
        (0x02B1, 4, Reason.USER),
        (0x0010, 7, None),
    ],
)
def test_messages_of_windows_are_understood(qtbot: QtBot, message: int, word: int, reason: Reason | None) -> None:
    from ctypes import addressof

    told = Told(qtbot)
    source = WindowsEvents(told.window)
    told.triggers.add(source)
    came = Message(message=message, word=word)
    assert reason_of(addressof(came)) == reason
    source._filter.nativeEventFilter(b"windows_generic_MSG", addressof(came))
    source._filter.nativeEventFilter(b"xcb_generic_event_t", addressof(came))
    assert told.reasons == ([reason] if reason else [])
