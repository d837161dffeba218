"""What companions are made of: a quiet surface with sentences and buttons that come and go."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from alliance_desktop.ui.fields.fit import Fit
from alliance_desktop.ui.parts import WRITES, button, label
from alliance_desktop.ui.strain_first import empty
from alliance_desktop.ui.theme import spaced

Act = tuple[str, str, Callable[[], object]]
"""A button: the end of its object name, its words, and what it does."""

READING = frozenset({"open", "need"})
"""The ends of names of buttons that lead to something to read."""


class Beside(QFrame):
    """A heading, sentences, and buttons under them; hidden while there is nothing to say.

    What is shown is left alone while it stays the same, so that the keyboard is not taken from a button.
    """

    def __init__(self, name: str, heading: str = "", surface: str = "bar") -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("surface", surface)
        self._heading = label(heading, "heading", f"{name}_heading")
        self._words = label("", "", f"{name}_words")
        self._buttons = Fit(most=0)
        self._said: tuple[object, ...] = ()
        self._acts: dict[str, Callable[[], object]] = {}
        held = QWidget()
        held.setLayout(self._buttons)
        spaced(self._buttons, 0, 0.5)
        self._held = held
        column = QVBoxLayout(self)
        spaced(column, (1.1, 0.8, 1.1, 0.8), 0.45)
        for one in (self._heading, self._words, held):
            column.addWidget(one)
        # Showing a widget that has no parent yet would open it as a window of its own.
        self._heading.setVisible(bool(heading))
        self.hide()

    @property
    def words(self) -> str:
        """What it says, or nothing while it is away."""
        return self._words.text() if not self.isHidden() else ""

    def say(self, sentences: Sequence[str], acts: Sequence[Act] = (), heading: str = "") -> None:
        """Say these sentences, each on a line of its own, and offer these acts; hide where there are no sentences."""
        said = [one for one in sentences if one]
        # What a button does may speak of another day or note although it reads the same.
        self._acts = {name: act for name, _, act in acts}
        looks = (tuple(said), tuple(one[:2] for one in acts), heading)
        if looks != self._said:
            self._said = looks
            if heading:
                self._heading.setText(heading)
                self._heading.show()
            self._words.setText("\n".join(said))
            empty(self._buttons)
            for name, words, _ in acts:
                self._buttons.addWidget(self._button(name, words))
            self._held.setVisible(bool(acts))
        self.setVisible(bool(said))

    def focus_on(self, name: str) -> None:
        """Give the keyboard to one of its buttons."""
        found = self.findChild(QPushButton, f"{self.objectName()}_{name}")
        if found is not None:
            found.setFocus(Qt.FocusReason.OtherFocusReason)

    def _button(self, name: str, words: str) -> QPushButton:
        made = button(words.replace("&", "&&"), f"{self.objectName()}_{name}")
        made.setProperty(WRITES, name not in READING)
        made.setAccessibleName(words)
        made.clicked.connect(lambda: self._do(name))
        return made

    def _do(self, name: str) -> None:
        act = self._acts.get(name)
        if act is not None:
            act()


def under(*widgets: QWidget) -> QWidget:
    """Return widgets as they stand under the fields of a card, one below the other."""
    held = QWidget()
    column = QVBoxLayout(held)
    spaced(column, (0, 0.9, 0, 0), 0.6)
    for one in widgets:
        column.addWidget(one)
    return held
