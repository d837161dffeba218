"""The counsellor's directory: people by name, then resources; type to find, a role to narrow it down."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from alliance_desktop.domain.shown import ROLES
from alliance_desktop.services.contacts import Listed
from alliance_desktop.ui.empty import Empty
from alliance_desktop.ui.fields.combo import Combo
from alliance_desktop.ui.fields.fit import Fit
from alliance_desktop.ui.landing import Landing
from alliance_desktop.ui.parts import button, writes
from alliance_desktop.ui.row_model import Row
from alliance_desktop.ui.row_view import RowView
from alliance_desktop.ui.theme import spaced
from alliance_desktop.ui.words import isolated

EVERYBODY, PEOPLE, RESOURCES = "everything", "people", "resources"
NOBODY = "Nobody here yet. Whoever you add is offered wherever a note asks for a person."
NO_RESOURCE = "No resources yet: services, groups, places, numbers that can help."
NOT_FOUND = "Nothing of that name or role."
NO_NAME, NO_ROLE, A_RESOURCE = "No name yet", "No role yet", "Resource"

Find = Callable[[str, str], list[Listed]]


def contact_row(one: Listed, same_name: bool) -> Row:
    """Return a person as the list shows and speaks them; two of one name are told apart by what they do."""
    name, role = isolated(one.name) or NO_NAME, isolated(one.role_words) or NO_ROLE
    line = isolated(one.line)
    told = f"{role} · {line}" if line else role
    flag = "Same name twice" if same_name else ""
    said = ", ".join(part for part in (name, role, line, flag.lower()) if part)
    return Row(key=one.entry, title=name, under=(told, role), flag=flag, spoken=f"{said}.")


def resource_row(one: Listed) -> Row:
    """Return a resource as the list shows and speaks it."""
    name, line = isolated(one.name) or NO_NAME, isolated(one.line)
    return Row(
        key=one.entry,
        title=name,
        under=(f"{A_RESOURCE} · {line}", A_RESOURCE) if line else (A_RESOURCE,),
        spoken=f"{name}, resource{f', {line}' if line else ''}.",
    )


class ContactsList(Landing):
    """The middle of the place; `opened` carries an EntryId, `add_asked` the form to add to.

    `people` and `resources` find what the typed words fit, people of one role where one is chosen.
    """

    opened = Signal(object)
    add_asked = Signal(str)

    def __init__(self, people: Find, resources: Callable[[str], list[Listed]]) -> None:
        super().__init__()
        self.setObjectName("contacts_list")
        self._people, self._resources = people, resources
        self.search = QLineEdit()
        self.search.setObjectName("contact_find")
        self.search.setPlaceholderText("Find in contacts")
        self.search.setAccessibleName("Find in contacts")
        self.search.setAccessibleDescription(
            "Type part of a name, a role or where they work; arrows move through the list, Enter opens."
        )
        self.search.setAcceptDrops(False)
        roles = [(id, words[:1].upper() + words[1:]) for id, words in ROLES.items()]
        first = [(EVERYBODY, "Everything"), (PEOPLE, "People"), (RESOURCES, "Resources")]
        self.filter = Combo([*first, *roles])
        self.filter.setObjectName("contact_filter")
        self.filter.setAccessibleName("Show")
        self._add = writes(button("Add a &contact", "contact_add"))
        self._add_resource = writes(button("Add a &resource", "resource_add"))
        self.view = RowView("contact_rows", "Contacts")
        self.empty = Empty("contacts_empty", NOBODY)
        self._body = QStackedWidget()
        for one in (self.view, self.empty):
            self._body.addWidget(one)
        self._lay_out()
        self.landing = self.search
        self.view.drive_from(self.search)
        self.search.textChanged.connect(self.refresh)
        self.filter.currentIndexChanged.connect(self.refresh)
        self.view.chosen.connect(self.opened)
        self._add.clicked.connect(lambda: self.add_asked.emit("contact"))
        self._add_resource.clicked.connect(lambda: self.add_asked.emit("resource"))
        self.empty.pressed.connect(self._show_all)

    def refresh(self) -> None:
        """Read the directory anew."""
        typed, wanted = self.search.text(), self.filter.chosen
        role = "" if wanted in {EVERYBODY, PEOPLE, RESOURCES} else wanted
        people = self._people(typed, role) if wanted != RESOURCES else []
        resources = self._resources(typed) if wanted in {EVERYBODY, RESOURCES} else []
        names = [one.name.strip().casefold() for one in people]
        twice = {one for one in names if one and names.count(one) > 1}
        rows = [contact_row(one, one.name.strip().casefold() in twice) for one in people]
        self.view.set_rows([*rows, *map(resource_row, resources)])
        found = bool(people or resources)
        self._body.setCurrentWidget(self.view if found else self.empty)
        if not found:
            self._say_why(bool(typed.strip()), wanted)

    def select(self, entry: object) -> None:
        """Make an entry the current row, where it is shown."""
        self.view.select(entry)

    def _lay_out(self) -> None:
        head = QVBoxLayout()
        spaced(head, (0.6, 0.6, 0.6, 0.5), 0.45)
        head.addWidget(self.search)
        head.addWidget(self.filter)
        held, adds = QWidget(), Fit(most=0)
        held.setLayout(adds)
        spaced(adds, 0, 0.4)
        for one in (self._add, self._add_resource):
            adds.addWidget(one)
        head.addWidget(held)
        column = QVBoxLayout(self)
        spaced(column, 0, 0)
        column.addLayout(head)
        column.addWidget(self._body, 1)

    def _say_why(self, typed: bool, wanted: str) -> None:
        if typed or wanted not in {EVERYBODY, PEOPLE, RESOURCES}:
            self.empty.say(NOT_FOUND, "Show &everything")
        else:
            self.empty.say(NO_RESOURCE if wanted == RESOURCES else NOBODY)

    def _show_all(self) -> None:
        self.search.clear()
        self.filter.choose(EVERYBODY)
        self.search.setFocus()
