"""Plain text whose paragraphs each keep to the side of their own script."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QTextBlock
from PySide6.QtWidgets import QPlainTextDocumentLayout


class SidedLayout(QPlainTextDocumentLayout):
    """Qt's layout for plain text, with right-to-left paragraphs on the right.

    WORKAROUND: Qt gives such a paragraph the right direction but leaves it on the left side: its plain-text
    layout never turns AlignLeft over, as its rich-text layout does. So the lines are moved once they are laid.
    """

    def blockBoundingRect(self, block: QTextBlock) -> QRectF:
        """Return the place of a paragraph, its lines laid and on their own side."""
        rect = super().blockBoundingRect(block)
        if block.textDirection() == Qt.LayoutDirection.RightToLeft:
            self._to_the_right(block)
        return rect

    def _to_the_right(self, block: QTextBlock) -> None:
        layout = block.layout()
        margin = self.document().documentMargin()
        for number in range(layout.lineCount() - 1, -1, -1):
            line = layout.lineAt(number)
            left = max(margin, margin + line.width() - line.naturalTextWidth())
            if abs(line.x() - left) < 0.5:
                # Lines are moved together, so the first that stands right tells of the others.
                return
            line.setPosition(QPointF(left, line.y()))
