"""A look at all that a request is about: at once, or beside the window where that takes long."""

from PySide6.QtCore import Signal

from alliance_desktop.domain.entry import EntryId
from alliance_desktop.services.records import Looked, Reading, Records
from alliance_desktop.ui.progress import Progress
from alliance_desktop.ui.records.words import GATHERING


class Looking(Progress):
    """Has a request looked at; `known` says that the look is at hand, where `begin` could not."""

    known = Signal()

    def __init__(self, records: Records, name: str) -> None:
        super().__init__(name)
        self._records = records
        self._reading: Reading | None = None
        self.done.connect(self._take)

    def begin(self, entry: EntryId) -> bool:
        """Say whether the look is at hand; where not, it is going on. KeyError where there is no such request."""
        if self.is_busy:
            return False
        if self._records.is_at_hand(entry):
            return True
        reading = self._records.read(entry)
        if not reading.is_large:
            self._records.take(reading, reading.looked())
            return True
        self._reading = reading
        self.start(GATHERING, reading.looked, only_reads=True)
        return False

    def _take(self, looked: Looked) -> None:
        reading, self._reading = self._reading, None
        if not self._records.is_open:
            return
        if reading is not None:
            self._records.take(reading, looked)
        self.known.emit()
