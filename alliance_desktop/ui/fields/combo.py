"""A list to choose one from, for when radio buttons would be too many."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QStyle

from alliance_desktop.ui.theme import colours


class Combo(QComboBox):
    """A drop-down list of (id, words); turning the wheel over it scrolls the page and never changes it."""

    def __init__(self, choices: Iterable[tuple[str, str]] = (), least_characters: int = 8) -> None:
        super().__init__()
        for id, words in choices:
            self.addItem(words, id)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setMinimumContentsLength(least_characters)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._is_heard = False

    @property
    def first_line(self) -> int:
        """The place of the first line that can be chosen."""
        flags = (self.model().flags(self.model().index(at, 0)) for at in range(self.count()))
        return next((at for at, one in enumerate(flags) if one & Qt.ItemFlag.ItemIsEnabled), -1)

    def add_heading(self, words: str) -> None:
        """Add words over the lines that follow, which cannot be chosen."""
        self.addItem(words)
        last, font = self.count() - 1, self.font()
        font.setBold(True)
        self.setItemData(last, font, Qt.ItemDataRole.FontRole)
        self.setItemData(last, QColor(colours().muted), Qt.ItemDataRole.ForegroundRole)
        # To a list of its own kind, Qt says with this that a line can be neither chosen nor pressed.
        self.setItemData(last, 0, Qt.ItemDataRole.UserRole - 1)

    def add_line(self, id: str, words: str, under: str) -> None:
        """Add a line under a heading, which is spoken with it."""
        self.addItem(words, id)
        self.setItemData(self.count() - 1, under, Qt.ItemDataRole.AccessibleDescriptionRole)

    @property
    def chosen(self) -> str:
        """The id of the line that is chosen."""
        return str(self.currentData() or "")

    def choose(self, id: str) -> None:
        """Choose the line of that id; where there is none, the first."""
        self.setCurrentIndex(max(0, self.findData(id)))

    def setAccessibleName(self, name: str) -> None:
        """Name the list, and the lines it opens, which Qt would leave silent."""
        super().setAccessibleName(name)
        self.view().setAccessibleName(name)

    def setObjectName(self, name: object) -> None:
        """Name the list and the lines it opens for tests."""
        super().setObjectName(str(name))
        self.view().setObjectName(f"{name}_lines")

    def sizeHint(self) -> QSize:
        """Return a size that is easy to hit at any text size."""
        hint = super().sizeHint()
        return QSize(hint.width(), max(hint.height(), 24, round(self.fontMetrics().height() * 1.75)))

    def minimumSizeHint(self) -> QSize:
        """Return a width that long entries may be cut to, and the whole height."""
        wide = self.fontMetrics().averageCharWidth() * (self.minimumContentsLength() + 5)
        return QSize(min(wide, self.sizeHint().width()), self.sizeHint().height())

    def event(self, event: QEvent) -> bool:
        """Be heard as what it is before being seen."""
        if event.type() == QEvent.Type.Polish and not self._is_heard:
            self._is_heard = True
            # Loaded with the first list: its long lists of names take some of the time until the first page is painted.
            from alliance_desktop.ui.fields.combo_voice import lend_voice

            lend_voice(self)
        return super().event(event)

    def wheelEvent(self, e: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        e.ignore()

    def paintEvent(self, e: QPaintEvent) -> None:
        """Draw the list like the text boxes beside it; a style's own arrow would not grow with the text."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shades, high = colours(), self.fontMetrics().height()
        half = max(1.0, high * 0.08) / 2
        painter.setPen(QPen(QColor(shades.control), half * 2))
        painter.setBrush(QColor(shades.surface if self.isEnabled() else shades.window))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), high * 0.3, high * 0.3)
        pad, arrow = round(high * 0.4), round(high * 1.1)
        words = QRect(pad, 0, self.width() - pad - arrow, self.height())
        direction = self.layoutDirection()
        words = QStyle.visualRect(direction, self.rect(), words)
        side = QStyle.visualAlignment(direction, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        painter.setPen(QColor(shades.text if self.isEnabled() else shades.muted))
        text = self.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, int(side), text)
        self._paint_arrow(painter, high)
        painter.end()

    def _paint_arrow(self, painter: QPainter, high: int) -> None:
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        across = high * 0.7 if mirrored else self.width() - high * 0.7
        middle = QPointF(across, self.height() / 2)
        painter.setPen(QPen(QColor(colours().text), max(1.3, high * 0.09)))
        arm = high * 0.18
        painter.drawPolyline(
            [middle + QPointF(-arm, -arm / 2), middle + QPointF(0, arm / 2), middle + QPointF(arm, -arm / 2)]
        )
