"""The places of the program, as a column or, where there is little room, as a row."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QVBoxLayout

from alliance_desktop.ui.fields.fit import Fit
from alliance_desktop.ui.parts import Button, label
from alliance_desktop.ui.theme import spaced

PLACES = {
    "today": "Today",
    "clients": "Clients",
    "strains": "Strains",
    "outreach": "Outreach",
    "supervision": "Supervision",
    "contacts": "Contacts",
    "search": "Search",
    "backups": "Backups",
    "settings": "Settings",
}
"""Each place with its words, as they stand in the window, whichever is added first."""
ORDER = tuple(PLACES)


class _Standing(Fit):
    """One below the other, or in lines as words are laid where there is little room."""

    def __init__(self) -> None:
        super().__init__(most=1)

    def stand(self, upright: bool) -> None:
        """Be a column, or lie in as many lines as it takes."""
        self._most = 1 if upright else 0
        self.invalidate()


class _Place(Button):
    """A button with room for its words in bold, which they are while its place is shown."""

    _measured: QSize | None = None

    def changeEvent(self, event: QEvent) -> None:
        """Measure anew what another font or style makes larger or smaller."""
        self._measured = None
        super().changeEvent(event)

    def sizeHint(self) -> QSize:
        """Return the room for the words in bold, so that choosing a place cuts and moves none."""
        # It is asked again and again while the window is laid out.
        if self._measured is None:
            self._measured = super().sizeHint() + QSize(max(0, self._more_in_bold()), 0)
        return QSize(self._measured)

    def _more_in_bold(self) -> int:
        bold = QFont(self.font())
        bold.setBold(True)
        return QFontMetrics(bold).horizontalAdvance(self.text()) - self.fontMetrics().horizontalAdvance(self.text())


class Places(QFrame):
    """One button for each place that was added; `chosen` carries the place's key."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("places")
        self.setAccessibleName("Places")
        self.setProperty("surface", "side")
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        self._title = label("Alliance", "muted", "places_title")
        self._row = _Standing()
        spaced(self._row, 0, 0.15)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._row)
        self._column.addStretch(1)
        self._title.hide()
        for key, words in PLACES.items():
            self._make(key, words)
        self.set_upright(True)

    def add(self, key: str) -> None:
        """Show a place; it stands where `PLACES` says, for the eye, for Tab and for a screen reader."""
        self._buttons[key].show()

    def _make(self, key: str, words: str) -> None:
        one = _Place(words, self)
        one.setObjectName(f"place_{key}")
        one.setProperty("kind", "place")
        one.setAccessibleName(words)
        one.setAutoDefault(False)
        one.setCheckable(True)
        # Qt speaks of one of several buttons only then, and else of a check box.
        one.setAutoExclusive(True)
        one.clicked.connect(lambda: self.chosen.emit(key))
        one.hide()
        self._group.addButton(one)
        self._buttons[key] = one
        self._row.addWidget(one)

    def mark(self, key: str) -> None:
        """Mark the place that is shown."""
        for other, one in self._buttons.items():
            one.setChecked(other == key)
            # Qt would leave Tab at the button that last had the keyboard.
            one.setFocusPolicy(Qt.FocusPolicy.StrongFocus if other == key else Qt.FocusPolicy.ClickFocus)
            one.setAccessibleDescription("This place is shown" if other == key else "")

    def set_upright(self, upright: bool) -> None:
        """Stand as a column, or lie as a row."""
        self._row.stand(upright)
        spaced(self._column, (0.5, 0.7, 0.5, 0.5) if upright else (0.5, 0.4, 0.5, 0), 0)

    def focus_current(self) -> None:
        """Put the keyboard on the place that is shown."""
        shown = (one for one in self._buttons.values() if not one.isHidden())
        current = self._group.checkedButton() or next(shown, None)
        if current is not None:
            current.setFocus()
