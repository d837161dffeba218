"""Sleep, the screen's lock and user switches as Windows tells them to a window."""

import ctypes
import sys
from ctypes import Structure, c_int32, c_size_t, c_ssize_t, c_uint32, c_void_p

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication
from PySide6.QtWidgets import QWidget

from alliance_desktop.ui.triggers import Reason, Source

_POWER, _SESSION = 0x0218, 0x02B1
_TOLD = {
    (_POWER, 0x0004): Reason.SLEEP,
    (_SESSION, 0x0007): Reason.SCREEN,
    (_SESSION, 0x0002): Reason.USER,
    (_SESSION, 0x0004): Reason.USER,
    (_SESSION, 0x0006): Reason.USER,
}
"""Suspend; session lock; console and remote disconnect, log-off."""
_ONLY_THIS_SESSION = 0


class Message(Structure):
    """A message as Windows hands it to a window."""

    _fields_ = [
        ("window", c_void_p),
        ("message", c_uint32),
        ("word", c_size_t),
        ("long", c_ssize_t),
        ("time", c_uint32),
        ("x", c_int32),
        ("y", c_int32),
    ]


def reason_of(address: int) -> Reason | None:
    """Return what the message at this address asks for, if it asks for a lock."""
    message = Message.from_address(address)
    return _TOLD.get((message.message, message.word))


class WindowsEvents(Source):
    """Hears the messages of Windows to one window."""

    def __init__(self, window: QWidget) -> None:
        super().__init__()
        self._filter = _Filter(self)
        app = QCoreApplication.instance()
        if app is not None:
            app.installNativeEventFilter(self._filter)
        if sys.platform == "win32":
            ctypes.windll.wtsapi32.WTSRegisterSessionNotification(c_void_p(int(window.winId())), _ONLY_THIS_SESSION)


class _Filter(QAbstractNativeEventFilter):
    def __init__(self, source: WindowsEvents) -> None:
        super().__init__()
        self._source = source

    def nativeEventFilter(self, kind: QByteArray | bytes | bytearray | memoryview, message: int) -> tuple[bool, int]:
        if bytes(kind.data() if isinstance(kind, QByteArray) else kind).startswith(b"windows"):
            reason = reason_of(int(message))
            if reason is not None:
                self._source.told.emit(reason)
        return False, 0
