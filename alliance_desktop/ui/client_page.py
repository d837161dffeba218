"""One client: what can be done next, what stands now, and the timeline."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from alliance_desktop.domain.changes import Changed
from alliance_desktop.domain.client import STATE_WORDS, Client, ClientState
from alliance_desktop.domain.entry import ClientId
from alliance_desktop.domain.shown import shown
from alliance_desktop.services.notebook import CLIENT_FORM, Notebook
from alliance_desktop.ui import reading_order
from alliance_desktop.ui.companions.companion import ClientPanel
from alliance_desktop.ui.fitted import fitted
from alliance_desktop.ui.landing import Landing
from alliance_desktop.ui.parts import button, label, restyle, writes
from alliance_desktop.ui.scrolled import Scrolled
from alliance_desktop.ui.theme import em, spaced
from alliance_desktop.ui.timeline_panel import LeftAt, TimelinePanel

MOST = 0.4
"""The part of the page that what stands now may take. A page with room for few lines is scrolled as a whole instead."""
_LITTLE = 26.0
_FACTS = ("pronouns", "age_band", "setting", "language")


class Now(Scrolled):
    """What stands with a client just now; of a high page never more than a good part, and scrolled beyond that."""

    def __init__(self, panels: Sequence[ClientPanel], page: QWidget) -> None:
        super().__init__("client_now", "Now")
        self._page = page
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self._panels = panels
        self._held = QWidget()
        self._held.setProperty("surface", "clear")
        column = QVBoxLayout(self._held)
        spaced(column, 0, 0.4)
        for panel in panels:
            column.addWidget(panel)
        self.setWidget(self._held)

    def settle(self) -> None:
        """Be there only while a panel says something, and only as high as that needs."""
        self.setVisible(any(not one.isHidden() for one in self._panels))
        self._measure()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the height that this width needs."""
        super().resizeEvent(event)
        self._measure()

    def _measure(self) -> None:
        page, layout = self._page, self._held.layout()
        if layout is None:
            return
        low = page.height() < em(_LITTLE)
        bar = Qt.ScrollBarPolicy.ScrollBarAlwaysOff if low else Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.setVerticalScrollBarPolicy(bar)
        wide = max(1, self.viewport().width())
        tall = layout.heightForWidth(wide) if layout.hasHeightForWidth() else layout.sizeHint().height()
        if not low:
            tall = min(tall, round(page.height() * MOST))
        self.setMinimumHeight(tall)
        self.setMaximumHeight(tall)


class ClientPage(Landing):
    """One client's page; each signal asks for what its button says, `row_opened` carries a timeline row.

    `print_asked` carries the row that was chosen on purpose, or None: what is to be printed then is decided elsewhere.

    `now` holds the panels that say what stands with this client, and is not there while none has anything to say;
    what they ask for comes as `open_asked`, `arc_asked` and `new_asked`, what they wrote as `changed`.
    """

    session_asked = Signal()
    strain_asked = Signal()
    forms_asked = Signal()
    details_asked = Signal()
    plan_asked = Signal()
    print_asked = Signal(object)
    timeline_print_asked = Signal()
    temperature_asked = Signal()
    row_opened = Signal(object)
    open_asked = Signal(object)
    arc_asked = Signal(object)
    card_asked = Signal(object, str)
    new_asked = Signal(str, str, object)
    changed = Signal(object)

    def __init__(self, notebook: Notebook, client: ClientId, panels: Sequence[ClientPanel] = ()) -> None:
        super().__init__()
        self.setObjectName("client_page")
        self._notebook, self._id = notebook, client
        self._facts = label("", "muted", "client_facts")
        self.story = TimelinePanel(notebook, client)
        self.timeline = self.story.view
        self._panels = list(panels)
        self.now = Now(self._panels, self)
        self._session = session = writes(button("Session note", "client_session_note"))
        strain = writes(button("Notice a strain", "client_notice_strain"))
        more = writes(button("More…", "client_more"))
        details = button("Details", "client_details")
        paper = button("Print a plan", "client_print")
        temperature = button("Temperature", "client_temperature", "link")
        printed = button("Print…", "client_print_timeline", "link")
        printed.setAccessibleName("Print the timeline")
        beside = self.story.tools.layout()
        if beside is not None:
            beside.addWidget(temperature)
            beside.addWidget(printed)
        held = QWidget()
        held.setProperty("surface", "clear")
        self._area = Scrolled("client_scroll", held=held)
        around = QVBoxLayout(self)
        spaced(around, 0, 0)
        around.addWidget(self._area)
        column = QVBoxLayout(held)
        spaced(column, (1.0, 0.8, 1.0, 0.6), 0.7)
        column.addWidget(self._facts)
        column.addWidget(fitted(session, strain, more, details, paper))
        column.addWidget(self.now)
        column.addWidget(self.story, 1)
        session.clicked.connect(self.session_asked)
        strain.clicked.connect(self.strain_asked)
        more.clicked.connect(self.forms_asked)
        details.clicked.connect(self.details_asked)
        paper.clicked.connect(self.plan_asked)
        temperature.clicked.connect(self.temperature_asked)
        printed.clicked.connect(self.timeline_print_asked)
        self.story.opened.connect(self.row_opened)
        for panel in self._panels:
            panel.open_asked.connect(self.open_asked)
            panel.arc_asked.connect(self.arc_asked)
            panel.card_asked.connect(self.card_asked)
            panel.new_asked.connect(self.new_asked)
            panel.changed.connect(self.changed)
        self.timeline.installEventFilter(self)
        self._area.viewport().installEventFilter(self)
        self.timeline.settled.connect(self._bring_into_view)
        self.story.arranged.connect(self._begin_where_lines_are)
        self.refresh()
        reading_order.keep(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Bring the whole timeline into view where it has the keyboard, on a page that is scrolled."""
        moved = event.type() in {QEvent.Type.FocusIn, QEvent.Type.Resize}
        if moved and watched is self.timeline:
            self._bring_into_view()
        elif event.type() is QEvent.Type.Resize and watched is self._area.viewport():
            # A list that is as low as it can be stays as it is while the page around it has less room.
            self.timeline.settle_soon()
        return super().eventFilter(watched, event)

    @property
    def client(self) -> Client:
        """Whose page it is, as stored now."""
        return self._notebook.client(self._id)

    def print(self) -> None:
        """Ask for what the counsellor has before them on paper."""
        self.print_asked.emit(self.timeline.picked())

    def refresh(self) -> None:
        """Read the client, what stands now and the timeline anew."""
        for panel in self._panels:
            panel.refresh()
        self.now.settle()
        client = self.client
        self.story.refresh()
        form = self._notebook.forms.get(CLIENT_FORM, client.form_version)
        card = form.cards[0]
        said = [shown(form, card.question(key), client.answers.get(key)) for key in _FACTS]
        restyle(self._session, "" if client.state is ClientState.CLOSED else "primary")
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
        return {"page": "client", "client": self._id, "row": self.story.place()}

    def left_at(self) -> LeftAt:
        """Return how the timeline stands just now, to come back to it until the next lock."""
        return self.story.left_at()

    def come_back(self, left: LeftAt) -> None:
        """Let the timeline stand as it was left."""
        self.story.come_back(left)

    def restore(self, place: dict[str, Any]) -> None:
        """Choose the same row of the timeline again."""
        self.story.restore(place.get("row"))

    def _begin_where_lines_are(self) -> None:
        self.landing = self.story.landing

    def _bring_into_view(self) -> None:
        """Scroll the page to the timeline while that has the keyboard, and to all of the line with the cursor."""
        if self.window().focusWidget() is not self.timeline:
            return
        self._area.ensureWidgetVisible(self.timeline, 0, em(0.6))
        line = self.timeline.visualRect(self.timeline.currentIndex())
        held = self._area.widget()
        if held is not None and not line.isEmpty():
            for y in (line.bottom(), line.top()):
                at = self.timeline.viewport().mapTo(held, QPoint(0, y))
                self._area.ensureVisible(0, at.y(), 0, em(0.2))
