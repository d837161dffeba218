"""Where a strain stands: the status in words, what the cards suggest, the history, and opening again."""

from collections.abc import Sequence

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QDateEdit, QLineEdit, QVBoxLayout, QWidget

from alliance_desktop.domain import rupture
from alliance_desktop.domain.answers import said_day, short_day
from alliance_desktop.domain.clock import local
from alliance_desktop.domain.entry import StatusEvent
from alliance_desktop.services.strains import Strain
from alliance_desktop.ui.fields.combo import Combo
from alliance_desktop.ui.notice import announce
from alliance_desktop.ui.parts import button, card, field, label, writes
from alliance_desktop.ui.theme import spaced


class StatusPanel(QWidget):
    """The status of one strain; `set_asked` carries (status, day, why), `reopen_asked` (day, why)."""

    set_asked = Signal(object, object, str)
    undo_asked = Signal()
    reopen_asked = Signal(object, str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("status_panel")
        self._suggestion: rupture.Suggestion | None = None
        column = QVBoxLayout(self)
        spaced(column, 0, 0.5)
        frame, inside = card(0.4)
        inside.addWidget(label("Where it stands", "muted"))
        self._words = label("", "heading", "status_words")
        inside.addWidget(self._words)
        self._reason = label("", "", "suggestion_reason")
        self._accept = writes(button("Set", "accept_suggestion", "primary"))
        self._undo = writes(button("Undo last change", "undo_status"))
        self._by_hand = writes(button("Change by hand", "status_by_hand"))
        self._by_hand.setCheckable(True)
        for one in (self._reason, self._accept, self._undo, self._by_hand):
            inside.addWidget(one)
        self._hand = self._make_hand()
        inside.addWidget(self._hand)
        column.addWidget(frame)
        past, told = card(0.3, "clear")
        told.addWidget(label("History", "muted"))
        self._history = label("", "", "status_history")
        told.addWidget(self._history)
        column.addWidget(past)
        self._accept.clicked.connect(self._accepted)
        self._undo.clicked.connect(self.undo_asked)
        self._by_hand.toggled.connect(self._hand.setVisible)

    @property
    def words(self) -> str:
        """The status as it is said now."""
        return self._words.text()

    @property
    def why(self) -> str:
        """The reason typed for a change that is not made yet."""
        return self._why.text().strip()

    def put_why(self, why: str) -> None:
        """Put a reason back that was being typed."""
        self._why.setText(why)
        self._by_hand.setChecked(self._by_hand.isChecked() or bool(why))

    def taken(self) -> None:
        """Close the form by hand: its change is kept."""
        self._why.clear()
        self._by_hand.setChecked(False)

    def show_strain(
        self, strain: Strain, suggestion: rupture.Suggestion | None, history: Sequence[StatusEvent], today: QDate
    ) -> None:
        """Show a strain's status and what could come next."""
        self._suggestion = suggestion
        if self._words.text() and self._words.text() != strain.words:
            announce(self, f"Status: {strain.words}")
        self._words.setText(strain.words)
        self._reason.setVisible(suggestion is not None)
        self._accept.setVisible(suggestion is not None)
        if suggestion is not None:
            words = rupture.STATUS_WORDS[suggestion.status]
            self._reason.setText(suggestion.reason)
            self._accept.setText(f"Set to “{words}”")
            self._accept.setAccessibleName(f"Set to “{words}”")
        standing = rupture.standing(history)
        self._undo.setVisible(bool(standing) and bool(standing[-1].was))
        self._history.setText("\n".join(_told(one, history) for one in history))
        self._on.setDate(today)
        self._reopen.setVisible(not strain.open)

    def _make_hand(self) -> QWidget:
        made = QWidget()
        made.setObjectName("status_hand")
        column = QVBoxLayout(made)
        spaced(column, 0, 0.4)
        self._status = Combo()
        for status, words in rupture.STATUS_WORDS.items():
            self._status.addItem(words, status)
        # The side column is narrow; a list as wide as its longest entry would be cut.
        self._status.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._status.setMinimumContentsLength(6)
        self._on = QDateEdit()
        self._on.setCalendarPopup(True)
        self._on.setDisplayFormat("d MMM yyyy")
        self._why = QLineEdit()
        self._set = button("Set status", "set_status")
        self._reopen = button("Open again", "reopen")
        column.addWidget(field("Status", self._status, "status_choice"))
        column.addWidget(field("True since", self._on, "status_on"))
        column.addWidget(field("Why, if you like", self._why, "status_why"))
        column.addWidget(self._set)
        column.addWidget(self._reopen)
        self._set.clicked.connect(self._set_by_hand)
        self._reopen.clicked.connect(self._reopened)
        made.hide()
        return made

    def _accepted(self) -> None:
        if self._suggestion is not None:
            self.set_asked.emit(self._suggestion.status, self._suggestion.on, "")

    def _set_by_hand(self) -> None:
        status = rupture.Status(self._status.currentData())
        self.set_asked.emit(status, self._on.date().toPython(), self.why)

    def _reopened(self) -> None:
        self.reopen_asked.emit(self._on.date().toPython(), self.why)


def _told(event: StatusEvent, history: Sequence[StatusEvent]) -> str:
    words = rupture.STATUS_WORDS[rupture.Status(event.became)]
    when = said_day(event.true_on)
    entered = local(event.entered_at).date()
    late = f", entered {short_day(entered)}" if entered != event.true_on else ""
    if event.undoes is not None:
        return f"{when}: taken back to {words}{late}"
    gone = any(one.undoes == event.id for one in history)
    line = f"{when}: {words}{late}"
    line = f"{line} – {event.why}" if event.why else line
    return f"{line} (taken back later)" if gone else line
