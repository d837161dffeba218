"""The first and the last page of an act on the keys: what opens the vault is asked for, and the change is made."""

from PySide6.QtWidgets import QLineEdit, QWidget

from alliance_desktop.ui.first_run.step import Step
from alliance_desktop.ui.key_life.acts import Act
from alliance_desktop.ui.new_passphrase import NewPassphrase, PassphraseRules
from alliance_desktop.ui.notice import announce
from alliance_desktop.ui.parts import button, field, label, row
from alliance_desktop.ui.passphrase_field import PassphraseField

STOP = "Stop he&re"
SHOW_SHEET = "&Show the sheet"
CHECKING = "Checking…"
WORKING = "Making a backup, then encrypting the notes anew…"
CHANGING = "Changing…"
TYPE_FIRST = "Type the passphrase of this vault first."
TYPE_KEY_FIRST = "Type the key on your recovery sheet first."


class Working(Step):
    """A step that is busy for a while, says so, and takes no second order meanwhile."""

    def __init__(self, title: str, name: str, onward: str, back: str, busy_words: str) -> None:
        super().__init__(title, name, onward=onward)
        self.back_button.setText(back)
        self.back_button.setAccessibleName(back.replace("&", ""))
        self._busy_words = busy_words
        self.working = label("", "heading", f"{name}_working")
        self.working.hide()

    def set_busy(self, busy: bool) -> None:
        """Show that work goes on, or that it is over."""
        self.working.setText(self._busy_words if busy else "")
        self.working.setVisible(busy)
        for one in (*self.buttons(), *self.fields()):
            one.setEnabled(not busy)
        if busy:
            self.notice.clear()
            announce(self, self._busy_words)

    def fields(self) -> list[QWidget]:
        """Return what is not to be changed meanwhile."""
        return []


class Ask(Working):
    """What opens the vault now, a new passphrase where the act wants one, and what the act does and does not do."""

    def __init__(self, act: Act, rules: PassphraseRules, by_sheet: bool) -> None:
        super().__init__(act.title, "key_ask", "Ne&xt", STOP, CHECKING)
        self.column.addWidget(label(act.why))
        if act.limits:
            self.column.addWidget(label(act.limits, "", "key_limits"))
        self._by_sheet = by_sheet
        self._passphrase = PassphraseField("key_present")
        self._key = QLineEdit()
        self._key.setAcceptDrops(False)
        if by_sheet:
            help = "Nine groups of four. Capitals and spaces do not matter."
            self.column.addWidget(field("Recovery &key on your sheet", self._key, "key_present", help))
        else:
            self.column.addWidget(field("&Present passphrase", self._passphrase, "key_present"))
        self.new = NewPassphrase(rules, "key_new") if act.asks_new else None
        if self.new is not None:
            self.column.addWidget(self.new)
            self.new.entered.connect(self.go_on)
        self.column.addWidget(self.working)
        entered = self._key.returnPressed if by_sheet else self._passphrase.entered
        entered.connect(self.new.first.edit.setFocus if self.new is not None else self.go_on)

    def first_field(self) -> QWidget:
        """Return the field of what opens the vault now."""
        return self._key if self._by_sheet else self._passphrase.edit

    def present(self) -> str:
        """Return what was typed of the passphrase, or of the sheet."""
        return self._key.text() if self._by_sheet else self._passphrase.text()

    def new_passphrase(self) -> str:
        """Return the new passphrase, or nothing where none is asked for."""
        return self.new.passphrase if self.new is not None else ""

    def clear(self) -> None:
        """Empty every field."""
        self._key.clear()
        self._passphrase.clear()
        if self.new is not None:
            self.new.clear()

    def fault(self) -> str:
        """Return what is missing; a new passphrase says under its own field what speaks against it."""
        if not self.present():
            self.first_field().setFocus()
            return TYPE_KEY_FIRST if self._by_sheet else TYPE_FIRST
        return ""

    def go_on(self) -> None:
        """Go on when something was typed and nothing speaks against the new passphrase."""
        if self.present() and self.new is not None and not self.new.check():
            return
        super().go_on()

    def fields(self) -> list[QWidget]:
        """Return the fields."""
        return [self._key, self._passphrase, *([self.new] if self.new is not None else [])]


class Last(Working):
    """The last page of an act: what will hold from then on, how long it takes, and the button that does it."""

    def __init__(self, act: Act, seconds: int) -> None:
        encrypts = act.change.encrypts_anew
        super().__init__(act.title, "key_last", act.last_button, SHOW_SHEET, WORKING if encrypts else CHANGING)
        self.column.addWidget(label(act.last))
        if encrypts and seconds > 1:
            self.column.addWidget(label(f"The window stands still for about {seconds} seconds meanwhile.", "muted"))
        self.column.addWidget(self.working)
        self.stop_button = button(STOP, "key_last_stop", "link")
        self.column.addLayout(row(self.stop_button))

    def fields(self) -> list[QWidget]:
        """Return the button that stops, which holds as long as nothing is done."""
        return [self.stop_button]
