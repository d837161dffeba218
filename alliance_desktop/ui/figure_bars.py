"""Bars in one quiet colour: kinds are told apart by how they are filled, never by colour alone."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QWidget

from alliance_desktop.ui.parts import label
from alliance_desktop.ui.theme import colours, em, spaced

_FILLS = (
    Qt.BrushStyle.SolidPattern,
    Qt.BrushStyle.NoBrush,
    Qt.BrushStyle.BDiagPattern,
    Qt.BrushStyle.Dense6Pattern,
)


def paint_bar(painter: QPainter, where: QRectF, kind: int) -> None:
    """Paint one bar with the filling of its kind, counted from 0."""
    if where.width() <= 0:
        return
    look = colours()
    thick = max(1.0, where.height() / 10)
    painter.setPen(QPen(QColor(look.accent), thick))
    painter.setBrush(QColor(look.surface))
    inside = where.adjusted(thick / 2, thick / 2, -thick / 2, -thick / 2)
    painter.drawRect(inside)
    painter.setBrush(QBrush(QColor(look.accent), _FILLS[kind % len(_FILLS)]))
    painter.drawRect(inside)


def mirrored(where: QRectF, within: QRectF) -> QRectF:
    """Return a rectangle as it stands where text runs from the right."""
    return QRectF(within.left() + within.right() - where.right(), where.top(), where.width(), where.height())


class _Swatch(QWidget):
    """A small piece of a bar."""

    def __init__(self, kind: int) -> None:
        super().__init__()
        self._kind = kind

    def sizeHint(self) -> QSize:
        """Return the size of a letter or two."""
        return QSize(em(1.2), em(0.7))

    def minimumSizeHint(self) -> QSize:
        """Return the same: it is never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it, at the height of the words beside it."""
        painter = QPainter(self)
        high = em(0.6)
        paint_bar(painter, QRectF(0, (self.height() - high) / 2, em(1.2), high), self._kind)
        painter.end()


class Legend(QWidget):
    """What each filling stands for, one below the other."""

    def __init__(self, words: str, kind: int, name: str) -> None:
        super().__init__()
        across = QHBoxLayout(self)
        spaced(across, 0, 0.5)
        across.addWidget(_Swatch(kind))
        across.addWidget(label(words, "muted", name), 1)


def stacked(where: QRectF, counts: Sequence[int], most: int) -> list[tuple[QRectF, int]]:
    """Return one bar in parts, one for each kind that there is anything of."""
    found, at = [], where.left()
    for kind, count in enumerate(counts):
        wide = where.width() * count / most
        if count:
            found.append((QRectF(at, where.top(), wide, where.height()), kind))
        at += wide
    return found


def apart(where: QRectF, counts: Sequence[int], most: int) -> list[tuple[QRectF, int]]:
    """Return a bar for each kind that there is anything of, one below the other."""
    told = [(kind, count) for kind, count in enumerate(counts) if count]
    high = where.height() / max(1, len(told))
    return [
        (QRectF(where.left(), where.top() + at * high, where.width() * count / most, high * 0.8), kind)
        for at, (kind, count) in enumerate(told)
    ]
