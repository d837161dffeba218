"""Two texts side by side, or one below the other: as it was written, and as it will be printed."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QFont, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from alliance_desktop.documents.supervision_summary import Block
from alliance_desktop.domain.entry import ClientId
from alliance_desktop.domain.unnamed.replacing import Piece
from alliance_desktop.ui.fields.fit import Fit
from alliance_desktop.ui.fields.textbox import TextBox
from alliance_desktop.ui.parts import label
from alliance_desktop.ui.theme import colours, spaced
from alliance_desktop.ui.words import units

ORIGINAL, RESULT = "As you wrote it", "As it will be printed"
MARKS = "Underlined: replaced. Underlined with dashes: replaced, but it may be an ordinary word."
_LEAST, _MOST, _NARROW = 8, 16, 16.0
_AROUND = 5
"""So many lines of the window's height are left for what stands around the boxes."""


class BothSides(QWidget):
    """Original and result; they scroll together, and what was replaced is underlined in both."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("both_sides")
        self.original, self.result = _box("summary_original", ORIGINAL), _box("summary_result", RESULT)
        self._places: list[tuple[int, int]] = []
        self._begins: list[list[tuple[int, int, str]]] = []
        self._follows = False
        held, around = QWidget(), Fit(most=2, narrow=_NARROW)
        held.setLayout(around)
        spaced(around, 0, 0.8)
        for words, box in ((ORIGINAL, self.original), (RESULT, self.result)):
            around.addWidget(_captioned(words, box))
        column = QVBoxLayout(self)
        spaced(column, 0, 0.4)
        column.addWidget(label(MARKS, "muted", "summary_marks"))
        column.addWidget(held)
        for mine, other, side in ((self.original, self.result, 0), (self.result, self.original, 1)):
            mine.verticalScrollBar().valueChanged.connect(
                lambda _value, mine=mine, other=other, side=side: self._follow(mine, other, side)
            )

    def show_texts(
        self,
        blocks: Sequence[Block],
        pieces: Sequence[Sequence[Piece]],
        whose: Mapping[ClientId | None, tuple[str, str]],
    ) -> None:
        """Show texts under their labels, those of each client under what they are called on either side."""
        self._places, self._begins = [], []
        cursors = [QTextCursor(box.document()) for box in (self.original, self.result)]
        self.clear()
        for cursor in cursors:
            cursor.beginEditBlock()
        self._follows = True
        for number, (block, parts) in enumerate(zip(blocks, pieces, strict=True)):
            before = "\n\n" if number else ""
            if not number or blocks[number - 1].client != block.client:
                self._begin_client(cursors, before, whose.get(block.client, ("", "")))
                before = "\n\n"
            if block.heading:
                self._both(cursors, f"{before}{block.label} ", _strong())
            else:
                self._both(cursors, f"{before}{block.label}\n", _label_format())
            self._begins.append([])
            at = 0
            for one in parts:
                self._note(cursors)
                self._begins[-1].append((at, cursors[0].position(), one.text))
                look = _format(one)
                cursors[0].insertText(one.text, look)
                cursors[1].insertText(one.said, look)
                at += len(one.text)
        for cursor in cursors:
            cursor.endEditBlock()
        self._follows = False
        for box in (self.original, self.result):
            box.moveCursor(QTextCursor.MoveOperation.Start)

    def take_room(self, height: int) -> None:
        """Let the boxes be as high as a window of such a height has room for."""
        most = max(_LEAST, height // max(1, self.original.fontMetrics().lineSpacing()) - _AROUND)
        for box in (self.original, self.result):
            box.allow(_LEAST, most)

    def clear(self) -> None:
        """Let go of all words."""
        self._places, self._begins = [], []
        for box in (self.original, self.result):
            box.clear()

    def show_place(self, passage: int, at: int, words: str) -> None:
        """Select words in the original, and bring the same place of the result beside it."""
        if passage >= len(self._begins) or not self._begins[passage]:
            return
        parts = self._begins[passage]
        first, position, text = parts[bisect_right([one[0] for one in parts], at) - 1]
        start = position + units(text, at - first)
        cursor = self.original.textCursor()
        cursor.setPosition(start)
        cursor.setPosition(start + units(words, len(words)), QTextCursor.MoveMode.KeepAnchor)
        self.original.setTextCursor(cursor)
        self.original.ensureCursorVisible()

    def _begin_client(self, cursors: Sequence[QTextCursor], before: str, whose: tuple[str, str]) -> None:
        self._note(cursors)
        for cursor, words in zip(cursors, whose, strict=True):
            cursor.insertText(f"{before}{words}", _strong(underlined=True))

    def _both(self, cursors: Sequence[QTextCursor], text: str, look: QTextCharFormat) -> None:
        self._note(cursors)
        for cursor in cursors:
            cursor.insertText(text, look)

    def _note(self, cursors: Sequence[QTextCursor]) -> None:
        self._places.append((cursors[0].position(), cursors[1].position()))

    def _follow(self, mine: TextBox, other: TextBox, side: int) -> None:
        """Bring the other side to where this one was scrolled."""
        if self._follows or not self._places:
            return
        top = mine.cursorForPosition(QPoint(1, 1)).position()
        known = [one[side] for one in self._places]
        place = self._places[max(bisect_right(known, top) - 1, 0)][1 - side]
        block = other.document().findBlock(place)
        self._follows = True
        other.verticalScrollBar().setValue(block.firstLineNumber())
        self._follows = False


def _box(name: str, spoken: str) -> TextBox:
    made = TextBox(_LEAST, _MOST)
    made.setObjectName(name)
    made.setAccessibleName(spoken)
    made.set_read_only(True)
    made.setUndoRedoEnabled(False)
    return made


def _captioned(words: str, box: TextBox) -> QWidget:
    held = QWidget()
    column = QVBoxLayout(held)
    spaced(column, 0, 0.25)
    above = label(words, "label")
    above.setBuddy(box)
    column.addWidget(above)
    column.addWidget(box)
    column.addStretch(1)
    return held


def _format(piece: Piece) -> QTextCharFormat:
    look = QTextCharFormat()
    if piece.is_replaced:
        line = QTextCharFormat.UnderlineStyle
        look.setUnderlineStyle(line.SingleUnderline if piece.sure else line.DashUnderline)
        look.setFontWeight(QFont.Weight.Bold)
        look.setBackground(QColor(colours().accent_soft))
        look.setForeground(QColor(colours().text))
    return look


def _strong(*, underlined: bool = False) -> QTextCharFormat:
    look = QTextCharFormat()
    if underlined:
        look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
        look.setBackground(QColor(colours().accent_soft))
        look.setForeground(QColor(colours().text))
    look.setFontWeight(QFont.Weight.Bold)
    return look


def _label_format() -> QTextCharFormat:
    look = QTextCharFormat()
    look.setForeground(QColor(colours().muted))
    return look
