"""Requests for records, joined to the workspace: their pages, and the way to them from a client and from a request."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from alliance_desktop.domain.entry import ClientId, EntryId
from alliance_desktop.domain.errors import KnownError
from alliance_desktop.domain.records.request import FORM
from alliance_desktop.services.access import OpenVault
from alliance_desktop.services.paper import Subject
from alliance_desktop.ui.companions.records import RequestCompanion
from alliance_desktop.ui.pages import Pages
from alliance_desktop.ui.records.page import RecordsPage
from alliance_desktop.ui.records.rule_page import RulePage
from alliance_desktop.ui.workspace import Workspace

_JOINED = "records_joined"


class RecordsPlace(QObject):
    """Opens these pages, and finds them again after a lock."""

    def __init__(self, space: Workspace, vault: OpenVault, pages: Pages) -> None:
        super().__init__(space)
        self._space, self._vault, self._pages = space, vault, pages
        pages.register("records", lambda at: self.open(EntryId(int(at["entry"]))))
        pages.register("records_rule", lambda at: self.open_rule(EntryId(int(at["entry"])), str(at.get("law"))))
        pages.shown.connect(self._join)

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what the commands do that belong here."""
        return {"records": self._open_here}

    def open_for(self, client: ClientId) -> QWidget:
        """Open what is to be decided for the newest request of a client that is not finished; else begin a request."""
        waiting = self._vault.records.open_request(client)
        return self.open(waiting.id) if waiting is not None else self._pages.open_new(client, FORM)

    def open(self, entry: EntryId) -> RecordsPage:
        """Open the pieces of a request; KeyError where there is none."""
        self._pages.part()
        page = RecordsPage(self._vault.records, self._vault.notebook, entry, self._pages.flush)
        page.print_asked.connect(lambda entry: self._tried(lambda: self.open_copy(entry)))
        if self._pages.show(page, page.client):
            page.begin()
        return page

    def open_copy(self, entry: EntryId) -> QWidget:
        """Open the preview of the copy that answers a request."""
        client = self._vault.notebook.entry(entry).client
        return self._pages.open_preview(client, Subject(client=client, entry=entry))

    def open_rule(self, entry: EntryId, law: str) -> RulePage:
        """Open the rule of a law, from a request; KeyError where there is none."""
        self._pages.part()
        page = RulePage(self._vault.records, self._vault.notebook, entry, law)
        if self._pages.show(page, page.client):
            page.begin()
        return page

    def _open_here(self) -> None:
        """Open it for the client whose page it is, or for whoever is chosen then."""
        client = self._pages.whose
        if client is None:
            self._pages.whose_asked.emit(self.open_for)
        else:
            self.open_for(client)

    def _join(self) -> None:
        """Follow what the card of a request asks for, once for each."""
        page = self._pages.page
        for one in page.findChildren(RequestCompanion) if page is not None else ():
            if not one.property(_JOINED):
                one.setProperty(_JOINED, True)
                one.decide_asked.connect(lambda entry: self._tried(lambda: self.open(entry)))
                one.rule_asked.connect(lambda entry, law: self._tried(lambda: self.open_rule(entry, law)))

    def _tried(self, act: Callable[[], object]) -> None:
        try:
            act()
        except KnownError as fault:
            self._space.notice.show_error(fault)
