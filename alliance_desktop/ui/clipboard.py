"""What the program copies: marked for clipboard histories, gone after a while and at the lock, never selected away."""

from PySide6.QtCore import QMimeData, QObject, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication

from alliance_desktop.ui.covering import clear_own_clipboard
from alliance_desktop.ui.fields.pasted import is_kept_out, kept_out

COPIED_SECONDS = 30.0


class OwnClipboard(QObject):
    """Watches the clipboard while the program runs; what others copy is left alone.

    Whatever part of the program copied, its text stays for `seconds` after the last copy, as long as it is still
    there. A selection, which X11 and Wayland show to every program, is taken back in the turn it was made.
    """

    def __init__(self, parent: QObject | None = None, seconds: float = COPIED_SECONDS) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, singleShot=True, interval=round(seconds * 1000))
        self._timer.timeout.connect(clear_own_clipboard)
        self._clipboard = QGuiApplication.clipboard()
        self._clipboard.dataChanged.connect(self._copied)
        self._clipboard.selectionChanged.connect(self._selected)

    @property
    def waits(self) -> bool:
        """Whether something of the program's own is on the clipboard, waiting to be cleared."""
        return self._timer.isActive()

    def _copied(self) -> None:
        # An emptied clipboard holds nothing at all, which Qt's stubs do not say.
        data: QMimeData | None = self._clipboard.mimeData()
        if data is None or not data.formats() or not self._clipboard.ownsClipboard():
            self._timer.stop()
        elif is_kept_out(data):
            self._timer.start()
        else:
            # One-line fields copy without the marks; nobody can have asked for it before this turn ends.
            self._clipboard.setMimeData(kept_out(data.text()))

    def _selected(self) -> None:
        if self._clipboard.supportsSelection() and self._clipboard.ownsSelection():
            self._clipboard.clear(QClipboard.Mode.Selection)
