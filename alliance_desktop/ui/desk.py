"""One card being written: its editor, its autosave, and the entry that the first write makes."""

import datetime
from collections.abc import Callable
from typing import Any

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from alliance_desktop.domain.answers import Answers
from alliance_desktop.domain.client import Client
from alliance_desktop.domain.entry import ArcId, Entry, EntryId, Mark, State
from alliance_desktop.domain.errors import FinishedError
from alliance_desktop.domain.form import Card, Form
from alliance_desktop.services.notebook import Notebook, WriteCard
from alliance_desktop.ui.autosave import Autosave
from alliance_desktop.ui.card_editor import CardEditor
from alliance_desktop.ui.card_world import context_of
from alliance_desktop.ui.fields.place import Place
from alliance_desktop.ui.theme import spaced

Clock = Callable[[], datetime.datetime]


class Sheet(msgspec.Struct, kw_only=True):
    """What lies on the desk: whose card it is, which entry it is (none before the first write), which strain.

    `client` is None for what is the counsellor's own.
    """

    client: Client | None
    form: Form
    card: Card
    entry: Entry | None = None
    arc: ArcId | None = None
    answers: Answers = {}
    """Answers to begin a new card with, such as a link to the session it came from."""
    held: WriteCard | None = None
    """Words of this card that a full disk did not take before a lock; they go on from here."""


class Desk(QWidget):
    """One card with its autosave.

    `written` carries what changed, `help_asked` the question to explain, `link_opened` the entry a link leads to.
    """

    written = Signal(object)
    help_asked = Signal(object)
    link_opened = Signal(object)

    def __init__(self, notebook: Notebook, sheet: Sheet, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._notebook = notebook
        self._sheet = sheet
        self._entry = sheet.entry.id if sheet.entry is not None else None
        answers = sheet.entry.answers if sheet.entry is not None else sheet.answers
        self._id = sheet.entry.id if sheet.entry is not None else notebook.new_entry()
        if sheet.held is not None:
            answers, self._id = sheet.held.answers, sheet.held.entry
        area, inside = scrolled(self, "desk_scroll")
        self.editor = CardEditor(
            sheet.form,
            sheet.card,
            facts=sheet.client.facts(notebook.today()) if sheet.client is not None else frozenset(),
            answers=answers,
            fresh=sheet.entry is None,
            context=context_of(notebook, sheet.client, clock, notebook.short_words),
            parent=area.widget(),
        )
        self._visited = False
        self.keep_late: Callable[[Answers], None] | None = None
        """Keeps words for an entry that was finished meanwhile; a fault of the disk is raised, and they stay owed."""
        touched = sheet.entry.touched_at if sheet.entry is not None else None
        self.autosave = Autosave(self.editor, self._save, clock, saved_at=touched)
        if sheet.held is not None:
            self.autosave.owe()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._over, self._under = QVBoxLayout(), QVBoxLayout()
        column.addWidget(area)
        inside.addLayout(self._over)
        inside.addWidget(self.editor)
        inside.addLayout(self._under)
        inside.addStretch(1)
        self.editor.help_asked.connect(self.help_asked)
        self.editor.link_opened.connect(self.link_opened)
        if sheet.entry is not None and sheet.entry.state is State.FINISHED:
            self.editor.set_read_only(True)

    @property
    def entry(self) -> EntryId | None:
        """The entry this card is written to, or None before anything was written."""
        return self._entry

    @property
    def id(self) -> EntryId:
        """The id of that entry, known before it is written, so that the place of the card can be kept."""
        return self._id

    @property
    def card(self) -> Card:
        """The card on the desk."""
        return self._sheet.card

    @property
    def client(self) -> Client | None:
        """Whose card it is; None for the counsellor's own."""
        return self._sheet.client

    def set_earlier(self, turn: int) -> bool:
        """Let a card of an earlier turn only be read; say whether it is one."""
        entry = self._sheet.entry
        if entry is None or entry.arc is None:
            return False
        earlier = entry.turn < turn
        self.editor.set_read_only(earlier or entry.state is State.FINISHED)
        return earlier

    def put_over(self, widget: QWidget) -> None:
        """Put something over the card, scrolled with it."""
        self._over.addWidget(widget)

    def put_first(self, widget: QWidget) -> None:
        """Put something over all that is over the card."""
        self._over.insertWidget(0, widget)

    def put_under(self, widget: QWidget) -> None:
        """Put something under the card, scrolled with it."""
        self._under.addWidget(widget)

    def begin(self) -> None:
        """Put the cursor where writing goes on: where it was on this card, else where a fresh card begins."""
        if self._visited:
            self.editor.restore(self.editor.place())
        else:
            self.editor.focus(self.card.begin_at if self._sheet.entry is None else "")
        self._visited = True

    def flush(self) -> bool:
        """Write what is not written yet, at once; False where the disk did not take it (the text stays)."""
        return self.autosave.flush()

    def mark(self, mark: Mark) -> None:
        """Write the card as skipped or not fitting, with whatever answers it has; faults of the disk are raised."""
        if self.flush():
            self.write(self.unwritten(mark))

    def unwritten(self, mark: Mark = Mark.NONE, answers: Answers | None = None) -> WriteCard:
        """Return the card as it would be written now; `answers` where they were asked for already."""
        sheet = self._sheet
        return WriteCard(
            client=sheet.client.id if sheet.client is not None else None,
            form=sheet.form.id,
            card=sheet.card.id,
            answers=answers if answers is not None else self.editor.answers(),
            entry=self._id,
            arc=sheet.arc,
            mark=mark,
            version=sheet.form.version,
        )

    def write(self, card: WriteCard) -> None:
        """Write a card and say what changed."""
        changed = self._notebook.write(card)
        self._entry, self._sheet.arc = changed.entry, changed.arc
        if self._sheet.entry is None and changed.entry is not None:
            self._sheet.entry = self._notebook.entry(changed.entry)
        self.written.emit(changed)

    def place(self) -> dict[str, Any]:
        """Return where the cursor and the scroll are, as plain data."""
        kept: dict[str, Any] = msgspec.to_builtins(self.editor.place())
        return kept

    def restore(self, place: dict[str, Any]) -> None:
        """Put cursor and scroll back where they were; a place that no longer fits is left alone."""
        try:
            self.editor.restore(msgspec.convert(place, Place))
        except msgspec.ValidationError:
            return

    def _save(self, answers: Answers) -> None:
        try:
            self.write(self.unwritten(answers=answers))
        except FinishedError:
            if self.keep_late is None:
                raise
            self.keep_late(answers)


def scrolled(parent: QWidget, name: str) -> tuple[QScrollArea, QVBoxLayout]:
    """Return a frameless scroll area and the column in it, which is for fields: these take the focus.

    Whatever goes in is best made with the area's `widget()` as its parent: Qt styles all of it anew with each move.
    """
    area = QScrollArea(parent)
    area.setObjectName(name)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    held = QWidget()
    held.setProperty("surface", "clear")
    area.setWidget(held)
    column = QVBoxLayout(held)
    spaced(column, (0.2, 0.2, 1.0, 1.0), 0)
    return area, column
