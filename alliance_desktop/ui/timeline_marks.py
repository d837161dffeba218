"""The marks and arcs of the timeline, painted: what they mean lies in their shape, never in a colour."""

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen, QPolygonF

from alliance_desktop.domain.timeline import LEVEL, Symbol, Track
from alliance_desktop.ui.theme import colours
from alliance_desktop.ui.timeline_lanes import STEPS, Lanes

_SIZE = 1.25
"""How large a mark is, in widths of a letter."""


def paint_mark(painter: QPainter, where: QRectF, symbol: Symbol, unit: int) -> None:
    """Paint a mark in the middle of a place."""
    size = unit * _SIZE
    box = QRectF(where.center().x() - size / 2, where.center().y() - size / 2, size, size)
    ink = QColor(colours().text)
    painter.setPen(QPen(ink, max(1.4, size / 9)))
    painter.setBrush(QBrush(ink) if symbol in _FILLED else QBrush(Qt.BrushStyle.NoBrush))
    _SHAPES[symbol](painter, box)


def paint_counts(
    painter: QPainter, where: QRectF, marks: Iterable[tuple[Symbol, int]], lanes: Lanes, mirrored: bool
) -> None:
    """Paint marks with their numbers side by side; one alone needs no number."""
    unit, metrics = lanes.unit, lanes.metrics
    painter.setFont(lanes.font)
    along = 0.0
    for symbol, number in marks:
        words = str(number) if number > 1 else ""
        wide = unit * (_SIZE + 0.4)
        taken = wide + metrics.horizontalAdvance(words)
        if along + taken > where.width():
            rest = QRectF(where.left() if mirrored else where.left() + along, where.top(), unit * 2.0, where.height())
            painter.drawText(rest, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignHCenter), "…")
            return
        left = where.right() - along - wide if mirrored else where.left() + along
        paint_mark(painter, QRectF(left, where.top(), wide, where.height()), symbol, unit)
        text = QRectF(left - taken + wide if mirrored else left + wide, where.top(), taken - wide, where.height())
        painter.drawText(text, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignHCenter), words)
        along += taken + unit * 0.3


def paint_track(painter: QPainter, place: QRectF, track: Track, unit: int, mirrored: bool) -> None:
    """Draw an arc's piece: level at the near side, the dip toward the far side."""
    step = place.width() / (STEPS + 0.5)

    def across(depth: int) -> float:
        near = step * (depth + 1.5)
        return place.right() - near if mirrored else place.left() + near

    middle, top, bottom = place.center().y(), place.top(), place.bottom() + 1
    pen = QPen(QColor(colours().accent), max(2.0, unit / 4))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setStyle(Qt.PenStyle.DotLine if track.waits else Qt.PenStyle.SolidLine)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if track.ends and track.dip != track.here:
        bottom -= unit * 0.8
    path = QPainterPath()
    start, dip, here = across(track.before), across(track.dip), across(track.here)
    path.moveTo(start, top + (middle - top) * (0.35 if track.starts else 0.0))
    path.cubicTo(start, middle - (middle - top) * 0.1, dip, middle - (middle - top) * 0.5, dip, middle)
    if dip != here:
        path.cubicTo(dip, middle + (bottom - middle) * 0.5, here, middle + (bottom - middle) * 0.3, here, bottom)
    elif not track.ends and not track.waits:
        path.lineTo(here, bottom)
    painter.drawPath(path)
    if track.mine:
        _paint_knot(painter, QPointF(dip, middle), track, unit)
        if track.ends and (track.stays or track.here <= LEVEL):
            _paint_end(painter, QPointF(here, bottom if dip != here else middle + unit * 1.1), unit)


def _paint_knot(painter: QPainter, at: QPointF, track: Track, unit: int) -> None:
    """Draw what is told of a strain here: a dot, or a ring where it waits or ended without repair."""
    ink, dot = QColor(colours().text), unit * 0.45
    painter.setPen(QPen(ink, max(1.4, unit / 7)))
    painter.setBrush(QColor(colours().surface) if track.waits or track.stays else ink)
    painter.drawEllipse(at, dot, dot)


def _paint_end(painter: QPainter, at: QPointF, unit: int) -> None:
    painter.setPen(QPen(QColor(colours().text), max(2.0, unit / 4)))
    painter.drawLine(at - QPointF(unit * 0.8, 0), at + QPointF(unit * 0.8, 0))


def _ring(painter: QPainter, box: QRectF) -> None:
    painter.drawEllipse(box)


def _dot(painter: QPainter, box: QRectF) -> None:
    inset = box.width() * 0.18
    painter.drawEllipse(box.adjusted(inset, inset, -inset, -inset))


def _barred(painter: QPainter, box: QRectF) -> None:
    """Draw a ring with a bar across: what was called off."""
    painter.drawEllipse(box)
    painter.drawLine(QPointF(box.left(), box.center().y()), QPointF(box.right(), box.center().y()))


def _half(painter: QPainter, box: QRectF) -> None:
    painter.drawEllipse(box)
    painter.setBrush(painter.pen().color())
    painter.drawPie(box, 90 * 16, 180 * 16)


def _diamond(painter: QPainter, box: QRectF) -> None:
    wide = box.adjusted(-box.width() * 0.12, -box.height() * 0.12, box.width() * 0.12, box.height() * 0.12)
    middle = wide.center()
    painter.drawPolygon(
        QPolygonF(
            [
                QPointF(middle.x(), wide.top()),
                QPointF(wide.right(), middle.y()),
                QPointF(middle.x(), wide.bottom()),
                QPointF(wide.left(), middle.y()),
            ]
        )
    )


def _square(painter: QPainter, box: QRectF) -> None:
    inset = box.width() * 0.1
    painter.drawRect(box.adjusted(inset, inset, -inset, -inset))


def _triangle(painter: QPainter, box: QRectF) -> None:
    painter.drawPolygon(QPolygonF([QPointF(box.center().x(), box.top()), box.bottomRight(), box.bottomLeft()]))


def _cross(painter: QPainter, box: QRectF) -> None:
    middle = box.center()
    painter.drawLine(QPointF(box.left(), middle.y()), QPointF(box.right(), middle.y()))
    painter.drawLine(QPointF(middle.x(), box.top()), QPointF(middle.x(), box.bottom()))


def _lock(painter: QPainter, box: QRectF) -> None:
    """Draw a closed lock: a shackle over a body."""
    body = QRectF(box.left(), box.top() + box.height() * 0.45, box.width(), box.height() * 0.55)
    shackle = QRectF(box.left() + box.width() * 0.22, box.top(), box.width() * 0.56, box.height() * 0.9)
    painter.drawArc(shackle, 0, 180 * 16)
    painter.drawRect(body)


def _end(painter: QPainter, box: QRectF) -> None:
    _ring(painter, box.adjusted(box.width() * 0.15, 0, -box.width() * 0.15, -box.height() * 0.3))
    painter.drawLine(box.bottomLeft(), box.bottomRight())


_FILLED = frozenset({Symbol.ATTENDED, Symbol.YES, Symbol.ENDED, Symbol.STAGE})
_SHAPES: Mapping[Symbol, Callable[[QPainter, QRectF], None]] = {
    Symbol.ATTENDED: _ring,
    Symbol.MISSED: _ring,
    Symbol.OFF: _barred,
    Symbol.PARTLY: _half,
    Symbol.STAGE: _dot,
    Symbol.OPEN: _dot,
    Symbol.REOPENED: _dot,
    Symbol.ENDED: _end,
    Symbol.LEFT: _end,
    Symbol.YES: _diamond,
    Symbol.TRIED: _diamond,
    Symbol.GOAL: _triangle,
    Symbol.ADDENDUM: _cross,
    Symbol.LOCKED: _lock,
    Symbol.OTHER: _square,
}
