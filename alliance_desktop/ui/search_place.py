"""The place "Search": asks what is typed, opens an entry where the words stand, and makes new words ready meanwhile."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from alliance_desktop.domain.errors import KnownError
from alliance_desktop.services.access import OpenVault
from alliance_desktop.services.search import Hit
from alliance_desktop.ui.fields.context import Context
from alliance_desktop.ui.later import Later
from alliance_desktop.ui.matching import point_to
from alliance_desktop.ui.pages import Pages
from alliance_desktop.ui.search_page import SearchPage
from alliance_desktop.ui.workspace import Workspace

KEY = "search"
BETWEEN_MS = 10
QUIET_MS = 3000
"""What was written is made ready after so long a pause, so that no writing waits for it."""


class SearchPlace(QObject):
    """Adds itself to the workspace. What is typed and found is wiped when the work is hidden, locked or closed.

    While it `waits`, nothing is made ready that nobody looks for.
    """

    def __init__(
        self, space: Workspace, vault: OpenVault, pages: Pages, context: Context, waits: Callable[[], bool]
    ) -> None:
        super().__init__(space)
        self._space, self._vault, self._pages, self._waits = space, vault, pages, waits
        self._search = vault.search
        self._beyond: int | None = None
        self._behind = self._is_further = self._is_ready = False
        self._context = context
        self._page = Later(self._make_page)
        space.add_place(KEY, None, self._page)
        self._steps = QTimer(self, interval=BETWEEN_MS)
        self._steps.timeout.connect(self._step)
        self._quiet = QTimer(self, singleShot=True, interval=QUIET_MS)
        self._quiet.timeout.connect(self._go_on)
        space.changed.connect(lambda _changed: self._follow())
        space.place_chosen.connect(self._chosen)
        space.escaped.connect(self._go_back)

    @property
    def page(self) -> SearchPage:
        """The page, which is made when it is asked for first."""
        return self._page()

    def open(self) -> None:
        """Show the page with the cursor where one types; what was found before is still there."""
        self._space.show_place(KEY)
        self.page.begin()

    def begin(self) -> None:
        """Make ready, beside the work, what cannot be found yet."""
        self._quiet.start()

    def stop(self) -> None:
        """Begin nothing any more and let no word stay: the vault is about to be closed."""
        self._quiet.stop()
        self._steps.stop()
        self.wipe()

    def wipe(self) -> None:
        """Let no word of what was looked for stay."""
        if self._page.made is not None:
            self._page.made.wipe()

    def look(self, *, aloud: bool = True) -> None:
        """Look for what is typed."""
        self._behind = self._is_further = False
        if not self.page.edit.text():
            return
        self._pages.flush()
        found = self._search.find(self.page.asked)
        self._beyond = found.beyond
        if found.all and not self._steps.isActive():
            # A damaged index is begun anew by a search.
            self._quiet.start()
        self.page.show_found(found, aloud=aloud)

    def open_hit(self, hit: Hit) -> None:
        """Open an entry, or a client's details, where the words stand, with the first of them selected."""
        asked = self.page.asked

        def spans(text: str) -> list[tuple[int, int]]:
            return self._search.spans(asked.typed, text, inside=asked.inside)

        page: QWidget | None = None
        if hit.subject.entry is not None:
            page = self._pages.open_entry(hit.subject.entry)
        elif hit.client is not None:
            page = self._pages.open_details(hit.client)
        if page is not None and self._pages.page is page:
            self._pages.note_search()
            point_to(page, hit, spans)

    def _go_back(self) -> None:
        """Go from a page that was opened from what was found back to it."""
        if self._pages.is_from_search:
            self._pages.return_by(lambda: self._space.show_place(KEY))
            self.page.go_on()

    def _make_page(self) -> SearchPage:
        page = SearchPage(self._search.kinds(), self._context)
        page.sought.connect(lambda: self._tried(self.look))
        page.more_asked.connect(lambda: self._tried(self._look_further))
        page.opened.connect(lambda hit: self._tried(lambda: self.open_hit(hit)))
        return page

    def _look_further(self) -> None:
        if self._beyond is not None:
            found = self._search.find(self.page.asked, beyond=self._beyond)
            self._beyond, self._is_further = found.beyond, True
            self.page.show_found(found, further=True)

    def _follow(self) -> None:
        """After a write, make its words ready once it is quiet, and look anew when the page is looked at again."""
        self._behind = True
        self._quiet.start()

    def _chosen(self, place: str) -> None:
        if place == KEY and self._behind:
            self._tried(lambda: self.look(aloud=False))

    def _go_on(self) -> None:
        self._is_ready = False
        self._steps.start()

    def _step(self) -> None:
        """Make a few notes ready; what the disk refuses is tried after the next write."""
        if not self._vault.is_open:
            self.stop()
            return
        if self._waits():
            return
        try:
            ready = not self._search.put_in()
            more = not ready or self._search.tidy()
        except KnownError:
            self._steps.stop()
            return
        if not more:
            self._steps.stop()
        if ready and not self._is_ready:
            self._is_ready = True
            self._made_ready()

    def _made_ready(self) -> None:
        if self._space.place == KEY and self.page.edit.text() and not self._is_further:
            self._tried(lambda: self.look(aloud=False))

    def _tried(self, act: Callable[[], None]) -> None:
        try:
            act()
        except KnownError as fault:
            self._space.notice.show_error(fault)
