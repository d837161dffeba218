"""A button with wrapped words that opens what stands beneath it, and says in words whether that is shown."""

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen

from alliance_desktop.ui.fields.options import Wording
from alliance_desktop.ui.parts import Button
from alliance_desktop.ui.theme import colours


class FoldHead(Button):
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

    def sizeHint(self) -> QSize:
        """Return the comfortable size."""
        return self.words.hint()

    def minimumSizeHint(self) -> QSize:
        """Return the least size."""
        return self.words.least()

    def heightForWidth(self, width: int) -> int:
        """Return the height at that width."""
        return self.words.height_for(width)

    def paintEvent(self, e: QPaintEvent) -> None:
        """Draw the arrow and the words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shades, rect = colours(), self.words.mark_rect()
        if self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(shades.accent_soft))
            painter.drawRoundedRect(self.rect(), rect.width() * 0.3, rect.width() * 0.3)
        painter.setPen(QPen(QColor(shades.accent), max(1.5, rect.width() * 0.11)))
        painter.save()
        painter.translate(rect.center())
        # The arrow points where the words begin, and down to what is open.
        painter.rotate(90 if self.is_open else 180 if self.layoutDirection() is Qt.LayoutDirection.RightToLeft else 0)
        arm = rect.width() * 0.25
        painter.drawPolyline([QPointF(-arm / 2, -arm), QPointF(arm / 2, 0), QPointF(-arm / 2, arm)])
        painter.restore()
        self.words.paint(painter)
        painter.end()
