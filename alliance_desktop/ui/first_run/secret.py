"""The passphrase page; going on makes the vault, in a thread."""

from PySide6.QtWidgets import QWidget

from alliance_desktop.ui.first_run.step import Step
from alliance_desktop.ui.new_passphrase import NewPassphrase, PassphraseRules
from alliance_desktop.ui.notice import announce
from alliance_desktop.ui.parts import label

MAKING = "Making the vault…"


class ChoosePassphrase(Step):
    """The passphrase, typed twice; while the vault is made the page stays calm and says so."""

    def __init__(self, rules: PassphraseRules) -> None:
        super().__init__("Choose a passphrase", "secret", onward="Make the va&ult")
        self.column.addWidget(
            label("It opens the vault each time. Nobody can look it up for you, so choose one you will remember.")
        )
        self.passphrase = NewPassphrase(rules)
        self.column.addWidget(self.passphrase)
        self.passphrase.entered.connect(self.go_on)
        self.working = label(MAKING, "heading", "secret_working")
        self.column.addWidget(self.working)
        self.set_busy(False)

    def first_field(self) -> QWidget:
        """Return the first field."""
        return self.passphrase.first.edit

    def go_on(self) -> None:
        """Go on when both fields agree and nothing speaks against the passphrase."""
        if self.passphrase.check():
            self.notice.clear()
            self.onward.emit()

    def set_busy(self, busy: bool) -> None:
        """Show that the vault is being made, and take no second order meanwhile."""
        self.working.setVisible(busy)
        self.passphrase.setEnabled(not busy)
        for one in self.buttons():
            one.setEnabled(not busy)
        if busy:
            announce(self, MAKING)
