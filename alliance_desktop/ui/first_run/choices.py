"""The last page: how soon the vault locks itself, and which paper is in the printer."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QRadioButton, QSpinBox, QWidget

from alliance_desktop.ui.fields.radios import Radios
from alliance_desktop.ui.first_run.needs import FirstChoices
from alliance_desktop.ui.first_run.step import Step
from alliance_desktop.ui.parts import field, label, row
from alliance_desktop.ui.theme import em

PAPERS = (("a4", "A4"), ("letter", "US Letter"))
FEWEST_MINUTES, MOST_MINUTES, USUAL_MINUTES = 2, 60, 5


class Choose(Step):
    """Two settings that can be changed later."""

    def __init__(self, paper: str) -> None:
        super().__init__("Two small choices", "choices", onward="B&egin", can_go_back=True)
        self.column.addWidget(label("Both can be changed later under Settings.", "muted"))
        self.minutes = minutes_box()
        self.column.addWidget(
            field(
                "&Lock by itself after",
                self.minutes,
                "lock_minutes",
                "Counted from your last key or mouse movement here.",
                narrow=True,
            )
        )
        self.papers = PaperChoice(paper)
        self.minutes.lineEdit().returnPressed.connect(self.go_on)
        self.papers.entered.connect(self.go_on)
        self.column.addWidget(label("Paper for printing", "label"))
        self.column.addWidget(self.papers)

    def first_field(self) -> QWidget:
        """Return the minutes."""
        return self.minutes

    def choices(self) -> FirstChoices:
        """Return what is chosen."""
        return FirstChoices(self.minutes.value(), self.papers.paper())


class PaperChoice(QWidget):
    """A4 or US Letter, as two buttons with words; `entered` comes with Enter on one of them."""

    entered = Signal()

    def __init__(self, paper: str) -> None:
        super().__init__()
        self.group = Radios(self)
        buttons = []
        for key, words in PAPERS:
            one = QRadioButton(words)
            one.setObjectName(f"paper_{key}")
            one.setAccessibleName(f"Paper: {words}")
            one.setProperty("paper", key)
            one.setChecked(key == paper)
            self.group.addButton(one)
            buttons.append(one)
        if self.group.checkedButton() is None:
            buttons[0].setChecked(True)
        self.setLayout(row(*buttons, gap=1.5))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Say that Enter was pressed."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.entered.emit()
        super().keyPressEvent(event)

    def paper(self) -> str:
        """Return "a4" or "letter"."""
        checked = self.group.checkedButton()
        return str(checked.property("paper")) if checked is not None else PAPERS[0][0]


def minutes_box(minutes: int = USUAL_MINUTES) -> QSpinBox:
    """Return a box for the minutes until the vault locks itself, 2 to 60."""
    box = QSpinBox()
    box.setRange(FEWEST_MINUTES, MOST_MINUTES)
    box.setSuffix(" minutes")
    box.setValue(minutes)
    # WORKAROUND: the style sheet's padding does not reach the line inside a spin box (seen in Qt 6.11).
    box.lineEdit().setTextMargins(em(0.35), 0, 0, 0)
    return box
