"""The place in the settings that says whether screenshots show the window, and what one can do."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from alliance_desktop.ui.capture import ALLOWED_MINUTES, Capture
from alliance_desktop.ui.notice import announce
from alliance_desktop.ui.parts import button, label, row, tick
from alliance_desktop.ui.theme import spaced

KEEP_OUT = "Keep this window out of &screenshots"
HELP = "Screen sharing, recordings and programs that take pictures of the screen leave the window out as well."
ALLOW = f"&Allow for {ALLOWED_MINUTES:.0f} minutes"
ALLOWED = "Allowed for now. It ends by itself."
WHY = "For remote help, or for a tool that reads the screen aloud or enlarges it."
CANNOT = (
    "On this computer no program can keep its window out of screenshots, screen sharing or recordings. "
    "Press F9 before you share your screen."
)


class CaptureChoice(QWidget):
    """What is wanted, and ten minutes without it; on a system that cannot do it, a sentence that says so.

    `wanted` carries what was chosen.
    """

    wanted = Signal(bool)

    def __init__(self, capture: Capture, on: bool) -> None:
        super().__init__()
        self._capture = capture
        column = QVBoxLayout(self)
        spaced(column, 0, 0.3)
        if not capture.can_block:
            column.addWidget(label(CANNOT, "", "settings_capture_cannot"))
            return
        self.keep_out = tick(KEEP_OUT, "settings_capture")
        self.keep_out.setAccessibleDescription(HELP)
        self.keep_out.setChecked(on)
        self.allow = button(ALLOW, "settings_capture_allow")
        self.allow.setAccessibleDescription(WHY)
        self.state = label("", "muted", "settings_capture_state")
        column.addWidget(self.keep_out)
        column.addWidget(label(HELP, "muted"))
        column.addLayout(row(self.allow))
        column.addWidget(self.state)
        self.keep_out.toggled.connect(self.wanted)
        self.allow.clicked.connect(self._allow)
        capture.changed.connect(self._show)
        self._show()

    def _allow(self) -> None:
        self._capture.allow_for_a_while()
        announce(self, ALLOWED)

    def _show(self) -> None:
        self.allow.setEnabled(self._capture.is_wanted and not self._capture.is_allowed)
        self.state.setText(ALLOWED if self._capture.is_allowed else WHY)
