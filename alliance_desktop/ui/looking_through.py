"""Looks all notes of an open vault through, a few at a time and beside the work, and says when they are not right."""

from collections.abc import Generator

from PySide6.QtCore import QObject, QTimer, Signal

from alliance_desktop.domain.errors import KnownError
from alliance_desktop.domain.opening_errors import AlteredNotesError
from alliance_desktop.services.access import OpenVault
from alliance_desktop.ui.background import Background, is_working

_BETWEEN_MS = 10
_FIRST_MS = 300
"""The first step comes once the first page stands."""
LONGEST_HOLD = 30_000
"""For so many steps, some minutes, others wait; where somebody writes all the time it begins again and again."""


class LookingThrough(QObject):
    """Goes through the notes once; `alarmed` carries the KnownError of what is amiss, `done` comes when nothing is."""

    alarmed = Signal(object)
    done = Signal()

    def __init__(self, vault: OpenVault, parent: QObject) -> None:
        super().__init__(parent)
        self._vault = vault
        self._steps: Generator[None, None, bool] | None = None
        self._reserving: Background | None = None
        self._taken = 0
        # A pause after each step, so that a key that is pressed meanwhile never waits for more than one.
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._step)

    def begin(self) -> None:
        """Begin from the first note."""
        self._steps = self._vault.checking()
        self._taken = 0
        self._timer.start(_FIRST_MS)

    def stop(self) -> None:
        """Leave it: the vault is about to be closed."""
        self._timer.stop()
        self._steps = None

    def is_in_the_way(self) -> bool:
        """Say whether what can wait should not be written just now.

        Each write lets this look begin again, and a backup or a file that is being taken out copy once more.
        """
        return is_working() or (self._timer.isActive() and self._taken < LONGEST_HOLD)

    def _step(self) -> None:
        if self._steps is None or not self._vault.is_open:
            self.stop()
            return
        self._taken += 1
        if self._taken == 1:
            self._timer.start(_BETWEEN_MS)
        try:
            next(self._steps)
        except StopIteration as ended:
            self._ended(in_order=bool(ended.value))
        except KnownError as fault:
            self.stop()
            self.alarmed.emit(fault)

    def _ended(self, *, in_order: bool) -> None:
        self.stop()
        if not in_order:
            self.alarmed.emit(AlteredNotesError())
            return
        self.done.emit()
        if not self._vault.read_only:
            # Four megabytes take a moment to reach the disk.
            self._reserving = Background(self._vault.reserving())
            self._reserving.start()
