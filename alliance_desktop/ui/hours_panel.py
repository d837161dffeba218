"""Hours of supervision in a period, by kind, for logs that ask for them."""

import datetime
from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from alliance_desktop.domain.agenda import Hours
from alliance_desktop.domain.answers import date_of, dated, long_day
from alliance_desktop.domain.periods import Span, days_of, spent
from alliance_desktop.ui.fields.combo import Combo
from alliance_desktop.ui.fields.context import Context
from alliance_desktop.ui.fields.daybox import DayBox
from alliance_desktop.ui.fields.fit import Fit
from alliance_desktop.ui.notice import announce
from alliance_desktop.ui.parts import field, label
from alliance_desktop.ui.theme import spaced
from alliance_desktop.ui.words import counted

SPANS = {
    Span.MONTH: "This month",
    Span.SCHOOL_YEAR: "This school year, September to August",
    Span.YEAR: "This year",
    Span.OWN: "From one day to another",
}
NO_SESSION = "No supervision session is noted in these days."

CountHours = Callable[[datetime.date, datetime.date], Hours]


class HoursPanel(QWidget):
    """A period to choose, and a small table of sessions and hours by kind; `kinds` gives each kind its words."""

    def __init__(self, count: CountHours, kinds: Mapping[str, str], today: Callable[[], datetime.date]) -> None:
        super().__init__()
        self.setObjectName("hours_panel")
        self._count, self._kinds, self._today = count, kinds, today
        self.span = Combo((one, words) for one, words in SPANS.items())
        context = Context(today=today, now=lambda: datetime.time())
        self.first, self.last = DayBox(context, unsure=False), DayBox(context, unsure=False)
        self._days = QWidget()
        self._table = QFrame()
        self._table.setObjectName("hours_table")
        self._grid = QGridLayout(self._table)
        spaced(self._grid, 0, 0.4)
        self._words = label("", "muted", "hours_words")
        self._untold = label("", "muted", "hours_untold")
        self._lay_out()
        self.span.currentIndexChanged.connect(self._chosen)
        for one in (self.first, self.last):
            one.edited.connect(self.refresh)
        self._chosen()

    @property
    def period(self) -> tuple[datetime.date, datetime.date]:
        """The first and the last day that count; a day that cannot be read is the one of this month."""
        usual = days_of(Span(self.span.chosen), self._today())
        if self.span.chosen != Span.OWN:
            return usual
        first, last = (date_of(one.answer()) for one in (self.first, self.last))
        return first or usual[0], last or usual[1]

    def refresh(self) -> None:
        """Count anew."""
        start, end = sorted(self.period)
        told = self._count(start, end)
        while (item := self._grid.takeAt(0)) is not None:
            gone = item.widget()
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        held = {kind: count for kind, count in told.sessions.items() if count}
        lines = [(self._kinds.get(kind, kind), count, told.minutes[kind]) for kind, count in held.items()]
        days = f"{long_day(start)} to {long_day(end)}"
        self._words.setText(f"{days}." if lines else f"{days}. {NO_SESSION}")
        if lines:
            total = ("Together", sum(held.values()), told.total)
            self._fill([("Kind", "Sessions", "Time"), *((a, str(b), spent(c)) for a, b, c in (*lines, total))])
        self._table.setVisible(bool(lines))
        without = counted(told.untold, "session tells", "sessions tell")
        self._untold.setText(f"{without} no minutes and is not in the time." if told.untold == 1 else "")
        if told.untold > 1:
            self._untold.setText(f"{without} no minutes and are not in the time.")
        self._untold.setVisible(bool(told.untold))
        said = "; ".join(
            f"{kind}: {counted(count, 'session', 'sessions')}, {spent(time)}" for kind, count, time in lines
        )
        self._table.setAccessibleName(f"Hours, {days}. {said}. Together {spent(told.total)}." if lines else "")

    def choose(self, span: str, first: datetime.date | None = None, last: datetime.date | None = None) -> None:
        """Choose a period, as it was before a lock."""
        for box, on in ((self.first, first), (self.last, last)):
            if on is not None:
                box.fill(dated(on))
        self.span.choose(span)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        spaced(column, 0, 0.5)
        column.addWidget(field("Count the hours of", self.span, "hours_span", narrow=True))
        self.first.name("hours_first", "From")
        self.last.name("hours_last", "To")
        both = Fit(most=0)
        self._days.setLayout(both)
        spaced(both, 0, 0.8)
        for words, box in (("From", self.first), ("To", self.last)):
            both.addWidget(_captioned(words, box))
        column.addWidget(self._days)
        for one in (self._words, self._table, self._untold):
            column.addWidget(one)

    def _chosen(self) -> None:
        own = self.span.chosen == Span.OWN
        self._days.setVisible(own)
        if own and date_of(self.first.answer()) is None and date_of(self.last.answer()) is None:
            for box, on in zip((self.first, self.last), days_of(Span.OWN, self._today()), strict=True):
                box.fill(dated(on))
        self.refresh()
        if self.isVisible():
            announce(self, self._table.accessibleName() or self._words.text())

    def _fill(self, lines: list[tuple[str, str, str]]) -> None:
        for at, line in enumerate(lines):
            kind = "muted" if not at else "label" if at == len(lines) - 1 else ""
            for across, words in enumerate(line):
                cell: QLabel = label(words, kind, f"hours_{at}_{across}")
                self._grid.addWidget(cell, at, across)
        self._grid.setColumnStretch(0, 2)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(2, 1)


def _captioned(words: str, box: DayBox) -> QWidget:
    held = QWidget()
    column = QVBoxLayout(held)
    spaced(column, 0, 0.25)
    above = label(words, "label")
    above.setBuddy(box.box.focusProxy() or box.box)
    column.addWidget(above)
    column.addWidget(box)
    return held
