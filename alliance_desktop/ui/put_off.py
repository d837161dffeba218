"""The two small rows under a reason: later, with a day; and not needed, with a few words why."""

import datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from alliance_desktop.domain.answers import long_day, short_day
from alliance_desktop.domain.days import day_from
from alliance_desktop.ui.fields.context import Context
from alliance_desktop.ui.fields.daybox import DayBox
from alliance_desktop.ui.fields.fit import Fit
from alliance_desktop.ui.fields.place import scroll_area_of
from alliance_desktop.ui.notice import line
from alliance_desktop.ui.parts import button, field, label, row, writes
from alliance_desktop.ui.theme import em, spaced

NO_DAY = "Name a day after today, for example 5 March 2026."
NO_WHY = "A few words are enough; without them nothing is kept."
WHY, KNOWN = "Why is it not needed?", "What is the known reason?"


class _Small(QWidget):
    """One small row; Esc closes it and leaves what was typed."""

    left = Signal()

    def showEvent(self, event: QShowEvent) -> None:
        """Bring the whole row into view once it is laid out."""
        super().showEvent(event)
        QTimer.singleShot(0, self, lambda: QTimer.singleShot(0, self, self._bring_into_view))

    def _bring_into_view(self) -> None:
        area = scroll_area_of(self)
        if area is not None and self.isVisible():
            area.ensureWidgetVisible(self, 0, em(1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class LaterRow(_Small):
    """Days to choose from, or any day; `chosen` carries the day on which to show it again."""

    chosen = Signal(object)

    def __init__(self, name: str, who: str, context: Context) -> None:
        super().__init__()
        self._today = context.today()
        self.days = Fit(most=0)
        spaced(self.days, 0, 0.4)
        for key, words, day in _days(self._today):
            one = writes(button(words, f"{name}_{key}"))
            one.setAccessibleName(f"{words}, {long_day(day)}: {who}")
            one.clicked.connect(lambda _=False, day=day: self.chosen.emit(day))
            self.days.addWidget(one)
        self.box = DayBox(context, unsure=False)
        self.box.name(f"{name}_day", f"Or on another day: {who}")
        self.keep = writes(button("Until then", f"{name}_until"))
        self.keep.setAccessibleName(f"Until then: {who}")
        self.wrong = line("", f"{name}_wrong")
        column = QVBoxLayout(self)
        spaced(column, 0, 0.4)
        column.addWidget(label("When shall it be shown again?", "label"))
        column.addLayout(self.days)
        column.addWidget(label("Or on another day", "muted"))
        column.addWidget(self.box)
        column.addWidget(self.wrong)
        column.addLayout(row(self.keep))
        self.keep.clicked.connect(self._take)

    def begin(self) -> None:
        """Put the keyboard on the first day."""
        self.days.widgets()[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _take(self) -> None:
        answer = self.box.answer()
        text = answer.get("on", "") if isinstance(answer, dict) else ""
        day = datetime.date.fromisoformat(text) if text else None
        if day is None or day <= self._today:
            self.wrong.setText(NO_DAY)
            self.wrong.show()
            self.box.box.setFocus()
        else:
            self.chosen.emit(day)


class NotNeededRow(_Small):
    """One line for the reason; Enter keeps it. `kept` carries the words."""

    kept = Signal(str)

    def __init__(self, name: str, who: str) -> None:
        super().__init__()
        self._who = who
        self.edit = QLineEdit()
        self.edit.setAcceptDrops(False)
        self.edit.setMaxLength(300)
        held = field(WHY, self.edit, f"{name}_why", "Kept in the vault. The same is not shown again; something new is.")
        self.asked = held.findChildren(type(label("")))[0]
        self.wrong = line("", f"{name}_why_wrong")
        self.keep = writes(button("Keep", f"{name}_keep"))
        self.keep.setAccessibleName(f"Keep: {who}")
        column = QVBoxLayout(self)
        spaced(column, 0, 0.4)
        column.addWidget(held)
        column.addWidget(self.wrong)
        column.addLayout(row(self.keep))
        self.edit.returnPressed.connect(self._take)
        self.keep.clicked.connect(self._take)

    def begin(self, words: str = WHY) -> None:
        """Ask in some words, with the cursor in the line."""
        self.asked.setText(words)
        self.edit.setAccessibleName(f"{words} {self._who}")
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take(self) -> None:
        typed = self.edit.text().strip()
        self.wrong.setText("" if typed else NO_WHY)
        self.wrong.setVisible(not typed)
        if typed:
            self.kept.emit(typed)
        else:
            self.edit.setFocus()


def _days(today: datetime.date) -> tuple[tuple[str, str, datetime.date], ...]:
    """Return the days to choose from."""
    named = (("tomorrow", "Tomorrow", 1), ("three", "In 3 days", 3), ("week", "Next week", 7))
    found = [(key, words, on) for key, words, days in named if (on := day_from(today, days))]
    return tuple((key, words if key == "tomorrow" else f"{words}, {short_day(on)}", on) for key, words, on in found)
