"""The part of the settings about reminders: the numbers of the plain rules, and the days away."""

from typing import Any

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from alliance_desktop.domain.answers import date_of, dated
from alliance_desktop.domain.numbers import Numbers, Period
from alliance_desktop.services.preferences import MOST_HOLIDAYS, MOST_STEPS, NUMBER_BOUNDS
from alliance_desktop.ui.fields.context import Context
from alliance_desktop.ui.fields.daybox import DayBox
from alliance_desktop.ui.fields.fit import Fit
from alliance_desktop.ui.fields.number import number_box, read_number
from alliance_desktop.ui.fields.textbox import TextBox
from alliance_desktop.ui.notice import announce, line
from alliance_desktop.ui.parts import button, field, label, row
from alliance_desktop.ui.theme import spaced

WORDS = {
    "talk_days": "Days until a strain should be talked about",
    "reflect_days": "Days until a strain should be reflected on",
    "agree_days": "Days after a conversation in which nothing was agreed",
    "review_days": "Days until a repair is looked at again, where no day was chosen",
    "no_answer_days": "Days until the next gentle try after no answer",
    "hurting_days": "Days ahead in which a day that may hurt is shown",
    "draft_days": "Days until a note that is not finished is shown",
    "goals_days": "Days until a goal is looked at again",
    "foundation_sessions": "Sessions until the first agreements are looked at again",
    "cold_by": "How many steps colder a session must feel",
    "second_look_days": "Days until a second look after closing",
    "agenda_days": "Days until something for supervision is shown",
    "bin_days": "Days that something stays in the bin",
}
STEPS = "Days until the next gentle try after “not now”: first, second and later times"


class ReminderSettings(QWidget):
    """`kept` carries the Numbers after each change that can be read."""

    kept = Signal(object)

    def __init__(self, numbers: Numbers, context: Context) -> None:
        super().__init__()
        self._numbers, self._context = numbers, context
        self._column = QVBoxLayout(self)
        spaced(self._column, 0, 0.7)
        self._column.addWidget(label("When “Today” shows somebody. All of these are choices, none is a rule.", "muted"))
        for key, words in WORDS.items():
            self._number(key, words)
        self._steps()
        self.away = DaysAway(numbers.away, context)
        self.away.changed.connect(lambda away: self._keep(away=away))
        self._column.addWidget(self.away)

    def _number(self, key: str, words: str) -> None:
        low, high = NUMBER_BOUNDS[key]

        def read(typed: str) -> dict[str, Any] | None:
            number = read_number(typed, high)
            return {key: number} if number is not None and number >= low else None

        self._box(key, words, str(getattr(self._numbers, key)), read, f"A whole number from {low} to {high}.")

    def _steps(self) -> None:
        low, high = NUMBER_BOUNDS["no_answer_days"]

        def read(typed: str) -> dict[str, Any] | None:
            numbers = [read_number(one, high) for one in typed.replace(";", ",").split(",")]
            found = tuple(one for one in numbers if one is not None and one >= low)
            return {"not_now_days": found} if len(found) == len(numbers) and len(found) <= MOST_STEPS else None

        written = ", ".join(str(one) for one in self._numbers.not_now_days)
        help = f"Up to {MOST_STEPS} whole numbers from {low} to {high} with commas between; the last goes on."
        self._box("not_now_days", STEPS, written, read, help)

    def _box(self, key: str, words: str, written: str, read: Any, help: str) -> None:
        box: TextBox = number_box()
        name = f"settings_{key}"
        wrong = line("", f"{name}_wrong")
        held = field(words, box, name, narrow=True)
        box.setAccessibleDescription(help)
        box.fill(written)

        def taken() -> None:
            found = read(box.text())
            if found is not None:
                wrong.hide()
                self._keep(**found)

        def left() -> None:
            if read(box.text()) is None:
                wrong.setText(f"{help} Until then it stays as it was.")
                wrong.show()
                announce(box, wrong.text())

        box.changed.connect(taken)
        box.left.connect(left)
        self._column.addWidget(held)
        self._column.addWidget(wrong)

    def _keep(self, **values: Any) -> None:
        wanted = msgspec.structs.replace(self._numbers, **values)
        if wanted != self._numbers:
            self._numbers = wanted
            self.kept.emit(wanted)


class DaysAway(QWidget):
    """Holidays from a first to a last day; `changed` carries those that are complete."""

    changed = Signal(object)

    def __init__(self, away: tuple[Period, ...], context: Context) -> None:
        super().__init__()
        self._context, self._made = context, 0
        self._rows: list[tuple[QWidget, DayBox, DayBox]] = []
        self._column = QVBoxLayout(self)
        spaced(self._column, 0, 0.5)
        self._column.addWidget(label("Days away", "label"))
        help = "Holidays, from the first to the last day. They do not count as waiting, nor do sessions missed on them."
        self._column.addWidget(label(help, "muted"))
        self._list = QVBoxLayout()
        spaced(self._list, 0, 0.5)
        self._column.addLayout(self._list)
        self.add = button("A&dd days away", "settings_away_add")
        self._column.addLayout(row(self.add))
        self.add.clicked.connect(lambda: self._add().box.setFocus())
        for period in away:
            self._add(period)

    def _add(self, period: Period | None = None) -> DayBox:
        self._made += 1
        name = f"settings_away_{self._made}"
        held, line_ = QWidget(), Fit(most=0)
        spaced(line_, 0, 0.5)
        boxes = DayBox(self._context, unsure=False), DayBox(self._context, unsure=False)
        for at, (box, words) in enumerate(zip(boxes, ("First day away", "Last day away"), strict=True)):
            box.name(f"{name}_{at}", f"{words}, {self._made}")
            if period is not None:
                box.fill(dated(period[at]))
            with_words = QWidget()
            column = QVBoxLayout(with_words)
            spaced(column, 0, 0.2)
            column.addWidget(label(words, "muted"))
            column.addWidget(box)
            line_.addWidget(with_words)
            box.edited.connect(self._tell)
        remove = button("Remove", f"{name}_remove", "link")
        remove.setAccessibleName(f"Remove these days away, {self._made}")
        line_.addWidget(remove)
        held.setLayout(line_)
        entry = (held, *boxes)
        self._rows.append(entry)
        self._list.addWidget(held)
        remove.clicked.connect(lambda: self._remove(entry))
        self.add.setEnabled(len(self._rows) < MOST_HOLIDAYS)
        return boxes[0]

    def _remove(self, entry: tuple[QWidget, DayBox, DayBox]) -> None:
        self._rows.remove(entry)
        self._list.removeWidget(entry[0])
        entry[0].deleteLater()
        self.add.setEnabled(True)
        self.add.setFocus()
        self._tell()

    def _tell(self) -> None:
        pairs = [(date_of(first.answer()), date_of(last.answer())) for _, first, last in self._rows]
        whole = ((min(one), max(one)) for a, b in pairs if a is not None and b is not None for one in [(a, b)])
        self.changed.emit(tuple(whole))
