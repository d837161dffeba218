"""On X11 the window of the old process stays, as the picture of the lock page, until the fresh one stands there.

What keeps it there is its line to the screen, an open file that the fresh process is handed: with that process it goes,
also where that ends before it has a window of its own. Other systems take a window away with its process; there the
screen is empty for as long as a start takes.
"""

import ctypes
import os
from contextlib import suppress
from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtGui import QGuiApplication, QNativeInterface
from PySide6.QtWidgets import QApplication, QWidget


def leave_standing(window: QWidget) -> tuple[int, int]:
    """Return a window's number and the open file that keeps it, for the fresh process; 0 where there is no such thing.

    Until this process is replaced nothing has changed.
    """
    connection = _connection()
    if not connection or not window.isVisible():
        return 0, 0
    for kind in (QEvent.Type.LayoutRequest, QEvent.Type.UpdateRequest):
        QCoreApplication.sendPostedEvents(None, kind.value)
    window.repaint()
    line = _ask("xcb_get_file_descriptor", connection)
    return (int(window.winId()), line) if line > 2 else (0, 0)


class Curtain(QObject):
    """Takes the old process's window away once this one's has been painted over it, and lets its line go."""

    def __init__(self, window: QWidget, number: int, line: int) -> None:
        super().__init__(window)
        self._number, self._line = number, line
        if number and _connection():
            # What this process starts is not to keep the window there.
            with suppress(OSError):
                os.set_inheritable(line, False)
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See the first picture."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self, partial(_take_away, self._number, self._line))
        return False


def _take_away(number: int, line: int) -> None:
    connection = _connection()
    if connection:
        _ask("xcb_kill_client", connection, number)
        with suppress(OSError):
            os.close(line)


def _connection() -> int:
    app = QApplication.instance()
    if not isinstance(app, QGuiApplication) or QGuiApplication.platformName() != "xcb":
        return 0
    native = app.nativeInterface()
    return int(native.connection()) if isinstance(native, QNativeInterface.QX11Application) else 0


def _ask(what: str, connection: int, *values: int) -> int:
    """Ask the library of X11 for something; a computer without it has other things to show."""
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return 0
    answer = int(getattr(xcb, what)(ctypes.c_void_p(connection), *(ctypes.c_uint32(one) for one in values)))
    xcb.xcb_flush(ctypes.c_void_p(connection))
    return answer
