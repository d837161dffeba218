"""The small parts that every page is made of, each with its names already set."""

# What stands on the first page does without Qt's namespace `Qt` and without its events, whose long lists of names take
# as long to load as half of all that the program adds to a start. Values are named in words, or looked up where
# somebody presses a key, and nothing here hears of an event before the first picture is on screen.
from typing import TYPE_CHECKING

from PySide6 import QtCore
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from alliance_desktop.ui.heading import KINDS, heads
from alliance_desktop.ui.theme import spaced

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

WRITES = "writes"
"""The property of what writes, or begins something to write."""


def label(text: str, kind: str = "", name: str = "") -> QLabel:
    """Return words on a page, wrapped and never read as markup; `kind` names its place in the type scale."""
    made = QLabel(text)
    made.setProperty("textFormat", "PlainText")
    made.setWordWrap(True)
    made.setProperty("kind", kind)
    made.setObjectName(name)
    if kind in KINDS:
        heads(made)
    return made


class Button(QPushButton):
    """A button that Enter presses as well as the space bar."""

    def keyPressEvent(self, event: "QKeyEvent") -> None:
        """Press on Enter, once for each time the key goes down."""
        if event.key() in {QtCore.Qt.Key.Key_Return, QtCore.Qt.Key.Key_Enter}:
            if not event.isAutoRepeat():
                self.click()
            return
        super().keyPressEvent(event)


def button(text: str, name: str, kind: str = "") -> QPushButton:
    """Return a button; its accessible name is what it says, without the mark of its access key."""
    made = Button(text)
    made.setObjectName(name)
    made.setProperty("kind", kind)
    made.setAccessibleName(text.replace("&", ""))
    # A dialog's default button would take Enter from the field that has the focus.
    made.setAutoDefault(False)
    return made


def restyle(one: QWidget, kind: str) -> None:
    """Give a part another kind, and the look of it."""
    if one.property("kind") != kind:
        one.setProperty("kind", kind)
        one.style().unpolish(one)
        one.style().polish(one)


def writes(made: QPushButton) -> QPushButton:
    """Mark a button that writes, or begins something to write, and return it; only reading turns it off."""
    made.setProperty(WRITES, True)
    return made


def tick(text: str, name: str) -> QCheckBox:
    """Return a check box named as it reads."""
    made = QCheckBox(text)
    made.setObjectName(name)
    made.setAccessibleName(text.replace("&", ""))
    return made


def field(caption: str, edit: QWidget, name: str, help: str = "", narrow: bool = False) -> QWidget:
    """Return a caption above a field, tied together for the eye, the access key and the screen reader."""
    held = QWidget()
    column = QVBoxLayout(held)
    spaced(column, 0, 0.25)
    above = label(caption, "label")
    # A label passes a buddy by that cannot have the cursor itself, so it is tied to the part that can.
    above.setBuddy(edit.focusProxy() or edit)
    edit.setObjectName(name)
    edit.setAccessibleName(caption.replace("&", ""))
    column.addWidget(above)
    if help:
        column.addWidget(label(help, "muted"))
        edit.setAccessibleDescription(help)
    if narrow:
        column.addLayout(row(edit))
    else:
        column.addWidget(edit)
    return held


def row(*widgets: QWidget, stretch: bool = True, gap: float = 0.5) -> QHBoxLayout:
    """Return widgets side by side, pushed to the start of the line."""
    made = QHBoxLayout()
    spaced(made, 0, gap)
    for widget in widgets:
        made.addWidget(widget)
    if stretch:
        made.addStretch(1)
    return made


def card(gap: float = 0.6, surface: str = "card") -> tuple[QFrame, QVBoxLayout]:
    """Return a quiet raised surface and the column to put things on."""
    made = QFrame()
    made.setProperty("surface", surface)
    column = QVBoxLayout(made)
    spaced(column, (1.1, 0.9, 1.1, 0.9), gap)
    return made, column
