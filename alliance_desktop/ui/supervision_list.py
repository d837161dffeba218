"""What is the counsellor's own: the agenda and the numbers first, then what was written, newest first."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from alliance_desktop.domain.answers import said_day, short_day
from alliance_desktop.domain.entry import Entry
from alliance_desktop.ui.fields.combo import Combo
from alliance_desktop.ui.landing import Landing
from alliance_desktop.ui.parts import label
from alliance_desktop.ui.row_model import Row
from alliance_desktop.ui.row_view import RowView
from alliance_desktop.ui.theme import spaced
from alliance_desktop.ui.words import isolated

AGENDA, FIGURES = "agenda", "figures"
EVERYTHING = "everything"
SHELVES = {
    "prep": "Getting ready",
    "session": "Sessions",
    "learning": "Own learning",
    "reflection": "Team reflections",
}
_WHAT = {
    "prep": "Getting ready",
    "session": "Supervision session",
    "learning": "Own learning",
    "reflection": "Team reflection",
}

_ALWAYS = (
    Row(
        key=AGENDA,
        title="Agenda and hours",
        under=("What waits to be brought",),
        spoken="Agenda and hours: what waits to be brought.",
    ),
    Row(
        key=FIGURES,
        title="Your own numbers",
        under=("Counted from your notes, for you alone", "Counted for you alone"),
        spoken="Your own numbers: counted from your notes, for you alone.",
    ),
)

Head = Callable[[Entry], str]


def supervision_row(entry: Entry, what: str, head: str) -> Row:
    """Return an entry as the list shows and speaks it; `what` says what kind of page it is."""
    day = said_day(entry.happened_on, entry.about)
    told = isolated(head)
    return Row(
        key=entry.id,
        title=told or what,
        aside=short_day(entry.happened_on),
        under=(what,),
        spoken=f"{what}, {day}{f': {told}' if told else ''}.",
    )


class SupervisionList(Landing):
    """The middle of the place; `opened` carries an EntryId, `agenda_asked` and `figures_asked` nothing."""

    opened = Signal(object)
    agenda_asked = Signal()
    figures_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("supervision_list")
        self._rows: dict[str, list[Row]] = {}
        self.filter = Combo([(EVERYTHING, "Everything"), *SHELVES.items()])
        self.filter.setObjectName("supervision_filter")
        self.filter.setAccessibleName("Show")
        self.view = RowView("supervision_rows", "Supervision")
        head = QVBoxLayout()
        spaced(head, (0.8, 0.7, 0.8, 0.5), 0.45)
        head.addWidget(label("Supervision", "heading", "supervision_list_heading"))
        head.addWidget(self.filter)
        column = QVBoxLayout(self)
        spaced(column, 0, 0)
        column.addLayout(head)
        column.addWidget(self.view, 1)
        self.landing = self.view
        self.filter.currentIndexChanged.connect(self._refill)
        self.view.chosen.connect(self._choose)
        self._refill()

    def set_entries(self, shelves: Mapping[str, Sequence[Entry]], head: Head) -> None:
        """Show entries by the card they are of; `head` gives the words a row begins with."""
        self._rows = {
            card: [supervision_row(one, _WHAT[card], head(one)) for one in shelves.get(card, ())] for card in SHELVES
        }
        self._refill()

    def _refill(self) -> None:
        wanted = self.filter.chosen
        shown = [one for card, rows in self._rows.items() if wanted in {EVERYTHING, card} for one in rows]
        self.view.set_rows([*_ALWAYS, *shown])

    def _choose(self, key: object) -> None:
        if key == AGENDA:
            self.agenda_asked.emit()
        elif key == FIGURES:
            self.figures_asked.emit()
        else:
            self.opened.emit(key)
