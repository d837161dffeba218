"""Small tables, written row by row: what was agreed, what was talked about."""

from collections.abc import Collection

from PySide6.QtWidgets import QVBoxLayout, QWidget

from alliance_desktop.domain.answers import REMOVED, Answer, Answers
from alliance_desktop.domain.form import PRESET, Column
from alliance_desktop.ui.fields.field import Asked, Field, Group
from alliance_desktop.ui.fields.rows import GivenRow, Row, Table
from alliance_desktop.ui.notice import announce
from alliance_desktop.ui.parts import button, row
from alliance_desktop.ui.theme import spaced

_ALL_BACK = "Put removed rows back"


class RowsField(Field):
    """A table of a few rows, each written in named boxes; rows come and go by buttons, and a removal can be undone.

    It begins with the rows that the form gives; one of them that was removed stays so until it is put back.
    """

    word = "row"

    def __init__(self, asked: Asked) -> None:
        super().__init__(asked)
        self.columns = self._columns()
        self._table = Table(self.question.key, self.name, self.word, self.columns, asked.context, self._mark_edited)
        self._presets = {one.id: one for one in self.question.presets}
        self.rows: list[Row] = []
        self._gone: list[str] = []
        self._removed: tuple[int, Answers] | None = None
        self._read_only = False
        group = Group(self.name, self.description())
        group.setObjectName(f"{self.question.key}_group")
        if self.heading is not None:
            self.heading.setBuddy(group)
        self._held = QVBoxLayout(group)
        spaced(self._held, 0, 0.2 if self._presets else 0.5)
        self.body.addWidget(group)
        self.add = button(f"Add a {self.word}", f"{self.question.key}_add")
        self.add.setAccessibleDescription(f"{self.name} {self.description()}".strip())
        self.back = button(f"Put the {self.word} back", f"{self.question.key}_put_back", "link")
        self.back.setAccessibleDescription(self.name)
        self.add.clicked.connect(self._add_one)
        self.back.clicked.connect(self._put_back)
        self.body.addLayout(row(self.add, self.back))
        self._show(None)

    def answer(self) -> Answer:
        """Return the rows that say anything, each with the cells that do, and the given rows that were removed."""
        said = [answers for answers in (one.kept() for one in self.rows) if answers]
        return [*said, *({PRESET: id, REMOVED: True} for id in self._gone)]

    def stops(self) -> list[QWidget]:
        """Return the cells and buttons, row by row."""
        inside = [stop for one in self.rows for stop in one.stops()]
        return [*inside, self.add, self.back]

    def set_read_only(self, on: bool) -> None:
        """Let the rows only be read and copied."""
        self._read_only = on
        self.add.setVisible(not on)
        for one in self.rows:
            one.set_read_only(on)
        self._offer_back()

    def opened(self) -> list[str]:
        """Return the names of the buttons of the rows that are open."""
        return [one.head.objectName() for one in self._folds() if one.is_open]

    def open(self, names: Collection[str]) -> None:
        """Open the rows whose buttons have these names."""
        for one in self._folds():
            if one.head.objectName() in names:
                one.open(True)

    def _folds(self) -> list[GivenRow]:
        return [one for one in self.rows if isinstance(one, GivenRow)]

    def _columns(self) -> tuple[Column, ...]:
        return self.question.columns

    def _make_row(self, answers: Answers) -> Row:
        preset = self._presets.get(str(answers.get(PRESET, "")))
        if preset is None or any(one.preset is preset for one in self._folds()):
            return Row(self._table, answers)
        made = GivenRow(self._table, answers, preset)
        made.turned.connect(self.rearranged)
        return made

    def _show(self, answer: Answer) -> None:
        stored = [one for one in answer if isinstance(one, dict)] if isinstance(answer, list) else []
        self._gone = [str(one[PRESET]) for one in stored if _is_removed(one)]
        stored = [one for one in stored if not _is_removed(one)]
        wanted = [self._given(id, stored) for id in self._presets if id not in self._gone]
        wanted += [one for one in stored if not any(one is other for other in wanted)]
        while self.rows:
            self._take_out(0)
        for answers in wanted or [{}]:
            self._insert(len(self.rows), answers, last=False)
        self._number()
        self._offer_back()

    def _given(self, id: str, stored: list[Answers]) -> Answers:
        """Return what is stored of a given row, else what it begins with."""
        begins = {PRESET: id, self.columns[0].key: self._presets[id].label}
        return next((one for one in stored if one.get(PRESET) == id), begins)

    def _insert(self, at: int, answers: Answers, last: bool = True) -> None:
        made = self._make_row(answers)
        self.rows.insert(at, made)
        self._held.insertWidget(at, made)
        made.remove_asked.connect(lambda: self._remove(made))
        made.set_read_only(self._read_only)
        if last:
            self._number()

    def _take_out(self, at: int) -> None:
        gone = self.rows.pop(at)
        self._held.removeWidget(gone)
        gone.hide()
        gone.deleteLater()

    def _number(self) -> None:
        for number, one in enumerate(self.rows, 1):
            one.number(number)
        self.rearranged.emit()

    def _add_one(self) -> None:
        self._insert(len(self.rows), {})
        self.rows[-1].stops()[0].setFocus()

    def _remove(self, gone: Row) -> None:
        at = self.rows.index(gone)
        answers = gone.answers()
        if isinstance(gone, GivenRow):
            self._gone.append(gone.preset.id)
            answers = {**answers, PRESET: gone.preset.id}
        self._take_out(at)
        self._number()
        self._removed = (at, answers) if answers else self._removed
        self._offer_back()
        next_stop = self.rows[at].stops()[0] if at < len(self.rows) else self.add
        next_stop.setFocus()
        announce(self, f"{self.word.capitalize()} {at + 1} removed.")
        self._mark_edited()

    def _put_back(self) -> None:
        if self._removed is not None:
            at, answers = self._removed
            self._removed = None
            at = min(at, len(self.rows))
            self._gone = [id for id in self._gone if id != answers.get(PRESET)]
            self._insert(at, answers)
        else:
            at = len(self.rows)
            for id in self._offered():
                self._gone.remove(id)
                self._insert(len(self.rows), self._given(id, []))
        self.rows[min(at, len(self.rows) - 1)].stops()[0].setFocus()
        self._offer_back()
        self._mark_edited()

    def _offered(self) -> list[str]:
        """Return the given rows that were removed and that the form still gives."""
        return [id for id in self._presets if id in self._gone]

    def _offer_back(self) -> None:
        """Offer the row that was removed last, else the given rows that were removed at another time."""
        one = self._removed is not None
        words = f"Put the {self.word} back" if one else _ALL_BACK
        self.back.setText(words)
        self.back.setAccessibleName(words)
        self.back.setVisible(not self._read_only and (one or bool(self._offered())))


def _is_removed(answers: Answers) -> bool:
    return answers.get(REMOVED) is True and bool(answers.get(PRESET))
