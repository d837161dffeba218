"""What a screen reader is told of a list to choose one from: what it is for, and the line that is chosen."""

import sys

from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QComboBox

from alliance_desktop.ui.voices import lend


def lend_voice(combo: QComboBox) -> None:
    """Let a list be heard as what it is, as long as it lives."""
    lend(combo, ComboVoice(combo))


class ComboVoice(QAccessibleWidget):
    """Names a list by its caption.

    WORKAROUND: on Linux and macOS Qt gives a list no name but the line chosen in it. There is no value beside the name
    on Linux, so that the name says both.
    """

    def __init__(self, combo: QComboBox) -> None:
        # The list itself is not kept: each would keep the other from being let go.
        super().__init__(combo, QAccessible.Role.ComboBox)

    def text(self, t: QAccessible.Text) -> str:
        """Return the name, the line that is chosen, or whatever else is asked for."""
        combo = self.object()
        if not isinstance(combo, QComboBox) or t not in {QAccessible.Text.Name, QAccessible.Text.Value}:
            return super().text(t)
        chosen, caption = combo.currentText(), combo.accessibleName()
        if t == QAccessible.Text.Value:
            return chosen
        return f"{caption}, {chosen}" if sys.platform.startswith("linux") and caption and chosen else caption or chosen

    def state(self) -> QAccessible.State:
        """Return the state of a list that opens."""
        said, combo = super().state(), self.object()
        said.expandable = True
        said.expanded = isinstance(combo, QComboBox) and combo.view().isVisible()
        said.hasPopup = True
        return said

    def childCount(self) -> int:
        """Return that of the lines it opens, which are one thing."""
        return 1

    def child(self, index: int) -> QAccessibleInterface:
        """Return the lines it opens."""
        combo = self.object()
        if index == 0 and isinstance(combo, QComboBox):
            return QAccessible.queryAccessibleInterface(combo.view())
        return super().child(index)

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """Return the place of the lines it opens."""
        combo = self.object()
        return 0 if isinstance(combo, QComboBox) and child.object() is combo.view() else -1

    def relations(
        self, match: QAccessible.RelationFlag = QAccessible.RelationFlag.AllRelations
    ) -> list[tuple[QAccessibleInterface, QAccessible.RelationFlag]]:
        """Return none: the caption is in the name, and would be said twice."""
        return []

    def actionNames(self) -> list[str]:
        """Return what can be done with it."""
        return ["ShowMenu", "Press", *super().actionNames()]

    def doAction(self, name: str) -> None:
        """Open the lines or close them, or what any part of a window can do."""
        combo = self.object()
        if name not in {"ShowMenu", "Press"} or not isinstance(combo, QComboBox):
            super().doAction(name)
        elif combo.view().isVisible():
            combo.hidePopup()
        else:
            combo.showPopup()
