"""The preview of a page: what is printed is what is seen, and what cannot be printed is said before."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from alliance_desktop.domain.changes import Changed
from alliance_desktop.domain.client import Client
from alliance_desktop.domain.entry import ArcId, EntryId
from alliance_desktop.domain.errors import KnownError, UnseenWordingError
from alliance_desktop.services.ledger import Ledger
from alliance_desktop.services.paper import Choice, Paper, Sort
from alliance_desktop.services.strains import Strain
from alliance_desktop.ui.fields.fit import Fit
from alliance_desktop.ui.notice import Notice, announce
from alliance_desktop.ui.parts import button, field, label, tick
from alliance_desktop.ui.preview_words import (
    BEFORE,
    LANGUAGES,
    LINE_STAYS,
    NAMED,
    NOT_PRINTED,
    NOT_PROTECTED,
    PAPERS,
    SAFE_TO_TAKE,
    SORTS,
    SPOOLED,
    listed,
)
from alliance_desktop.ui.sheets import Sheets
from alliance_desktop.ui.showing_section import PRINT, SAVE, ShowingSection
from alliance_desktop.ui.theme import em, spaced

PrintSheets = Callable[[QWidget, list[bytes], str], bool]
LEAST = 16
"""So many characters of a choice can be read at any width."""

LEAST_HIGH = 12.0
"""So many line heights of the sheets are seen at least."""

AskPath = Callable[[QWidget, str], Path | None]


class PreviewPage(QWidget):
    """A page of one strain before it is printed; Esc asks to close it.

    `print_sheets` and `ask_path` are the printer and the file dialog. What holds private notes is not printed before
    the ledger has a line about it; `changed` tells of the line.
    """

    closed = Signal()
    changed = Signal(object)

    def __init__(
        self,
        paper: Paper,
        client: Client | None,
        strains: list[Strain],
        arc: ArcId | None,
        begin_with: Choice,
        print_sheets: PrintSheets,
        ask_path: AskPath,
        ledger: Ledger,
    ) -> None:
        super().__init__()
        self.setObjectName("preview_page")
        self._paper, self._client = paper, client
        self._print_sheets, self._ask_path, self._ledger = print_sheets, ask_path, ledger
        self._private: list[EntryId] = []
        self._svgs: list[bytes] = []
        self.notice = Notice("preview_notice", "Show the blank page")
        self.done = Notice("preview_done")
        self.sheets = Sheets()
        self.asking = ShowingSection()
        self._body = QStackedWidget()
        self._strain = _list(((one.name, one.arc.id) for one in strains), "preview_strain")
        self._sort = _list(((SORTS[one], str(one)) for one in Sort), "preview_sort")
        self._size = _list(((words, key) for key, words in PAPERS.items()), "preview_paper", 9)
        self._language = _list(((LANGUAGES.get(one, one), one) for one in paper.languages()), "preview_language")
        self._large = tick("Large print, 18 point", "preview_large")
        self._name = tick("With the name they like to be called", "preview_name")
        self._contacts = tick("With other people named in the plan", "preview_contacts")
        self._safe = label(SAFE_TO_TAKE, "muted", "preview_safe")
        self._print = button("Print…", "preview_print", "primary")
        self._save = button("Save as PDF…", "preview_save")
        self._lay_out()
        self._begin(begin_with, arc)
        for box in (self._strain, self._sort, self._size, self._language):
            box.currentIndexChanged.connect(self.refresh)
        for one in (self._large, self._name, self._contacts):
            one.toggled.connect(self.refresh)
        self.notice.pressed.connect(self._show_blank)
        self._print.clicked.connect(self.print)
        self._save.clicked.connect(self.save)
        self.asking.confirmed.connect(self._confirmed)
        self.asking.left.connect(self._stop_asking)
        self.refresh()

    @property
    def client(self) -> Client | None:
        """Whose pages these are; None for a blank."""
        return self._client

    def choice(self) -> Choice:
        """Return what is chosen."""
        return Choice(
            sort=Sort(self._sort.currentData()),
            paper=str(self._size.currentData()),
            large=self._large.isChecked(),
            language=str(self._language.currentData()),
            name=self._name.isChecked(),
            contacts=self._contacts.isChecked(),
        )

    def begin(self) -> None:
        """Put the cursor on the first choice."""
        self._sort.setFocus()

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
        choice = self.choice()
        blank = choice.sort in {Sort.BLANK_CLIENT_PAGE, Sort.BLANK_REPAIR_PLAN}
        for_client = choice.sort in {Sort.CLIENT_PAGE, Sort.BLANK_CLIENT_PAGE}
        self._strain_field.setVisible(not blank and self._strain.count() > 1)
        self._language_field.setVisible(for_client)
        self._name.setVisible(not blank)
        self._contacts.setVisible(choice.sort is Sort.REPAIR_PLAN)
        self._safe.setVisible(choice.sort is Sort.CLIENT_PAGE)
        self.done.clear()
        self._svgs = []
        try:
            page = self._paper.page(self._arc(), choice)
            self._rendered = self._paper.rendered(page, choice)
            self._svgs = self._rendered.svgs()
        except KnownError as fault:
            self.notice.show_error(fault)
            self.notice.offer(isinstance(fault, UnseenWordingError))
            self.sheets.clear()
        else:
            faults = self._paper.faults(page)
            named = not choice.name and self._client is not None and self._paper.names(page, self._client)
            self._safe.setText(f"{NAMED} {SAFE_TO_TAKE}" if named else SAFE_TO_TAKE)
            self.notice.offer(False)
            if faults:
                self.notice.say(*listed(faults), urgent=True)
            else:
                self.notice.clear()
            self.sheets.show_sheets(self._svgs)
            announce(self, f"{len(self._svgs)} sheets" if len(self._svgs) != 1 else "1 sheet")
        for one in (self._print, self._save):
            one.setEnabled(bool(self._svgs))
        self._private = self._paper.private_entries(self._arc(), choice) if self._svgs else []
        self._show_body(self.sheets)

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
        elif self._svgs and (path := self._ask_path(self, self._paper.file_name())) is not None:
            self._saved(path)

    @property
    def is_asking(self) -> bool:
        """Whether it is being asked for whom the page is."""
        return self._body.currentWidget() is self.asking

    def flush(self) -> bool:
        """Return True: nothing is written on this page."""
        return True

    def place(self) -> dict[str, Any]:
        """Return where the counsellor is on this page, as plain data."""
        client = self._client.id if self._client is not None else None
        kept = {"page": "preview", "client": client, "arc": self._arc(), "choice": msgspec.to_builtins(self.choice())}
        return kept | ({"showing": self.asking.place()} if self.is_asking else {})

    def restore(self, place: dict[str, Any]) -> None:
        """Ask again for whom it is, where that was being asked; the page was made with the choices it had."""
        showing = place.get("showing")
        if isinstance(showing, dict) and self._private and self._svgs:
            self.asking.restore(showing)
            self._ask(SAVE if showing.get("act") == SAVE else PRINT)

    def concern(self, changed: Changed) -> None:
        """Lay the page out anew where its strain was written to."""
        if changed.arc is not None and changed.arc == self._arc():
            self.refresh()

    def _lay_out(self) -> None:
        self._head = QWidget()
        column = QVBoxLayout(self._head)
        spaced(column, 0, 0.6)
        self._strain_field = field("Strain", self._strain, "preview_strain")
        self._language_field = field("Language", self._language, "preview_language")
        sort = field("Page", self._sort, "preview_sort")
        size = field("Paper", self._size, "preview_paper")
        column.addWidget(_flowing(sort, self._strain_field, size, self._language_field))
        column.addWidget(_flowing(self._large, self._name, self._contacts))
        column.addWidget(self._safe)
        column.addWidget(self.notice)
        column.addWidget(_flowing(self._print, self._save))
        column.addWidget(label(BEFORE, "muted", "preview_before"))
        for one in (self.sheets, self.asking):
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

    def _ask(self, act: str) -> None:
        self.done.clear()
        self._show_body(self.asking)
        self.asking.begin(act)

    def _show_body(self, one: QWidget) -> None:
        """Show the sheets with all that can be chosen, or ask for whom they are with all the room there is."""
        self._body.setCurrentWidget(one)
        self._head.setVisible(one is self.sheets)

    def _stop_asking(self) -> None:
        self._show_body(self.sheets)
        (self._save if self.asking.act == SAVE else self._print).setFocus()

    def _confirmed(self, whom: str, why: str) -> None:
        """Write the line first, then print or save; a line about what did not come about is taken back."""
        saves = self.asking.act == SAVE
        path = self._ask_path(self, self._paper.file_name()) if saves else None
        if saves and path is None:
            return
        noted = self._note(whom, why, "exported" if saves else "printed")
        if noted is None:
            return
        gone = self._saved(path) if path is not None else self._print_sheets(self, self._svgs, self.choice().paper)
        # A lock closes the printer's dialog, and takes this page and the vault away meanwhile: then the line stays.
        if not self._ledger.is_open:
            return
        if not gone:
            self._take_back(noted, told=saves)
            return
        self.asking.forget()
        self._stop_asking()
        if not saves:
            self.done.say("Sent to the printer.", SPOOLED)

    def _note(self, whom: str, why: str, how: str) -> EntryId | None:
        client = self._client.id if self._client is not None else None
        what = SORTS[self.choice().sort]
        try:
            noted = self._ledger.note(client, self._private, to_whom=whom, why=why, how=how, what=what)
        except KnownError as fault:
            self.done.show_error(fault)
            return None
        self.changed.emit(noted)
        return noted.entry

    def _take_back(self, noted: EntryId, *, told: bool) -> None:
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

    def _begin(self, choice: Choice, arc: ArcId | None) -> None:
        for box, value in (
            (self._sort, str(choice.sort)),
            (self._size, choice.paper),
            (self._language, choice.language),
            (self._strain, arc),
        ):
            box.setCurrentIndex(max(0, box.findData(value)))
        self._large.setChecked(choice.large)
        self._name.setChecked(choice.name)
        self._contacts.setChecked(choice.contacts)

    def _arc(self) -> ArcId | None:
        arc = self._strain.currentData()
        return ArcId(arc) if isinstance(arc, int) else None

    def _show_blank(self) -> None:
        self._sort.setCurrentIndex(self._sort.findData(str(Sort.BLANK_CLIENT_PAGE)))


def _flowing(*widgets: QWidget) -> QWidget:
    """Return widgets side by side that go on in the next line where there is little room."""
    held, around = QWidget(), Fit(most=0)
    held.setLayout(around)
    spaced(around, 0, 0.5)
    for one in widgets:
        around.addWidget(one)
    return held


def _list(items: Any, name: str, least: int = LEAST) -> QComboBox:
    made = QComboBox()
    made.setObjectName(name)
    # As wide as a long name of a strain it would push the list beside the page away.
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(least)
    for words, data in items:
        made.addItem(words, data)
    return made
