"""Changing the passphrase, as a section of the settings."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from alliance_desktop.domain.errors import KnownError
from alliance_desktop.ui.background import Background
from alliance_desktop.ui.new_passphrase import NewPassphrase, PassphraseRules
from alliance_desktop.ui.notice import Notice
from alliance_desktop.ui.parts import button, field, label, row
from alliance_desktop.ui.passphrase_field import PassphraseField
from alliance_desktop.ui.theme import spaced

DONE = "The passphrase is changed. The recovery sheet stays the same."
WORKING = "Changing the passphrase…"


class ChangePassphrase(QWidget):
    """The present passphrase and a new one twice; `change` (present, new) runs in a thread.

    `sealed` carries the answer of `change`; who puts it in place then calls `show_changed` or `show_error`.
    A KnownError of `change` itself is said in the page.
    """

    sealed = Signal(object)

    def __init__(self, rules: PassphraseRules, change: Callable[[str, str], Any]) -> None:
        super().__init__()
        self.setObjectName("change_passphrase")
        self._change = change
        self._working: Background | None = None
        self.present = PassphraseField("present_passphrase")
        self.new = NewPassphrase(rules, "changed_passphrase")
        self.button = button("&Change the passphrase", "change_passphrase_button")
        self.working = label("", "muted", "change_passphrase_working")
        self.working.setWordWrap(False)
        self.notice = Notice("change_passphrase_notice")
        column = QVBoxLayout(self)
        spaced(column, 0, 0.7)
        column.addWidget(field("&Present passphrase", self.present, "present_passphrase"))
        column.addWidget(self.new)
        column.addLayout(row(self.button, self.working, gap=0.8))
        column.addWidget(self.notice)
        self.present.entered.connect(self.new.first.edit.setFocus)
        self.new.entered.connect(self._start)
        self.button.clicked.connect(self._start)

    def show_changed(self) -> None:
        """Say that the new passphrase is in place."""
        self.present.clear()
        self.new.clear()
        self.notice.say(DONE)

    def show_error(self, error: KnownError) -> None:
        """Say why the passphrase could not be changed; what was typed stays."""
        self.notice.show_error(error)

    def _start(self) -> None:
        if self._working is not None:
            return
        if not self.present.text():
            self.notice.say("Type the present passphrase first.", urgent=True)
            self.present.edit.setFocus()
            return
        if not self.new.check():
            return
        present, new = self.present.text(), self.new.passphrase
        self.notice.clear()
        self._working = Background(lambda: self._change(present, new))
        self._working.done.connect(self.sealed)
        self._working.failed.connect(self._refused)
        self._working.ended.connect(self._calm)
        self._set_busy(True)
        self._working.start()

    def _refused(self, error: KnownError) -> None:
        self._calm()
        self.show_error(error)
        self.present.edit.setFocus()
        self.present.edit.selectAll()

    def _calm(self) -> None:
        self._working = None
        self._set_busy(False)

    def _set_busy(self, busy: bool) -> None:
        self.working.setText(WORKING if busy else "")
        for one in (self.present, self.new, self.button):
            one.setEnabled(not busy)
