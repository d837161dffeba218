"""The sheets of a page as pictures, drawn from the same outlines that the printer gets."""

import re
import zlib
from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from alliance_desktop.ui.notice import announce
from alliance_desktop.ui.theme import em, spaced
from alliance_desktop.ui.voices import PictureVoice, lend

WIDTH = 34.0
ZOOMS = (0.5, 0.7, 1.0, 1.4, 2.0, 2.8)
"""How large a sheet can be, where 1 is as wide as there is room for."""
READY = 6
"""So many sheets are kept ready to be drawn: those that were drawn last."""
_SIZE = re.compile(rb'viewBox="0 0 ([\d.]+) ([\d.]+)"')
_PACKED = b"\x1f\x8b"


class SheetView(QWidget):
    """One sheet of paper, as white as paper also in the dark. `drawn` hears that its picture was read, to be drawn."""

    def __init__(self, svg: bytes, number: int, count: int, drawn: Callable[["SheetView"], None]) -> None:
        super().__init__()
        self._svg, self._drawn, self._paper = svg, drawn, size_of(svg)
        self._renderer: QSvgRenderer | None = None
        self.setObjectName(f"sheet_{number}")
        self.setAccessibleName(f"Sheet {number} of {count}")
        lend(self, PictureVoice(self))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.fit(em(WIDTH))

    def fit(self, room: int, zoom: float = 1.0) -> None:
        """Be as wide as there is room for, and no wider than makes body text about as large as the window's."""
        size = self._paper
        width = max(round(min(room, em(WIDTH)) * zoom), 1)
        self.setFixedSize(QSize(width, round(width * size.height() / max(size.width(), 1))))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the sheet."""
        if self._renderer is None:
            self._renderer = QSvgRenderer(QByteArray(self._svg), self)
            self._drawn(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(Qt.GlobalColor.white))
        self._renderer.render(painter, QRectF(self.rect()))
        painter.end()

    def let_go(self) -> None:
        """Keep nothing but the packed picture."""
        if self._renderer is not None:
            self._renderer.deleteLater()
            self._renderer = None


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
        self._ready: deque[SheetView] = deque()
        self._zoom = 1.0
        self._edge = 1.0
        self.show_sheets([])

    def show_sheets(self, svgs: list[bytes]) -> None:
        """Show other sheets in place of the ones before."""
        held = QWidget()
        column = QVBoxLayout(held)
        self._column = column
        self._space()
        self._ready.clear()
        self.pages = [SheetView(svg, number, len(svgs), self._keep_ready) for number, svg in enumerate(svgs, 1)]
        for one in self.pages:
            column.addWidget(one, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self.setWidget(held)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the sheets follow the width of the window."""
        super().resizeEvent(event)
        self._fit()

    def tighten(self, tight: bool) -> None:
        """Leave little room over the first sheet, or some more."""
        self._edge = 0.2 if tight else 1.0
        self._space()

    def _space(self) -> None:
        spaced(self._column, (1.0, self._edge, 1.0, 1.0), 1.0)

    @property
    def zoom(self) -> float:
        """How large the sheets are, where 1 is as wide as there is room for."""
        return self._zoom

    def zoom_by(self, step: int) -> None:
        """Show the sheets larger or smaller by a step, or with 0 as wide as there is room for."""
        at = ZOOMS.index(self._zoom) + step
        self._zoom = ZOOMS[max(0, min(at, len(ZOOMS) - 1))] if step else 1.0
        bar = self.verticalScrollBar()
        seen, most = bar.value(), max(1, bar.maximum() + bar.pageStep())
        self._fit()
        held = self.widget()
        layout = held.layout() if held is not None else None
        if held is not None and layout is not None:
            layout.activate()
            held.adjustSize()
            bar.setValue(round(seen / most * held.height()))
        announce(self, f"{round(self._zoom * 100)} per cent of the width")

    def _keep_ready(self, drawn: SheetView) -> None:
        self._ready.append(drawn)
        if len(self._ready) > READY:
            self._ready.popleft().let_go()

    def _fit(self) -> None:
        for one in self.pages:
            one.fit(self.viewport().width() - 2 * em(1), self._zoom)

    def clear(self) -> None:
        """Show no sheet."""
        self.show_sheets([])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Escape to the page; the rest scrolls."""
        if event.key() == Qt.Key.Key_Escape:
            event.ignore()
            return
        super().keyPressEvent(event)


def size_of(svg: bytes) -> QSize:
    """Return how large a picture is, in points, from its first few bytes."""
    head = zlib.decompressobj(wbits=31).decompress(svg, 400) if svg.startswith(_PACKED) else svg[:400]
    found = _SIZE.search(head)
    return QSize(round(float(found[1])), round(float(found[2]))) if found else QSize(1, 1)
