"""Beside a closing: what is still open, whose need it serves, until when things are kept. It never hinders."""

import datetime
from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from alliance_desktop.domain.answers import Answers, date_of, dated, ids_of, long_day
from alliance_desktop.domain.closing import Open, OpenKind, is_reason
from alliance_desktop.domain.entry import ClientId, Entry
from alliance_desktop.domain.errors import KnownError
from alliance_desktop.services.access import OpenVault
from alliance_desktop.services.closing import Closed
from alliance_desktop.ui.companions.beside import Act, Beside, under
from alliance_desktop.ui.companions.companion import Companion
from alliance_desktop.ui.fields.place import scroll_area_of
from alliance_desktop.ui.notice import Notice, announce
from alliance_desktop.ui.parts import button, label, row
from alliance_desktop.ui.strain_first import empty
from alliance_desktop.ui.theme import spaced
from alliance_desktop.ui.words import counted

HEADING, NOTHING = "Before it ends", "Nothing that you noted is still open."
WHOSE = "Whose need this ending serves is asked below, for you alone."
NO_REASON = "Why it ends is not noted yet."
CHANGES = "Closing changes the state of the client and nothing else."
CAN = "You can close all the same, or look first."
NOT_DESTROYED = "Nothing is destroyed by itself."


class ClosingCompanion(Companion):
    """The guard over the card, and under it the button that closes the case or opens it again."""

    def __init__(self, vault: OpenVault, client: ClientId | None) -> None:
        super().__init__()
        self.setObjectName("companion")
        self._vault, self._whose = vault, client
        self._answers: Answers = {}
        self._closed: Closed | None = None
        self._put_day = self._asking = False
        self.guard = _Guard()
        self.guard.opened.connect(self._go)
        self._asks = Beside("closing_asks", surface="card")
        column = QVBoxLayout(self)
        spaced(column, (0, 0, 0, 0.8), 0.6)
        column.addWidget(self.guard)
        column.addWidget(self._asks)
        self._act = Beside("closing_act")
        self._undo = Notice("closing_undo", "Undo", closes=True, writes=True)
        self.below = under(self._act, self._undo)
        self._undo.pressed.connect(self._take_back)

    def follow(self, entry: Entry | None, answers: Answers) -> None:
        """Show what is open now."""
        self._answers = answers
        self._refresh()

    def _refresh(self) -> None:
        if self._whose is None:
            return
        answers = self._answers
        closed = self._vault.closing.is_closed(self._whose)
        self.guard.show_open(self._vault.closing.guard(self._whose))
        need: list[Act] = [("need", "Go to the question", lambda: self.focus_asked.emit("whose_need"))]
        unasked = not ids_of(answers.get("whose_need"))
        self._asks.say([WHOSE if unasked else "", self._kept()], need if unasked else [])
        if closed:
            self._asking = False
            since = date_of(answers.get("closed_on"))
            told = f"Closed as of {long_day(since)}." if since is not None else "Closed."
            self._act.say([told, "Everything written stays."], [("again", "Open again", self._open_again)])
        elif not self._asking:
            words = f"Close the case as of {long_day(self._day())}"
            self._act.say([CHANGES], [("close", words, self._ask_first)])

    def begin(self) -> bool:
        """Take the keyboard to what is still open: it is read before the ending is written."""
        return self.guard.begin()

    def _kept(self) -> str:
        days = [date_of(self._answers.get(key)) for key in ("keep_record_until", "keep_private_until")]
        record, private = ("no day noted yet" if on is None else long_day(on) for on in days)
        return f"The record is kept until: {record}. Your own reflection until: {private}. {NOT_DESTROYED}"

    def _matters(self) -> list[Open]:
        found = self._vault.closing.guard(self._whose) if self._whose is not None else []
        return [one for one in found if one.kind is not OpenKind.TRIES]

    def _day(self) -> datetime.date:
        return date_of(self._answers.get("closed_on")) or self._vault.notebook.today()

    def _ask_first(self) -> None:
        """Ask once, naming what is open and a reason that is missing; close at once where nothing is."""
        matters = self._matters()
        reasons = [id for id in ids_of(self._answers.get("why")) if is_reason(id)]
        missing = [] if reasons else [NO_REASON]
        if not matters and not missing:
            self._close()
            return
        count = counted(len(matters), "open matter", "open matters")
        words = f"Close with {count}" if matters else "Close all the same"
        told = [*missing, *(one.words for one in matters)]
        self._asking = True
        self._act.say([*told, CAN], [("sure", words, self._close), ("not_yet", "Not yet", self._not_yet)])
        self._act.focus_on("not_yet")
        announce(self._act, " ".join(told))

    def _not_yet(self) -> None:
        self._asking = False
        self._refresh()
        self._act.focus_on("close")

    def _close(self) -> None:
        if self._whose is None:
            return
        self._put_day = date_of(self._answers.get("closed_on")) is None
        if self._put_day:
            self.put_asked.emit("closed_on", dated(self._day()))
        try:
            self._closed = self._vault.closing.close(self._whose)
        except KnownError as fault:
            self._undo.show_error(fault)
            return
        self._tell(self._closed.changed)
        self._act.focus_on("again")
        self._undo.say("Closed just now.", "Undo brings back the state it had before.")

    def _take_back(self) -> None:
        closed, self._closed = self._closed, None
        self._undo.clear()
        if closed is None:
            return
        try:
            changed = self._vault.closing.undo(closed)
        except KnownError as fault:
            self._undo.show_error(fault)
            return
        if self._put_day:
            self.put_asked.emit("closed_on", {})
        self._tell(changed)

    def _open_again(self) -> None:
        self._undo.clear()
        if self._whose is None:
            return
        try:
            self._tell(self._vault.closing.open_again(self._whose))
        except KnownError as fault:
            self._undo.show_error(fault)

    def _tell(self, changed: object) -> None:
        self.changed.emit(changed)

    def _go(self, one: Open) -> None:
        if one.entry is not None:
            self.open_asked.emit(one.entry)
        elif one.arc is not None:
            self.arc_asked.emit(one.arc)


class _Guard(QFrame):
    """The matters still open, each with a way to it; `opened` carries an Open."""

    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("closing_guard")
        self.setProperty("surface", "bar")
        self._shown: list[Open] | None = None
        column = QVBoxLayout(self)
        spaced(column, (1.1, 0.8, 1.1, 0.8), 0.5)
        column.addWidget(label(HEADING, "heading"))
        self._lines = QVBoxLayout()
        spaced(self._lines, 0, 0.5)
        column.addLayout(self._lines)

    def show_open(self, found: Sequence[Open]) -> None:
        """Show these matters, or that there are none."""
        if self._shown == list(found):
            return
        self._shown = list(found)
        empty(self._lines)
        if not found:
            self._lines.addWidget(label(NOTHING, "", "closing_guard_nothing"))
        for at, one in enumerate(found, 1):
            self._lines.addWidget(self._line(at, one))

    def begin(self) -> bool:
        """Give the keyboard to the first way that leads on; False where there is none."""
        first = self.findChild(QPushButton, "closing_open_1")
        if first is None:
            return False
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        # The scroll area learns its height only once the event loop has run; the guard is read from its heading.
        QTimer.singleShot(0, self, self._to_the_top)
        return True

    def _to_the_top(self) -> None:
        area = scroll_area_of(self)
        if area is not None:
            area.verticalScrollBar().setValue(0)

    def _line(self, at: int, one: Open) -> QWidget:
        held = QWidget()
        column = QVBoxLayout(held)
        spaced(column, 0, 0.2)
        column.addWidget(label(one.words, "", f"closing_open_{at}_words"))
        if one.entry is not None or one.arc is not None:
            go = button("Open", f"closing_open_{at}", "link")
            go.setAccessibleName(f"Open: {one.words}")
            go.clicked.connect(lambda: self.opened.emit(one))
            column.addLayout(row(go))
        return held
