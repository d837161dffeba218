"""Slow work in a thread: it gets data and returns data, and the window stays alive."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal, Slot
from shiboken6 import isValid

from alliance_desktop.domain.errors import KnownError

_running: set["Background"] = set()


class Background(QObject):
    """One piece of slow work; `done` carries its result, `failed` the world's fault, both in the window's thread.

    `ended` follows in every case, also after a bug, which is left to the program's top-level hook.
    """

    done = Signal(object)
    failed = Signal(object)
    ended = Signal()
    _settled = Signal(object, object)

    def __init__(self, work: Callable[[], Any]) -> None:
        super().__init__()
        self._work = work
        self._settled.connect(self._settle, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        """Begin; the object keeps itself alive until the work has ended."""
        _running.add(self)
        QThreadPool.globalInstance().start(_Run(self))

    def run(self) -> None:
        """Do the work; called in the thread."""
        result: Any = None
        error: KnownError | None = None
        finished = False
        try:
            result = self._work()
            finished = True
        except KnownError as fault:
            error = fault
            finished = True
        finally:
            # The program may have ended meanwhile, and then nobody waits for the answer.
            if isValid(self):
                self._settled.emit(finished, error or result)

    @Slot(object, object)
    def _settle(self, finished: bool, outcome: Any) -> None:
        _running.discard(self)
        if isinstance(outcome, KnownError):
            self.failed.emit(outcome)
        elif finished:
            self.done.emit(outcome)
        self.ended.emit()


class _Run(QRunnable):
    def __init__(self, background: Background) -> None:
        super().__init__()
        self._background = background

    def run(self) -> None:
        self._background.run()
