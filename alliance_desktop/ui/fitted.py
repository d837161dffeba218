"""Buttons side by side, of which those that find no room go on in the next line."""

from PySide6.QtWidgets import QWidget

from alliance_desktop.ui.fields.fit import Fit
from alliance_desktop.ui.theme import spaced


def fitted(*widgets: QWidget) -> QWidget:
    """Return widgets in reading order, in as many lines as they need."""
    held = QWidget()
    across = Fit(most=0)
    held.setLayout(across)
    spaced(across, 0, 0.5)
    for one in widgets:
        across.addWidget(one)
    return held
