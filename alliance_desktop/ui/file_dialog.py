"""Where to save a PDF: the toolkit's own dialog, which keeps no history of folders."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from alliance_desktop.ui.folder_field import forget_folders


def choose_file(parent: QWidget, name: str) -> Path | None:
    """Ask where to save a PDF; None where the dialog was left, also by a lock."""
    dialog = QFileDialog(parent, "Save as PDF", str(Path.home() / name))
    dialog.setObjectName("save_dialog")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog, True)
    dialog.setNameFilter("PDF (*.pdf)")
    dialog.setDefaultSuffix("pdf")
    dialog.setLabelText(QFileDialog.DialogLabel.Accept, "Save")
    accepted = dialog.exec() == int(QFileDialog.DialogCode.Accepted)
    chosen = dialog.selectedFiles()
    dialog.deleteLater()
    forget_folders()
    return Path(chosen[0]) if accepted and chosen else None
