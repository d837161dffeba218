"""How it felt after each session of one client: a chart, and the same as a table."""

import datetime
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from alliance_desktop.domain.changes import Changed
from alliance_desktop.domain.client import Client
from alliance_desktop.domain.entry import ClientId
from alliance_desktop.domain.temperature import Moment, says_anything, value_words
from alliance_desktop.services.notebook import Notebook
from alliance_desktop.ui.fields.combo import Combo
from alliance_desktop.ui.fitted import fitted
from alliance_desktop.ui.notice import announce
from alliance_desktop.ui.page import Page
from alliance_desktop.ui.parts import button, label, writes
from alliance_desktop.ui.temperature_chart import Near, TemperatureChart
from alliance_desktop.ui.temperature_marks import Sample, Sign
from alliance_desktop.ui.temperature_model import COLUMNS, TableModel
from alliance_desktop.ui.theme import em, spaced

_Index = QModelIndex | QPersistentModelIndex
EMPTY = "Ask “How are you feeling after today?”, note the answer in the session note, and the line begins."
PRIVATE = "As it was said, session by session. Yours is private: it goes on no page for them."
NEARS = ((Near.NEAR, "Few sessions"), (Near.HALF, "More sessions"), (Near.FAR, "Many sessions"))
SIGNS = (
    (Sign.THEIRS, "Theirs"),
    (Sign.MINE, "Yours (private)"),
    (Sign.MISSED, "Missed"),
    (Sign.OFF, "Excused, or cancelled by you"),
    (Sign.STRAIN, "A strain, or work on it"),
)
_SESSION = "session"
_WIDTH, _WIDEST, _LEAST, _LINES, _BETWEEN = 90.0, 20.0, 6.0, 2.2, 0.5


class TemperaturePage(Page):
    """`open_asked` carries the entry and `arc_asked` the strain of the moment that was opened.

    `new_asked` asks for a session note; `back_asked`, which comes from Esc, leads back to the timeline.
    The chart and the table tell the same moments, and share the one that has the cursor.
    """

    open_asked = Signal(object)
    arc_asked = Signal(object)
    new_asked = Signal(str, str, object)
    back_asked = Signal()

    def __init__(self, notebook: Notebook, client: ClientId) -> None:
        super().__init__("Temperature", "temperature_page", _WIDTH)
        self._notebook, self._id = notebook, client
        self._moments: Sequence[Moment] = ()
        self._stale = False
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._bring_into_view)
        self.chart, self.table = TemperatureChart(), _Table()
        self._near = Combo(((str(near), words) for near, words in NEARS), 6)
        self._near.setObjectName("temperature_near")
        self._near.setAccessibleName("How many sessions at once")
        self._turned = button("As a &table", "temperature_as_table")
        self._turned.setCheckable(True)
        self._note = writes(button("Session note", "temperature_session_note", "primary"))
        self._tools = fitted(self._turned, self._near, self._note)
        self._key = fitted(*(Sample(sign, words) for sign, words in SIGNS))
        self._scale = label("", "muted", "temperature_scale_words")
        self._empty = label(EMPTY, "", "temperature_empty")
        self._words = label("", "", "temperature_words")
        self._words.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
        for one in (label(PRIVATE, "muted", "temperature_private"), self._empty, self._tools, self._words):
            self.column.addWidget(one)
        self.column.addWidget(self.chart, 1)
        self.column.addWidget(self.table, 1)
        self.column.addWidget(self._scale)
        self.column.addWidget(self._key)
        self._room = QWidget()
        self.column.addWidget(self._room, 1)
        spaced(self.column, 0, 0.5)
        self._near.currentIndexChanged.connect(lambda: self._look_from(Near(self._near.chosen)))
        self.chart.fitted.connect(self._arrange)
        self._turned.toggled.connect(self._turn)
        self._turned.clicked.connect(self.begin)
        self._note.clicked.connect(lambda: self.new_asked.emit(_SESSION, "note", {}))
        for view in (self.chart, self.table):
            view.moved.connect(self._tell)
            view.opened.connect(self._open)
            view.installEventFilter(self)
        self.refresh()

    @property
    def client(self) -> Client:
        """Whose page it is, as stored now."""
        return self._notebook.client(self._id)

    @property
    def is_table(self) -> bool:
        """Whether the table is shown in place of the chart."""
        return self._turned.isChecked()

    def begin(self) -> None:
        """Put the keyboard on the newest moment, or on what there is."""
        view = self._view()
        (view if view.isVisibleTo(self) else self._turned if self._moments else self._note).setFocus()

    def turn(self) -> None:
        """Show the table in place of the chart, or the chart again."""
        if self._turned.isVisibleTo(self):
            self._turned.toggle()
            self.begin()

    def refresh(self) -> None:
        """Read it anew; the moment that has the cursor keeps it."""
        self._stale = False
        at = self._at()
        before = self._moments[at].key if 0 <= at < len(self._moments) else None
        self._moments = self._notebook.temperature(self._id)
        words = value_words(self._notebook.forms.current(_SESSION))
        self.chart.show_moments(self._moments, words)
        self.table.show_moments(self._moments)
        self._scale.setText(" · ".join(words.values()))
        self._arrange()
        if before is not None:
            self._choose(before)
        if not self._moments:
            self._words.clear()

    def concern(self, changed: Changed) -> None:
        """Read anew where this client was touched, once somebody looks."""
        if changed.client == self._id:
            self._stale = True
            if self.isVisible():
                self.refresh()

    def flush(self) -> bool:
        """Return True: nothing is written on this page."""
        return True

    def place(self) -> dict[str, Any]:
        """Return where the counsellor is on this page, as plain data without words."""
        at = self._at()
        entry, arc, on = self._moments[at].key if 0 <= at < len(self._moments) else (None, None, "")
        told = {"entry": entry, "arc": arc, "on": str(on)}
        return {
            "page": "temperature",
            "client": self._id,
            "table": self.is_table,
            "near": self._near.chosen,
            "moment": told,
        }

    def restore(self, place: dict[str, Any]) -> None:
        """Look at the same moment again, in the same way."""
        self._near.choose(str(place.get("near")))
        self._turned.setChecked(place.get("table") is True)
        told = place.get("moment")
        if isinstance(told, dict):
            self._choose((told.get("entry"), told.get("arc"), _day(told.get("on"))))
        self.begin()

    def showEvent(self, event: QShowEvent) -> None:
        """Read what changed while nobody looked."""
        if self._stale:
            self.refresh()
        super().showEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Keep the room of the sentence as the text size changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_words"):
            self._arrange()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Bring the whole of the chart or the table into view where it has the keyboard."""
        if event.type() in {QEvent.Type.FocusIn, QEvent.Type.Move, QEvent.Type.Resize}:
            self._soon.start()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep it in view in a window of another size."""
        super().resizeEvent(event)
        self._soon.start()

    def _bring_into_view(self) -> None:
        view, held = self._view(), self.widget()
        if held is not None and self.window().focusWidget() is view:
            top = view.mapTo(held, QPoint(0, 0)).y()
            for y in (top + view.height(), top):
                self.ensureVisible(0, y, 0, em(0.2))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leads back."""
        if event.key() == Qt.Key.Key_Escape:
            self.back_asked.emit()
        else:
            super().keyPressEvent(event)

    def _view(self) -> "TemperatureChart | _Table":
        return self.table if self.is_table else self.chart

    def _at(self) -> int:
        return self._view().currentIndex().row()

    def _choose(self, key: tuple[object, ...]) -> None:
        """Choose a moment, or the one nearest to its day."""
        if not self._moments:
            return
        at = next((at for at, one in enumerate(self._moments) if one.key == key), -1)
        on = key[-1]
        if at < 0 and isinstance(on, datetime.date):
            at = min(range(len(self._moments)), key=lambda one: abs((self._moments[one].on - on).days))
        if at >= 0:
            self._view().choose(at)

    def _arrange(self) -> None:
        """Show what there is: the sentence that tells how it begins, the chart, or the table."""
        table, drawn = self.is_table, says_anything(self._moments)
        self._empty.setVisible(not drawn)
        self._turned.setVisible(bool(self._moments))
        self._note.setVisible(not drawn and not table)
        self._near.setVisible(drawn and not table)
        self._key.setVisible(drawn and not table)
        self._scale.setVisible(drawn and not table and self.chart.folded)
        self.chart.setVisible(drawn and not table)
        self.table.setVisible(bool(self._moments) and table)
        self._words.setVisible(bool(self._moments) and (drawn or table))
        self._words.setMinimumHeight(em(_LINES))
        self._room.setVisible(self.chart.isHidden() and self.table.isHidden())

    def _turn(self, table: bool) -> None:
        at = (self.chart if table else self.table).currentIndex().row()
        self._arrange()
        if at >= 0:
            self._view().choose(at)
        announce(self._view(), "Table" if table else "Chart")

    def _look_from(self, near: Near) -> None:
        self.chart.look_from(near)

    def _tell(self, moment: Moment) -> None:
        self._words.setText(moment.spoken)

    def _open(self, moment: Moment) -> None:
        if moment.entry is not None:
            self.open_asked.emit(moment.entry)
        elif moment.arc is not None:
            self.arc_asked.emit(moment.arc)


class _Table(QTableView):
    """The moments as lines; `opened` carries the one that Enter chose, `moved` the one that has the cursor."""

    opened = Signal(object)
    moved = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._wanted: list[int] = []
        self.setObjectName("temperature_table")
        self.setAccessibleName("Temperature after each session, as a table")
        self.setAccessibleDescription("Oldest first. Enter opens the session.")
        self.lines = TableModel(self)
        self.setModel(self.lines)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.horizontalHeader().setStretchLastSection(True)
        self.setMinimumHeight(em(10))
        self.doubleClicked.connect(self._open)

    def show_moments(self, moments: Sequence[Moment]) -> None:
        """Show these moments; the newest one is chosen."""
        self.lines.show(moments)
        self.measure()
        self.choose(len(moments) - 1)

    def choose(self, at: int) -> None:
        """Give a moment the cursor, and bring it into view."""
        index = self.lines.index(at, 0)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        """Tell which moment has the cursor."""
        super().currentChanged(current, previous)
        if current.isValid():
            self.moved.emit(self.lines.moments[current.row()])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; the rest is the table's own."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open(self.currentIndex())
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Take no letters: every line begins with a day."""

    def changeEvent(self, event: QEvent) -> None:
        """Measure anew when the text size changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "lines"):
            self.measure()

    def measure(self) -> None:
        """Give each column the room its words need, long words no more than a part, and each line all it needs."""
        self.verticalHeader().setMinimumSectionSize(em(1.9))
        self.setMinimumHeight(em(10))
        self.resizeColumnsToContents()
        self._wanted = [self.columnWidth(at) + em(0.8) for at in range(len(COLUMNS))]
        self._share()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new width among the columns, and keep the moment that has the cursor in view."""
        super().resizeEvent(event)
        self._share()
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def _share(self) -> None:
        """Narrow the longest words first, so that every column is in view where that can be; they go on below."""
        caps = (em(one / 2) for one in range(round(_WIDEST * 2), round(_LEAST * 2), -1))
        room = self.viewport().width()
        cap = next(
            (one for one in caps if sum(self._wanted[:1]) + sum(min(one, wide) for wide in self._wanted[1:]) <= room),
            em(_LEAST),
        )
        for at, wide in enumerate(self._wanted):
            self.setColumnWidth(at, min(wide, cap) if at else wide)
        self.resizeRowsToContents()
        for at in range(self.lines.rowCount()):
            # As high as its words, a line of two would touch those around it.
            self.setRowHeight(at, self.rowHeight(at) + em(_BETWEEN))

    def _open(self, index: _Index) -> None:
        if index.isValid():
            self.opened.emit(self.lines.moments[index.row()])


def _day(told: object) -> object:
    try:
        return datetime.date.fromisoformat(str(told))
    except ValueError:
        return None
