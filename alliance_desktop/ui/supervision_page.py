"""Before supervision: what waits to be brought, and the hours there were."""

import datetime
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from alliance_desktop.domain.agenda import Item
from alliance_desktop.domain.changes import Changed
from alliance_desktop.domain.errors import KnownError
from alliance_desktop.services.access import OpenVault
from alliance_desktop.services.supervision import FORM, PREP, SESSION, Order, key_of
from alliance_desktop.ui.agenda_panel import AgendaPanel
from alliance_desktop.ui.fields.fit import Fit
from alliance_desktop.ui.hours_panel import HoursPanel
from alliance_desktop.ui.notice import Notice
from alliance_desktop.ui.page import Page
from alliance_desktop.ui.parts import button, label, writes
from alliance_desktop.ui.theme import spaced

TITLE = "Agenda and hours"
ABOUT = "Only you read this. Clients stand here by their code; what they are called shows only where no code is noted."
BEGINS = (
    ("New session", FORM, SESSION),
    ("Prepare", FORM, PREP),
    ("Own learning", "own_learning", "learning"),
    ("Team reflection", "team_reflection", "reflection"),
)

SUMMARY = "Summary without identifiers"


class SupervisionPage(Page):
    """The agenda over all clients and the hours of a period.

    `open_asked` carries an entry, `new_asked` a form, a card and the answers to begin it with, `changed` what was kept,
    `summary_asked` the keys of what is ticked.
    """

    open_asked = Signal(object)
    arc_asked = Signal(object)
    new_asked = Signal(str, str, object)
    changed = Signal(object)
    summary_asked = Signal(object)

    def __init__(self, vault: OpenVault) -> None:
        super().__init__(TITLE, "supervision_page")
        self._desk = vault.supervision
        self._stale = False
        self.notice = Notice("supervision_notice")
        self.agenda = AgendaPanel()
        kind = vault.forms.current(FORM).card(SESSION).question("kind")
        kinds = {one.id: one.label for one in kind.options}
        self.hours = HoursPanel(self._desk.hours, kinds, vault.notebook.today)
        held, begins = QWidget(), Fit(most=0)
        held.setLayout(begins)
        spaced(begins, 0, 0.5)
        self._first: QWidget | None = None
        for words, form, card in BEGINS:
            one = writes(button(words, f"begin_{card}", "primary" if card == SESSION else ""))
            one.clicked.connect(lambda _=False, form=form, card=card: self.new_asked.emit(form, card, {}))
            begins.addWidget(one)
            self._first = self._first or one
        summary = button(SUMMARY, "begin_summary")
        summary.clicked.connect(lambda: self.summary_asked.emit(tuple(key_of(one) for one in self.agenda.ticked)))
        begins.addWidget(summary)
        self.column.addWidget(label(ABOUT, "muted", "supervision_about"))
        self.column.addWidget(self.notice)
        self.column.addWidget(held)
        self.column.addWidget(label("Agenda", "heading", "agenda_heading"))
        self.column.addWidget(self.agenda)
        self.column.addWidget(label("Hours", "heading", "hours_heading"))
        self.column.addWidget(self.hours)
        self.column.addStretch(1)
        self.agenda.opened.connect(self._open)
        self.agenda.moved.connect(lambda item, steps: self._keep(lambda: self._desk.move(item, steps)))
        self.agenda.sorted.connect(lambda order: self._keep(lambda: self._desk.sort(Order(order))))
        self.agenda.bring_asked.connect(self._bring)
        self.refresh()

    def begin(self) -> None:
        """Put the keyboard where the page begins."""
        if self._first is not None:
            self._first.setFocus()

    def refresh(self) -> None:
        """Read agenda and hours anew."""
        self._stale = False
        self.agenda.show_items([(one, self._desk.whose(one)) for one in self._desk.agenda()], self._desk.order())
        self.hours.refresh()

    def flush(self) -> bool:
        """Return True: nothing is written on this page."""
        return True

    def place(self) -> dict[str, Any]:
        """Return where the counsellor is on this page, as plain data."""
        first, last = self.hours.choice.period
        return {
            "page": "supervision",
            "ticked": [key_of(one) for one in self.agenda.ticked],
            "span": self.hours.choice.span.chosen,
            "first": first.isoformat(),
            "last": last.isoformat(),
            "scroll": self.verticalScrollBar().value(),
        }

    def restore(self, place: dict[str, Any]) -> None:
        """Tick what was ticked, and choose the period that was chosen."""
        ticked = place.get("ticked")
        self.agenda.tick([one for one in ticked if isinstance(one, str)] if isinstance(ticked, list) else [])
        self.hours.choice.choose(str(place.get("span") or ""), _day(place.get("first")), _day(place.get("last")))
        self.begin()

    def concern(self, changed: Changed) -> None:
        """Read anew, once it is seen: the agenda goes over all clients."""
        self._stale = True
        if self.isVisible():
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Read anew what was written meanwhile."""
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def _open(self, item: Item) -> None:
        if item.entry is not None:
            self.open_asked.emit(item.entry)
        else:
            self.arc_asked.emit(item.arc)

    def _bring(self, items: list[Item]) -> None:
        self.new_asked.emit(FORM, SESSION, self._desk.to_bring(items))

    def _keep(self, act: Callable[[], Changed]) -> None:
        self.notice.clear()
        try:
            changed = act()
        except KnownError as fault:
            self.notice.show_error(fault)
            self.refresh()
            return
        self.changed.emit(changed)
        self.refresh()


def _day(said: object) -> datetime.date | None:
    with suppress(ValueError):
        return datetime.date.fromisoformat(said) if isinstance(said, str) else None
    return None
