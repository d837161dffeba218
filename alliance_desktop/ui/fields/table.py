"""Small tables, written row by row: what was agreed, and who is concerned."""

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from alliance_desktop.domain.answers import Answer, Answers, chosen, ids_of
from alliance_desktop.domain.form import Column, Option
from alliance_desktop.domain.shown import ROLES
from alliance_desktop.ui.fields.cells import Cell, cell
from alliance_desktop.ui.fields.field import Asked, Field, Group
from alliance_desktop.ui.fields.fit import Fit
from alliance_desktop.ui.notice import announce
from alliance_desktop.ui.parts import button, row
from alliance_desktop.ui.theme import spaced

_CONTACT = (
    Column(key="name", kind="line", label="Name"),
    Column(
        key="role",
        kind="choice",
        label="Role",
        options=tuple(Option(id=id, label=words[:1].upper() + words[1:]) for id, words in ROLES.items()),
    ),
)


class RowsField(Field):
    """A table of a few rows, each written in named boxes; rows come and go by buttons, and a removal can be undone."""

    def __init__(self, asked: Asked) -> None:
        super().__init__(asked)
        self.columns = self.question.columns or _CONTACT
        self.row_word = "row" if self.question.columns else "person"
        self.rows: list[Row] = []
        self._removed: tuple[int, Answers] | None = None
        self._read_only = False
        group = Group(self.name, self.description())
        group.setObjectName(f"{self.question.key}_group")
        if self.heading is not None:
            self.heading.setBuddy(group)
        self._held = QVBoxLayout(group)
        spaced(self._held, 0, 0.5)
        self.body.addWidget(group)
        self.add = button(f"Add a {self.row_word}", f"{self.question.key}_add")
        self.add.setAccessibleDescription(f"{self.name} {self.description()}".strip())
        self.back = button(f"Put the {self.row_word} back", f"{self.question.key}_put_back", "link")
        self.back.setAccessibleDescription(self.name)
        self.back.hide()
        self.add.clicked.connect(self._add_one)
        self.back.clicked.connect(self._put_back)
        self.body.addLayout(row(self.add, self.back))
        self._insert(0, {})

    def answer(self) -> Answer:
        """Return the rows that say anything, each with the cells that do."""
        return [answers for answers in (one.answers() for one in self.rows) if answers]

    def stops(self) -> list[QWidget]:
        """Return the cells and buttons, row by row."""
        inside = [stop for one in self.rows for stop in one.stops()]
        return [*inside, self.add, self.back]

    def set_read_only(self, on: bool) -> None:
        """Let the rows only be read and copied."""
        self._read_only = on
        self.add.setVisible(not on)
        self.back.setVisible(not on and self._removed is not None)
        for one in self.rows:
            one.set_read_only(on)

    def _show(self, answer: Answer) -> None:
        while self.rows:
            self._take_out(0)
        for answers in answer if isinstance(answer, list) and answer else [{}]:
            self._insert(len(self.rows), answers if isinstance(answers, dict) else {})

    def _insert(self, at: int, answers: Answers) -> None:
        made = Row(self, answers)
        self.rows.insert(at, made)
        self._held.insertWidget(at, made)
        made.remove.clicked.connect(lambda: self._remove(made))
        made.set_read_only(self._read_only)
        self._number()

    def _take_out(self, at: int) -> None:
        gone = self.rows.pop(at)
        self._held.removeWidget(gone)
        gone.hide()
        gone.deleteLater()
        self._number()

    def _number(self) -> None:
        for number, one in enumerate(self.rows, 1):
            one.number(number)
        self.rearranged.emit()

    def _add_one(self) -> None:
        self._insert(len(self.rows), {})
        self.rows[-1].stops()[0].setFocus()

    def _remove(self, gone: "Row") -> None:
        at = self.rows.index(gone)
        answers = gone.answers()
        self._take_out(at)
        self._removed = (at, answers) if answers else self._removed
        self.back.setVisible(self._removed is not None)
        next_stop = self.rows[at].stops()[0] if at < len(self.rows) else self.add
        next_stop.setFocus()
        announce(self, f"{self.row_word.capitalize()} {at + 1} removed.")
        self._mark_edited()

    def _put_back(self) -> None:
        if self._removed is not None:
            at, answers = self._removed
            self._removed = None
            self._insert(min(at, len(self.rows)), answers)
            self.back.hide()
            self.rows[min(at, len(self.rows) - 1)].stops()[0].setFocus()
            self._mark_edited()


class ContactsField(RowsField):
    """Names with their roles; stored as plain role ids."""

    def answer(self) -> Answer:
        """Return the people that have a name or a role."""
        return [{**one, "role": "".join(ids_of(one.get("role")))} for one in super().answer()]

    def _show(self, answer: Answer) -> None:
        people = [one for one in answer if isinstance(one, dict)] if isinstance(answer, list) else []
        super()._show([{**one, "role": chosen(one["role"]) if one.get("role") else None} for one in people])


class Row(QFrame):
    """One row: its cells with their captions, and the button that takes it out."""

    def __init__(self, field: RowsField, answers: Answers) -> None:
        super().__init__()
        self._field = field
        self._rest = {key: one for key, one in answers.items() if key not in {c.key for c in field.columns}}
        self.setProperty("surface", "row")
        column = QVBoxLayout(self)
        spaced(column, 0, 0.25)
        # A day wants room for the calendar's button beside it.
        narrow = 14.0 if any(one.kind == "date" for one in field.columns) else 9.0
        line = Fit(most=len(field.columns), narrow=narrow, sharing=True)
        spaced(line, 0, 0.6)
        self.cells: dict[str, Cell] = {}
        for one in field.columns:
            self.cells[one.key] = cell(one, field.asked.context, field._mark_edited)
            self.cells[one.key].fill(answers.get(one.key))
            line.addWidget(self.cells[one.key].held)
        column.addLayout(line)
        self.remove = button("Remove", "", "link")
        column.addLayout(row(self.remove))

    def answers(self) -> Answers:
        """Return what the cells say, by column; empty where none does."""
        said = {key: one.answer() for key, one in self.cells.items()}
        said = {key: answer for key, answer in said.items() if answer is not None}
        return {**self._rest, **said} if said else {}

    def number(self, number: int) -> None:
        """Name everything after the row's place, counted from 1."""
        field = self._field
        key, place = field.question.key, f"{field.row_word} {number}"
        for column in field.columns:
            self.cells[column.key].name(f"{key}_{column.key}_{number}", f"{column.label}, {place}", field.name)
        self.remove.setText(f"Remove {place}")
        self.remove.setAccessibleName(f"Remove {place}")
        self.remove.setAccessibleDescription(field.name)
        self.remove.setObjectName(f"{key}_remove_{number}")

    def stops(self) -> list[QWidget]:
        """Return the widgets that can have the keyboard, in reading order."""
        return [*(stop for one in self.cells.values() for stop in one.stops()), self.remove]

    def set_read_only(self, on: bool) -> None:
        """Let the row only be read and copied."""
        self.remove.setVisible(not on)
        for one in self.cells.values():
            one.set_read_only(on)
