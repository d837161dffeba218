"""The path of one strain: six cards, one open at a time, with its status beside them. Nothing here blocks."""

import datetime
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QDate, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from alliance_desktop.domain import disclosing, rupture
from alliance_desktop.domain.answers import ids_of
from alliance_desktop.domain.audience import wording_changed
from alliance_desktop.domain.changes import Changed
from alliance_desktop.domain.client import Client
from alliance_desktop.domain.entry import ArcId, Entry, EntryId, Mark
from alliance_desktop.domain.errors import KnownError
from alliance_desktop.domain.form import Card
from alliance_desktop.services.notebook import Notebook, WriteCard, newest
from alliance_desktop.services.strains import Strains
from alliance_desktop.ui import reading_order
from alliance_desktop.ui.card_strip import CardStrip
from alliance_desktop.ui.desk import Clock, Desk, Sheet
from alliance_desktop.ui.entry_choice import EntryChoice
from alliance_desktop.ui.fitted import fitted
from alliance_desktop.ui.links_panel import LinksPanel
from alliance_desktop.ui.notice import Notice
from alliance_desktop.ui.parts import button, label, writes
from alliance_desktop.ui.scrolled import NO_LIMIT, Rest, ScrolledColumn, whole_of
from alliance_desktop.ui.shown_panel import ShownPanel
from alliance_desktop.ui.status_panel import StatusPanel
from alliance_desktop.ui.theme import em, spaced

SIDE_BY_SIDE = 36.0
"""From this many line heights on, the cards stand beside the strip instead of under it."""

SIDE, LEAST_HIGH = 13.5, 6.0
"""How wide the strip is at least; so much of a card is seen in any window."""

WORDING_CHANGED = "The wording has changed since they saw it."
WORDING_NEXT = (
    "Show it to them again; then, on card {card}, choose “Not yet” and how they saw it. "
    "Until then their page stays blank."
)
SAFETY_FIRST = "This comes first."
SAFETY_NEXT = "This program tells no one. Follow your safeguarding procedure now; write after."


class StrainPage(QWidget):
    """One strain of one client.

    `changed` tells of each write, `desk_changed` that another card is open, `entry_asked` which entry a link leads to.
    `new_asked` carries a form, a card and the answers it begins with.
    """

    changed = Signal(object)
    desk_changed = Signal()
    help_asked = Signal(object)
    entry_asked = Signal(object)
    new_asked = Signal(str, str, object)

    def __init__(self, notebook: Notebook, strains: Strains, client: Client, arc: ArcId | None, clock: Clock) -> None:
        super().__init__()
        self.setObjectName("strain_page")
        self._notebook, self._strains, self._client, self._clock = notebook, strains, client, clock
        self._arc = arc
        # Known before the first write, so that two cards of a new strain never become two strains.
        self._new_arc = arc if arc is not None else notebook.new_arc()
        self._form = notebook.forms.current(rupture.FORM)
        self._begin_with: dict[str, Any] = {}
        self._desks: dict[tuple[str, EntryId | None], Desk] = {}
        self._desk: Desk | None = None
        self._noted: dict[Desk, list[str]] = {}
        self._worry = self._spoke = False
        self.strip = CardStrip(self._form)
        self.status, self.choice = StatusPanel(), EntryChoice()
        self.notice, self.wording = Notice("strain_notice"), Notice("strain_wording")
        self.links, self.shown = LinksPanel(notebook), ShownPanel(notebook)
        self._stack = Rest(LEAST_HIGH)
        self._aim = label("", "muted", "card_aim")
        self._title = label("", "heading", "card_title")
        self._skip = writes(button("Skip for now", "skip_card"))
        self._unfit = writes(button("Does not fit here", "card_does_not_fit"))
        self._next = button("Next card", "next_card")
        self._show_status = button("Status", "show_status")
        self._show_status.setCheckable(True)
        self._lay_out()
        self.strip.chosen.connect(self.open_card)
        self.choice.chosen.connect(self._open_entry)
        self.choice.another_asked.connect(lambda: self._open_entry(None))
        self.status.set_asked.connect(self._set_status)
        self.status.undo_asked.connect(self._undo)
        self.status.reopen_asked.connect(self._reopen)
        self._skip.clicked.connect(lambda: self._mark(Mark.SKIPPED))
        self._unfit.clicked.connect(lambda: self._mark(Mark.DOES_NOT_FIT))
        self._next.clicked.connect(self._open_next)
        for one in (self.links, self.shown):
            one.opened.connect(self.entry_asked)
        self.shown.asked.connect(lambda begin: self.new_asked.emit(disclosing.FORM, disclosing.CARD, begin))
        self._refresh()
        reading_order.keep(self)

    @property
    def client(self) -> Client:
        """Whose strain it is."""
        return self._client

    @property
    def arc(self) -> ArcId | None:
        """The strain, or None before anything was written."""
        return self._arc

    @property
    def desk(self) -> Desk | None:
        """The card that is open."""
        return self._desk

    def begin_with(self, answers: dict[str, Any]) -> None:
        """Give the notice card answers to begin with, such as the session it came from."""
        self._begin_with = answers

    def open_card(self, id: str) -> None:
        """Open a card at its entry of this turn that was touched last, or a fresh one."""
        mine = [one for one in self._entries() if one.card == id and one.turn == self._turn()]
        last = newest(mine)
        self._open(id, last.id if last is not None else None)

    def open_number(self, number: int) -> None:
        """Open a card by its place, counted from 0."""
        if 0 <= number < len(self._form.cards):
            self.open_card(self._form.cards[number].id)

    def open_entry(self, entry: Entry) -> None:
        """Open the card of one entry, also of an earlier turn."""
        self._open(entry.card, entry.id)

    def awaits(self, arc: ArcId | None) -> bool:
        """Say whether this page's strain, not written yet, is the one of this id."""
        return arc is not None and arc == self._new_arc

    def take_up(self, held: WriteCard) -> None:
        """Go on with the words of a card that could not be written before a lock."""
        if self._arc is None and held.arc is not None:
            self._new_arc = held.arc
        known = {one.id for one in self._entries()}
        self._made(held.card, held.entry if held.entry in known else None, held)

    def flush(self) -> bool:
        """Write what is not written yet on every card; False where the disk did not take it."""
        written = [desk.flush() for desk in self.findChildren(Desk)]
        return all(written)

    def place(self) -> dict[str, Any]:
        """Return where the counsellor is on this page, as plain data."""
        desk = self._desk
        return {
            "page": "strain",
            "client": self._client.id,
            "arc": self._arc,
            "card": desk.card.id if desk is not None else self._form.cards[0].id,
            "entry": desk.id if desk is not None else None,
            "written": desk is not None and desk.entry is not None,
            "begin": self._begin_with if self._arc is None else {},
            "field": desk.place() if desk is not None else {},
            "why": self.status.why,
        }

    def restore(self, place: dict[str, Any]) -> None:
        """Open the same card with the same field, cursor and scroll."""
        card, entry = str(place.get("card", "")), place.get("entry")
        if card not in {one.id for one in self._form.cards}:
            return
        known = {one.id for one in self._entries()}
        self._open(card, EntryId(entry) if entry in known and isinstance(entry, int) else None)
        self.status.put_why(str(place.get("why") or ""))
        if self._desk is not None and isinstance(place.get("field"), dict):
            self._desk.restore(place["field"])

    def concern(self, changed: Changed) -> None:
        """Read the status anew where somebody else changed this strain; what links to it may come from anywhere."""
        if changed.arc is not None and changed.arc == self._arc:
            self._refresh()
        else:
            self._show_links()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand the cards beside the strip where there is room, and under it where there is not."""
        super().resizeEvent(event)
        self._arrange()

    def _lay_out(self) -> None:
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight, whole_of(self, "strain_scroll"))
        spaced(self._across, (1.0, 0.8, 0.4, 0.4), 0.9)
        side = QWidget()
        beside = QVBoxLayout(side)
        spaced(beside, (0, 0, 0.4, 0), 0.8)
        self._top = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        spaced(self._top, 0, 0.5)
        self._top.addWidget(self.strip, 1)
        self._top.addWidget(self._show_status)
        beside.addLayout(self._top)
        beside.addWidget(self.status)
        beside.addStretch(1)
        self._side = ScrolledColumn("strain_side", held=side)
        self._beside = side
        body = QWidget()
        column = QVBoxLayout(body)
        spaced(column, 0, 0.4)
        column.addWidget(self.notice)
        column.addWidget(self.wording)
        column.addWidget(self._title)
        column.addWidget(self._aim)
        column.addWidget(self.choice)
        column.addWidget(self._stack, 1)
        column.addWidget(fitted(self._skip, self._unfit, self._next))
        self._across.addWidget(self._side)
        self._across.addWidget(body, 1)
        self._show_status.toggled.connect(lambda _on: self._arrange())

    def _arrange(self) -> None:
        wide = self.width() >= em(SIDE_BY_SIDE)
        self._across.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
        self._top.setDirection(QBoxLayout.Direction.TopToBottom if wide else QBoxLayout.Direction.LeftToRight)
        self.strip.set_compact(not wide)
        self._title.setVisible(wide)
        self._show_status.setVisible(not wide)
        known = self._arc is not None
        self._show_status.setEnabled(known)
        self.status.setVisible(known and (wide or self._show_status.isChecked()))
        self._side.stand(em(SIDE) if wide else None)
        self._aim.setVisible(wide)
        tall = self._beside.sizeHint().height() + em(0.3)
        self._side.setMaximumHeight(NO_LIMIT if wide else min(tall, self.height() // 2))
        self._side.setMinimumHeight(0 if wide else min(tall, self.height() // 3))

    def _entries(self) -> list[Entry]:
        return self._notebook.arc_entries(self._arc) if self._arc is not None else []

    def _turn(self) -> int:
        return self._notebook.arc(self._arc).turn if self._arc is not None else 1

    def _open(self, card: str, entry: EntryId | None) -> None:
        if self._desk is not None:
            self._desk.flush()
        desk = self._desks.get((card, entry)) or self._made(card, entry)
        for one in (self._skip, self._unfit):
            one.setEnabled(not desk.set_earlier(self._turn()))
        self._desk = desk
        self._stack.setCurrentWidget(desk)
        for under in (self.links, self.shown):
            desk.put_under(under)
        self._show_links()
        declared = desk.card
        self._title.setText(f"{declared.number}  {declared.title}")
        self._aim.setText(declared.aim)
        self.strip.open(card)
        self._show_choice()
        self.desk_changed.emit()
        desk.begin()

    def _made(self, card: str, id: EntryId | None, held: WriteCard | None = None) -> Desk:
        entry = self._notebook.entry(id) if id is not None else None
        form = self._notebook.forms.of(entry) if entry is not None else self._form
        begin = self._begin_with if card == self._form.cards[0].id else {}
        sheet = Sheet(
            client=self._client, form=form, card=form.card(card), entry=entry, arc=self._new_arc, answers=dict(begin)
        )
        sheet.held = held
        desk = Desk(self._notebook, sheet, self._clock, self._stack)
        desk.written.connect(lambda changed, desk=desk: self._written(desk, changed))
        desk.help_asked.connect(self.help_asked)
        desk.link_opened.connect(self.entry_asked)
        if card == self._form.cards[0].id:
            self._spoke = desk.editor.fields["already_spoke"].answer() is True
            self._worry = ids_of(desk.editor.fields["safety"].answer()) == ["yes"]
            desk.editor.edited.connect(lambda desk=desk: self._follow(desk))
        if card == "repair":
            self._noted[desk] = ids_of(desk.editor.fields["wording_seen"].answer())
            desk.editor.edited.connect(lambda desk=desk: self._note_at_once(desk))
        self._desks[(card, id)] = desk
        self._stack.addWidget(desk)
        return desk

    def _open_entry(self, id: object) -> None:
        if self._desk is not None:
            self._open(self._desk.card.id, EntryId(id) if isinstance(id, int) else None)

    def _open_next(self) -> None:
        if self._desk is not None:
            self.open_number(self._place_of(self._desk.card) + 1)

    def _place_of(self, card: Card) -> int:
        return [one.id for one in self._form.cards].index(card.id)

    def _written(self, desk: Desk, changed: Changed) -> None:
        if changed.arc is not None and self._arc is None:
            self._arc = changed.arc
        if self._desks.get((desk.card.id, None)) is desk:
            del self._desks[(desk.card.id, None)]
        self._desks[(desk.card.id, desk.entry)] = desk
        self._refresh()
        self.changed.emit(changed)

    def _mind_wording(self, entries: list[Entry], turn: int) -> None:
        """Say, as long as it is so, that wording was changed after the client saw it: their page is not printed."""
        if not wording_changed(entries, turn):
            self.wording.clear()
        elif not self.wording.sentence:
            self.wording.say(WORDING_CHANGED, WORDING_NEXT.format(card=self._form.card("repair").number))

    def _note_at_once(self, desk: Desk) -> None:
        """Write an answer to what is said of the wording at once: “Not yet”, and soon after “Yes”, counts as well."""
        noted = ids_of(desk.editor.fields["wording_seen"].answer())
        answered, self._noted[desk] = noted != self._noted[desk], noted
        if answered and self.wording.sentence:
            desk.flush()

    def _follow(self, desk: Desk) -> None:
        """Do what two answers of the notice card ask for at once: safety first, and the talk that was had."""
        worry = ids_of(desk.editor.fields["safety"].answer()) == ["yes"]
        if worry and not self._worry:
            self.notice.say(SAFETY_FIRST, SAFETY_NEXT, urgent=True)
        elif self._worry and not worry:
            self.notice.clear()
        spoke = desk.editor.fields["already_spoke"].answer() is True
        opens = spoke and not self._spoke
        self._worry, self._spoke = worry, spoke
        if opens:
            self.open_card("dialogue")

    def _mark(self, mark: Mark) -> None:
        desk = self._desk
        if desk is not None and self._tried(lambda: desk.mark(mark)):
            self._open_next()

    def _refresh(self) -> None:
        entries, turn = self._entries(), self._turn()
        self.strip.show_progress([one for one in entries if one.turn == turn])
        self._mind_wording(entries, turn)
        self._arrange()
        if self._arc is not None:
            strain = self._strains.strain(self._arc)
            today = self._notebook.today()
            self.status.show_strain(
                strain,
                self._strains.suggestion(self._arc),
                self._strains.history(self._arc),
                QDate(today.year, today.month, today.day),
            )
            self._show_status.setText(f"Status: {strain.words}")
        if self._desk is not None:
            self._show_choice()
        self._show_links()

    def _show_links(self) -> None:
        """Show what links to any card of this strain, and to whom any was shown, once a card is open to stand under."""
        if self._desk is None:
            return
        cards = [one.id for one in self._entries()]
        self.links.show_all(cards, self._client.id)
        self.shown.show_about(self._desk.entry, cards)

    def _show_choice(self) -> None:
        desk = self._desk
        if desk is None:
            return
        turn = self._turn()
        mine = [one for one in self._entries() if one.card == desk.card.id]
        self.choice.show_entries(mine, desk.entry, turn, desk.card)
        last = self._place_of(desk.card) == len(self._form.cards) - 1
        self._next.setVisible(not last)

    def _set_status(self, status: rupture.Status, on: datetime.date, why: str) -> None:
        if self._change(lambda arc: self._strains.set_status(arc, status, on, why)):
            self.status.taken()

    def _undo(self) -> None:
        self._change(self._strains.undo)

    def _reopen(self, on: datetime.date, why: str) -> None:
        if self._change(lambda arc: self._strains.reopen(arc, on, why)):
            self.status.taken()
            self.open_card(self._form.cards[0].id)

    def _change(self, act: Callable[[ArcId], Changed]) -> bool:
        """Write the open cards, then change the status; a fault of the disk is said in the page."""
        arc = self._arc
        if arc is None or not self.flush():
            return False
        done = self._tried(lambda: self.changed.emit(act(arc)))
        self._refresh()
        return done

    def _tried(self, act: Callable[[], None]) -> bool:
        try:
            act()
        except KnownError as fault:
            self.notice.show_error(fault)
            return False
        return True
