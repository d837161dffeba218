"""Taking everything out of the vault into one file: what that means, the passphrase once more, and a place for it."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from alliance_desktop.domain.backup_errors import said_size
from alliance_desktop.domain.backup_words import said_tally
from alliance_desktop.domain.errors import KnownError
from alliance_desktop.services.access import OpenVault
from alliance_desktop.services.exchange.taking_out import TakenOut
from alliance_desktop.services.exchange.words import SYNCED
from alliance_desktop.services.places import is_synced
from alliance_desktop.ui.desk import Clock
from alliance_desktop.ui.notice import Notice
from alliance_desktop.ui.parts import button, card, field, label, row
from alliance_desktop.ui.passphrase_field import PassphraseField
from alliance_desktop.ui.progress import Progress
from alliance_desktop.ui.theme import spaced
from alliance_desktop.ui.words import isolated

AskPath = Callable[[QWidget, str], Path | None]

ABOUT = (
    "Everything that is written in this vault, as one text file that other programs can read: to leave with it, or to "
    "bring it into another vault. It also holds private notes, the drawer of safeguarding, and the bin."
)
WARNING = "The file is not encrypted. Whoever has it can read every note, so delete it when it has served its purpose."
CHECKING = "Checking the passphrase…"
WORKING = "Writing everything out…"
TYPE_FIRST = "Type the passphrase of this vault first."
TYPE_KEY_FIRST = "Type the key on your recovery sheet first."
AGREE = "Take it out again and choose the same place to go on, or choose another."


class TakeOutCard(QWidget):
    """Asks for the passphrase, then for a place, and writes the file in a thread; `progress` and `notice` tell.

    `told` carries the part that says something new, to be brought into view.
    """

    told = Signal(object)

    def __init__(self, vault: OpenVault, clock: Clock, ask_path: AskPath) -> None:
        super().__init__()
        self.setObjectName("take_out_card")
        self._vault, self._clock, self._ask_path = vault, clock, ask_path
        self._by_sheet = vault.keys.standing().opens_by_sheet
        self._warned_of: Path | None = None
        self._then: Callable[[Any], None] = self._done
        self.passphrase = PassphraseField("take_out_passphrase")
        self.key = QLineEdit()
        self.key.setAcceptDrops(False)
        self.button = button("Tak&e everything out…", "take_out")
        self.progress = Progress("take_out_progress")
        self.notice = Notice("take_out_notice", closes=True)
        self._lay_out()
        self.button.clicked.connect(self._start)
        self.passphrase.entered.connect(self._start)
        self.key.returnPressed.connect(self._start)
        self.progress.done.connect(lambda answer: self._then(answer))
        self.progress.failed.connect(self._failed)
        self.progress.busy_changed.connect(self._set_busy)

    def leave(self) -> None:
        """Stop what is going on, of which nobody is told any more; what is typed goes, and a file without a name."""
        self.progress.stop()
        self.progress.leave()
        self._forget()

    def begin(self) -> None:
        """Put the keyboard where the passphrase is typed."""
        self._typed().setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        frame, column = card(0.7)
        column.addWidget(label("Take everything out", "heading"))
        column.addWidget(label(ABOUT))
        column.addWidget(label(WARNING, "label", "take_out_warning"))
        if self._by_sheet:
            column.addWidget(field("Recovery key on your sheet", self.key, "take_out_passphrase"))
        else:
            column.addWidget(field("Passphrase of this vault", self.passphrase, "take_out_passphrase"))
        column.addWidget(self.notice)
        column.addLayout(row(self.button))
        column.addWidget(self.progress)
        around = QVBoxLayout(self)
        spaced(around, 0, 0)
        around.addWidget(frame)

    def _typed(self) -> QLineEdit:
        return self.key if self._by_sheet else self.passphrase.edit

    def _start(self) -> None:
        if self.progress.is_busy:
            return
        typed = self._typed().text()
        if not typed:
            self._say(TYPE_KEY_FIRST if self._by_sheet else TYPE_FIRST)
            self._typed().setFocus()
            return
        self.notice.clear()
        check, self._then = self._vault.keys.work().check, lambda _: self._choose(typed)
        # Nobody chooses a place for a passphrase that is wrong.
        self.progress.start(CHECKING, lambda _: check(typed).forget())
        self.told.emit(self.progress)

    def _choose(self, typed: str) -> None:
        """Ask where to, once the passphrase is known to be right, and write."""
        if self.progress.is_stopped or not self.isVisible():
            # No dialog comes up over work that was hidden or left meanwhile.
            self._forget()
            return
        path = self._ask_path(self, f"notes-{self._clock().date().isoformat()}.jsonl")
        if path is None or not self._vault.is_open:
            return
        if is_synced(path.absolute().parent) and path != self._warned_of:
            self._warned_of = path
            self._say(SYNCED, AGREE)
            return
        try:
            work = self._vault.exchange().taking_out(path, partial(self._vault.keys.work().check, typed))
        except KnownError as fault:
            self._show(fault)
            return
        self._then = self._done
        self.progress.start(WORKING, work)
        self.told.emit(self.progress)

    def _done(self, taken: TakenOut) -> None:
        self._forget()
        told = f"Taken out: {said_tally(taken.tally)}, {said_size(taken.size)}."
        self._say(told, f"It is in {isolated(str(taken.path))}. {WARNING}")

    def _failed(self, fault: KnownError) -> None:
        self._forget()
        self._show(fault)
        if self.isVisible():
            self.begin()

    def _say(self, words: str, more: str = "") -> None:
        self.notice.say(words, more)
        self.told.emit(self.notice)

    def _show(self, fault: KnownError) -> None:
        self.notice.show_error(fault)
        self.told.emit(self.notice)

    def _forget(self) -> None:
        self.passphrase.clear()
        self.key.clear()
        self._warned_of = None

    def _set_busy(self, busy: bool) -> None:
        for one in (self.button, self.passphrase, self.key):
            one.setEnabled(not busy)
