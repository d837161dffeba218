"""Where the counsellor's own numbers stand: beside supervision, among what is the counsellor's own."""

from PySide6.QtCore import QObject

from alliance_desktop.services.access import OpenVault
from alliance_desktop.ui.figures_page import TITLE, FiguresPage
from alliance_desktop.ui.pages import Pages
from alliance_desktop.ui.supervision_place import SupervisionPlace
from alliance_desktop.ui.workspace import Workspace


class FiguresPlace(QObject):
    """Opens the page, and finds it again after a lock."""

    def __init__(self, space: Workspace, vault: OpenVault, pages: Pages, supervision: SupervisionPlace) -> None:
        super().__init__(space)
        self._space, self._supervision = space, supervision
        self._vault, self._pages = vault, pages
        pages.register("figures", lambda _at: self.open())

    def open(self) -> FiguresPage:
        """Open the page; where it stands already, go to it."""
        self._pages.flush()
        self._supervision.go()
        page = self._pages.page
        if isinstance(page, FiguresPage):
            self._space.show_detail(page, TITLE)
        else:
            page = FiguresPage(self._vault.figures, self._vault.notebook.today)
            if not self._pages.show(page, None, TITLE):
                return page
        page.begin()
        return page
