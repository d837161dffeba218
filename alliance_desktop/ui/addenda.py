"""The addenda of a finished note, and the box to add one; the first text stays as it is."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from alliance_desktop.domain.answers import long_day
from alliance_desktop.domain.changes import Changed, Touched
from alliance_desktop.domain.clock import local
from alliance_desktop.domain.entry import Addendum, EntryId
from alliance_desktop.domain.errors import KnownError, SaveWaitingError
from alliance_desktop.services.notebook import Notebook
from alliance_desktop.services.preferences import Settings
from alliance_desktop.ui.fields.place import scroll_area_of
from alliance_desktop.ui.fields.textbox import TextBox
from alliance_desktop.ui.notice import Notice
from alliance_desktop.ui.parts import button, card, field, label, row, tick
from alliance_desktop.ui.theme import spaced
from alliance_desktop.ui.words import units

WRITE_AFTER_MS = 2000


class Addenda(QWidget):
    """What was added to one finished entry; `written` carries what changed."""

    written = Signal(object)

    def __init__(self, notebook: Notebook, settings: Settings, entry: EntryId) -> None:
        super().__init__()
        self.setObjectName("addenda")
        self._notebook, self._settings, self._entry = notebook, settings, entry
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WRITE_AFTER_MS)
        column = QVBoxLayout(self)
        spaced(column, 0, 0.6)
        self._told = QVBoxLayout()
        spaced(self._told, 0, 0.5)
        column.addLayout(self._told)
        text, private = settings.unsent(entry)
        self._text = TextBox()
        self._text.snippets = notebook.short_words
        self._text.insertPlainText(text)
        self._private = tick("Only for me", "addendum_private")
        self._private.setChecked(private)
        self._add = button("Add to this note", "add_addendum", "primary")
        self.notice = Notice("addendum_notice")
        column.addWidget(field("Addendum", self._text, "addendum_text", "Dated today. The note itself stays as it is."))
        column.addWidget(self._private)
        column.addLayout(row(self._add))
        column.addWidget(self.notice)
        self._text.textChanged.connect(self._timer.start)
        self._private.toggled.connect(lambda _on: self._timer.start())
        self._timer.timeout.connect(self.flush)
        self._add.clicked.connect(self.add)
        self._show()

    def begin(self) -> None:
        """Put the cursor into the box, and bring all of it into view."""
        area = scroll_area_of(self)
        if area is not None:
            area.ensureWidgetVisible(self._add)
        self._text.setFocus()

    def point_to(self, id: int, spans: Callable[[str], list[tuple[int, int]]]) -> None:
        """Bring one addendum into view, with the first of some stretches of its text selected."""
        words = self.findChild(QLabel, f"addendum_{id}")
        area = scroll_area_of(self)
        if words is None:
            return
        words.setTextInteractionFlags(words.textInteractionFlags() | Qt.TextInteractionFlag.TextSelectableByKeyboard)
        words.setFocus(Qt.FocusReason.OtherFocusReason)
        for start, end in spans(words.text())[:1]:
            words.setSelection(units(words.text(), start), units(words.text(), end) - units(words.text(), start))
        if area is not None:
            QTimer.singleShot(0, self, lambda: area.ensureWidgetVisible(words))

    def set_read_only(self) -> None:
        """Let nothing be added, in a vault that is open for reading only."""
        self._text.set_read_only(True)
        self._private.setEnabled(False)
        self._add.setEnabled(False)

    def flush(self) -> bool:
        """Keep what is typed but not added yet; False where the disk did not take it."""
        self._timer.stop()
        try:
            self._settings.keep_unsent(self._entry, self._text.toPlainText(), private=self._private.isChecked())
        except KnownError as fault:
            self.notice.show_error(fault)
            return False
        return True

    def add(self) -> None:
        """Add the text to the note, dated now."""
        text = self._text.toPlainText().strip()
        if not text:
            return
        try:
            changed = self._notebook.amend(self._entry, text, private=self._private.isChecked())
        except SaveWaitingError as fault:
            # It is written, and only waits for room; adding it once more would write it twice.
            self.notice.show_error(fault)
            changed = Changed(kinds=frozenset({Touched.ENTRY}), entry=self._entry)
        except KnownError as fault:
            self.notice.show_error(fault)
            return
        self._text.selectAll()
        self._text.textCursor().removeSelectedText()
        self.flush()
        self._show()
        self.written.emit(changed)

    def _show(self) -> None:
        while (item := self._told.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for one in self._notebook.addenda(self._entry):
            self._told.addWidget(_told(one))


def _told(addendum: Addendum) -> QWidget:
    frame, inside = card(0.2, "private" if addendum.private else "card")
    written = local(addendum.written_at)
    only = " · only for me" if addendum.private else ""
    inside.addWidget(label(f"Added {long_day(written.date())}, {written:%H:%M}{only}", "muted"))
    text = label(addendum.text, "", f"addendum_{addendum.id}")
    text.setTextInteractionFlags(text.textInteractionFlags() | text.textInteractionFlags().TextSelectableByMouse)
    inside.addWidget(text)
    return frame
