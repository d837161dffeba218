"""Before a page with private notes leaves the window: what that can change, for whom it is and why."""

from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from alliance_desktop.domain.disclosing import FOR_MYSELF, MYSELF
from alliance_desktop.ui.fields.fit import Fit
from alliance_desktop.ui.notice import announce, line
from alliance_desktop.ui.page import Page
from alliance_desktop.ui.parts import button, field, label, writes
from alliance_desktop.ui.theme import spaced

TITLE = "This page holds private notes"
TITLE_GIVEN = "To whom this goes is noted"
WARNING = (
    "Showing a private note to somebody can change what the law calls it. This program cannot say what the law says; "
    "your professional body or a lawyer can."
)
KEPT = "A line about it stays in the notes: the day, for whom and why, and never what stood on the page."
PRINT, SAVE, COPY = "print", "save", "copy"
_ACTS = {PRINT: "Print, and note it", SAVE: "Save as PDF, and note it", COPY: "Copy the text, and note it"}
NO_WHOM, NO_WHY = "Say for whom it is: a name or a role.", "Say why: who asked, and on what ground."
MOST = 120


class ShowingSection(Page):
    """Asks for whom and why, before "print", "save" or "copy" is done; `confirmed` carries both, `left` nothing."""

    begins_at_top = True

    confirmed = Signal(str, str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__(TITLE, "showing_section")
        self.act = PRINT
        self._known = ("", "")
        self.whom, self.why = QLineEdit(), QLineEdit()
        self.whom.setMaxLength(MOST)
        for one in (self.whom, self.why):
            one.setAcceptDrops(False)
        self._no_whom, self._no_why = line("", "showing_no_whom"), line("", "showing_no_why")
        self._go = writes(button(_ACTS[PRINT], "showing_go", "primary"))
        self._mine = writes(button("For my own use only", "showing_mine"))
        self._back = button("Back to the preview", "showing_back", "link")
        held, around = QWidget(), Fit(most=0)
        held.setLayout(around)
        spaced(around, 0, 0.5)
        for act in (self._go, self._mine, self._back):
            around.addWidget(act)
        for part in (
            label(WARNING, "label", "showing_warning"),
            label(KEPT, "muted", "showing_kept"),
            field("For whom?", self.whom, "showing_whom"),
            self._no_whom,
            field("Why?", self.why, "showing_why"),
            self._no_why,
            held,
        ):
            self.column.addWidget(part)
        self.column.addStretch(1)
        self._go.clicked.connect(self._confirm)
        self._mine.clicked.connect(lambda: self.confirmed.emit(MYSELF, FOR_MYSELF))
        self._back.clicked.connect(self.left)
        for one in (self.whom, self.why):
            one.textEdited.connect(self._say_nothing)

    def begin(self, act: str, whom: str = "", why: str = "") -> None:
        """Ask before an act; what was typed already stays, and where nothing was, `whom` and `why` stand there."""
        self.act = act
        title = TITLE_GIVEN if why else TITLE
        self.title.setText(title)
        self.setAccessibleName(title)
        for box, before, known in ((self.whom, self._known[0], whom), (self.why, self._known[1], why)):
            if box.text() in {"", before}:
                box.setText(known)
        self._known = (whom, why)
        self._go.setText(_ACTS[act])
        self._go.setAccessibleName(_ACTS[act])
        self._say_nothing()
        self.whom.setFocus()
        announce(self, f"{title}. {WARNING}")

    def forget(self) -> None:
        """Let go of what was typed: it is noted."""
        self.whom.clear()
        self.why.clear()

    def place(self) -> dict[str, Any]:
        """Return what was typed, as plain data."""
        return {"act": self.act, "whom": self.whom.text(), "why": self.why.text()}

    def restore(self, place: dict[str, Any]) -> None:
        """Put back what was typed."""
        self.whom.setText(str(place.get("whom") or ""))
        self.why.setText(str(place.get("why") or ""))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back on Esc; Enter in a line does what the first button does."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._confirm()
        else:
            super().keyPressEvent(event)

    def _confirm(self) -> None:
        whom, why = self.whom.text().strip(), self.why.text().strip()
        for told, said, words in ((self._no_whom, whom, NO_WHOM), (self._no_why, why, NO_WHY)):
            told.setText("" if said else words)
            told.setVisible(not said)
        if whom and why:
            self.confirmed.emit(whom, why)
            return
        missing, words = (self.why, NO_WHY) if whom else (self.whom, NO_WHOM)
        missing.setFocus()
        announce(self, words)
        # The line that says so needs room first.
        QTimer.singleShot(0, self, lambda: self.ensureWidgetVisible(missing))

    def _say_nothing(self) -> None:
        for one in (self._no_whom, self._no_why):
            one.clear()
            one.hide()
