"""The box that everything written goes through: plain text, kept from the rest of the desktop."""

import math
import re
from collections.abc import Callable, Mapping

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QResizeEvent,
    QTextCursor,
    QTextDocument,
    QTextOption,
)
from PySide6.QtWidgets import QMenu, QPlainTextEdit, QSizePolicy

from alliance_desktop.ui.fields.context import no_snippets
from alliance_desktop.ui.fields.pasted import holds_files, holds_picture, kept_out, plain_text
from alliance_desktop.ui.fields.sides import SidedLayout

_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_BREAKING = frozenset(
    {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier, Qt.KeyboardModifier.ShiftModifier}
)
_PLAIN = frozenset({Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier})
_ENDING = {Qt.Key.Key_Space: " ", Qt.Key.Key_Return: "\n", Qt.Key.Key_Enter: "\n"}
_LONGEST_WORD = 80
_ENDLESS = 5_000
"""So many letters without a place to break: Qt would look for one anew for each line, which takes minutes."""
_UNBROKEN = re.compile(r"[^\s\u2e80-\U0010ffff]+")
_SHORT = re.compile(r"(?<!\S);(\S+)$")


class TextBox(QPlainTextEdit):
    """A plain-text box that grows from `least` to `most` lines with what is in it.

    `changed` comes with each change of the words. Tab leaves the box. Without `breaks` it holds one
    paragraph: Enter emits `entered` and pasted line breaks become spaces. A paste that is only a picture
    or files inserts nothing and emits `picture_refused` or `file_refused`; nothing can be dropped in or
    dragged out. `snippets` gives the counsellor's own short words: a ";" with one of them becomes what it stands
    for as soon as Space, Enter or Tab follows, and undo brings the short word back.
    """

    changed = Signal()
    picture_refused = Signal()
    file_refused = Signal()
    entered = Signal()
    left = Signal()

    def __init__(self, least: int = 3, most: int = 14, breaks: bool = True) -> None:
        super().__init__()
        self.snippets: Callable[[], Mapping[str, str]] = no_snippets
        self._least, self._most, self._breaks = least, most, breaks
        self._lines, self._written = least, 0
        self._read_at, self._read = -1, ""
        document = QTextDocument(self)
        self._layout = SidedLayout(document)
        document.setDocumentLayout(self._layout)
        self.setDocument(document)
        self._measuring = False
        self.textChanged.connect(self._tell)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        # The room to spare is above the words, which puts one line of them level with what stands beside it.
        self.setViewportMargins(0, 2, 0, 0)
        self.setAcceptDrops(False)
        self.viewport().setAcceptDrops(False)
        self._breaks_lines(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)

    def text(self) -> str:
        """Return what is written, unchanged to the last no-break space, with "\\n" between paragraphs."""
        if self._read_at != self.document().revision():
            self._read_at = self.document().revision()
            # toPlainText() would turn no-break spaces into plain ones.
            text = self.document().toRawText().replace("\u2029", "\n").replace("\u2028", "\n")
            if not text.isascii():
                # Half an emoji (a lone surrogate) could be stored by nobody.
                text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
            self._read = text if self._breaks else text.replace("\n", " ")
        return self._read

    def fill(self, text: str) -> None:
        """Put in what was written before; only for a box that nobody has typed in, as undo begins anew."""
        self._make_room_for(text)
        self.setPlainText(text)

    def allow(self, least: int, most: int) -> None:
        """Let the box be so many lines high, where there is more or less room for it than before."""
        if (least, most) != (self._least, self._most):
            self._least, self._most = least, most
            self._fit()

    def insert(self, text: str) -> None:
        """Insert text at the cursor as if typed, so that undo takes it back."""
        self._make_room_for(text)
        cursor = self.textCursor()
        # A step of its own, or undo would take what was typed before along with it.
        cursor.beginEditBlock()
        cursor.insertText(text if self._breaks else " ".join(text.split("\n")))
        cursor.endEditBlock()
        self.ensureCursorVisible()

    def insert_snippet(self, text: str) -> None:
        """Insert words that were kept before at the cursor, apart from the word before them; undo takes them back."""
        before = self._before()
        if not self.isReadOnly():
            self.insert(f" {text}" if before and not before[-1].isspace() else text)

    def replace(self, text: str) -> None:
        """Put other text in place of all that is there, as if typed."""
        self._make_room_for(text)
        cursor = self.textCursor()
        cursor.select(cursor.SelectionType.Document)
        cursor.insertText(text)
        self.setTextCursor(cursor)

    def _make_room_for(self, text: str) -> None:
        runs = _UNBROKEN.finditer(text) if len(text) >= _ENDLESS else ()
        if any(one.end() - one.start() >= _ENDLESS for one in runs):
            self._breaks_lines(QTextOption.WrapMode.WrapAnywhere)

    def _breaks_lines(self, how: QTextOption.WrapMode) -> None:
        option = QTextOption(Qt.AlignmentFlag.AlignLeading)
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        option.setWrapMode(how)
        self.document().setDefaultTextOption(option)

    def copy(self) -> None:
        """Copy the selection as plain text, marked so that clipboard histories leave it out."""
        chosen = self.textCursor().selection().toPlainText() if self.textCursor().hasSelection() else ""
        if chosen:
            QGuiApplication.clipboard().setMimeData(kept_out(chosen))

    def cut(self) -> None:
        """Copy the selection and take it out."""
        self.copy()
        if not self.isReadOnly():
            self.textCursor().removeSelectedText()

    def set_read_only(self, on: bool) -> None:
        """Let the text only be read, selected and copied, by keyboard as well."""
        self.setReadOnly(on)
        if on:
            self.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByKeyboard | Qt.TextInteractionFlag.TextSelectableByMouse
            )

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Say that anything may be tried: what cannot be kept is refused in words."""
        return True

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Insert the plain words of what is pasted, once; refuse pictures and files aloud."""
        if holds_files(source):
            self.file_refused.emit()
            return
        text = plain_text(source)
        if text:
            self.insert(text)
        elif holds_picture(source):
            self.picture_refused.emit()

    def createMimeDataFromSelection(self) -> QMimeData:
        """Give nothing: Qt calls this to publish each selection to every program on an X11 desktop."""
        return None  # type: ignore[return-value]  # Qt takes a null pointer here, its stubs do not say so

    def dragEnterEvent(self, e: QDragEnterEvent) -> None:
        """Refuse whatever is dragged here."""
        e.ignore()

    def dragMoveEvent(self, e: QDragMoveEvent) -> None:
        """Refuse whatever is dragged here."""
        e.ignore()

    def dropEvent(self, e: QDropEvent) -> None:
        """Insert nothing: a dropped file would become its path."""
        e.ignore()

    def mousePressEvent(self, e: QMouseEvent) -> None:
        """Begin a new selection where Qt would begin to drag the old one away."""
        plain = e.modifiers() == Qt.KeyboardModifier.NoModifier
        if e.button() == Qt.MouseButton.LeftButton and plain and self.textCursor().hasSelection():
            cursor = self.textCursor()
            cursor.clearSelection()
            self.setTextCursor(cursor)
        super().mousePressEvent(e)

    def keyPressEvent(self, e: QKeyEvent) -> None:
        """Copy in our own way, and let Enter pass by a box of one paragraph."""
        if e.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif e.matches(QKeySequence.StandardKey.Cut):
            self.cut()
        elif not self._breaks and e.key() in _ENTER and e.modifiers() in _BREAKING:
            self._expand()
            self.entered.emit()
            e.ignore()
        elif not (e.modifiers() in _PLAIN and e.key() in _ENDING and self._expand(_ENDING[Qt.Key(e.key())])):
            super().keyPressEvent(e)

    def focusNextPrevChild(self, next: bool) -> bool:
        """Put a kept word in full before Tab leaves the box."""
        if next:
            self._expand()
        return super().focusNextPrevChild(next)

    def contextMenuEvent(self, e: QContextMenuEvent) -> None:
        """Offer what the keys do, without a nested event loop that could hold up the lock."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chosen, writable = self.textCursor().hasSelection(), not self.isReadOnly()
        for words, run, possible in (
            ("Undo", self.undo, writable and self.document().isUndoAvailable()),
            ("Redo", self.redo, writable and self.document().isRedoAvailable()),
            ("Cut", self.cut, writable and chosen),
            ("Copy", self.copy, chosen),
            ("Paste", self.paste, writable and self.canPaste()),
            ("Select all", self.selectAll, not self.document().isEmpty()),
        ):
            menu.addAction(words, run).setEnabled(possible)
        menu.popup(e.globalPos())

    def focusOutEvent(self, e: QFocusEvent) -> None:
        """Tell that the box was left."""
        super().focusOutEvent(e)
        if e.reason() is not Qt.FocusReason.PopupFocusReason:
            self.left.emit()

    def resizeEvent(self, e: QResizeEvent) -> None:
        """Wrap anew and fit the height to it."""
        super().resizeEvent(e)
        self._fit()

    def sizeHint(self) -> QSize:
        """Return the size that shows what is written, within `least` and `most` lines."""
        metrics = self.fontMetrics()
        return QSize(metrics.averageCharWidth() * 60, self._height())

    def minimumSizeHint(self) -> QSize:
        """Return the least width that still shows words, and the whole height."""
        return QSize(self.fontMetrics().averageCharWidth() * 14, self._height())

    def _before(self) -> str:
        """Return the last characters of the paragraph before the cursor, or before what is selected."""
        cursor = self.textCursor()
        cursor.setPosition(cursor.selectionStart())
        # Qt counts in UTF-16: only its own cursor finds the place behind an emoji.
        first = max(cursor.block().position(), cursor.position() - _LONGEST_WORD)
        cursor.setPosition(first, QTextCursor.MoveMode.KeepAnchor)
        return cursor.selectedText()

    def _expand(self, followed: str = "") -> bool:
        """Put what a short word before the cursor stands for in its place, with what follows; say whether it did."""
        cursor, document = self.textCursor(), self.document()
        # What can be done again has just been undone: the short word was brought back, and is wanted as it is.
        if self.isReadOnly() or cursor.hasSelection() or document.isRedoAvailable():
            return False
        found = _SHORT.search(self._before())
        text = self.snippets().get(found[1]) if found is not None else None
        if found is None or text is None:
            return False
        typed = len(f";{found[1]}".encode("utf-16-le")) // 2
        cursor.setPosition(cursor.position() - typed, QTextCursor.MoveMode.KeepAnchor)
        cursor.beginEditBlock()
        cursor.insertText((text if self._breaks else " ".join(text.split("\n"))) + followed)
        cursor.endEditBlock()
        self.ensureCursorVisible()
        return True

    def _tell(self) -> None:
        if not self._measuring:
            self.changed.emit()

    def _height(self) -> int:
        margins = 2 * round(self.document().documentMargin())
        lines = self._lines * self.fontMetrics().lineSpacing() + margins
        return max(lines, self._written) + 2 * self.frameWidth() + 2

    def _written_height(self, lines: int) -> int:
        """Return the true height of a short text: other scripts and emoji stand higher than the app font."""
        high, block = 0.0, self.document().begin()
        while lines < self._most and block.isValid():
            high += self.blockBoundingRect(block).height()
            block = block.next()
        return math.ceil(high + self.document().documentMargin()) + 1

    def _fit(self) -> None:
        margin = round(self.fontMetrics().height() * 0.3)
        if round(self.document().documentMargin()) != margin:
            # Qt counts a margin as a change of the text.
            self._measuring = True
            self.document().setDocumentMargin(margin)
            self._measuring = False
        lines = max(self._least, min(self._most, round(self.document().documentLayout().documentSize().height())))
        self.setVerticalScrollBarPolicy(
            Qt.ScrollBarPolicy.ScrollBarAsNeeded if lines >= self._most else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        )
        written = self._written_height(lines)
        if (lines, written) != (self._lines, self._written):
            self._lines, self._written = lines, written
            self.updateGeometry()
