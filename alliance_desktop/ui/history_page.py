"""What one entry said before, by day and time, with what changed since, and what else happened to it."""

import datetime
from collections.abc import Callable
from typing import Any, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from alliance_desktop.domain import difference
from alliance_desktop.domain.backup_words import said_time
from alliance_desktop.domain.changes import Changed, Touched
from alliance_desktop.domain.client import Client
from alliance_desktop.domain.difference import Said
from alliance_desktop.domain.entry import Entry, EntryEvent, EntryId, Event, State, Version
from alliance_desktop.domain.errors import KnownError, SaveWaitingError
from alliance_desktop.services.history import History
from alliance_desktop.services.notebook import Notebook
from alliance_desktop.ui.differing import Differing
from alliance_desktop.ui.notice import Notice
from alliance_desktop.ui.page import Page
from alliance_desktop.ui.parts import button, card, label, row, tick, writes
from alliance_desktop.ui.theme import spaced
from alliance_desktop.ui.words import isolated

MARKS = "Struck through: it stood in that version and was taken out since. Underlined: it was added since."
EACH = "Compare each version with the one after it"
NONE = "There is no earlier version. One is kept about every five minutes of writing."
FROZEN = "This note is finished, so an earlier version can be read and not put back."
SAME = "It says what the note says now."
SAME_NEXT = "It says what the version after it says."
BACK_NEXT = "What stood here before is kept as a version."
GONE = "a note that is no longer here"
UNSAVED = "Nothing was changed: another page holds words that the disk has not taken yet."
SHOWN = 3
"""So many versions are compared at first, with all that happened since; each takes a moment."""
MORE = 10
"""So many more each time earlier ones are asked for."""
WORDS = {
    Event.BINNED: "Put into the bin",
    Event.PUT_BACK: "Put back from the bin",
    Event.RESTORED: "An earlier version was put back",
    Event.REDACTED: "Text was removed",
}


class Moment(NamedTuple):
    """One line of the history: when, what in words, and the version that was kept then, if any."""

    at: datetime.datetime
    words: str
    version: Version | None = None


class HistoryPage(Page):
    """The history of one entry; `changed` tells that a version was put back, `entry_asked` leads to the entry.

    `ready` writes what other pages hold, and says whether the disk took it.
    """

    changed = Signal(object)
    entry_asked = Signal(object)

    def __init__(
        self, notebook: Notebook, history: History, entry: EntryId, ready: Callable[[], bool] = lambda: True
    ) -> None:
        super().__init__("History", "history", 40.0)
        self._notebook, self._history, self._id, self._ready = notebook, history, entry, ready
        self._undo: int | None = None
        self._most = SHOWN
        self._about = label("", "label", "history_about")
        self._note = label("", "muted", "history_note")
        self.notice = Notice("history_notice", "Undo", closes=True, writes=True)
        self.each = tick(EACH, "history_each")
        self._moments = QWidget()
        self._lines = QVBoxLayout(self._moments)
        spaced(self._lines, 0, 0.8)
        self._older = button("Show earlier versions", "history_older", "link")
        self._back = button("Back to the note", "history_back", "link")
        for one in (self._about, self.notice, self._note, self.each, self._moments):
            self.column.addWidget(one)
        self.column.addLayout(row(self._older, self._back))
        self.column.addStretch(1)
        self.notice.pressed.connect(self._take_back)
        self.each.toggled.connect(lambda _on: self.refresh())
        self._older.clicked.connect(self._show_older)
        self._back.clicked.connect(lambda: self.entry_asked.emit(self._id))
        self.refresh()

    @property
    def client(self) -> Client | None:
        """Whose entry it is; None for the counsellor's own."""
        client = self._entry.client
        return self._notebook.client(client) if client is not None else None

    @property
    def entry(self) -> EntryId:
        """The entry whose history it is."""
        return self._id

    def begin(self) -> None:
        """Put the keyboard where the page begins."""
        (self.each if self.each.isVisibleTo(self) else self._back).setFocus()

    def refresh(self) -> None:
        """Read the history anew."""
        entry = self._entry
        versions = self._history.versions(self._id)
        self._about.setText(isolated(self._notebook.title(entry)))
        frozen = entry.state is State.FINISHED
        told = [MARKS if versions else NONE, FROZEN if frozen and versions else ""]
        self._note.setText(" ".join(one for one in told if one))
        self.each.setVisible(len(versions) > 1)
        moments = moments_of(entry, versions, self._history.events(self._id))
        shown = _newest(moments, self._most)
        self._older.setVisible(len(moments) > len(shown))
        while (item := self._lines.takeAt(0)) is not None:
            gone = item.widget()
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        may_restore = not frozen and entry.binned_at is None and self._is_open(entry)
        after = {one.id: next_one for one, next_one in zip(versions, [*versions[1:], None], strict=False)}
        for one in shown:
            then = after.get(one.version.id) if one.version is not None else None
            self._lines.addWidget(self._shown(one, then if self.each.isChecked() else None, may_restore))

    def flush(self) -> bool:
        """Return True: nothing is written on this page by itself."""
        return True

    def place(self) -> dict[str, Any]:
        """Return where the counsellor is on this page, as plain data."""
        return {"page": "history", "entry": self._id, "each": self.each.isChecked()}

    def restore(self, place: dict[str, Any]) -> None:
        """Compare as it was compared before."""
        self.each.setChecked(place.get("each") is True)

    def concern(self, changed: Changed) -> None:
        """Read anew where this entry was written to."""
        if changed.entry == self._id:
            self.refresh()

    @property
    def _entry(self) -> Entry:
        return self._notebook.entry(self._id)

    def _is_open(self, entry: Entry) -> bool:
        try:
            self._notebook.must_be_open(entry)
        except KnownError:
            return False
        return True

    def _shown(self, moment: Moment, after: Version | None, may_restore: bool) -> QWidget:
        frame, column = card(0.4)
        when = said_time(moment.at)
        column.addWidget(label(when, "label"))
        version = moment.version
        if version is None:
            column.addWidget(label(moment.words))
            return frame
        found = self._changes(version, after)
        for one in found:
            column.addWidget(Differing(one))
        if not found:
            column.addWidget(label(SAME if after is None else SAME_NEXT, "muted"))
        whole = button("Read all of it", f"read_{version.id}", "link")
        back = writes(button("Put this version back", f"restore_{version.id}"))
        whole.setAccessibleName(f"Read all of it: {when}")
        back.setAccessibleName(f"Put this version back: {when}")
        if not may_restore:
            back.hide()
        for pressed in (whole, back):
            pressed.setAccessibleDescription(" ".join(change.spoken for change in found))
        column.addLayout(row(back, whole))
        whole.clicked.connect(lambda: self._read(column, whole, version))
        back.clicked.connect(lambda: self._restore(version))
        return frame

    def _changes(self, version: Version, after: Version | None) -> list[difference.Change]:
        entry = self._entry
        later = after.answers if after is not None else entry.answers
        form_version = after.form_version if after is not None else entry.form_version
        return difference.changes(
            self._said(version.form_version, version.answers), self._said(form_version, later), self._linked
        )

    def _said(self, form_version: int, answers: dict[str, Any]) -> Said:
        form = self._notebook.forms.get(self._entry.form, form_version)
        return Said(form, form.card(self._entry.card), answers)

    def _linked(self, id: EntryId) -> str:
        try:
            return self._notebook.title(self._notebook.entry(id))
        except KeyError:
            return GONE

    def _read(self, column: QVBoxLayout, pressed: QWidget, version: Version) -> None:
        """Show all that a version says, under what changed."""
        pressed.setEnabled(False)
        for question, text in difference.told(self._said(version.form_version, version.answers), self._linked):
            column.addWidget(label(question, "muted"))
            words = label(text)
            words.setTextInteractionFlags(
                words.textInteractionFlags() | words.textInteractionFlags().TextSelectableByMouse
            )
            column.addWidget(words)

    def _restore(self, version: Version, *, undoing: bool = False) -> None:
        if not self._ready():
            self.notice.offer(False)
            self.notice.say(UNSAVED, urgent=True)
            return
        changed = Changed(kinds=frozenset({Touched.ENTRY}), client=self._entry.client, entry=self._id)
        before = self._entry.answers
        try:
            changed = self._history.restore(self._id, version.id)
        except SaveWaitingError as fault:
            # It is written, and only waits for room.
            self.notice.show_error(fault)
        except KnownError as fault:
            self.notice.offer(False)
            self.notice.show_error(fault)
            return
        kept = (one.id for one in reversed(self._history.versions(self._id)) if one.answers == before)
        self._undo = None if undoing else next(kept, None)
        self.refresh()
        said = "It is as it was." if undoing else f"The version of {said_time(version.written_at)} is back."
        self.notice.offer(self._undo is not None)
        self.notice.say(said, "" if undoing else BACK_NEXT)
        # The button that was pressed is gone with the list it stood in.
        self.begin()
        self.changed.emit(changed)

    def _take_back(self) -> None:
        version = next((one for one in self._history.versions(self._id) if one.id == self._undo), None)
        if version is not None:
            self._restore(version, undoing=True)

    def _show_older(self) -> None:
        self._most += MORE
        self.refresh()
        self.begin()


def moments_of(entry: Entry, versions: list[Version], events: list[EntryEvent]) -> list[Moment]:
    """Return everything in the history of an entry, the newest first."""
    found = [Moment(one.written_at, "", one) for one in versions]
    found += [Moment(one.at, f"{WORDS[one.what]}{f': {one.why}' if one.why else ''}") for one in events]
    found.append(Moment(entry.created_at, "Begun"))
    if entry.finished_at is not None:
        found.append(Moment(entry.finished_at, "Finished"))
    return sorted(found, key=lambda one: one.at, reverse=True)


def _newest(moments: list[Moment], most: int) -> list[Moment]:
    """Return the newest moments, up to the one before the first version that is too many."""
    versions = [at for at, one in enumerate(moments) if one.version is not None]
    return moments[: versions[most]] if len(versions) > most else moments
