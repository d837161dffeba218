"""What links to an entry, each with a button that opens it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from alliance_desktop.domain.entry import Entry, EntryId
from alliance_desktop.services.ledger import is_line
from alliance_desktop.services.notebook import Notebook
from alliance_desktop.ui.parts import button, label, row
from alliance_desktop.ui.theme import spaced
from alliance_desktop.ui.words import isolated

HEADING = "Linked to this"


class LinksPanel(QWidget):
    """The entries that link to one, by date; hidden while there are none. `opened` carries the entry to open.

    Lines of the sharing ledger are left to the panel that tells them.
    """

    opened = Signal(object)

    def __init__(self, notebook: Notebook) -> None:
        super().__init__()
        self.setObjectName("links_panel")
        self._notebook = notebook
        self._shown: list[tuple[EntryId, str]] | None = None
        column = QVBoxLayout(self)
        spaced(column, (0, 0.8, 0, 0), 0.2)
        column.addWidget(label(HEADING, "heading"))
        self._lines = QVBoxLayout()
        spaced(self._lines, 0, 0.1)
        column.addLayout(self._lines)
        self.hide()

    def show_links(self, entry: EntryId | None, whose: object = None) -> None:
        """Show what links to an entry; `whose` is its client, who is not named again in each line."""
        self.show_all([entry] if entry is not None else [], whose)

    def show_all(self, entries: Sequence[EntryId], whose: object = None) -> None:
        """Show what links to any of some entries that stand together, such as the cards of a strain."""
        linked = {
            one.id: one
            for entry in entries
            for one in self._notebook.links_to(entry)
            if one.id not in entries and not is_line(self._notebook, one, entry)
        }
        found = sorted(linked.values(), key=lambda one: (one.happened_on, one.sequence, one.id))
        words = [self._words(one, whose) for one in found]
        shown = [(one.id, told) for one, told in zip(found, words, strict=True)]
        if self._shown == shown:
            return
        self._shown = shown
        while (item := self._lines.takeAt(0)) is not None:
            gone = item.widget()
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        for at, (one, told) in enumerate(zip(found, words, strict=True), 1):
            self._lines.addWidget(self._line(at, one, told))
        self.setVisible(bool(found))

    def _words(self, entry: Entry, whose: object) -> str:
        title = self._notebook.title(entry)
        return title if entry.client in {None, whose} else f"{isolated(self._notebook.who(entry))} · {title}"

    def _line(self, at: int, entry: Entry, words: str) -> QWidget:
        to_it = button("Open", f"linked_{at}", "link")
        to_it.setAccessibleName(f"Open: {words}")
        to_it.clicked.connect(lambda: self.opened.emit(entry.id))
        held = QWidget()
        line = row(label(words), to_it, stretch=False)
        line.setStretch(0, 1)
        held.setLayout(line)
        return held
