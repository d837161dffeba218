"""The place for backups: the list, one more to any folder or stick, a trial, and restoring one."""

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent

from alliance_desktop.domain.backup_errors import BackupPlaceMissingError
from alliance_desktop.domain.backup_words import (
    DISK_UNKNOWN,
    IN_MEMORY,
    OLDER_KEYS,
    SAME_DISK,
    WHEN,
    said_tally,
    told_difference,
    told_trial,
)
from alliance_desktop.domain.errors import KnownError
from alliance_desktop.domain.watch import Watch
from alliance_desktop.services.backup_work import Restored, Tried, holding_of
from alliance_desktop.services.backups import Backups
from alliance_desktop.services.locked_backups import LockedBackups, TypedKey
from alliance_desktop.services.places import must_be_whole, must_take_backups
from alliance_desktop.storage.backup import Written
from alliance_desktop.storage.disks import Where
from alliance_desktop.ui.backup_keys import BackupKey
from alliance_desktop.ui.backup_list import NONE, NONE_YET, AskBackup, BackupList, choose_backup
from alliance_desktop.ui.folder_field import FolderField
from alliance_desktop.ui.notice import Notice
from alliance_desktop.ui.page import Page
from alliance_desktop.ui.parts import button, card, field, label, row
from alliance_desktop.ui.progress import Progress
from alliance_desktop.ui.words import isolated

ABOUT = (
    f"Backups make themselves {WHEN}. Each is encrypted, and read back and checked before it counts. Older ones are "
    "thinned out, over about a year."
)
AWAY = "A stick that is kept elsewhere survives the loss of this computer."
WRITING, TRYING, COMPARING, RESTORING = (
    "Writing the backup and reading it back…",
    "Restoring on trial, into a private folder…",
    "Comparing the backup with the vault…",
    "Backing up what is here now, then restoring beside it…",
)
NO_PLACE = "Choose the folder or stick that the backup goes to first."
NO_BACKUP = "Choose a backup in the list first."
NOT_BY_THEMSELVES = "Of the sample, and of a vault that is open for reading only, no backups make themselves."
ONLY_READ = "This vault is open for reading only. A backup can be tried here; none can take the vault's place."
CHANGED = "The vault has changed since, so look at the difference once more."
_WHERE = {Where.SAME: SAME_DISK, Where.MEMORY: IN_MEMORY, Where.UNKNOWN: DISK_UNKNOWN, Where.OUTSIDE: ""}
NO_KEY = "Type the passphrase of the backup first, or its recovery key."
KEPT_ASIDE = "Nothing is deleted: the vault as it is now stays beside it, in a folder of its own."


class _Asked(NamedTuple):
    """The backup that the question is about, what was found in it, and what opens it where the vault's key does not."""

    tried: Tried
    key: TypedKey | None


class BackupsPage(Page):
    """Everything about the backups of an open vault.

    `restore_asked` carries a Restored: a backup restored beside the vault, which is to take its place once the vault
    is closed. `lost_asked` asks for the sheet for the day the computer is lost.
    """

    restore_asked = Signal(object)
    lost_asked = Signal()

    def __init__(self, backups: Backups, locked: LockedBackups, home: Path, ask: AskBackup = choose_backup) -> None:
        super().__init__("Backups", "backups")
        self._backups, self._locked = backups, locked
        self._then: Callable[[Any], None] = self._show_written
        self._asked: _Asked | None = None
        self._key_used: TypedKey | None = None
        self.column.addWidget(label(ABOUT if backups.come_by_themselves else NOT_BY_THEMSELVES, "muted"))
        self.reminder = Notice("backups_reminder", brings=False)
        self.column.addWidget(self.reminder)
        self.progress = Progress("backups_progress")
        self.notice = Notice("backups_notice", closes=True)
        self._make_outside(home)
        self.column.addWidget(self.progress)
        self.column.addWidget(self.notice)
        self._make_question()
        self._make_list(ask)
        self.column.addStretch(1)
        self.progress.done.connect(self._done)
        self.progress.failed.connect(self._failed)
        self.progress.busy_changed.connect(lambda _busy: self._allow())
        self.refresh()

    def refresh(self) -> None:
        """Look at the list of backups and at the reminder anew."""
        self.list.show_backups(self._backups.listed())
        said = self._backups.reminder()
        if not said:
            self.reminder.clear()
        elif self.reminder.sentence != said:
            self.reminder.say(said, AWAY)
        self._allow()

    def begin(self) -> None:
        """Put the keyboard on the list, or where there is none yet, on where one goes to."""
        (self.list.view if self.list.current is not None else self.place.edit).setFocus()

    def begin_backing_up(self) -> None:
        """Put the cursor where the folder for a backup is named."""
        self.place.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.ensureWidgetVisible(self.back_up_button)

    def showEvent(self, event: QShowEvent) -> None:
        """Show the list as it is now, and the difference of a backup that is asked about."""
        super().showEvent(event)
        if not event.spontaneous() and self.notice.sentence in {NO_PLACE, NO_BACKUP, NO_KEY}:
            # It was said of a button that was pressed before this page was left.
            self.notice.clear()
        self.refresh()
        if self._asked is not None:
            self._guarded(self._say_difference)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the question of restoring, and everything as it is."""
        if event.key() == Qt.Key.Key_Escape and not self.question.isHidden():
            self._leave_question()
            return
        super().keyPressEvent(event)

    # -- the parts ------------------------------------------------------------------------------------------------

    def _make_outside(self, home: Path) -> None:
        frame, column = card(0.7)
        column.addWidget(label("Keep one outside this computer", "heading"))
        self.place = FolderField("Folder or stick for the backup", "backup_place", home)
        self.back_up_button = button("&Back up now", "back_up_now", "primary")
        help = "Any folder will do. A stick or another disk is best, kept somewhere else."
        column.addWidget(field("&Where to", self.place, "backup_place", help))
        column.addLayout(row(self.back_up_button))
        self.lost_button = button("Print “If this computer is lost”…", "backups_lost", "link")
        column.addLayout(row(self.lost_button))
        self.lost_button.clicked.connect(self.lost_asked)
        self.column.addWidget(frame)
        self.place.entered.connect(self._back_up)
        self.back_up_button.clicked.connect(self._back_up)

    def _make_list(self, ask: AskBackup) -> None:
        frame, column = card(0.7)
        column.addWidget(label("In the vault's own folder", "heading"))
        self.list = BackupList("backup_list", ask, NONE_YET if self._backups.come_by_themselves else NONE)
        self.key = BackupKey("backup_key")
        self.key.hide()
        self.try_button = button("&Try a restore", "try_restore")
        self.restore_button = button("Re&store…", "restore")
        column.addWidget(self.list)
        column.addWidget(self.key)
        column.addLayout(row(self.try_button, self.restore_button))
        if not self._backups.may_restore:
            column.addWidget(label(ONLY_READ, "muted", "restore_only_read"))
        self.column.addWidget(frame)
        self.list.changed.connect(self._allow)
        self.key.entered.connect(self._try)
        self.try_button.clicked.connect(self._try)
        self.restore_button.clicked.connect(self._compare)

    def _make_question(self) -> None:
        self.question, column = card(0.6)
        self.question.setObjectName("restore_question")
        self._question_title = label("", "heading", "restore_title")
        self.yes_button = button("&Yes, restore this backup", "restore_yes", "primary")
        self.no_button = button("&Leave everything as it is", "restore_no")
        column.addWidget(self._question_title)
        self._lines = label("", "", "restore_difference")
        column.addWidget(self._lines)
        column.addWidget(label(KEPT_ASIDE, "muted"))
        column.addLayout(row(self.yes_button, self.no_button))
        self.question.hide()
        self.column.addWidget(self.question)
        self.yes_button.clicked.connect(self._restore)
        self.no_button.clicked.connect(self._leave_question)

    # -- what is done ---------------------------------------------------------------------------------------------

    def _back_up(self) -> None:
        if self.progress.is_busy:
            return
        folder = self.place.folder()
        if folder is None:
            self.notice.say(NO_PLACE)
            self.place.edit.setFocus()
            return
        # What was said of the attempt before is not true of this one.
        self.notice.clear()
        self._guarded(lambda: self._start_backing_up(folder))

    def _start_backing_up(self, folder: Path) -> None:
        must_be_whole(folder)
        if not os.path.isdir(folder):
            raise BackupPlaceMissingError
        must_take_backups(folder)
        self._then = self._show_written
        self._start(WRITING, self._backups.to_place(folder))

    def _try(self) -> None:
        if self.progress.is_busy:
            return
        # What is asked about is one backup and its key, and this may be another.
        self._leave_question()
        self._then = self._show_tried
        self._open_current(TRYING)

    def _compare(self) -> None:
        if self.progress.is_busy:
            return
        self._leave_question()
        self._then = self._ask_to_restore
        self._open_current(COMPARING)

    def _open_current(self, words: str) -> None:
        path = self.list.current
        if path is None:
            self.notice.say(NO_BACKUP)
            return
        self._guarded(lambda: self._start_trying(path, words))

    def _start_trying(self, path: Path, words: str) -> None:
        fits = self._backups.fits(path)
        self.key.setVisible(not fits)
        self._key_used = None if fits else self._key()
        if fits:
            self._start(words, self._backups.trying(path))
        elif self.key.typed:
            self._start(words, partial(self._locked.try_out, path, self._key()))
        else:
            self.notice.say(NO_KEY, "This backup was made before the recovery sheet was replaced.")
            self.key.begin()

    def _restore(self) -> None:
        if self.progress.is_busy:
            return
        said = self._lines.text()
        if self._asked is not None:
            self._guarded(self._say_difference)
        if self._lines.text() != said:
            # What was agreed to is not what would come.
            self.notice.say(CHANGED)
            return
        asked = self._asked
        self._leave_question()
        if asked is not None:
            self._guarded(lambda: self._start_restoring(asked))

    def _start_restoring(self, asked: _Asked) -> None:
        self._then = self._show_restored
        path = asked.tried.path
        if asked.key is not None:
            first = self._backups.before_risk()
            self._start(RESTORING, partial(self._locked.restore, path, asked.key, first=first))
        else:
            self._start(RESTORING, self._backups.restoring(path))

    def _start(self, words: str, work: Callable[[Watch], Any]) -> None:
        self.notice.clear()
        self.progress.start(words, work)
        self.ensureWidgetVisible(self.progress)

    def _key(self) -> TypedKey:
        return TypedKey(self.key.typed, self.key.by_paper)

    # -- what came of it ------------------------------------------------------------------------------------------

    def _done(self, answer: Any) -> None:
        self._guarded(lambda: self._then(answer))
        self._bring_into_view()

    def _failed(self, fault: KnownError) -> None:
        self.notice.show_error(fault)
        self._bring_into_view()
        self._allow()

    def _bring_into_view(self) -> None:
        """Show what came of it, once the page is laid out with it."""
        shown = self.notice if self.question.isHidden() else self.question
        QTimer.singleShot(0, shown, lambda: self.ensureWidgetVisible(shown))

    def _show_written(self, written: Written) -> None:
        folder = written.path.parent
        words = f"The backup is written, read back and found good: {said_tally(holding_of(written.contents).tally)}."
        where = f"It is in {isolated(str(folder))}."
        warning = _WHERE[self._backups.where(folder)]
        self.refresh()
        self.notice.say(words, f"{where} {warning}".strip())

    def _show_tried(self, tried: Tried) -> None:
        as_now = self._backups.note_tried(tried)
        made_at = next((one.made_at for one in self._backups.listed() if one.path == tried.path), None)
        self.key.clear()
        self.list.mark_tried(tried.path)
        self.notice.say(told_trial(holding_of(tried.contents).tally, made_at, as_now))

    def _ask_to_restore(self, tried: Tried) -> None:
        self._asked = _Asked(tried, self._key_used)
        self._backups.note_tried(tried)
        self.list.mark_tried(tried.path)
        said = self.list.said(tried.path)
        self._question_title.setText(f"Restore {said}?")
        self._say_difference()
        self.question.show()
        self.no_button.setFocus()

    def _say_difference(self) -> None:
        """Say what restoring would change as the vault is now; it may be written while the question stands."""
        if self._asked is not None:
            lines = told_difference(self._backups.difference(self._asked.tried))
            self._lines.setText("\n".join([OLDER_KEYS, *lines] if self._asked.key is not None else lines))

    def _show_restored(self, restored: Restored) -> None:
        self.key.clear()
        self.restore_asked.emit(restored)

    def _leave_question(self) -> None:
        self._asked = self._key_used = None
        self.question.hide()
        self._allow()

    def _guarded(self, act: Callable[[], object]) -> None:
        try:
            act()
        except KnownError as fault:
            self._failed(fault)

    def _allow(self) -> None:
        busy = self.progress.is_busy
        chosen = self.list.current is not None
        self.back_up_button.setEnabled(not busy)
        self.try_button.setEnabled(chosen and not busy)
        self.restore_button.setEnabled(chosen and not busy and self._backups.may_restore)
