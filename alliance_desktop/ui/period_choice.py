"""A period to choose: one of those that hours are told for, or from one day to another."""

import datetime
from collections.abc import Callable, Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from alliance_desktop.domain.answers import date_of, dated
from alliance_desktop.domain.periods import Span, days_of
from alliance_desktop.ui.fields.combo import Combo
from alliance_desktop.ui.fields.context import Context
from alliance_desktop.ui.fields.daybox import DayBox
from alliance_desktop.ui.fields.fit import Fit
from alliance_desktop.ui.parts import field, label
from alliance_desktop.ui.theme import spaced

SPANS = {
    Span.RECENT: "The last twelve weeks",
    Span.MONTH: "This month",
    Span.SCHOOL_YEAR: "This school year, September to August",
    Span.YEAR: "This year",
    Span.ALL: "Everything so far",
    Span.OWN: "From one day to another",
}


class PeriodChoice(QWidget):
    """`edited` comes when other days are chosen or typed; `spans` are offered, the first of them to begin with."""

    edited = Signal()

    def __init__(self, name: str, caption: str, spans: Iterable[Span], today: Callable[[], datetime.date]) -> None:
        super().__init__()
        self._today = today
        self.span = Combo((one, SPANS[one]) for one in spans)
        context = Context(today=today, now=lambda: datetime.time())
        self.first, self.last = DayBox(context, unsure=False), DayBox(context, unsure=False)
        self._days = QWidget()
        column = QVBoxLayout(self)
        spaced(column, 0, 0.5)
        column.addWidget(field(caption, self.span, f"{name}_span", narrow=True))
        self.first.name(f"{name}_first", "From")
        self.last.name(f"{name}_last", "To")
        both = Fit(most=0)
        self._days.setLayout(both)
        spaced(both, 0, 0.8)
        for words, box in (("From", self.first), ("To", self.last)):
            both.addWidget(_captioned(words, box))
        column.addWidget(self._days)
        self._days.setVisible(self.span.chosen == Span.OWN)
        self.span.currentIndexChanged.connect(self._chosen)
        for one in (self.first, self.last):
            one.edited.connect(self.edited)

    @property
    def period(self) -> tuple[datetime.date, datetime.date]:
        """The first and the last day that count, whichever box they stand in; of this month, if one cannot be read."""
        usual = days_of(Span(self.span.chosen), self._today())
        if self.span.chosen != Span.OWN:
            return usual
        first, last = (date_of(one.answer()) for one in (self.first, self.last))
        first, last = first or usual[0], last or usual[1]
        return min(first, last), max(first, last)

    def choose(self, span: str, first: datetime.date | None = None, last: datetime.date | None = None) -> None:
        """Choose a period, as it was before a lock."""
        for box, on in ((self.first, first), (self.last, last)):
            if on is not None:
                box.fill(dated(on))
        self.span.choose(span)

    def _chosen(self) -> None:
        own = self.span.chosen == Span.OWN
        self._days.setVisible(own)
        if own and date_of(self.first.answer()) is None and date_of(self.last.answer()) is None:
            for box, on in zip((self.first, self.last), days_of(Span.OWN, self._today()), strict=True):
                box.fill(dated(on))
        self.edited.emit()


def _captioned(words: str, box: DayBox) -> QWidget:
    held = QWidget()
    column = QVBoxLayout(held)
    spaced(column, 0, 0.25)
    above = label(words, "label")
    above.setBuddy(box.box.focusProxy() or box.box)
    column.addWidget(above)
    column.addWidget(box)
    return held
