"""Asking for what opens a backup: the passphrase of its day, or the recovery sheet."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from alliance_desktop.ui.parts import button, field, row
from alliance_desktop.ui.passphrase_field import PassphraseField
from alliance_desktop.ui.theme import spaced

_PAPER, _PASSPHRASE = "Use the &recovery sheet instead", "Use the &passphrase instead"


class BackupKey(QWidget):
    """One field at a time; `entered` comes with Enter, `changed` with each letter."""

    entered = Signal()
    changed = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.by_paper = False
        self.passphrase = PassphraseField(f"{name}_passphrase")
        self.key = QLineEdit()
        self.key.setAcceptDrops(False)
        self._passphrase = field(
            "&Passphrase of the backup", self.passphrase, f"{name}_passphrase", "The one that was valid on its day."
        )
        self._key = field("Recovery &key", self.key, f"{name}_key", "Nine groups of four, from the sheet of that time.")
        self.way_button = button(_PAPER, f"{name}_way", "link")
        column = QVBoxLayout(self)
        spaced(column, 0, 0.3)
        column.addWidget(self._passphrase)
        column.addWidget(self._key)
        column.addLayout(row(self.way_button))
        self.passphrase.entered.connect(self.entered)
        self.key.returnPressed.connect(self.entered)
        self.passphrase.changed.connect(lambda _typed: self.changed.emit())
        self.key.textChanged.connect(lambda _typed: self.changed.emit())
        self.way_button.clicked.connect(lambda: self.show_way(not self.by_paper))
        self.show_way(False)

    @property
    def typed(self) -> str:
        """What was typed into the field that is shown."""
        return self.key.text() if self.by_paper else self.passphrase.text()

    @property
    def is_typed(self) -> bool:
        """Whether anything stands in either field."""
        return bool(self.passphrase.text() or self.key.text())

    def show_way(self, by_paper: bool) -> None:
        """Ask for the passphrase, or for the recovery key."""
        self.by_paper = by_paper
        self._passphrase.setVisible(not by_paper)
        self._key.setVisible(by_paper)
        self.way_button.setText(_PASSPHRASE if by_paper else _PAPER)
        self.way_button.setAccessibleName(self.way_button.text().replace("&", ""))

    def begin(self) -> None:
        """Put the cursor into the field."""
        (self.key if self.by_paper else self.passphrase.edit).setFocus()

    def clear(self) -> None:
        """Empty both fields."""
        self.passphrase.clear()
        self.key.clear()
