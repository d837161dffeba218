"""The counsellor's short words: what is typed as ;word, and what it becomes."""

from typing import Any

from PySide6.QtCore import Signal

from alliance_desktop.domain.changes import Changed
from alliance_desktop.domain.errors import KnownError, SaveWaitingError
from alliance_desktop.services.snippets import LONG_TEXT, NO_TEXT, Snippet, Snippets
from alliance_desktop.ui.backup_list import Short
from alliance_desktop.ui.fields.textbox import TextBox
from alliance_desktop.ui.fitted import fitted
from alliance_desktop.ui.notice import Notice
from alliance_desktop.ui.page import Page
from alliance_desktop.ui.parts import button, card, field, label, row, writes
from alliance_desktop.ui.row_model import Row
from alliance_desktop.ui.words import isolated, spoken

TITLE = "Short words"
ABOUT = (
    "Type ; and a short word in a note, then a space, and what it stands for comes in its place. Undo brings the short "
    "word back. Ctrl+J lists them while you write."
)
NONE_YET = "None yet. A sentence you write often is a good first one."
TRIGGER_LINE = "Up to 20 letters or figures; it is typed with a ; before it."


class SnippetsPage(Page):
    """All short words, to add, change and remove; `changed` tells of each write, `closed` leads back."""

    changed = Signal(object)
    closed = Signal()

    def __init__(self, snippets: Snippets) -> None:
        super().__init__(TITLE, "short_words", 40.0)
        self._snippets = snippets
        self._was = ""
        self._removed: Snippet | None = None
        self.column.addWidget(label(ABOUT, "muted"))
        self.notice = Notice("short_words_notice", "Undo", closes=True, writes=True)
        self.view = Short("short_words_rows", TITLE)
        self._none = label(NONE_YET, "", "short_words_none")
        self.add = writes(button("&Add a short word…", "short_words_add"))
        self.change = writes(button("&Change…", "short_words_change"))
        self.remove = writes(button("&Remove", "short_words_remove"))
        back = button("&Back to the settings", "short_words_back", "link")
        for one in (self.notice, self.view, self._none, fitted(self.change, self.remove, self.add)):
            self.column.addWidget(one)
        self._make_editor()
        self.column.addLayout(row(back))
        self.column.addStretch(1)
        self.view.chosen.connect(lambda _key: self.change.setFocus())
        self.view.selectionModel().currentChanged.connect(lambda _now, _before: self._name_buttons())
        self.add.clicked.connect(lambda: self._edit(Snippet("", "")))
        self.change.clicked.connect(lambda: self._edit(self._current()))
        self.remove.clicked.connect(self._remove)
        self.notice.pressed.connect(self._undo)
        back.clicked.connect(self.closed)
        self.refresh()

    def begin(self) -> None:
        """Put the keyboard on the list, or on the way to a first one."""
        (self.view if self.view.rows.rowCount() else self.add).setFocus()

    def refresh(self) -> None:
        """Read the short words anew."""
        found = self._snippets.all()
        self.view.set_rows([_row(one) for one in found])
        self.view.updateGeometry()
        for one in (self.view, self.change, self.remove):
            one.setVisible(bool(found))
        self._none.setVisible(not found)
        self._name_buttons()

    def flush(self) -> bool:
        """Keep a short word that is whole while it is being changed; what is half stays with its place."""
        if not self.editor.isHidden() and self._differs():
            try:
                self.changed.emit(self._snippets.keep(self.trigger.text(), self.text.text(), self._was))
                self._was = self.trigger.text()
                self.refresh()
            except SaveWaitingError:
                self._was = self.trigger.text()
            except KnownError:
                # It is not whole yet, or the disk is full: its words go with the place of this page.
                return True
        return True

    def place(self) -> dict[str, Any]:
        """Return where the counsellor is on this page, as plain data, with the words that are not kept yet."""
        open = not self.editor.isHidden()
        half = {"was": self._was, "trigger": self.trigger.text(), "text": self.text.text()} if open else {}
        return {"page": "short_words", "row": self.view.currentIndex().row(), "half": half}

    def restore(self, place: dict[str, Any]) -> None:
        """Choose the same row again, and go on with the words that were being written."""
        at, half = place.get("row"), place.get("half")
        if isinstance(at, int) and 0 <= at < self.view.rows.rowCount():
            self.view.setCurrentIndex(self.view.rows.index(at))
        if isinstance(half, dict) and half:
            self._edit(Snippet(str(half.get("trigger", "")), str(half.get("text", ""))), str(half.get("was", "")))

    def concern(self, changed: Changed) -> None:
        """Nothing that is written elsewhere changes the short words."""

    def _make_editor(self) -> None:
        self.editor, column = card(0.6)
        self.editor.setObjectName("short_word")
        self.trigger, self.text = TextBox(1, 2, breaks=False), TextBox(3, 12)
        self.trouble = Notice("short_word_notice")
        keep = writes(button("&Keep it", "short_word_keep", "primary"))
        leave = button("&Leave it", "short_word_leave")
        column.addWidget(field("Short word", self.trigger, "short_word_trigger", TRIGGER_LINE))
        column.addWidget(field("What it stands for", self.text, "short_word_text"))
        column.addWidget(self.trouble)
        column.addLayout(row(keep, leave))
        self.editor.hide()
        self.column.addWidget(self.editor)
        keep.clicked.connect(self._keep)
        leave.clicked.connect(self._leave)

    def _current(self) -> Snippet:
        found = self.view.current_key()
        return found if isinstance(found, Snippet) else Snippet("", "")

    def _name_buttons(self) -> None:
        name = f";{isolated(self._current().trigger)}"
        self.change.setAccessibleName(spoken(f"Change {name}"))
        self.remove.setAccessibleName(spoken(f"Remove {name}"))

    def _edit(self, one: Snippet, was: str | None = None) -> None:
        self._was = one.trigger if was is None else was
        self.trigger.fill(one.trigger)
        self.text.fill(one.text)
        self.trouble.clear()
        self.editor.show()
        self.trigger.setFocus()
        self.ensureWidgetVisible(self.editor)

    def _differs(self) -> bool:
        return Snippet(self.trigger.text(), self.text.text()) not in self._snippets.all()

    def _keep(self) -> None:
        try:
            self.changed.emit(self._snippets.keep(self.trigger.text(), self.text.text(), self._was))
        except SaveWaitingError as fault:
            # It is kept, and only waits for room.
            self.notice.show_error(fault)
        except KnownError as fault:
            self.trouble.show_error(fault)
            (self.text if fault.sentence in {NO_TEXT, LONG_TEXT} else self.trigger).setFocus()
            return
        self._leave()

    def _leave(self) -> None:
        self.editor.hide()
        self.refresh()
        self.begin()

    def _remove(self) -> None:
        one = self._current()
        try:
            self.changed.emit(self._snippets.remove(one.trigger))
        except KnownError as fault:
            self.notice.offer(False)
            self.notice.show_error(fault)
            self.refresh()
            return
        self._removed = one
        self.refresh()
        self.notice.offer(True)
        self.notice.say(f"Removed: ;{isolated(one.trigger)}")
        self.begin()

    def _undo(self) -> None:
        one, self._removed = self._removed, None
        if one is None:
            return
        try:
            self.changed.emit(self._snippets.keep(one.trigger, one.text))
        except KnownError as fault:
            self.notice.show_error(fault)
            return
        self.notice.clear()
        self.refresh()
        if self.view.rows.place_of(one) >= 0:
            self.view.select(one)
        self.begin()


def _row(one: Snippet) -> Row:
    title, under = f";{isolated(one.trigger)}", " ".join(one.text.split())
    return Row(key=one, title=title, under=(isolated(under),), spoken=spoken(f"{title}: {under}"))
