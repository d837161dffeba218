"""One card of one form: written with nothing to press, finished when it is whole, added to afterwards."""

from contextlib import suppress
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from alliance_desktop.domain import disclosing
from alliance_desktop.domain.answers import Answers, long_day
from alliance_desktop.domain.changes import Changed, Touched
from alliance_desktop.domain.client import Client
from alliance_desktop.domain.clock import local
from alliance_desktop.domain.entry import Entry, State
from alliance_desktop.domain.errors import KnownError, SaveWaitingError
from alliance_desktop.domain.form import Card, Form
from alliance_desktop.domain.late import late_words
from alliance_desktop.services.notebook import Notebook
from alliance_desktop.services.preferences import Settings
from alliance_desktop.ui import reading_order
from alliance_desktop.ui.addenda import Addenda
from alliance_desktop.ui.companions.companion import Companion
from alliance_desktop.ui.desk import Clock, Desk, Sheet
from alliance_desktop.ui.fields.field import NEEDED
from alliance_desktop.ui.fields.fit import Fit
from alliance_desktop.ui.links_panel import LinksPanel
from alliance_desktop.ui.notice import Notice
from alliance_desktop.ui.parts import button, card, label, writes
from alliance_desktop.ui.shown_panel import ShownPanel
from alliance_desktop.ui.theme import em, spaced

FINISH_WORDS = {"session": "Finish note", "safeguarding": "Keep as it is"}
FINISH = "Finish"
DRAFT_WORDS = "Draft. Finishing keeps it as it is; you can still add to it later."
OPEN_WORDS = "Open. It can change at any time; finishing keeps it as it is, and you can still add to it later."
LIVING_WORDS = "Kept up over time: there is one of it, and it stays open."
FREEZES_WORDS = (
    f"Once what is marked {NEEDED} is there, leaving this page keeps it as it is. You can still add to it later."
)
LOW, LOWEST = 22.0, 12.0
"""With fewer line heights than this, the buttons under a card scroll with it."""
LATE = "This note is finished. What you wrote afterwards is kept under it, not added yet."
LATE_NEXT = "Add it to the note, or change it first."
IN_BIN = "This is in the bin."
IN_BIN_NEXT = "It can be read here, and put back from the bin."


class EntryPage(QWidget):
    """One entry of any form with one card at a time, or a fresh one; the sheet says whose, of which form and card.

    `changed` tells of each write. `entry_asked` and `arc_asked` carry what a link or a companion leads to, `new_asked`
    a form, a card and the answers to begin it with; `history_asked` and `bin_asked` carry this entry.
    """

    changed = Signal(object)
    help_asked = Signal(object)
    entry_asked = Signal(object)
    arc_asked = Signal(object)
    card_asked = Signal(object, str)
    new_asked = Signal(str, str, object)
    history_asked = Signal(object)
    bin_asked = Signal(object)

    def __init__(
        self, notebook: Notebook, settings: Settings, sheet: Sheet, clock: Clock, companion: Companion | None = None
    ) -> None:
        super().__init__()
        self.setObjectName("entry_page")
        self._notebook, self._settings, self._sheet, self._companion = notebook, settings, sheet, companion
        self._begun_with = dict(sheet.answers) if sheet.entry is None else {}
        self._addenda: Addenda | None = None
        self._written: Changed | None = None
        self._is_low = self._is_lowest = False
        self._banner = QWidget()
        self.desk = Desk(notebook, sheet, clock, self)
        self.desk.keep_late = self._keep_late
        self.notice = Notice("entry_notice")
        self.links = LinksPanel(notebook)
        self.shown = ShownPanel(notebook)
        self._finish = writes(button(FINISH_WORDS.get(self.kind, FINISH), "finish_note"))
        self._finish.setToolTip("Ctrl+Enter")
        self._to_addendum = writes(button("Add to this note…", "to_addendum"))
        self._history = button("History…", "entry_history")
        self._bin = writes(button("Put in the bin", "entry_bin"))
        self._state = label("", "muted", "note_state")
        self._foot = QWidget()
        self._column = QVBoxLayout(self)
        spaced(self._column, (1.0, 0.8, 0.4, 0.4), 0.5)
        self._lay_out()
        self._join()
        self._show_state()
        reading_order.keep(self)

    @property
    def client(self) -> Client | None:
        """Whose entry it is; None for the counsellor's own."""
        return self._sheet.client

    @property
    def form(self) -> Form:
        """The form, in the version this entry is written in."""
        return self._sheet.form

    @property
    def card(self) -> Card:
        """The card."""
        return self._sheet.card

    @property
    def kind(self) -> str:
        """The shipped form that it is of, also for a counsellor's own copy."""
        return self._sheet.form.based_on or self._sheet.form.id

    @property
    def addenda(self) -> Addenda | None:
        """What was added to a finished entry; None while it is a draft."""
        return self._addenda

    def begin(self) -> None:
        """Put the cursor where writing goes on."""
        if self._companion is None or not self._companion.begin():
            self.desk.begin()

    def flush(self) -> bool:
        """Write what is not written yet; False where the disk did not take it."""
        added = self._addenda.flush() if self._addenda is not None else True
        return self.desk.flush() and added

    def finish(self) -> None:
        """Freeze the entry as it stands; later changes are addenda. One that is kept up over time stays open."""
        if self.card.living or not self.desk.flush() or self.desk.entry is None or self._is_finished():
            return
        asked = self.before_finishing()
        if asked and self.notice.sentence != asked[0]:
            self.notice.say(*asked)
            return
        self.notice.clear()
        whose = self.client.id if self.client is not None else None
        changed = Changed(kinds=frozenset({Touched.ENTRY}), client=whose, entry=self.desk.entry)
        try:
            changed = self._notebook.finish(self.desk.entry)
        except SaveWaitingError as fault:
            # It is finished, and only waits for room.
            self.notice.show_error(fault)
        except KnownError as fault:
            self.notice.show_error(fault)
            return
        self.desk.editor.set_read_only(True)
        self._show_state()
        self.changed.emit(changed)

    def freeze(self) -> None:
        """Finish a card that is to stay as it was written, where enough of it was: its page has been taken away.

        To be called once another page stands there, for nothing can be written on this one from then on.
        """
        # What was deleted for good needs nothing; what cannot be finished now stays a draft that says so.
        with suppress(KeyError, KnownError):
            entry = self._entry() if self.card.freezes else None
            if entry is None or entry.state is State.FINISHED or entry.binned_at is not None:
                return
            if self.card.is_enough(entry.answers):
                self.changed.emit(self._notebook.finish(entry.id))

    def before_finishing(self) -> tuple[str, str] | None:
        """Return a question that is asked once before finishing, and its next step; None where there is none."""
        return self._companion.before_finishing() if self._companion is not None else None

    def place(self) -> dict[str, Any]:
        """Return where the counsellor is on this page, as plain data."""
        return {
            "page": "entry",
            "client": self.client.id if self.client is not None else None,
            "form": self.form.id,
            "card": self.card.id,
            "entry": self.desk.id,
            "field": self.desk.place(),
            "written": self.desk.entry is not None,
            "begin": self._begun_with if self.desk.entry is None else {},
        }

    def restore(self, place: dict[str, Any]) -> None:
        """Put field, cursor and scroll back where they were."""
        if isinstance(place.get("field"), dict):
            self.desk.restore(place["field"])

    def concern(self, changed: Changed) -> None:
        """Show anew what links here and what follows; its own words are written here alone."""
        if changed is self._written:
            # What follows from it is shown already, and this comes between two keys.
            return
        self._show_state()
        if changed.entry != self.desk.entry:
            self._follow()

    def written(self, changed: Changed) -> None:
        """Tell that the card was written, and show what follows from it."""
        self._show_state()
        self._follow()
        self._written = changed
        self.changed.emit(changed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let what ends the page scroll with it where it would leave too little room to write, and then the banner."""
        super().resizeEvent(event)
        self._move_banner(self.height() < em(LOWEST))
        low = self.height() < em(LOW)
        if low is self._is_low:
            return
        self._is_low = low
        if low:
            self._column.removeWidget(self._foot)
            self.desk.put_under(self._foot)
        else:
            self._column.addWidget(self._foot)

    def _move_banner(self, lowest: bool) -> None:
        if lowest is self._is_lowest or not self.form.banner:
            return
        self._is_lowest = lowest
        if lowest:
            self._column.removeWidget(self._banner)
            self.desk.put_first(self._banner)
        else:
            self._column.insertWidget(1, self._banner)

    def _lay_out(self) -> None:
        self._column.addWidget(label(self.card.title, "heading", "entry_title"))
        if self.form.banner:
            bar, inside = card(0, "warning")
            bar.setObjectName("form_banner")
            bar.setAccessibleName(self.form.banner)
            inside.addWidget(label(self.form.banner, "label", "form_banner_words"))
            beside = QVBoxLayout(self._banner)
            # As wide as the card that is scrolled beneath it.
            spaced(beside, (0.2, 0, 2.0, 0.2), 0)
            beside.addWidget(bar)
            self._column.addWidget(self._banner)
        self._column.addWidget(self.notice)
        self._column.addWidget(self.desk, 1)
        if self._companion is not None:
            self.desk.put_over(self._companion)
            if self._companion.below is not None:
                self.desk.put_under(self._companion.below)
        self.desk.put_under(self.links)
        self.desk.put_under(self.shown)
        buttons = Fit(most=0)
        spaced(buttons, 0, 0.5)
        for one in (self._finish, self._to_addendum, self._history, self._bin):
            buttons.addWidget(one)
        inside = QVBoxLayout(self._foot)
        spaced(inside, 0, 0.4)
        inside.addLayout(buttons)
        inside.addWidget(self._state)
        self._column.addWidget(self._foot)

    def _join(self) -> None:
        self._finish.clicked.connect(self.finish)
        self._to_addendum.clicked.connect(self._go_to_addendum)
        self._history.clicked.connect(lambda: self._ask(self.history_asked))
        self._bin.clicked.connect(lambda: self._ask(self.bin_asked))
        self.desk.written.connect(self.written)
        self.desk.help_asked.connect(self.help_asked)
        self.desk.link_opened.connect(self.entry_asked)
        self.links.opened.connect(self.entry_asked)
        self.shown.opened.connect(self.entry_asked)
        self.shown.asked.connect(lambda begin: self.new_asked.emit(disclosing.FORM, disclosing.CARD, begin))
        if self._companion is not None:
            self._companion.open_asked.connect(self.entry_asked)
            self._companion.arc_asked.connect(self.arc_asked)
            self._companion.card_asked.connect(self.card_asked)
            self._companion.put_asked.connect(self._put)
            self._companion.focus_asked.connect(self.desk.editor.focus)
            self._companion.new_asked.connect(self.new_asked)
            self._companion.changed.connect(self.changed)
        self._follow()

    def _put(self, key: str, answer: object) -> None:
        """Give an answer that a companion offered, and write it."""
        field = self.desk.editor.fields.get(key)
        if field is not None and not self._is_finished():
            field.fill(answer)
            field.edited.emit()
            field.settled.emit()
            self.desk.flush()

    def _keep_late(self, answers: Answers) -> None:
        """Keep words that came after the entry was finished, as after a lock on a full disk: in the addendum's box."""
        entry = self._entry()
        if entry is None:
            return
        if self._addenda is not None:
            self._addenda.flush()
        kept, private = self._settings.unsent(entry.id)
        text, only_mine = late_words(self.form, self.card, entry.answers, answers)
        # What waited for room and is tried again is there already.
        whole = kept if text in kept else "\n\n".join(one for one in (kept, text) if one)
        self._settings.keep_unsent(entry.id, whole, private=private or only_mine)
        for key, field in self.desk.editor.fields.items():
            if answers.get(key) != entry.answers.get(key):
                field.fill(entry.answers.get(key))
        if self._addenda is not None:
            self._addenda.hide()
            self._addenda.deleteLater()
            self._addenda = None
        self._show_state()
        self.notice.say(LATE, LATE_NEXT)

    def _ask(self, signal: Any) -> None:
        if self.flush() and self.desk.entry is not None:
            signal.emit(self.desk.entry)

    def _entry(self) -> Entry | None:
        return self._notebook.entry(self.desk.entry) if self.desk.entry is not None else None

    def _is_finished(self) -> bool:
        entry = self._entry()
        return entry is not None and entry.state is State.FINISHED

    def _follow(self) -> None:
        if self._companion is not None:
            self._companion.follow(self._entry(), self.desk.editor.answers())

    def _show_links(self) -> None:
        self.links.show_links(self.desk.entry, self.client.id if self.client is not None else None)
        self.shown.show_about(self.desk.entry)

    def _show_state(self) -> None:
        entry = self._entry()
        finished = entry is not None and entry.state is State.FINISHED
        binned = entry is not None and entry.binned_at is not None
        self._finish.setVisible(not finished and not binned and not self.card.living)
        self._history.setVisible(entry is not None)
        self._bin.setVisible(entry is not None and not binned)
        self._to_addendum.setVisible(finished and not binned)
        self._show_links()
        if binned:
            self.notice.say(IN_BIN, IN_BIN_NEXT)
            self.desk.editor.set_read_only(True)
        if entry is None or not finished:
            self._state.setText(self._open_words())
            return
        when = local(entry.finished_at or entry.touched_at)
        self._state.setText(f"Finished {long_day(when.date())}, {when:%H:%M}")
        if self._addenda is None and not binned:
            # It may have been finished beside this page, as where it stood in another place before.
            self.desk.editor.set_read_only(True)
            self._addenda = Addenda(self._notebook, self._settings, entry.id)
            self._addenda.written.connect(self.changed)
            self.desk.put_under(self._addenda)

    def _open_words(self) -> str:
        if self.card.living:
            return LIVING_WORDS
        if self.card.freezes:
            return FREEZES_WORDS
        return DRAFT_WORDS if self.kind == "session" else OPEN_WORDS

    def _go_to_addendum(self) -> None:
        if self._addenda is not None:
            self._addenda.begin()
