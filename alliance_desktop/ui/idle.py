"""When nobody is there: a quiet word beforehand, then the wish to lock."""

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

WARNING_SECONDS = 30.0


def awake_and_asleep() -> float:
    """Return seconds that also pass while the computer sleeps, where the system can tell."""
    boot = getattr(time, "CLOCK_BOOTTIME", None)
    return time.clock_gettime(boot) if boot is not None else time.monotonic()


class Idle(QObject):
    """Counts from the last input; `soon` comes 30 s before the end, `calm` when somebody is back, then `lock_asked`.

    `seconds` answers the time now; nothing is polled, one timer waits for the next moment that matters.
    """

    soon = Signal()
    calm = Signal()
    lock_asked = Signal()

    def __init__(self, minutes: float = 5, seconds: Callable[[], float] = awake_and_asleep) -> None:
        super().__init__()
        self._seconds = seconds
        self._limit = minutes * 60
        self._last = seconds()
        self._warned = False
        self._running = False
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.check)

    def set_minutes(self, minutes: float) -> None:
        """Set how long may pass without input before the vault is locked."""
        self._limit = minutes * 60
        if self._running:
            self.check()

    def start(self) -> None:
        """Begin counting: a vault has been opened."""
        self._running = True
        self._warned = False
        self._last = self._seconds()
        self._wait()

    def stop(self) -> None:
        """Stop counting: the vault is locked."""
        self._running = False
        self._timer.stop()
        if self._warned:
            self._warned = False
            self.calm.emit()

    def active(self) -> None:
        """Somebody did something; after a sleep beyond the limit that comes too late, and the vault locks."""
        if not self._running:
            return
        if self._passed() >= self._limit:
            self.check()
            return
        self._last = self._seconds()
        if self._warned:
            self._warned = False
            self.calm.emit()
            self._wait()

    def check(self) -> None:
        """Look at the time and do what it asks for."""
        if not self._running:
            return
        passed = self._passed()
        if passed >= self._limit:
            self.stop()
            self.lock_asked.emit()
            return
        if passed >= self._limit - WARNING_SECONDS and not self._warned:
            self._warned = True
            self.soon.emit()
        self._wait()

    def _passed(self) -> float:
        return self._seconds() - self._last

    def _wait(self) -> None:
        until = self._limit if self._warned else self._limit - WARNING_SECONDS
        # A whole second later rather than a moment too early, which would wake the program twice.
        self._timer.start(max(1, round((until - self._passed()) * 1000)))
