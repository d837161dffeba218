"""A field for a passphrase, with a button that shows what was typed."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from alliance_desktop.ui.parts import button
from alliance_desktop.ui.theme import spaced

LONGEST = 1024


class PassphraseField(QWidget):
    """Dots until Show is pressed; pasting is allowed, copying out of the dots is not."""

    changed = Signal(str)
    entered = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.edit = QLineEdit()
        self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.edit.setMaxLength(LONGEST)
        self.edit.setAcceptDrops(False)
        self.edit.setProperty("inputMethodHints", "ImhSensitiveData|ImhNoPredictiveText|ImhNoAutoUppercase")
        self.edit.textChanged.connect(self.changed)
        self.edit.returnPressed.connect(self.entered)
        self.show_button = button("Show", f"{name}_show")
        self.show_button.setCheckable(True)
        self.show_button.setAccessibleName("Show passphrase")
        self.show_button.toggled.connect(self.show_typed)
        across = QHBoxLayout(self)
        spaced(across, 0, 0.4)
        across.addWidget(self.edit, 1)
        across.addWidget(self.show_button)
        self.setFocusProxy(self.edit)
        self.edit.setObjectName(name)

    def setAccessibleName(self, name: str) -> None:
        """Name the field inside, which is what a screen reader meets."""
        self.edit.setAccessibleName(name)
        self.show_button.setAccessibleName(f"Show: {name}")

    def setAccessibleDescription(self, text: str) -> None:
        """Describe the field inside."""
        self.edit.setAccessibleDescription(text)

    def setObjectName(self, name: str) -> None:
        """Give the field inside its stable name, and itself one beside it."""
        self.edit.setObjectName(name)
        self.show_button.setObjectName(f"{name}_show")
        super().setObjectName(f"{name}_row")

    def text(self) -> str:
        """Return what was typed, with every space."""
        return self.edit.text()

    def set_text(self, text: str) -> None:
        """Put a passphrase into the field."""
        self.edit.setText(text)

    def clear(self) -> None:
        """Empty the field and go back to dots."""
        self.edit.clear()
        self.show_button.setChecked(False)

    def show_typed(self, shown: bool) -> None:
        """Show the letters, or dots again."""
        self.show_button.setChecked(shown)
        self.show_button.setText("Hide" if shown else "Show")
        modes = QLineEdit.EchoMode
        self.edit.setEchoMode(modes.Normal if shown else modes.Password)
