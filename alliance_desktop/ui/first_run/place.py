"""Where: the folder of a new vault, or of one that exists."""

import os
from pathlib import Path

from PySide6.QtWidgets import QLineEdit, QWidget

from alliance_desktop.services.places import is_synced
from alliance_desktop.ui.first_run.step import Step
from alliance_desktop.ui.folder_field import FolderField
from alliance_desktop.ui.notice import line
from alliance_desktop.ui.parts import field, label

SUFFIX = ".vault"
SYNC_ADVICE = (
    "Choose a folder that is not copied to the internet. Dropbox, OneDrive, iCloud and Google Drive can mix up "
    "a vault that is in use; keep backups there instead."
)
SYNC_WARNING = "This folder looks like one that is synchronised. Another place is safer; you may still go on."


class NewPlace(Step):
    """A name for the vault and the folder it is put into."""

    def __init__(self, home: Path) -> None:
        super().__init__("Where should the vault be?", "place")
        self.name_edit = QLineEdit("My notes")
        self.name_edit.setMaxLength(100)
        self.column.addWidget(
            field(
                "&Name of the vault",
                self.name_edit,
                "vault_name",
                "Anyone at this computer can see it, so do not use a client's name.",
            )
        )
        self.folder_field = FolderField("Choose the folder for the vault", "vault_place", home)
        self.folder_field.set_folder(home)
        self.column.addWidget(field("&In this folder", self.folder_field, "vault_place"))
        self.column.addWidget(label(SYNC_ADVICE, "muted"))
        self.synced = line("", "vault_synced")
        self.column.addWidget(self.synced)
        self.name_edit.returnPressed.connect(self.go_on)
        self.folder_field.entered.connect(self.go_on)
        self.folder_field.changed.connect(self._warn)
        self._warn()

    def first_field(self) -> QWidget:
        """Return the name, with the cursor in it."""
        return self.name_edit

    def folder(self) -> Path:
        """Return the folder the vault itself will be."""
        name = self.name_edit.text().strip().removesuffix(SUFFIX)
        return (self.folder_field.folder() or Path()) / f"{name}{SUFFIX}"

    def fault(self) -> str:
        """Return what stands in the way of a vault here."""
        name = self.name_edit.text().strip().removesuffix(SUFFIX)
        parent = self.folder_field.folder()
        if not any(one.isalnum() for one in name) or any(one in name for one in '/\\:*?"<>|') or name.startswith("."):
            return 'The name needs at least one letter and none of / \\ : * ? " < > |.'
        if parent is None or not parent.is_absolute():
            return "Type the whole path of the folder, or press Choose."
        if not os.path.isdir(parent):
            return "That folder is not there. Type another, or press Choose."
        if _is_too_long(self.folder()):
            return "The name is too long for this folder. Choose a shorter one."
        if os.path.lexists(self.folder()):
            return "There is already something of that name here. Choose another name; nothing is ever overwritten."
        return ""

    def _warn(self) -> None:
        folder = self.folder_field.folder()
        synced = folder is not None and is_synced(folder)
        self.synced.setText(SYNC_WARNING if synced else "")
        self.synced.setVisible(synced)


def _is_too_long(folder: Path) -> bool:
    """Say whether the system has no room for the name; while it is made, the vault has a longer one."""
    try:
        folder.with_name(f".{folder.name}.00000000.restoring").lstat()
    except FileNotFoundError:
        return False
    except (OSError, ValueError):
        return True
    return False


class ExistingPlace(Step):
    """The folder of a vault that exists."""

    def __init__(self, home: Path) -> None:
        super().__init__("Which vault?", "existing", onward="&Open")
        self.folder_field = FolderField("Choose the vault's folder", "existing_vault", home)
        self.column.addWidget(
            field("Fo&lder of the vault", self.folder_field, "existing_vault", "Its name usually ends in .vault.")
        )
        self.folder_field.entered.connect(self.go_on)

    def first_field(self) -> QWidget:
        """Return the path, with the cursor in it."""
        return self.folder_field.edit

    def folder(self) -> Path:
        """Return the folder named."""
        return self.folder_field.folder() or Path()

    def fault(self) -> str:
        """Return what stands in the way of opening this folder."""
        folder = self.folder_field.folder()
        if folder is None:
            return "Type the path of the vault's folder, or press Choose."
        if not os.path.isdir(folder):
            return "That folder is not there. Type another, or press Choose."
        return ""
