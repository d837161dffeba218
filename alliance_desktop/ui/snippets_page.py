"""The counsellor's short words: what is typed as ;word, and what it becomes."""

from typing import Any

from PySide6.QtCore import QTimer, Signal

from alliance_desktop.domain.changes import Changed
from alliance_desktop.domain.errors import KnownError, SaveWaitingError
from alliance_desktop.services.snippets import LONG_TEXT, NO_TEXT, HalfWord, Snippet, Snippets
from alliance_desktop.ui.fields.textbox import TextBox
from alliance_desktop.ui.fitted import fitted
from alliance_desktop.ui.notice import Notice
from alliance_desktop.ui.page import Page
from alliance_desktop.ui.parts import button, card, field, label, row, writes
from alliance_desktop.ui.row_model import Row
from alliance_desktop.ui.row_view import ShortRows
from alliance_desktop.ui.words import isolated, spoken

TITLE = "Short words"
ABOUT = (
    "Type ; and a short word in a note, then a space, and what it stands for comes in its place. Undo brings the short "
    "word back. Ctrl+J lists them while you write."
)
NONE_YET = "None yet. A sentence you write often is a good first one."
HALF = "This one is not kept yet. Keep it or leave it first."
WRITE_AFTER_MS = 2000
TRIGGER_LINE = "Up to 20 letters or figures; it is typed with a ; before it."


class SnippetsPage(Page):
    """All short words, to add, change and remove; `changed` tells of each write, `closed` leads back."""

    changed = Signal(object)
    closed = Signal()

    def __init__(self, snippets: Snippets) -> None:
        super().__init__(TITLE, "short_words", 40.0)
        self._snippets = snippets
        self._was = ""
        self._timer = QTimer(self, singleShot=True, interval=WRITE_AFTER_MS)
        self._timer.timeout.connect(self.flush)
        self._removed: Snippet | None = None
        self.column.addWidget(label(ABOUT, "muted"))
        self.notice = Notice("short_words_notice", "Undo", closes=True, writes=True)
        self.view = ShortRows("short_words_rows", TITLE)
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

    def go_on(self) -> None:
        """Go on with the short word that was being written when this page was left, or begin."""
        half = self._snippets.draft()
        if half is None:
            self.begin()
        else:
            self._show(half)

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
        """Keep what is being written, whole or half, as a draft; False where the disk did not take it.

        It becomes a short word, or changes one, only where that is asked for.
        """
        self._timer.stop()
        if self.editor.isHidden():
            return True
        try:
            self._snippets.keep_draft(self._half())
        except SaveWaitingError:
            # It is kept, and only waits for room.
            return True
        except KnownError as fault:
            self.trouble.show_error(fault)
            return False
        return True

    def stop(self) -> None:
        """Write nothing by itself any more: the vault is about to be closed."""
        self._timer.stop()

    def place(self) -> dict[str, Any]:
        """Return where the counsellor is on this page, as plain data; what is being written lies in its draft."""
        return {"page": "short_words", "row": self.view.currentIndex().row()}

    def restore(self, place: dict[str, Any]) -> None:
        """Choose the same row again."""
        at = place.get("row")
        if isinstance(at, int) and 0 <= at < self.view.rows.rowCount():
            self.view.setCurrentIndex(self.view.rows.index(at))

    def concern(self, changed: Changed) -> None:
        """Nothing that is written elsewhere changes the short words."""

    def _make_editor(self) -> None:
        self.editor, column = card(0.6)
        self.editor.setObjectName("short_word")
        self.trigger, self.text = TextBox(1, 2, breaks=False), TextBox(3, 12)
        self.trouble = Notice("short_word_notice")
        keep = writes(button("&Keep it", "short_word_keep", "primary"))
        leave = button("Cancel &this change", "short_word_leave")
        column.addWidget(field("Short word", self.trigger, "short_word_trigger", TRIGGER_LINE))
        column.addWidget(field("What it stands for", self.text, "short_word_text"))
        column.addWidget(self.trouble)
        column.addLayout(row(keep, leave))
        self.editor.hide()
        self.column.addWidget(self.editor)
        for box in (self.trigger, self.text):
            box.textChanged.connect(self._timer.start)
        keep.clicked.connect(self._keep)
        leave.clicked.connect(self._leave)

    def _current(self) -> Snippet:
        found = self.view.current_key()
        return found if isinstance(found, Snippet) else Snippet("", "")

    def _name_buttons(self) -> None:
        name = f";{isolated(self._current().trigger)}"
        self.change.setAccessibleName(spoken(f"Change {name}"))
        self.remove.setAccessibleName(spoken(f"Remove {name}"))

    def _edit(self, one: Snippet) -> None:
        """Begin a short word, or a change of one; one that is half written comes first."""
        if self._is_begun():
            self.trouble.say(HALF)
            self.trigger.setFocus()
            return
        self._show(HalfWord(one.trigger, one.text, one.trigger))

    def _show(self, half: HalfWord) -> None:
        self._was = half.was
        self.trigger.fill(half.trigger)
        self.text.fill(half.text)
        self.trouble.clear()
        self.editor.show()
        self.trigger.setFocus()
        self.ensureWidgetVisible(self.editor)

    def _half(self) -> HalfWord | None:
        """Return what is being written; None where it says nothing that is not kept already."""
        half = HalfWord(self.trigger.text(), self.text.text(), self._was)
        kept = Snippet(half.trigger, half.text) in self._snippets.all() and half.trigger == half.was
        return None if kept or not (half.trigger or half.text) else half

    def _is_begun(self) -> bool:
        return not self.editor.isHidden() and self._half() is not None

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
        self._close()

    def _leave(self) -> None:
        """Let go of what was being written, as is asked for."""
        try:
            self._snippets.keep_draft(None)
        except SaveWaitingError as fault:
            self.notice.show_error(fault)
        except KnownError as fault:
            self.trouble.show_error(fault)
            return
        self._close()

    def _close(self) -> None:
        self._timer.stop()
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
