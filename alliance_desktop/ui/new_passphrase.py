"""Choosing a passphrase: typed twice, with a made-up one on offer and its strength in words."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from alliance_desktop.ui.notice import line
from alliance_desktop.ui.parts import button, field, label, row
from alliance_desktop.ui.passphrase_field import PassphraseField
from alliance_desktop.ui.theme import spaced

FEWEST = 15
MISMATCH = "The two are not the same yet. Type it again in the second field."
WRITE_IT_DOWN = "Write it down now if you like it, then type it once more above."
_PAUSE_MS = 150


class Strength(Protocol):
    """How hard a passphrase is to guess: 0 to 4, and the same in words."""

    @property
    def score(self) -> int:
        """0 for the weakest to 4 for the strongest."""

    @property
    def words(self) -> str:
        """The same, as the meter shows it."""


class PassphraseRules:
    """What the page needs to know of passphrases, as functions.

    `problems` answers the sentence that speaks against a passphrase, or None; `suggest` makes one up.
    """

    def __init__(
        self,
        problems: Callable[[str], str | None],
        strength: Callable[[str], Strength],
        suggest: Callable[[], str],
    ) -> None:
        self.problems = problems
        self.strength = strength
        self.suggest = suggest


class NewPassphrase(QWidget):
    """Two fields, a meter in words and a bar, and a made-up passphrase for whoever wants one."""

    changed = Signal()
    entered = Signal()

    def __init__(self, rules: PassphraseRules, name: str = "passphrase") -> None:
        super().__init__()
        self._rules = rules
        column = QVBoxLayout(self)
        spaced(column, 0, 0.7)
        self.first = PassphraseField(name)
        self.again = PassphraseField(f"{name}_again")
        self._help = (
            f"At least {FEWEST} characters. Spaces and any letters are welcome; a sentence is easier than a code."
        )
        column.addWidget(field("&New passphrase", self.first, name, self._help))
        self._bar = QProgressBar()
        self._bar.setObjectName(f"{name}_meter")
        self._bar.setAccessibleName("Strength of the passphrase")
        self._bar.setRange(0, 4)
        self._bar.setTextVisible(False)
        self._meter = label("", "muted", f"{name}_strength")
        column.addWidget(self._bar)
        column.addWidget(self._meter)
        self.suggest_button = button("&Make one up from six words", f"{name}_suggest")
        column.addLayout(row(self.suggest_button))
        column.addWidget(field("The same &again", self.again, f"{name}_again"))
        self.problem = line("", f"{name}_problem")
        column.addWidget(self.problem)
        # Estimating takes longer than a key press may, so it waits for a pause.
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.measure)
        self.first.changed.connect(self._typed)
        self.again.changed.connect(self._typed)
        self.first.entered.connect(self.again.edit.setFocus)
        self.again.entered.connect(self.entered)
        self.suggest_button.clicked.connect(self._suggest)
        self.measure()

    @property
    def passphrase(self) -> str:
        """The passphrase typed into the first field."""
        return self.first.text()

    @property
    def is_typed(self) -> bool:
        """Whether anything stands in either field."""
        return bool(self.first.text() or self.again.text())

    def fault(self) -> str:
        """Return what still speaks against it in a sentence, or an empty text."""
        against = self._rules.problems(self.passphrase)
        if against:
            return against
        return MISMATCH if self.passphrase != self.again.text() else ""

    def check(self) -> bool:
        """Say in the page what is wrong, put the cursor there, and answer whether nothing is."""
        self._pause.stop()
        self.measure()
        fault = self.fault()
        self._say(fault, of=self.again if fault == MISMATCH else self.first)
        if fault:
            (self.again if fault == MISMATCH else self.first).edit.setFocus()
        return not fault

    def clear(self) -> None:
        """Empty both fields."""
        self.first.clear()
        self.again.clear()
        self._say("")

    def measure(self) -> None:
        """Show the strength of what is typed, in words and as a bar."""
        typed = self.passphrase
        if not typed:
            self._show(0, "Strength is shown here as you type.")
        elif len(typed) < FEWEST:
            missing = FEWEST - len(typed)
            self._show(0, f"Too short so far: {missing} more character{'' if missing == 1 else 's'}.")
        else:
            strength = self._rules.strength(typed)
            self._show(strength.score, strength.words)

    def _show(self, score: int, words: str) -> None:
        self._bar.setValue(score)
        self._bar.setAccessibleDescription(words)
        self._meter.setText(words)

    def _typed(self) -> None:
        self._pause.start()
        if self.problem.text() and not self.fault():
            self._say("")
        self.changed.emit()

    def _say(self, fault: str, kind: str = "warning", of: PassphraseField | None = None) -> None:
        """Show a sentence under the fields; a screen reader in the field it is about meets it there as well."""
        self.first.setAccessibleDescription(f"{fault} {self._help}" if fault and of is self.first else self._help)
        self.again.setAccessibleDescription(fault if of is self.again else "")
        self.problem.setProperty("kind", kind)
        self.problem.style().unpolish(self.problem)
        self.problem.style().polish(self.problem)
        self.problem.setText(fault)
        self.problem.setVisible(bool(fault))

    def _suggest(self) -> None:
        made = self._rules.suggest()
        self.first.set_text(made)
        self.again.clear()
        self.first.show_typed(True)
        self.measure()
        self._say(WRITE_IT_DOWN, "muted")
        self.again.edit.setFocus()
