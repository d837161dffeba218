"""A message bus of its own for a test, with a logind and screen savers on it that do as the test says."""

import os
import subprocess
import tempfile
from pathlib import Path

from PySide6.QtCore import ClassInfo, Property, QObject, Slot
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusObjectPath, QDBusUnixFileDescriptor

from alliance_desktop.ui.bus_triggers import LOGIN, LOGIN_PATH, MANAGER, PROPERTIES, SCREEN_SAVERS, SESSION

OURS, THEIRS = f"{LOGIN_PATH}/session/_31", f"{LOGIN_PATH}/session/_32"
CONFIG = """<busconfig><type>session</type><listen>unix:path={path}</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/></policy>
</busconfig>"""


@ClassInfo({"D-Bus Interface": MANAGER})
class Manager(QObject):
    """What of logind's manager the program asks for; `waited_for` is open as long as somebody makes sleep wait."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[tuple[str, str]] = []
        self.waited_for = -1

    @Slot(str, str, str, str, result=QDBusUnixFileDescriptor)
    def Inhibit(self, what: str, _who: str, _why: str, mode: str) -> QDBusUnixFileDescriptor:
        self.asked.append((what, mode))
        self.forget()
        self.waited_for, given = os.pipe()
        os.set_blocking(self.waited_for, False)
        held = QDBusUnixFileDescriptor(given)
        os.close(given)
        return held

    @Slot(str, result=QDBusObjectPath)
    def GetSession(self, id: str) -> QDBusObjectPath:
        return QDBusObjectPath(f"{LOGIN_PATH}/session/_3{id}")

    def is_waited_with(self) -> bool:
        """Say whether the program still holds what makes sleep wait."""
        try:
            return self.waited_for >= 0 and os.read(self.waited_for, 1) != b""
        except BlockingIOError:
            return True

    def forget(self) -> None:
        if self.waited_for >= 0:
            os.close(self.waited_for)
        self.waited_for = -1


@ClassInfo({"D-Bus Interface": SESSION})
class Session(QObject):
    """A session of logind, which answers whether it is the active one."""

    active = True
    Active = Property(bool, lambda self: self.active)


class Desktop:
    """A bus with what a Linux desktop has on it; `connect` gives another program's way to it."""

    def __init__(self, folder: Path) -> None:
        self._daemon = _start(folder)
        assert self._daemon.stdout is not None
        self._address = self._daemon.stdout.readline().strip()
        self._names: list[str] = []
        self.bus = self.connect("desktop")
        self.manager, self.ours, self.theirs = Manager(), Session(), Session()
        every = QDBusConnection.RegisterOption.ExportAllContents
        assert self.bus.registerObject(LOGIN_PATH, self.manager, every)
        assert self.bus.registerObject(OURS, self.ours, every)
        assert self.bus.registerObject(THEIRS, self.theirs, every)
        for name in (LOGIN, *SCREEN_SAVERS):
            assert self.bus.registerService(name)

    def connect(self, name: str) -> QDBusConnection:
        self._names.append(f"{name} {id(self)}")
        made = QDBusConnection.connectToBus(self._address, self._names[-1])
        assert made.isConnected(), made.lastError().message()
        return made

    def tell(self, path: str, interface: str, member: str, *values: object) -> None:
        signal = QDBusMessage.createSignal(path, interface, member)
        signal.setArguments(list(values))
        assert self.bus.send(signal)

    def sleep(self, begins: bool = True) -> None:
        self.tell(LOGIN_PATH, MANAGER, "PrepareForSleep", begins)

    def lock_screen(self, name: str = SCREEN_SAVERS[0], on: bool = True) -> None:
        self.tell(f"/{name.replace('.', '/')}", name, "ActiveChanged", on)

    def lock_session(self, path: str = OURS) -> None:
        self.tell(path, SESSION, "Lock")

    def switch_user(self, path: str = OURS, active: bool = False) -> None:
        (self.ours if path == OURS else self.theirs).active = active
        self.tell(path, PROPERTIES, "PropertiesChanged", SESSION, {"Active": active}, [])

    def end(self) -> None:
        self.manager.forget()
        for name in self._names:
            QDBusConnection.disconnectFromBus(name)
        self._daemon.terminate()
        self._daemon.communicate()


def _start(folder: Path) -> "subprocess.Popen[str]":
    config = folder / "bus.conf"
    # The path of a socket is short and has no space in it.
    config.write_text(CONFIG.format(path=f"{tempfile.gettempdir()}/bus-{os.urandom(8).hex()}"), encoding="utf-8")
    return subprocess.Popen(
        ["dbus-daemon", f"--config-file={config}", "--print-address", "--nofork"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
