"""All strains, those that wait first; their status in words."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from alliance_desktop.domain.answers import long_day, short_day
from alliance_desktop.domain.entry import ArcId, ClientId
from alliance_desktop.ui.empty import Empty
from alliance_desktop.ui.landing import Landing
from alliance_desktop.ui.parts import label
from alliance_desktop.ui.row_model import Row
from alliance_desktop.ui.row_view import RowView
from alliance_desktop.ui.theme import spaced
from alliance_desktop.ui.words import isolated

NOTHING = "Nothing noted. That is fine; a relationship without strain is not the goal."


@dataclass(frozen=True)
class StrainLine:
    """One strain as the list shows it; `words` is its status in words, `who` what the client is called."""

    arc: ArcId
    client: ClientId
    who: str
    name: str
    noticed_on: datetime.date
    words: str
    is_open: bool


def strain_row(strain: StrainLine) -> Row:
    """Return a strain as the list shows and speaks it."""
    noticed = short_day(strain.noticed_on)
    return Row(
        key=(strain.arc, strain.client),
        title=isolated(strain.name),
        aside=noticed,
        under=(f"{isolated(strain.who)} · {strain.words}",),
        quiet=not strain.is_open,
        spoken=f"{isolated(strain.who)}: {isolated(strain.name)}, {strain.words.lower()}, "
        f"noticed {long_day(strain.noticed_on)}{'' if strain.is_open else ', ended'}.",
    )


class StrainList(Landing):
    """The strains of a vault; `opened` carries an ArcId and a ClientId."""

    opened = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("strain_list")
        self.view = RowView("strain_rows", "Strains")
        self.empty = Empty("strain_empty", NOTHING)
        self._body = QStackedWidget()
        self._body.addWidget(self.view)
        self._body.addWidget(self.empty)
        head = QVBoxLayout()
        spaced(head, (0.8, 0.7, 0.8, 0.5), 0)
        head.addWidget(label("Strains", "heading", "strain_heading"))
        column = QVBoxLayout(self)
        spaced(column, 0, 0)
        column.addLayout(head)
        column.addWidget(self._body, 1)
        self.landing = self.view
        self.view.chosen.connect(lambda key: self.opened.emit(*key))
        self.set_strains(())

    def set_strains(self, strains: Iterable[StrainLine]) -> None:
        """Show strains: open ones first, the longest open at the top; ended ones after, the newest first."""
        held = list(strains)
        waiting = sorted((one for one in held if one.is_open), key=lambda one: one.noticed_on)
        ended = sorted((one for one in held if not one.is_open), key=lambda one: one.noticed_on, reverse=True)
        self.view.set_rows([strain_row(one) for one in waiting + ended])
        self._body.setCurrentWidget(self.view if held else self.empty)
