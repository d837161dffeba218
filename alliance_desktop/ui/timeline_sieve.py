"""What a timeline is narrowed by: words, kind, days, strains alone, or what the client has seen."""

import datetime
from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from alliance_desktop.domain.answers import date_of, dated
from alliance_desktop.domain.days import in_order
from alliance_desktop.domain.timeline import Sift
from alliance_desktop.ui.fields.combo import Combo
from alliance_desktop.ui.fields.context import Context
from alliance_desktop.ui.fields.daybox import DayBox
from alliance_desktop.ui.fields.fit import Fit
from alliance_desktop.ui.parts import field, label, tick
from alliance_desktop.ui.theme import em, spaced

EVERY_KIND = "Every kind"
_PAUSE = 200
"""So many milliseconds after the last letter the words are looked for."""
_ENTERS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class TimelineSieve(QWidget):
    """`sifted` comes with another choice, `typed` once the typing of words pauses, `entered` with Enter among them.

    The words are kept in no vault: they are known until the next lock at most.
    """

    sifted = Signal(object)
    typed = Signal(str)
    entered = Signal()

    def __init__(self, context: Context, kinds: Iterable[tuple[str, str]]) -> None:
        super().__init__()
        self.setObjectName("timeline_sieve")
        self.words = QLineEdit()
        self.words.setAcceptDrops(False)
        self.words.setClearButtonEnabled(False)
        self.words.installEventFilter(self)
        self.kind = Combo([("", EVERY_KIND), *kinds])
        self.first, self.last = (DayBox(context, unsure=False, brief=True) for _ in range(2))
        self.strains = tick("Only strains", "timeline_strains")
        self.seen = tick("Only what the client has seen", "timeline_seen")
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self._tell_words)
        # A day that is being typed is another day at each figure.
        self._days = QTimer(self, singleShot=True, interval=_PAUSE * 2)
        self._days.timeout.connect(self._tell)
        across = Fit(most=0)
        spaced(across, 0, 0.7)
        self.words.setMinimumWidth(em(10))
        across.addWidget(field("Words in it", self.words, "timeline_words"))
        across.addWidget(field("Kind", self.kind, "timeline_kind"))
        days, beside = QWidget(), Fit(most=0, in_a_row=True, level=True)
        spaced(beside, 0, 0.7)
        days.setLayout(beside)
        for box, name, caption in ((self.first, "timeline_from", "From"), (self.last, "timeline_to", "To")):
            beside.addWidget(_captioned(caption, box, name))
        across.addWidget(days)
        column = QVBoxLayout(self)
        spaced(column, 0, 0.3)
        column.addLayout(across)
        ticks = Fit(most=0)
        spaced(ticks, 0, 0.7)
        ticks.addWidget(self.strains)
        ticks.addWidget(self.seen)
        column.addLayout(ticks)
        self.words.textChanged.connect(lambda _text: self._pause.start())
        self.kind.currentIndexChanged.connect(self._tell)
        for day in (self.first, self.last):
            day.edited.connect(self._days.start)
        for one in (self.strains, self.seen):
            one.toggled.connect(self._tell)
        self._filling = False

    @property
    def sift(self) -> Sift:
        """What is chosen, beside the words."""
        first, last = in_order(date_of(self.first.answer()), date_of(self.last.answer()))
        return Sift(
            kind=self.kind.chosen,
            first=first,
            last=last,
            strains=self.strains.isChecked(),
            seen=self.seen.isChecked(),
        )

    def fill(self, sift: Sift, words: str = "") -> None:
        """Show a choice, and tell nobody."""
        self._filling = True
        self.kind.choose(sift.kind)
        for box, day in ((self.first, sift.first), (self.last, sift.last)):
            box.fill(_answer(day))
        self.strains.setChecked(sift.strains)
        self.seen.setChecked(sift.seen)
        self.words.setText(words)
        self.stop()
        self._filling = False

    def show_kinds(self, kinds: Iterable[tuple[str, str]], chosen: str) -> None:
        """Offer other kinds, and choose one of them."""
        self._filling = True
        self.kind.clear()
        for id, words in [("", EVERY_KIND), *kinds]:
            self.kind.addItem(words, id)
        self.kind.choose(chosen)
        self._filling = False

    def stop(self) -> None:
        """Wait for no words and no days any more."""
        self._pause.stop()
        self._days.stop()

    def go_on(self) -> None:
        """Tell what was typed before it had to wait."""
        self._tell()
        self._tell_words()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Enter and the arrow down lead to the list, and Esc take the words away."""
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if not pressed or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if event.key() in _ENTERS or event.key() == Qt.Key.Key_Down:
            self._tell_words()
            self.entered.emit()
            return True
        if event.key() == Qt.Key.Key_Escape and self.words.text():
            self.words.clear()
            self._tell_words()
            return True
        return super().eventFilter(watched, event)

    def _tell(self) -> None:
        if not self._filling:
            self.sifted.emit(self.sift)

    def _tell_words(self) -> None:
        self._pause.stop()
        self.typed.emit(self.words.text())


def _captioned(caption: str, box: DayBox, name: str) -> QWidget:
    held = QWidget()
    column = QVBoxLayout(held)
    spaced(column, 0, 0.25)
    above = label(caption, "label")
    above.setBuddy(box.box)
    # A calendar for each of the two would take the room of the lines they narrow.
    box.opener.hide()
    column.addWidget(above)
    column.addWidget(box)
    box.name(name, f"{caption} which day")
    return held


def _answer(day: datetime.date | None) -> object:
    return dated(day) if day is not None else None
