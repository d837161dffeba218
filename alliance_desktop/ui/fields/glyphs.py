"""The few small pictures that stand beside words, drawn in the colours and the text size in use."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from alliance_desktop.ui.fields.options import draw_tick
from alliance_desktop.ui.theme import colours


class Glyph(QWidget):
    """A picture as high as the text: lock, tick, pen, wait, open or warning. The words beside it say the same."""

    def __init__(self, picture: str = "pen") -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._picture = picture

    def show_picture(self, picture: str) -> None:
        """Show another of the pictures."""
        self._picture = picture
        self.update()

    def sizeHint(self) -> QSize:
        """Return a square of one text line."""
        side = round(self.fontMetrics().height() * 1.1)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the picture."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = float(min(self.width(), self.height()))
        rect = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        colour = colours().warning if self._picture == "warning" else colours().muted
        pen = QPen(QColor(colour), max(1.3, side * 0.09))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        _PICTURES[self._picture](painter, rect)
        painter.end()


def _at(rect: QRectF, across: float, down: float) -> QPointF:
    return QPointF(rect.left() + rect.width() * across, rect.top() + rect.height() * down)


def _lock(painter: QPainter, rect: QRectF) -> None:
    painter.drawRoundedRect(QRectF(_at(rect, 0.22, 0.45), _at(rect, 0.78, 0.86)), 2, 2)
    painter.drawLine(_at(rect, 0.34, 0.45), _at(rect, 0.34, 0.32))
    painter.drawLine(_at(rect, 0.66, 0.45), _at(rect, 0.66, 0.32))
    painter.drawArc(QRectF(_at(rect, 0.34, 0.14), _at(rect, 0.66, 0.5)), 0, 180 * 16)


def _tick(painter: QPainter, rect: QRectF) -> None:
    draw_tick(painter, rect, colours().accent)


def _pen(painter: QPainter, rect: QRectF) -> None:
    corners = [
        _at(rect, *one) for one in ((0.2, 0.8), (0.25, 0.6), (0.68, 0.17), (0.83, 0.32), (0.4, 0.75), (0.2, 0.8))
    ]
    painter.drawPolyline(corners)


def _wait(painter: QPainter, rect: QRectF) -> None:
    painter.setBrush(painter.pen().color())
    for across in (0.24, 0.5, 0.76):
        painter.drawEllipse(_at(rect, across, 0.55), rect.width() * 0.03, rect.width() * 0.03)


def _open(painter: QPainter, rect: QRectF) -> None:
    painter.drawEllipse(_at(rect, 0.5, 0.5), rect.width() * 0.36, rect.width() * 0.36)
    painter.drawLine(_at(rect, 0.36, 0.5), _at(rect, 0.64, 0.5))


def _warning(painter: QPainter, rect: QRectF) -> None:
    painter.drawPolyline([_at(rect, *one) for one in ((0.5, 0.14), (0.92, 0.86), (0.08, 0.86), (0.5, 0.14))])
    painter.drawLine(_at(rect, 0.5, 0.42), _at(rect, 0.5, 0.61))
    painter.drawPoint(_at(rect, 0.5, 0.74))


_PICTURES: dict[str, Callable[[QPainter, QRectF], None]] = {
    "lock": _lock,
    "tick": _tick,
    "pen": _pen,
    "wait": _wait,
    "open": _open,
    "warning": _warning,
}
