"""Where the keyboard goes first in a part of the window, with nothing before it passed over by Tab."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


class Landing(QWidget):
    """A part that gives the keyboard on to one of the widgets in it.

    Not as Qt's focus proxy does: Tab goes straight to a proxy, past all that stands before it in the part.
    """

    landing: QWidget | None = None
    """The widget in it that takes the keyboard."""

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Put the keyboard on what takes it."""
        if self.landing is None:
            super().setFocus(reason)
        else:
            self.landing.setFocus(reason)
