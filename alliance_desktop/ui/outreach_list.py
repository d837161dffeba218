"""Everyone who is reached out to: what is due first stands first, and nobody leaves the list by a declined answer."""

import datetime
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from alliance_desktop.domain.answers import long_day, short_day
from alliance_desktop.services.outreach import Reached
from alliance_desktop.ui.empty import Empty
from alliance_desktop.ui.landing import Landing
from alliance_desktop.ui.outreach_words import due_words
from alliance_desktop.ui.parts import button, label, row, writes
from alliance_desktop.ui.row_model import Row
from alliance_desktop.ui.row_view import RowView
from alliance_desktop.ui.theme import spaced
from alliance_desktop.ui.words import isolated

NOBODY = (
    "Nobody is being reached out to just now. When somebody goes quiet, or others worry about them, "
    "they stay in view here until you have met."
)


def outreach_row(one: Reached, today: datetime.date) -> Row:
    """Return a client as the list shows and speaks them."""
    told, who = one.outreach, isolated(one.client.called)
    waits = f"a concern waits since {long_day(one.concern_since)}" if one.concern_since is not None else ""
    parts = [told.state, waits, due_words(told, today)]
    said = [part for part in parts if part]
    older = "Older strain" if told.old_strains else ""
    return Row(
        key=one.client.id,
        title=who,
        aside=short_day(told.due_on) if told.due_on is not None else "",
        under=(" · ".join(said), " · ".join(said[1:]) or told.state, "a concern waits" if waits else told.state),
        flag=older,
        spoken=f"{who}: {', '.join(said).lower()}{', an older strain is open' if older else ''}.",
    )


class OutreachList(Landing):
    """The list of the place; `opened` carries a ClientId, `begin_asked` asks to reach out to somebody."""

    opened = Signal(object)
    begin_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("outreach_list")
        self.view = RowView("outreach_rows", "Outreach")
        self.empty = Empty("outreach_empty", NOBODY)
        self._begin = writes(button("Reach out to someone…", "outreach_begin"))
        self._body = QStackedWidget()
        self._body.addWidget(self.view)
        self._body.addWidget(self.empty)
        head = QVBoxLayout()
        spaced(head, (0.8, 0.7, 0.8, 0.5), 0.5)
        head.addWidget(label("Outreach", "heading", "outreach_heading"))
        head.addLayout(row(self._begin))
        column = QVBoxLayout(self)
        spaced(column, 0, 0)
        column.addLayout(head)
        column.addWidget(self._body, 1)
        self.view.chosen.connect(self.opened)
        self._begin.clicked.connect(self.begin_asked)
        self.show_all((), datetime.date.min)

    def show_all(self, everyone: Sequence[Reached], today: datetime.date) -> None:
        """Show these clients in the order they come."""
        self.view.set_rows([outreach_row(one, today) for one in everyone])
        self._body.setCurrentWidget(self.view if everyone else self.empty)
        self.landing = self.view if everyone else self._begin
