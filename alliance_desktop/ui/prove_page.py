"""Prove it: every promise looked at anew, each with what was found; nothing has to be taken on trust."""

import datetime
import platform
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from alliance_desktop import __version__
from alliance_desktop.domain.backup_errors import BackupStoppedError
from alliance_desktop.domain.errors import KnownError
from alliance_desktop.services.proving import Finding, Look, State, fault
from alliance_desktop.ui.clipboard import COPIED_SECONDS
from alliance_desktop.ui.fields.glyphs import Glyph
from alliance_desktop.ui.fields.pasted import kept_out
from alliance_desktop.ui.help_page import Reading
from alliance_desktop.ui.notice import announce
from alliance_desktop.ui.parts import button, card, label, row
from alliance_desktop.ui.progress import Progress
from alliance_desktop.ui.theme import spaced

ABOUT = (
    "You need not take our word for it. Each line below is looked at now, on this computer, with your own vault. "
    "Nothing is changed by it."
)
WAITING, LOOKING, UNLOOKED = "Not looked at yet", "Being looked at…", "Not looked at"
STATES = {State.HOLDS: "Holds", State.FAILS: "Does not hold", State.UNKNOWN: "Cannot be said here"}
PICTURES = {State.HOLDS: "tick", State.FAILS: "warning", State.UNKNOWN: "open"}
COPIED = f"Copied, without a word of your notes. It leaves the clipboard again after {COPIED_SECONDS:.0f} seconds."


class Line(QWidget):
    """One promise: a picture, the promise, how it stands in words, and what was found."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self.finding: Finding | None = None
        self.setObjectName(f"prove_{look.id}")
        frame, inside = card(0)
        self._glyph = Glyph("wait")
        self._state = label(WAITING, "label", f"prove_{look.id}_state")
        self._words = label("", "", f"prove_{look.id}_words")
        self._words.hide()
        across, column = QHBoxLayout(), QVBoxLayout()
        spaced(across, 0, 0.6)
        spaced(column, 0, 0.25)
        column.addWidget(label(look.promise, "heading"))
        column.addWidget(self._state)
        column.addWidget(self._words)
        across.addWidget(self._glyph, 0, Qt.AlignmentFlag.AlignTop)
        across.addLayout(column, 1)
        inside.addLayout(across)
        around = QVBoxLayout(self)
        spaced(around, 0, 0)
        around.addWidget(frame)
        self.say(WAITING, "wait")

    def say(self, state: str, picture: str, words: str = "") -> None:
        """Show how the promise stands."""
        self._state.setText(state)
        self._glyph.show_picture(picture)
        self._words.setText(words)
        self._words.setVisible(bool(words))
        self.setAccessibleName(f"{self.look.promise}: {state}. {words}".strip())

    def show_finding(self, finding: Finding) -> None:
        """Show what was found."""
        self.finding = finding
        self.say(STATES[finding.state], PICTURES[finding.state], finding.words)


class ProvePage(Reading):
    """Looks at each promise in turn as soon as it is shown, in the background, and again when asked."""

    def __init__(self, looks: Sequence[Look], now: Callable[[], datetime.datetime]) -> None:
        super().__init__("Prove it", "prove")
        self._now = now
        self._current: Line | None = None
        self._waiting: list[Line] = []
        self.column.addWidget(label(ABOUT, "muted"))
        self.lines = [Line(one) for one in looks]
        for line in self.lines:
            self.column.addWidget(line)
        self.progress = Progress("prove_progress")
        self.column.addWidget(self.progress)
        self.again_button = button("&Look again", "prove_again")
        self.copy_button = button("Copy &technical details", "prove_copy")
        self._copied = label("", "muted", "prove_copied")
        self._copied.hide()
        self.column.addLayout(row(self.again_button, self.copy_button))
        self.column.addWidget(self._copied)
        self.end()
        self.again_button.clicked.connect(self.look)
        self.copy_button.clicked.connect(self._copy)
        self.progress.done.connect(self._done)
        self.progress.failed.connect(self._failed)

    def begin(self) -> None:
        """Begin to look."""
        super().begin()
        self.look()

    def look(self) -> None:
        """Look at every promise anew; where that is going on, it goes on."""
        if self._current is not None:
            return
        self._waiting = list(self.lines)
        for line in self.lines:
            line.finding = None
            line.say(WAITING, "wait")
        self._next()

    def details(self) -> str:
        """Return the technical details of what was found: no word of the notes, no name of a person or a folder."""
        about = f"Alliance Desktop {__version__}; Python {platform.python_version()}; {platform.platform()}"
        lines = [f"Prove it, {self._now().astimezone(datetime.UTC):%Y-%m-%dT%H:%MZ}", about]
        for line in self.lines:
            found = line.finding
            lines.append(
                f"{line.look.id}: {found.state}; {found.details}" if found else f"{line.look.id}: not looked at"
            )
        return "\n".join(lines)

    def _next(self) -> None:
        line = self._current = self._waiting.pop(0) if self._waiting else None
        self._allow()
        if line is None:
            announce(self, self._summary())
            return
        line.say(LOOKING, "wait")
        try:
            work = line.look.begin()
        except KnownError as error:
            self._show(fault(error))
            return
        self.progress.start(line.look.doing, work)

    def _done(self, answer: Any) -> None:
        # A page that was left, by a lock for instance, asks nothing of the vault any more.
        if self._current is None or not self.isVisible():
            return
        try:
            found = self._current.look.tell(answer)
        except KnownError as error:
            found = fault(error)
        self._show(found)

    def _failed(self, error: KnownError) -> None:
        if self._current is None or not self.isVisible():
            return
        if isinstance(error, BackupStoppedError):
            self._leave_off([self._current, *self._waiting])
            return
        self._show(fault(error))

    def _show(self, found: Finding) -> None:
        if self._current is not None:
            self._current.show_finding(found)
            if self._waiting and self.progress.is_stopped:
                # Cancel came when this look was done already; it is meant for those that wait.
                self._leave_off(self._waiting)
                return
            # Not in this turn: the work that has just ended is still being put away.
            QTimer.singleShot(0, self, self._next)

    def _leave_off(self, unlooked: list[Line]) -> None:
        for line in unlooked:
            line.say(UNLOOKED, "open")
        self._waiting, self._current = [], None
        self._allow()

    def _summary(self) -> str:
        states = [line.finding.state for line in self.lines if line.finding is not None]
        counts = [(STATES[one].lower(), states.count(one)) for one in State if one in states]
        return "Looked at: " + ", ".join(f"{count} {words}" for words, count in counts)

    def _allow(self) -> None:
        busy = self._current is not None
        self.again_button.setEnabled(not busy)
        self.copy_button.setEnabled(not busy)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setMimeData(kept_out(self.details()))
        self._copied.setText(COPIED)
        self._copied.show()
        announce(self, COPIED)
