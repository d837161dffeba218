"""Keeping the program's windows out of screenshots and recordings, where the system lets a program do that."""

import ctypes
import sys
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

ALLOWED_MINUTES = 10.0
_SHOWN, _LEFT_OUT, _BLACK = 0x00, 0x11, 0x01

Block = Callable[[int, bool], bool]
"""Leaves the window of this id out of captures, or lets it in again; answers whether the system did it."""


def block_of_this_system() -> Block | None:
    """Return the system's way to leave a window out; None on Linux and macOS, which have none that holds."""
    return _block_on_windows if sys.platform == "win32" else None


class Capture(QObject):
    """Leaves every window of the program out of captures, those that open later as well.

    `changed` comes with each change of what is wanted, when the minutes allowed begin and when they are over.
    """

    changed = Signal()

    def __init__(self, block: Block | None, minutes: float = ALLOWED_MINUTES) -> None:
        super().__init__()
        self._block = block
        self._wanted = True
        self._allowed = QTimer(self, singleShot=True, interval=round(minutes * 60_000))
        self._allowed.timeout.connect(self._apply)
        app = QApplication.instance()
        if block is not None and app is not None:
            app.installEventFilter(self)

    @property
    def can_block(self) -> bool:
        """Whether this system lets a program keep its windows out."""
        return self._block is not None

    @property
    def is_allowed(self) -> bool:
        """Whether captures are allowed for some minutes just now."""
        return self._allowed.isActive()

    @property
    def is_wanted(self) -> bool:
        """Whether the windows are to be left out, but for the minutes allowed."""
        return self._wanted

    def set_wanted(self, on: bool) -> None:
        """Leave the windows out from now on, or let them be captured."""
        if on != self._wanted:
            self._wanted = on
            self._apply()

    def allow_for_a_while(self) -> None:
        """Let captures in for some minutes: for remote help, or a tool that reads the screen."""
        self._allowed.start()
        self._apply()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See each window as it opens; a change of its handle takes the protection away, so it is set again."""
        if event.type() in {QEvent.Type.Show, QEvent.Type.WinIdChange} and isinstance(watched, QWidget):
            self._apply_to(watched)
        return False

    def _apply(self) -> None:
        for one in QApplication.topLevelWidgets():
            self._apply_to(one)
        self.changed.emit()

    def _apply_to(self, window: QWidget) -> None:
        # Asking a widget for its handle would make one where there is none yet.
        if self._block is not None and window.isWindow() and window.internalWinId():
            self._block(int(window.winId()), self._wanted and not self.is_allowed)


def _block_on_windows(window: int, out: bool) -> bool:
    if sys.platform != "win32":
        return False
    setting = ctypes.windll.user32.SetWindowDisplayAffinity
    handle = ctypes.c_void_p(window)
    # Before Windows 10 2004 a window can only be made black, which serves as well.
    return bool(setting(handle, _LEFT_OUT) or setting(handle, _BLACK)) if out else bool(setting(handle, _SHOWN))
