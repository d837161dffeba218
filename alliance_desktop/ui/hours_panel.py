"""Hours of supervision in a period, by kind, for logs that ask for them."""

import datetime
from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from alliance_desktop.domain.agenda import Hours
from alliance_desktop.domain.answers import long_day
from alliance_desktop.domain.periods import Span, spent
from alliance_desktop.ui.notice import announce
from alliance_desktop.ui.parts import label
from alliance_desktop.ui.period_choice import PeriodChoice
from alliance_desktop.ui.theme import spaced
from alliance_desktop.ui.words import counted

SPANS = (Span.MONTH, Span.SCHOOL_YEAR, Span.YEAR, Span.OWN)
NO_SESSION = "No supervision session is noted in these days."

CountHours = Callable[[datetime.date, datetime.date], Hours]


class HoursPanel(QWidget):
    """A period to choose, and a small table of sessions and hours by kind; `kinds` gives each kind its words."""

    def __init__(self, count: CountHours, kinds: Mapping[str, str], today: Callable[[], datetime.date]) -> None:
        super().__init__()
        self.setObjectName("hours_panel")
        self._count, self._kinds = count, kinds
        self.choice = PeriodChoice("hours", "Count the hours of", SPANS, today)
        self._table = QFrame()
        self._table.setObjectName("hours_table")
        self._grid = QGridLayout(self._table)
        spaced(self._grid, 0, 0.4)
        self._words = label("", "muted", "hours_words")
        self._untold = label("", "muted", "hours_untold")
        self._lay_out()
        self.choice.edited.connect(self.refresh)
        self.choice.span.currentIndexChanged.connect(self._tell)
        self.refresh()

    def refresh(self) -> None:
        """Count anew."""
        start, end = self.choice.period
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

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        spaced(column, 0, 0.5)
        for one in (self.choice, self._words, self._table, self._untold):
            column.addWidget(one)

    def _tell(self) -> None:
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
