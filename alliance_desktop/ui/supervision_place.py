"""The place "Supervision": its list, and the page of agenda and hours where nothing else is open."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from alliance_desktop.domain.changes import Changed
from alliance_desktop.domain.entry import Entry, EntryId
from alliance_desktop.domain.errors import KnownError
from alliance_desktop.domain.timeline import summary
from alliance_desktop.services.access import OpenVault
from alliance_desktop.ui.later import Later
from alliance_desktop.ui.pages import Pages
from alliance_desktop.ui.places import PLACES
from alliance_desktop.ui.supervision_list import AGENDA, SupervisionList
from alliance_desktop.ui.supervision_page import SupervisionPage
from alliance_desktop.ui.workspace import Workspace

KEY = "supervision"
CHOOSE = "Choose on the left: what waits for supervision, or what you wrote about it."


class SupervisionPlace(QObject):
    """Keeps the list of the place in step, and opens what is chosen in it; `figures_asked` asks for the numbers.

    `summary_asked` carries the keys of the items to be summed up.
    """

    figures_asked = Signal()
    summary_asked = Signal(object)

    def __init__(self, workspace: Workspace, vault: OpenVault, pages: Pages) -> None:
        super().__init__(workspace)
        self._space, self._vault, self._pages = workspace, vault, pages
        self._is_passed = False
        self._middle = Later(self._make_list)
        workspace.add_place(KEY, self._middle, CHOOSE)
        pages.register("supervision", self._reopen)
        workspace.place_chosen.connect(self._chosen)
        workspace.changed.connect(self.follow)
        pages.shown.connect(self._mark)

    @property
    def middle(self) -> SupervisionList:
        """The list, which is made when it is asked for first."""
        return self._middle()

    def go(self) -> None:
        """Go to the place where another page than that of the agenda is about to be opened."""
        self._is_passed = True
        self._space.show_place(KEY)
        self._is_passed = False

    def open_agenda(self) -> SupervisionPage:
        """Open the page of agenda and hours."""
        self._pages.part()
        page = SupervisionPage(self._vault)
        page.summary_asked.connect(self.summary_asked)
        if self._pages.show(page, None, PLACES[KEY]):
            page.begin()
        return page

    def follow(self, changed: Changed) -> None:
        """Read the list anew where a note of the counsellor's own was written."""
        if changed.client is None and self._space.place == KEY:
            self._tried(self.refresh)

    def refresh(self) -> None:
        """Read the list anew."""
        book, desk = self._vault.notebook, self._vault.supervision
        shelves = {
            "prep": desk.preparations(),
            "session": desk.sessions(),
            "learning": list(reversed(book.of_form("own_learning"))),
            "reflection": list(reversed(book.of_form("team_reflection"))),
        }
        self.middle.set_entries(shelves, self._head)

    def _make_list(self) -> SupervisionList:
        made = SupervisionList()
        made.opened.connect(self._open)
        made.agenda_asked.connect(self.open_agenda)
        made.figures_asked.connect(self.figures_asked)
        return made

    def _chosen(self, key: str) -> None:
        if key != KEY:
            return
        self._tried(self.refresh)
        if self._pages.page is None and self._space.panes > 1 and not self._is_passed:
            self._tried(self.open_agenda)

    def _mark(self) -> None:
        """Make what is open the current row."""
        if self._space.place == KEY:
            page = self._pages.page
            desk = getattr(page, "desk", None)
            self.middle.view.select(AGENDA if isinstance(page, SupervisionPage) else getattr(desk, "entry", None))

    def _open(self, id: EntryId) -> None:
        self._tried(lambda: self._pages.open_entry(id))

    def _tried(self, act: Callable[[], object]) -> None:
        try:
            act()
        except KnownError as fault:
            self._space.notice.show_error(fault)

    def _reopen(self, at: dict[str, Any]) -> None:
        self.open_agenda()

    def _head(self, entry: Entry) -> str:
        form = self._vault.forms.known(entry)
        return summary(form, form.card(entry.card), entry) if form is not None else ""
