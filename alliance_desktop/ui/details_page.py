"""A client's details: the code and what they like to be called first, everything else if it helps."""

from typing import Any

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from alliance_desktop.domain.answers import Answers
from alliance_desktop.domain.changes import Changed
from alliance_desktop.domain.client import Client
from alliance_desktop.domain.clock import local
from alliance_desktop.domain.entry import ClientId
from alliance_desktop.services.notebook import CLIENT_FORM, Notebook
from alliance_desktop.ui.autosave import Autosave
from alliance_desktop.ui.card_editor import CardEditor
from alliance_desktop.ui.desk import Clock, scrolled
from alliance_desktop.ui.fields.context import Context
from alliance_desktop.ui.fields.place import Place
from alliance_desktop.ui.parts import button, label, row, writes
from alliance_desktop.ui.theme import spaced


class DetailsPage(QWidget):
    """The details of one client, or of a new one; `done_asked` when the counsellor goes on to the client's page.

    `delete_asked` carries the client who is to be deleted.
    """

    changed = Signal(object)
    help_asked = Signal(object)
    done_asked = Signal()
    delete_asked = Signal(object)

    def __init__(self, notebook: Notebook, client: Client | None, clock: Clock) -> None:
        super().__init__()
        self.setObjectName("details_page")
        self._notebook = notebook
        self._id: ClientId | None = client.id if client is not None else None
        self._new = notebook.new_client()
        form = notebook.forms.current(CLIENT_FORM)
        card = form.cards[0]
        context = Context(today=notebook.today, now=lambda: local(clock()).time(), snippets=notebook.short_words)
        answers = client.answers if client is not None else {}
        area, inside = scrolled(self, "details_scroll")
        self.editor = CardEditor(form, card, facts=frozenset(), answers=answers, context=context, parent=area.widget())
        inside.addWidget(self.editor)
        inside.addStretch(1)
        self.autosave = Autosave(self.editor, self._save, clock)
        self.editor.help_asked.connect(self.help_asked)
        done = button("To the client's page", "details_done", "primary")
        done.clicked.connect(self._done)
        delete = writes(button("Delete this client for good…", "details_delete", "link"))
        if client is None:
            delete.hide()
        delete.clicked.connect(self._ask_delete)
        column = QVBoxLayout(self)
        spaced(column, (1.0, 0.8, 0.4, 0.4), 0.5)
        column.addWidget(label("New client" if client is None else "Details", "heading"))
        column.addWidget(label("A code is enough. Everything else can wait.", "muted"))
        column.addWidget(area, 1)
        column.addLayout(row(done, delete))

    @property
    def client(self) -> Client | None:
        """The client as stored now; None before anything was written."""
        return self._notebook.client(self._id) if self._id is not None else None

    def begin(self) -> None:
        """Put the cursor where typing starts."""
        self.editor.focus()

    def flush(self) -> bool:
        """Write what is not written yet; False where the disk did not take it."""
        return self.autosave.flush()

    def place(self) -> dict[str, Any]:
        """Return where the counsellor is on this page, as plain data."""
        return {"page": "details", "client": self._id, "field": msgspec.to_builtins(self.editor.place())}

    def restore(self, place: dict[str, Any]) -> None:
        """Put field, cursor and scroll back where they were."""
        try:
            self.editor.restore(msgspec.convert(place.get("field"), Place))
        except msgspec.ValidationError:
            return

    def concern(self, changed: Changed) -> None:
        """Nothing others write changes this page: the details are written here alone."""

    def _save(self, answers: Answers) -> None:
        if self._id is None:
            changed = self._notebook.add_client(answers, self._new)
            self._id = changed.client
        else:
            changed = self._notebook.amend_client(self._id, answers)
        self.changed.emit(changed)

    def _ask_delete(self) -> None:
        if self.flush() and self._id is not None:
            self.delete_asked.emit(self._id)

    def _done(self) -> None:
        if self.flush() and self._id is not None:
            self.done_asked.emit()
