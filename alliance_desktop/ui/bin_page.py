"""The bin: what was put away, the day it goes for good, and putting it back or removing it now."""

from collections.abc import Callable
from typing import Any, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from alliance_desktop.domain.answers import long_day, text_of
from alliance_desktop.domain.changes import Changed, Touched
from alliance_desktop.domain.entry import EntryId
from alliance_desktop.domain.errors import KnownError, SaveWaitingError
from alliance_desktop.services.history import Binned, History
from alliance_desktop.ui.notice import Notice
from alliance_desktop.ui.page import Page
from alliance_desktop.ui.parts import button, card, label, row, writes
from alliance_desktop.ui.row_model import Row
from alliance_desktop.ui.row_view import ShortRows
from alliance_desktop.ui.words import counted, isolated, spoken

ABOUT = "What you put away stays here for {days} days and then goes for good. Until then it can be put back, whole."
DOUBTED = (
    "The day of this computer is in doubt. Nothing goes for good until it fits, or you say on Today that it is right."
)
EMPTY = "The bin is empty. A note goes here with “Put in the bin” on its page, never by itself."
NOT_UNDONE = "It goes with its history. This cannot be undone; backups made before still hold it."


class Away(NamedTuple):
    """What was put away in one act: an entry, or the cards of a strain that went together."""

    entries: tuple[Binned, ...]

    @property
    def ids(self) -> tuple[EntryId, ...]:
        """The entries."""
        return tuple(one.entry.id for one in self.entries)

    @property
    def title(self) -> str:
        """What it is, in words."""
        more = len(self.entries) - 1
        title = self.entries[-1].title
        if not more:
            return title
        name = next((text_of(one.entry.answers.get("name")) for one in self.entries if one.entry.card == "notice"), "")
        cards = counted(more + 1, "card", "cards")
        return f"Strain {isolated(name)} with {cards}" if name else f"{title}, a strain with {cards}"


class BinPage(Page):
    """What is in the bin; `moved` carries the entries put back or removed, `changed` follows and tells of it."""

    moved = Signal(object)
    changed = Signal(object)

    def __init__(self, history: History, days: int, *, doubted: bool = False) -> None:
        super().__init__("Bin", "bin", 40.0)
        self._history = history
        self._asked: Away | None = None
        self.column.addWidget(label(ABOUT.format(days=days), "muted"))
        if doubted:
            self.column.addWidget(label(DOUBTED, "", "bin_doubted"))
        self.notice = Notice("bin_notice", "Undo", closes=True, writes=True)
        self._put_back: tuple[EntryId, ...] = ()
        self.view = ShortRows("bin_rows", "What is in the bin")
        self._empty = label(EMPTY, "", "bin_empty")
        self.back_button = writes(button("&Put back", "bin_put_back", "primary"))
        self.remove_button = writes(button("&Remove now…", "bin_remove"))
        self.column.addWidget(self.notice)
        self.column.addWidget(self.view)
        self.column.addWidget(self._empty)
        self.column.addLayout(row(self.back_button, self.remove_button))
        self._make_question()
        self.column.addStretch(1)
        self.view.chosen.connect(lambda _key: self.back_button.setFocus())
        self.back_button.clicked.connect(self._take_back)
        self.remove_button.clicked.connect(self._ask)
        self.notice.pressed.connect(self._undo)
        self.refresh()

    def begin(self) -> None:
        """Put the keyboard on the list."""
        (self.view if self.view.isVisibleTo(self) else self).setFocus()

    def refresh(self) -> None:
        """Look into the bin anew."""
        found = gathered(self._history.binned())
        self.view.set_rows([_row(one) for one in found])
        self.view.updateGeometry()
        self.view.setVisible(bool(found))
        self._empty.setVisible(not found)
        self.back_button.setVisible(bool(found))
        self.remove_button.setVisible(bool(found))
        if self._asked is not None and self._asked not in found:
            self._leave_question()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the question, and everything as it is."""
        if event.key() == Qt.Key.Key_Escape and self._asked is not None:
            self._leave_question()
            return
        super().keyPressEvent(event)

    def flush(self) -> bool:
        """Return True: nothing is written on this page by itself."""
        return True

    def place(self) -> dict[str, Any]:
        """Return where the counsellor is on this page, as plain data."""
        return {"page": "bin", "row": self.view.currentIndex().row()}

    def restore(self, place: dict[str, Any]) -> None:
        """Choose the same row again."""
        at = place.get("row")
        if isinstance(at, int) and 0 <= at < self.view.rows.rowCount():
            self.view.setCurrentIndex(self.view.rows.index(at))

    def concern(self, changed: Changed) -> None:
        """Look anew where something went into the bin or out of it."""
        if Touched.BIN in changed.kinds:
            self.refresh()

    def _make_question(self) -> None:
        self.question, column = card(0.6)
        self.question.setObjectName("bin_question")
        self._question_title = label("", "heading", "bin_question_title")
        self.yes_button = writes(button("Remove &for good", "bin_yes"))
        self.no_button = button("&Leave it in the bin", "bin_no", "primary")
        column.addWidget(self._question_title)
        column.addWidget(label(NOT_UNDONE))
        column.addLayout(row(self.no_button, self.yes_button))
        self.question.hide()
        self.column.addWidget(self.question)
        self.yes_button.clicked.connect(self._remove)
        self.no_button.clicked.connect(self._leave_question)

    def _current(self) -> Away | None:
        found = self.view.current_key()
        return found if isinstance(found, Away) else None

    def _take_back(self) -> None:
        one = self._current()
        if one is not None and self._did(self._history.put_back, one.ids):
            self._put_back = one.ids
            self.notice.offer(True)
            self.notice.say(f"Put back: {one.title}")
            self.begin()

    def _undo(self) -> None:
        ids, self._put_back = self._put_back, ()
        if ids and self._did(self._history.bin, ids):
            self.notice.clear()
            self.begin()

    def _ask(self) -> None:
        one = self._asked = self._current()
        if one is None:
            return
        self._question_title.setText(f"Remove for good: {one.title}?")
        self.question.show()
        self.no_button.setFocus()
        self.ensureWidgetVisible(self.question)

    def _remove(self) -> None:
        one = self._asked
        if one is not None and self._did(self._history.remove, one.ids):
            self._leave_question()
            self.notice.offer(False)
            self.notice.say("It is removed.")

    def _leave_question(self) -> None:
        self._asked = None
        self.question.hide()
        self.begin()

    def _did(self, act: Callable[..., Changed], ids: tuple[EntryId, ...]) -> bool:
        changed = Changed(kinds=frozenset({Touched.BIN, Touched.ENTRY}))
        try:
            changed = act(*ids)
        except SaveWaitingError as fault:
            # It is done, and only waits for room.
            self.notice.show_error(fault)
        except KnownError as fault:
            self.notice.show_error(fault)
            return False
        self.refresh()
        self.moved.emit(ids)
        self.changed.emit(changed)
        return True


def gathered(binned: list[Binned]) -> list[Away]:
    """Return what is in the bin, with the cards of a strain that were put there together as one."""
    found: dict[object, list[Binned]] = {}
    for one in binned:
        entry = one.entry
        found.setdefault(entry.id if entry.arc is None else (entry.arc, entry.binned_at), []).append(one)
    return [Away(tuple(sorted(group, key=lambda one: -one.entry.id))) for group in found.values()]


def _row(one: Away) -> Row:
    first = one.entries[0]
    whose = isolated(first.who) if first.who else "Yours"
    goes = f"Goes for good on {long_day(first.goes_on)}"
    put = f"put away on {long_day(first.put_on)}"
    return Row(
        key=one,
        title=one.title,
        aside=whose,
        under=(f"{goes} · {put}", goes),
        spoken=spoken(f"{one.title}. {whose}. {goes}, {put}."),
    )
