"""The place "Outreach": its list, and the page of whoever is chosen there."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from alliance_desktop.domain.entry import ClientId
from alliance_desktop.domain.errors import KnownError
from alliance_desktop.services.access import OpenVault
from alliance_desktop.ui.later import Later
from alliance_desktop.ui.outreach_list import OutreachList
from alliance_desktop.ui.outreach_page import OutreachPage
from alliance_desktop.ui.pages import Pages
from alliance_desktop.ui.workspace import Workspace

PLACE = "outreach"
CHOOSE = "Choose someone on the left to see where reaching out stands."


class OutreachPlace(QObject):
    """Adds itself to the workspace; the list is read when it is looked at, and again after each change meanwhile."""

    def __init__(self, workspace: Workspace, vault: OpenVault, pages: Pages) -> None:
        super().__init__(workspace)
        self._space, self._vault, self._pages = workspace, vault, pages
        self._middle = Later(self._make_list)
        workspace.add_place(PLACE, self._middle, CHOOSE)
        workspace.place_chosen.connect(lambda _place: self._look())
        workspace.changed.connect(lambda _changed: self._look())
        pages.register("outreach", lambda at: self.open(ClientId(int(at["client"]))))

    @property
    def middle(self) -> OutreachList:
        """The list, which is made when it is asked for first."""
        return self._middle()

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

    def _make_list(self) -> OutreachList:
        made = OutreachList()
        made.begin_asked.connect(self._begin)
        made.opened.connect(lambda id: self._tried(lambda: self.open(id)))
        return made

    def _look(self) -> None:
        if self._space.place == PLACE:
            self._tried(self.refresh)

    def _tried(self, act: Callable[[], object]) -> None:
        try:
            act()
        except KnownError as fault:
            self._space.notice.show_error(fault)

    def _begin(self) -> None:
        self._pages.whose_asked.emit(lambda id: self._pages.open_new(id, "outreach", "plan"))
