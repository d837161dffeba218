"""People with their roles: typed freely, or taken from the counsellor's contacts."""

from collections.abc import Sequence
from functools import cached_property

from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from alliance_desktop.domain.answers import Answer, Answers, chosen, ids_of, text_of
from alliance_desktop.domain.form import Column, Option
from alliance_desktop.domain.shown import ROLES
from alliance_desktop.ui.fields.combo import Combo
from alliance_desktop.ui.fields.context import Person
from alliance_desktop.ui.fields.field import Asked
from alliance_desktop.ui.fields.rows import Row, Table
from alliance_desktop.ui.fields.table import RowsField
from alliance_desktop.ui.notice import announce
from alliance_desktop.ui.parts import button, label, row

_CONTACT = "contact"
_COLUMNS = (
    Column(key="name", kind="line", label="Name"),
    Column(
        key="role",
        kind="choice",
        label="Role",
        options=tuple(Option(id=id, label=words[:1].upper() + words[1:]) for id, words in ROLES.items()),
    ),
)
_KNOWN = "In your contacts"
_NOT_KEPT = "That could not be kept in your contacts just now. What you typed here stays."


class PersonRow(Row):
    """One person; who was taken from the contacts stays tied to them as long as the name is left as it is."""

    known: QLabel
    keep: QPushButton

    def __init__(self, table: Table, answers: Answers, people: Sequence[Person]) -> None:
        contact = answers.get(_CONTACT)
        self._known = {one.id for one in people}
        self._contact: int | None = contact if isinstance(contact, int) else None
        super().__init__(table, {key: one for key, one in answers.items() if key != _CONTACT})
        self._called = self.called
        self._tell()

    @property
    def called(self) -> str:
        """The name as it is typed now."""
        return text_of(self.cells["name"].answer()).strip()

    @property
    def contact(self) -> int | None:
        """The contact this person is, or None for somebody typed freely."""
        return self._contact if self.called == self._called else None

    def answers(self) -> Answers:
        """Return name, role and the contact they are."""
        said = super().answers()
        return {**said, _CONTACT: self.contact} if said and self.contact is not None else said

    def take(self, person: Person) -> None:
        """Fill the row with a person of the contacts."""
        self.cells["name"].fill(person.name)
        self.cells["role"].fill(chosen(person.role) if person.role else None)
        self._tie(person.id)

    def number(self, number: int) -> None:
        """Name everything after the row's place, counted from 1."""
        super().number(number)
        self.known.setObjectName(f"{self.table.key}_known_{number}")
        self.keep.setObjectName(f"{self.table.key}_keep_{number}")
        self.keep.setAccessibleName(f"Keep in contacts: {self.table.word} {number}")

    def stops(self) -> list[QWidget]:
        """Return the cells and the buttons."""
        *cells, remove = super().stops()
        return [*cells, self.keep, remove]

    def set_read_only(self, on: bool) -> None:
        """Let the row only be read and copied."""
        super().set_read_only(on)
        self._tell()

    def _begin(self) -> None:
        super()._begin()
        self.known = label(_KNOWN, "muted")
        self.keep = button("Keep in contacts", "", "link")
        self.keep.clicked.connect(self._keep)
        self.column.insertWidget(1, self.known)
        self.column.insertLayout(2, row(self.keep))

    def _keep(self) -> None:
        keep, called = self.table.context.keep_contact, self.called
        same = (one.id for one in self.table.context.contacts() if one.name.strip().casefold() == called.casefold())
        id = next(same, None)
        if id is None and keep is not None:
            id = keep(called, "".join(ids_of(self.cells["role"].answer())))
        if id is None:
            self.known.setText(_NOT_KEPT)
            self.known.show()
            announce(self, _NOT_KEPT)
            return
        self.cells["name"].stops()[0].setFocus()
        self._tie(id)
        announce(self, f"{_KNOWN}.")

    def _tie(self, id: int) -> None:
        self._known.add(id)
        self._contact, self._called = id, self.called
        self._edited()

    def _tell(self) -> None:
        self.known.setText(_KNOWN)
        known = self.contact in self._known
        self.known.setVisible(known)
        possible = self.table.context.keep_contact is not None and not self._read_only
        self.keep.setVisible(possible and bool(self.called) and not known)


class ContactsField(RowsField):
    """Names with their roles, stored as plain role ids; those taken from the contacts with the contact's id as well."""

    word = "person"

    def __init__(self, asked: Asked) -> None:
        super().__init__(asked)
        self.pick = Combo([("", "From your contacts"), *((str(one.id), _words(one)) for one in self.people)], 16)
        self.take = button("Add from contacts", f"{asked.question.key}_take")
        self._named(self.pick, f"{self.question.key}_pick", f"From your contacts: {self.name}")
        self.take.setAccessibleDescription(self.name)
        self.take.clicked.connect(self._take)
        self.body.addLayout(row(self.pick, self.take))
        self.set_read_only(False)

    @cached_property
    def people(self) -> tuple[Person, ...]:
        """The counsellor's contacts, as they were when the question was first asked."""
        return tuple(self.asked.context.contacts())

    def answer(self) -> Answer:
        """Return the people that have a name or a role."""
        return [{**one, "role": "".join(ids_of(one.get("role")))} for one in super().answer()]

    def stops(self) -> list[QWidget]:
        """Return the cells and buttons, row by row, then what takes from the contacts."""
        return [*super().stops(), self.pick, self.take]

    def set_read_only(self, on: bool) -> None:
        """Let the people only be read and copied."""
        super().set_read_only(on)
        for one in (self.pick, self.take):
            one.setVisible(bool(self.people) and not on)

    def _columns(self) -> tuple[Column, ...]:
        return _COLUMNS

    def _make_row(self, answers: Answers) -> Row:
        return PersonRow(self._table, answers, self.people)

    def _show(self, answer: Answer) -> None:
        people = [one for one in answer if isinstance(one, dict)] if isinstance(answer, list) else []
        super()._show([{**one, "role": chosen(one["role"]) if one.get("role") else None} for one in people])

    def _take(self) -> None:
        person = next((one for one in self.people if str(one.id) == self.pick.chosen), None)
        if person is None:
            self.pick.setFocus()
            return
        self.pick.choose("")
        rows = [one for one in self.rows if isinstance(one, PersonRow)]
        if any(one.contact == person.id for one in rows):
            announce(self, f"{person.name} is there already.")
            return
        empty = next((one for one in rows if not one.answers()), None)
        if empty is None:
            self._insert(len(self.rows), {})
            rows = [one for one in self.rows if isinstance(one, PersonRow)]
        (empty or rows[-1]).take(person)
        announce(self, f"{person.name} added.")


def _words(person: Person) -> str:
    role = ROLES.get(person.role, "")
    return f"{person.name} ({role})" if role else person.name
