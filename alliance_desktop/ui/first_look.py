"""Reads ahead what the first look at Today waits for, a little at a time, so that no key and no page waits for it."""

import datetime
from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, QTimer, Signal

from alliance_desktop.domain.errors import KnownError
from alliance_desktop.services.access import OpenVault

_FIRST_MS = 20
"""The first step comes once the first page is painted."""


class FirstLook(QObject):
    """Goes on until all is read: then `ready` comes; `failed` comes where it ended in a fault instead.

    `failed` carries the KnownError. A fault of the program is told of as any other, and `failed` comes with None.
    """

    ready = Signal()
    failed = Signal(object)

    def __init__(self, vault: OpenVault, today: Callable[[], datetime.date], parent: QObject) -> None:
        super().__init__(parent)
        self._vault, self._today = vault, today
        self._steps: Iterator[None] | None = None
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._step)

    def begin(self) -> None:
        """Begin, where it is not going on already."""
        if self._steps is None:
            self._steps = self._vault.attention.getting_ready(self._today())
            self._timer.start(_FIRST_MS)

    def stop(self) -> None:
        """Leave it: the vault is about to be closed."""
        self._timer.stop()
        self._steps = None

    def _step(self) -> None:
        # Each step that goes well gives them back; what ends in a fault is never begun again by itself.
        steps, self._steps = self._steps, None
        if steps is None or not self._vault.is_open:
            self._timer.stop()
            if steps is None:
                self.failed.emit(None)
            return
        self._timer.setInterval(0)
        try:
            next(steps)
        except StopIteration:
            self._timer.stop()
            self.ready.emit()
        except KnownError as fault:
            self._timer.stop()
            self.failed.emit(fault)
        else:
            self._steps = steps
