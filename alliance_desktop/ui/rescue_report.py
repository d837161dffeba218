"""What a salvage saved, to be read on screen and copied; it is never written to a file outside the vault."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from alliance_desktop.ui.fields.pasted import kept_out
from alliance_desktop.ui.notice import announce
from alliance_desktop.ui.parts import button, card, label, row
from alliance_desktop.ui.theme import spaced

NAMES_PEOPLE = "This list may name people. It is kept in the new vault as well."
COPIED = "The report is on the clipboard for a moment."


class RescueReport(QWidget):
    """Hidden until there is something to report; each line is a sentence or one note. `names` says whom it may name."""

    def __init__(self, names: str = NAMES_PEOPLE) -> None:
        super().__init__()
        self.setObjectName("rescue_report_held")
        frame, inside = card(0.5)
        self.words = label("", "", "rescue_report")
        self.words.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.copy_button = button("Cop&y the report", "rescue_report_copy")
        self.said = label("", "muted", "rescue_report_said")
        inside.addWidget(label("What was saved", "heading", "rescue_report_title"))
        inside.addWidget(self.words)
        inside.addWidget(label(names, "muted", "rescue_report_names"))
        inside.addLayout(row(self.copy_button, self.said, gap=0.8))
        column = QVBoxLayout(self)
        spaced(column, 0, 0)
        column.addWidget(frame)
        self.copy_button.clicked.connect(self._copy)
        self.hide()

    def show_words(self, words: Sequence[str]) -> None:
        """Show a report and let a screen reader say what was saved."""
        self.words.setText("\n".join(words))
        self.words.setAccessibleName(" ".join(words))
        self.said.clear()
        self.show()
        announce(self, " ".join(words[:2]))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setMimeData(kept_out(self.words.text()))
        self.said.setText(COPIED)
        announce(self, COPIED)
