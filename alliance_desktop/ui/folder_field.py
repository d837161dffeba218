"""Where something is: a typed path, or a folder chosen from a dialog that leaves no history behind."""

import os
from pathlib import Path

from PySide6.QtCore import QSettings, Signal
from PySide6.QtWidgets import QApplication, QFileDialog, QHBoxLayout, QLineEdit, QWidget
from shiboken6 import delete

from alliance_desktop.ui.parts import button
from alliance_desktop.ui.theme import spaced


def choose_folder(parent: QWidget, title: str, start: Path) -> Path | None:
    """Return the folder chosen, or None; Qt's own dialog is used, and what it remembers is wiped afterwards."""
    dialog = QFileDialog(parent, title, str(start))
    dialog.setObjectName("folder_dialog")
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly, True)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog, True)
    dialog.setLabelText(QFileDialog.DialogLabel.Accept, "Choose")
    dialog.setHistory([])
    try:
        accepted = dialog.exec()
        chosen = dialog.selectedFiles()
    finally:
        forget_folders()
    return Path(chosen[0]) if accepted and chosen else None


def forget_folders() -> None:
    """Destroy closed file dialogs and wipe the visited folders that Qt writes into the user's settings."""
    for one in QApplication.topLevelWidgets():
        # A dialog writes its history when it is destroyed: wiping first would leave it behind after all.
        if isinstance(one, QFileDialog) and not one.isVisible():
            delete(one)
    for settings in (QSettings("QtProject", "QtProject"), QSettings(QSettings.Scope.UserScope, "QtProject")):
        settings.beginGroup("FileDialog")
        settings.remove("")
        settings.endGroup()
        settings.sync()


class FolderField(QWidget):
    """A path that can be typed, with a button beside it that lets one choose."""

    changed = Signal(str)
    entered = Signal()

    def __init__(self, title: str, name: str, start: Path) -> None:
        super().__init__()
        self._title = title
        self._start = start
        self.edit = QLineEdit()
        self.edit.setAcceptDrops(False)
        self.edit.textChanged.connect(self.changed)
        self.edit.returnPressed.connect(self.entered)
        self.choose_button = button("&Choose…", f"{name}_choose")
        what = title.removeprefix("Choose ")
        self.choose_button.setAccessibleName(f"Choose… {what[0].lower()}{what[1:]}")
        self.choose_button.clicked.connect(self._choose)
        across = QHBoxLayout(self)
        spaced(across, 0, 0.4)
        across.addWidget(self.edit, 1)
        across.addWidget(self.choose_button)
        self.setFocusProxy(self.edit)
        self.setObjectName(name)

    def setAccessibleName(self, name: str) -> None:
        """Name the field inside, which is what a screen reader meets."""
        self.edit.setAccessibleName(name)

    def setAccessibleDescription(self, text: str) -> None:
        """Describe the field inside."""
        self.edit.setAccessibleDescription(text)

    def setObjectName(self, name: str) -> None:
        """Give the field inside its stable name, and itself one beside it."""
        self.edit.setObjectName(name)
        super().setObjectName(f"{name}_row")

    def folder(self) -> Path | None:
        """Return the folder named, a leading ~ being the home folder; None while nothing is typed."""
        typed = self.edit.text().strip()
        if not typed:
            return None
        try:
            return Path(typed).expanduser()
        except RuntimeError:
            # There is no such user: then it is the name of a folder, which is not there either.
            return Path(typed)

    def set_folder(self, folder: Path) -> None:
        """Show a folder."""
        self.edit.setText(str(folder))

    def _choose(self) -> None:
        chosen = choose_folder(self, self._title, self._nearest())
        if chosen is not None:
            self.set_folder(chosen)
        self.edit.setFocus()

    def _nearest(self) -> Path:
        named = self.folder() or self._start
        return next((one for one in (named, *named.parents) if os.path.isdir(one)), self._start)
