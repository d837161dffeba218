"""One client: what can be done next, the open strains, and the timeline."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from alliance_desktop.domain.changes import Changed
from alliance_desktop.domain.client import STATE_WORDS, Client
from alliance_desktop.domain.entry import ClientId
from alliance_desktop.domain.shown import shown
from alliance_desktop.domain.timeline import Row
from alliance_desktop.services.notebook import CLIENT_FORM, Notebook
from alliance_desktop.ui.parts import button, label, row
from alliance_desktop.ui.theme import spaced
from alliance_desktop.ui.timeline_view import TimelineView

EMPTY = "Nothing written yet. A session note or something you noticed begins the story."
_FACTS = ("pronouns", "age_band", "setting", "language")


class ClientPage(QWidget):
    """One client's page; each signal asks for what its button says, `row_opened` carries a timeline row."""

    session_asked = Signal()
    strain_asked = Signal()
    details_asked = Signal()
    print_asked = Signal()
    row_opened = Signal(object)

    def __init__(self, notebook: Notebook, client: ClientId) -> None:
        super().__init__()
        self.setObjectName("client_page")
        self._notebook, self._id = notebook, client
        self._facts = label("", "muted", "client_facts")
        self.timeline = TimelineView()
        self._empty = label(EMPTY, "", "timeline_empty")
        session = button("Session note", "client_session_note", "primary")
        strain = button("Notice a strain", "client_notice_strain")
        details = button("Details", "client_details")
        paper = button("Print a plan", "client_print")
        column = QVBoxLayout(self)
        spaced(column, (1.0, 0.8, 1.0, 0.6), 0.7)
        column.addWidget(self._facts)
        column.addLayout(row(session, strain, details, paper))
        column.addWidget(label("Timeline", "heading"))
        column.addWidget(self._empty)
        column.addWidget(self.timeline, 1)
        session.clicked.connect(self.session_asked)
        strain.clicked.connect(self.strain_asked)
        details.clicked.connect(self.details_asked)
        paper.clicked.connect(self.print_asked)
        self.timeline.opened.connect(self.row_opened)
        self.setFocusProxy(self.timeline)
        self.refresh()

    @property
    def client(self) -> Client:
        """Whose page it is, as stored now."""
        return self._notebook.client(self._id)

    def refresh(self) -> None:
        """Read the client and the timeline anew."""
        client = self.client
        rows: list[Row] = self._notebook.timeline(self._id)
        self.timeline.show_rows(rows)
        self.timeline.setVisible(bool(rows))
        self._empty.setVisible(not rows)
        form = self._notebook.forms.get(CLIENT_FORM, client.form_version)
        card = form.cards[0]
        said = [shown(form, card.question(key), client.answers.get(key)) for key in _FACTS]
        self._facts.setText(" · ".join([STATE_WORDS[client.state], *(one for one in said if one)]))

    def concern(self, changed: Changed) -> None:
        """Read anew where this client was touched."""
        if changed.client == self._id:
            self.refresh()

    def flush(self) -> bool:
        """Return True: nothing is written on this page."""
        return True

    def place(self) -> dict[str, Any]:
        """Return where the counsellor is on this page, as plain data."""
        chosen = self.timeline.currentIndex().row()
        return {"page": "client", "client": self._id, "row": chosen}

    def restore(self, place: dict[str, Any]) -> None:
        """Choose the same row of the timeline again."""
        at = place.get("row")
        model = self.timeline.model()
        if isinstance(at, int) and 0 <= at < model.rowCount():
            self.timeline.setCurrentIndex(model.index(at, 0))
