"""Deleting a client for good: what goes, what is usually meant in its place, and what opens the vault asked for."""

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from alliance_desktop.domain.changes import Changed
from alliance_desktop.domain.client import Client
from alliance_desktop.domain.errors import KnownError
from alliance_desktop.keys.keyfile import Secrets
from alliance_desktop.services.history import History, Weight
from alliance_desktop.services.key_life import KeyLife
from alliance_desktop.storage.backup_file import Listed
from alliance_desktop.ui.notice import Notice
from alliance_desktop.ui.page import Page
from alliance_desktop.ui.parts import button, card, field, label, row, writes
from alliance_desktop.ui.passphrase_field import PassphraseField
from alliance_desktop.ui.progress import Progress
from alliance_desktop.ui.redaction_page import held_words
from alliance_desktop.ui.words import counted, isolated

CLOSING = (
    "When the work has ended, closing the case is usually what is meant. It keeps the record until the days you set, "
    "and nothing is destroyed."
)
ELSEWHERE = (
    "What you wrote elsewhere stays, such as supervision or the notes of other clients. A link from there then says "
    "that the note is no longer here."
)
BACKUP = "A backup is made first, which still holds them."
WORKING = "Checking the passphrase, then making a backup…"
TYPE_FIRST = "Type the passphrase of this vault first."
TYPE_KEY_FIRST = "Type the key on your recovery sheet first."
LEFT = "Nothing was deleted, because this page was left meanwhile."
DONE = "The client is deleted, with every note, strain and addition."
TO_REMOVE = "To remove one now, delete its file in this folder:"


class DeleteClientPage(Page):
    """What goes with a client, and the passphrase to say so.

    `proved` carries what the passphrase opened, once a backup is made; then the client is to be deleted. `closed` asks
    for the client's details, `new_asked` for a fresh card.
    """

    proved = Signal(object)
    closed = Signal()
    new_asked = Signal(str, str, object)

    def __init__(self, client: Client, history: History, keys: KeyLife) -> None:
        super().__init__("Delete this client for good", "delete_client")
        self._client, self._history, self._keys = client, history, keys
        self._by_sheet = keys.standing().opens_by_sheet
        self._passphrase = PassphraseField("delete_passphrase")
        self._key = QLineEdit()
        self._key.setAcceptDrops(False)
        self.progress = Progress("delete_progress")
        self.notice = Notice("delete_notice")
        self.case_button = writes(button("&Close the case…", "delete_close_case", "primary"))
        self.delete_button = writes(button("&Delete for good", "delete_for_good"))
        self._back = button("&Back to the details", "delete_back")
        self._lay_out()
        self._passphrase.entered.connect(self._start)
        self._key.returnPressed.connect(self._start)
        self.case_button.clicked.connect(lambda: self.new_asked.emit("closing", "closing", {}))
        self.delete_button.clicked.connect(self._start)
        self._back.clicked.connect(self.closed)
        self.progress.done.connect(self._proved)
        self.progress.failed.connect(self.show_error)
        self.progress.busy_changed.connect(self._set_busy)

    @property
    def client(self) -> Client:
        """Who would be deleted."""
        return self._client

    def begin(self) -> None:
        """Put the keyboard on what is usually meant."""
        self.case_button.setFocus()

    def show_error(self, fault: KnownError) -> None:
        """Say why nothing was deleted."""
        self._passphrase.clear()
        self._key.clear()
        self.notice.show_error(fault)
        self._typed().setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back, and nothing is deleted."""
        if event.key() == Qt.Key.Key_Escape and not self.progress.is_busy:
            self.closed.emit()
            return
        super().keyPressEvent(event)

    def flush(self) -> bool:
        """Return True: nothing is written on this page."""
        return True

    def place(self) -> dict[str, Any]:
        """Return where the counsellor is on this page, as plain data; what was typed is not kept."""
        return {"page": "delete_client", "client": self._client.id}

    def restore(self, place: dict[str, Any]) -> None:
        """Nothing more is kept than that it was this page."""

    def concern(self, changed: Changed) -> None:
        """Nothing that others write changes this page."""

    def _lay_out(self) -> None:
        who = isolated(self._client.called)
        self.column.addWidget(label(f"This removes {who} and everything about them, for good."))
        self.column.addWidget(label(weighed(self._history.weight(self._client.id)), "label", "delete_weight"))
        frame, inside = card(0.5)
        inside.addWidget(label(CLOSING))
        inside.addLayout(row(self.case_button))
        self.column.addWidget(frame)
        self.column.addWidget(label(ELSEWHERE))
        held = self._history.held_since(self._client.created_at)
        self.column.addWidget(
            label(f"{BACKUP} {held_words(held, 'them') if held else ''}".strip(), "", "delete_backups")
        )
        if self._by_sheet:
            self.column.addWidget(field("Recovery &key on your sheet", self._key, "delete_passphrase"))
        else:
            self.column.addWidget(field("&Passphrase of this vault", self._passphrase, "delete_passphrase"))
        self.column.addWidget(self.progress)
        self.column.addWidget(self.notice)
        self.column.addLayout(row(self._back, self.delete_button))
        self.column.addStretch(1)

    def _typed(self) -> QLineEdit:
        return self._key if self._by_sheet else self._passphrase.edit

    def _start(self) -> None:
        typed = self._typed().text()
        if not typed:
            self.notice.say(TYPE_KEY_FIRST if self._by_sheet else TYPE_FIRST)
            self._typed().setFocus()
            return
        if self.progress.is_busy:
            return
        self.notice.clear()
        try:
            work = self._history.deleting(partial(self._keys.work().check, typed))
        except KnownError as fault:
            self.show_error(fault)
            return
        self.progress.start(WORKING, work)

    def _proved(self, proof: Secrets) -> None:
        self._passphrase.clear()
        self._key.clear()
        if self.isVisible():
            self.proved.emit(proof)
        else:
            # Somebody who went elsewhere, or whose vault was locked, no longer sees what would be deleted.
            proof.forget()
            self.notice.say(LEFT)

    def _set_busy(self, busy: bool) -> None:
        for one in (self.case_button, self.delete_button, self._back, self._key, self._passphrase):
            one.setEnabled(not busy)


class DeletedPage(Page):
    """What is left to do after a client was deleted: the backups that still hold them; `backups_asked` goes there."""

    backups_asked = Signal()

    def __init__(self, held: list[Listed], folder: str) -> None:
        super().__init__("Deleted", "deleted")
        self.column.addWidget(label(DONE))
        self.column.addWidget(label(held_words(held, "them"), "", "deleted_backups"))
        self.to_backups = button("To the &backups", "deleted_to_backups")
        if held:
            self.column.addWidget(label(TO_REMOVE))
            place = label(isolated(folder), "", "deleted_folder")
            place.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self.column.addWidget(place)
        self.column.addLayout(row(self.to_backups))
        self.column.addStretch(1)
        self.to_backups.clicked.connect(self.backups_asked)

    def begin(self) -> None:
        """Put the keyboard on the way to the backups."""
        self.to_backups.setFocus()


def weighed(weight: Weight) -> str:
    """Return how much goes, in words."""
    if not weight.notes:
        return "Nothing is written about them yet beside their details."
    away = f" ({weight.in_bin} of them in the bin)" if weight.in_bin else ""
    parts = [counted(weight.notes, "note", "notes") + away]
    if weight.strains:
        parts.append(counted(weight.strains, "strain", "strains"))
    if weight.addenda:
        parts.append(counted(weight.addenda, "addition", "additions"))
    return f"With them go {', '.join(parts)}, and what each note said before."
