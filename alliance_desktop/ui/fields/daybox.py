"""A day, typed as people type days, with a calendar at hand and a word for how sure it is."""

import datetime

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QCalendarWidget,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from alliance_desktop.domain.answers import ABOUT_WORDS, About, Answer, about_of, date_of, long_day, short_day
from alliance_desktop.ui.fields.combo import Combo
from alliance_desktop.ui.fields.context import Context
from alliance_desktop.ui.fields.fit import Fit
from alliance_desktop.ui.fields.reading import odd_day, read_day
from alliance_desktop.ui.fields.textbox import TextBox
from alliance_desktop.ui.notice import announce
from alliance_desktop.ui.parts import button, label, row
from alliance_desktop.ui.theme import em, spaced

DAY_WIDTH = 8.0
_BY_KEYS = frozenset(
    {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason}
)
_FOR_A_WHILE = frozenset({Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason})
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_CALENDAR_PARTS = {
    "qt_calendar_prevmonth": "Month before",
    "qt_calendar_nextmonth": "Month after",
    "qt_calendar_monthbutton": "Month",
    "qt_calendar_yearbutton": "Year",
    "qt_calendar_yearedit": "Year",
    "qt_calendar_calendarview": "Days",
}


class _DayText(TextBox):
    """The box that a day is typed in: whoever comes with the keyboard types over the day that stands there."""

    def focusInEvent(self, e: QFocusEvent) -> None:
        """Choose what stands there, as a field of one line does."""
        super().focusInEvent(e)
        if e.reason() in _BY_KEYS:
            self.selectAll()

    def focusOutEvent(self, e: QFocusEvent) -> None:
        """Let go of what was chosen, unless a menu or another window is in front for a while."""
        super().focusOutEvent(e)
        if e.reason() not in _FOR_A_WHILE:
            cursor = self.textCursor()
            cursor.clearSelection()
            self.setTextCursor(cursor)


class DayBox(QWidget):
    """A box for a day; `answer` is the stored date answer, with `text` beside it while the words are not a day.

    `edited` comes with each change; `unsure` says whether "about", "week of" and "month of" are offered.
    With `happened`, a day that is still to come, or before the client was born, is said to be one beneath.
    With `brief`, how the day is read finds room in one line as wide as the box.
    """

    edited = Signal()

    def __init__(self, context: Context, unsure: bool = True, happened: bool = False, brief: bool = False) -> None:
        super().__init__()
        self._context, self._happened, self._brief = context, happened, brief
        self.box = _DayText(1, 2, breaks=False)
        self.box.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.box.setMaximumWidth(em(DAY_WIDTH))
        self.about = Combo(((one, words) for one, words in ABOUT_WORDS.items()), 6)
        if not unsure:
            self.about.hide()
        self.opener = button("Calendar", "calendar")
        self.reading = label("", "muted")
        self.wonder = label("", "muted")
        self.calendar: QCalendarWidget | None = None
        self._column = column = QVBoxLayout(self)
        spaced(column, 0, 0.25)
        line = Fit(most=0, in_a_row=True)
        spaced(line, 0, 0.4)
        for one in (self.about, self.box, self.opener):
            line.addWidget(one)
        column.addLayout(line)
        for beneath in (self.reading, self.wonder):
            column.addWidget(beneath)
            beneath.hide()
        self.box.changed.connect(self._read_along)
        self.box.left.connect(self._leave)
        self.about.currentIndexChanged.connect(self._turn_about)
        self.opener.clicked.connect(self._toggle_calendar)

    def name(self, key: str, name: str, description: str = "") -> None:
        """Give all parts their stable and spoken names."""
        self._key, self._name = key, name
        for widget, object_name, spoken in (
            (self.box, key, name),
            (self.about, f"{key}_about", f"{name}: how sure"),
            (self.opener, f"{key}_calendar", f"Calendar: {name}"),
        ):
            widget.setObjectName(object_name)
            widget.setAccessibleName(spoken)
        self.box.setAccessibleDescription(" ".join(part for part in (description, "For example 5 March 2026.") if part))
        self.reading.setObjectName(f"{key}_reading")
        self.wonder.setObjectName(f"{key}_wonder")

    def answer(self) -> Answer:
        """Return the day; words that are no day are kept beside it as `text`, and nothing typed is lost."""
        typed = self.box.text()
        read = read_day(typed, self._context.today(), self._context.day_first)
        about = str(self.about.chosen)
        if read is not None:
            return {"on": read.on.isoformat(), "about": about or str(read.about or "")}
        return {"on": "", "about": about, "text": typed} if typed.strip() else {"on": "", "about": ""}

    def fill(self, answer: Answer) -> None:
        """Show a stored answer."""
        on = date_of(answer)
        if on is None and isinstance(answer, dict):
            self.box.fill(str(answer.get("text", "")))
        else:
            self.box.fill(long_day(on) if on else "")
        about = about_of(answer)
        if about is not About.EXACT:
            self.about.show()
        self.about.choose(about)
        self._judge()
        self._ask_back()

    def stops(self) -> list[QWidget]:
        """Return the parts that can have the keyboard, in reading order."""
        return [self.about, self.box, self.opener]

    def set_read_only(self, on: bool) -> None:
        """Let the day only be read and copied."""
        self.box.set_read_only(on)
        self.about.setEnabled(not on)
        self.opener.setVisible(not on)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close the open calendar on Esc."""
        if event.key() == Qt.Key.Key_Escape and self.calendar is not None and self.calendar.isVisible():
            self._toggle_calendar()
        else:
            super().keyPressEvent(event)

    def _read_along(self) -> None:
        self._judge(leaving=False)
        if not self.wonder.isHidden():
            self._ask_back()
        self.edited.emit()

    def _turn_about(self) -> None:
        self._ask_back()
        self.edited.emit()

    def _leave(self) -> None:
        self._judge()
        before = self.wonder.text()
        self._ask_back()
        if self.wonder.text() and self.wonder.text() != before:
            announce(self, f"{self._name}: {self.wonder.text()}")

    def _ask_back(self) -> None:
        """Say of a day that can hardly be meant why it is odd; it is taken all the same."""
        words = odd_day(self.answer(), self._context.today(), self._context.born) if self._happened else ""
        self.wonder.setText(words)
        self.wonder.setVisible(bool(words))

    def _judge(self, leaving: bool = True) -> None:
        """Say how the words are read, once left also that they are not; never touch the words themselves."""
        typed = self.box.text().strip()
        read = read_day(typed, self._context.today(), self._context.day_first)
        words, kind = "", "muted"
        if read is not None and typed != long_day(read.on):
            words = self._read_back(read.on)
        elif read is None and typed and leaving:
            words, kind = f"“{typed}” is not a day this program can read. It is kept; try 5 March 2026.", "warning"
        self.reading.setText(words)
        self.reading.setVisible(bool(words))
        if self.reading.property("kind") != kind:
            self.reading.setProperty("kind", kind)
            self.reading.style().unpolish(self.reading)
            self.reading.style().polish(self.reading)

    def _read_back(self, on: datetime.date) -> str:
        weekday = _WEEKDAYS[on.weekday()]
        return f"{weekday[:3]} {short_day(on)}" if self._brief else f"{weekday} {long_day(on)}"

    def _toggle_calendar(self) -> None:
        calendar = self._made_calendar()
        opening = calendar.isHidden()
        calendar.setVisible(opening)
        self.opener.setText("Close calendar" if opening else "Calendar")
        self.opener.setAccessibleName(f"{self.opener.text()}: {self._name}")
        if opening:
            on = date_of(self.answer()) or self._context.today()
            calendar.setSelectedDate(QDate(on.year, on.month, on.day))
            calendar.setFocus()
        else:
            self.box.setFocus()

    def _made_calendar(self) -> QCalendarWidget:
        if self.calendar is None:
            self.calendar = _calendar(self._key, self._name)
            self.calendar.activated.connect(self._take)
            self.calendar.clicked.connect(self._take)
            # An empty line kept for it would hold the whole day to its least width.
            self._column.insertLayout(1, row(self.calendar))
            self.calendar.hide()
        return self.calendar

    def _take(self, day: QDate) -> None:
        if self.calendar is not None and self.calendar.isVisible():
            self.box.replace(long_day(datetime.date(day.year(), day.month(), day.day())))
            self._leave()
            self._toggle_calendar()


def _calendar(key: str, name: str) -> QCalendarWidget:
    made = QCalendarWidget()
    made.setObjectName(f"{key}_days")
    made.setAccessibleName(f"Calendar: {name}")
    made.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
    made.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
    made.setGridVisible(False)
    made.setDateRange(QDate(datetime.MINYEAR, 1, 1), QDate(datetime.MAXYEAR, 12, 31))
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
    made.setMinimumSize(em(15), em(12))
    for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
        # Qt draws the weekend red, which here would look like a warning.
        made.setWeekdayTextFormat(day, made.weekdayTextFormat(Qt.DayOfWeek.Monday))
    for kind in (QToolButton, QPushButton, QSpinBox, QTableView):
        for part in made.findChildren(kind):
            # Qt gives the calendar's own buttons no names at all.
            part.setAccessibleName(f"{_CALENDAR_PARTS.get(part.objectName(), 'Calendar')}: {name}")
    return made
