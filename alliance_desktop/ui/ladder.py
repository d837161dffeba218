"""What can be done when a vault does not open: buttons under the sentence that says why, never a dialog."""

from enum import Enum, auto
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from alliance_desktop.domain.errors import (
    KeysOfAnotherVaultError,
    KnownError,
    NotesMissingError,
    VaultDamagedError,
    VaultInUseError,
)
from alliance_desktop.domain.opening_errors import OlderCopyError, OpenElsewhereError, StaleSideFileError
from alliance_desktop.ui.parts import button, row
from alliance_desktop.ui.theme import spaced


class Step(Enum):
    """One way on, in the order in which they are shown."""

    OPEN_TO_READ = auto()
    OPEN_NORMALLY = auto()
    OPEN_COPY = auto()
    SALVAGE = auto()
    OPEN_BACKUP = auto()
    OPEN_OLDER = auto()


_WORDS = {
    Step.OPEN_TO_READ: "Open to &read",
    Step.OPEN_NORMALLY: "Open &normally",
    Step.OPEN_COPY: "Open a copy &without it",
    Step.SALVAGE: "&Save what can be read",
    Step.OPEN_BACKUP: "Open a &backup",
    Step.OPEN_OLDER: "Open this &older copy",
}

# The first kind that an error is of counts.
_STEPS: tuple[tuple[type[KnownError], tuple[Step, ...]], ...] = (
    (OlderCopyError, (Step.OPEN_BACKUP, Step.OPEN_OLDER)),
    (OpenElsewhereError, (Step.OPEN_TO_READ, Step.OPEN_NORMALLY)),
    (VaultInUseError, (Step.OPEN_TO_READ,)),
    (StaleSideFileError, (Step.OPEN_COPY, Step.OPEN_BACKUP)),
    (NotesMissingError, (Step.OPEN_BACKUP,)),
    (KeysOfAnotherVaultError, (Step.OPEN_BACKUP,)),
    (VaultDamagedError, (Step.SALVAGE, Step.OPEN_BACKUP)),
)


def steps_for(error: KnownError) -> tuple[Step, ...]:
    """Return the ways on from a fault of opening; most have none but to try again."""
    return next((steps for kind, steps in _STEPS if isinstance(error, kind)), ())


class Ladder(QWidget):
    """The buttons for one fault; `chosen` carries a Step. Hidden while there is no way to offer."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("unlock_ladder")
        column = QVBoxLayout(self)
        spaced(column, 0, 0.4)
        self.buttons = {step: button(words, f"unlock_{step.name.lower()}") for step, words in _WORDS.items()}
        for step, one in self.buttons.items():
            one.clicked.connect(partial(self.chosen.emit, step))
            column.addLayout(row(one))
        self.clear()

    def offer(self, error: KnownError) -> None:
        """Offer what fits this fault, and nothing else."""
        steps = steps_for(error)
        for step, one in self.buttons.items():
            one.setVisible(step in steps)
        self.setVisible(bool(steps))

    def begin(self) -> bool:
        """Put the keyboard on the first way on, none of which changes the vault; False where there is none."""
        first = next((one for one in self.buttons.values() if not one.isHidden()), None)
        if self.isHidden() or first is None:
            return False
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def clear(self) -> None:
        """Take the buttons away."""
        self.hide()
        for one in self.buttons.values():
            one.hide()
