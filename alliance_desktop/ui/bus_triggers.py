"""Sleep, the screen's lock and user switches as a Linux desktop tells them on its message buses."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import SLOT, Slot
from PySide6.QtDBus import (
    QDBusConnection,
    QDBusMessage,
    QDBusObjectPath,
    QDBusPendingCallWatcher,
    QDBusUnixFileDescriptor,
    QDBusVariant,
)

from alliance_desktop.ui.triggers import Reason, Source

LOGIN = "org.freedesktop.login1"
LOGIN_PATH = "/org/freedesktop/login1"
MANAGER, SESSION = f"{LOGIN}.Manager", f"{LOGIN}.Session"
PROPERTIES = "org.freedesktop.DBus.Properties"
SCREEN_SAVERS = (
    "org.freedesktop.ScreenSaver",
    "org.gnome.ScreenSaver",
    "org.cinnamon.ScreenSaver",
    "org.mate.ScreenSaver",
)
_SYSTEM_SOCKETS = ("/run/dbus/system_bus_socket", "/var/run/dbus/system_bus_socket")
_WHO_AND_WHY = ("Alliance Desktop", "It locks the notes first")


class _Heard(NamedTuple):
    """One message: on which path, which signal, and with what."""

    path: str
    member: str
    values: list[object]


def _hear(bus: QDBusConnection, service: str, interface: str, member: str, source: Source) -> None:
    slot = SLOT("heard(QDBusMessage)")
    bus.connect(service, "", interface, member, source, slot)  # type: ignore[call-overload]  # stubs ask for bytes


class ScreenSavers(Source):
    """The screen's own lock, as the desktops tell it on the session's bus."""

    def __init__(self, bus: QDBusConnection) -> None:
        super().__init__()
        for name in SCREEN_SAVERS:
            _hear(bus, name, name, "ActiveChanged", self)

    @Slot(QDBusMessage)
    def heard(self, message: QDBusMessage) -> None:
        """Take a message of a screen saver: it begins, or it ends."""
        if message.arguments()[:1] == [True]:
            self.told.emit(Reason.SCREEN)


class Login(Source):
    """Sleep, lock and user switch, as systemd's logind tells them on the system's bus.

    It asks logind to wait with a sleep until `release`, which lets it go on; logind itself waits for some seconds at
    most. `own_session` is the path of the session the program runs in; while it is not known, each counts as ours.
    """

    def __init__(self, bus: QDBusConnection, session: str = "") -> None:
        super().__init__()
        self._bus = bus
        self.own_session = ""
        self._waits = -1
        self._asked: set[QDBusPendingCallWatcher] = set()
        for interface, member in ((MANAGER, "PrepareForSleep"), (SESSION, "Lock"), (PROPERTIES, "PropertiesChanged")):
            _hear(bus, LOGIN, interface, member, self)
        if session:
            self._ask(LOGIN_PATH, MANAGER, "GetSession", [session], self._know_session)
        self._ask_to_wait()

    @property
    def makes_sleep_wait(self) -> bool:
        """Whether logind waits with a sleep until the notes are locked."""
        return self._waits >= 0

    @Slot(QDBusMessage)
    def heard(self, message: QDBusMessage) -> None:
        """Take a message of logind."""
        heard = _Heard(message.path(), message.member(), message.arguments())
        if heard.member == "PrepareForSleep":
            self._sleeps(heard.values[:1] == [True])
        elif self.own_session in {"", heard.path}:
            self._changed(heard)

    def release(self) -> None:
        """Let the computer sleep."""
        if self._waits >= 0:
            os.close(self._waits)
        self._waits = -1

    def _sleeps(self, begins: bool) -> None:
        if begins:
            self.told.emit(Reason.SLEEP)
        else:
            self._ask_to_wait()

    def _changed(self, heard: _Heard) -> None:
        if heard.member == "Lock":
            self.told.emit(Reason.SCREEN)
        elif heard.values[:1] == [SESSION]:
            # WORKAROUND: PySide 6.11 cannot read the dictionary in this message, so logind is asked for the value.
            self._ask(heard.path, PROPERTIES, "Get", [SESSION, "Active"], self._see_active)

    def _see_active(self, value: object) -> None:
        active = value.variant() if isinstance(value, QDBusVariant) else value
        if active is False:
            self.told.emit(Reason.USER)

    def _know_session(self, value: object) -> None:
        if isinstance(value, QDBusObjectPath):
            self.own_session = value.path()

    def _ask_to_wait(self) -> None:
        self._ask(LOGIN_PATH, MANAGER, "Inhibit", ["sleep", *_WHO_AND_WHY, "delay"], self._hold)

    def _hold(self, value: object) -> None:
        if isinstance(value, QDBusUnixFileDescriptor) and value.isValid():
            self.release()
            # WORKAROUND: PySide 6.11 never frees the message, so the file is taken out of it to be closed in time.
            self._waits = value.takeFileDescriptor()

    def _ask(self, path: str, interface: str, member: str, values: list[str], then: Callable[[object], None]) -> None:
        """Ask logind without waiting for the answer; where it refuses, nothing follows."""
        call = QDBusMessage.createMethodCall(LOGIN, path, interface, member)
        call.setArguments(values)
        watcher = QDBusPendingCallWatcher(self._bus.asyncCall(call))
        self._asked.add(watcher)

        def answered(done: QDBusPendingCallWatcher) -> None:
            self._asked.discard(watcher)
            reply = done.reply()
            if reply.type() == QDBusMessage.MessageType.ReplyMessage and reply.arguments():
                then(reply.arguments()[0])

        watcher.finished.connect(answered)


def of_this_session() -> list[Source]:
    """Return what can be listened to here; a bus that is not there is passed by, and none is started."""
    found: list[Source] = []
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    if os.environ.get("DBUS_SESSION_BUS_ADDRESS") or (runtime and Path(runtime, "bus").exists()):
        session = QDBusConnection.sessionBus()
        if session.isConnected():
            found.append(ScreenSavers(session))
    if os.environ.get("DBUS_SYSTEM_BUS_ADDRESS") or any(Path(one).exists() for one in _SYSTEM_SOCKETS):
        system = QDBusConnection.systemBus()
        if system.isConnected():
            found.append(Login(system, os.environ.get("XDG_SESSION_ID", "")))
    return found
