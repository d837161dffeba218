"""A button with wrapped words that opens what stands beneath it, and says in words whether that is shown."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter

from alliance_desktop.ui.fields.options import MarkedWords, Wording
from alliance_desktop.ui.parts import Button


class FoldHead(MarkedWords, Button):
    """A heading that can be pressed: its words, a plainer line under them, and an arrow."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.words = Wording(self, words)
        self.is_open = False
        self.setAutoDefault(False)

    def say(self, words: str, line: str, is_open: bool) -> None:
        """Show other words; whether it is open is said at the end of the line."""
        self.is_open = is_open
        self.words.label, self.words.line = words, f"{line} – {'hide' if is_open else 'show'}"
        self.setText(words.replace("&", "&&"))
        self.setAccessibleName(f"{words}: {self.words.line}")
        self.updateGeometry()
        self.update()

    def draw_sign(self, painter: QPainter, side: float) -> None:
        """Draw the arrow: it points where the words begin, and down to what is open."""
        painter.rotate(90 if self.is_open else 180 if self.layoutDirection() is Qt.LayoutDirection.RightToLeft else 0)
        arm = side * 0.25
        painter.drawPolyline([QPointF(-arm / 2, -arm), QPointF(arm / 2, 0), QPointF(-arm / 2, arm)])
