"""The rows of a small table: one that a person adds, and one that the form gives, behind its topic."""

from collections.abc import Callable
from itertools import groupby
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from alliance_desktop.domain.answers import Answers, date_of, long_day, text_of
from alliance_desktop.domain.form import PRESET, Column, Preset
from alliance_desktop.ui.fields.cells import Cell, cell
from alliance_desktop.ui.fields.context import Context
from alliance_desktop.ui.fields.fit import Fit
from alliance_desktop.ui.fields.head import FoldHead
from alliance_desktop.ui.parts import button, row
from alliance_desktop.ui.theme import spaced

NOT_YET, BEGUN = "Not yet", "Begun"


class Table(NamedTuple):
    """What the rows of one table share: the question's key and name, the word for a row, and whom to tell of edits."""

    key: str
    name: str
    word: str
    columns: tuple[Column, ...]
    context: Context
    edited: Callable[[], None]


class Row(QFrame):
    """One row: its cells with their captions, and the button that takes it out."""

    remove_asked = Signal()
    remove: QPushButton

    def __init__(self, table: Table, answers: Answers) -> None:
        super().__init__()
        self.table = table
        self._began = answers
        self._rest = {key: one for key, one in answers.items() if key not in {c.key for c in table.columns}}
        self._number, self._read_only = 0, False
        self.setProperty("surface", "row")
        self.cells: dict[str, Cell] = {}
        self.column = QVBoxLayout(self)
        spaced(self.column, 0, 0.25)
        self._made = False
        self._begin()

    def answers(self) -> Answers:
        """Return what the cells say, by column; empty where none does."""
        if not self._made:
            return dict(self._began)
        said = {key: one.answer() for key, one in self.cells.items()}
        said = {key: answer for key, answer in said.items() if answer is not None}
        return {**self._rest, **said} if said else {}

    def kept(self) -> Answers:
        """Return what is stored of the row; empty where it need not be."""
        return self.answers()

    def number(self, number: int) -> None:
        """Name everything after the row's place, counted from 1."""
        self._number = number
        if self._made:
            self._name_cells()

    def stops(self) -> list[QWidget]:
        """Return the widgets that can have the keyboard, in reading order."""
        return [*(stop for one in self.cells.values() for stop in one.stops()), self.remove]

    def set_read_only(self, on: bool) -> None:
        """Let the row only be read and copied."""
        self._read_only = on
        if self._made:
            self.remove.setVisible(not on)
            for one in self.cells.values():
                one.set_read_only(on)

    def _begin(self) -> None:
        """Make what is seen of the row at first."""
        self._make(self.column)

    def _make(self, column: QVBoxLayout) -> None:
        """Make the cells, filled, and the button that takes the row out."""
        for long, columns in groupby(self.table.columns, lambda one: one.kind == "prose"):
            self._lay(column, tuple(columns), long)
        for one in self.table.columns:
            self.cells[one.key].fill(self._began.get(one.key))
        self.remove = button("Remove", "", "link")
        self.remove.clicked.connect(self.remove_asked)
        column.addLayout(row(self.remove))
        self._made = True

    def _edited(self) -> None:
        if self._made:
            self._tell()
            self.table.edited()

    def _tell(self) -> None:
        """Show what an edit made different beside the cells."""

    def _place(self) -> str:
        """Return the words that the cells are told apart from those of other rows by."""
        return f"{self.table.word} {self._number}"

    def _name_cells(self) -> None:
        table, place = self.table, self._place()
        for column in table.columns:
            name = f"{table.key}_{column.key}_{self._number}"
            self.cells[column.key].name(name, f"{column.label}, {place}", table.name)
        self.remove.setText(f"Remove {place}")
        self.remove.setAccessibleName(f"Remove {place}")
        self.remove.setAccessibleDescription(table.name)
        self.remove.setObjectName(f"{table.key}_remove_{self._number}")

    def _lay(self, column: QVBoxLayout, columns: tuple[Column, ...], long: bool) -> None:
        """Put cells side by side where there is room, and those for longer words each across the whole row."""
        # A day wants room for the calendar's button beside it.
        narrow = 14.0 if any(one.kind == "date" for one in columns) else 9.0
        line = Fit(most=1 if long else len(columns), narrow=narrow, sharing=not long)
        spaced(line, 0, 0.6)
        for one in columns:
            self.cells[one.key] = cell(one, self.table.context, self._edited)
            line.addWidget(self.cells[one.key].held)
        column.addLayout(line)


class GivenRow(Row):
    """A row that the form begins with: a button says its topic and how far it is, and opens the rest.

    It is stored once another cell says something, or the topic was put in other words. The cells are made when it
    is opened for the first time: a long table is there at once. `turned` comes with each opening and closing.
    """

    turned = Signal()
    head: FoldHead
    body: QWidget

    def __init__(self, table: Table, answers: Answers, preset: Preset) -> None:
        self.preset = preset
        super().__init__(table, {table.columns[0].key: preset.label} | answers | {PRESET: preset.id})

    @property
    def is_open(self) -> bool:
        """Whether the cells are shown."""
        return not self.body.isHidden()

    def kept(self) -> Answers:
        """Return what is stored of the row; empty while it says no more than it began with."""
        said = self.answers()
        first = self.table.columns[0].key
        reworded = text_of(said.get(first)).strip() not in {"", self.preset.label}
        return said if reworded or set(said) - {first, PRESET} else {}

    def number(self, number: int) -> None:
        """Name everything after the row's topic."""
        super().number(number)
        self.head.setObjectName(f"{self.table.key}_open_{number}")
        self.head.setAccessibleDescription(self.table.name)

    def stops(self) -> list[QWidget]:
        """Return the button that opens the row, then what is open."""
        return [self.head, *(super().stops() if self.is_open else ())]

    def set_read_only(self, on: bool) -> None:
        """Let the row only be read and copied; one that says something is laid open to be read."""
        if on and self.kept():
            self.open(True)
        super().set_read_only(on)

    def open(self, on: bool) -> None:
        """Show or hide the cells."""
        if on and not self._made:
            self._make(self._inside)
            self._name_cells()
            super().set_read_only(self._read_only)
        self.body.setVisible(on)
        self._tell()
        self.turned.emit()

    def _begin(self) -> None:
        self.head = FoldHead(self.preset.label)
        self.head.clicked.connect(lambda: self.open(not self.is_open))
        self.body = QWidget()
        self._inside = QVBoxLayout(self.body)
        spaced(self._inside, (1.4, 0, 0, 0.6), 0.35)
        self.column.addWidget(self.head)
        self.column.addWidget(self.body)
        self.body.hide()
        self._tell()

    def _place(self) -> str:
        return self.preset.label

    def _name_cells(self) -> None:
        super()._name_cells()
        self.remove.setText("Remove this row")
        self.remove.setAccessibleName(f"Remove this row: {self.preset.label}")

    def _tell(self) -> None:
        topic = text_of(self.answers().get(self.table.columns[0].key)).strip() or self.preset.label
        self.head.say(topic, self._state(), self.is_open)

    def _state(self) -> str:
        """Return how far it is: the first day that is noted, else whether anything is."""
        said = self.kept()
        first = next((one for one in self.table.columns if one.kind == "date"), None)
        on = date_of(said.get(first.key)) if first is not None else None
        if first is not None and on is not None:
            return f"{first.label} {long_day(on)}"
        return BEGUN if said else NOT_YET
