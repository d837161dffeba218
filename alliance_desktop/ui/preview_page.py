"""The preview of a page: what is printed is what is seen, and what cannot be printed is said before."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from alliance_desktop.documents.pages import Page
from alliance_desktop.domain.audience import Part
from alliance_desktop.domain.changes import Changed
from alliance_desktop.domain.client import Client
from alliance_desktop.domain.entry import EntryId
from alliance_desktop.domain.errors import KnownError, NotTheirWordsError, UnseenWordingError
from alliance_desktop.services.ledger import Ledger
from alliance_desktop.services.paper import Blanks, Choice, Subject
from alliance_desktop.ui.notice import Notice, announce
from alliance_desktop.ui.parts import button, label, tick
from alliance_desktop.ui.preview_choices import PreviewChoices, flowing
from alliance_desktop.ui.preview_text import PreviewText
from alliance_desktop.ui.preview_words import (
    AS_TEXT,
    BEFORE,
    LAYING_OUT,
    LINE_STAYS,
    LINE_UNCONFIRMED,
    NAMED,
    NOT_PRINTED,
    NOT_PROTECTED,
    SAFE_TO_TAKE,
    SPOOLED,
    STOPPED,
    listed,
)
from alliance_desktop.ui.progress import Progress
from alliance_desktop.ui.sheets import Sheets
from alliance_desktop.ui.showing_section import COPY, PRINT, SAVE, ShowingSection
from alliance_desktop.ui.theme import em, spaced

PrintSheets = Callable[[QWidget, list[bytes], str], bool]

_HOW = {PRINT: "printed", SAVE: "exported", COPY: "copied"}
LEAST_HIGH = 12.0
"""So many line heights of the sheets are seen at least."""

AskPath = Callable[[QWidget, str], Path | None]


class PreviewPage(QWidget):
    """A page before it is printed; Esc asks to close it.

    `print_sheets` and `ask_path` are the printer and the file dialog. What holds private notes is not printed before
    the ledger has a line about it; `changed` tells of the line. Pages to fill in by hand need no ledger.
    """

    closed = Signal()
    changed = Signal(object)

    def __init__(
        self,
        paper: Blanks,
        client: Client | None,
        begin_with: Choice,
        subject: Subject,
        print_sheets: PrintSheets,
        ask_path: AskPath,
        ledger: Ledger | None = None,
    ) -> None:
        super().__init__()
        self.setObjectName("preview_page")
        self._paper, self._client = paper, client
        self._print_sheets, self._ask_path, self._ledger = print_sheets, ask_path, ledger
        self._private: list[EntryId] = []
        self._svgs: list[bytes] = []
        self.notice = Notice("preview_notice", "Show the blank page")
        self.done = Notice("preview_done")
        self.progress = Progress("preview_progress")
        self._is_stale = False
        self._asked_before: dict[str, Any] | None = None
        self.sheets, self.text = Sheets(), PreviewText()
        self.asking = ShowingSection()
        self._body = QStackedWidget()
        self.choices = PreviewChoices(paper, client, begin_with, subject, paper.today)
        self._as_text = tick(AS_TEXT, "preview_as_text")
        self._safe = label(SAFE_TO_TAKE, "muted", "preview_safe")
        self._print = button("Print…", "preview_print", "primary")
        self._save = button("Save as PDF…", "preview_save")
        self._lay_out()
        self.choices.changed.connect(self.refresh)
        self._as_text.toggled.connect(self._show_what_is_made)
        self.notice.pressed.connect(self.choices.show_blank)
        self._print.clicked.connect(self.print)
        self._save.clicked.connect(self.save)
        self.text.copy_asked.connect(self.copy)
        self.asking.confirmed.connect(self._confirmed)
        self.asking.left.connect(self._stop_asking)
        self.progress.done.connect(self._laid_out)
        self.progress.failed.connect(self._not_laid_out)
        self.refresh()

    @property
    def client(self) -> Client | None:
        """Whose pages these are; None for a blank."""
        return self._client

    def choice(self) -> Choice:
        """Return what is chosen."""
        return self.choices.choice()

    def begin(self) -> None:
        """Put the cursor on the first choice."""
        self.choices.sort.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ask to go back on Esc: nothing is typed here that could be lost."""
        if event.key() == Qt.Key.Key_Escape and self.is_asking:
            self._stop_asking()
            return
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)

    def refresh(self) -> None:
        """Lay the page out anew and say what cannot be shown on it."""
        choice, subject = self.choice(), self.choices.subject()
        kind = self.choices.kind
        self._safe.setVisible(kind.for_client and not choice.blank)
        self.done.clear()
        self._svgs = []
        if self.progress.is_busy:
            # What Typst has begun goes on to its end; then the page is laid out as it is wanted by then.
            self._is_stale = True
            self._private = []
            self.text.clear()
            self.progress.stop()
            return
        try:
            page = self._paper.page(subject, choice)
            self._rendered = self._paper.rendered(page, choice)
            self._svgs = [] if self._rendered.is_long else self._rendered.svgs()
        except KnownError as fault:
            self.notice.show_error(fault)
            self.notice.offer(isinstance(fault, NotTheirWordsError | UnseenWordingError))
            self.text.clear()
        else:
            faults = self._paper.faults(page)
            named = kind.for_client and Part.NAME not in choice.parts and self._says_who(page)
            self._safe.setText(f"{NAMED} {SAFE_TO_TAKE}" if named else SAFE_TO_TAKE)
            self.notice.offer(False)
            if faults:
                self.notice.say(*listed(faults), urgent=True)
            else:
                self.notice.clear()
            self.text.show_words(self._paper.twin(page))
            if self._rendered.is_long:
                self.progress.start(LAYING_OUT, self._rendered.pictures, only_reads=True)
        self._show_sheets()
        self._private = self._paper.private_entries(subject, choice) if self._svgs or self.progress.is_busy else []
        self._show_what_is_made()

    def print(self) -> None:
        """Ask for a printer and print what is seen; for whom first, where private notes are on it."""
        if self._svgs and self._private:
            self._ask(PRINT)
        elif self._svgs and self._print_sheets(self, self._svgs, self.choice().paper):
            self.done.say("Sent to the printer.", SPOOLED)

    def save(self) -> None:
        """Ask for a place and write the PDF, for its owner only; for whom first, where private notes are on it."""
        if self._svgs and self._private:
            self._ask(SAVE)
        elif self._svgs and (path := self._ask_path(self, self._paper.file_name(self.choice()))) is not None:
            self._saved(path)

    def copy(self) -> None:
        """Copy the page as plain text; for whom first, where private notes are on it."""
        if self._private:
            self._ask(COPY)
        else:
            self.text.copy()

    @property
    def is_asking(self) -> bool:
        """Whether it is being asked for whom the page is."""
        return self._body.currentWidget() is self.asking

    def flush(self) -> bool:
        """Return True: nothing is written on this page."""
        return True

    def place(self) -> dict[str, Any]:
        """Return where the counsellor is on this page, as plain data."""
        kept = {
            "page": "preview",
            "client": self._client.id if self._client is not None else None,
            "subject": msgspec.to_builtins(self.choices.subject()),
            "choice": msgspec.to_builtins(self.choice()),
            "as_text": self._as_text.isChecked(),
        }
        return kept | ({"showing": self.asking.place()} if self.is_asking else {})

    def restore(self, place: dict[str, Any]) -> None:
        """Ask again for whom it is, where that was being asked; the page was made with the choices it had."""
        self._as_text.setChecked(place.get("as_text") is True)
        showing = place.get("showing")
        if self.progress.is_busy:
            self._asked_before = place
        elif isinstance(showing, dict) and self._private and self._svgs:
            self.asking.restore(showing)
            act = showing.get("act")
            self._ask(act if act in {SAVE, COPY} else PRINT)

    def concern(self, changed: Changed) -> None:
        """Lay the page out anew where something of the client's was written."""
        if self._client is not None and changed.client == self._client.id and not self.is_asking:
            self.refresh()

    def _lay_out(self) -> None:
        self._head = QWidget()
        column = QVBoxLayout(self._head)
        spaced(column, 0, 0.6)
        column.addWidget(self.choices)
        column.addWidget(self._safe)
        column.addWidget(self.notice)
        column.addWidget(self.progress)
        column.addWidget(flowing(self._print, self._save, self._as_text, level=True))
        column.addWidget(label(BEFORE, "muted", "preview_before"))
        for one in (self.sheets, self.text, self.asking):
            self._body.addWidget(one)
        self._body.setMinimumHeight(em(LEAST_HIGH))
        inner = QWidget()
        inner.setProperty("surface", "clear")
        whole = QVBoxLayout(inner)
        spaced(whole, (1.0, 0.8, 1.0, 0.4), 0.6)
        whole.addWidget(self._head)
        whole.addWidget(self.done)
        whole.addWidget(self._body, 1)
        # With large text the choices alone fill a small window; then the page scrolls, and nothing is pressed together.
        area = QScrollArea()
        area.setObjectName("preview_scroll")
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inner)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(area)

    def _show_sheets(self) -> None:
        """Show the sheets there are; without any, nothing can be printed or saved."""
        self.sheets.show_sheets(self._svgs)
        for one in (self._print, self._save):
            one.setEnabled(bool(self._svgs))
        if self._svgs:
            announce(self, f"{len(self._svgs)} sheets" if len(self._svgs) != 1 else "1 sheet")

    def _laid_out(self, pictures: list[bytes]) -> None:
        if self._is_wanted_anew():
            return
        if self.progress.is_stopped:
            self._say_stopped()
            return
        self._svgs = pictures
        self._show_sheets()
        before, self._asked_before = self._asked_before, None
        if before is not None:
            self.restore(before)

    def _not_laid_out(self, fault: KnownError) -> None:
        if self._is_wanted_anew():
            return
        if self.progress.is_stopped:
            self._say_stopped()
            return
        self.notice.show_error(fault)
        self.notice.offer(False)

    def _is_wanted_anew(self) -> bool:
        """Lay the page out once more where something else was chosen meanwhile; say whether."""
        if self._is_stale:
            self._is_stale = False
            self.refresh()
            return True
        return False

    def _say_stopped(self) -> None:
        self.notice.say(*STOPPED)
        self.notice.offer(False)

    def _says_who(self, page: Page) -> bool:
        return self._client is not None and self._paper.names(page, self._client)

    def _ask(self, act: str) -> None:
        self.done.clear()
        self._show_body(self.asking)
        self.asking.begin(act, *self._paper.for_whom(self.choices.subject(), self.choice()))

    def _show_what_is_made(self) -> None:
        self._show_body(self.text if self._as_text.isChecked() else self.sheets)

    def _show_body(self, one: QWidget) -> None:
        """Show the page with all that can be chosen, or ask for whom it is with all the room there is."""
        self._body.setCurrentWidget(one)
        self._head.setVisible(one is not self.asking)

    def _stop_asking(self) -> None:
        self._show_what_is_made()
        {SAVE: self._save, COPY: self.text.copy_button}.get(self.asking.act, self._print).setFocus()

    def _confirmed(self, whom: str, why: str) -> None:
        """Write the line first, then print or save; a line about what did not come about is taken back."""
        saves, copies = self.asking.act == SAVE, self.asking.act == COPY
        path = self._ask_path(self, self._paper.file_name(self.choice())) if saves else None
        if saves and path is None:
            return
        noted = self._note(whom, why, _HOW[self.asking.act])
        if noted is None:
            return
        if copies:
            gone = self.text.copy()
        elif path is not None:
            gone = self._saved(path)
        else:
            gone = self._print_sheets(self, self._svgs, self.choice().paper)
        # A lock closes the printer's dialog, and takes this page and the vault away meanwhile: then the line stays.
        if self._ledger is None or not self._ledger.is_open:
            return
        if not gone:
            self._take_back(noted, told=saves)
            return
        self._confirm(noted)
        self.asking.forget()
        self._stop_asking()
        if not (saves or copies):
            self.done.say("Sent to the printer.", SPOOLED)

    def _note(self, whom: str, why: str, how: str) -> EntryId | None:
        client = self._client.id if self._client is not None else None
        if self._ledger is None:
            return None
        what = self.choices.kind.words
        try:
            noted = self._ledger.note(client, self._private, to_whom=whom, why=why, how=how, what=what, begun=True)
        except KnownError as fault:
            self.done.show_error(fault)
            return None
        self.changed.emit(noted)
        return noted.entry

    def _confirm(self, noted: EntryId) -> None:
        if self._ledger is None:
            return
        try:
            self.changed.emit(self._ledger.confirm(noted))
        except KnownError:
            self.done.say(*LINE_UNCONFIRMED, urgent=True)

    def _take_back(self, noted: EntryId, *, told: bool) -> None:
        if self._ledger is None:
            return
        try:
            changed = self._ledger.take_back(noted)
        except KnownError:
            self.done.say(*LINE_STAYS, urgent=True)
            return
        self.changed.emit(changed)
        if not told:
            self.done.say(*NOT_PRINTED)

    def _saved(self, path: Path) -> bool:
        try:
            self._paper.save(self._rendered, path)
        except KnownError as fault:
            self.done.show_error(fault)
            return False
        self.done.say("The PDF is saved.", NOT_PROTECTED)
        return True
