"""A group of radio buttons of which Tab stops at the one that is chosen."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QButtonGroup


class Radios(QButtonGroup):
    """Qt moves the stop of the keyboard when a person chooses; this does it also when the program shows a choice.

    Tab would stop at the first button otherwise, where a space typed in passing takes another choice.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.buttonToggled.connect(self._stop_at_choice)

    def _stop_at_choice(self) -> None:
        chosen = self.checkedButton()
        for one in self.buttons():
            stops = chosen is None or one is chosen
            one.setFocusPolicy(Qt.FocusPolicy.StrongFocus if stops else Qt.FocusPolicy.ClickFocus)
