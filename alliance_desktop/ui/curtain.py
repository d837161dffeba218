"""On X11 the window of the old process stays, as the picture of the lock page, until the fresh one stands there.

Other systems take a window away with its process; there the screen is empty for as long as a start takes.
"""

import ctypes
from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtGui import QGuiApplication, QNativeInterface
from PySide6.QtWidgets import QApplication, QWidget

_GO_WITH_THE_PROCESS, _STAY = 0, 1


def leave_standing(window: QWidget) -> int:
    """Let a window outlive this process; return its number, or 0 where the system cannot do that."""
    connection = _connection()
    if not connection or not window.isVisible():
        return 0
    for kind in (QEvent.Type.LayoutRequest, QEvent.Type.UpdateRequest):
        QCoreApplication.sendPostedEvents(None, kind.value)
    window.repaint()
    _ask("xcb_set_close_down_mode", connection, _STAY)
    return int(window.winId())


def go_after_all() -> None:
    """Let the window go with the process again, where that stays after all."""
    connection = _connection()
    if connection:
        _ask("xcb_set_close_down_mode", connection, _GO_WITH_THE_PROCESS)


class Curtain(QObject):
    """Takes the old process's window away once this one's has been painted over it."""

    def __init__(self, window: QWidget, number: int) -> None:
        super().__init__(window)
        self._number = number
        if number and _connection():
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See the first picture."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self, partial(_take_away, self._number))
        return False


def _take_away(number: int) -> None:
    connection = _connection()
    if connection:
        _ask("xcb_kill_client", connection, number)


def _connection() -> int:
    app = QApplication.instance()
    if not isinstance(app, QGuiApplication) or QGuiApplication.platformName() != "xcb":
        return 0
    native = app.nativeInterface()
    return int(native.connection()) if isinstance(native, QNativeInterface.QX11Application) else 0


def _ask(what: str, connection: int, value: int) -> None:
    """Send one request of X11; a computer without the library has other things to show."""
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return
    getattr(xcb, what)(ctypes.c_void_p(connection), ctypes.c_uint32(value))
    xcb.xcb_flush(ctypes.c_void_p(connection))
