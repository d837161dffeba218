"""Paints a row of two lines: title and aside above, facts and a flag in words below."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from alliance_desktop.ui.row_model import ROW, Row
from alliance_desktop.ui.theme import colours
from alliance_desktop.ui.words import brief


class RowDelegate(QStyledItemDelegate):
    """Draws with the view's own font, so that rows grow with the text size."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return two lines of text with room to breathe."""
        line = QFontMetrics(option.font).height()
        return QSize(line * 10, round(line * 3.1))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one row."""
        row = index.data(ROW)
        if not isinstance(row, Row):
            return
        painter.save()
        look = colours()
        line = QFontMetrics(option.font).height()
        rect = option.rect
        inside = rect.adjusted(round(line * 0.8), round(line * 0.45), -round(line * 0.8), -round(line * 0.45))
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(look.accent_soft))
            painter.fillRect(_without(painter, rect, rect.width() - max(3, line // 6)), QColor(look.accent))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, QColor(look.window))
        painter.setPen(QColor(look.line))
        painter.drawLine(inside.left(), rect.bottom(), rect.right(), rect.bottom())
        bold = QFont(option.font)
        bold.setBold(not row.quiet)
        if not row.under and not row.flag:
            inside.adjust(0, (inside.height() - line) // 2, 0, 0)
        above = QRect(inside.left(), inside.top(), inside.width(), line)
        below = QRect(inside.left(), inside.bottom() - line, inside.width(), line)
        aside = _end(painter, above, option.font, row.aside, look.muted)
        _start(painter, _without(painter, above, aside), bold, (row.title,), look.muted if row.quiet else look.text)
        flag = _end(painter, below, option.font, row.flag, look.accent)
        _start(painter, _without(painter, below, flag), option.font, row.under, look.muted)
        painter.restore()


def _without(painter: QPainter, rect: QRect, taken: int) -> QRect:
    """Return a line without what is taken at its end, which is the left end where text runs from the right."""
    return QStyle.visualRect(painter.layoutDirection(), rect, rect.adjusted(0, 0, -taken, 0))


def _start(painter: QPainter, rect: QRect, font: QFont, wordings: tuple[str, ...], colour: str) -> None:
    """Draw the longest wording that fits, or the shortest with its end left out."""
    if not wordings:
        return
    metrics = QFontMetrics(font)
    wordings = tuple(brief(one) for one in wordings)
    text = next((one for one in wordings if metrics.horizontalAdvance(one) <= rect.width()), wordings[-1])
    painter.setFont(font)
    painter.setPen(QColor(colour))
    flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(rect, int(flags), metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width()))


def _end(painter: QPainter, rect: QRect, font: QFont, text: str, colour: str) -> int:
    """Draw at the end of a line and return the room taken, with a gap before it."""
    if not text:
        return 0
    metrics = QFontMetrics(font)
    text = metrics.elidedText(brief(text), Qt.TextElideMode.ElideRight, rect.width() // 2)
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(rect, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), text)
    return metrics.horizontalAdvance(text) + metrics.height() // 2
