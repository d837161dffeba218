"""The place "Contacts": the counsellor's own directory, each person on the page of their entry."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from alliance_desktop.domain.changes import Changed, Touched
from alliance_desktop.domain.entry import EntryId
from alliance_desktop.domain.errors import KnownError
from alliance_desktop.services.access import OpenVault
from alliance_desktop.ui.contacts_list import ContactsList
from alliance_desktop.ui.later import Later
from alliance_desktop.ui.pages import Pages
from alliance_desktop.ui.workspace import Workspace

KEY = "contacts"
CHOOSE = "Choose somebody on the left, or add them: a name and a role are enough."


class ContactsPlace(QObject):
    """Keeps the directory in step with what is written, and opens what is chosen in it."""

    def __init__(self, workspace: Workspace, vault: OpenVault, pages: Pages) -> None:
        super().__init__(workspace)
        self._space, self._pages, self._contacts = workspace, pages, vault.contacts
        self._middle = Later(self._make_list)
        workspace.add_place(KEY, self._middle, CHOOSE)
        workspace.place_chosen.connect(lambda _place: self._look())
        workspace.changed.connect(self.follow)

    @property
    def middle(self) -> ContactsList:
        """The list, which is made when it is asked for first."""
        return self._middle()

    def refresh(self) -> None:
        """Read the directory anew."""
        self.middle.refresh()

    def follow(self, changed: Changed) -> None:
        """Read the directory anew where it may have changed, and keep the entry that is open the current row."""
        if changed.client is None or Touched.BIN in changed.kinds:
            self._look()
            if changed.entry is not None and self._middle.made is not None:
                self._middle.made.select(changed.entry)

    def _make_list(self) -> ContactsList:
        made = ContactsList(self._contacts.people, self._contacts.resources)
        made.opened.connect(lambda id: self._tried(lambda: self._pages.open_entry(EntryId(id))))
        made.add_asked.connect(lambda form: self._tried(lambda: self._pages.open_new(None, form, form)))
        return made

    def _look(self) -> None:
        if self._space.place == KEY:
            self._tried(self.refresh)

    def _tried(self, act: Callable[[], object]) -> None:
        try:
            act()
        except KnownError as fault:
            self._space.notice.show_error(fault)
