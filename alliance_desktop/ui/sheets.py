"""The sheets of a page as pictures, drawn from the same outlines that the printer gets."""

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from alliance_desktop.ui.theme import em, spaced

WIDTH = 34.0


class SheetView(QWidget):
    """One sheet of paper, as white as paper also in the dark."""

    def __init__(self, svg: bytes, number: int, count: int) -> None:
        super().__init__()
        self._renderer = QSvgRenderer(QByteArray(svg), self)
        self.setObjectName(f"sheet_{number}")
        self.setAccessibleName(f"Sheet {number} of {count}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.fit(em(WIDTH))

    def fit(self, room: int) -> None:
        """Be as wide as there is room for, and no wider than makes body text about as large as the window's."""
        size = self._renderer.defaultSize()
        width = max(min(room, em(WIDTH)), 1)
        self.setFixedSize(QSize(width, round(width * size.height() / max(size.width(), 1))))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the sheet."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(Qt.GlobalColor.white))
        self._renderer.render(painter, QRectF(self.rect()))
        painter.end()


class Sheets(QScrollArea):
    """All sheets of a page, one under the other."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("sheets")
        self.setAccessibleName("Preview")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.pages: list[SheetView] = []

    def show_sheets(self, svgs: list[bytes]) -> None:
        """Show other sheets in place of the ones before."""
        held = QWidget()
        column = QVBoxLayout(held)
        spaced(column, 1.0, 1.0)
        self.pages = [SheetView(svg, number, len(svgs)) for number, svg in enumerate(svgs, 1)]
        for one in self.pages:
            column.addWidget(one, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self.setWidget(held)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the sheets follow the width of the window."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        for one in self.pages:
            one.fit(self.viewport().width() - em(2))

    def clear(self) -> None:
        """Show no sheet."""
        self.show_sheets([])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Escape to the page; the rest scrolls."""
        if event.key() == Qt.Key.Key_Escape:
            event.ignore()
            return
        super().keyPressEvent(event)
