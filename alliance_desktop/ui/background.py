"""Slow work in a thread: it gets data and returns data, and the window stays alive."""

from collections.abc import Callable
from types import TracebackType
from typing import Any

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal, Slot
from shiboken6 import isValid

from alliance_desktop.domain import collecting
from alliance_desktop.domain.errors import KnownError

_running: set["Background"] = set()


def is_working() -> bool:
    """Say whether any work is going on in a thread that is not to be cut off."""
    return any(not one.only_reads for one in _running)


class Background(QObject):
    """One piece of slow work; `done` carries its result, `failed` the world's fault, both in the window's thread.

    `ended` follows in every case. A bug is raised in the window's thread as well, after `ended`, so that the
    program's top-level hook reports it there and not in the thread. Work that `only_reads` may be cut off by a lock.
    """

    done = Signal(object)
    failed = Signal(object)
    ended = Signal()
    _settled = Signal(object, object)

    def __init__(self, work: Callable[[], Any], *, only_reads: bool = False) -> None:
        super().__init__()
        self._work = work
        self.only_reads = only_reads
        self._settled.connect(self._settle, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        """Begin; the object keeps itself alive until the work has ended."""
        _running.add(self)
        collecting.hold()
        QThreadPool.globalInstance().start(_Run(self))

    def run(self) -> None:
        """Do the work; called in the thread."""
        result: Any = None
        with _Carried() as carried:
            result = self._work()
        # The program may have ended meanwhile, and then nobody waits for the answer.
        if isValid(self):
            self._settled.emit(carried.error, result)

    @Slot(object, object)
    def _settle(self, error: BaseException | None, result: Any) -> None:
        _running.discard(self)
        collecting.let_go()
        if isinstance(error, KnownError):
            self.failed.emit(error)
        elif error is None:
            self.done.emit(result)
        self.ended.emit()
        if error is not None and not isinstance(error, KnownError):
            raise error


class _Carried:
    """Takes whatever is raised within it out of the thread; nothing is swallowed, `_settle` raises it again."""

    error: BaseException | None = None

    def __enter__(self) -> "_Carried":
        return self

    def __exit__(self, _kind: object, error: BaseException | None, _trace: TracebackType | None) -> bool:
        self.error = error
        return True


class _Run(QRunnable):
    def __init__(self, background: Background) -> None:
        super().__init__()
        self._background = background

    def run(self) -> None:
        self._background.run()
