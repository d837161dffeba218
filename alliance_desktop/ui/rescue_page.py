"""The page for a damaged vault: a copy of the folder aside, then what can be read, saved into a new vault."""

import os
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from alliance_desktop.domain.errors import KnownError
from alliance_desktop.services.rescue import Copied, DamagedVault, Report
from alliance_desktop.ui.folder_field import FolderField
from alliance_desktop.ui.notice import Notice, announce
from alliance_desktop.ui.page import Page
from alliance_desktop.ui.parts import button, card, field, label, row
from alliance_desktop.ui.progress import Progress
from alliance_desktop.ui.rescue_report import RescueReport
from alliance_desktop.ui.theme import spaced
from alliance_desktop.ui.words import isolated

WHAT_HAPPENED = (
    "What you typed is right, but a part of the file that holds your notes can no longer be read. "
    "This happens when a disk wears out, when a copy stops half-way, or when the power fails."
)
UNCHANGED = "Nothing in this folder is changed or deleted. What can still be read is saved into a new vault beside it."
COPY_FIRST = "A copy of the whole folder as it is now, side files and all. Whatever comes later, this stays."
SAVE_ABOUT = (
    "Every page of the file is looked at, and all that is whole is saved. "
    "The new vault opens with the same recovery sheet, and with the same passphrase where a key file is whole."
)
COPYING, SAVING = "Copying every file of the folder…", "Reading what can be read, and writing it into a new vault…"
SAVED = "Saved into a new vault"
NO_PLACE = "Say first where the new vault is to be."


class RescuePage(QWidget):
    """One damaged vault whose key is known.

    `opened` carries the folder of the new vault when it is to be opened; `backup_asked` comes when a backup is wanted
    instead, `closed` when nothing is.
    """

    opened = Signal(object)
    backup_asked = Signal()
    closed = Signal()
    held_changed = Signal()

    def __init__(self, damaged: DamagedVault) -> None:
        super().__init__()
        self.setObjectName("rescue")
        self.setAccessibleName("This vault is damaged")
        self.folder = damaged.folder
        self._damaged = damaged
        self._saved: Path | None = None
        self._page = Page("This vault is damaged", "rescue_page")
        name = isolated(damaged.folder.name.removesuffix(".vault"))
        self._page.column.addWidget(label(name, "muted", "rescue_vault"))
        self._before: list[QWidget] = [label(WHAT_HAPPENED), label(UNCHANGED)]
        self.copy_button = button("&Copy the folder aside", "rescue_copy", "primary")
        self.copied = label("", "", "rescue_copied")
        self.place = FolderField("Choose where the new vault is to be", "rescue_place", damaged.folder.parent)
        self.save_button = button("&Save what can be read", "rescue_save")
        self.where = label("", "", "rescue_where")
        self.where.hide()
        self.report = RescueReport()
        self.progress = Progress("rescue_progress")
        self.notice = Notice("rescue_notice")
        self.open_button = button("&Open the new vault", "rescue_open", "primary")
        self.backup_button = button("Open a &backup instead", "rescue_backup", "link")
        self.back_button = button("Bac&k", "rescue_back", "link")
        self._lay_out()
        self._join()
        self.place.set_folder(damaged.place_for_new())
        self._allow()

    @property
    def holds_secret(self) -> bool:
        """Always: the key is at hand, and the report names people."""
        return True

    def begin(self) -> None:
        """Put the cursor on what is to be done next."""
        for one in (self.open_button, self.copy_button, self.save_button):
            if one.isVisibleTo(self) and one.isEnabled():
                one.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def leave(self) -> None:
        """Stop what is going on and forget the key; nothing half-made is left."""
        self.progress.stop()
        self._damaged.forget()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc stops what is going on, or goes back."""
        if event.key() == Qt.Key.Key_Escape:
            if self.progress.is_busy:
                self.progress.stop()
            else:
                self.closed.emit()
            return
        super().keyPressEvent(event)

    def _lay_out(self) -> None:
        column = self._page.column
        first, inside = card(0.6)
        inside.addWidget(label("1. Copy the damaged folder aside", "heading", "rescue_first"))
        inside.addWidget(label(COPY_FIRST, "muted"))
        inside.addLayout(row(self.copy_button))
        inside.addWidget(self.copied)
        self.copied.hide()
        second, inside = card(0.6)
        inside.addWidget(label("2. Save what can be read", "heading", "rescue_second"))
        inside.addWidget(label(SAVE_ABOUT, "muted"))
        inside.addWidget(field("&New vault", self.place, "rescue_place"))
        inside.addLayout(row(self.save_button))
        self._before += [first, second]
        for one in (*self._before, self.progress, self.notice, self.where):
            column.addWidget(one)
        column.addLayout(row(self.open_button))
        column.addWidget(self.report)
        column.addLayout(row(self.backup_button, self.back_button))
        column.addStretch(1)
        around = QVBoxLayout(self)
        spaced(around, 0, 0)
        around.addWidget(self._page)

    def _join(self) -> None:
        self.copy_button.clicked.connect(self._copy)
        self.save_button.clicked.connect(self._save)
        self.place.entered.connect(self._save)
        self.open_button.clicked.connect(lambda: self.opened.emit(self._saved))
        self.backup_button.clicked.connect(self.backup_asked)
        self.back_button.clicked.connect(self.closed)
        self.progress.done.connect(self._done)
        self.progress.failed.connect(self._failed)
        self.progress.busy_changed.connect(self._allow)

    def _copy(self) -> None:
        self.notice.clear()
        self.progress.start(COPYING, self._damaged.copy_aside)
        self._show_work()

    def _save(self) -> None:
        place = self.place.folder()
        if place is None:
            self.notice.say(NO_PLACE, urgent=True)
            self.place.edit.setFocus()
            return
        if os.path.isdir(place):
            # A folder that is there was chosen to hold the new vault, not to become it.
            place = place / self._damaged.place_for_new().name
            self.place.set_folder(place)
        self.notice.clear()
        self.progress.start(SAVING, partial(self._damaged.save, place.absolute()))
        self._show_work()

    def _show_work(self) -> None:
        self.progress.stop_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self._page.ensureWidgetVisible(self.progress)

    def _done(self, answer: Copied | Report) -> None:
        if isinstance(answer, Copied):
            self._show_copied(answer)
        else:
            self._show_saved(answer)

    def _show_copied(self, copied: Copied) -> None:
        said = f"Copied to {isolated(copied.folder.name)}."
        if copied.unread:
            said += f" The disk did not give back {copied.unread:,} bytes of it."
        self.copied.setText(said)
        self.copied.show()
        self.copy_button.hide()
        _make_primary(self.save_button)
        announce(self, said)
        self._allow()
        self.save_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_saved(self, report: Report) -> None:
        self._saved = report.folder
        for one in self._before:
            one.hide()
        self._page.title.setText(SAVED)
        self.setAccessibleName(SAVED)
        self.where.setText(f"The new vault is {isolated(report.folder.name)}. The damaged one is as it was.")
        self.where.show()
        self.report.show_words(report.words())
        self._allow()
        self.begin()

    def _failed(self, fault: KnownError) -> None:
        self.notice.show_error(fault)
        self._allow()
        self._page.ensureWidgetVisible(self.notice)
        self.begin()

    def _allow(self) -> None:
        busy = self.progress.is_busy
        for one in (self.copy_button, self.place, self.save_button, self.backup_button, self.back_button):
            one.setEnabled(not busy)
        self.open_button.setVisible(self._saved is not None)


def _make_primary(one: QWidget) -> None:
    one.setProperty("kind", "primary")
    one.style().unpolish(one)
    one.style().polish(one)
