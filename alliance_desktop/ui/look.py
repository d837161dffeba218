"""How the program looks just now, before and after a vault is open."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from alliance_desktop.domain.look import TEXT_SCALES, Appearance
from alliance_desktop.ui import theme


class Look(QObject):
    """Appearance and text size; `changed` carries both when the reader changed one of them."""

    changed = Signal(str, int)

    def __init__(self) -> None:
        super().__init__()
        self.appearance = Appearance.SYSTEM
        self.text_scale = TEXT_SCALES[0]
        hints = QApplication.styleHints()
        hints.colorSchemeChanged.connect(self._follow_system)

    def show(self, appearance: str, text_scale: int) -> None:
        """Take over a look that was kept, without telling anybody."""
        self.appearance = Appearance(appearance)
        self.text_scale = max(TEXT_SCALES[0], min(TEXT_SCALES[-1], text_scale))
        theme.apply(self.appearance, self.text_scale)

    def set(self, appearance: str, text_scale: int) -> None:
        """Change the look at the reader's wish."""
        if (appearance, text_scale) != (self.appearance, self.text_scale):
            self.show(appearance, text_scale)
            self.changed.emit(str(self.appearance), self.text_scale)

    def step_text(self, by: int) -> None:
        """Make the text one step larger (1) or smaller (-1)."""
        nearest = min(range(len(TEXT_SCALES)), key=lambda at: abs(TEXT_SCALES[at] - self.text_scale))
        at = max(0, min(len(TEXT_SCALES) - 1, nearest + by))
        self.set(self.appearance, TEXT_SCALES[at])

    def obey(self, command: str) -> bool:
        """Do one of the commands of the View menu; answer whether it was one."""
        if command.startswith("appearance_"):
            self.set(command.removeprefix("appearance_"), self.text_scale)
        elif command == "text_usual":
            self.set(self.appearance, TEXT_SCALES[0])
        elif command in _STEPS:
            self.step_text(_STEPS[command])
        else:
            return False
        return True

    def _follow_system(self) -> None:
        if self.appearance is Appearance.SYSTEM:
            theme.apply(self.appearance, self.text_scale)


_STEPS = {"text_larger": 1, "text_smaller": -1}
