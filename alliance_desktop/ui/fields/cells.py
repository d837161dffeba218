"""The cells of a small table: one widget for each kind of column, all asked the same way."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtWidgets import QVBoxLayout, QWidget

from alliance_desktop.domain.answers import Answer, chosen, date_of, ids_of, text_of
from alliance_desktop.domain.form import Column
from alliance_desktop.ui.fields.combo import Combo
from alliance_desktop.ui.fields.context import Context
from alliance_desktop.ui.fields.daybox import DayBox
from alliance_desktop.ui.fields.number import (
    MOST_IN_A_CELL,
    number_answer,
    number_box,
    number_trouble,
    number_words,
)
from alliance_desktop.ui.fields.options import OptionTick
from alliance_desktop.ui.fields.textbox import TextBox
from alliance_desktop.ui.notice import announce
from alliance_desktop.ui.parts import label
from alliance_desktop.ui.theme import spaced


class Cell(Protocol):
    """One cell: its answer, or None where it says nothing."""

    held: QWidget

    def answer(self) -> Answer:
        """Return the answer of the column's kind, or None."""

    def fill(self, answer: Answer) -> None:
        """Show an answer."""

    def name(self, key: str, name: str, description: str) -> None:
        """Give the widgets their stable and spoken names."""

    def stops(self) -> list[QWidget]:
        """Return the widgets that can have the keyboard."""

    def set_read_only(self, on: bool) -> None:
        """Let the cell only be read."""


class LineCell:
    """A cell for a few words."""

    def __init__(self, column: Column, context: Context, edited: Callable[[], None]) -> None:
        self.box = self._make_box()
        self.box.snippets = context.snippets
        self.held = _captioned(column.label, self.box)
        self.box.changed.connect(edited)

    def answer(self) -> Answer:
        """Return the words, or None."""
        return self.box.text() if self.box.text().strip() else None

    def fill(self, answer: Answer) -> None:
        """Show the words."""
        self.box.fill(text_of(answer))

    def name(self, key: str, name: str, description: str) -> None:
        """Name the box."""
        _name(self.box, key, name, description)

    def stops(self) -> list[QWidget]:
        """Return the box."""
        return [self.box]

    def set_read_only(self, on: bool) -> None:
        """Let the words only be read and copied."""
        self.box.set_read_only(on)

    def _make_box(self) -> TextBox:
        return TextBox(1, 6, breaks=False)


class ProseCell(LineCell):
    """A cell for as much as is wanted, which grows with it."""

    def _make_box(self) -> TextBox:
        return TextBox(2, 10)


class NumberCell(LineCell):
    """A cell for a whole number; words that are none are kept and said to be none."""

    def __init__(self, column: Column, context: Context, edited: Callable[[], None]) -> None:
        super().__init__(column, context, edited)
        self.notice = label("", "warning")
        below = self.held.layout()
        if isinstance(below, QVBoxLayout):
            below.insertWidget(2, self.notice)
        self.notice.hide()
        self.box.changed.connect(self._judge)
        self.box.left.connect(self._tell)

    def answer(self) -> Answer:
        """Return the number, what was typed in its place, or None."""
        return number_answer(self.box.text(), MOST_IN_A_CELL)

    def fill(self, answer: Answer) -> None:
        """Show the number."""
        self.box.fill(number_words(answer))

    def name(self, key: str, name: str, description: str) -> None:
        """Name the box and what is said beneath it."""
        super().name(key, name, f"{description} A whole number.")
        self.notice.setObjectName(f"{key}_notice")

    def _make_box(self) -> TextBox:
        return number_box()

    def _judge(self) -> None:
        words = number_trouble(self.box.text(), MOST_IN_A_CELL)
        self.notice.setText(words)
        self.notice.setVisible(bool(words))

    def _tell(self) -> None:
        if not self.notice.isHidden():
            announce(self.box, f"{self.box.accessibleName()}: {self.notice.text()}")


class ChoiceCell:
    """A cell to choose one thing in."""

    def __init__(self, column: Column, context: Context, edited: Callable[[], None]) -> None:
        self.combo = Combo([("", "Not chosen"), *((one.id, one.label) for one in column.options)])
        self.held = _captioned(column.label, self.combo)
        self.combo.currentIndexChanged.connect(edited)

    def answer(self) -> Answer:
        """Return the choice, or None."""
        return chosen(self.combo.chosen) if self.combo.chosen else None

    def fill(self, answer: Answer) -> None:
        """Show the choice; an id of an older version is added, so that it is not lost."""
        for id in ids_of(answer)[:1]:
            if self.combo.findData(id) < 0:
                self.combo.addItem("An earlier choice", id)
            self.combo.choose(id)

    def name(self, key: str, name: str, description: str) -> None:
        """Name the list."""
        _name(self.combo, key, name, description)

    def stops(self) -> list[QWidget]:
        """Return the list."""
        return [self.combo]

    def set_read_only(self, on: bool) -> None:
        """Show the choice without letting it change."""
        self.combo.setEnabled(not on)


class DateCell:
    """A cell for a day."""

    def __init__(self, column: Column, context: Context, edited: Callable[[], None]) -> None:
        self.day = DayBox(context, unsure=False)
        self.held = _captioned(column.label, self.day, self.day.box)
        self.day.edited.connect(edited)

    def answer(self) -> Answer:
        """Return the day, or None; words that are no day are kept."""
        answer = self.day.answer()
        return answer if date_of(answer) or answer.get("text") else None

    def fill(self, answer: Answer) -> None:
        """Show the day."""
        self.day.fill(answer)

    def name(self, key: str, name: str, description: str) -> None:
        """Name the parts of the day."""
        self.day.name(key, name, description)

    def stops(self) -> list[QWidget]:
        """Return the parts of the day that are offered here."""
        return self.day.stops()[1:]

    def set_read_only(self, on: bool) -> None:
        """Let the day only be read and copied."""
        self.day.set_read_only(on)


class TickCell:
    """A cell that is so, or is not."""

    def __init__(self, column: Column, context: Context, edited: Callable[[], None]) -> None:
        self.tick = OptionTick(column.label)
        # A line as high as a caption puts the tick beside the boxes of its row.
        self.held = _captioned("\u00a0", self.tick, gap=0.4)
        self.tick.toggled.connect(edited)

    def answer(self) -> Answer:
        """Return true, or None."""
        return self.tick.isChecked() or None

    def fill(self, answer: Answer) -> None:
        """Show the tick."""
        self.tick.setChecked(answer is True)

    def name(self, key: str, name: str, description: str) -> None:
        """Name the check box."""
        _name(self.tick, key, name, description)

    def stops(self) -> list[QWidget]:
        """Return the check box."""
        return [self.tick]

    def set_read_only(self, on: bool) -> None:
        """Show the tick without letting it change."""
        self.tick.locked = on


_KINDS: dict[str, Callable[[Column, Context, Callable[[], None]], Cell]] = {
    "line": LineCell,
    "prose": ProseCell,
    "number": NumberCell,
    "choice": ChoiceCell,
    "date": DateCell,
    "tick": TickCell,
}


def cell(column: Column, context: Context, edited: Callable[[], None]) -> Cell:
    """Return the cell of a column; `edited` is called with each change in it."""
    return _KINDS[column.kind](column, context, edited)


def _captioned(caption: str, widget: QWidget, buddy: QWidget | None = None, gap: float = 0.15) -> QWidget:
    held = QWidget()
    column = QVBoxLayout(held)
    spaced(column, 0, gap)
    above = label(caption.replace("&", "&&"), "muted")
    above.setBuddy(buddy or widget)
    column.addWidget(above)
    column.addWidget(widget)
    column.addStretch(1)
    return held


def _name(widget: QWidget, key: str, name: str, description: str) -> None:
    widget.setObjectName(key)
    widget.setAccessibleName(name)
    widget.setAccessibleDescription(description)
