"""The executor's view: wishes, open risks, appointments and how each is reached. It is read, printed, and locked."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QVBoxLayout, QWidget

from alliance_desktop.documents.pages import Item, Section, Sheet
from alliance_desktop.domain.errors import KnownError
from alliance_desktop.ui.fields.combo import Combo
from alliance_desktop.ui.notice import Notice
from alliance_desktop.ui.page import Page
from alliance_desktop.ui.parts import button, card, field, label, row, tick
from alliance_desktop.ui.preview_words import NOT_PROTECTED, PAPERS, SPOOLED
from alliance_desktop.ui.theme import spaced
from alliance_desktop.ui.words import isolated

TITLE = "For the executor"
ABOUT = (
    "This page shows what has to be done now, and nothing is changed by reading it. Nothing else of the notebook can "
    "be opened with the executor's key. Lock it when you leave."
)
PRINTED = "Sent to the printer."
SAVED = "The PDF is saved."
AT_ONCE = 60
"""So many items of a section are shown at once; a button brings the next."""

Act = Callable[[QWidget, str, bool], bool]
"""Prints or saves the page, on which paper and whether in large print; False where that was left."""


class ExecutorPage(Page):
    """All that an executor may see, read from the vault before and shown from the page that is also printed.

    No vault is open behind it. `lock_asked` asks for the lock, which takes the page away.
    """

    begins_at_top = True
    lock_asked = Signal()
    held_changed = Signal()

    def __init__(self, folder: Path, page: Sheet, paper: str, print_it: Act, save_it: Act) -> None:
        super().__init__(TITLE, "executor_view")
        self._folder = folder
        self._print, self._save = print_it, save_it
        facts = [*page.facts, *([page.words["sample"]] if page.sample else [])]
        self.column.addWidget(label(" · ".join(facts), "muted", "executor_facts"))
        self.column.addWidget(label(ABOUT, "", "executor_about"))
        self.lock_button = button("&Lock", "executor_lock", "primary")
        self.print_button = button("&Print…", "executor_print")
        self.save_button = button("&Save as PDF…", "executor_save")
        self.column.addLayout(row(self.lock_button, self.print_button, self.save_button))
        self.paper = Combo()
        for key, words in PAPERS.items():
            self.paper.addItem(words, key)
        self.paper.setCurrentIndex(max(0, self.paper.findData(paper)))
        self.column.addWidget(field("P&aper", self.paper, "executor_paper", narrow=True))
        self.large = tick("La&rge print, 18 point", "executor_large")
        self.column.addWidget(self.large)
        self.notice = Notice("executor_notice")
        self.column.addWidget(self.notice)
        for number, section in enumerate(page.sections):
            self._show(section, number)
        self.column.addStretch(1)
        self.lock_button.clicked.connect(self.lock_asked)
        self.print_button.clicked.connect(self.print)
        self.save_button.clicked.connect(self.save)

    @property
    def folder(self) -> Path | None:
        """The vault whose lock page a lock leads to."""
        return self._folder

    @property
    def holds_secret(self) -> bool:
        """Whether anything is shown that a lock is to take away: always."""
        return True

    def leave(self) -> None:
        """Take every word away."""
        self._print = self._save = _gone
        held = self.takeWidget()
        if held is not None:
            held.deleteLater()

    def begin(self) -> None:
        """Put the keyboard on the way out."""
        self.lock_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def print(self) -> None:
        """Ask for a printer and print what is seen, with full names."""
        try:
            if self._print(self, str(self.paper.currentData()), self.large.isChecked()):
                self.notice.say(PRINTED, SPOOLED)
        except KnownError as fault:
            self.notice.show_error(fault)

    def save(self) -> None:
        """Ask for a place and write the page as a PDF."""
        try:
            if self._save(self, str(self.paper.currentData()), self.large.isChecked()):
                self.notice.say(SAVED, NOT_PROTECTED)
        except KnownError as fault:
            self.notice.show_error(fault)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Print on the usual keys: the menus have nothing for this page."""
        if event.matches(QKeySequence.StandardKey.Print):
            self.print()
            return
        super().keyPressEvent(event)

    def _show(self, section: Section, number: int) -> None:
        frame, column = card(0.5)
        column.addWidget(label(section.heading, "heading", f"executor_section_{number}"))
        if section.lead:
            column.addWidget(label(section.lead, "muted"))
        self.column.addWidget(frame)
        items = [item for group in section.groups for item in group.items]
        inner = QVBoxLayout()
        spaced(inner, 0, 0.4)
        column.addLayout(inner)
        if len(items) > AT_ONCE:
            more = button("Show &more", f"executor_more_{number}", "link")
            column.addLayout(row(more))
            more.clicked.connect(partial(self._more, inner, items, more))
        self._fill(inner, items[:AT_ONCE])
        del items[:AT_ONCE]

    def _more(self, inner: QVBoxLayout, items: list[Item], more: QWidget) -> None:
        self._fill(inner, items[:AT_ONCE])
        del items[:AT_ONCE]
        if not items:
            self.lock_button.setFocus(Qt.FocusReason.OtherFocusReason)
            more.hide()
        QTimer.singleShot(0, self, lambda: self.ensureWidgetVisible(more))

    def _fill(self, inner: QVBoxLayout, items: list[Item]) -> None:
        for item in items:
            column = QVBoxLayout()
            spaced(column, (0, 0, 0, 0.35), 0.1)
            if item.label:
                column.addWidget(label(isolated(item.label), "label"))
            words = "\n".join(_lines(item))
            if words:
                column.addWidget(label(words))
            inner.addLayout(column)


def _gone(_parent: QWidget, _paper: str, _large: bool) -> bool:
    return False


def _lines(item: Item) -> Iterator[str]:
    yield from filter(None, item.text.split("\n"))
    for cells in item.rows:
        yield " · ".join(isolated(one) for one in cells if one)
