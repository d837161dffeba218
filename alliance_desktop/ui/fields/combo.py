"""A list to choose one from, for when radio buttons would be too many."""

from collections.abc import Iterable

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy

from alliance_desktop.ui.theme import colours


class Combo(QComboBox):
    """A drop-down list of (id, words); turning the wheel over it scrolls the page and never changes it."""

    def __init__(self, choices: Iterable[tuple[str, str]], least_characters: int = 8) -> None:
        super().__init__()
        for id, words in choices:
            self.addItem(words, id)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setMinimumContentsLength(least_characters)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @property
    def chosen(self) -> str:
        """The id of the line that is chosen."""
        return str(self.currentData() or "")

    def choose(self, id: str) -> None:
        """Choose the line of that id; where there is none, the first."""
        self.setCurrentIndex(max(0, self.findData(id)))

    def sizeHint(self) -> QSize:
        """Return a size that is easy to hit at any text size."""
        hint = super().sizeHint()
        return QSize(hint.width(), max(hint.height(), 24, round(self.fontMetrics().height() * 1.75)))

    def minimumSizeHint(self) -> QSize:
        """Return a width that long entries may be cut to, and the whole height."""
        wide = self.fontMetrics().averageCharWidth() * (self.minimumContentsLength() + 5)
        return QSize(min(wide, self.sizeHint().width()), self.sizeHint().height())

    def wheelEvent(self, e: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        e.ignore()

    def paintEvent(self, e: QPaintEvent) -> None:
        """Draw the list with an edge as plain to see as that of a text box."""
        super().paintEvent(e)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        thick = max(1.0, self.fontMetrics().height() * 0.08)
        round = self.fontMetrics().height() * 0.3
        painter.setPen(QPen(QColor(colours().control), thick))
        half = thick / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), round, round)
        painter.end()
