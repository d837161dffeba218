"""The place "Outreach": its list, and the page of whoever is chosen there."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from alliance_desktop.domain.entry import ClientId
from alliance_desktop.domain.errors import KnownError
from alliance_desktop.services.access import OpenVault
from alliance_desktop.ui.outreach_list import OutreachList
from alliance_desktop.ui.outreach_page import OutreachPage
from alliance_desktop.ui.pages import Pages
from alliance_desktop.ui.workspace import Workspace

PLACE, WORDS = "outreach", "Outreach"
CHOOSE = "Choose someone on the left to see where reaching out stands."


class OutreachPlace(QObject):
    """Adds itself to the workspace; the list is read when it is looked at, and again after each change meanwhile."""

    def __init__(self, workspace: Workspace, vault: OpenVault, pages: Pages) -> None:
        super().__init__(workspace)
        self._space, self._vault, self._pages = workspace, vault, pages
        self.middle = OutreachList()
        workspace.add_place(PLACE, WORDS, self.middle, CHOOSE)
        self.middle.begin_asked.connect(self._begin)
        workspace.place_chosen.connect(lambda _place: self._look())
        workspace.changed.connect(lambda _changed: self._look())
        pages.register("outreach", lambda at: self.open(ClientId(int(at["client"]))))

    def refresh(self) -> None:
        """Read the list anew."""
        self.middle.show_all(self._vault.outreach.all(), self._vault.outreach.today())

    def open(self, client: ClientId) -> QWidget:
        """Open the outreach page of a client; KeyError where there is none."""
        self._pages.part()
        page = OutreachPage(self._vault, client)
        if self._pages.show(page, page.client):
            self.middle.view.select(client)
            page.begin()
        return page

    def _look(self) -> None:
        if self._space.place != PLACE:
            return
        try:
            self.refresh()
        except KnownError as fault:
            self._space.notice.show_error(fault)

    def _begin(self) -> None:
        self._pages.whose_asked.emit(lambda id: self._pages.open_new(id, "outreach", "plan"))
