"""What locks beside idleness: sleep, the screen's lock, another user, a window put away."""

import sys
import time
from collections.abc import Callable
from enum import StrEnum

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QWidget

_NOTICED = 1.0
"""How many seconds of sleep count; the two clocks never drift apart that far by themselves."""


class Reason(StrEnum):
    """Why the vault is to be locked."""

    SLEEP = "the computer goes to sleep"
    WOKE = "the computer slept"
    SCREEN = "the screen was locked"
    USER = "another user took over"
    MINIMISED = "the window was minimised"


def slept_seconds() -> float:
    """Return how long the computer slept since it was started; 0 where the system cannot tell."""
    boot = getattr(time, "CLOCK_BOOTTIME", None)
    if boot is not None:
        return time.clock_gettime(boot) - time.clock_gettime(time.CLOCK_MONOTONIC)
    awake = getattr(time, "CLOCK_UPTIME_RAW", None)
    if awake is not None:
        return time.clock_gettime(time.CLOCK_MONOTONIC) - time.clock_gettime(awake)
    return 0.0


class Source(QObject):
    """Something of one system that tells when to lock; `told` carries a Reason."""

    told = Signal(object)

    def release(self) -> None:
        """Let the computer go on to what it waits with for the lock; called once everything is locked."""


class Triggers(QObject):
    """Watches the window and the clocks, and what `listen` adds; `lock_asked` carries a Reason.

    `slept` answers the seconds slept so far: a sleep that nobody announced shows at the first sign of life.
    """

    lock_asked = Signal(object)

    def __init__(self, window: QWidget, slept: Callable[[], float] = slept_seconds) -> None:
        super().__init__(window)
        self._window, self._slept = window, slept
        self._known_sleep = slept()
        self.sources: list[Source] = []
        self.locks_minimised = False
        window.installEventFilter(self)

    def add(self, source: Source) -> None:
        """Listen to one more source."""
        source.setParent(self)
        self.sources.append(source)
        source.told.connect(lambda reason: self._told(source, reason))

    def listen(self) -> None:
        """Listen to the system the program runs on; one that has nothing to say is no fault."""
        if sys.platform == "win32":
            from alliance_desktop.ui.windows_triggers import WindowsEvents

            self.add(WindowsEvents(self._window))
        elif sys.platform.startswith("linux"):
            from alliance_desktop.ui.bus_triggers import of_this_session

            for source in of_this_session():
                self.add(source)

    def active(self) -> None:
        """Somebody is there: lock first if the computer slept meanwhile."""
        slept = self._slept()
        if slept - self._known_sleep > _NOTICED:
            self._known_sleep = slept
            self.lock_asked.emit(Reason.WOKE)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See the window being put away."""
        if (
            event.type() == QEvent.Type.WindowStateChange
            and watched is self._window
            and self.locks_minimised
            and self._window.isMinimized()
        ):
            self.lock_asked.emit(Reason.MINIMISED)
        return False

    def _told(self, source: Source, reason: Reason) -> None:
        try:
            self.lock_asked.emit(reason)
        finally:
            source.release()
