"""The lines and marks of the temperature chart, painted: whose they are lies in their shape, never in a colour."""

from collections.abc import Callable, Mapping
from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from alliance_desktop.domain.temperature import COLDEST, WARMEST, Level
from alliance_desktop.ui.theme import colours, em

VALUES = range(COLDEST, WARMEST + 1)
_STRIPS = 2
_APART = 0.17
"""So far, in rows, the two lines stand from the middle of a row, so that the same number shows both."""

_DASHES = (3.0, 2.0)
_ASIDE = 0.6
"""So far, in letters, the steps of the counsellor's line stand beside theirs."""


class Sign(StrEnum):
    """What can stand in the chart."""

    THEIRS = "theirs"
    MINE = "mine"
    MISSED = "missed"
    OFF = "off"
    STRAIN = "strain"


class Rows:
    """Where the rows of the chart stand in a height: warm above, cold below, then who came, then strains."""

    def __init__(self, height: int) -> None:
        self.high = height / (len(VALUES) + _STRIPS)

    def value(self, number: int) -> float:
        """Return the middle of the row of a number."""
        return self.high * (WARMEST - number + 0.5)

    def line(self, sign: Sign, number: int) -> float:
        """Return where one of the two lines stands at a number."""
        return self.value(number) + self.high * (-_APART if sign is Sign.THEIRS else _APART)

    @property
    def came(self) -> float:
        """The middle of the row of missed sessions."""
        return self.high * (len(VALUES) + 0.5)

    @property
    def strains(self) -> float:
        """The middle of the row of strains."""
        return self.high * (len(VALUES) + 1.5)


def pen_of(sign: Sign, unit: int) -> QPen:
    """Return the pen of a line: theirs is solid, the counsellor's dashed."""
    pen = QPen(QColor(ink_of(sign)), max(2.0, unit / 4))
    if sign is Sign.MINE:
        pen.setStyle(Qt.PenStyle.CustomDashLine)
        pen.setDashPattern(_DASHES)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    return pen


def ink_of(sign: Sign) -> str:
    """Return the colour a sign is drawn in; each is told apart by its shape as well."""
    return colours().accent if sign is Sign.MINE else colours().text


def paint_grid(painter: QPainter, where: QRectF, unit: int) -> None:
    """Draw the level of each number, and a rule over what stands beneath them."""
    rows = Rows(round(where.height()))
    painter.setPen(QPen(QColor(colours().line), max(1.0, unit / 9)))
    for number in VALUES:
        painter.drawLine(QPointF(where.left(), rows.value(number)), QPointF(where.right(), rows.value(number)))
    painter.setPen(QPen(QColor(colours().control), max(1.0, unit / 9)))
    beneath = rows.high * len(VALUES)
    painter.drawLine(QPointF(where.left(), beneath), QPointF(where.right(), beneath))


def paint_line(
    painter: QPainter, where: QRectF, sign: Sign, levels: tuple[Level, Level, Level], unit: int, scrolled: int
) -> None:
    """Draw one line at a moment, and its mark: `levels` are those before, here and after.

    The dashes go on from one moment to the next, wherever the chart is `scrolled` to.
    """
    rows, (was, here, then) = Rows(round(where.height())), levels
    mirrored = painter.layoutDirection() is Qt.LayoutDirection.RightToLeft
    near, far = (where.right(), where.left()) if mirrored else (where.left(), where.right())
    middle = where.center().x()
    aside = min(unit * _ASIDE, where.width() / 5) if sign is Sign.MINE else 0.0
    turn = far + (aside if mirrored else -aside)
    painter.setPen(pen_of(sign, unit))
    if here.before:
        high = rows.line(sign, here.before)
        _level(painter, near, middle, high, scrolled)
        if was.after and not aside:
            _rise(painter, near, rows.line(sign, was.after), high)
    if here.after:
        high, next_high = rows.line(sign, here.after), rows.line(sign, then.before)
        _level(painter, middle, turn, high, scrolled)
        _rise(painter, turn, high, next_high)
        _level(painter, turn, far, next_high, scrolled)
    if here.value:
        paint_sign(painter, QPointF(middle, rows.line(sign, here.value)), sign, unit)


def _level(painter: QPainter, begins: float, ends: float, high: float, scrolled: int) -> None:
    """Draw a level piece, its dashes counted from the first moment of all."""
    left, right = sorted((begins, ends))
    pen = painter.pen()
    if pen.style() is Qt.PenStyle.CustomDashLine:
        pen.setDashOffset((left + scrolled) / pen.widthF() % sum(_DASHES))
        painter.setPen(pen)
    painter.drawLine(QPointF(left, high), QPointF(right, high))


def _rise(painter: QPainter, at: float, begins: float, ends: float) -> None:
    """Draw the step from one height to the other, if it is one, with whole corners."""
    if begins != ends:
        half = painter.pen().widthF() / 2
        over = half if ends > begins else -half
        painter.drawLine(QPointF(at, begins - over), QPointF(at, ends + over))


def paint_sign(painter: QPainter, at: QPointF, sign: Sign, unit: int) -> None:
    """Paint a mark around a point."""
    painter.save()
    painter.setPen(QPen(QColor(ink_of(sign)), max(1.6, unit / 5)))
    painter.setBrush(QColor(colours().text if sign is Sign.THEIRS else colours().surface))
    _SHAPES[sign](painter, at, float(unit))
    painter.restore()


def _round(painter: QPainter, at: QPointF, unit: float) -> None:
    painter.drawEllipse(at, unit * 0.48, unit * 0.48)


def _square(painter: QPainter, at: QPointF, unit: float) -> None:
    painter.drawRect(QRectF(at.x() - unit * 0.5, at.y() - unit * 0.5, unit, unit))


def _cross(painter: QPainter, at: QPointF, unit: float) -> None:
    reach = unit * 0.5
    painter.drawLine(at - QPointF(reach, reach), at + QPointF(reach, reach))
    painter.drawLine(at - QPointF(reach, -reach), at + QPointF(reach, -reach))


def _bar(painter: QPainter, at: QPointF, unit: float) -> None:
    painter.drawLine(at - QPointF(unit * 0.55, 0), at + QPointF(unit * 0.55, 0))


def _tick(painter: QPainter, at: QPointF, unit: float) -> None:
    painter.drawLine(at - QPointF(0, unit * 0.7), at + QPointF(0, unit * 0.7))


_SHAPES: Mapping[Sign, Callable[[QPainter, QPointF, float], None]] = {
    Sign.THEIRS: _round,
    Sign.MINE: _square,
    Sign.MISSED: _cross,
    Sign.OFF: _bar,
    Sign.STRAIN: _tick,
}


class Sample(QWidget):
    """A sign as it stands in the chart, with what it means."""

    def __init__(self, sign: Sign, words: str) -> None:
        super().__init__()
        self.setObjectName(f"temperature_sign_{sign}")
        self.setAccessibleName(words)
        self._sign, self._words = sign, words

    def sizeHint(self) -> QSize:
        """Return the room that the sign and its words need."""
        metrics = QFontMetrics(self.font())
        return QSize(self._room() + metrics.horizontalAdvance(self._words) + em(0.2), round(metrics.height() * 1.4))

    def minimumSizeHint(self) -> QSize:
        """Return the same: nothing of it can be left out."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the sign, and its words beside it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        unit, room = unit_of(self.font()), self._room()
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        left = self.width() - room if mirrored else 0
        middle = QPointF(left + (room - em(0.4)) / 2, self.height() / 2)
        if self._sign in {Sign.THEIRS, Sign.MINE}:
            painter.setPen(pen_of(self._sign, unit))
            reach = QPointF((room - em(0.4)) / 2, 0)
            painter.drawLine(middle - reach, middle + reach)
        paint_sign(painter, middle, self._sign, unit)
        painter.setPen(QColor(colours().muted))
        beside = self.rect().adjusted(0, 0, -room, 0) if mirrored else self.rect().adjusted(room, 0, 0, 0)
        painter.drawText(beside, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading), self._words)
        painter.end()

    def _room(self) -> int:
        return em(2.6) if self._sign in {Sign.THEIRS, Sign.MINE} else em(1.2)


def unit_of(font: QFont) -> int:
    """Return the measure of every mark: the width of a letter."""
    return max(1, QFontMetrics(font).averageCharWidth())
