"""The previews of one open vault: which page is offered first, wherever printing is asked for."""

from collections.abc import Callable
from contextlib import suppress

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from alliance_desktop.domain.entry import ClientId, Entry, EntryId
from alliance_desktop.domain.errors import KnownError
from alliance_desktop.domain.timeline import Row
from alliance_desktop.services.access import OpenVault
from alliance_desktop.services.paper import CheckedPaper, Choice, Paper, Sort, Subject
from alliance_desktop.ui.entry_page import EntryPage
from alliance_desktop.ui.preview_page import AskPath, PreviewPage, PrintSheets
from alliance_desktop.ui.standing import Standing, Way
from alliance_desktop.ui.strain_page import StrainPage
from alliance_desktop.ui.workspace import Workspace


class PaperPages(Standing):
    """Opens previews; `check_asked` carries a summary for supervision that is to be read beside its original again.

    `gone_back` comes when one was closed and no page stands where the counsellor was before.
    """

    check_asked = Signal(object)
    gone_back = Signal()

    def __init__(self, workspace: Workspace, vault: OpenVault, print_sheets: PrintSheets, ask_path: AskPath) -> None:
        super().__init__(workspace, vault)
        self._print_sheets, self._ask_path = print_sheets, ask_path
        self._paper = Paper(vault)

    def open_client(self, id: ClientId) -> QWidget:
        """Open a client's page, to which a preview about them leads back."""
        raise NotImplementedError

    def open_preview(
        self, id: ClientId | None, subject: Subject | None = None, choice: Choice | None = None
    ) -> QWidget:
        """Open the preview of a client's pages, or of those about nobody.

        Of what `subject` names, or else of the newest thing that the page can be about; of a blank where there is none.
        """
        before, writing = self.way(), isinstance(self.page, EntryPage | StrainPage)
        self.part()
        client = self._book.client(id) if id is not None else None
        about = self._paper.leading(subject or Subject(client=id))
        checked = about.checked
        paper = self._paper if checked is None else CheckedPaper(self._vault, checked)
        if isinstance(paper, CheckedPaper) and not paper.is_as_read:
            self.check_asked.emit(checked)
            return self.page or self._space
        page = PreviewPage(
            paper,
            client,
            choice or self.usual_choice(self._paper.sort_of(about)),
            about,
            self._print_sheets,
            self._ask_path,
            self._vault.ledger,
        )
        if id is not None and not writing:
            page.closed.connect(lambda: self.return_by(lambda: self.open_client(id)))
        elif checked is not None:
            page.closed.connect(lambda: self._tried(lambda: self.check_asked.emit(checked)))
        else:
            page.closed.connect(lambda: self.return_by(lambda: self._go_back(page, before)))
        if self.show(page, client):
            page.begin()
        return page

    def preview_of(self, sort: Sort, choice: Choice | None = None) -> PreviewPage:
        """Return the preview of a page about nobody, for a place of its own."""
        return PreviewPage(
            self._paper,
            None,
            choice or self.usual_choice(sort),
            Subject(),
            self._print_sheets,
            self._ask_path,
            self._vault.ledger,
        )

    def print_of(self, page: StrainPage | EntryPage) -> None:
        """Open the preview of the strain or the note that a page is about, with all that was typed."""
        page.flush()
        client = page.client.id if page.client is not None else None
        if isinstance(page, EntryPage):
            self.open_preview(client, Subject(client=client, entry=page.desk.entry))
            return
        usual = self.usual_choice(Sort.CLIENT_PAGE)
        choice = usual if page.arc is not None else msgspec.structs.replace(usual, blank=True)
        self.open_preview(client, Subject(client=client, arc=page.arc), choice)

    def print_timeline(self, id: ClientId) -> None:
        """Open the preview of a client's timeline, of the days that are shown of it just now."""
        shown, usual = self._book.timeline_view(id).sift, self.usual_choice(Sort.TIMELINE_REPORT)
        self.open_preview(id, choice=msgspec.structs.replace(usual, first=shown.first, last=shown.last))

    def usual_choice(self, sort: Sort) -> Choice:
        """Return a page as the settings want it: its paper, the size of its words, its language."""
        kept = self._vault.settings.preferences()
        return Choice(sort=sort, paper=kept.paper, large=kept.large_print, language=kept.language)

    def print_client(self, id: ClientId, row: Row | None) -> None:
        """Open the preview that a counsellor most likely wants from a client's page.

        The page of the row that was chosen on purpose; without one, the page about a strain with them, or else their
        timeline.
        """
        entry = self._known(row.entry) if row is not None else None
        arc = entry.arc if entry is not None else row.arc if row is not None else None
        if arc is not None:
            self.open_preview(id, Subject(client=id, arc=arc))
        elif entry is not None and self._paper.has_page(entry):
            self.open_preview(id, Subject(client=id, entry=entry.id))
        elif self._vault.strains.of_client(id) or not len(self._book.timeline(id)):
            self.open_preview(id)
        else:
            self.print_timeline(id)

    def _go_back(self, page: PreviewPage, before: Way) -> None:
        """Close a preview and go where the counsellor was before it, with the way that led there."""
        self.forget(lambda one: one is page)
        self._tried(lambda: self.follow(before))
        if self.page is None:
            self.gone_back.emit()

    def _tried(self, act: Callable[[], object]) -> None:
        try:
            act()
        except KnownError as fault:
            self._space.notice.show_error(fault)

    def _known(self, id: EntryId | None) -> Entry | None:
        """Return an entry, or None where there is none (yet) of that id."""
        if id is None:
            return None
        with suppress(KeyError):
            return self._book.entry(id)
        return None
