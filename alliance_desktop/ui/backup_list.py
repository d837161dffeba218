"""The list of backups, newest first, with one from elsewhere beside them where it was chosen."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from alliance_desktop.domain.backup_errors import said_size
from alliance_desktop.domain.backup_words import said_time
from alliance_desktop.storage.backup_file import Listed
from alliance_desktop.ui.folder_field import forget_folders
from alliance_desktop.ui.landing import Landing
from alliance_desktop.ui.parts import button, label, row
from alliance_desktop.ui.row_model import Row
from alliance_desktop.ui.row_view import ShortRows
from alliance_desktop.ui.theme import spaced
from alliance_desktop.ui.words import isolated

NONE_YET = "There is no backup here yet. One makes itself when you lock or close."
NONE = "There is no backup here."
CHECKED, TRIED, ELSEWHERE = "checked when it was made", "restored on trial just now", "from elsewhere"
UNREADABLE = "cannot be used"

AskBackup = Callable[[QWidget], Path | None]
"""Asks for a backup file; None where the dialog was left."""


def choose_backup(parent: QWidget) -> Path | None:
    """Ask for a backup file in the toolkit's own dialog, which keeps no history of folders."""
    dialog = QFileDialog(parent, "Choose a backup", str(Path.home()))
    dialog.setObjectName("backup_dialog")
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog, True)
    dialog.setNameFilters(["Backups (*.vbak)", "All files (*)"])
    dialog.setLabelText(QFileDialog.DialogLabel.Accept, "Choose")
    dialog.setHistory([])
    try:
        accepted = dialog.exec()
        chosen = dialog.selectedFiles()
    finally:
        forget_folders()
    return Path(chosen[0]) if accepted and chosen else None


class BackupList(Landing):
    """Rows of backups; `changed` comes when another is current, None where there is none."""

    changed = Signal()

    def __init__(self, name: str, ask: AskBackup = choose_backup, none: str = NONE) -> None:
        super().__init__()
        self.setObjectName(name)
        self._ask = ask
        self._listed: Sequence[Listed] = ()
        self._elsewhere: Path | None = None
        self._tried: set[Path] = set()
        self.view = ShortRows(f"{name}_view", "Backups")
        self._none = label(none, "muted", f"{name}_none")
        self.other_button = button("Use a backup file fro&m elsewhere…", f"{name}_other", "link")
        column = QVBoxLayout(self)
        spaced(column, 0, 0.4)
        column.addWidget(self.view)
        column.addWidget(self._none)
        column.addLayout(row(self.other_button))
        self.landing = self.view
        self.other_button.clicked.connect(self._choose)
        self.view.selectionModel().currentChanged.connect(lambda _now, _before: self.changed.emit())
        self.show_backups(())

    @property
    def current(self) -> Path | None:
        """The backup the list is at."""
        found = self.view.current_key()
        return found if isinstance(found, Path) else None

    def show_backups(self, listed: Sequence[Listed]) -> None:
        """Show these backups, and the one from elsewhere."""
        self._listed = listed
        rows = [self._row(one) for one in listed]
        if self._elsewhere is not None:
            name = isolated(self._elsewhere.name)
            rows.insert(0, Row(self._elsewhere, name, f"Backup file {name}, {ELSEWHERE}", under=(ELSEWHERE,)))
        self.view.set_rows(rows)
        self.view.updateGeometry()
        self.view.setVisible(bool(rows))
        self._none.setVisible(not rows)
        self.changed.emit()

    def mark_tried(self, path: Path) -> None:
        """Say of a backup that it was restored on trial."""
        self._tried.add(path)
        self.show_backups(self._listed)

    def said(self, path: Path) -> str:
        """Return what a backup is called in a sentence."""
        found = next((one for one in self._listed if one.path == path), None)
        return f"the backup of {said_time(found.made_at)}" if found is not None else "the backup you chose"

    def _row(self, one: Listed) -> Row:
        state = UNREADABLE if one.trouble is not None else TRIED if one.path in self._tried else CHECKED
        when, size = said_time(one.made_at), said_size(one.size)
        why = one.trouble.sentence if one.trouble is not None else ""
        spoken = f"Backup of {when}, {size}, {state}. {why}".strip()
        return Row(one.path, when, spoken, aside=size, under=(why or state,), quiet=one.trouble is not None)

    def _choose(self) -> None:
        chosen = self._ask(self)
        if chosen is not None:
            self._elsewhere = chosen
            self.show_backups(self._listed)
            self.view.select(chosen)
        self.view.setFocus()
