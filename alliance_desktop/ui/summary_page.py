"""The summary for supervision without identifiers: choosing what is on it, reading both sides, then printing."""

from collections.abc import Callable, Iterable
from typing import Any

import msgspec
from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from alliance_desktop.documents.supervision_summary import OWN
from alliance_desktop.domain.audience import SUMMARY_PARTS, Part
from alliance_desktop.domain.changes import Changed
from alliance_desktop.domain.entry import ClientId
from alliance_desktop.domain.errors import KnownError
from alliance_desktop.domain.unnamed.by_hand import Checked, Hand
from alliance_desktop.services.access import OpenVault
from alliance_desktop.services.summaries import Summaries
from alliance_desktop.services.supervision import key_of
from alliance_desktop.ui.both_sides import BothSides
from alliance_desktop.ui.fields.fit import Fit
from alliance_desktop.ui.left_panel import LeftPanel
from alliance_desktop.ui.notice import Notice, announce
from alliance_desktop.ui.page import Page
from alliance_desktop.ui.parts import button, label, tick
from alliance_desktop.ui.theme import spaced
from alliance_desktop.ui.words import counted, isolated, spoken

TITLE = "Summary without identifiers"
WIDTH = 60.0
ABOUT = (
    "Names, places, numbers and days that the program knows become roles and weeks. Names we do not know about stay "
    "in: read both sides before it leaves your hands."
)
NOTHING = (
    "Nothing waits for supervision. What you tick “take to supervision” in a strain comes here, and so do open strains."
)
ALWAYS = (
    "What was agreed, goals, reviews and how it stands are on it. Other people stand there by their role, "
    "safeguarding never. Later additions to a note stay behind. The rest only if you tick it, each time anew."
)
CHOOSE_FIRST = "Tick at least one thing to bring."
EMPTY = "There is nothing on it yet. Choose again, and tick more."
CHANGED = "It says something else than when you read it: please read both sides again."
NEWER = "Some notes were written with a newer version of the program and are left out."
PARTS = {
    Part.THEIR_VIEW: "How they see it, in their words",
    Part.NOTICED: "What I noticed (private)",
    Part.REFLECTED: "My reflection (private)",
    Part.PREPARED: "How I prepared to talk (private)",
    Part.SPOKEN: "What I said and tried (private)",
    Part.AFTERWARDS: "How it is for me since (private)",
    Part.LEARNED: "What I learned (private)",
    Part.SESSIONS: "The session note it happened in, or else the last one",
    Part.GETTING_READY: "My newest sheet to get ready with (private)",
}


class SummaryPage(Page):
    """Chooses, then shows both sides; `print_asked` carries what was Checked. Words go when it cannot be seen."""

    print_asked = Signal(object)

    def __init__(self, vault: OpenVault, begin_with: Checked | None = None) -> None:
        super().__init__(TITLE, "summary_page", WIDTH)
        self._vault, self._summaries = vault, Summaries(vault)
        self._asked = begin_with or Checked()
        self._is_checking, self._is_wiped = False, True
        self._typed, self._digest = ("", ""), ""
        self.notice = Notice("summary_notice")
        self.sides, self.left = BothSides(), LeftPanel()
        self._items: dict[str, QCheckBox] = {}
        self._parts = {one: tick(words, f"summary_part_{one}") for one, words in PARTS.items()}
        self._lines = QVBoxLayout()
        self._none = label(NOTHING, "muted", "summary_nothing")
        self._show = button("Show both sides", "summary_show", "primary")
        self._print = button("Print or save…", "summary_print", "primary")
        self._again = button("Choose again", "summary_again")
        self._choosing, self._checking = QWidget(), QWidget()
        self._lay_out()
        self._show.clicked.connect(self._check)
        self._again.clicked.connect(self._choose_again)
        self._print.clicked.connect(self.print)
        self.left.decided.connect(self._decide)
        self.left.undone.connect(lambda words: self._with_hands(one for one in self._asked.hands if one.words != words))
        self.left.looked_at.connect(lambda one: self.sides.show_place(one.passage, one.at, one.words))
        # The marks have the colours of the look they were made in.
        self._coloured = QTimer(self, singleShot=True, interval=0)
        self._coloured.timeout.connect(lambda: None if self._is_wiped else self._guarded(self._fill))
        self._list_items()
        self._show_stage()

    def begin(self) -> None:
        """Put the keyboard where the page goes on."""
        first = self.sides.original if self._is_checking else next(iter(self._items.values()), None)
        (first or self._show).setFocus()

    def check(self) -> None:
        """Show both sides of what was chosen already."""
        self._is_checking = True
        self._show_stage()
        self._guarded(self._fill)

    def print(self) -> None:
        """Go on to the paper where both sides stand there, to both sides where they do not."""
        if not self._is_checking:
            self._check()
        elif self._print.isEnabled():
            self.print_asked.emit(msgspec.structs.replace(self._asked, read=self._digest))

    def flush(self) -> bool:
        """Return True: nothing is written on this page."""
        return True

    def place(self) -> dict[str, Any]:
        """Return where the counsellor is on this page, as plain data; it is kept inside the vault only."""
        word, instead = self._typed if self._is_wiped else self.left.typed()
        return {
            "page": "summary",
            "checked": msgspec.to_builtins(self._chosen()),
            "checking": self._is_checking,
            "word": word,
            "instead": instead,
            "scroll": self.verticalScrollBar().value(),
        }

    def restore(self, place: dict[str, Any]) -> None:
        """Choose what was chosen, show both sides where they were shown, with the words that were typed."""
        if place.get("page") != "summary":
            return
        try:
            self._asked = msgspec.convert(place.get("checked") or {}, Checked)
        except msgspec.ValidationError:
            return
        self._list_items()
        if place.get("checking") is True and self._asked.items:
            self.check()
            self._typed = (str(place.get("word") or ""), str(place.get("instead") or ""))
            self.left.type(*self._typed)
        self.begin()

    def concern(self, changed: Changed) -> None:
        """Read anew, once it is seen: what is known by name may be more now."""
        self._wipe()
        if self.isVisible():
            self._read_again()

    def showEvent(self, event: QShowEvent) -> None:
        """Show again what was wiped while it could not be seen."""
        super().showEvent(event)
        self._read_again()

    def hideEvent(self, event: QHideEvent) -> None:
        """Let go of all words: behind another page, and when the work is hidden or locked."""
        super().hideEvent(event)
        self._wipe()

    def changeEvent(self, event: QEvent) -> None:
        """Mark anew what was replaced where the look changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_coloured"):
            self._coloured.start()
        if event.type() == QEvent.Type.FontChange and hasattr(self, "sides"):
            self.sides.take_room(self.viewport().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give both sides the height of the window."""
        super().resizeEvent(event)
        self.sides.take_room(self.viewport().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back to choosing on Esc."""
        if event.key() == Qt.Key.Key_Escape and self._is_checking:
            self._choose_again()
            return
        super().keyPressEvent(event)

    def _lay_out(self) -> None:
        spaced(self._lines, 0, 0.3)
        choosing = QVBoxLayout(self._choosing)
        spaced(choosing, 0, 0.6)
        choosing.addWidget(label("What do you bring?", "heading", "summary_items_heading"))
        choosing.addWidget(self._none)
        choosing.addLayout(self._lines)
        choosing.addWidget(label("What goes with it?", "heading", "summary_parts_heading"))
        choosing.addWidget(label(ALWAYS, "muted", "summary_always"))
        parts = QVBoxLayout()
        spaced(parts, 0, 0.3)
        for box in self._parts.values():
            parts.addWidget(box)
        choosing.addLayout(parts)
        choosing.addWidget(_flowing(self._show))
        checking = QVBoxLayout(self._checking)
        spaced(checking, 0, 0.8)
        for one in (self.sides, self.left, _flowing(self._print, self._again)):
            checking.addWidget(one)
        for part in (label(ABOUT, "muted", "summary_about"), self.notice, self._choosing, self._checking):
            self.column.addWidget(part)
        self.column.addStretch(1)

    def _list_items(self) -> None:
        while (line := self._lines.takeAt(0)) is not None:
            gone = line.widget()
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        self._items = {}
        desk = self._vault.supervision
        for number, item in enumerate(desk.agenda(), 1):
            words = f"{isolated(desk.whose(item))}: {item.words}"
            box = tick(words, f"summary_item_{number}")
            box.setAccessibleName(spoken(words))
            box.setChecked(key_of(item) in self._asked.items)
            self._items[key_of(item)] = box
            self._lines.addWidget(box)
        for part, box in self._parts.items():
            box.setChecked(part in self._asked.parts)
        self._none.setVisible(not self._items)
        self._show.setEnabled(bool(self._items))

    def _chosen(self) -> Checked:
        if self._is_checking:
            return self._asked
        items = tuple(key for key, box in self._items.items() if box.isChecked())
        parts = frozenset(one for one in SUMMARY_PARTS if self._parts[one].isChecked())
        return Checked(items=items, parts=parts, hands=self._asked.hands)

    def _check(self) -> None:
        self.notice.clear()
        self._asked = self._chosen()
        if not self._items:
            return
        if not self._asked.items:
            self.notice.say(CHOOSE_FIRST)
            self.begin()
            return
        self.check()
        self.begin()

    def _choose_again(self) -> None:
        self._is_checking = False
        self._wipe()
        self._list_items()
        self._show_stage()
        self.begin()

    def _show_stage(self) -> None:
        self._choosing.setVisible(not self._is_checking)
        self._checking.setVisible(self._is_checking)
        self.verticalScrollBar().setValue(0)

    def _fill(self) -> None:
        check = self._summaries.check(self._asked)
        whose: dict[ClientId | None, tuple[str, str]] = {None: (OWN, OWN)}
        whose |= {id: (isolated(check.called[id]), letter) for id, (letter, _) in check.clients.items()}
        self.sides.show_texts(check.blocks, check.pieces, whose)
        self.left.show_left(check.left, uncased=check.uncased)
        self.left.show_replaced(check.pieces, self._asked.hands)
        self._is_wiped, self._digest = False, check.digest
        self._print.setEnabled(bool(check.blocks))
        if not check.blocks:
            self.notice.say(EMPTY)
        elif self._asked.read not in {"", check.digest}:
            self.notice.say(CHANGED)
        elif check.newer:
            self.notice.say(NEWER)
        else:
            self.notice.clear()
        announce(self, f"Both sides. {counted(len(check.left), 'thing', 'things')} left to look at.")

    def _decide(self, hand: Hand) -> None:
        others = (one for one in self._asked.hands if one.words != hand.words)
        self._with_hands([*others, hand])

    def _with_hands(self, hands: Iterable[Hand]) -> None:
        self._asked = msgspec.structs.replace(self._asked, hands=tuple(hands), read="")
        self._guarded(self._fill)

    def _wipe(self) -> None:
        if not self._is_wiped:
            self._typed = self.left.typed()
            self.sides.clear()
            self.left.clear()
            self._is_wiped = True
            self._summaries = Summaries(self._vault)

    def _read_again(self) -> None:
        if self._is_checking and self._is_wiped:
            self._guarded(self._fill)
            self.left.type(*self._typed)

    def _guarded(self, act: Callable[[], object]) -> None:
        try:
            act()
        except KnownError as fault:
            self.notice.show_error(fault)


def _flowing(*widgets: QWidget) -> QWidget:
    held, around = QWidget(), Fit(most=0)
    held.setLayout(around)
    spaced(around, 0, 0.5)
    for one in widgets:
        around.addWidget(one)
    return held
