"""A session note: written in ninety seconds or at length, finished when it is whole, added to afterwards."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from alliance_desktop.domain.answers import long_day
from alliance_desktop.domain.changes import Changed, Touched
from alliance_desktop.domain.client import Client
from alliance_desktop.domain.entry import Entry, EntryId, State
from alliance_desktop.domain.errors import KnownError, SaveWaitingError
from alliance_desktop.domain.form import is_answered
from alliance_desktop.services.notebook import Notebook, WriteCard
from alliance_desktop.services.preferences import Settings
from alliance_desktop.ui.addenda import Addenda
from alliance_desktop.ui.desk import Clock, Desk, Sheet
from alliance_desktop.ui.notice import Notice
from alliance_desktop.ui.parts import button, label, row
from alliance_desktop.ui.theme import spaced

SESSION_FORM = "session"
LANDED = "A tender session. Did you ask how it landed?"
LANDED_NEXT = "“How are you feeling after today?” can be noted under Temperature, or left."
FELT_OFF = "You noted that something felt off."
FELT_OFF_NEXT = "A minute is enough to keep what you noticed; it will be linked to this session."


class SessionPage(QWidget):
    """One session note of one client; `strain_asked` carries the entry a strain was noticed in."""

    changed = Signal(object)
    desk_changed = Signal()
    help_asked = Signal(object)
    strain_asked = Signal(object)

    def __init__(
        self,
        notebook: Notebook,
        settings: Settings,
        client: Client,
        entry: EntryId | None,
        clock: Clock,
        held: WriteCard | None = None,
    ) -> None:
        super().__init__()
        self.setObjectName("session_page")
        self._notebook, self._settings, self._client = notebook, settings, client
        written = notebook.entry(entry) if entry is not None else None
        form = notebook.forms.of(written) if written is not None else notebook.forms.current(SESSION_FORM)
        sheet = Sheet(client=client, form=form, card=form.cards[0], entry=written, held=held)
        self.desk = Desk(notebook, sheet, clock)
        head = label(form.cards[0].title, "heading", "session_title")
        self.notice = Notice("session_notice")
        self.felt_off = Notice("felt_off_notice", "Notice a strain")
        self._finish = button("Finish note", "finish_note")
        self._finish.setToolTip("Ctrl+Enter")
        self._to_addendum = button("Add to this note…", "to_addendum")
        self._to_addendum.hide()
        self._state = label("", "muted", "note_state")
        self._addenda: Addenda | None = None
        self._column = QVBoxLayout(self)
        spaced(self._column, (1.0, 0.8, 0.4, 0.4), 0.5)
        self._column.addWidget(head)
        self._column.addWidget(self.notice)
        self._column.addWidget(self.desk, 1)
        self._column.addWidget(self.felt_off)
        end = row(self._finish, self._to_addendum, self._state, stretch=False)
        end.setStretch(2, 1)
        self._column.addLayout(end)
        self._finish.clicked.connect(self.finish)
        self._to_addendum.clicked.connect(self._go_to_addendum)
        self.felt_off.pressed.connect(self._ask_strain)
        self.desk.written.connect(self._written)
        self.desk.help_asked.connect(self.help_asked)
        self._show_state(written)

    @property
    def client(self) -> Client:
        """Whose session it was."""
        return self._client

    @property
    def addenda(self) -> Addenda | None:
        """What was added to a finished note; None while it is a draft."""
        return self._addenda

    def flush(self) -> bool:
        """Write what is not written yet; False where the disk did not take it."""
        added = self._addenda.flush() if self._addenda is not None else True
        return self.desk.flush() and added

    def finish(self) -> None:
        """Freeze the note as it stands; later changes are addenda."""
        if not self.desk.flush() or self.desk.entry is None:
            return
        if self._owes_asking() and self.notice.sentence != LANDED:
            self.notice.say(LANDED, LANDED_NEXT)
            return
        self.notice.clear()
        changed = Changed(kinds=frozenset({Touched.ENTRY}), client=self._client.id, entry=self.desk.entry)
        try:
            changed = self._notebook.finish(self.desk.entry)
        except SaveWaitingError as fault:
            # It is finished, and only waits for room.
            self.notice.show_error(fault)
        except KnownError as fault:
            self.notice.show_error(fault)
            return
        self.desk.editor.set_read_only(True)
        self._show_state(self._notebook.entry(self.desk.entry))
        self.changed.emit(changed)

    def place(self) -> dict[str, Any]:
        """Return where the counsellor is on this page, as plain data."""
        return {
            "page": "session",
            "client": self._client.id,
            "entry": self.desk.id,
            "field": self.desk.place(),
        }

    def restore(self, place: dict[str, Any]) -> None:
        """Put field, cursor and scroll back where they were."""
        if isinstance(place.get("field"), dict):
            self.desk.restore(place["field"])

    def concern(self, changed: Changed) -> None:
        """Nothing others write changes this page: its entry is written here alone."""

    def _written(self, changed: Changed) -> None:
        answers = self.desk.editor.answers()
        if answers.get("felt_off") is True:
            if not self.felt_off.sentence:
                self.felt_off.say(FELT_OFF, FELT_OFF_NEXT)
        else:
            self.felt_off.clear()
        self._show_state(None)
        self.changed.emit(changed)

    def _owes_asking(self) -> bool:
        answers = self.desk.editor.answers()
        asked = self.desk.card.question("temperature_client")
        return answers.get("tender") is True and not is_answered(asked, answers.get("temperature_client"))

    def _ask_strain(self) -> None:
        if self.desk.flush() and self.desk.entry is not None:
            self.strain_asked.emit(self.desk.entry)

    def _show_state(self, entry: Entry | None) -> None:
        finished = entry is not None and entry.state is State.FINISHED
        self._finish.setVisible(not finished)
        if not finished or entry is None:
            self._state.setText("Draft. Finishing keeps it as it is; you can still add to it later.")
            return
        when = (entry.finished_at or entry.touched_at).astimezone()
        self._state.setText(f"Finished {long_day(when.date())}, {when:%H:%M}")
        if self._addenda is None:
            self._addenda = Addenda(self._notebook, self._settings, entry.id)
            self._addenda.written.connect(self.changed)
            self.desk.put_under(self._addenda)
        self._to_addendum.show()

    def _go_to_addendum(self) -> None:
        if self._addenda is not None:
            self._addenda.begin()
