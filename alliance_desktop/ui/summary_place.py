"""Where the summary for supervision stands: beside the agenda, with the way to the preview and back."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from alliance_desktop.domain.errors import KnownError
from alliance_desktop.domain.unnamed.by_hand import Checked
from alliance_desktop.services.access import OpenVault
from alliance_desktop.services.paper import Sort, Subject
from alliance_desktop.ui.pages import Pages
from alliance_desktop.ui.summary_page import TITLE, SummaryPage
from alliance_desktop.ui.supervision_place import SupervisionPlace
from alliance_desktop.ui.workspace import Workspace


class SummaryPlace(QObject):
    """Opens the page, its preview, and finds it again after a lock."""

    def __init__(self, space: Workspace, vault: OpenVault, pages: Pages, supervision: SupervisionPlace) -> None:
        super().__init__(space)
        self._space, self._vault, self._pages, self._supervision = space, vault, pages, supervision
        pages.register("summary", lambda _at: self.open())
        pages.check_asked.connect(self._back)
        supervision.summary_asked.connect(lambda items: self._tried(lambda: self.open(Checked(items=items))))

    def open(self, begin_with: Checked | None = None) -> SummaryPage:
        """Open the page, with what is ticked on the agenda."""
        self._supervision.go()
        self._pages.part()
        page = SummaryPage(self._vault, begin_with)
        page.print_asked.connect(lambda checked: self._tried(lambda: self._print(checked)))
        if self._pages.show(page, None, TITLE):
            page.begin()
        return page

    def _print(self, checked: Checked) -> None:
        choice = self._pages.usual_choice(Sort.SUPERVISION_SUMMARY)
        self._pages.open_preview(None, Subject(checked=checked), choice)

    def _back(self, checked: Checked) -> None:
        page = self.open(checked)
        page.check()
        page.begin()

    def _tried(self, act: Callable[[], object]) -> None:
        try:
            act()
        except KnownError as fault:
            self._space.notice.show_error(fault)
