"""The preview of a page: what is printed is what is seen, and what cannot be printed is said before."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from alliance_desktop.domain.changes import Changed
from alliance_desktop.domain.client import Client
from alliance_desktop.domain.entry import EntryId
from alliance_desktop.domain.errors import KnownError, NotTheirWordsError, UnseenWordingError
from alliance_desktop.services.ledger import Ledger
from alliance_desktop.services.paper import Begun, Blanks, Choice, Made, Subject
from alliance_desktop.ui.notice import Notice, announce
from alliance_desktop.ui.preview_bar import PreviewBar
from alliance_desktop.ui.preview_choices import PreviewChoices
from alliance_desktop.ui.preview_frame import PreviewFrame
from alliance_desktop.ui.preview_text import PreviewText
from alliance_desktop.ui.preview_words import (
    LAYING_OUT,
    LINE_STAYS,
    LINE_UNCONFIRMED,
    NOT_PRINTED,
    NOT_PROTECTED,
    SPOOLED,
    STOPPED,
    listed,
    saved_words,
    still_told,
)
from alliance_desktop.ui.progress import Progress
from alliance_desktop.ui.records.words import GATHERING
from alliance_desktop.ui.sheets import Sheets
from alliance_desktop.ui.showing_section import COPY, PRINT, SAVE, ShowingSection
from alliance_desktop.ui.theme import spaced

PrintSheets = Callable[[QWidget, list[bytes], str], bool]

_HOW = {PRINT: "printed", SAVE: "exported", COPY: "copied"}
_CHORDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
_ZOOMS = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1, Qt.Key.Key_0: 0}

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
        self._private: Sequence[EntryId] = ()
        self._svgs: list[bytes] = []
        self.notice = Notice("preview_notice", "Show the blank page")
        self.still, self.done = Notice("preview_still"), Notice("preview_done")
        self.progress = Progress("preview_progress")
        self._is_stale = False
        self._asked_before: dict[str, Any] | None = None
        self.sheets, self.text = Sheets(), PreviewText()
        self.asking = ShowingSection()
        self.choices = PreviewChoices(paper, client, begin_with, subject, paper.today)
        self.bar = PreviewBar(self.choices.sort, self.still)
        self.frame = PreviewFrame(self.bar, self.choices, (self.notice, self.progress, self.done))
        for one in (self.sheets, self.text, self.asking):
            self.frame.body.addWidget(one)
        around = QVBoxLayout(self)
        spaced(around, 0, 0)
        around.addWidget(self.frame)
        self.choices.changed.connect(self.refresh)
        self.choices.zoomed.connect(self.zoom)
        self.frame.tightened.connect(self.sheets.tighten)
        self.bar.turned.connect(self._turn)
        self.notice.pressed.connect(self.choices.show_blank)
        self.bar.print.clicked.connect(self.print)
        self.bar.save.clicked.connect(self.save)
        self.bar.copy.clicked.connect(self.copy)
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
        """Ask to go back on Esc: nothing is typed here that could be lost; plus, minus and 0 zoom."""
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        elif event.key() in _ZOOMS and not self.is_asking and not event.modifiers() & _CHORDS:
            self.zoom(_ZOOMS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def zoom(self, step: int) -> None:
        """Show the sheets larger or smaller by a step, or with 0 as wide as there is room for."""
        self.frame.show_page()
        self.bar.turn(False)
        self.sheets.zoom_by(step)

    def refresh(self) -> None:
        """Lay the page out anew and say what cannot be shown on it."""
        self._say_safe(named=False)
        self.done.clear()
        self.still.clear()
        self._svgs, self._private = [], ()
        if self.progress.is_busy:
            # What Typst has begun goes on to its end; then the page is laid out as it is wanted by then.
            self._is_stale = True
            self._say_words("")
            self.progress.stop()
            return
        try:
            begun = self._paper.begin(self.choices.subject(), self.choice(), self._client)
        except KnownError as fault:
            self.notice.show_error(fault)
            self.notice.offer(isinstance(fault, NotTheirWordsError | UnseenWordingError))
            self._say_words("")
        else:
            self.notice.clear()
            self.notice.offer(False)
            self._follow(begun)
        self._show_sheets()
        self._show_what_is_made()

    def print(self) -> None:
        """Ask for a printer and print what is seen; for whom first, where private notes are on it."""
        if self._svgs and self._private:
            self._ask(PRINT)
        elif self._svgs and self._printed():
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
        return self.frame.body.currentWidget() is self.asking

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
            "as_text": self.bar.is_text,
        }
        asked = self._asked_before or {}
        showing = self.asking.place() if self.is_asking else asked.get("showing")
        return kept | ({"showing": showing} if showing is not None else {})

    def restore(self, place: dict[str, Any]) -> None:
        """Ask again for whom it is, where that was being asked; the page was made with the choices it had."""
        self.bar.turn(place.get("as_text") is True)
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

    def _leave(self) -> None:
        """Go one step back: from the question, from the choices that hide the page, from the page."""
        if self.is_asking:
            self._stop_asking()
        elif self.frame.is_instead:
            self.frame.show_page()
            self.bar.more.setFocus()
        else:
            self.closed.emit()

    def _say_words(self, words: str) -> None:
        """Show the words of the page; without any, nothing can be copied."""
        self.text.show_words(words)
        self.bar.copy.setEnabled(bool(words))

    def _show_sheets(self) -> None:
        """Show the sheets there are; without any, nothing can be printed or saved."""
        self.sheets.show_sheets(self._svgs)
        for one in (self.bar.print, self.bar.save):
            one.setEnabled(bool(self._svgs))
        if self._svgs:
            announce(self, f"{len(self._svgs)} sheets" if len(self._svgs) != 1 else "1 sheet")

    def _laid_out(self, answer: Made | Callable[[], None]) -> None:
        if self._is_wanted_anew():
            return
        if self.progress.is_stopped:
            self._say_stopped()
            return
        if isinstance(answer, Made):
            self._show_made(answer)
            self._show_sheets()
        elif self._paper.is_open:
            answer()
            self.refresh()
        self._go_on_asking()

    def _go_on_asking(self) -> None:
        """Ask again for whom it is, where that was asked before a lock and the page is here by now."""
        before = None if self.progress.is_busy else self._asked_before
        if before is not None:
            self._asked_before = None
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
            self._go_on_asking()
            return True
        return False

    def _say_stopped(self) -> None:
        self.notice.say(*STOPPED)
        self.notice.offer(False)

    def _follow(self, begun: Begun) -> None:
        """Show a page that is ready, or have it made ready beside the window."""
        self._private = begun.private
        if (still := still_told(begun))[0]:
            self.still.say(*still)
        if begun.made is not None:
            self._show_made(begun.made)
        elif begun.work is not None:
            self._say_words("")
            self.progress.start(GATHERING if begun.gathers else LAYING_OUT, begun.work, only_reads=True)

    def _show_made(self, made: Made) -> None:
        """Take a page that is ready, and say what cannot be shown on it."""
        self._rendered, self._svgs = made.rendered, made.svgs
        self._say_safe(named=made.named)
        if made.faults:
            self.notice.say(*listed(made.faults), urgent=True)
        elif (want := self.choices.want)[0]:
            self.notice.say(*want)
        self._say_words(made.words)

    def _say_safe(self, *, named: bool) -> None:
        self.frame.say_safe(goes_home=self.choices.kind.for_client and not self.choice().blank, named=named)

    def _ask(self, act: str) -> None:
        self.done.clear()
        self._show_body(self.asking)
        self.asking.begin(act, *self._paper.for_whom(self.choices.subject(), self.choice()))

    def _turn(self) -> None:
        """Show the page as it is wanted, where it is not asked for whom it is."""
        self.frame.show_page()
        if not self.is_asking:
            self._show_what_is_made()

    def _show_what_is_made(self) -> None:
        self._show_body(self.text if self.bar.is_text else self.sheets)

    def _show_body(self, one: QWidget) -> None:
        """Show the page with all that can be chosen, or ask for whom it is with all the room there is."""
        self.frame.body.setCurrentWidget(one)
        self.frame.ask(one is self.asking)

    def _stop_asking(self) -> None:
        self._show_what_is_made()
        {SAVE: self.bar.save, COPY: self.bar.copy}.get(self.asking.act, self.bar.print).setFocus()

    def _confirmed(self, whom: str, why: str) -> None:
        """Write the line first, then print or save; a line about what did not come about is taken back."""
        saves, copies = self.asking.act == SAVE, self.asking.act == COPY
        path = self._ask_path(self, self._paper.file_name(self.choice())) if saves else None
        if saves and path is None:
            return
        self.done.clear()
        noted = self._note(whom, why, _HOW[self.asking.act])
        if noted is None:
            return
        gone = self.text.copy() if copies else self._saved(path) if path is not None else self._printed()
        # A lock closes the printer's dialog, and takes this page and the vault away meanwhile: then the line stays.
        if self._ledger is None or not self._ledger.is_open:
            return
        if not gone:
            self._take_back(noted)
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

    def _take_back(self, noted: EntryId) -> None:
        if self._ledger is None:
            return
        try:
            changed = self._ledger.take_back(noted)
        except KnownError:
            self.done.say(*LINE_STAYS, urgent=True)
            return
        self.changed.emit(changed)
        if not self.done.sentence:
            self.done.say(*NOT_PRINTED)

    def _printed(self) -> bool:
        try:
            return self._print_sheets(self, self._svgs, self.choice().paper)
        except KnownError as fault:
            self.done.show_error(fault)
            return False

    def _saved(self, path: Path) -> bool:
        try:
            self._paper.save(self._rendered, path)
        except KnownError as fault:
            self.done.show_error(fault)
            return False
        self.done.say(saved_words(path), NOT_PROTECTED)
        return True
