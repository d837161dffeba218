"""Where the counsellor's own numbers stand: beside supervision, with a row in the list of that place."""

from PySide6.QtCore import QObject

from alliance_desktop.services.access import OpenVault
from alliance_desktop.ui.figures_page import TITLE, FiguresPage
from alliance_desktop.ui.pages import Pages
from alliance_desktop.ui.supervision_list import FIGURES
from alliance_desktop.ui.supervision_place import KEY, SupervisionPlace
from alliance_desktop.ui.workspace import Workspace


class FiguresPlace(QObject):
    """Opens the page, and finds it again after a lock."""

    def __init__(self, space: Workspace, vault: OpenVault, pages: Pages, supervision: SupervisionPlace) -> None:
        super().__init__(space)
        self._space, self._supervision = space, supervision
        self._vault, self._pages = vault, pages
        pages.register("figures", lambda _at: self.open())
        supervision.figures_asked.connect(self.open)
        pages.shown.connect(self._mark)

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

    def _mark(self) -> None:
        """Make the row of the numbers the current one while they are shown."""
        if self._space.place == KEY and isinstance(self._pages.page, FiguresPage):
            self._supervision.middle.view.select(FIGURES)
