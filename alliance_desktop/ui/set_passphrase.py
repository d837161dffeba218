"""A new passphrase after the vault was opened with the recovery sheet."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from alliance_desktop.domain.errors import KnownError
from alliance_desktop.ui.background import Background
from alliance_desktop.ui.new_passphrase import NewPassphrase, PassphraseRules
from alliance_desktop.ui.notice import Notice
from alliance_desktop.ui.page import Page
from alliance_desktop.ui.parts import button, label, row
from alliance_desktop.ui.theme import spaced

WORKING = "Setting the passphrase…"


class SetPassphrase(QWidget):
    """A page that asks for a new passphrase; `change` runs in a thread and its answer comes with `sealed`.

    Who puts it in place takes the page away, or calls `show_error`; what was typed stays till then. `lock_asked` comes
    where no passphrase is to be set now.
    """

    sealed = Signal(object)
    lock_asked = Signal()

    def __init__(self, rules: PassphraseRules, change: Callable[[str], Any]) -> None:
        super().__init__()
        self.setObjectName("set_passphrase")
        self._change = change
        self._working: Background | None = None
        page = Page("Choose a new passphrase", "set_passphrase_page")
        page.column.addWidget(
            label("The recovery sheet opened the vault. A new passphrase takes the place of the forgotten one.")
        )
        self.passphrase = NewPassphrase(rules)
        page.column.addWidget(self.passphrase)
        self.set_button = button("&Set the passphrase", "set_passphrase_button", "primary")
        self.working = label("", "muted", "set_passphrase_working")
        self.working.setWordWrap(False)
        self.working.hide()
        self.lock_button = button("&Lock, and leave all as it is", "set_passphrase_lock")
        page.column.addLayout(row(self.set_button, self.lock_button, self.working, gap=0.8))
        self.notice = Notice("set_passphrase_notice")
        page.column.addWidget(self.notice)
        page.column.addStretch(1)
        around = QVBoxLayout(self)
        spaced(around, 0, 0)
        around.addWidget(page)
        self.set_button.clicked.connect(self._start)
        self.passphrase.entered.connect(self._start)
        self.lock_button.clicked.connect(self.lock_asked)

    def begin(self) -> None:
        """Put the cursor where typing starts."""
        self.passphrase.first.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_error(self, error: KnownError) -> None:
        """Say why the passphrase could not be set."""
        self.notice.show_error(error)

    def _start(self) -> None:
        if self._working is not None or not self.passphrase.check():
            return
        typed = self.passphrase.passphrase
        self._working = Background(lambda: self._change(typed))
        self._working.done.connect(self.sealed)
        self._working.failed.connect(self.show_error)
        self._working.ended.connect(self._calm)
        self._set_busy(True)
        self._working.start()

    def _calm(self) -> None:
        self._working = None
        self._set_busy(False)

    def _set_busy(self, busy: bool) -> None:
        self.working.setText(WORKING if busy else "")
        self.working.setVisible(busy)
        self.passphrase.setEnabled(not busy)
        self.set_button.setEnabled(not busy)
