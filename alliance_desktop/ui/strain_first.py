"""An older strain that is still open, shown before anything else that leads to the next contact."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLayout, QVBoxLayout, QWidget

from alliance_desktop.services.outreach import OldStrain
from alliance_desktop.ui.outreach_words import STRAIN_FIRST, strain_words
from alliance_desktop.ui.parts import button, label, row
from alliance_desktop.ui.theme import spaced

REFLECT, OPEN = "Reflect before the next contact", "Open the strain"
CARD_ONE = "acknowledge"


class StrainFirst(QFrame):
    """The strains that stand in the door, oldest first; `card_asked` carries a strain and the card to open it at.

    It hides while there is none, and is left alone while it says the same as before.
    """

    card_asked = Signal(object, str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("surface", "bar")
        self._shown: list[OldStrain] = []
        self._column = QVBoxLayout(self)
        spaced(self._column, (1.1, 0.8, 1.1, 0.8), 0.4)
        self._column.addWidget(label("An older strain first", "heading", f"{name}_heading"))
        self._lines = QVBoxLayout()
        spaced(self._lines, 0, 0.4)
        self._column.addLayout(self._lines)
        self._column.addWidget(label(STRAIN_FIRST, "muted", f"{name}_why"))
        self.hide()

    @property
    def strains(self) -> Sequence[OldStrain]:
        """The strains that are shown."""
        return self._shown

    def show_strains(self, strains: Sequence[OldStrain]) -> None:
        """Show these strains."""
        if list(strains) == self._shown:
            return
        self._shown = list(strains)
        empty(self._lines)
        for at, one in enumerate(strains, 1):
            self._lines.addWidget(self._line(one, at))
        self.setVisible(bool(strains))

    def _line(self, strain: OldStrain, at: int) -> QWidget:
        name = f"{self.objectName()}_{at}"
        go = button(OPEN if strain.reflected else REFLECT, f"{name}_reflect")
        go.setAccessibleDescription(strain_words(strain))
        card = "" if strain.reflected else CARD_ONE
        go.clicked.connect(lambda: self.card_asked.emit(strain.arc, card))
        held = QWidget()
        inside = QVBoxLayout(held)
        spaced(inside, 0, 0.3)
        inside.addWidget(label(strain_words(strain), "", f"{name}_words"))
        inside.addLayout(row(go))
        return held


def empty(layout: QLayout) -> None:
    """Take every widget out of a layout and let it go."""
    while (item := layout.takeAt(0)) is not None:
        gone = item.widget()
        if gone is not None:
            gone.hide()
            gone.deleteLater()
