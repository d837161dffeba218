"""Slow work with a bar that moves, a button that stops it, and the result handed back to the page."""

import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget
from shiboken6 import isValid

from alliance_desktop.domain.errors import KnownError
from alliance_desktop.domain.watch import Watch
from alliance_desktop.ui.background import Background
from alliance_desktop.ui.notice import announce
from alliance_desktop.ui.parts import button, label, row
from alliance_desktop.ui.theme import spaced

_WHOLE = 1000


class Progress(QWidget):
    """Hidden until work begins; one piece at a time.

    `done` carries what the work answers, `failed` its KnownError, also the one of being stopped. The work goes on
    to its end where the page goes away meanwhile, and then nobody is told.
    """

    done = Signal(object)
    failed = Signal(object)
    busy_changed = Signal(bool)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._stopped = threading.Event()
        self._work: Background | None = None
        self._words = label("", "muted", f"{name}_words")
        self._bar = QProgressBar()
        self._bar.setObjectName(f"{name}_bar")
        self._bar.setRange(0, _WHOLE)
        self._bar.setTextVisible(False)
        self.stop_button = button("&Cancel", f"{name}_stop")
        self.stop_button.clicked.connect(self.stop)
        column = QVBoxLayout(self)
        spaced(column, 0, 0.4)
        column.addWidget(self._words)
        column.addWidget(self._bar)
        column.addLayout(row(self.stop_button))
        self.hide()

    @property
    def is_busy(self) -> bool:
        """Whether work is going on."""
        return self._work is not None

    @property
    def is_stopped(self) -> bool:
        """Whether somebody asked the newest piece of work to stop, in time or not."""
        return self._stopped.is_set()

    def start(self, words: str, work: Callable[[Watch], Any], *, only_reads: bool = False) -> bool:
        """Begin a piece of work in a thread, under these words; False while another is going on.

        Work that `only_reads` may be cut off by a lock.
        """
        if self._work is not None:
            return False
        self._stopped = stopped = threading.Event()
        teller = _Teller(self)
        teller.told.connect(self._tell)
        watch = Watch(lambda done: teller.tell(done), stopped.is_set)
        self._work = Background(lambda: work(watch), only_reads=only_reads)
        self._work.done.connect(self._finish)
        self._work.failed.connect(self._fail)
        self._work.ended.connect(self._end)
        self._words.setText(words)
        self._bar.setAccessibleName(words)
        self._bar.setValue(0)
        self.stop_button.setEnabled(True)
        self.show()
        announce(self, words)
        self.busy_changed.emit(True)
        self._work.start()
        return True

    def stop(self) -> None:
        """Ask the work to stop; `failed` tells when it has."""
        self._stopped.set()
        self.stop_button.setEnabled(False)

    def leave(self) -> None:
        """Let the work go on to its end, of which nobody is told any more."""
        work, self._work = self._work, None
        if work is not None:
            work.done.disconnect(self._finish)
            work.failed.disconnect(self._fail)
            work.ended.disconnect(self._end)

    def _tell(self, done: float) -> None:
        self._bar.setValue(round(done * _WHOLE))

    def _finish(self, answer: Any) -> None:
        self._calm()
        self.done.emit(answer)

    def _fail(self, fault: KnownError) -> None:
        self._calm()
        self.failed.emit(fault)

    def _end(self) -> None:
        # Whoever hears of the result may have begun another piece before the first one says that it has ended.
        if self.sender() is self._work:
            self._calm()

    def _calm(self) -> None:
        if self._work is not None:
            self._work = None
            self.hide()
            self.busy_changed.emit(False)


class _Teller(QObject):
    """Carries what a thread tells into the window's thread, while there is a window."""

    told = Signal(float)

    def tell(self, done: float) -> None:
        if isValid(self):
            self.told.emit(done)
