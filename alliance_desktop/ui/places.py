"""The places of the program, as a column or, where there is little room, as a row."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QFrame, QPushButton, QVBoxLayout

from alliance_desktop.ui.parts import button, label
from alliance_desktop.ui.theme import spaced


class Places(QFrame):
    """One button a place; `chosen` carries the place's key."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("places")
        self.setAccessibleName("Places")
        self.setProperty("surface", "side")
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        self._title = label("Alliance", "muted", "places_title")
        self._row = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        spaced(self._row, 0, 0.15)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._row)
        self._column.addStretch(1)
        self._title.hide()
        self.set_upright(True)

    def add(self, key: str, words: str) -> None:
        """Add a place."""
        one = button(words, f"place_{key}", "place")
        one.setCheckable(True)
        # Qt speaks of one of several buttons only then, and else of a check box.
        one.setAutoExclusive(True)
        one.clicked.connect(lambda: self.chosen.emit(key))
        self._group.addButton(one)
        self._buttons[key] = one
        self._row.addWidget(one)

    def mark(self, key: str) -> None:
        """Mark the place that is shown."""
        for other, one in self._buttons.items():
            one.setChecked(other == key)
            one.setAccessibleDescription("This place is shown" if other == key else "")

    def set_upright(self, upright: bool) -> None:
        """Stand as a column, or lie as a row."""
        directions = QBoxLayout.Direction
        self._row.setDirection(directions.TopToBottom if upright else directions.LeftToRight)
        spaced(self._column, (0.5, 0.7, 0.5, 0.5) if upright else (0.5, 0.4, 0.5, 0), 0)

    def focus_current(self) -> None:
        """Put the keyboard on the place that is shown."""
        current = self._group.checkedButton() or next(iter(self._buttons.values()), None)
        if current is not None:
            current.setFocus()
