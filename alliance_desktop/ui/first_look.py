"""Reads ahead what the first look at Today waits for, a little at a time, so that no key and no page waits for it."""

import datetime
from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, QTimer, Signal

from alliance_desktop.domain.errors import KnownError
from alliance_desktop.services.access import OpenVault

_FIRST_MS = 20
"""The first step comes once the first page is painted."""


class FirstLook(QObject):
    """Goes on until all is read: then `ready` comes. `failed` carries the KnownError it ended in instead."""

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
        if self._steps is None or not self._vault.is_open:
            self.stop()
            return
        self._timer.setInterval(0)
        try:
            next(self._steps)
        except StopIteration:
            self.stop()
            self.ready.emit()
        except KnownError as fault:
            self.stop()
            self.failed.emit(fault)
