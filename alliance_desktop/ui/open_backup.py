"""Opening a backup from the unlock page: for a vault that is damaged, gone, or wanted as it was."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from alliance_desktop.domain.backup_errors import RestoreElsewhereError
from alliance_desktop.domain.backup_words import told_trial
from alliance_desktop.domain.errors import KnownError
from alliance_desktop.domain.watch import Watch
from alliance_desktop.services.backup_work import Restored, Tried, holding_of
from alliance_desktop.services.locked_backups import LockedBackups, TypedKey
from alliance_desktop.ui.backup_keys import BackupKey
from alliance_desktop.ui.backup_list import AskBackup, BackupList, choose_backup
from alliance_desktop.ui.notice import Notice
from alliance_desktop.ui.page import Page
from alliance_desktop.ui.parts import button, card, label, row
from alliance_desktop.ui.progress import Progress
from alliance_desktop.ui.theme import spaced
from alliance_desktop.ui.words import isolated

ABOUT = (
    "A backup opens with the passphrase that was valid when it was made, or with the recovery sheet of that time. "
    "It is checked from end to end, then takes the vault's place; the vault as it is now stays beside it."
)
TRYING, RESTORING = "Restoring on trial, into a private folder…", "Restoring, and checking every note…"
NO_BACKUP = "Choose a backup in the list first, or a file from elsewhere."
NO_KEY = "Type the passphrase of the backup first, or use the recovery sheet."


class OpenBackup(QWidget):
    """The backups of one locked vault.

    `restored` carries a Restored, which is to take the vault's place; `closed` comes when nothing is wanted.
    """

    restored = Signal(object)
    closed = Signal()
    held_changed = Signal()

    def __init__(self, locked: LockedBackups, ask: AskBackup = choose_backup) -> None:
        super().__init__()
        self.setObjectName("open_backup")
        self.setAccessibleName("Open a backup")
        self._locked = locked
        self._then: Callable[[Any], None] = self._show_tried
        self._told_elsewhere = False
        page = Page("Open a backup", "open_backup_page")
        page.column.addWidget(label(isolated(locked.vault.name.removesuffix(".vault")), "muted", "open_backup_vault"))
        page.column.addWidget(label(ABOUT, "muted"))
        frame, inside = card(0.7)
        self.list = BackupList("open_backup_list", ask)
        self.key = BackupKey("open_backup_key")
        self.try_button = button("&Try a restore", "open_backup_try")
        self.restore_button = button("Re&store this backup", "open_backup_restore", "primary")
        self.back_button = button("&Back", "open_backup_back", "link")
        self.progress = Progress("open_backup_progress")
        self.notice = Notice("open_backup_notice")
        inside.addWidget(self.list)
        inside.addWidget(self.key)
        inside.addLayout(row(self.restore_button, self.try_button))
        inside.addWidget(self.progress)
        inside.addWidget(self.notice)
        page.column.addWidget(frame)
        page.column.addLayout(row(self.back_button))
        page.column.addStretch(1)
        around = QVBoxLayout(self)
        spaced(around, 0, 0)
        around.addWidget(page)
        self._join()
        self.list.show_backups(locked.listed())
        self._allow()

    @property
    def folder(self) -> Path:
        """The vault whose backups these are."""
        return self._locked.vault

    @property
    def holds_secret(self) -> bool:
        """Whether a key is typed, or a backup is being tried or restored with one."""
        return self.key.is_typed or self.progress.is_busy

    def leave(self) -> None:
        """Stop what is going on and forget what is typed; nothing half-made is left."""
        self.progress.stop()
        self.key.clear()

    def begin(self) -> None:
        """Put the keyboard on the list, or where a file from elsewhere is chosen."""
        (self.list.view if self.list.current is not None else self.list.other_button).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back, and stops what is going on first."""
        if event.key() == Qt.Key.Key_Escape:
            if self.progress.is_busy:
                self.progress.stop()
            else:
                self.closed.emit()
            return
        super().keyPressEvent(event)

    def _join(self) -> None:
        self.list.changed.connect(self._allow)
        self.list.view.chosen.connect(lambda _path: self.key.begin())
        self.key.entered.connect(self._restore)
        self.key.changed.connect(self.held_changed)
        self.progress.busy_changed.connect(lambda _busy: self.held_changed.emit())
        self.restore_button.clicked.connect(self._restore)
        self.try_button.clicked.connect(self._try)
        self.back_button.clicked.connect(self.closed)
        self.progress.done.connect(lambda answer: self._then(answer))
        self.progress.failed.connect(self._failed)
        self.progress.busy_changed.connect(lambda _busy: self._allow())

    def _try(self) -> None:
        self._start(TRYING, self._locked.try_out, self._show_tried)

    def _restore(self) -> None:
        work = partial(self._locked.restore_closed, take_over=self._told_elsewhere)
        self._start(RESTORING, work, self._show_restored)

    def _start(self, words: str, work: Callable[[Path, TypedKey, Watch], Any], then: Callable[[Any], None]) -> None:
        path = self.list.current
        if self.progress.is_busy:
            return
        if path is None:
            self.notice.say(NO_BACKUP)
            return
        if not self.key.typed:
            self.notice.say(NO_KEY)
            self.key.begin()
            return
        self.notice.clear()
        self._then = then
        self.progress.start(words, partial(work, path, TypedKey(self.key.typed, self.key.by_paper)))

    def _show_tried(self, tried: Tried) -> None:
        made_at = next((one.made_at for one in self._locked.listed() if one.path == tried.path), None)
        self.list.mark_tried(tried.path)
        self.notice.say(told_trial(holding_of(tried.contents).tally, made_at))

    def _show_restored(self, restored: Restored) -> None:
        self.key.clear()
        self.restored.emit(restored)

    def _failed(self, fault: KnownError) -> None:
        # Said once; whoever goes on all the same knows that the other computer has only been switched off.
        self._told_elsewhere = isinstance(fault, RestoreElsewhereError)
        self.notice.show_error(fault)
        self._allow()
        self.key.begin()

    def _allow(self) -> None:
        busy = self.progress.is_busy
        for one in (self.list, self.key, self.back_button):
            one.setEnabled(not busy)
        for one in (self.try_button, self.restore_button):
            one.setEnabled(not busy and self.list.current is not None)
