"""Where to save a file: the toolkit's own dialog, which keeps no history of folders."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from alliance_desktop.ui.folder_field import forget_folders

_KINDS = {
    ".pdf": ("Save as PDF", "PDF (*.pdf)"),
    ".jsonl": ("Take everything out", "Text, not encrypted (*.jsonl)"),
}


def choose_file(parent: QWidget, name: str) -> Path | None:
    """Ask where to save a PDF, or all notes as text, by the name's ending; None where it was left, also by a lock."""
    title, kinds = _KINDS[Path(name).suffix]
    dialog = QFileDialog(parent, title, str(Path.home() / name))
    dialog.setObjectName("save_dialog")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog, True)
    dialog.setNameFilter(kinds)
    dialog.setDefaultSuffix(Path(name).suffix.removeprefix("."))
    dialog.setLabelText(QFileDialog.DialogLabel.Accept, "Save")
    accepted = dialog.exec() == int(QFileDialog.DialogCode.Accepted)
    chosen = dialog.selectedFiles()
    dialog.deleteLater()
    forget_folders()
    return Path(chosen[0]) if accepted and chosen else None
