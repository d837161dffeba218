"""The system asks the program to end: the window closes in order, as if somebody had closed it."""

import os
import signal
import sys
from types import FrameType

from PySide6.QtCore import QCoreApplication, QObject, QSocketNotifier
from PySide6.QtWidgets import QWidget

ENDING = (signal.SIGTERM, signal.SIGINT)


class EndSignals(QObject):
    """Closes a window when the system or the terminal asks the program to end."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._asked = False
        self._reading, self._writing = os.pipe()
        for end in (self._reading, self._writing):
            os.set_blocking(end, False)
        # Python runs its handlers between its own steps, and Qt's loop makes none: a byte in a pipe wakes it.
        signal.set_wakeup_fd(self._writing, warn_on_full_buffer=False)
        for one in ENDING:
            signal.signal(one, self._note)
        self._notifier = QSocketNotifier(self._reading, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._woken)

    def _note(self, _signal: int, _frame: FrameType | None) -> None:
        self._asked = True

    def _woken(self) -> None:
        os.read(self._reading, 64)
        if self._asked and self._window.close():
            QCoreApplication.quit()
        self._asked = False


def close_on_signals(window: QWidget) -> EndSignals | None:
    """Let the signals that end a program close the window first; None on Windows, which ends programs otherwise."""
    return None if sys.platform == "win32" else EndSignals(window)
